/** The report of a run (`--report FILE`, `--json`), from what the tie-out of each connection found. */
import type { TieOut, TieOutPayout } from '../../contracts/tie-out/tie-out.ts';
import type { WorkflowCounts } from '../../temporal/workflow-counts.ts';
import type { PartsOfRun, RunParts } from './run-parts.ts';
import { verdictOf } from './run-verdict.ts';

/** What is said of the run itself: where its workflows ran and how many, how long it took, whether it was stopped before its end. */
export interface Run {
  temporal: WorkflowCounts & { address: string };
  seconds: number;
  interrupted?: boolean;
}

interface ConnectionReport {
  orders: Pick<TieOut['orders'], 'seen' | 'salesOrders' | 'fulfilments' | 'invoices' | 'creditMemos' | 'waiting'>;
  payouts: ReportedPayout[];
  balances: TieOut['balances'];
  decisions: TieOut['decisions'];
  duplicates: TieOut['duplicates'];
  /** Where the connection has stock, and where its months are closed here. */
  stock?: RunParts['stock'];
  close?: RunParts['close'];
  profit?: RunParts['profit'];
  /** Documents of ours in NetSuite that the store has forgotten, where there are any. */
  unknown?: TieOut['unknown'];
}
type ReportedPayout = Pick<TieOutPayout, 'settlementId' | 'currency' | 'total' | 'rows' | 'tied' | 'exceptions'> & {
  journal: Omit<TieOutPayout['journal'], 'payoutLine'>;
  movements: Omit<TieOutPayout['movements'][number], 'state'>[];
};
interface RunHead extends Run {
  /** Every connection is tied; never where the run was interrupted. */
  ok: boolean;
}

/** One connection stands in the document itself; several under `connections`, each with its own `ok`. */
export type RunReport =
  | (RunHead & ConnectionReport)
  | (RunHead & { connections: ({ connection: string; ok: boolean } & ConnectionReport)[] });

export function runReport(
  tieOuts: readonly TieOut[],
  { temporal, seconds, interrupted = false }: Run,
  parts: PartsOfRun = new Map(),
): RunReport {
  const reports = tieOuts.map((tieOut) => ({
    connection: tieOut.connection,
    ok: verdictOf(tieOut, { failed: temporal.failed, interrupted, parts }).ok,
    body: connectionReport(tieOut, parts.get(tieOut.connection)),
  }));
  const head = { ok: reports.every(({ ok }) => ok), ...(interrupted ? { interrupted } : {}), seconds, temporal };
  const [only] = reports;
  if (reports.length === 1 && only) return { ...head, ...only.body };
  return { ...head, connections: reports.map(({ connection, ok, body }) => ({ connection, ok, ...body })) };
}

function connectionReport(
  { orders, payouts, balances, decisions, duplicates, unknown }: TieOut,
  parts: RunParts | undefined,
): ConnectionReport {
  const { seen, salesOrders, fulfilments, invoices, creditMemos, waiting } = orders;
  return {
    orders: { seen, salesOrders, fulfilments, invoices, creditMemos, waiting },
    payouts: payouts.map(({ settlementId, currency, total, rows, journal, movements, tied, exceptions }) => ({
      settlementId,
      currency,
      total,
      rows,
      journal: {
        externalIds: journal.externalIds,
        debit: journal.debit,
        credit: journal.credit,
        lines: journal.lines,
      },
      movements: movements.map(({ kind, externalId, amount, traceId, bankLine }) => ({
        kind,
        externalId,
        amount,
        traceId,
        bankLine,
      })),
      tied,
      exceptions,
    })),
    balances,
    decisions,
    duplicates,
    ...(parts?.stock === undefined ? {} : { stock: parts.stock }),
    ...(parts?.close === undefined ? {} : { close: parts.close }),
    ...(parts?.profit === undefined ? {} : { profit: parts.profit }),
    ...(unknown.length === 0 ? {} : { unknown }),
  };
}
