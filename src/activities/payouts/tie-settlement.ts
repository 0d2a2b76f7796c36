import { kindOf } from '../../domain/documents/document-kinds.ts';
import { orderSubject, payoutSubject } from '../../domain/exceptions/exception.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { answerUnclear } from '../../domain/payouts/answer-unclear.ts';
import { judgeRefundRows } from '../../domain/payouts/judge-refund-rows.ts';
import { missingKey } from '../../domain/payouts/tieable.ts';
import type { Database } from '../../store/database.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { aloneOnOrders } from '../../store/orders/order-lock.ts';
import { ordersWithClaims, pendingRefunds } from '../../store/orders/refunds.ts';
import { advanceSettlement } from '../../store/payouts/settlements.ts';
import { orderlessRows } from '../../store/payouts/settlement-rows.ts';
import { ordersWithUnclear, unclearOfOrder } from '../../store/orders/unclear-refunds.ts';
import type { Connection } from '../connection.ts';
import { raiseUnclear } from '../intake/raise-unclear.ts';
import type { PayoutRef, TieResult } from '../../contracts/payouts/payout-activities.ts';
import { isForgotten, loadPayout, type PayoutSetup } from './payout-setup.ts';
import { salesContextByOrders } from './sales-context.ts';
import { tieOrders, type MissingGroup } from './tie-orders.ts';

/**
 * Ties each order and refund row to the document that owns its amount, books every row, and plans what this payout
 * applies to each document; a few orders at a time (`tie-orders.ts`). Alone on the orders of its claims: whether a claim
 * clears or is the journal's is said once, here or by its memo. Idempotent: rows that a posted payment has applied keep
 * their document.
 */
export async function tieSettlement(connection: Connection, input: PayoutRef): Promise<TieResult> {
  const setup = await loadPayout(connection, input);
  if (isForgotten(setup)) return { missing: 0, missingBeforeCutOver: 0 };
  const { settings } = setup.connection;
  const sales = await salesContextByOrders(setup);
  const claimed = await ordersWithClaims(connection.db, connection.name, input.settlementId);
  const missing = await aloneOnOrders(connection.db, connection.name, claimed, (tx) => tieOrders(tx, setup, sales));
  // A connection that only plans has no documents to miss.
  if (settings.posting === 'live') {
    await raiseMissing(setup, missing);
    await raiseOrderless(setup);
  }
  const earlier =
    settings.posting === 'plan' ? 0 : missing.filter((group) => group.kind === 'sale' && group.leftEarlier).length;
  if (earlier > 0) await advanceSettlement(connection.db, connection.name, input.settlementId, 'waits-documents');
  return { missing: missing.length, missingBeforeCutOver: earlier };
}

/** Sale rows that name no order: no document can own them, and the payout is not tied over them. */
async function raiseOrderless({ connection, settlement: { settlementId, currency } }: PayoutSetup): Promise<void> {
  const { name } = connection;
  const key = `no-order:${settlementId}`;
  const rows = await orderlessRows(connection.db, name, settlementId);
  if (rows.length === 0) return connection.resolve('document-missing', key, 'its rows name their orders');
  const amount = sumMinor(rows.map((row) => row.amount));
  const lines = [...new Set(rows.map(({ line }) => line))];
  await connection.raise({
    code: 'document-missing',
    key,
    subject: payoutSubject(settlementId),
    evidence: {
      what: `settlement ${settlementId} has sale rows of ${renderMoney(amount, currency)} that name no order (line ${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ', …' : ''}): no document can own them`,
      atStake: amount,
      currency,
    },
    remedy: { kind: 'import', first: 'Download the report again, with its order ids', file: 'settlement' },
  });
}

/** Raised, and applied later when the documents come: an order that misses its documents does not hold its payout. */
async function raiseMissing({ connection, settlement }: PayoutSetup, missing: readonly MissingGroup[]): Promise<void> {
  const { name } = connection;
  const { db } = connection;
  const { settlementId } = settlement;
  const at = await connection.now();
  const refunds = missing.filter(({ kind }) => kind === 'refund');
  const bookable = judgeRefundRows(
    refunds,
    await pendingRefunds(
      db,
      name,
      refunds.map(({ orderId }) => orderId),
    ),
  )
    .filter(({ key }) => key === null)
    .map(({ group }) => group);
  const isBookable = new Set(bookable);
  for (const group of missing) {
    await connection.raise({
      code: 'document-missing',
      key: missingKey(settlementId, group),
      subject: orderSubject(group.orderId),
      payout: settlementId,
      evidence: {
        what: `settlement ${settlementId} pays ${group.kind === 'sale' ? 'a sale' : 'a refund'} of order ${group.orderId} that has no ${kindOf(connection.mode.ownerOf(group.amount)).name} yet`,
        atStake: group.amount,
        currency: settlement.currency,
      },
      remedy: isBookable.has(group)
        ? { kind: 'book-refund', orderId: group.orderId, settlementId }
        : { kind: 'status', of: 'order', id: group.orderId },
    });
  }
  await nameSettlement(db, name, settlementId, bookable, at);
  const still = new Set(missing.map((group) => missingKey(settlementId, group)));
  for (const key of await openKeys(db, name, 'document-missing', `${settlementId}:`))
    if (!still.has(key)) await connection.resolve('document-missing', key, 'its document was posted');
}

/** What Finances told with an unknown part, and these rows pay, is booked from here. */
async function nameSettlement(
  db: Database,
  connection: string,
  settlementId: string,
  missing: readonly MissingGroup[],
  at: string,
): Promise<void> {
  const orderIds = [...new Set(missing.map(({ orderId }) => orderId))];
  const concerned = await ordersWithUnclear(db, connection, orderIds);
  if (concerned.length === 0) return;
  await aloneOnOrders(db, connection, concerned, async (tx) => {
    for (const orderId of concerned) {
      const unclear = await unclearOfOrder(tx, connection, orderId);
      const answers = answerUnclear(
        unclear,
        missing
          .filter((group) => group.orderId === orderId)
          .map(({ postedAt }) => ({ key: postedAt, postedAt, booked: true })),
      );
      for (const refund of unclear)
        if (answers.has(refund.transactionId)) await raiseUnclear(tx, connection, refund, settlementId, at);
    }
  });
}
