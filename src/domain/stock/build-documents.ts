/**
 * Documents of bookings (stock.md, *Documents*): one per pool, day, kind and account, a transfer per pair of places; one
 * line per item, place, event type and reason; of a receipt a part per place; at most 200 lines, in parts that are numbered on. An adjustment line above
 * `stock.limit` is a part of its own and waits, unless a decision made it. What comes in carries its unit cost.
 */
import { externalIdOf, memoStart, type DocumentKey } from '../identifiers/external-id.ts';
import type { Booking, BookingHead } from './booking.ts';
import { grouped } from './grouped.ts';
import type { Answer, LineRef, Offset, StockDocument, StockLine } from './kept-stock.ts';
import { answerOf, compare, settledByNothing, type Share, type Wait } from './open-rows.ts';
import type { Planning } from './planning.ts';
import { isUncounted } from './pools.ts';
import { isAbove, valueOf } from './unit-cost.ts';

export const LINES_PER_DOCUMENT = 200;

export interface BuiltDocuments {
  documents: StockDocument[];
  answers: Answer[];
  offsets: Offset[];
  /** Rows of what would come in at no known cost. */
  waits: Wait[];
  /** What has no rows and would come in at no known cost. */
  unpriced: Booking[];
}

/** A line with the bookings that make it up. */
interface DraftLine {
  line: StockLine;
  tie: string | null;
  bookings: readonly Booking[];
}

export function buildDocuments(bookings: readonly Booking[], planning: Planning): BuiltDocuments {
  const documents: StockDocument[] = [];
  const answers: Answer[] = [];
  const back: Booking[] = [];
  const placed = new Map<Booking, LineRef>();
  const lastParts = new Map(planning.kept.parts);
  const heads = [...grouped(bookings, headTexts())].sort(([a], [b]) => compare(a, b));
  for (const [, own] of heads) {
    const { head } = own[0]!;
    const { drafts, settled, unpriced } = draftLines(own, planning);
    answers.push(...settled.flatMap(settledByOthers));
    back.push(...unpriced.flatMap((draft) => draft.bookings));
    for (const { lines: ofPart, hold } of inParts(drafts, planning)) {
      const base = `${head.purpose} ${head.businessKey}`;
      const part = (lastParts.get(base) ?? 0) + 1;
      lastParts.set(base, part);
      const { connection } = planning.policy;
      const document = documentOf(own[0]!, { connection, part, lines: ofPart.map(({ line }) => line), hold });
      documents.push(document);
      const externalId = externalIdOf(document.key);
      for (const [line, draft] of ofPart.entries()) {
        for (const booking of draft.bookings) {
          placed.set(booking, { document: externalId, line });
          const by = { kind: 'document', document: externalId, line } as const;
          answers.push(...booking.shares.map((share) => answerOf(share, by, booking.source)));
        }
      }
    }
  }
  return {
    documents: documents.sort(inPostingOrder),
    answers,
    offsets: offsetsOf(placed),
    waits: back.flatMap(({ shares }) => shares.map(givenBack)),
    unpriced: back.filter(({ shares }) => shares.length === 0),
  };
}

function givenBack({ part, units }: Share): Wait {
  part.open += units;
  return { part, reason: 'cost-unknown' };
}

/** What bookings of one document have in common: of a receipt the place too, since NetSuite takes one location for a line of its source. */
function headTexts(): (booking: Booking) => string {
  const texts = new Map<BookingHead, string>();
  return ({ head, place }) => {
    const text = texts.get(head) ?? [head.day, head.purpose, head.businessKey, JSON.stringify(head)].join(' ');
    texts.set(head, text);
    return head.purpose === 'IR' ? `${text} ${place.pool} ${place.place}` : `${text} `;
  };
}

interface Drafts {
  drafts: DraftLine[];
  /** They come to zero. */
  settled: DraftLine[];
  /** They would bring in units at no known cost, or are tied to such. */
  unpriced: DraftLine[];
}

/** Bookings of one document by line, with the cost of what they bring in. */
function draftLines(bookings: readonly Booking[], { costs }: Planning): Drafts {
  const keyOf = ({ item, place, eventType, reason, unitCost, tie }: Booking) =>
    [tie ?? '', item, place.pool, place.place, eventType, reason, unitCost ?? ''].join('|');
  const all = [...grouped(bookings, keyOf)]
    .sort(([a], [b]) => compare(a, b))
    .map(([, own]): DraftLine => {
      const [{ head, item, place, eventType, reason, unitCost, tie }] = own as [Booking];
      const units = own.reduce((sum, booking) => sum + booking.units, 0);
      const isIncrease = head.purpose === 'ADJ' && units > 0;
      // What comes in for what left has the value of that or none.
      const cost = isIncrease ? (unitCost ?? (tie === null ? costs.of(item, place) : null)) : null;
      return { line: { item, units, place, unitCost: cost, eventType, reason }, tie, bookings: own };
    });
  const written = all.filter(({ line }) => line.units !== 0);
  const isFree = ({ line, bookings: [booking] }: DraftLine) =>
    booking!.head.purpose === 'ADJ' && line.units > 0 && line.unitCost === null;
  const freeTies = new Set(written.filter(isFree).map(({ tie }) => tie));
  const isUnpriced = (draft: DraftLine) => (draft.tie === null ? isFree(draft) : freeTies.has(draft.tie));
  return {
    drafts: written.filter((draft) => !isUnpriced(draft)),
    settled: all.filter(({ line }) => line.units === 0),
    unpriced: written.filter(isUnpriced),
  };
}

