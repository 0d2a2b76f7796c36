/** What a rule wants booked: one item in or out, with the rows that it answers. `build-documents.ts` makes documents of them. */
import type { Role } from '../mapping/roles.ts';
import type { Day } from '../money/instant.ts';
import type { Answer, LineRef, Offset, PlaceAt, Receipt } from './kept-stock.ts';
import type { OpenPart, Share, Wait } from './open-rows.ts';
import type { StockProblem } from './stock-plan.ts';
import type { UnitCosts } from './unit-cost.ts';

/** Bookings of one head go into one document, in parts. */
export type BookingHead = {
  pool: string;
  day: Day;
  businessKey: string;
  shipmentId: string | null;
  /** A person said so: `stock.limit` does not hold it. */
  isDecided: boolean;
} & (
  | { purpose: 'ADJ'; role: Role; accountOf: string | null }
  | { purpose: 'TRF'; from: PlaceAt; to: PlaceAt; elsewhereOf?: string }
  | { purpose: 'IR'; of: Receipt['of'] }
);

export interface Booking {
  head: BookingHead;
  item: string;
  /** Of an adjustment signed. */
  units: number;
  place: PlaceAt;
  eventType: string;
  reason: string;
  /** Only where it is not the average of the place: what came in for what left. */
  unitCost: string | null;
  /** Lines that are booked together or not at all. */
  tie: string | null;
  shares: readonly Share[];
  source: string | null;
  /** What it undoes at places without any row: movements, or other bookings of the same run. */
  against: readonly { place: PlaceAt; units: number; other: LineRef | Booking }[];
}

/** What a rule says of the rows that it is given. */
export interface Outcome {
  bookings: Booking[];
  answers: Answer[];
  offsets: Offset[];
  waits: Wait[];
  problems: StockProblem[];
}

export function joined(outcomes: readonly Partial<Outcome>[]): Outcome {
  return {
    bookings: outcomes.flatMap(({ bookings }) => bookings ?? []),
    answers: outcomes.flatMap(({ answers }) => answers ?? []),
    offsets: outcomes.flatMap(({ offsets }) => offsets ?? []),
    waits: outcomes.flatMap(({ waits }) => waits ?? []),
    problems: outcomes.flatMap(({ problems }) => problems ?? []),
  };
}

/** `20261009`: a day inside a business key. */
export function compactDay(day: Day): string {
  return day.replaceAll('-', '');
}

/** What Amazon names by free text, inside a business key. */
export function keyText(text: string): string {
  return text.replace(/[^A-Za-z0-9-]/g, '-');
}

/** Of a document that counters another one, by NetSuite's internal id of that. */
export function counterName(pool: string, netsuiteId: string): string {
  return `${pool}-c${keyText(netsuiteId)}`;
}
export function isCounter({ businessKey }: { businessKey: string }): boolean {
  return /^[a-z0-9]+-c/.test(businessKey);
}

interface HeadOptions {
  /** Business key, where it is not that of its day. */
  name?: string;
  shipmentId?: string;
  isDecided?: boolean;
}
interface AdjustmentOptions extends HeadOptions {
  accountOf?: string;
}

export function adjustmentHead(
  pool: string,
  day: Day,
  role: Role,
  { name, shipmentId, isDecided, accountOf }: AdjustmentOptions = {},
): BookingHead {
  return {
    purpose: 'ADJ',
    pool,
    day,
    role,
    accountOf: accountOf ?? null,
    businessKey: name ?? `${pool}-${compactDay(day)}-${role}`,
    shipmentId: shipmentId ?? null,
    isDecided: isDecided ?? false,
  };
}

interface TransferOptions extends HeadOptions {
  /** Of which transfer in NetSuite the location of `elsewhere` is, by its internal id; needed where that is a place. */
  elsewhereOf?: string | undefined;
}

/** Between two places; `{pool}-{day}-{from}-{to}`, of a shipment `{shipmentId}-{day}-{from}-{to}`. */
export function transferHead(day: Day, from: PlaceAt, to: PlaceAt, options: TransferOptions = {}): BookingHead {
  const { name, shipmentId, isDecided, elsewhereOf } = options;
  const places =
    from.pool === to.pool || shipmentId !== undefined ? `${from.place}-${to.place}` : `sellable-${to.pool}`;
  return {
    purpose: 'TRF',
    pool: from.pool,
    day,
    from,
    to,
    businessKey: name ?? `${shipmentId === undefined ? from.pool : keyText(shipmentId)}-${compactDay(day)}-${places}`,
    shipmentId: shipmentId ?? null,
    isDecided: isDecided ?? false,
    ...(elsewhereOf === undefined ? {} : { elsewhereOf }),
  };
}

/** The booking of rows on a line of their item, place, event type and reason. */
export function bookingOf(
  head: BookingHead,
  shares: readonly Share[],
  units: number,
  place: PlaceAt,
  more: Partial<Pick<Booking, 'unitCost' | 'tie' | 'source' | 'against'>> = {},
): Booking {
  const [{ part }] = shares as [Share];
  return {
    head,
    item: part.item,
    units,
    place,
    eventType: part.row.eventType,
    reason: part.row.reason,
    unitCost: null,
    tie: null,
    shares,
    source: null,
    against: [],
    ...more,
  };
}

export const placeOfPart = ({ pool, place }: OpenPart): PlaceAt => ({ pool, place });

/** All that is open of a part, adjusted at its place on its day. */
export function adjusted(
  part: OpenPart,
  share: Share,
  role: Role,
  options: AdjustmentOptions & { day?: Day; source?: string | null } = {},
): Booking {
  return bookingOf(
    adjustmentHead(part.pool, options.day ?? part.day, role, options),
    [share],
    share.units,
    placeOfPart(part),
    { source: options.source ?? null },
  );
}

/** A problem about rows of one item in one pool. */
export function problemOf(
  code: StockProblem['code'],
  parts: readonly { part: OpenPart; units: number }[],
  costs: UnitCosts,
  {
    key,
    what,
    documents = [],
    ...whose
  }: Pick<StockProblem, 'key' | 'what' | 'whose'> & { documents?: readonly string[] },
): StockProblem {
  const [{ part }] = parts as [Share];
  const units = parts.reduce((sum, share) => sum + share.units, 0);
  return {
    code,
    key,
    pool: part.pool,
    sku: part.row.sku,
    item: part.item,
    units,
    value: costs.valueOf(part.item, units, placeOfPart(part)),
    day: part.day,
    rows: [...new Set(parts.map(({ part: { row } }) => row.id))],
    documents,
    what,
    ...whose,
  };
}
