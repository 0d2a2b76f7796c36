import type { JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { hasUnreported, type DispatchPlan, type InvoicePlan } from '../../domain/orders/dispatch.ts';
import { itemQuantity } from '../../domain/orders/item-units.ts';
import type { OrderFact } from '../../domain/orders/order-facts.ts';
import { loadShipments, type StoredShipment } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { raiseUnclearTax } from '../tax/unclear-tax.ts';
import { accountReference, commonFields, serviceItemReference } from '../posting/references.ts';
import { owesTax, taxPolicyOf } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { lineDescription, tagOf } from '../../domain/orders/sales-order.ts';
import { hasDiscountTax, netOrder, netShipment } from '../../domain/tax/net-sale.ts';
import { finishDispatch } from './finish-dispatch.ts';
import { loadDispatch } from './load-dispatch.ts';
import type { DispatchResult, ShipmentRef } from '../../contracts/orders/order-activities.ts';
import { postFulfilment } from './post-fulfilment.ts';
import { posted, withLines, type PostedSalesOrder } from './sales-order-lines.ts';
import { postOfOrder } from './post-of-order.ts';
import { orderIntent } from './order-intent.ts';
import { billableShipment } from './tax-above-price.ts';

/**
 * Bills one shipment as the posting mode says (an Invoice): a transform of the Sales Order over just the shipped lines,
 * with the amounts of the shipment report. A Multi-Channel order is never billed: its lines are closed once it is shipped.
 * Idempotent: by `AMZ_…_INV_{orderId}-{shipmentId}_1`. Says whether all that was ordered is dispatched and billed; a sale
 * below zero is not before its credit memo is posted.
 */
export async function billShipment(connection: Connection, input: ShipmentRef): Promise<DispatchResult> {
  const {
    order,
    shipment: told,
    salesOrder: stored,
    document,
  } = await loadDispatch(connection, input, connection.mode.sale.bill.purpose);
  if (told.state === 'new' && connection.settings.posting === 'live') {
    // A store that was restored has forgotten the fulfilment, which came before: it is found in NetSuite under its key.
    const fulfilled = await postFulfilment(connection, input);
    return fulfilled.result === 'done' ? billShipment(connection, input) : fulfilled;
  }
  const key = {
    connection: connection.name,
    purpose: connection.mode.sale.bill.purpose,
    businessKey: told.key,
    part: 1,
  };
  const billable =
    told.state === 'done'
      ? { shipment: told }
      : await billableShipment(connection, order.fact.marketplaceId, told, key);
  if ('result' in billable) return billable;
  const { shipment } = billable;
  const plan = await loadBill(connection, order.fact, shipment);
  if (plan && shipment.state !== 'done') {
    const posting = await postOfOrder(
      connection,
      { orderId: input.orderId, marketplace: order.fact.marketplaceId },
      {
        key: plan.key,
        total: plan.total,
        ...orderIntent(plan),
        unwritten: document === null,
        compared: owesTax(connection.settings),
      },
      async (dated) => {
        const [salesOrder, account, common] = await Promise.all([
          withLines(connection, input.orderId, stored),
          accountReference(connection, connection.mode.account, plan.currency),
          commonFields(connection, recordTypeOf(plan.key.purpose)),
        ]);
        return {
          kind: 'transform',
          from: { record: recordTypeOf('SO'), id: salesOrder.netsuiteId },
          body: {
            externalId: externalIdOf(plan.key),
            ...dated,
            memo: plan.memo,
            otherRefNum: plan.orderId,
            account: { id: account.id },
            ...common,
            item: { items: await billLines(connection, plan, salesOrder) },
          },
        };
      },
    );
    if (posting.result === 'stopped') return posting;
    await raiseUnclearTax(connection, plan.key, plan);
    if (posting.result === 'planned') return { result: 'planned' };
  }
  if (plan && plan.cut.length > 0 && shipment.state !== 'done')
    return { result: 'done', complete: false, belowZero: true };
  return {
    result: 'done',
    complete: await finishDispatch(connection, order.fact, input.shipment, posted(input.orderId, stored).netsuiteId),
  };
}

/** What a shipment is billed; null for a Multi-Channel order. Where shares of the order's own amounts are billed, after those of the shipments before. */
export async function loadBill(
  connection: Connection,
  order: OrderFact,
  shipment: StoredShipment,
): Promise<InvoicePlan | null> {
  const known =
    hasUnreported(order) || hasDiscountTax(order)
      ? await loadShipments(connection.db, connection.name, order.orderId)
      : [];
  const earlier = known
    .filter(({ key, state }) => key !== shipment.key && (state === 'done' || state === 'earlier'))
    .map(({ fact }) => fact);
  const policy = taxPolicyOf(connection.settings, order.marketplaceId);
  return connection.mode.sale.bill.plan(
    connection.name,
    netOrder(order, policy),
    netShipment(shipment.fact, order, earlier, policy),
    earlier,
    timeZoneOf(connection.settings, order.marketplaceId),
  );
}

async function billLines(
  connection: Connection,
  plan: DispatchPlan,
  salesOrder: PostedSalesOrder,
): Promise<JsonValue[]> {
  const elsewhere = await taxedElsewhere(connection, plan, salesOrder);
  const billed = new Map(plan.lines.filter(({ tag }) => !elsewhere.has(tag)).map((line) => [line.tag, line]));
  const ofOrder = salesOrder.lines.map((line): JsonValue => {
    const planned = billed.get(tagOf(line.memo));
    return planned
      ? {
          orderLine: Number(line.orderLine),
          quantity: itemQuantity(planned, salesOrder.units),
          amount: decimal(formatMinor(planned.amount, plan.currency)),
          ...(planned.tax ? { description: lineDescription(planned, plan.currency) } : {}),
        }
      : { orderLine: Number(line.orderLine), quantity: 0 };
  });
  // A part of the price that the order did not have (gift wrap bought late), or tax of another country: a line of its own.
  const extra = await Promise.all(
    plan.lines
      .filter(({ tag }) => elsewhere.has(tag) || !salesOrder.byTag.has(tag))
      .map(async (line): Promise<JsonValue> => ({
        item: await serviceItemReference(connection, line),
        quantity: line.quantity,
        amount: decimal(formatMinor(line.amount, plan.currency)),
        description: lineDescription(line, plan.currency),
      })),
  );
  return [...ofOrder, ...extra];
}

/**
 * Tags of tax lines that the Sales Order has on another jurisdiction's item: where it goes is told by its shipment, and a
 * transform keeps the item of the order's line.
 */
async function taxedElsewhere(
  connection: Connection,
  plan: DispatchPlan,
  { byTag }: PostedSalesOrder,
): Promise<Set<string>> {
  const tags = new Set<string>();
  for (const line of plan.lines) {
    const ordered = byTag.get(line.tag);
    if (line.component !== 'tax' || ordered === undefined) continue;
    if ((await serviceItemReference(connection, line)).id !== ordered.item) tags.add(line.tag);
  }
  return tags;
}
