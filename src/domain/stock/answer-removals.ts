/**
 * `VendorReturns` ↔ the removal-shipment report, by FNSKU, sellable or unsellable, quantity, and date within 3. Of kind
 * liquidation they are written off; all others, and those that no line tells of after `grace`, are on their way home. What
 * Amazon takes back of it comes out of `removal`, and what has arrived at home by then out of the warehouse.
 */
import { adjusted, bookingOf, placeOfPart, transferHead, type Booking, type Outcome } from './booking.ts';
import { unitsUnderWay } from './empty-removal.ts';
import { grouped } from './grouped.ts';
import { hasPassed } from './day-complete.ts';
import { parseExternalId } from '../identifiers/external-id.ts';
import { matchByDay } from './match-days.ts';
import { compare, rowsOf, takeOfRow, type OpenPart, type OpenRow, type Wait } from './open-rows.ts';
import type { Planning } from './planning.ts';
import type { RemovalShipment } from './stock-facts.ts';

const NEAR_DAYS = 3;
const LIQUIDATION = /liquidat/i;

/** A line of the report, with the text by which an answer names it. */
interface ToldLine {
  line: RemovalShipment;
  source: string;
  open: number;
}

export function answerRemovals(parts: readonly OpenPart[], planning: Planning): Outcome {
  const { policy, facts, kept, today } = planning;
  const bookings: Booking[] = [];
  const waits: Wait[] = [];
  const rows = rowsOf(parts);
  const underWay = unitsUnderWay(kept.documents);
  const told = new Map<OpenRow, ToldLine>();
  const lines = unused(facts.removals, new Set(kept.answers.map(({ source }) => source)));
  const whole = rows.filter(({ row, open }) => open === row.quantity && open < 0).map((row) => ({ row, open: 1 }));
  const alike = grouped(lines, ({ line }) => commonOf(line.fnsku, /^sellable$/i.test(line.disposition), line.quantity));
  for (const [of, own] of grouped(
    whole,
    ({
      row: {
        row,
        parts: [part],
      },
    }) => commonOf(row.fnsku, part!.place === 'sellable', -row.quantity),
  ))
    matchByDay(
      own,
      alike.get(of) ?? [],
      { dayOf: { one: ({ row: { row } }) => row.day, other: ({ line }) => line.day }, from: 0, to: NEAR_DAYS },
      (one, other) => {
        one.open = 0;
        other.open = 0;
        told.set(one.row, other);
      },
    );
  for (const row of rows) {
    const line = told.get(row);
    const [part] = row.parts as [OpenPart];
    if (
      !part.isReleased ||
      (line === undefined && row.row.origin === 'ledger' && !isLate(part, policy.graceDays, today))
    )
      waits.push(
        ...row.parts.map((own): Wait => ({ part: own, reason: part.isReleased ? 'counterpart' : 'day-open' })),
      );
    else bookings.push(...removed(row, { told: line ?? null, underWay }, planning));
  }
  return { bookings, answers: [], offsets: [], waits, problems: [] };
}

const isLate = ({ row }: OpenPart, graceDays: number, today: string): boolean => hasPassed(row.day, graceDays, today);
const commonOf = (fnsku: string, isSellable: boolean, quantity: number): string =>
  [fnsku, isSellable ? 'sellable' : 'unsellable', quantity].join(' ');

/** Lines that no answer names; those that are alike are numbered. */
function unused(lines: readonly RemovalShipment[], used: ReadonlySet<string | null>): ToldLine[] {
  const numbered = [...grouped(lines, (line) => sourceOf(line, 0)).values()].flatMap((alike) =>
    alike.map((line, index) => ({ line, source: sourceOf(line, index + 1), open: 1 })),
  );
  return numbered
    .filter(({ source }) => !used.has(source))
    .sort((a, b) => compare(`${a.line.day} ${a.source}`, `${b.line.day} ${b.source}`));
}

function sourceOf(line: RemovalShipment, number: number): string {
  return [line.orderId, line.tracking, line.fnsku, line.disposition, line.quantity, line.day, number].join(' ');
}

function removed(
  row: OpenRow,
  { told, underWay }: { told: ToldLine | null; underWay: Map<string, number> },
  { kept }: Planning,
): Booking[] {
  const shares = takeOfRow(row, row.open);
  // What takes a row back goes the way that it went.
  const isLiquidated =
    told === null
      ? kept.answers.some(
          ({ row: id, by }) =>
            id === row.row.opposes && by.kind === 'document' && parseExternalId(by.document)?.purpose === 'ADJ',
        )
      : LIQUIDATION.test(told.line.kind);
  const source = told?.source ?? null;
  return shares.flatMap((share): Booking[] => {
    if (isLiquidated) return [adjusted(share.part, share, 'liquidation', { source })];
    const { part, units } = share;
    const [place, removal] = [placeOfPart(part), { pool: part.pool, place: 'removal' } as const];
    const key = `${part.pool} ${part.item}`;
    const left = underWay.get(key) ?? 0;
    const near = units < 0 ? units : Math.min(units, Math.max(0, left));
    underWay.set(key, left - near);
    const ways = [
      { units: near, at: removal },
      { units: units - near, at: { pool: part.pool, place: 'source' } as const },
    ];
    return ways
      .filter((way) => way.units !== 0)
      .map((way) => {
        const [from, to] = way.units < 0 ? [place, way.at] : [way.at, place];
        const head = transferHead(part.day, from, to);
        return bookingOf(head, [{ part, units: way.units }], Math.abs(way.units), to, { source });
      });
  });
}
