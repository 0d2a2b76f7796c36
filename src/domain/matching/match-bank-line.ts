/**
 * Which line of a bank or card statement is which movement that Amazon caused, over all open movements and all free lines
 * together: by Amazon's trace id; else by amount and currency, a line that names Amazon, from two working days before the
 * day of the transfer to five after it, where line and movement are each the other's only nearest. Anything else is for a
 * person, never a guess.
 */
import type { Day } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { MovementKind } from './expected-movements.ts';
import { addWorkingDays, daysApart } from './working-days.ts';

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

/** A movement that waits for its line. */
export interface OpenMovement {
  externalId: string;
  kind: MovementKind;
  /** What is still awaited, signed as the account sees it. */
  amount: bigint;
  currency: CurrencyCode;
  /** What Amazon's currency converter made of it, where Amazon says so. */
  converted: { amount: bigint; currency: CurrencyCode } | null;
  traceId: string | null;
  /** Amazon's transfer date of a payout, else the report's deposit date; of the others the day of their row. */
  day: Day;
  /** Awaited again: lines from before this day are those of the first time. */
  notBefore: Day | null;
}

export type MatchedBy = 'trace id' | 'amount and date';
export interface LineMatch {
  movement: OpenMovement;
  line: StatementLine;
  by: MatchedBy;
}
export interface Unmatched {
  movement: OpenMovement;
  /** `none` there is no line · `several` more than one thing is as near · `amount-differs` the line with its trace id has another amount. */
  reason: 'none' | 'several' | 'amount-differs';
  /** What a person looks at. */
  candidates: StatementLine[];
}

const DAYS_BEFORE = 2;
const DAYS_AFTER = 5;

/** From this day on a line that has not come is missing: the sixth working day. */
export function missingFrom(day: Day): Day {
  return addWorkingDays(day, DAYS_AFTER + 1);
}

export function namesAmazon({ description }: Pick<StatementLine, 'description'>): boolean {
  return /amazon|amzn/i.test(description);
}

/** The trace id is the bank's own number of the transfer: as the line's id, or in its text. */
export function namesTrace(line: Pick<StatementLine, 'transactionId' | 'description'>, traceId: string): boolean {
  return line.transactionId === traceId || line.description.includes(traceId);
}

/** @param knownTraces trace ids of all transfers that Amazon has told of: a line with one of them is that transfer's, or nobody's */
export function matchLines(
  movements: readonly OpenMovement[],
  lines: readonly StatementLine[],
  knownTraces: readonly string[],
): { matches: LineMatch[]; unmatched: Unmatched[] } {
  const matches: LineMatch[] = [];
  const differing = new Map<OpenMovement, StatementLine[]>();
  const isTaken = (line: StatementLine) => matches.some((match) => match.line === line);
  for (const movement of movements) {
    if (movement.traceId === null) continue;
    // What goes the other way is no credit of this transfer: the bank gave it back.
    const traced = lines.filter(
      (line) =>
        namesTrace(line, movement.traceId!) &&
        line.amount > 0n === movement.amount > 0n &&
        isInTime(movement, line) &&
        !isTaken(line),
    );
    const exact = traced.filter((line) => fits(movement, line));
    const first = only(nearest(exact, (line) => Date.parse(line.date)));
    if (first !== null) matches.push({ movement, line: first, by: 'trace id' });
    else if (traced.length > 0) differing.set(movement, traced);
  }
  const free = lines.filter((line) => namesAmazon(line) && !knownTraces.some((traceId) => namesTrace(line, traceId)));
  const waits = movements.filter((movement) => !differing.has(movement));
  matchByAmount(waits, free, matches);
  const open = movements.filter((movement) => !matches.some((match) => match.movement === movement));
  return {
    matches,
    unmatched: open.map((movement) =>
      unmatched(
        movement,
        lines.filter((line) => !isTaken(line)),
        free,
        differing.get(movement) ?? [],
      ),
    ),
  };
}

