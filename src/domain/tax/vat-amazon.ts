/** The third tie of the VAT report: documents beside Amazon's VAT Transactions Report, order by order (tax.md, *VAT report*). */
import { addDays, lastDayOfMonth, type Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { Jurisdiction, TaxCollector } from './tax-policy.ts';
import { movedNet, movedTax, type TaxMove } from './tax-move.ts';
import type { Rate } from './tax-rate.ts';
import type { AmazonVatRow, VatEvent, VatFact } from './vat-facts.ts';

/** What one side says of an event of an order and SKU. */
export interface VatSide {
  /** `amazon` where some of it is Amazon's. */
  collector: TaxCollector;
  /** Null where it is not told, or not one. */
  jurisdiction: Jurisdiction | null;
  rate: Rate | null;
  net: bigint;
  tax: bigint;
}

/**
 * `differs`; `other-month`: the other side's month is another one; `only-ours`: no row of Amazon's; `only-amazon`: no document
 * of any month; `other-system`: no document, since another system owns the sale.
 */
export type VatDifferenceKind = 'differs' | 'other-month' | 'only-ours' | 'only-amazon' | 'other-system';

export interface VatDifference {
  orderId: string;
  event: VatEvent;
  sku: string;
  currency: CurrencyCode;
  kind: VatDifferenceKind;
  /** What is not the same. */
  what: ('collector' | 'jurisdiction' | 'rate' | 'net' | 'tax')[];
  /** Of the document; null where there is none. */
  day: Day | null;
  ours: VatSide | null;
  amazon: VatSide | null;
}

export interface AmazonComparison {
  /** Orders, events and SKUs that say the same on both sides. */
  agree: number;
  differences: VatDifference[];
}

/** A document of a month's last days may be completed in the next one: Amazon's file of that month says so. */
const LAST_DAYS = 3;

/**
 * By order, event and SKU. Of what Amazon owes net and VAT are compared as far as its report tells them: it is in no document of ours,
 * and stands in the report all the same.
 * @param month `2026-10`
 * @param facts of documents of the month, posted or not
 * @param rows of Amazon's report of the same month
 * @param others of documents of other months, of the orders that `rows` names
 * @param next rows of Amazon's report of the month after it, which a document of the last days may be in; null: not read yet
 * @param leftAlone orders whose sale another system owns: the merchant's own dispatches
 */
export function compareWithAmazon(
  month: string,
  facts: readonly VatFact[],
  rows: readonly AmazonVatRow[],
  others: readonly VatFact[],
  next: readonly AmazonVatRow[] | null = null,
  leftAlone: ReadonlySet<string> = new Set(),
): AmazonComparison {
  const [ours, theirs, elsewhere] = [grouped(facts), grouped(rows), grouped(others)];
  const later = next === null ? null : grouped(next);
  const lateFrom = addDays(lastDayOfMonth(`${month}-01`), 1 - LAST_DAYS);
  let agree = 0;
  const differences: VatDifference[] = [];
  for (const key of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
    const [own, amazon] = [ours.get(key), theirs.get(key)];
    const documents = own ?? elsewhere.get(key);
    const sides = { ours: documents ? sideOf(documents) : null, amazon: amazon ? sideOf(amazon) : null };
    const what = documents && amazon ? unlike(documents, amazon) : [];
    if (own && amazon && what.length === 0) {
      agree += 1;
      continue;
    }
    const { orderId, event, sku, currency } = (own ?? amazon)![0]!;
    const day = documents?.map((fact) => fact.day).sort()[0] ?? null;
    const kind = isOthers(sides, orderId, leftAlone)
      ? 'other-system'
      : kindOf(sides, { what, isLate: day !== null && day >= lateFrom && later?.has(key) !== false });
    differences.push({ orderId, event, sku: sku ?? '', currency, kind, what, day, ...sides });
  }
  return { agree, differences };
}

type Sides = Pick<VatDifference, 'ours' | 'amazon'>;

/** What another system invoices is no document of ours, and none is missing. */
function isOthers({ ours }: Sides, orderId: string, leftAlone: ReadonlySet<string>): boolean {
  return ours === null && leftAlone.has(orderId);
}

/** What is alike on both sides, and no agreement, is of another month. */
function kindOf(
  { ours, amazon }: Sides,
  { what, isLate }: { what: VatDifference['what']; isLate: boolean },
): VatDifferenceKind {
  if (ours === null) return 'only-amazon';
  if (amazon === null) return isLate ? 'other-month' : 'only-ours';
  return what.length > 0 ? 'differs' : 'other-month';
}

export type OfItem = { orderId: string; event: VatEvent; sku: string | null; currency: CurrencyCode };
export const itemKey = ({ orderId, event, sku, currency }: OfItem): string =>
  `${orderId} ${event} ${currency} ${sku ?? ''}`;

export function grouped<T extends OfItem>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(itemKey(one));
    if (group) group.push(one);
    else groups.set(itemKey(one), [one]);
  }
  return groups;
}

