/**
 * A document that is found under our key, compared with the one that we meant to make. Stripe refuses a key that comes
 * again with other parameters; so do we: a key proves who made a document, its lines prove which one it is.
 *
 * Ids are NetSuite's own, since the call is made of them. What we did not say is NetSuite's to choose (a rate, a tax
 * line, a department) and is not compared; what we said is, to the minor unit.
 */
import { formatMinor, sumMinor, type CurrencyCode } from '../money/money.ts';

export interface HeadFacts {
  entity?: string;
  currency?: string;
  /** As text, without zeros at its end. */
  exchangeRate?: string;
  subsidiary?: string;
  /** The accounting period that it posts to, which need not be that of its day. */
  period?: string;
  /** The account of the document itself: receivable, bank or card. */
  account?: string;
}

export interface LineFacts {
  item?: string;
  account?: string;
  /** Units, never below zero; of what moves stock the sum of an item at a location, below zero where it leaves. */
  quantity?: number;
  /** Minor units, debit positive. */
  amount?: bigint;
  memo?: string;
  entity?: string;
  location?: string;
  department?: string;
  class?: string;
}

export interface DocumentFacts {
  head: HeadFacts;
  lines: readonly LineFacts[];
  /** NetSuite's id of each document that it settles → minor units; null where it settles none, or NetSuite has left them out. */
  applied: ReadonlyMap<string, bigint> | null;
}

const HEAD_WORDS: Readonly<Record<keyof HeadFacts, string>> = {
  entity: 'entity',
  currency: 'currency',
  exchangeRate: 'exchange rate',
  subsidiary: 'subsidiary',
  period: 'accounting period',
  account: 'account',
};
const LINE_FIELDS = [
  'account',
  'item',
  'quantity',
  'amount',
  'entity',
  'location',
  'department',
  'class',
  'memo',
] as const satisfies readonly (keyof LineFacts)[];

/** What differs first, in a few words, or null: its head, a line (their order does not matter), or what it settles. */
export function differenceOf(planned: DocumentFacts, held: DocumentFacts, currency: CurrencyCode): string | null {
  return (
    differingHead(planned.head, held.head) ??
    differingLine(planned.lines, held.lines, currency) ??
    differingApplication(planned.applied, held.applied, currency)
  );
}

function differingHead(planned: HeadFacts, held: HeadFacts): string | null {
  for (const field of Object.keys(HEAD_WORDS) as (keyof HeadFacts)[]) {
    if (planned[field] !== undefined && planned[field] !== held[field])
      return `${HEAD_WORDS[field]} ${held[field] ?? 'none'} for ${planned[field]}`;
  }
  return null;
}

function differingLine(
  planned: readonly LineFacts[],
  held: readonly LineFacts[],
  currency: CurrencyCode,
): string | null {
  const left = held.map((line, index) => ({ line, index }));
  const unmatched = planned
    .map((line, index) => ({ line, index }))
    .filter(({ line }) => {
      const at = left.findIndex((candidate) => differingFields(line, candidate.line).length === 0);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  const others = left.filter(({ line }) => !isNothing(line));
  const [first] = unmatched;
  if (first === undefined)
    return others[0] === undefined ? null : `a line that was not planned, ${describe(others[0].line, currency)}`;
  const name = `line ${first.index + 1}`;
  if (others.length === 0) return `no ${name} (${describe(first.line, currency)})`;
  const like = (candidate: (typeof others)[number]) =>
    differingFields(first.line, candidate.line).length + (candidate.index === first.index ? 0 : 0.5);
  const nearest = others.reduce((best, candidate) => (like(candidate) < like(best) ? candidate : best));
  const differing = differingFields(first.line, nearest.line).map(
    (field) => `${field} ${show(nearest.line, field, currency)} for ${show(first.line, field, currency)}`,
  );
  return `${name} (${describe(first.line, currency)}) with ${differing.join(', ')}`;
}

function differingFields(planned: LineFacts, held: LineFacts): (keyof LineFacts)[] {
  return LINE_FIELDS.filter((field) => {
    const wanted = planned[field];
    // NetSuite keeps no quantity of discounts and the like: there the amount says all.
    if (wanted === undefined || (field === 'quantity' && held.quantity === undefined && planned.amount !== undefined))
      return false;
    return field === 'memo' ? planned.memo!.trim() !== (held.memo ?? '').trim() : wanted !== held[field];
  });
}

/** A line that moves neither money nor goods: transforms leave some behind. */
function isNothing({ amount = 0n, quantity = 0 }: LineFacts): boolean {
  return amount === 0n && quantity === 0;
}

function differingApplication(
  planned: DocumentFacts['applied'],
  held: DocumentFacts['applied'],
  currency: CurrencyCode,
): string | null {
  if (planned === null || held === null) return null;
  for (const id of new Set([...planned.keys(), ...held.keys()])) {
    const [wanted, found] = [planned.get(id) ?? 0n, held.get(id) ?? 0n];
    if (wanted !== found)
      return `${formatMinor(found, currency)} for ${formatMinor(wanted, currency)} applied to transaction ${id}`;
  }
  return null;
}

function describe(line: LineFacts, currency: CurrencyCode): string {
  const named = LINE_FIELDS.filter(
    (field) =>
      line[field] !== undefined &&
      (field === 'amount' || field === 'quantity' || field === 'memo' || field === 'account' || field === 'item'),
  );
  return named
    .map((field) => (field === 'memo' ? `"${line.memo}"` : `${field} ${show(line, field, currency)}`))
    .join(', ');
}

function show(line: LineFacts, field: keyof LineFacts, currency: CurrencyCode): string {
  if (line[field] === undefined) return 'none';
  return field === 'amount'
    ? formatMinor(line.amount!, currency)
    : field === 'memo'
      ? `"${line.memo}"`
      : String(line[field]);
}

/**
 * Whether a total is above what was planned although the lines come to just that: something was added that is none of them.
 * @param document minor units of one document; NetSuite's, of either sign
 */
export function addsOnTop({
  planned,
  held,
  lines,
}: {
  planned: bigint;
  held: bigint;
  lines: readonly bigint[];
}): boolean {
  return sizeOf(held) > planned && sizeOf(sumMinor(lines)) === planned;
}

const sizeOf = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
