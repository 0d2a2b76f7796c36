import { decimal } from '../../clients/netsuite/write-json.ts';
import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { explainRefusedUnits } from '../../domain/decisions/explain-units.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import type { RaisedException } from '../../domain/exceptions/exception.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { OrderFact } from '../../domain/orders/order-facts.ts';
import { asMapped, itemQuantity, itemUnitsOf } from '../../domain/orders/item-units.ts';
import { orderIs } from '../../domain/orders/order-states.ts';
import { lineDescription, planSalesOrder, skusOf, type SalesOrderPlan } from '../../domain/orders/sales-order.ts';
import { findDecision, storeDecision, waitingFor } from '../../store/decisions/decisions.ts';
import { loadOrderStep } from '../../store/orders/order-steps.ts';
import { setOrderState } from '../../store/orders/orders.ts';
import type { Connection } from '../connection.ts';
import { endWaitsOf } from '../end-waits.ts';
import { withSuggestedItem } from '../suggested-item.ts';
import {
  commonFields,
  currencyReference,
  customerReference,
  locationReference,
  serviceItemReference,
} from '../posting/references.ts';
import { mayStop, owesTax, taxPolicyOf } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { netOrder } from '../../domain/tax/net-sale.ts';
import type { SalesOrderRef, SalesOrderResult } from '../../contracts/orders/order-activities.ts';
import type { SkuMapping } from '../../contracts/orders/order-lifecycle.ts';
import { endHolding } from '../tax/stopped-marketplace.ts';
import { resolveSkus, type MappedItem } from './resolve-skus.ts';
import { salesOrderId } from './sales-order-lines.ts';
import { postOfOrder } from './post-of-order.ts';
import { orderIntent } from './order-intent.ts';
import { stopBadOrder } from './tax-above-price.ts';

/**
 * Posts the Sales Order of an order, once it has a price and NetSuite knows its SKUs. The order keeps the units that its SKUs
 * are by then. Idempotent: by the externalId `AMZ_…_SO_{orderId}_1`.
 */
export async function postSalesOrder(connection: Connection, input: SalesOrderRef): Promise<SalesOrderResult> {
  const { db } = connection;
  const externalId = salesOrderId(connection.name, input.orderId);
  const step = await loadOrderStep(db, connection.name, input.orderId, externalId);
  if (!step || step.order.state === 'left-alone') return { result: 'left-alone' };
  const { order, document } = step;
  if (document === 'posted') {
    // The process may have ended between the posting and this.
    if (orderIs.beforeItsSalesOrder(order.state)) {
      await endWaitsOf(connection, 'sku', orderWorkflowId(connection.name, input.orderId));
      await setOrderState(db, connection.name, input.orderId, 'ordered');
    }
    return order.fact.status === 'CANCELLED' ? { result: 'cancelled' } : { result: 'posted' };
  }
  if (order.fact.status === 'CANCELLED') {
    // What NetSuite refused is no longer wanted.
    if (document !== null) await connection.resolve('netsuite-refused', externalId, 'cancelled at Amazon');
    await endWaitsOf(connection, 'sku', orderWorkflowId(connection.name, input.orderId));
    if (mayStop(connection.settings, order.fact.marketplaceId)) await endHolding(connection, input.orderId);
    await setOrderState(db, connection.name, input.orderId, 'cancelled');
    return { result: 'cancelled' };
  }
  const { marketplaceId } = order.fact;
  const net = netOrder(order.fact, taxPolicyOf(connection.settings, marketplaceId));
  const priced = planSalesOrder(connection.name, net, timeZoneOf(connection.settings, marketplaceId));
  if (!priced) return { result: 'no-price' };

  const refusedClaim = input.claim ? await checkClaim(connection, input.claim) : null;
  const workflowId = orderWorkflowId(connection.name, input.orderId);
  const skus = await resolveSkus(connection, skusOf(order.fact), workflowId, {
    amount: priced.total,
    currency: priced.currency,
  });
  if ('unknown' in skus) {
    // Raised first: a store that is restored as it was between the two has an order out of step, which is told again.
    for (const sku of skus.unknown) await raiseUnknownSku(connection, sku);
    await setOrderState(db, connection.name, input.orderId, 'waits', skus.unknown.join(', '));
    await endWaitsOf(connection, 'sku', workflowId, skus.unknown);
    return { result: 'waits', skus: skus.unknown, unusable: refusedClaim ?? skus.unusable };
  }
  const plan = asMapped(priced, new Map([...skus.items].map(([sku, { units }]) => [sku, units])));
  if (skus.waited || order.state === 'waits') await endWaitsOf(connection, 'sku', workflowId);
  const bad = await stopBadOrder(connection, order.fact, plan.key);
  const posting =
    bad ??
    (await postOfOrder(
      connection,
      { orderId: input.orderId, marketplace: marketplaceId },
      {
        key: plan.key,
        total: plan.total,
        ...orderIntent(plan),
        unwritten: document === null,
        compared: owesTax(connection.settings),
      },
      async (dated) => ({
        kind: 'create',
        body: await salesOrderBody(connection, plan, dated, order.fact.fulfilledBy, skus.items),
        plan,
      }),
    ));
  if (posting.result === 'stopped') {
    await setOrderState(db, connection.name, input.orderId, 'stopped');
    return posting;
  }
  if (posting.result === 'planned') await setOrderState(db, connection.name, input.orderId, 'planned');
  else await setOrderState(db, connection.name, input.orderId, 'ordered');
  return { result: posting.result };
}

