import { ApplicationFailure } from '@temporalio/common';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { keyPart } from '../../domain/identifiers/key-part.ts';
import { orderIs } from '../../domain/orders/order-states.ts';
import { documentsOfOrder } from '../../store/documents/documents.ts';
import { readMark } from '../../store/intake/marks.ts';
import { loadOrder } from '../../store/orders/orders.ts';
import { loadRefunds } from '../../store/orders/refunds.ts';
import { loadShipments } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { postFulfilment } from './post-fulfilment.ts';
import { billShipment } from './bill-shipment.ts';
import { postSaleMemo } from './post-sale-memo.ts';
import type { DispatchResult, RefundRef } from '../../contracts/orders/order-activities.ts';

/**
 * A refund is planned against what was billed of its order. A store that was restored may have forgotten that, while the
 * workflow knows that it is billed: then NetSuite holds an invoice of which the store knows nothing, and the sale is gone
 * through once more first. Null when nothing is forgotten; else how far that came.
 * @throws a retryable failure while its order or its shipments have not been read again
 */
export async function takeUpForgottenSale(
  connection: Connection,
  { orderId, refund }: RefundRef,
): Promise<Exclude<DispatchResult, { result: 'done' }> | null> {
  const { db } = connection;
  const order = await loadOrder(db, connection.name, orderId);
  if (order === null && !(await isReadUpTo(connection, orderId, refund)))
    throw forgotten(`the orders have not been read up to the refund ${refund} since the store was restored`);
  if (order === null || connection.settings.posting === 'plan' || !orderIs.unfinished(order.state)) return null;
  const shipments = await loadShipments(db, connection.name, orderId);
  if (shipments.some(({ state }) => state === 'done' || state === 'earlier')) return null;
  const known = new Set(
    (await documentsOfOrder(db, connection.name, orderId))
      .filter(({ state }) => state === 'posted')
      .map(({ externalId }) => externalId),
  );
  const held = await connection.netsuite.suiteql(
    'SELECT externalid FROM transaction WHERE externalid LIKE ? ORDER BY externalid',
    [`AMZ_${connection.name}_${connection.mode.sale.bill.purpose}_${keyPart(orderId)}-%`],
  );
  if (
    !held.some(
      ({ externalid }) =>
        externalid !== undefined &&
        parseExternalId(externalid)?.connection === connection.name &&
        !known.has(externalid),
    )
  )
    return null;
  if (shipments.length === 0)
    throw forgotten(`NetSuite has invoices of order ${orderId}, whose shipments a restored store has forgotten`);
  for (const { key: shipment } of shipments) {
    const ref = { connection: connection.name, orderId, shipment };
    for (const post of [postFulfilment, billShipment, postSaleMemo]) {
      const done = await post(connection, ref);
      if (done.result !== 'done') return done;
    }
  }
  return null;
}

/** Only then does an order that the store does not know mean that the sale is not in our books. */
async function isReadUpTo({ db, name }: Connection, orderId: string, refund: string): Promise<boolean> {
  const told = (await loadRefunds(db, name, orderId)).find(({ key }) => key === refund);
  if (told === undefined || told.fact.fromRows !== undefined) return true;
  const mark = await readMark(db, name, 'orders');
  return mark !== null && mark >= told.fact.postedAt;
}

function forgotten(what: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'SALE_FORGOTTEN',
    message: `${what}; the next look at Amazon brings them back`,
    nextRetryDelay: '5s',
  });
}
