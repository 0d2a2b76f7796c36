/** The tie-out as it is printed: payouts side by side, then the accounts, the orders and the documents, and the verdict. */
import type { TieOut, TieOutPayout } from '../../activities/tie-out/tie-out.ts';
import { parseMinor } from '../../domain/money/money.ts';
import { counted, renderAmount, renderCount, renderMoney } from '../../domain/money/render-amount.ts';
import { renderDuration, renderPeriod } from '../print/dates.ts';
import { NARROW_BELOW, renderFields, renderParagraph, renderParts, renderTable, WIDE_FROM, type Field } from '../print/table.ts';
import { differing, verdictOf, waitsForDecisions, type TemporalCounts } from './run-report.ts';

export function renderTieOut(tieOut: TieOut, title: string, width: number): string[] {
  const currencies = [...new Set(tieOut.payouts.map((payout) => payout.currency))];
  const lines = [...renderParts([`TIE-OUT · ${tieOut.connection}`, title, 'invoice mode', ...(currencies.length > 0 ? [currencies.join(', ')] : [])], width), ''];
  const beside = payoutsBeside(tieOut.payouts, width);
  for (let start = 0; start < tieOut.payouts.length; start += beside) lines.push(...payoutColumns(tieOut.payouts.slice(start, start + beside), width), '');
  return [...lines, ...accounts(tieOut, currencies.length > 1, width), '', ...counts(tieOut, width)];
}

/** Payouts whose columns stand beside each other: four, six where there is room, fewer where their amounts are long; a narrow terminal shows one after the other. */
function payoutsBeside(payouts: readonly TieOutPayout[], width: number): number {
  if (width < NARROW_BELOW) return 1;
  const widest = Math.max(0, ...payouts.flatMap(({ settlementId, currency, total, journal }) => [settlementId.length, show(total, currency).length, show(journal.debit, currency).length]));
  return Math.max(1, Math.min(width < WIDE_FROM ? 4 : 6, Math.floor((width - WIDEST_NAME) / (widest + 2))));
}

/** `Reserve opens = last closed` */
const WIDEST_NAME = 27;

function payoutColumns(payouts: readonly TieOutPayout[], width: number): string[] {
  const row = (name: string, value: (payout: TieOutPayout) => string) => [name, ...payouts.map(value)];
  const amount = (payout: TieOutPayout, text: string | null) => (text === null ? '–' : show(text, payout.currency));
  const payoutMovement = (payout: TieOutPayout) => payout.movements.find((movement) => movement.kind === 'payout');
  return renderTable([{ align: 'left' }, ...payouts.map(() => ({ align: 'right' as const }))], [
    row('Payout', (payout) => payout.settlementId),
    row('Period', (payout) => period(payout)),
    row('Rows in the report', (payout) => renderCount(payout.rows)),
    row('Sum of rows', (payout) => amount(payout, payout.sum)),
    row('Report total', (payout) => amount(payout, payout.total)),
    row('Journal, in transit', (payout) => amount(payout, payout.journal.externalIds.length > 0 ? payout.journal.payoutLine : null)),
    row('Journal, debits = credits', (payout) => amount(payout, payout.journal.externalIds.length > 0 ? payout.journal.debit : null)),
    row('Deposit', (payout) => amount(payout, payoutMovement(payout)?.state === 'posted' ? payoutMovement(payout)!.amount : null)),
    row('Bank line', (payout) => (payoutMovement(payout)?.state === 'returned' ? 'came back' : amount(payout, payoutMovement(payout)?.bankLine?.amount ?? null))),
    row('Reserve opens = last closed', (payout) => amount(payout, payout.reserve.opens) + (payout.reserve.lastClosed !== null && payout.reserve.lastClosed !== payout.reserve.opens ? ' ≠' : '')),
    row('Difference', (payout) => difference(payout)),
    row(width < NARROW_BELOW ? 'Verdict' : '', (payout) => (payout.tied ? '✓ tied' : '≠ not tied')),
  ], width);
}

/** What the rows, the report and the journal differ by. */
function difference(payout: TieOutPayout): string {
  const minor = (text: string) => parseMinor(text, payout.currency) ?? 0n;
  const off = payout.journal.externalIds.length > 0 ? minor(payout.journal.payoutLine) - minor(payout.total) : minor(payout.sum) - minor(payout.total);
  return renderAmount(off, payout.currency);
}

