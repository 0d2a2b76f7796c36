import { refundKey } from '../../domain/identifiers/external-id.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import { placeRefund, transactionsOf } from '../../domain/orders/place-refund.ts';
import type { Database } from '../../store/database.ts';
import { aloneOnOrders } from '../../store/order-lock.ts';
import { addTransactions, knownTransactions, putRefund, refundsToJoin, type FirstRefundState } from '../../store/refunds.ts';

/** Of some refunds, those of which a transaction is new. */
export async function unknownRefunds(db: Database, connection: string, refunds: readonly RefundFact[]): Promise<RefundFact[]> {
  const known = await knownTransactions(db, connection, refunds.flatMap(transactionsOf));
  return refunds.filter((refund) => !transactionsOf(refund).every((id) => known.has(id)));
}

/** Takes a refund in, alone on its order: it finds its place among those that are there. Idempotent: a transaction counts once. */
export async function keepRefund(db: Database, connection: string, refund: RefundFact, state: FirstRefundState): Promise<void> {
  await aloneOnOrders(db, connection, [refund.orderId], async (tx) => {
    const place = placeRefund(refund, await refundsToJoin(tx, connection, refund.orderId));
    const key = place.kind === 'new' ? refundKey(refund.orderId, refund.postedAt, place.number) : place.key;
    if (place.kind !== 'known') await putRefund(tx, connection, key, place.kind === 'joins' ? place.fact : refund, state);
    await addTransactions(tx, connection, key, transactionsOf(refund));
  });
}
