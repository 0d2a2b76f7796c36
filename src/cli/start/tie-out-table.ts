/** The tie-out as it is printed: payouts in columns of four, then the accounts, the orders and the documents. */
import type { TieOut, TieOutPayout } from '../../activities/tie-out/tie-out.ts';
import { parseMinor } from '../../domain/money/money.ts';
import { renderAmount, renderCount } from '../../domain/money/render-amount.ts';
import { renderTable } from '../print/table.ts';
import type { TemporalCounts, Verdict } from './run-report.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function renderTieOut(tieOut: TieOut, title: string): string[] {
  const currencies = [...new Set(tieOut.payouts.map((payout) => payout.currency))];
  const lines = [`TIE-OUT · ${tieOut.connection} · ${title} · invoice mode${currencies.length > 0 ? ` · ${currencies.join(', ')}` : ''}`, ''];
  for (let start = 0; start < tieOut.payouts.length; start += 4) lines.push(...payoutColumns(tieOut.payouts.slice(start, start + 4)), '');
  return [...lines, ...accounts(tieOut, currencies.length > 1), '', ...counts(tieOut)];
}

function payoutColumns(payouts: readonly TieOutPayout[]): string[] {
  const row = (name: string, value: (payout: TieOutPayout) => string) => [name, ...payouts.map(value)];
  const amount = (payout: TieOutPayout, text: string | null) => (text === null ? '–' : show(text, payout.currency));
  const payoutMovement = (payout: TieOutPayout) => payout.movements.find((movement) => movement.kind === 'payout');
  return renderTable([{ align: 'left' }, ...payouts.map(() => ({ align: 'right' as const }))], [
    row('Payout', (payout) => payout.settlementId),
    row('Period', (payout) => period(payout)),
    row('Rows in the report', (payout) => renderCount(payout.rows)),
    row('Sum of rows', (payout) => amount(payout, payout.sum)),
    row('Report total', (payout) => amount(payout, payout.total)),
    row('Journal, payout line', (payout) => amount(payout, payout.journal.externalIds.length > 0 ? payout.journal.payoutLine : null)),
    row('Journal, debits = credits', (payout) => amount(payout, payout.journal.externalIds.length > 0 ? payout.journal.debit : null)),
    row('Deposit', (payout) => amount(payout, payoutMovement(payout)?.state === 'posted' ? payoutMovement(payout)!.amount : null)),
    row('Bank line', (payout) => (payoutMovement(payout)?.state === 'returned' ? 'came back' : amount(payout, payoutMovement(payout)?.bankLine?.amount ?? null))),
    row('Reserve opens = last closed', (payout) => amount(payout, payout.reserve.opens) + (payout.reserve.lastClosed !== null && payout.reserve.lastClosed !== payout.reserve.opens ? ' ≠' : '')),
    row('Difference', (payout) => difference(payout)),
    row('', (payout) => (payout.tied ? '✓ tied' : '≠ not tied')),
  ]);
}

/** What the rows, the report and the journal differ by. */
function difference(payout: TieOutPayout): string {
  const minor = (text: string) => parseMinor(text, payout.currency) ?? 0n;
  const off = payout.journal.externalIds.length > 0 ? minor(payout.journal.payoutLine) - minor(payout.total) : minor(payout.sum) - minor(payout.total);
  return renderAmount(off, payout.currency);
}

function accounts(tieOut: TieOut, severalCurrencies: boolean): string[] {
  const always = ['clearing', 'receivable', 'payouts-in-transit', 'reserve-held', 'bank'];
  const shown = tieOut.explained.filter((balance) => always.includes(balance.role) || !/^-?0(\.0+)?$/.test(balance.netsuite) || !/^-?0(\.0+)?$/.test(balance.explained));
  return renderTable([{ align: 'left' }, { align: 'right' }, { align: 'left', max: 44 }, { align: 'right' }], [
    ['Account', 'NetSuite says', 'Explained by', 'Difference'],
    ...shown.map((balance) => [severalCurrencies ? `${balance.role} ${balance.currency}` : balance.role, show(balance.netsuite, balance.currency), balance.by || '–', show(balance.difference, balance.currency)]),
  ]);
}