function accounts(tieOut: TieOut, severalCurrencies: boolean, width: number): string[] {
  const always = ['clearing', 'receivable', 'payouts-in-transit', 'reserve-held', 'bank'];
  const shown = tieOut.explained.filter((balance) => always.includes(balance.role) || !isZero(balance.netsuite) || !isZero(balance.explained));
  return renderTable([{ align: 'left', head: 'Account' }, { align: 'right', head: 'NetSuite says' }, { align: 'left', head: 'Explained by', max: 60, gives: true }, { align: 'right', head: 'Difference' }],
    shown.map((balance) => [severalCurrencies ? `${balance.role} ${balance.currency}` : balance.role, show(balance.netsuite, balance.currency), isZero(balance.netsuite) && isZero(balance.explained) ? '–' : balance.by || '–', show(balance.difference, balance.currency)]), width);
}

function counts({ orders, documents, duplicates, decisions }: TieOut, width: number): string[] {
  const of = (purpose: string, name: string) => counted(documents[purpose] ?? 0, name);
  const some = (purpose: string, name: string) => ((documents[purpose] ?? 0) === 0 ? [] : [of(purpose, name)]);
  return renderFields(width, NAMES, [
    ['Orders', [`${renderCount(orders.seen)} seen`, counted(orders.salesOrders, 'sales order'), `${renderCount(orders.dispatched)} dispatched`, `${renderCount(orders.settled)} settled`]],
    ['', [`${renderCount(orders.pending)} pending at Amazon`, `${renderCount(orders.cancelled)} cancelled`, `${renderCount(orders.waiting)} ${orders.waiting === 1 ? 'waits' : 'wait'}`]],
    ['Documents', [of('SO', 'sales order'), of('IF', 'fulfilment'), of('INV', 'invoice'), of('CM', 'credit memo')]],
    ['', [...some('OPN', 'opening'), of('JE', 'journal'), of('DEP', 'deposit'), ...some('CHG', 'charge'), of('PAY', 'payment'), of('RFD', 'refund')]],
    ['', [counted(duplicates.length, 'duplicate')]],
    ...decisions.map((decision, index): Field => [index === 0 ? 'Decisions' : '', `${aboutOf(decision)} → ${decision.choice === null ? 'open' : `${decision.kind === 'sku' ? 'item ' : ''}${decision.choice}`}`]),
  ]);
}

function aboutOf({ kind, key }: TieOut['decisions'][number]): string {
  switch (kind) {
    case 'sku': return `SKU ${String(key)}`;
    case 'amount': return Array.isArray(key) ? key.join(' / ') : key;
    case 'settleDifference': return `difference of ${String(key)}`;
    case 'matchDeposit': return `bank line of ${String(key)}`;
  }
}

/** Cells of the names on the left. */
const NAMES = 12;

const WAITS: Readonly<Record<string, string>> = {
  'waits-amount': 'waits for an account', 'waits-documents': 'waits for documents of its orders', 'waits-bank': 'waits for its bank line', planned: 'planned only (posting: plan)',
};