/** What was matched is out of the way of the others, so it goes on until nothing is anybody's only nearest. */
function matchByAmount(
  movements: readonly OpenMovement[],
  lines: readonly StatementLine[],
  matches: LineMatch[],
): void {
  for (;;) {
    const open = movements.filter((movement) => !matches.some((match) => match.movement === movement));
    const free = lines.filter((line) => !matches.some((match) => match.line === line));
    const found = open.flatMap((movement): LineMatch[] => {
      const line = only(nearest(linesFor(movement, free), (known) => daysApart(known.date, movement.day)));
      if (line === null) return [];
      const back = only(
        nearest(
          open.filter((other) => linesFor(other, free).includes(line)),
          (other) => daysApart(line.date, other.day),
        ),
      );
      return back === movement ? [{ movement, line, by: 'amount and date' }] : [];
    });
    if (found.length === 0) found.push(...firstAlike(open, free));
    if (found.length === 0) return;
    matches.push(...found);
  }
}

/** Equal micro deposits and charges are alike: the earliest takes the earliest line, unless a payout could be that line too. */
function firstAlike(open: readonly OpenMovement[], free: readonly StatementLine[]): LineMatch[] {
  const alike = open
    .filter((movement) => movement.kind !== 'payout')
    .sort((a, b) => byText(`${a.day} ${a.externalId}`, `${b.day} ${b.externalId}`));
  for (const movement of alike) {
    const mine = linesFor(movement, free).filter(
      (line) => !open.some((other) => other.kind !== movement.kind && linesFor(other, free).includes(line)),
    );
    const [line] = mine.sort((a, b) => byText(`${a.date} ${a.key}`, `${b.date} ${b.key}`));
    if (line) return [{ movement, line, by: 'amount and date' }];
  }
  return [];
}

/** Lines that could be a movement by amount and day. A charge may be taken from the bank account where the card shows none. */
function linesFor(movement: OpenMovement, lines: readonly StatementLine[]): StatementLine[] {
  const same = lines.filter(
    (line) => fits(movement, line) && isInTime(movement, line) && isInWindow(movement.day, line.date),
  );
  const onCard = same.filter((line) => line.account === 'card');
  if (movement.kind !== 'charge') return same.filter((line) => line.account === 'bank');
  return onCard.length > 0 ? onCard : same;
}

function fits({ kind, amount, currency, converted }: OpenMovement, line: StatementLine): boolean {
  if (kind !== 'charge' && line.account !== 'bank') return false;
  return (
    (line.amount === amount && line.currency === currency) ||
    (converted !== null && line.amount === converted.amount && line.currency === converted.currency)
  );
}

function isInTime({ notBefore }: OpenMovement, line: StatementLine): boolean {
  return notBefore === null || line.date >= notBefore;
}

function isInWindow(day: Day, date: Day): boolean {
  return date >= addWorkingDays(day, -DAYS_BEFORE) && date <= addWorkingDays(day, DAYS_AFTER);
}

function unmatched(
  movement: OpenMovement,
  free: readonly StatementLine[],
  named: readonly StatementLine[],
  differing: readonly StatementLine[],
): Unmatched {
  if (differing.length > 0)
    return {
      movement,
      reason: differing.some((line) => fits(movement, line)) ? 'several' : 'amount-differs',
      candidates: [...differing],
    };
  const candidates = free.filter((line) => fits(movement, line) && isInTime(movement, line));
  return {
    movement,
    reason:
      linesFor(
        movement,
        named.filter((line) => free.includes(line)),
      ).length > 0
        ? 'several'
        : 'none',
    candidates,
  };
}

/** Those that are nearest by a measure. */
function nearest<T>(of: readonly T[], measure: (one: T) => number): T[] {
  const least = Math.min(...of.map(measure));
  return of.filter((one) => measure(one) === least);
}

function only<T>(of: readonly T[]): T | null {
  return of.length === 1 ? of[0]! : null;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
