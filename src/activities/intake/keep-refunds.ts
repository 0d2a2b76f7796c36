import { refundKey } from '../../domain/identifiers/external-id.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import { placeRefund, transactionsOf, type KnownRefund, type OpenRows } from '../../domain/orders/place-refund.ts';
import type { Database } from '../../store/database.ts';
import type { Connection } from '../connection.ts';
import { aloneOnOrders } from '../../store/orders/order-lock.ts';
import {
  addTransactions,
  knownTransactions,
  putRefund,
  refundsToJoin,
  setRefundFact,
  rowsWithoutRefund,
  type FirstRefundState,
} from '../../store/orders/refunds.ts';
import { dropUnclear, keepUnclear } from '../../store/orders/unclear-refunds.ts';
import { raiseUnclear, resolveUnclear } from './raise-unclear.ts';

/** Of some refunds, those of which a transaction is new. */
export async function unknownRefunds({ db, name }: Connection, refunds: readonly RefundFact[]): Promise<RefundFact[]> {
  const known = await knownTransactions(db, name, refunds.flatMap(transactionsOf));
  return refunds.filter((refund) => !transactionsOf(refund).every((id) => known.has(id)));
}

/**
 * Takes a refund in, alone on its order: it finds its place among those that are there. One with an unknown part that would
 * be booked waits beside them and is raised, once. Idempotent: a transaction counts once.
 */
export async function keepRefund(
  { db, name }: Connection,
  refund: RefundFact,
  state: FirstRefundState,
  at: string,
): Promise<void> {
  await aloneOnOrders(db, name, [refund.orderId], async (tx) => {
    const known = await refundsToJoin(tx, name, refund.orderId);
    const place = placeRefund(refund, known, await openRowsOf(tx, name, refund.orderId, known));
    if (refund.incomplete && state !== 'left-alone' && (place.kind === 'new' || place.kind === 'joins')) {
      if (await keepUnclear(tx, name, refund)) await raiseUnclear(tx, name, refund, null, at);
      return;
    }
    const key = place.kind === 'new' ? refundKey(refund.orderId, refund.postedAt, place.number) : place.key;
    if (place.kind === 'new') await putRefund(tx, name, key, refund, state);
    if (place.kind === 'joins') await putRefund(tx, name, key, place.fact, state);
    if (place.kind === 'booked') await setRefundFact(tx, name, key, place.fact);
    await addTransactions(tx, name, key, transactionsOf(refund));
    for (const clear of await dropUnclear(tx, name, transactionsOf(refund)))
      await resolveUnclear(tx, name, clear, `it is the refund ${key}`, at);
  });
}

/** Refund rows of an order that miss their document; those that a person booked have it on its way. */
async function openRowsOf(
  tx: Database,
  connection: string,
  orderId: string,
  known: readonly KnownRefund[],
): Promise<OpenRows[]> {
  const booked = known.filter(({ fact }) => fact.fromRows !== undefined);
  if (booked.length === 0) return [];
  const rows = await rowsWithoutRefund(tx, connection, orderId);
  return rows.filter(
    ({ kind, settlementId, postedAt }) =>
      kind === 'refund' &&
      !booked.some(({ fact }) => fact.fromRows?.settlementId === settlementId && fact.postedAt === postedAt),
  );
}
