/** Which lines of a statement are Amazon's, what each proves, and what the others still wait for. */
import type { Day } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';

/** A line of a statement with what the store knows of it. */
export interface KnownLine {
  date: Day;
  amount: bigint;
  currency: CurrencyCode;
  description: string;
  transactionId: string | null;
  movement: { externalId: string; settlementId: string; kind: string; traceId: string | null } | null;
  /** A settlement of just that total whose payout has no line yet. */
  expectedBy: string | null;
}

export interface AmazonLine {
  date: Day;
  amount: bigint;
  currency: CurrencyCode;
  /** `payout 20001234561`, `charge of 20001234562`, `no payout that is known`. */
  what: string;
  /** `by trace id`, `by amount and date`, `waits for its journal`, or nothing to say. */
  how: string | null;
  matched: boolean;
  /** It is only a matter of seconds: the payout knows of its amount and is not held up. */
  soon: boolean;
}

export interface StatementStory {
  amazon: AmazonLine[];
  matched: number;
  /** Lines that nothing of Amazon's is known of. */
  others: number;
}

/** States of a settlement in which it looks for its line by itself. */
const LOOKING = new Set(['found', 'staged', 'posted', 'waits-bank', 'waits-documents']);

/**
 * Amazon's are the lines that a movement has taken, those of a payout's total, and money that comes in and names Amazon.
 * A seller shops there too: what goes out and is no charge that we know is not Amazon's.
 */
export function explainStatement(
  lines: readonly KnownLine[],
  stateOf: (settlementId: string) => string | null,
): StatementStory {
  const amazon = lines
    .filter(
      (line) =>
        line.movement !== null ||
        line.expectedBy !== null ||
        (line.amount > 0n && /amazon|amzn/i.test(line.description)),
    )
    .map((line) => amazonLine(line, stateOf));
  return { amazon, matched: amazon.filter((line) => line.matched).length, others: lines.length - amazon.length };
}

function amazonLine(
  { date, amount, currency, description, transactionId, movement, expectedBy }: KnownLine,
  stateOf: (settlementId: string) => string | null,
): AmazonLine {
  const head = { date, amount, currency };
  if (movement !== null) {
    const traced =
      movement.traceId !== null && (transactionId === movement.traceId || description.includes(movement.traceId));
    return {
      ...head,
      what: movementName(movement),
      how: traced ? 'by trace id' : 'by amount and date',
      matched: true,
      soon: false,
    };
  }
  if (expectedBy === null) return { ...head, what: 'no payout that is known', how: null, matched: false, soon: false };
  const soon = LOOKING.has(stateOf(expectedBy) ?? '');
  return {
    ...head,
    what: `payout ${expectedBy}`,
    how: soon ? 'not matched yet' : 'waits for its journal',
    matched: false,
    soon,
  };
}

/** `payout 20001234561`, `micro deposit of 20001234561`: what a line proves. */
export function movementName({ kind, settlementId }: { kind: string; settlementId: string }): string {
  return kind === 'payout' ? `payout ${settlementId}` : `${kind.replace('-', ' ')} of ${settlementId}`;
}
