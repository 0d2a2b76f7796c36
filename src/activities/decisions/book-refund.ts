import type { ApplicationFailure } from '@temporalio/common';
import { refundKey } from '../../domain/identifiers/external-id.ts';
import { formatMinor, sumMinor } from '../../domain/money/money.ts';
import { counted, renderMoney } from '../../domain/money/render-amount.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import { creditOf, toldAs, transactionsOf } from '../../domain/orders/place-refund.ts';
import { answerUnclear } from '../../domain/payouts/answer-unclear.ts';
import { explainNoRefundRows, judgeRefundRows, type JudgedRows } from '../../domain/payouts/judge-refund-rows.ts';
import { refundFromRows } from '../../domain/payouts/refunds-from-rows.ts';
import { tieRows } from '../../domain/payouts/tie-rows.ts';
import { withOwnedTax } from '../../domain/payouts/rows-of-tax.ts';
import { missingKey, rowKey, tieable } from '../../domain/payouts/tieable.ts';
import type { Database } from '../../store/database.ts';
import { lastAuditOf, recordAudit } from '../../store/audit/audit-log.ts';
import { resolveException } from '../../store/exceptions/exceptions.ts';
import { aloneOnOrders } from '../../store/orders/order-lock.ts';
import {
  addTransactions,
  answerByClaim,
  loadRefunds,
  pendingRefunds,
  putRefund,
  setRefundFact,
  rowsWithoutRefund,
  type StoredRefund,
} from '../../store/orders/refunds.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import { rowsOfOrder } from '../../store/payouts/settlement-rows.ts';
import { dropUnclear, unclearOfOrder } from '../../store/orders/unclear-refunds.ts';
import type { BookRefund, DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { Connection } from '../connection.ts';
import { resolveUnclear } from '../intake/raise-unclear.ts';
import { tellOrders } from '../intake/tell-orders.ts';
import type { PayoutSetup } from '../payouts/payout-setup.ts';
import { salesContext, type SalesContext } from '../payouts/sales-context.ts';
import { expectedTax } from '../payouts/tie-orders.ts';
import { tieableDocuments } from '../payouts/tieable-documents.ts';
import { refuseDecision } from './refuse-decision.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';

/**
 * Takes a person's word that a refund is what the settlement's rows say: those that no document answers are kept as refunds,
 * like those that Finances tells, and their order hears of them. What Finances told of them with an unknown part, and what it
 * tells later, is a record of them and books nothing. Alone on the order: memo, tie and intake give their word there too.
 * Idempotent: a second run finds its rows booked, tells the order again and answers what was decided.
 */
export async function decideBookRefund(connection: Connection, input: Deciding<BookRefund>): Promise<DecisionResult> {
  const { decision } = input;
  const { orderId, settlementId } = decision;
  const settlement = await loadSettlement(connection.db, connection.name, settlementId);
  if (settlement === null)
    throw refused(
      `No settlement ${settlementId} is known yet: wait for the one that pays the refund; its rows say what it came to.`,
    );
  if (connection.settings.posting !== 'live')
    throw refused(`The connection ${connection.name} only plans (posting: plan): a refund is booked once it is live.`);
  const setup = { connection, settlement };
  const sales = await salesContext(setup);
  const at = await connection.now();
  const taken = await aloneOnOrders(connection.db, connection.name, [orderId], (tx) =>
    take(tx, setup, sales, decision, at),
  );
  await tellOrders(connection, input);
  return { ...taken, choice: 'book-refund' };
}

async function take(
  tx: Database,
  setup: PayoutSetup,
  sales: SalesContext,
  decision: BookRefund,
  at: string,
): Promise<Pick<DecisionResult, 'audit' | 'detail' | 'released'>> {
  const {
    connection: { name },
    settlement: { settlementId, currency },
  } = setup;
  const { orderId, by, why } = decision;
  const refunds = await loadRefunds(tx, name, orderId);
  const unclear = await unclearOfOrder(tx, name, orderId);
  const claims = await answerByClaims(tx, setup, decision, unclear, at);
  if (claims !== null) return claims;
  const judged = await judgedRows(tx, setup, sales, orderId);
  const toBook = judged
    .filter(({ key }) => key === null)
    .map(({ group, rows }) => ({
      group,
      fact: refundFromRows({ orderId, settlementId, postedAt: group.postedAt }, rows, currency),
    }))
    .map(({ group, fact }, index, all) => ({
      group,
      fact,
      key: refundKey(
        orderId,
        fact.postedAt,
        [...refunds.map((known) => known.fact), ...all.slice(0, index).map((before) => before.fact)].filter(
          ({ postedAt }) => postedAt === fact.postedAt,
        ).length + 1,
      ),
    }));
  const answers = answerUnclear(unclear, [
    ...toBook.map(({ key, fact }) => ({ key, postedAt: fact.postedAt, booked: true })),
    ...judged.flatMap(({ key, group }) => (key === null ? [] : [{ key, postedAt: group.postedAt, booked: false }])),
  ]);
  if (toBook.length === 0 && answers.size === 0) return bookedBefore(tx, name, decision, judged, refunds);

  const total = sumMinor(toBook.map(({ fact }) => creditOf(fact)));
  const audit = await recordAudit(tx, name, {
    action: 'book-refund',
    by,
    why,
    at,
    detail: {
      orderId,
      settlementId,
      refunds: toBook.map(({ key, fact }) => ({
        refund: key,
        amount: formatMinor(creditOf(fact), currency),
        currency,
      })),
      unclear: Object.fromEntries(answers),
    },
  });
  for (const { key, fact, group } of toBook) {
    await putRefund(tx, name, key, fact);
    await resolveException(tx, name, 'document-missing', missingKey(settlementId, group), `booked by ${by}`, at);
  }
  const facts = new Map<string, RefundFact>([...refunds, ...toBook].map(({ key, fact }) => [key, fact]));
  for (const told of unclear) {
    const key = answers.get(told.transactionId);
    if (key === undefined) continue;
    const fact = facts.get(key);
    if (fact?.fromRows) await setRefundFact(tx, name, key, toldAs(fact, told));
    await addTransactions(tx, name, key, transactionsOf(told));
    await dropUnclear(tx, name, [told.transactionId]);
    await resolveUnclear(tx, name, told, `booked by ${by}`, at);
  }
  return {
    audit,
    released: toBook.length,
    detail:
      toBook.length === 0
        ? `every refund of order ${orderId} in settlement ${settlementId} has its document; nothing more is awaited`
        : `${counted(toBook.length, 'refund')} of order ${orderId}, ${renderMoney(total, currency)}, ${toBook.length === 1 ? 'is' : 'are'} booked as settlement ${settlementId} pays ${toBook.length === 1 ? 'it' : 'them'}`,
  };
}

/** A refund with an unknown part that is a claim: the settlement's journal owns it, and nothing is booked. Null where no claim answers one. */
async function answerByClaims(
  tx: Database,
  { connection: { name }, settlement: { settlementId } }: PayoutSetup,
  { orderId, by, why }: BookRefund,
  unclear: readonly RefundFact[],
  at: string,
): Promise<Pick<DecisionResult, 'audit' | 'detail' | 'released'> | null> {
  const rows = (await rowsWithoutRefund(tx, name, orderId)).filter(
    (standing) => standing.settlementId === settlementId,
  );
  const answers = rows.some(({ kind }) => kind === 'refund')
    ? new Map<string, string>()
    : answerUnclear(
        unclear,
        rows.map(({ postedAt }) => ({ key: postedAt, postedAt, booked: true })),
      );
  if (answers.size === 0) return null;
  const audit = await recordAudit(tx, name, {
    action: 'book-refund',
    by,
    why,
    at,
    detail: { orderId, settlementId, claims: Object.fromEntries(answers) },
  });
  for (const told of unclear.filter(({ transactionId }) => answers.has(transactionId))) {
    const ofSecond = (await loadRefunds(tx, name, orderId)).filter(
      ({ fact }) => fact.postedAt === told.postedAt,
    ).length;
    const key = refundKey(orderId, told.postedAt, ofSecond + 1);
    await putRefund(tx, name, key, told);
    await answerByClaim(tx, name, key, { settlementId, postedAt: answers.get(told.transactionId)! });
    await addTransactions(tx, name, key, transactionsOf(told));
    await dropUnclear(tx, name, [told.transactionId]);
    await resolveUnclear(tx, name, told, `a claim, by ${by}`, at);
  }
  return {
    audit,
    released: 0,
    detail: `the refund of order ${orderId} is the claim that settlement ${settlementId} has in its journal: nothing is booked`,
  };
}

type RowsWithMeaning = JudgedRows & { rows: Parameters<typeof refundFromRows>[1] };

/** Refund rows of the order in the settlement, tied as its payout ties them, with the refund that they are. */
async function judgedRows(
  tx: Database,
  { connection: { name }, settlement: { settlementId } }: PayoutSetup,
  sales: SalesContext,
  orderId: string,
): Promise<RowsWithMeaning[]> {
  const rows = await rowsOfOrder(tx, name, settlementId, orderId);
  const candidates = rows.flatMap((row) => {
    const candidate =
      row.role === null || (row.part !== null && row.booked !== 'clearing') ? null : tieable(row, row.role, sales);
    return candidate === null ? [] : [{ ...candidate, held: row.document }];
  });
  const named = new Map(rows.map((row) => [rowKey(row), row]));
  const problem = explainNoRefundRows(orderId, settlementId, rows, (row) =>
    candidates.some((one) => one.kind === 'refund' && rowKey(one) === rowKey(row)),
  );
  if (problem !== null) {
    // What was a claim is answered once more as it was decided.
    if (
      rows.every(({ booked }) => booked !== null) &&
      (await lastAuditOf(tx, name, 'book-refund', { orderId, settlementId })) !== null
    )
      return [];
    throw refused(problem);
  }
  const documents = await tieableDocuments(tx, name, settlementId, [orderId]);
  const groups = tieRows(withOwnedTax(candidates, documents, expectedTax(rows, sales)), documents);
  return judgeRefundRows(groups, await pendingRefunds(tx, name, [orderId])).map((one) => ({
    ...one,
    rows: one.group.rows.map((row) => ({ row: named.get(rowKey(row))!, meaning: named.get(rowKey(row))!.role! })),
  }));
}

/** The answer was lost, or somebody was quicker; else Finances has told all of it. */
async function bookedBefore(
  tx: Database,
  connection: string,
  { orderId, settlementId }: BookRefund,
  judged: readonly JudgedRows[],
  refunds: readonly StoredRefund[],
): Promise<Pick<DecisionResult, 'audit' | 'detail' | 'released'>> {
  const audit = await lastAuditOf(tx, connection, 'book-refund', { orderId, settlementId });
  if (audit !== null)
    return {
      audit,
      released: 0,
      detail: `the refund of order ${orderId} in settlement ${settlementId} was booked before`,
    };
  const onItsWay = judged.some(
    ({ key, group }) => group.document === null && refunds.some((refund) => refund.key === key),
  );
  throw refused(
    onItsWay
      ? `Amazon has told the refund of order ${orderId}: its documents are on their way (npx tieout status order ${orderId}).`
      : `Every refund of order ${orderId} in settlement ${settlementId} has its document.`,
  );
}

function refused(sentence: string): ApplicationFailure {
  return refuseDecision('REFUND_NOT_BOOKABLE', sentence);
}
