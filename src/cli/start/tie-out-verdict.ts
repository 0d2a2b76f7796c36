/** The verdict over all connections: what agrees, or the reasons and the way out. */
import type { TieOut, TieOutPayout } from '../../contracts/tie-out/tie-out.ts';
import { differenceFrom, parseMinor } from '../../domain/money/money.ts';
import { counted, renderMoney } from '../../domain/money/render-amount.ts';
import { renderDuration } from '../../domain/clocks/render-dates.ts';
import { renderFields, renderParagraph } from '../print/table.ts';
import type { RunParts } from '../../views/tie-out/run-parts.ts';
import type { Run } from '../../views/tie-out/run-report.ts';
import { differing, verdictOf, waitsForDecisions } from '../../views/tie-out/run-verdict.ts';
import { showAmount } from '../print/amounts.ts';
import { NAMES } from '../print/name-column.ts';

const WAITS: Readonly<Record<string, string>> = {
  'waits-amount': 'waits for an account',
  'waits-documents': 'waits for documents of its orders',
  'waits-bank': 'waits for its bank line',
  planned: 'planned only (posting: plan)',
};

/** The last lines, over all connections: what agrees, or the reasons and the way out. */
export function renderVerdict(
  tieOuts: readonly TieOut[],
  { temporal, seconds, interrupted = false }: Run,
  width: number,
  parts: ReadonlyMap<string, Pick<RunParts, 'open'>> = new Map(),
): string[] {
  const verdicts = tieOuts.map((tieOut) => ({
    tieOut,
    verdict: verdictOf(tieOut, { failed: temporal.failed, interrupted, parts }),
  }));
  const payouts = tieOuts.flatMap((tieOut) => tieOut.payouts);
  const tied = payouts.filter((payout) => payout.tied).length;
  const head = renderFields(width, NAMES, [
    [
      'Workflows',
      [
        `${temporal.completed} completed`,
        `${temporal.running} open${whatIsOpen(tieOuts, temporal.running)}`,
        `${temporal.failed} failed`,
        `Temporal ${temporal.server}`,
      ],
    ],
  ]);
  const open = verdicts.filter(({ verdict }) => !verdict.ok);
  if (open.length === 0)
    return [
      ...head,
      '',
      ...renderParagraph(
        `✓ TIED. ${tied} of ${counted(payouts.length, 'payout')}, every figure agrees. ${renderDuration(seconds)}.`,
        width,
        2,
      ),
    ];
  const word =
    !interrupted && open.every(({ tieOut, verdict }) => waitsForDecisions(tieOut, verdict))
      ? '! UNDECIDED'
      : '✗ NOT TIED';
  const several = tieOuts.length > 1;
  const reasons = open.flatMap(({ tieOut, verdict }) =>
    [...reasonsOf(tieOut), ...verdict.open].map((reason) => (several ? `${tieOut.connection}: ${reason}` : reason)),
  );
  if (interrupted) reasons.unshift('It was stopped before everything that is published was taken in.');
  if (temporal.failed > 0) reasons.push(`${counted(temporal.failed, 'workflow')} failed`);
  return [
    ...head,
    '',
    ...renderParagraph(
      `${word}. ${tied} of ${payouts.length} ${payouts.length === 1 ? 'payout is' : 'payouts are'} tied. ${renderDuration(seconds)}.`,
      width,
      2,
    ),
    ...[...new Set(reasons)].flatMap((reason) =>
      renderParagraph(reason, width - 2).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`),
    ),
    `  do   ${interrupted ? 'npm start again' : wayOut(open.map(({ tieOut }) => tieOut))}`,
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
    ...tieOut.payouts
      .filter((payout) => !payout.tied)
      .map((payout) => `payout ${payout.settlementId}: ${reasonOf(payout, tieOut)}`),
    ...differing(tieOut).map(
      (balance) =>
        `${balance.role} is ${showAmount(balance.netsuite, balance.currency)} in NetSuite, explained ${showAmount(balance.explained, balance.currency)}`,
    ),
    ...tieOut.duplicates.map(
      (duplicate) => `${duplicate.type} ${duplicate.businessKey} is there ${duplicate.externalIds.length} times`,
    ),
    ...(tieOut.unknown.length === 0
      ? []
      : [
          `NetSuite holds ${tieOut.unknown.slice(0, 5).join(', ')}${tieOut.unknown.length > 5 ? ` and ${tieOut.unknown.length - 5} more` : ''}, which Tieout has forgotten`,
        ]),
    ...tieOut.openExceptions.filter(({ isDecision }) => isDecision).map((exception) => exception.what),
  ];
}

/** Figures first: a report whose rows do not come to its total waits for nobody's decision. */
function reasonOf(
  { settlementId, currency, sum, total, state, journal }: TieOutPayout,
  { openExceptions }: TieOut,
): string {
  const minor = (text: string) => parseMinor(text, currency) ?? 0n;
  const off = differenceFrom(minor(total), minor(sum));
  if (off !== 0n) {
    return (
      `differs by ${renderMoney(off < 0n ? -off : off, currency)} (report total ${showAmount(total, currency)}, sum of rows ${showAmount(sum, currency)}). ` +
      (journal.externalIds.length === 0 ? 'Nothing was posted for it.' : 'Its journal is posted.')
    );
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
