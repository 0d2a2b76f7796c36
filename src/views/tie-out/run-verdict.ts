/** Whether a run is tied, and what keeps it from that. */
import type { TieOut, TieOutBalance } from '../../contracts/tie-out/tie-out.ts';
import type { RunParts } from './run-parts.ts';
import { EXIT } from '../../errors/exit-codes.ts';

/** How a run ended: `interrupted` before all that was published was taken in, and so nothing is tied yet, whatever agrees. */
export interface RunEnd {
  /** Workflows of the whole run: Temporal counts them for all connections together. */
  failed: number;
  interrupted?: boolean;
  /** What of the stock and the months a person must end, by connection. */
  parts?: ReadonlyMap<string, Pick<RunParts, 'open'>>;
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

export interface Verdict {
  ok: boolean;
  undecided: number;
  notTied: string[];
  differing: TieOutBalance[];
  failed: number;
  /** What of the stock and the months a person must end, in sentences. */
  open: string[];
}

export function verdictOf(tieOut: TieOut, { failed, interrupted = false, parts }: RunEnd): Verdict {
  const open = parts?.get(tieOut.connection)?.open ?? [];
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
      open.length === 0 &&
      tieOut.duplicates.length === 0 &&
      tieOut.unknown.length === 0,
    undecided,
    notTied,
    differing: different,
    failed,
    open,
  };
}

/** All that is not tied waits for decisions, by the remedies of what holds it up, and nothing differs; what counts of stock and of months ends by one. */
export function waitsForDecisions(tieOut: TieOut, verdict: Verdict): boolean {
  const open = tieOut.payouts.filter((payout) => !payout.tied);
  return (
    verdict.undecided + open.length + verdict.open.length > 0 &&
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
