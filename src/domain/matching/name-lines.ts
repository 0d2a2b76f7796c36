/** Which movement and which lines a person's decision names, and whether they can be each other's. All amounts are minor units. */
import { parseMinor, sumMinor } from '../money/money.ts';
import { renderMoney } from '../money/render-amount.ts';
import type { StatementLine } from './match-bank-line.ts';
import { movementName, openOf, type Movement } from './movement.ts';
import { atBank } from './plan-movement-documents.ts';

/** By the number of `tieout bank lines`, or as the statement writes it. */
export type LineName = { number: number } | { date: string; amount: string; description: string };

/** A line with what is known of it: its number, and the movement whose line it is. */
export type KnownLine = StatementLine & { number: number | null; movement: string | null };

/** `problem` is a sentence. */
export type Named<T> = { found: T } | { problem: string };

/** The movement of a settlement under the name that a decision gives it: one that is awaited, or keeps something; for `return` the payout that is at the bank. */
export function movementNamed(movements: readonly Movement[], settlementId: string, name: string): Named<Movement> {
  const alike = movements.filter((movement) => movementName(movement) === (name === 'return' ? 'payout' : name));
  if (alike.length === 0) {
    const names = movements.map(movementName);
    return {
      problem: `Settlement ${settlementId} has no movement ${name}; it has ${names.length === 0 ? 'none' : names.join(', ')}.`,
    };
  }
  if (name === 'return') {
    const deposited = alike.find((movement) => movement.state === 'posted' && atBank(movement) !== null);
    return deposited
      ? { found: deposited }
      : { problem: `The payout of settlement ${settlementId} is not deposited, so nothing can be given back.` };
  }
  const open = alike.find(
    (movement) =>
      movement.state === 'expected' ||
      movement.state === 'failed' ||
      (movement.state === 'posted' && movement.broughtBackBy === null && openOf(movement) !== 0n),
  );
  return open
    ? { found: open }
    : { problem: `${name} of settlement ${settlementId} waits for no line: it is ${alike[0]!.state}.` };
}

/** The lines of all statements that a decision names, each once. */
export function linesNamed(names: readonly LineName[], lines: readonly KnownLine[]): Named<KnownLine[]> {
  const found: KnownLine[] = [];
  for (const name of names) {
    const alike = lines.filter((line) => isNamed(line, name));
    const line = alike.find((known) => known.movement === null && !found.includes(known));
    if (line) found.push(line);
    else if (alike.length === 0) return { problem: `No statement that was taken in has ${words(name)}.` };
    else if (alike.some((known) => found.includes(known)))
      return { problem: `${capital(words(name))} is named twice, and there is no second one.` };
    else return { problem: `${capital(words(name))} is already the line of ${alike[0]!.movement ?? ''}.` };
  }
  return { found };
}

/** Null when the lines can be the movement, else a sentence. `isReturn`: they take what is at the bank out again. */
export function whyNot(
  movement: Movement,
  lines: readonly StatementLine[],
  { isReturn }: { isReturn: boolean },
): string | null {
  const open = openOf(movement);
  const name = isReturn ? 'a return' : movementName(movement);
  const currencies = new Set(lines.map(({ currency }) => currency));
  if (currencies.size > 1)
    return `The lines are in different currencies (${[...currencies].join(', ')}); one movement has one.`;
  for (const line of lines) {
    const money = `the line of ${line.date} over ${renderMoney(line.amount, line.currency)}`;
    if (movement.kind !== 'charge' && line.account === 'card')
      return `${capital(money)} stands on the card; ${name} is on the bank account.`;
    const wanted = isReturn ? -1n : open;
    if (line.amount > 0n !== wanted > 0n)
      return `${capital(money)} goes the wrong way: ${name} ${wanted > 0n ? 'is a credit' : 'is a debit'}.`;
    if (!isReturn && line.currency !== movement.currency && (movement.kind !== 'payout' || movement.state === 'posted'))
      return `${capital(money)} is not in ${movement.currency}; only a whole payout can have been converted.`;
  }
  if (!isReturn) return null;
  const held = atBank(movement)!;
  const given = sumMinor(lines.map(({ amount }) => amount));
  // What the bank took more or less, a fee say, goes to variance; what had been converted goes back as it came.
  return currencies.has(held.currency) && (held.amount === -given || held.currency === movement.currency)
    ? null
    : `The lines give ${renderMoney(-given, [...currencies][0]!)} back, and ${renderMoney(held.amount, held.currency)} of the payout are at the bank; a return of a converted payout is the whole of it.`;
}

function isNamed(line: KnownLine, name: LineName): boolean {
  if ('number' in name) return line.number === name.number;
  return (
    line.date === name.date &&
    line.amount === parseMinor(name.amount, line.currency) &&
    line.description.trim() === name.description.trim()
  );
}

function words(name: LineName): string {
  return 'number' in name ? `line ${name.number}` : `a line of ${name.date} over ${name.amount} "${name.description}"`;
}

function capital(text: string): string {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}