function counts({ orders, documents, duplicates, decisions }: TieOut): string[] {
  const of = (purpose: string, name: string) => `${renderCount(documents[purpose] ?? 0)} ${name}${documents[purpose] === 1 ? '' : 's'}`;
  return [
    `Orders      ${orders.seen} seen · ${orders.salesOrders} sales orders · ${orders.dispatched} dispatched · ${orders.settled} settled`,
    `            ${orders.pending} pending at Amazon · ${orders.cancelled} cancelled · ${orders.waiting} wait`,
    `Documents   ${of('SO', 'sales order')} · ${of('IF', 'fulfilment')} · ${of('INV', 'invoice')} · ${of('CM', 'credit memo')}`,
    `            ${of('OPN', 'opening')} · ${of('JE', 'journal')} · ${of('DEP', 'deposit')} · ${of('CHG', 'charge')}`,
    `            ${of('PAY', 'payment')} · ${of('RFD', 'refund')} · ${duplicates.length} duplicates`,
    ...decisions.map((decision, index) => `${index === 0 ? 'Decisions ' : '          '}  ${Array.isArray(decision.key) ? decision.key.at(-1) : `SKU ${decision.key}`} → ${decision.choice ?? 'open'}`),
  ];
}

const WAITS: Readonly<Record<string, string>> = {
  'waits-amount': 'waits for an account', 'waits-documents': 'waits for documents of its orders', 'waits-bank': 'waits for its bank line', planned: 'planned only (posting: plan)',
};

export function renderVerdict(tieOut: TieOut, verdict: Verdict, temporal: TemporalCounts, seconds: number): string[] {
  const tied = tieOut.payouts.length - verdict.notTied.length;
  const head = `Workflows   ${temporal.completed} completed · ${temporal.running} open · ${temporal.failed} failed · Temporal ${temporal.server}`;
  if (verdict.ok) return [head, '', `✓ TIED. ${tied} of ${tieOut.payouts.length} payouts, every figure agrees. ${duration(seconds)}.`];
  const reasons = [
    ...tieOut.payouts.filter((payout) => !payout.tied).map(({ settlementId, state }) => `payout ${settlementId}: ${tieOut.openExceptions.filter((exception) => exception.subject === `payout:${settlementId}`).map((exception) => exception.what)[0] ?? WAITS[state] ?? state}`),
    ...verdict.differing.map((balance) => `${balance.role} is ${show(balance.netsuite, balance.currency)} in NetSuite, explained ${show(balance.explained, balance.currency)}`),
    ...tieOut.duplicates.map((duplicate) => `${duplicate.type} ${duplicate.businessKey} is there ${duplicate.externalIds.length} times`),
    ...tieOut.openExceptions.filter((exception) => exception.code === 'sku-unknown' || exception.code === 'unknown-amount').map((exception) => exception.what),
  ];
  const word = verdict.undecided > 0 && verdict.differing.length === 0 ? '! UNDECIDED' : '✗ NOT TIED';
  return [head, '', `${word}. ${tied} of ${tieOut.payouts.length} payouts are tied. ${duration(seconds)}.`, ...[...new Set(reasons)].map((reason) => `  ${reason}`),
    `  do   ${tieOut.openExceptions[0]?.act ?? (verdict.notTied[0] ? `npx tieout status payout ${verdict.notTied[0]}` : 'npx tieout exceptions')}`];
}

function show(text: string, currency: string): string {
  return renderAmount(parseMinor(text, currency) ?? 0n, currency);
}

function period({ firstDay, lastDay }: TieOutPayout): string {
  const [from, until] = [firstDay, lastDay].map((day) => ({ day: Number(day.slice(8)), month: MONTHS[Number(day.slice(5, 7)) - 1] })) as [{ day: number; month: string }, { day: number; month: string }];
  return `${from.day}${from.month === until.month ? '' : ` ${from.month}`}–${until.day} ${until.month}`;
}

export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