/** The last lines, over all connections: what agrees, or the reasons and the way out. */
export function renderVerdict(tieOuts: readonly TieOut[], temporal: TemporalCounts, seconds: number, width: number, interrupted = false): string[] {
  const verdicts = tieOuts.map((tieOut) => ({ tieOut, verdict: verdictOf(tieOut, { failed: temporal.failed, interrupted }) }));
  const payouts = tieOuts.flatMap((tieOut) => tieOut.payouts);
  const tied = payouts.filter((payout) => payout.tied).length;
  const head = renderFields(width, NAMES, [['Workflows', [`${temporal.completed} completed`, `${temporal.running} open${whatIsOpen(tieOuts, temporal.running)}`, `${temporal.failed} failed`, `Temporal ${temporal.server}`]]]);
  const open = verdicts.filter(({ verdict }) => !verdict.ok);
  if (open.length === 0) return [...head, '', ...renderParagraph(`✓ TIED. ${tied} of ${counted(payouts.length, 'payout')}, every figure agrees. ${renderDuration(seconds)}.`, width, 2)];
  const word = !interrupted && open.every(({ tieOut, verdict }) => waitsForDecisions(tieOut, verdict)) ? '! UNDECIDED' : '✗ NOT TIED';
  const several = tieOuts.length > 1;
  const reasons = open.flatMap(({ tieOut }) => reasonsOf(tieOut).map((reason) => (several ? `${tieOut.connection}: ${reason}` : reason)));
  if (interrupted) reasons.unshift('It was stopped before everything that is published was taken in.');
  if (temporal.failed > 0) reasons.push(`${counted(temporal.failed, 'workflow')} failed`);
  return [
    ...head, '', ...renderParagraph(`${word}. ${tied} of ${payouts.length} ${payouts.length === 1 ? 'payout is' : 'payouts are'} tied. ${renderDuration(seconds)}.`, width, 2),
    ...[...new Set(reasons)].flatMap((reason) => renderParagraph(reason, width - 2).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`)), `  do   ${interrupted ? 'npm start again' : wayOut(open.map(({ tieOut }) => tieOut))}`,
  ];
}

/** What the open workflows are, where orders and the one that takes decisions account for all of them. */
function whatIsOpen(tieOuts: readonly TieOut[], running: number): string {
  const pending = tieOuts.reduce((sum, { orders }) => sum + orders.pending, 0);
  const toDispatch = tieOuts.reduce((sum, { orders }) => sum + orders.salesOrders - orders.dispatched, 0);
  if (pending + toDispatch + tieOuts.length !== running) return '';
  return ` (${[...(pending === 0 ? [] : [`${pending} pending`]), ...(toDispatch === 0 ? [] : [`${toDispatch} to dispatch`]), 'decisions'].join(', ')})`;
}

function reasonsOf(tieOut: TieOut): string[] {
  return [
    ...tieOut.payouts.filter((payout) => !payout.tied).map((payout) => `payout ${payout.settlementId}: ${reasonOf(payout, tieOut)}`),
    ...differing(tieOut).map((balance) => `${balance.role} is ${show(balance.netsuite, balance.currency)} in NetSuite, explained ${show(balance.explained, balance.currency)}`),
    ...tieOut.duplicates.map((duplicate) => `${duplicate.type} ${duplicate.businessKey} is there ${duplicate.externalIds.length} times`),
    ...(tieOut.unknown.length === 0 ? [] : [`NetSuite holds ${tieOut.unknown.slice(0, 5).join(', ')}${tieOut.unknown.length > 5 ? ` and ${tieOut.unknown.length - 5} more` : ''}, which Tieout has forgotten`]),
    ...tieOut.openExceptions.filter(({ isDecision }) => isDecision).map((exception) => exception.what),
  ];
}

/** Figures first: a report whose rows do not come to its total waits for nobody's decision. */
function reasonOf({ settlementId, currency, sum, total, state, journal }: TieOutPayout, { openExceptions }: TieOut): string {
  const minor = (text: string) => parseMinor(text, currency) ?? 0n;
  const off = minor(sum) - minor(total);
  if (off !== 0n) {
    return `differs by ${renderMoney(off < 0n ? -off : off, currency)} (report total ${show(total, currency)}, sum of rows ${show(sum, currency)}). `
      + (journal.externalIds.length === 0 ? 'Nothing was posted for it.' : 'Its journal is posted.');
  }
  return openExceptions.find((exception) => exception.payout === settlementId)?.what ?? WAITS[state] ?? state;
}

/** The command that takes the first open thing on: a decision, else what waits for a person, else the first payout that is not tied. */
function wayOut(open: readonly TieOut[]): string {
  const exceptions = open.flatMap((tieOut) => tieOut.openExceptions);
  const exception = exceptions.find(({ isDecision }) => isDecision) ?? exceptions[0];
  if (exception) return exception.act;
  const payout = open.flatMap((tieOut) => tieOut.payouts).find(({ tied }) => !tied);
  return payout ? `npx tieout status payout ${payout.settlementId}` : 'npx tieout exceptions';
}

/** `0`, `0.00`, `-0.00`. */
function isZero(text: string): boolean {
  return /^-?0(\.0+)?$/.test(text);
}

function show(text: string, currency: string): string {
  return renderAmount(parseMinor(text, currency) ?? 0n, currency);
}

/** `1–14 Oct`: the year stands in the head. */
function period({ firstDay, lastDay }: TieOutPayout): string {
  return renderPeriod(firstDay, lastDay).replace(/ \d{4}$/, '');
}
