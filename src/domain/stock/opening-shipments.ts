/**
 * Shipments that were under way when stock began (stock.md, *Opening*). What Amazon had received of one by then is in its
 * balances and not in transit, whenever the shipment was first read; and one of which it had received something had left the
 * seller by then.
 */
import { addDays, type Day } from '../money/instant.ts';
import { grouped } from './grouped.ts';
import { isEnded } from './inbound-statuses.ts';
import type { KeptRow, KeptStock, OpeningStand } from './kept-stock.ts';
import { ASTRIDE_DAYS, isInBase } from './open-rows.ts';
import type { InboundFact, StockFacts } from './stock-plan.ts';

type UnderWay = OpeningStand['inbound'][number];

interface Known {
  from: Day;
  /** Null: it is being taken. */
  opening: OpeningStand | null;
  rows: readonly KeptRow[];
}

/** What was still to come of each shipment, in Amazon's units, as Amazon's side of the opening is taken. */
export function underWayAtOpening({ inbound, receivedBefore }: Facts, known: Known): UnderWay[] {
  const isBegun = ({ sent }: InboundFact) => sent !== null && sent < known.from;
  const received = receiptsAround(receivedBefore, known);
  return inbound.filter(isBegun).flatMap((shipment) => openOf(shipment, received));
}

/**
 * The opening with shipments that were first read after it was taken and had left before, by what Amazon had received of them or
 * by their day; null: there are none. What has come or was given up in whole since is not asked about again.
 */
export function withFoundShipments(
  opening: OpeningStand,
  { inbound, receivedBefore }: Facts,
  { from, rows, inboundDecided }: Pick<Known, 'from'> & Pick<KeptStock, 'rows' | 'inboundDecided'>,
): OpeningStand | null {
  const taken = new Set(opening.inbound.map(({ shipmentId }) => shipmentId));
  const later = inbound.filter(({ shipmentId }) => !taken.has(shipmentId));
  if (later.length === 0) return null;
  const before = new Set((receivedBefore ?? []).map(({ shipmentId }) => shipmentId));
  const received = receiptsAround(receivedBefore, { from, opening, rows });
  const givenUp = grouped(
    inboundDecided.filter(({ choice }) => choice === 'lost' || choice === 'returned'),
    ({ shipmentId, sku }) => keyOf(shipmentId, sku),
  );
  const isOver = ({ shipmentId, items }: InboundFact) =>
    items.every(({ sku, shipped }) => {
      const key = keyOf(shipmentId, sku);
      return received.since(key) + sumOf(givenUp.get(key) ?? []) >= shipped;
    });
  const hadLeft = ({ shipmentId, sent }: InboundFact) => before.has(shipmentId) || (sent !== null && sent < from);
  const found = later.filter((one) => hadLeft(one) && !isOver(one));
  if (found.length === 0) return null;
  return { ...opening, inbound: [...opening.inbound, ...found.flatMap((shipment) => openOf(shipment, received))] };
}

type Facts = Pick<StockFacts, 'inbound' | 'receivedBefore'>;

/** Units of a shipment's SKU that Amazon has received since stock began, and before; null: not known from the ledger. */
interface Receipts {
  since: (key: string) => number;
  before: (key: string) => number | null;
}

/**
 * The last days before `from` stand in the rows, with what appears late of them; what is older was read once. A late row counts
 * as received since: the opening's balances do not have it.
 */
function receiptsAround(receivedBefore: Facts['receivedBefore'], { from, opening, rows }: Known): Receipts {
  const receipts = rows.filter(({ eventType }) => eventType === 'Receipts');
  const inBase = (row: KeptRow) => isInBase(row, from, opening);
  const unitsOf = (some: readonly KeptRow[]) => grouped(some, ({ reference, sku }) => keyOf(reference, sku));
  const [early, late] = [unitsOf(receipts.filter(inBase)), unitsOf(receipts.filter((row) => !inBase(row)))];
  const older = grouped(
    (receivedBefore ?? []).filter(({ day }) => day < addDays(from, -ASTRIDE_DAYS)),
    ({ shipmentId, sku }) => keyOf(shipmentId, sku),
  );
  const sumOfRows = (some: readonly KeptRow[] = []) => some.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    since: (key) => sumOfRows(late.get(key)),
    before: (key) =>
      (receivedBefore ?? null) === null ? null : sumOf(older.get(key) ?? []) + sumOfRows(early.get(key)),
  };
}

/** Of one that has ended nothing more was to come than came since; while the ledger was not read, by Amazon's own figure. */
function openOf({ pool, shipmentId, status, items }: InboundFact, received: Receipts): UnderWay[] {
  return items.map(({ sku, shipped, received: told }) => {
    const key = keyOf(shipmentId, sku);
    const [since, before] = [received.since(key), received.before(key)];
    const left = isEnded(status) ? since : before === null ? since + Math.max(0, shipped - told) : shipped - before;
    return { pool, shipmentId, sku, shipped, open: Math.min(shipped, Math.max(0, left)) };
  });
}

const keyOf = (shipmentId: string, sku: string): string => `${shipmentId} ${sku}`;
const sumOf = (of: readonly { units: number }[]): number => of.reduce((sum, { units }) => sum + units, 0);