/** Several of one item are one, in no jurisdiction and at no rate where theirs are not alike. */
function sideOf(group: readonly VatSide[]): VatSide {
  const { collector, jurisdiction, rate } = group[0]!;
  return {
    collector: group.some(isAmazons) ? 'amazon' : collector,
    jurisdiction: group.every((one) => one.jurisdiction === jurisdiction) ? jurisdiction : null,
    rate: group.every((one) => one.rate === rate) ? rate : null,
    net: sumMinor(group.map(({ net }) => net)),
    tax: sumMinor(group.map(({ tax }) => tax)),
  };
}

const isAmazons = ({ collector }: Pick<VatSide, 'collector'>): boolean => collector === 'amazon';

/**
 * What nobody owes by our settings is the seller's to Amazon, which knows no registrations: without tax it is alike, and with any
 * somebody has to say whose it is. What one side does not know is not unlike. Units of one item may leave from two countries, and be owed by two: each part is compared.
 */
function unlike(documents: readonly VatSide[], rows: readonly VatSide[]): VatDifference['what'] {
  for (const owes of [isAmazons, isNotAmazons]) if (documents.some(owes) !== rows.some(owes)) return ['collector'];
  if (documents.some(({ collector, tax }) => collector === 'nobody' && tax !== 0n)) return ['collector'];
  const [mine, theirs] = [documents.filter(isNotAmazons), rows.filter(isNotAmazons)];
  const ofAmazon = unlikeOfAmazon(documents.filter(isAmazons), rows.filter(isAmazons));
  if (mine.length === 0) return ofAmazon;
  const [ours, amazon] = [sideOf(mine), sideOf(theirs)];
  const amounts = (['net', 'tax'] as const).filter((what) => ours[what] !== amazon[what]);
  const isElsewhere = areElsewhere(mine, theirs) || (amounts.length === 0 && areSharedOtherwise(mine, theirs));
  return [
    ...(isElsewhere ? (['jurisdiction'] as const) : []),
    ...(ours.rate !== null && amazon.rate !== null && ours.rate !== amazon.rate ? (['rate'] as const) : []),
    ...new Set([...amounts, ...ofAmazon]),
  ];
}

/** Amazon may leave amounts of its own tax out: what is not told is not unlike. */
function unlikeOfAmazon(documents: readonly VatSide[], rows: readonly VatSide[]): ('net' | 'tax')[] {
  return (['net', 'tax'] as const).filter((what) => {
    const [ours, amazon] = [documents, rows].map((side) => sumMinor(side.map((one) => one[what])));
    return amazon !== 0n && ours !== amazon;
  });
}

const isNotAmazons = (side: Pick<VatSide, 'collector'>): boolean => !isAmazons(side);

/** The countries are not the same; where a side tells none, nothing is known. */
function areElsewhere(ours: readonly VatSide[], theirs: readonly VatSide[]): boolean {
  const [here, there] = [ours, theirs].map((side) => new Set(side.flatMap(({ jurisdiction }) => jurisdiction ?? [])));
  if (here!.size === 0 || there!.size === 0) return false;
  return here!.size !== there!.size || [...here!].some((place) => !there!.has(place));
}

/** Several countries, and not the same net and tax in each. */
function areSharedOtherwise(ours: readonly VatSide[], theirs: readonly VatSide[]): boolean {
  const places = new Set(ours.map(({ jurisdiction }) => jurisdiction));
  if (places.size < 2) return false;
  return [...places].some((place) => {
    const [here, there] = [ours, theirs].map((side) => side.filter(({ jurisdiction }) => jurisdiction === place));
    return (['net', 'tax'] as const).some(
      (what) => sumMinor(here!.map((one) => one[what])) !== sumMinor(there!.map((one) => one[what])),
    );
  });
}

/** A move that makes our documents of an order say the jurisdiction that Amazon's report says. */
export interface ProposedMove {
  orderId: string;
  from: Jurisdiction;
  to: Jurisdiction;
  currency: CurrencyCode;
  net: bigint;
  tax: bigint;
}

/**
 * Of an order, sales and refunds apart, less what was moved so already; whether the seller is registered where it goes is not
 * asked.
 */
export function proposedMoves(differences: readonly VatDifference[], moves: readonly TaxMove[]): ProposedMove[] {
  const wanted = new Map<string, ProposedMove>();
  for (const { orderId, event, currency, what, ours, amazon } of differences) {
    if (!what.includes('jurisdiction') || ours?.collector !== 'seller' || amazon?.collector !== 'seller') continue;
    const [from, to] = [ours.jurisdiction, amazon.jurisdiction];
    // Of several countries a person says how much is of which.
    if (from === null || to === null) continue;
    const key = JSON.stringify([orderId, event, from, to, currency]);
    const known = wanted.get(key) ?? { orderId, from, to, currency, net: 0n, tax: 0n };
    wanted.set(key, { ...known, net: known.net + ours.net, tax: known.tax + ours.tax });
  }
  for (const move of moves) {
    const { orderId, event, from, to, currency } = move;
    const key = JSON.stringify([orderId, event, from, to, currency]);
    const known = wanted.get(key);
    if (known) wanted.set(key, { ...known, net: known.net - movedNet(move), tax: known.tax - movedTax(move) });
  }
  return [...wanted.values()].filter(({ net, tax }) => net !== 0n || tax !== 0n);
}
