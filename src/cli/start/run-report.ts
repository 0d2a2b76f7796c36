/** The report of a run (`--report FILE`), its verdict and its exit code. */
import type { TieOut, TieOutBalance } from '../../contracts/tie-out/tie-out.ts';
import { EXIT } from '../exit-codes.ts';

export interface TemporalCounts {
  address: string;
  server: string;
  completed: number;
  running: number;
  failed: number;
}

/** How a run ended: `interrupted` before all that was published was taken in, and so nothing is tied yet, whatever agrees. */
export interface RunEnd {
  failed: number;
  interrupted?: boolean;
}

/** Balances that must be just what is explained. */
const EXPLAINED = [
  'clearing',
  'receivable',
  'payouts-in-transit',
  'balance-due-to-amazon',
  'amazon-charges',
  'reserve-held',
  'settlement-in-progress',
  'set-off',
];

export function differing(tieOut: TieOut): TieOutBalance[] {
  return tieOut.explained.filter(
    (balance) => EXPLAINED.includes(balance.role) && !/^-?0(\.0+)?$/.test(balance.difference),
  );
}

/** `failed` are workflows of the whole run: Temporal counts them for all connections together. */
export interface Verdict {
  ok: boolean;
  undecided: number;
  notTied: string[];
  differing: TieOutBalance[];
  failed: number;
}

export function verdictOf(tieOut: TieOut, { failed, interrupted = false }: RunEnd): Verdict {
  const undecided = tieOut.decisions.filter((decision) => decision.choice === null).length;
  const notTied = tieOut.payouts.filter((payout) => !payout.tied).map((payout) => payout.settlementId);
  const different = differing(tieOut);
  return {
    ok:
      !interrupted &&
      undecided === 0 &&
      notTied.length === 0 &&
      different.length === 0 &&
      failed === 0 &&
      tieOut.duplicates.length === 0 &&
      tieOut.unknown.length === 0,
    undecided,
    notTied,
    differing: different,
    failed,
  };
}

/** All that is not tied waits for decisions, by the remedies of what holds it up, and nothing differs. */
export function waitsForDecisions(tieOut: TieOut, verdict: Verdict): boolean {
  const open = tieOut.payouts.filter((payout) => !payout.tied);
  return (
    verdict.undecided + open.length > 0 &&
    open.every((payout) => payout.undecided) &&
    verdict.failed === 0 &&
    verdict.differing.length === 0 &&
    tieOut.duplicates.length === 0 &&
    tieOut.unknown.length === 0
  );
}

/** 0 every connection is tied · 3 all that is not tied, in any of them, waits for a decision · 1 something does not tie. */
export function exitCodeOfRun(tieOuts: readonly TieOut[], end: RunEnd): number {
  const open = tieOuts
    .map((tieOut) => ({ tieOut, verdict: verdictOf(tieOut, end) }))
    .filter(({ verdict }) => !verdict.ok);
  if (open.length === 0) return EXIT.done;
  return open.every(({ tieOut, verdict }) => waitsForDecisions(tieOut, verdict)) ? EXIT.undecided : EXIT.failed;
}

/**
 * The document of `--report` and `--json`. One connection: `{ok, seconds, temporal, orders, payouts, balances, decisions,
 * duplicates}`. Several: `{ok, seconds, temporal, connections: [{connection, ok, orders, payouts, balances, decisions,
 * duplicates}]}`, where the outer `ok` is true when each is; beside `duplicates` stands `unknown` where NetSuite holds documents of ours that the store has forgotten. A run that was interrupted says so, and is never `ok`.
 */
export function runReport(
  tieOuts: readonly TieOut[],
  temporal: TemporalCounts,
  seconds: number,
  interrupted = false,
): object {
  const reports = tieOuts.map((tieOut) => ({
    connection: tieOut.connection,
    ok: verdictOf(tieOut, { failed: temporal.failed, interrupted }).ok,
    body: connectionReport(tieOut),
  }));
  const head = { ok: reports.every(({ ok }) => ok), ...(interrupted ? { interrupted } : {}), seconds, temporal };
  const [only] = reports;
  if (reports.length === 1 && only) return { ...head, ...only.body };
  return { ...head, connections: reports.map(({ connection, ok, body }) => ({ connection, ok, ...body })) };
}

function connectionReport({ orders, payouts, balances, decisions, duplicates, unknown }: TieOut): object {
  return {
    orders: {
      seen: orders.seen,
      salesOrders: orders.salesOrders,
      fulfilments: orders.fulfilments,
      invoices: orders.invoices,
      creditMemos: orders.creditMemos,
      waiting: orders.waiting,
    },
    payouts: payouts.map((payout) => ({
      settlementId: payout.settlementId,
      currency: payout.currency,
      total: payout.total,
      rows: payout.rows,
      journal: {
        externalIds: payout.journal.externalIds,
        debit: payout.journal.debit,
        credit: payout.journal.credit,
        lines: payout.journal.lines,
      },
      movements: payout.movements.map(({ kind, externalId, amount, traceId, bankLine }) => ({
        kind,
        externalId,
        amount,
        traceId,
        bankLine,
      })),
      tied: payout.tied,
      exceptions: payout.exceptions,
    })),
    balances,
    decisions,
    duplicates,
    ...(unknown.length === 0 ? {} : { unknown }),
  };
}
