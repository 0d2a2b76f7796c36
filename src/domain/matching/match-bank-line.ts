/** Which line of a bank or card statement is a movement that Amazon caused: by trace id, else by amount, currency and date. */
import { addDays, type Day } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';

export interface StatementLine {
  key: string;
  account: 'bank' | 'card';
  date: Day;
  /** Signed as the account sees it. */
  amount: bigint;
  currency: CurrencyCode;
  description: string;
  transactionId: string | null;
}

export interface Movement {
  externalId: string;
  kind: 'payout' | 'micro-deposit' | 'charge';
  amount: bigint;
  currency: CurrencyCode;
  traceId: string | null;
  /** The day from which its line may appear: of a payout the settlement's end, else the day of its row. */
  from: Day;
}

export type MatchResult =
  | { line: StatementLine; by: 'trace id' | 'amount and date' }
  | { line: null; reason: 'none' | 'several' | 'amount-differs' };

/** A transfer may take long over holidays; a charge shows within days. */
const WINDOW_DAYS = 14;

/** Last day on which the line of a movement is expected; after it the line is missing. */
export function lastDayOf(from: Day): Day {
  return addDays(from, WINDOW_DAYS);
}

/** Movements from before this day should have been seen by `today`. */
export function firstDayFor(today: Day): Day {
  return addDays(today, -WINDOW_DAYS);
}

/** `lines` are those not matched yet; two payouts never take one line. */
export function matchBankLine(movement: Movement, lines: readonly StatementLine[]): MatchResult {
  const account = movement.kind === 'charge' ? 'card' : 'bank';
  const until = lastDayOf(movement.from);
  if (movement.traceId !== null) {
    const traced = lines.filter((line) => names(line, movement.traceId!));
    const exact = traced.find((line) => line.amount === movement.amount && line.currency === movement.currency);
    if (exact) return { line: exact, by: 'trace id' };
    if (traced.length > 0) return { line: null, reason: 'amount-differs' };
  }
  const same = lines.filter((line) => line.amount === movement.amount && line.currency === movement.currency && line.date >= movement.from && line.date <= until);
  // A charge may be taken from the bank account where the seller has no card on file.
  const expected = same.filter((line) => line.account === account);
  const candidates = expected.length > 0 ? expected : movement.kind === 'charge' ? same : [];
  const amazon = candidates.filter((line) => /amazon|amzn/i.test(line.description));
  const choice = amazon.length > 0 ? amazon : candidates;
  if (choice.length === 0) return { line: null, reason: 'none' };
  if (choice.length > 1 && movement.kind === 'payout') return { line: null, reason: 'several' };
  // Micro deposits and charges of the same amount are alike: the earliest line goes to the earliest movement.
  return { line: [...choice].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.key < b.key ? -1 : 1))[0]!, by: 'amount and date' };
}

function names(line: StatementLine, traceId: string): boolean {
  return line.transactionId === traceId || line.description.includes(traceId);
}
