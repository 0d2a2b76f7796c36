/** Tax of an order that was moved in part, beside what Amazon's report says of it: which part of which item it was. */
import { sumMinor } from '../money/money.ts';
import type { Jurisdiction } from './tax-policy.ts';
import type { AmazonVatRow, VatFact } from './vat-facts.ts';

type Amounts = { net: bigint; tax: bigint };
const AMOUNTS = ['net', 'tax'] as const;
type Placed = Amounts & { sku: string | null; jurisdiction: Jurisdiction | null };

/** One event of an order in one currency. */
export interface MovedOrder {
  /** The seller's, of documents of the month. */
  documents: readonly VatFact[];
  /** Of all its moves, whenever. */
  moves: readonly VatFact[];
  /** Amazon's, of the month, of what the seller owes. */
  rows: readonly AmazonVatRow[];
  /** The seller's, of documents of other months. */
  others: readonly VatFact[];
}

/**
 * Its documents as moves have left them: where what was moved is just what Amazon says otherwise of these items, or that and a
 * part of what other months' documents carry, each item is shared as Amazon shares it. Null where that is not so.
 */
export function sharedAsMoved({ documents, moves, rows, others }: MovedOrder): VatFact[] | null {
  if (rows.some(({ jurisdiction }) => jurisdiction === null)) return null;
  const places = [...new Set([...documents, ...moves, ...rows].map(({ jurisdiction }) => jurisdiction!))];
  const comparable = [...new Set(documents.map(({ sku }) => sku))].filter((sku) =>
    AMOUNTS.every((what) => sumOf(ofSku(documents, sku), what) === sumOf(ofSku(rows, sku), what)),
  );
  if (comparable.length === 0) return null;
  const isComparable = ({ sku }: Pick<Placed, 'sku'>): boolean => comparable.includes(sku);
  const [mine, theirs] = [documents.filter(isComparable), rows.filter(isComparable)];
  const isExplained = places.every((place) =>
    AMOUNTS.every((what) => {
      const wanted = sumOf(at(theirs, place), what) - sumOf(at(mine, place), what);
      const ofOthers = sumOf(at(moves, place), what) - wanted;
      return ofOthers === 0n || isTakenFrom(ofOthers, sumOf(at(others, place), what), documents[0]!.event);
    }),
  );
  if (!isExplained) return null;
  const shared = comparable.flatMap((sku) =>
    places.flatMap((place) => partAt(place, ofSku(mine, sku), at(ofSku(theirs, sku), place), moves)),
  );
  return [...documents.filter((document) => !isComparable(document)), ...shared];
}

/** Documents with their moves, whichever item a part of an order is of: for where nothing explains them. */
export function withMoves({ documents, moves }: Pick<MovedOrder, 'documents' | 'moves'>): VatFact[] {
  const [first] = documents;
  const skus = new Set(documents.map(({ sku }) => sku));
  return [...documents, ...moves.map((move) => ({ ...move, sku: skus.has(move.sku) ? move.sku : first!.sku }))];
}

const ofSku = <T extends Placed>(all: readonly T[], sku: string | null): T[] => all.filter((one) => one.sku === sku);
const at = <T extends Placed>(all: readonly T[], place: Jurisdiction): T[] =>
  all.filter(({ jurisdiction }) => jurisdiction === place);
const sumOf = (all: readonly Amounts[], what: keyof Amounts): bigint => sumMinor(all.map((one) => one[what]));

/** What moves took from a place beyond these documents, others carry there; what they brought to one, others' come from elsewhere. */
function isTakenFrom(moved: bigint, carried: bigint, event: VatFact['event']): boolean {
  const [taken, there] = event === 'sale' ? [-moved, carried] : [moved, -carried];
  return taken <= (there > 0n ? there : 0n);
}

function partAt(
  place: Jurisdiction,
  documents: readonly VatFact[],
  rows: readonly AmazonVatRow[],
  moves: readonly VatFact[],
): VatFact[] {
  const [net, tax] = [sumOf(rows, 'net'), sumOf(rows, 'tax')];
  if (net === 0n && tax === 0n) return [];
  const own = documents.find(({ jurisdiction }) => jurisdiction === place);
  const rate =
    own === undefined ? (moves.findLast(({ jurisdiction }) => jurisdiction === place)?.rate ?? null) : own.rate;
  return [{ ...(own ?? documents[0]!), jurisdiction: place, rate, net, tax }];
}
