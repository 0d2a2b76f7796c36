/** Prices below the tax that is told of them: nothing is booked from such a price, and its order stops alone. */
import { mayStop } from '../../config/tax-policy.ts';
import type { Stopped } from '../../contracts/orders/order-activities.ts';
import { externalIdOf, type DocumentKey } from '../../domain/identifiers/external-id.ts';
import { orderSubject } from '../../domain/exceptions/exception.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import type { OrderFact } from '../../domain/orders/order-facts.ts';
import { shipmentsFromRows } from '../../domain/payouts/shipments-from-rows.ts';
import { taxAbovePrice, type TaxAbovePrice } from '../../domain/tax/above-price.ts';
import { setShipmentFact, type StoredShipment } from '../../store/orders/shipments.ts';
import { saleRowsOf } from '../../store/payouts/settlement-rows.ts';
import type { Connection } from '../connection.ts';

/** Stops a Sales Order whose order tells such a price; null where it may be placed: none is, or its sale is settled. */
export async function stopBadOrder(
  connection: Connection,
  order: OrderFact,
  key: DocumentKey,
): Promise<Stopped | null> {
  if (!mayStop(connection.settings, order.marketplaceId)) return null;
  const bad = taxAbovePrice(order.items.map(({ tax, ...item }) => ({ ...item, taxes: tax?.parts })));
  if (bad === null || (await saleRowsOf(connection.db, connection.name, order.orderId)).length > 0) return null;
  return stop(connection, { ...order, currency: order.currency! }, key, bad);
}

/**
 * A shipment as it may be billed: as the report tells it, or where that cannot be as the rows say that settled it, which is
 * written down. Until there are any, its order stops.
 */
export async function billableShipment(
  connection: Connection,
  marketplace: string,
  shipment: StoredShipment,
  key: DocumentKey,
): Promise<{ shipment: StoredShipment } | Stopped> {
  const { db, name, settings } = connection;
  const { orderId, shipmentId, currency, items } = shipment.fact;
  const bad = mayStop(settings, marketplace) ? taxAbovePrice(items) : null;
  if (bad === null) return { shipment };
  const settled = shipmentsFromRows(await saleRowsOf(db, name, orderId), currency).find(
    (one) => one.shipmentId === shipmentId && one.shipmentId !== null,
  );
  if (settled === undefined || taxAbovePrice(settled.items) !== null)
    return stop(connection, { orderId, currency }, key, bad);
  // What left, when and for where stays as the report says; the amounts are those that Amazon paid.
  const { whole = true, holdTax = false } = settled;
  const fact = { ...shipment.fact, items: settled.items, whole, holdTax };
  await setShipmentFact(db, name, shipment.key, fact);
  return { shipment: { ...shipment, fact } };
}

async function stop(
  connection: Connection,
  { orderId, currency }: { orderId: string; currency: string },
  key: DocumentKey,
  { orderItemId, price, tax }: TaxAbovePrice,
): Promise<Stopped> {
  const sentence = `Amazon tells ${renderMoney(tax, currency)} of tax of a price of ${renderMoney(price, currency)}: order ${orderId}, item ${orderItemId}`;
  const exception = await connection.raise({
    code: 'tax-above-price',
    key: externalIdOf(key),
    subject: orderSubject(orderId),
    evidence: { what: sentence, atStake: tax, currency },
    remedy: {
      kind: 'try-again',
      first:
        'Have Amazon mend it and read it once more (npx tieout read-again shipments, or orders), or wait for the settlement that pays it, whose rows say what it came to',
      of: 'order',
      id: orderId,
    },
  });
  return { result: 'stopped', exception, sentence };
}
