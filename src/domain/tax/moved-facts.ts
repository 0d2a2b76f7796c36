/** What moves between jurisdictions are in the VAT report: off one, on the other; and what they make of a document's jurisdiction. */
import type { Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { TaxMove } from './tax-move.ts';
import type { ItemTax } from './tax-policy.ts';
import { sharedAsMoved, withMoves } from './moved-parts.ts';
import type { AmazonVatRow, VatFact } from './vat-facts.ts';

/** A move as it is stored. */
export interface BookedMove extends TaxMove {
  /** External id of its journal, also where it moves net alone and none is posted. */
  document: string;
  day: Day;
  posted: boolean;
}

/** Two of each item: the first takes it from where it was. */
export function factsOfMove(move: BookedMove): VatFact[] {
  const { orderId, from, to, event, currency, items, document, day, posted } = move;
  const shared = { document, type: 'move', event, orderId, currency, day, posted, collector: 'seller' } as const;
  return items.flatMap(({ orderItemId, sku, net, tax, fromRate, toRate }): VatFact[] => [
    { ...shared, orderItemId, sku, jurisdiction: from, rate: fromRate, net: -net, tax: -tax },
    { ...shared, orderItemId, sku, jurisdiction: to, rate: toRate, net, tax },
  ]);
}

/**
 * Documents of a month as moves of any day have left them, beside Amazon's rows of it. Where what was moved is what Amazon says
 * otherwise they are shared as Amazon shares them. Else what was moved as a whole is where it is now; what was moved in part
 * stays where it was and differs, and where it would agree although some of it was moved, it has its moves.
 * @param others documents of other months
 */
export function asMovedBeside(
  facts: readonly VatFact[],
  moves: readonly BookedMove[],
  rows: readonly AmazonVatRow[],
  others: readonly VatFact[],
): VatFact[] {
  const orders = groupedBy(moves.flatMap(factsOfMove), ofOrder);
  type Owed = OfEvent & Pick<VatFact, 'collector'>;
  const isTouched = (one: Owed): boolean => one.collector === 'seller' && orders.has(ofOrder(one));
  const of = <T extends Owed>(all: readonly T[]) => groupedBy(all.filter(isTouched), ofOrder);
  const [documents, told, elsewhere] = [of(facts), of(rows), of(others)];
  return [
    ...facts.filter((fact) => !isTouched(fact)),
    ...[...documents].flatMap(([key, own]) => {
      const ofMoves = orders.get(key)!;
      const order = { documents: own, moves: ofMoves, rows: told.get(key) ?? [], others: elsewhere.get(key) ?? [] };
      const shared = sharedAsMoved(order);
      if (shared !== null) return shared;
      const whole = asMoved(own, moves);
      const agrees =
        whole.every((fact, index) => fact === own[index]) && sharedAsMoved({ ...order, moves: [] }) !== null;
      return agrees ? withMoves(order) : whole;
    }),
  ];
}

/**
 * Documents as moves of any day have left them: those of an order, event and SKU whose tax was moved as a whole are of where
 * it is now, and so are those of an order and event whose tax was. What was moved in part stays where it was.
 */
export function asMoved(facts: readonly VatFact[], moves: readonly BookedMove[]): VatFact[] {
  const ofMoves = moves.flatMap(factsOfMove);
  if (ofMoves.length === 0) return [...facts];
  const places = [ofItem, ofOrder].map((keyOf) => placesNow(facts, ofMoves, keyOf));
  return facts.map((fact) => {
    const now =
      fact.collector === 'seller' ? (places[0]!.get(ofItem(fact)) ?? places[1]!.get(ofOrder(fact))) : undefined;
    return now === undefined || now.jurisdiction === fact.jurisdiction ? fact : { ...fact, ...now };
  });
}

/**
 * What the documents of an order's sales say of its items, as moves of any day have left it: a refund goes where its sale is now. Of
 * what was moved in part nothing changes.
 * @param keepsRate whether tax is worked out by it: then a move that no rate gives leaves that of the sale
 */
export function taxesAsMoved(
  sold: readonly ItemTax[],
  moves: readonly BookedMove[],
  { orderId, currency, keepsRate }: { orderId: string; currency: CurrencyCode; keepsRate: boolean },
): ItemTax[] {
  const facts = sold.map((tax): VatFact => ({
    ...tax,
    document: '',
    type: 'invoice',
    event: 'sale',
    orderId,
    currency,
    day: moves[0]?.day ?? '',
    posted: true,
  }));
  return asMoved(facts, moves).map((fact, index) => {
    const { jurisdiction, rate } = fact;
    return { ...sold[index]!, jurisdiction, rate: rate ?? (keepsRate ? sold[index]!.rate : null) };
  });
}

const ofItem = ({ orderId, event, sku, currency }: VatFact): string => JSON.stringify([orderId, event, sku, currency]);
type OfEvent = Pick<VatFact, 'orderId' | 'event' | 'currency'>;
const ofOrder = ({ orderId, event, currency }: OfEvent): string => JSON.stringify([orderId, event, currency]);

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const known = groups.get(keyOf(one));
    if (known) known.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** Where alone something of a group is left, once some of it was moved; a group of which that is not one place is left out. */
function placesNow(
  facts: readonly VatFact[],
  moves: readonly VatFact[],
  keyOf: (fact: VatFact) => string,
): Map<string, Pick<VatFact, 'jurisdiction' | 'rate'>> {
  const groups = new Map<string, VatFact[]>(moves.map((move) => [keyOf(move), []]));
  for (const fact of [...facts.filter(({ collector }) => collector === 'seller'), ...moves])
    groups.get(keyOf(fact))?.push(fact);
  const places = new Map<string, Pick<VatFact, 'jurisdiction' | 'rate'>>();
  for (const [key, group] of groups) {
    const [jurisdiction, ...others] = [...new Set(group.map((fact) => fact.jurisdiction))].filter((place) =>
      isLeft(group.filter((fact) => fact.jurisdiction === place)),
    );
    if (jurisdiction === undefined || others.length > 0) continue;
    const rate = group.findLast((fact) => fact.type === 'move' && fact.jurisdiction === jurisdiction)?.rate ?? null;
    places.set(key, { jurisdiction, rate });
  }
  return places;
}

const isLeft = (facts: readonly VatFact[]): boolean =>
  sumMinor(facts.map(({ net }) => net)) !== 0n || sumMinor(facts.map(({ tax }) => tax)) !== 0n;