/** A line that comes to zero is not written: its rows are answered by each other. */
function settledByOthers({ bookings }: DraftLine): Answer[] {
  const shares = bookings.flatMap((booking) => booking.shares);
  return settledByNothing(shares.map(({ part }) => `${part.row.id} ${part.item}`).join('~'), shares);
}

interface DraftPart {
  lines: readonly DraftLine[];
  hold: StockDocument['hold'];
}

function tied(lines: readonly DraftLine[]): DraftLine[][] {
  const blocks: DraftLine[][] = [];
  const byTie = new Map<string, DraftLine[]>();
  for (const line of lines) {
    const block = line.tie === null ? undefined : byTie.get(line.tie);
    if (block !== undefined) {
      block.push(line);
      continue;
    }
    const begun = [line];
    blocks.push(begun);
    if (line.tie !== null) byTie.set(line.tie, begun);
  }
  return blocks;
}

/** Lines that are tied stay together; those above the limit are parts of their own. */
function inParts(lines: readonly DraftLine[], planning: Planning): DraftPart[] {
  const blocks = tied(lines);
  const large = new Set(blocks.filter((block) => block.some((draft) => isLarge(draft, planning))));
  const parts: DraftLine[][] = [];
  for (const block of blocks) {
    if (large.has(block)) continue;
    const last = parts.at(-1);
    if (last && last.length + block.length <= LINES_PER_DOCUMENT) last.push(...block);
    else parts.push([...block]);
  }
  return [
    ...parts.map((part) => ({ lines: part, hold: null })),
    ...[...large].map((block) => ({ lines: block, hold: 'adjustment-large' as const })),
  ];
}

function isLarge({ line, bookings }: DraftLine, { policy: { limit }, costs }: Planning): boolean {
  const { head } = bookings[0]!;
  if (head.purpose !== 'ADJ' || head.isDecided) return false;
  const cost = line.unitCost ?? costs.of(line.item, line.place);
  return Math.abs(line.units) > limit.units || (cost !== null && isAbove(valueOf(line.units, cost), limit.value));
}

function documentOf(
  { head }: Booking,
  { connection, part, lines, hold }: { connection: string; part: number } & Pick<StockDocument, 'lines' | 'hold'>,
): StockDocument {
  const { pool, day, businessKey, shipmentId } = head;
  const key = { connection, businessKey, part };
  const memo = memoStart({ purpose: head.purpose, businessKey, part });
  const common = { pool, day, memo, lines, hold, shipmentId };
  if (head.purpose === 'ADJ') {
    const own: DocumentKey<'ADJ'> = { ...key, purpose: 'ADJ' };
    return { ...common, key: own, role: head.role, accountOf: head.accountOf };
  }
  if (head.purpose === 'TRF') {
    const own: DocumentKey<'TRF'> = { ...key, purpose: 'TRF' };
    const { from, to, elsewhereOf } = head;
    return { ...common, key: own, from, to, ...(elsewhereOf === undefined ? {} : { elsewhereOf }) };
  }
  const own: DocumentKey<'IR'> = { ...key, purpose: 'IR' };
  return { ...common, key: own, of: head.of };
}

/** By day; on each day what comes in before what moves, and that before what goes out. */
export function inPostingOrder(a: StockDocument, b: StockDocument): number {
  return compare(a.day, b.day) || rankOf(a) - rankOf(b) || compare(externalIdOf(a.key), externalIdOf(b.key));
}

function rankOf(document: StockDocument): number {
  if ('of' in document) return 0;
  // What leaves the seller's own warehouse comes first of all: what is received goes out of it.
  if ('from' in document) return isUncounted(document.from.place) ? -1 : document.from.place === 'inTransit' ? 0 : 1;
  return document.lines.every(({ units }) => units > 0) ? 0 : 2;
}

function offsetsOf(placed: ReadonlyMap<Booking, LineRef>): Offset[] {
  return [...placed].flatMap(([{ item, against }, line]) => {
    return against.flatMap(({ place, units, other }) => {
      const ref = 'head' in other ? placed.get(other) : other;
      return ref === undefined ? [] : [{ ...place, item, units, line, against: ref }];
    });
  });
}
