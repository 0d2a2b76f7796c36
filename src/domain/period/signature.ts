/** What a signature is over, and whether what was signed still stands (close.md, *Sign-off*). */
import { isBill, isSalesPurpose, type Purpose } from '../documents/document-kinds.ts';
import type { PersonRole } from '../people/roles.ts';
import { formatMinor, parseMinor, sumMinor, type CurrencyCode } from '../money/money.ts';
import { parseExternalId } from '../identifiers/external-id.ts';
import type { Instant } from '../money/instant.ts';
import { monthOf } from '../money/instant.ts';
import { counted, renderMoney } from '../money/render-amount.ts';
import { grouped } from '../stock/grouped.ts';
import { canonicalJson } from '../proof/canonical-json.ts';
import { renderPeriod } from './calendar.ts';
import type { Close, LateFact } from './close.ts';
import { lastWords, type Carried } from './close-items.ts';

/** What is compared later; ages, instants and what happened after the last day are not in it. */
export interface SignedFigures {
  items: { name: string; currency: string | null; state: string; figure: string; carried: string }[];
  rollForwards: {
    account: string;
    currency: string;
    opening: string;
    movements: { kind: string; amount: string }[];
    closing: string;
  }[];
  residues: { account: string; currency: string; subject: string; amount: string; since: string }[];
  accruals: { currency: string; figure: string }[];
}

export interface SignedClose extends SignedFigures {
  /** Who carried what of the items that are carried, and why; left out of signatures that were given before it was in them. */
  carried?: { item: string; currency: string | null; amount: string; by: string; why: string; at: Instant }[];
  connection: string;
  period: string;
  mode: string;
  settingsHash: string;
  mapVersion: number;
  financesMapVersion: number;
  softwareVersion: string;
  sourceHashes: string[];
  signer: string;
  role: PersonRole | null;
  statement: string;
  comment: string;
  at: Instant;
  /** Hash of the signature before it, of whichever month; null of the first. */
  previous: string | null;
}

const text = (amount: bigint, currency: CurrencyCode | null) =>
  currency === null ? String(amount) : formatMinor(amount, currency);
