/** Which lines of a statement are new: given twice, or in two statements that overlap, a line is still one line. */
import type { Day } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { StatementLine } from './match-bank-line.ts';

/** A line as a file has it. */
export interface ReadLine {
  date: Day;
  amount: bigint;
  currency: CurrencyCode;
  description: string;
  transactionId: string | null;
}
/** Whose statement it is; `tail` is the end of the account's number, null where the file does not name it. */
export interface StatementAccount {
  account: 'bank' | 'card';
  tail: string | null;
}
export interface StoredLine extends ReadLine {
  key: string;
  tail: string | null;
}

/** `claimed`: keys of stored lines whose account's number was not known and is now. */
export interface NewLines {
  fresh: StatementLine[];
  claimed: string[];
}

/**
 * A line is itself by account, date, amount, currency, description and the bank's id together: banks use one id twice, and
 * two accounts share ids. Lines that are alike are counted: of n in the file and m that are stored, n − m are new. Where
 * either side does not know the account's number, the lines are taken for the same.
 * @param known stored lines of the same account role
 */
export function newLines(
  { account, tail }: StatementAccount,
  lines: readonly ReadLine[],
  known: readonly StoredLine[],
): NewLines {
  const stored = groupedBy(known, wordsOf);
  const fresh: StatementLine[] = [];
  const claimed: string[] = [];
  for (const [words, alike] of groupedBy(lines, wordsOf)) {
    const same = (stored.get(words) ?? []).filter((line) => tail === null || line.tail === null || line.tail === tail);
    // Lines of this very account first, so that no more are claimed than the file has.
    const own = same.filter((line) => line.tail === tail);
    const unnumbered =
      tail === null ? [] : same.filter((line) => line.tail === null).slice(0, Math.max(0, alike.length - own.length));
    claimed.push(...unnumbered.map(({ key }) => key));
    const seen = tail === null ? same.length : own.length + unnumbered.length;
    for (const [index, line] of alike.slice(seen).entries()) {
      fresh.push({
        key: [account, tail ?? '', words, seen + index + 1].join('|'),
        account,
        date: line.date,
        amount: line.amount,
        currency: line.currency,
        description: line.description,
        transactionId: line.transactionId,
      });
    }
  }
  return { fresh, claimed };
}

function wordsOf({ date, amount, currency, description, transactionId }: ReadLine): string {
  return [date, amount, currency, description, transactionId ?? ''].join('|');
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
