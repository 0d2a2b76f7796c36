import { refundKey } from '../../domain/identifiers/external-id.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import { placeRefund, transactionsOf } from '../../domain/orders/place-refund.ts';
import type { Database } from '../../store/database.ts';
import { aloneOnOrders } from '../../store/order-lock.ts';
import { addTransactions, knownTransactions, putRefund, refundsToJoin } from '../../store/refunds.ts';

/** Takes in refunds, each transaction once; one that is new finds its place among those of its order alone on it. */
export async function keepRefunds(db: Database, connection: string, refunds: readonly RefundFact[]): Promise<void> {
  const known = await knownTransactions(db, connection, refunds.flatMap(transactionsOf));
  for (const refund of refunds) {
    const ids = transactionsOf(refund);
    if (ids.every((id) => known.has(id))) continue;
    await aloneOnOrders(db, connection, [refund.orderId], async (tx) => {
      const place = placeRefund(refund, await refundsToJoin(tx, connection, refund.orderId));
      const key = place.kind === 'new' ? refundKey(refund.orderId, refund.postedAt, place.number) : place.key;
      if (place.kind !== 'known') await putRefund(tx, connection, key, place.kind === 'joins' ? place.fact : refund);
      await addTransactions(tx, connection, key, ids);
    });
  }
}
