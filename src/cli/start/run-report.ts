/** The report of a run (`--report FILE`), and its verdict. */
import type { TieOut, TieOutBalance } from '../../activities/tie-out/tie-out.ts';

export interface TemporalCounts { address: string; server: string; completed: number; running: number; failed: number }

/** Balances that must be just what is explained. */
const EXPLAINED = ['clearing', 'receivable', 'payouts-in-transit', 'balance-due-to-amazon', 'amazon-charges', 'reserve-held', 'settlement-in-progress'];

export function differing(tieOut: TieOut): TieOutBalance[] {
  return tieOut.explained.filter((balance) => EXPLAINED.includes(balance.role) && !/^-?0(\.0+)?$/.test(balance.difference));
}

export interface Verdict { ok: boolean; undecided: number; notTied: string[]; differing: TieOutBalance[]; failed: number }

export function verdictOf(tieOut: TieOut, temporal: TemporalCounts): Verdict {
  const undecided = tieOut.decisions.filter((decision) => decision.choice === null).length;
  const notTied = tieOut.payouts.filter((payout) => !payout.tied).map((payout) => payout.settlementId);
  const different = differing(tieOut);
  return { ok: undecided === 0 && notTied.length === 0 && different.length === 0 && temporal.failed === 0 && tieOut.duplicates.length === 0, undecided, notTied, differing: different, failed: temporal.failed };
}

/** 0 tied · 3 all that is not tied waits for a decision · 1 something does not tie. */
export function exitCodeOfRun(tieOut: TieOut, verdict: Verdict): 0 | 1 | 3 {
  if (verdict.ok) return 0;
  // Documents that are missing because their order waits for a SKU come with its decision.
  const waiting = tieOut.payouts.filter((payout) => !payout.tied).every((payout) => payout.exceptions.length > 0 && payout.exceptions.every((code) => code === 'unknown-amount' || code === 'document-missing'));
  return verdict.undecided > 0 && waiting && verdict.failed === 0 && verdict.differing.length === 0 && tieOut.duplicates.length === 0 ? 3 : 1;
}

export function runReport(tieOut: TieOut, temporal: TemporalCounts, seconds: number): object {
  const { orders } = tieOut;
  return {
    ok: verdictOf(tieOut, temporal).ok, seconds, temporal,
    orders: { seen: orders.seen, salesOrders: orders.salesOrders, fulfilments: orders.fulfilments, invoices: orders.invoices, creditMemos: orders.creditMemos, waiting: orders.waiting },
    payouts: tieOut.payouts.map((payout) => ({
      settlementId: payout.settlementId, currency: payout.currency, total: payout.total, rows: payout.rows,
      journal: { externalIds: payout.journal.externalIds, debit: payout.journal.debit, credit: payout.journal.credit, lines: payout.journal.lines },
      movements: payout.movements.map(({ kind, externalId, amount, traceId, bankLine }) => ({ kind, externalId, amount, traceId, bankLine })),
      tied: payout.tied, exceptions: payout.exceptions,
    })),
    balances: tieOut.balances, decisions: tieOut.decisions, duplicates: tieOut.duplicates,
  };
}
