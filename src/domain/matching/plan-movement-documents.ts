/** What statement lines of a movement become: deposits or charges, two documents where the payout was converted, a return, and a rest on `variance`. */
import type { Purpose } from '../documents/document-kinds.ts';
import { externalIdOf, parseExternalId } from '../identifiers/external-id.ts';
import { entryKey, type SettlementEntryKind } from '../identifiers/settlement-key.ts';
import type { Role } from '../mapping/roles.ts';
import type { Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { StatementLine } from './match-bank-line.ts';
import {
  clearedBy,
  openOf,
  purposeOfMovement,
  returnsOf,
  type FoundBy,
  type Movement,
  type MovementDocument,
} from './movement.ts';

/** A statement line, or, without statements, Amazon's word for it (`key` null). */
export type AssignedLine = Pick<StatementLine, 'account' | 'date' | 'amount' | 'currency'> & { key: string | null };

/** Numbers that the settlement has used so far, by the kind of entry. */
export type UsedNumbers = Readonly<Record<'line' | 'conversion' | 'return' | 'variance', number>>;

/**
 * Lines that are the movement, in the order of their days, each deposited as it is: the first under the movement's own key
 * (after the n-th return `-b{n}`), the others as `-l{n}`. What they leave of it goes to `variance`. In another currency
 * than the movement's they are what a converter made of all of it. Σ cleared = what was open.
 */
export function documentsOfLines(
  movement: Movement,
  lines: readonly AssignedLine[],
  foundBy: FoundBy,
  used: UsedNumbers,
): MovementDocument[] {
  const keys = new Keys(movement, used);
  const open = openOf(movement);
  const inOrder = [...lines].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const isConverted = inOrder.some((line) => line.currency !== movement.currency);
  const document = (
    line: AssignedLine,
    of: Pick<MovementDocument, 'kind' | 'debit' | 'credit' | 'externalId' | 'cleared'>,
  ): MovementDocument => ({
    ...of,
    movement: movement.externalId,
    amount: sizeOf(line.amount),
    currency: line.currency,
    date: line.date,
    bankLine: line.key,
    foundBy,
    posted: false,
  });
  const documents = inOrder.map((line): MovementDocument => {
    if (movement.kind === 'charge')
      return document(line, {
        kind: 'line',
        debit: 'amazon-charges',
        credit: line.account,
        externalId: keys.ofLine(),
        cleared: line.amount,
      });
    if (line.amount < 0n)
      return document(line, {
        kind: 'return',
        debit: 'payouts-in-transit',
        credit: 'bank',
        externalId: keys.next('return'),
        cleared: line.amount,
      });
    return document(line, {
      kind: 'line',
      debit: 'bank',
      credit: isConverted ? 'conversion' : 'payouts-in-transit',
      externalId: keys.ofLine(),
      cleared: isConverted ? 0n : line.amount,
    });
  });
  if (isConverted) return [conversion(movement, open, inOrder[0]!.date, foundBy, keys), ...documents];
  const rest = open - clearedBy(documents);
  return rest === 0n ? documents : [...documents, ...documentsOfRest(movement, rest, inOrder.at(-1)!.date, used)];
}

/** A rest on `variance`: what in transit (of a charge: Amazon's charges) keeps of the movement goes there. */
export function documentsOfRest(movement: Movement, rest: bigint, date: Day, used: UsedNumbers): MovementDocument[] {
  const account: Role = movement.kind === 'charge' ? 'amazon-charges' : 'payouts-in-transit';
  const [debit, credit]: [Role, Role] = rest > 0n ? ['variance', account] : [account, 'variance'];
  return [
    {
      externalId: new Keys(movement, used).next('variance'),
      movement: movement.externalId,
      kind: 'variance',
      debit,
      credit,
      amount: sizeOf(rest),
      currency: movement.currency,
      cleared: rest,
      date,
      bankLine: null,
      foundBy: 'decision',
      posted: false,
    },
  ];
}

/**
 * Lines by which the bank gave a deposited payout back: in transit again, and out of the bank. One that had been converted
 * goes back through the same account. Each line is a return of its own; what the bank took more or less than it had
 * credited, a fee say, goes to `variance`, so that the whole payout is awaited again.
 */
export function documentsOfReturn(
  movement: Movement,
  lines: readonly AssignedLine[],
  foundBy: FoundBy,
  used: UsedNumbers,
): MovementDocument[] {
  const keys = new Keys(movement, used);
  const isConverted = lines.some((line) => line.currency !== movement.currency);
  const returns = lines.map((line): MovementDocument => ({
    externalId: keys.next('return'),
    movement: movement.externalId,
    kind: 'return',
    debit: isConverted ? 'conversion' : 'payouts-in-transit',
    credit: 'bank',
    amount: sizeOf(line.amount),
    currency: line.currency,
    cleared: isConverted ? 0n : line.amount,
    date: line.date,
    bankLine: line.key,
    foundBy,
    posted: false,
  }));
  if (isConverted)
    return [...returns, conversion(movement, -clearedBy(movement.documents), lines[0]!.date, foundBy, keys)];
  const rest = -clearedBy([...movement.documents, ...returns]);
  return rest === 0n ? returns : [...returns, ...documentsOfRest(movement, rest, lines.at(-1)!.date, used)];
}

/** What stands at the bank of a movement, by currency: what a return would take out. */
export function atBank({ documents }: Pick<Movement, 'documents'>): { currency: CurrencyCode; amount: bigint } | null {
  const moved = documents.filter(({ debit, credit }) => debit === 'bank' || credit === 'bank');
  const amount = sumMinor(moved.map((document) => (document.debit === 'bank' ? document.amount : -document.amount)));
  return moved[0] === undefined || amount === 0n ? null : { currency: moved[0].currency, amount };
}

/** The highest number of each kind among documents of a settlement, and what others have used of `variance`. */
export function usedNumbers(entries: readonly { kind: SettlementEntryKind; number: number }[]): UsedNumbers {
  const last = (kind: SettlementEntryKind) =>
    Math.max(0, ...entries.filter((entry) => entry.kind === kind).map((entry) => entry.number));
  return { line: last('line'), conversion: last('conversion'), return: last('return'), variance: last('variance') };
}

function conversion(movement: Movement, cleared: bigint, date: Day, foundBy: FoundBy, keys: Keys): MovementDocument {
  const [debit, credit]: [Role, Role] =
    cleared > 0n ? ['conversion', 'payouts-in-transit'] : ['payouts-in-transit', 'conversion'];
  return {
    externalId: keys.next('conversion'),
    movement: movement.externalId,
    kind: 'conversion',
    debit,
    credit,
    amount: sizeOf(cleared),
    currency: movement.currency,
    cleared,
    date,
    bankLine: null,
    foundBy,
    posted: false,
  };
}

class Keys {
  readonly #movement: Movement;
  readonly #used: Record<keyof UsedNumbers, number>;
  #first: boolean;

  constructor(movement: Movement, used: UsedNumbers) {
    this.#movement = movement;
    this.#used = { ...used };
    const lastReturn = Math.max(-1, ...movement.documents.map(({ kind }, index) => (kind === 'return' ? index : -1)));
    this.#first = !movement.documents.slice(lastReturn + 1).some(({ kind }) => kind === 'line');
  }

  /** The movement's own key for its first line, `-b{n}` after the n-th return. */
  ofLine(): string {
    if (!this.#first) return this.next('line');
    this.#first = false;
    return returnsOf(this.#movement).length === 0
      ? this.#movement.externalId
      : this.#keyed(purposeOfMovement(this.#movement.kind), 'return', this.#used.return);
  }

  next(kind: keyof UsedNumbers): string {
    this.#used[kind] += 1;
    return this.#keyed(kind === 'line' ? purposeOfMovement(this.#movement.kind) : 'JE', kind, this.#used[kind]);
  }

  #keyed(purpose: Purpose, kind: SettlementEntryKind, number: number): string {
    const { connection } = parseExternalId(this.#movement.externalId)!;
    return externalIdOf({
      connection,
      purpose,
      businessKey: entryKey(this.#movement.settlementId, kind, number),
      part: 1,
    });
  }
}

function sizeOf(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