async function salesOrderBody(
  connection: Connection,
  plan: SalesOrderPlan,
  dated: JsonObject,
  fulfilledBy: OrderFact['fulfilledBy'],
  items: ReadonlyMap<string, MappedItem>,
): Promise<JsonObject> {
  const [customer, currency, location, common] = await Promise.all([
    customerReference(connection, plan.marketplaceId),
    currencyReference(connection, plan.currency),
    locationReference(connection, plan.marketplaceId, fulfilledBy),
    commonFields(connection, recordTypeOf(plan.key.purpose), { withSubsidiary: true }),
  ]);
  const units = itemUnitsOf(plan.lines);
  const lines = await Promise.all(
    plan.lines.map(async (line) => ({
      item: line.sku !== null ? { id: items.get(line.sku)!.id } : await serviceItemReference(connection, line),
      quantity: itemQuantity(line, units),
      // Price level −1 is "custom": the amount is Amazon's, not a price list's (RB26.1 schemas/salesOrder).
      price: { id: '-1' },
      amount: decimal(formatMinor(line.amount, plan.currency)),
      description: lineDescription(line, plan.currency),
      location,
    })),
  );
  return {
    externalId: externalIdOf(plan.key),
    entity: customer,
    currency,
    ...dated,
    otherRefNum: plan.orderId,
    memo: plan.memo,
    orderStatus: { id: 'B' },
    location,
    ...common,
    item: { items: lines },
  };
}

/** A signal may name an item by hand: usable, it becomes the decision for that SKU, if it is none yet; else a sentence says why not. */
async function checkClaim(connection: Connection, claim: SkuMapping): Promise<string | null> {
  const { sku, units = 1 } = claim;
  const refused = explainRefusedUnits(units);
  if (refused !== null) return refused;
  const item = await connection.netsuite.lookups.itemByName(claim.item);
  if (!item || item.inactive) return `item ${claim.item} is ${item ? 'inactive' : 'not in NetSuite'}`;
  const decided = await findDecision(connection.db, connection.name, 'sku', sku);
  if (decided?.choice === item.itemId && decided.units === units) return null;
  await storeDecision(
    connection.db,
    connection.name,
    {
      kind: 'sku',
      key: sku,
      spelled: sku,
      choice: item.itemId,
      units,
      by: 'signal',
      why: 'sent to the workflow by hand',
    },
    await connection.now(),
  );
  return null;
}

/** One exception for the SKU, however many orders wait; its figures are those of all of them. */
async function raiseUnknownSku(connection: Connection, sku: string): Promise<void> {
  const { count, amount, currency } = await waitingFor(connection.db, connection.name, 'sku', sku);
  const raised: RaisedException = {
    code: 'sku-unknown',
    subject: { kind: 'sku', id: sku },
    remedy: { kind: 'map-sku', sku },
    evidence: {
      what: `NetSuite has no item for SKU ${sku} · ${count} ${count === 1 ? 'order' : 'orders'}`,
      atStake: amount,
      currency,
    },
  };
  await connection.raise(await withSuggestedItem(connection, raised));
}
