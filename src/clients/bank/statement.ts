import type { CurrencyCode } from '../../domain/money/money.ts';
import type { Day } from '../../domain/money/instant.ts';

/** A bank or card statement, whatever file it came in. */
export interface BankStatement {
  /** As the file names it; null where it does not (CSV). `tail`: the last four characters. */
  account: { id: string | null; tail: string | null };
  /** Null when lines of several currencies stand in it. */
  currency: CurrencyCode | null;
  lines: BankStatementLine[];
  /** Rows at the end of a CSV that are no lines (a balance, a sum): line of the file and what stands there. */
  leftOut: { line: number; text: string }[];
}

export interface BankStatementLine {
  /** The day that the bank gives, in its own time zone. */
  date: Day;
  /** Signed minor units: money in is positive. */
  amount: bigint;
  currency: CurrencyCode;
  description: string;
  /** The bank's own id of the line; null where the file has none. */
  transactionId: string | null;
}

export function statementOf(
  accountId: string | null,
  lines: BankStatementLine[],
  leftOut: BankStatement['leftOut'] = [],
): BankStatement {
  const currencies = new Set(lines.map(({ currency }) => currency));
  const [only] = currencies;
  return {
    account: { id: accountId, tail: accountId?.slice(-4) ?? null },
    currency: currencies.size === 1 ? only! : null,
    lines,
    leftOut,
  };
}

/** `2026-10-28`, when it is a day of the calendar; else null. */
export function readDay(text: string): Day | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const epochMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(text) ? text : null;
}