/** Sorted by key; of one key by all that they say, so that no order of arrival is left in the list. */
function byKey<T>(list: T[], keyOf: (one: T) => string): T[] {
  const keyed = list.map((one) => ({ one, key: `${keyOf(one)}\n${canonicalJson(one)}` }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one);
}

/** Amounts as texts, lists sorted by key, so that the same figures have the same hash. */
export function signedFigures(close: Close): SignedFigures {
  const items = close.items.flatMap(({ name, figures }) =>
    figures.map(({ currency, state, figure, difference }) => ({
      name,
      currency,
      state,
      figure: text(figure, currency),
      carried: state === 'carried' ? text(difference, currency) : '',
    })),
  );
  return {
    items: byKey(items, ({ name, currency }) => `${name} ${currency ?? ''}`),
    rollForwards: byKey(
      close.rollForwards.map(({ account, currency, opening, movements, closing }) => ({
        account,
        currency,
        opening: text(opening, currency),
        movements: byKey(
          movements.map(({ kind, amount }) => ({ kind, amount: text(amount, currency) })),
          ({ kind }) => kind,
        ),
        closing: text(closing, currency),
      })),
      ({ account, currency }) => `${account} ${currency}`,
    ),
    residues: byKey(
      close.residues.map(({ account, currency, subject, amount, since }) => ({
        account,
        currency,
        subject,
        amount: text(amount, currency),
        since,
      })),
      ({ account, currency, subject }) => `${account} ${currency} ${subject}`,
    ),
    accruals: byKey(
      items
        .filter(({ name }) => name === 'accruals')
        .map(({ currency, figure }) => ({ currency: currency ?? '', figure })),
      ({ currency }) => currency,
    ),
  };
}

/** What is carried at that moment, the last word of each: later rows say nothing of it. */
export function signedCarried(
  close: Close,
  carried: readonly (Carried & { at: Instant })[],
): NonNullable<SignedClose['carried']> {
  const held = close.items.flatMap(({ name, figures }) =>
    figures.filter(({ state }) => state === 'carried').map(({ currency }) => `${name} ${currency ?? ''}`),
  );
  return byKey(
    lastWords(carried)
      .filter(({ item, currency }) => held.includes(`${item} ${currency ?? ''}`))
      .map(({ item, currency, amount, by, why, at }) => ({
        item,
        currency,
        amount: text(amount, currency),
        by,
        why,
        at,
      })),
    ({ item, currency }) => `${item} ${currency ?? ''}`,
  );
}

/** The text that is hashed (RFC 8785). */
export function signedText(signed: SignedClose): string {
  return canonicalJson(signed);
}

/** What a signer says, above the figures. */
export function statementOf(close: Close): string {
  return `I have reviewed the close of ${renderPeriod(close.period)} and sign it as shown.`;
}

/** How a signed month stands now. */
export type SignedStanding =
  | { kind: 'as-signed' }
  /** The whole difference is documents moved into a later month. */
  | { kind: 'late-facts'; said: string }
  | { kind: 'changed'; differences: string[] };

/**
 * Compares what was signed with what is worked out now: items (the accruals are figures of one), roll-forwards, residues.
 * Nothing of a signed month changes silently: what documents moved into a later month explain wholly is late facts, anything
 * else no longer matches.
 */
export function standingOf(signed: SignedFigures, lateThen: readonly LateFact[], now: Close): SignedStanding {
  const current = signedFigures(now);
  const late = now.late.filter(({ document }) => !lateThen.some((known) => known.document === document));
  const explained = new Set(
    current.items.filter((item) => isExplained(item, signed.items, late)).map((item) => saidOfItem(item).of),
  );
  const differences = [
    ...differing(signed.items.map(saidOfItem), current.items.map(saidOfItem)).filter(({ of }) => !explained.has(of)),
    ...differing(signed.rollForwards.flatMap(saidOfRollForward), current.rollForwards.flatMap(saidOfRollForward)),
    ...differing(signed.residues.map(saidOfResidue), current.residues.map(saidOfResidue)),
  ].map(({ of, then, now: said }) => `${of}: signed ${then}, now ${said}`);
  if (differences.length > 0) return { kind: 'changed', differences };
  if (late.length === 0) return { kind: 'as-signed' };
  return { kind: 'late-facts', said: saidOfLate(late) };
}

type SignedItem = SignedFigures['items'][number];

/**
 * Whether late documents are all that an item's figure differs by, to the cent; then it ties, or is carried as it was. An item
 * without a figure at the signature stood at nothing.
 */
function isExplained(item: SignedItem, signed: readonly SignedItem[], late: readonly LateFact[]): boolean {
  const then = signed.find(({ name, currency }) => name === item.name && currency === item.currency);
  const isAsGood = item.state === 'ties' || (item.state === then?.state && item.carried === then.carried);
  const moved = minorOf(item) - (then === undefined ? 0n : minorOf(then));
  return isAsGood && moved !== 0n && moved === lateOf(item, late);
}

function minorOf({ figure, currency }: SignedItem): bigint {
  return currency === null ? BigInt(figure) : (parseMinor(figure, currency) ?? 0n);
}

/** By how much late documents raise the figure of an item of the month of their own day; of other items by nothing. */
function lateOf({ name, currency }: SignedItem, late: readonly LateFact[]): bigint {
  const keyed = late.map((fact) => ({ ...fact, key: parseExternalId(fact.document) }));
  if (name === 'dispatches') return BigInt(keyed.filter(({ key }) => key?.purpose === 'IF').length);
  const sold = keyed.filter(({ key }) => isOfSale(key, 'bill'));
  // What a sale below zero was cut by is a memo under its invoice's key (accounting.md, *Several at once*).
  const isCut = ({ key }: (typeof keyed)[number]) => sold.some((sale) => sale.key?.businessKey === key?.businessKey);
  const credited = keyed.filter(({ key }) => isOfSale(key, 'credit'));
  const sumOf = (facts: readonly LateFact[]) =>
    sumMinor(facts.filter((fact) => fact.currency === currency).map(({ amount }) => amount));
  if (name === 'sales') return sumOf(sold) - sumOf(credited.filter(isCut));
  if (name === 'refunds') return sumOf(credited.filter((fact) => !isCut(fact)));
  return 0n;
}

function isOfSale(key: { purpose: Purpose } | null, side: 'bill' | 'credit'): boolean {
  return key !== null && isSalesPurpose(key.purpose) && isBill(key.purpose) === (side === 'bill');
}

/** Something that was signed, and what of it. */
interface Said {
  of: string;
  text: string;
}

function saidOfItem({ name, currency, figure, state, carried }: SignedItem): Said {
  const carrying = carried === '' ? '' : ` with ${carried}`;
  return { of: currency === null ? name : `${name} ${currency}`, text: `${figure} ${state}${carrying}` };
}

function saidOfRollForward(one: SignedFigures['rollForwards'][number]): Said[] {
  const of = (what: string) => `${one.account} ${one.currency}, ${what}`;
  return [
    { of: of('opening'), text: one.opening },
    ...one.movements.map(({ kind, amount }) => ({ of: of(kind), text: amount })),
    { of: of('closing'), text: one.closing },
  ];
}

function saidOfResidue({ account, currency, subject, amount, since }: SignedFigures['residues'][number]): Said {
  return { of: `${account} ${currency}, ${subject}`, text: `${amount} since ${since}` };
}

function differing(signed: readonly Said[], current: readonly Said[]): { of: string; then: string; now: string }[] {
  const [then, now] = [textsOf(signed), textsOf(current)];
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((of) => {
    const texts = { then: then.get(of) ?? 'nothing', now: now.get(of) ?? 'nothing' };
    return texts.then === texts.now ? [] : [{ of, ...texts }];
  });
}

function textsOf(said: readonly Said[]): Map<string, string> {
  return new Map(
    [...grouped(said, ({ of }) => of)].map(([of, all]) => [
      of,
      all
        .map(({ text }) => text)
        .sort()
        .join(', '),
    ]),
  );
}

/** `3 late facts, 14.20 USD, booked in 2026-11` */
function saidOfLate(late: readonly LateFact[]): string {
  const currencies = [...new Set(late.map(({ currency }) => currency))].sort();
  const amounts = currencies.map((currency) =>
    renderMoney(sumMinor(late.filter((one) => one.currency === currency).map(({ amount }) => amount)), currency),
  );
  const months = [...new Set(late.map(({ bookedOn }) => renderPeriod(monthOf(bookedOn))))];
  return `${counted(late.length, 'late fact')}, ${amounts.join(' and ')}, booked in ${months.join(' and ')}`;
}
