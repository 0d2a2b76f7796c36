/**
 * Rows of ours beside Amazon's: what a new mapping of a SKU moves from one item to another at the end of its day, and what
 * a person closed a gap by. Each is answered by an adjustment dated that day, and two gaps that are one movement between pools by a
 * transfer.
 */
import type { Day } from '../money/instant.ts';
import { exchange } from './answer-redefinitions.ts';
import type { Balances } from './balances.ts';
import { adjusted, adjustmentHead, bookingOf, compactDay, placeOfPart, transferHead, type Booking } from './booking.ts';
import { grouped } from './grouped.ts';
import type { KeptRow } from './kept-stock.ts';
import { take, type OpenPart } from './open-rows.ts';
import type { Planning } from './planning.ts';
import type { LedgerPlace } from './pools.ts';
import type { MappingChange } from './sku-items.ts';
import { decisionsOf } from './stock-decisions.ts';

/** Event type of what a new mapping moves. */
export const MAPPING_EVENT = 'Mapping';

/** Rows that are not kept yet. */
export function newOwnRows(balances: Balances, planning: Planning): KeptRow[] {
  const own = planning.kept.rows.filter((row) => row.own !== null);
  const known = new Set(own.map(({ id }) => id));
  return [...rowsOfMappings(balances, own, planning), ...rowsOfGaps(planning)].filter(({ id }) => !known.has(id));
}

/**
 * What Amazon has of the SKU when the day ends, less what was moved before: a summary that changes later moves the rest.
 * It waits for the summary of the day.
 */
function rowsOfMappings(balances: Balances, own: readonly KeptRow[], planning: Planning): KeptRow[] {
  const { items, policy, facts } = planning;
  const isSummarised = (pool: string, day: Day) => facts.summarised.get(pool)?.has(day) === true;
  const changes = items
    .changes()
    .filter(({ decided }) => decided >= policy.from && policy.pools.some(({ name }) => isSummarised(name, decided)));
  const heldOn = new Map(
    [...new Set(changes.map(({ decided }) => decided))].map((day) => [
      day,
      grouped(balances.bySku(policy.pools, day), ({ sku }) => sku),
    ]),
  );
  return changes.flatMap((change) =>
    (heldOn.get(change.decided)!.get(change.sku) ?? [])
      .filter(({ pool }) => isSummarised(pool, change.decided))
      .flatMap((held) => movedBy(change, held, own, planning)),
  );
}

function movedBy(
  change: MappingChange,
  { pool, place, units }: { pool: string; place: LedgerPlace; units: number },
  own: readonly KeptRow[],
  planning: Planning,
): KeptRow[] {
  const base = `map|${change.sku}|${change.number}|${pool}|${place}|`;
  const before = own.filter(({ id }) => id.startsWith(base) && id.includes('|into|'));
  const steps = grouped(before, ({ id }) => id.split('|into|')[0]!);
  const moved = [...steps.values()].reduce((sum, [row]) => sum + row!.quantity, 0);
  const left = units - moved;
  if (left === 0) return [];
  const step = `${base}${steps.size + 1}`;
  const row = (id: string, quantity: number, item: string, perSku: number) =>
    ownRow(planning, {
      id,
      pool,
      place,
      day: change.decided,
      origin: 'mapping',
      sku: change.sku,
      quantity,
      own: { item, units: quantity * perSku },
    });
  return [
    ...change.from.map(({ item, perSku }) => row(`${step}|out|${item}`, -left, item, perSku)),
    ...change.to.map(({ item, perSku }) => row(`${step}|into|${item}`, left, item, perSku)),
  ];
}

function rowsOfGaps(planning: Planning): KeptRow[] {
  return decisionsOf(planning.decisions, 'closeGap').flatMap(({ id, day, pool, item, place, units, other }) => {
    const row = (of: { id: string; pool: string; units: number }) =>
      ownRow(planning, {
        id: of.id,
        pool: of.pool,
        place,
        day,
        origin: 'gap',
        sku: '',
        quantity: of.units,
        own: { item, units: of.units },
      });
    const own = row({ id: `gap|${id}`, pool, units });
    return other === undefined ? [own] : [own, row({ id: `gap|${id}|other`, pool: other, units: -units })];
  });
}

function ownRow(
  { facts, policy }: Planning,
  {
    place,
    pool,
    ...of
  }: Pick<KeptRow, 'id' | 'day' | 'origin' | 'sku' | 'quantity' | 'own'> & { pool: string; place: LedgerPlace },
): KeptRow {
  return {
    fnsku: '',
    asin: '',
    title: '',
    eventType: of.origin === 'gap' ? 'Gap' : MAPPING_EVENT,
    reason: '',
    reference: '',
    centre: '',
    country: policy.pools.find(({ name }) => name === pool)?.countries[0] ?? '',
    disposition: place === 'sellable' ? 'SELLABLE' : 'UNSELLABLE',
    reconciled: null,
    unreconciled: null,
    seen: facts.readAt,
    takenBack: null,
    opposes: null,
    pool,
    ...of,
  };
}

/** The step of a mapping that a row of ours is half of. */
const stepOf = ({ id }: KeptRow): string => id.split(/\|(?:out|into)\|/)[0]!;

/** Halves of a mapping whose other half cannot be posted: alone they would be value out of nothing. */
export function halvesWithout(parts: readonly OpenPart[], unposted: readonly OpenPart[]): OpenPart[] {
  const steps = new Set(unposted.filter(({ row }) => row.origin === 'mapping').map(({ row }) => stepOf(row)));
  return parts.filter(
    (part) => part.row.origin === 'mapping' && steps.has(stepOf(part.row)) && !unposted.includes(part),
  );
}

/** What Amazon moved from one pool to another is a transfer, anything else an adjustment. */
function closedGap(parts: readonly OpenPart[]): Booking[] {
  const [out, into] = [parts.find(({ open }) => open < 0), parts.find(({ open }) => open > 0)];
  if (out !== undefined && into !== undefined) {
    const name = `${out.pool}-${compactDay(out.day)}-${out.place}-${into.pool}`;
    const [from, to] = [placeOfPart(out), placeOfPart(into)];
    const units = into.open;
    const head = transferHead(out.day, from, to, { name, isDecided: true });
    return [bookingOf(head, [take(out, out.open), take(into, units)], units, to)];
  }
  return parts.map((part) =>
    adjusted(part, take(part, part.open), 'inventory-loss', {
      name: `${part.pool}-${compactDay(part.day)}-gap`,
      isDecided: true,
    }),
  );
}

/** Adjustments and transfers of rows of ours, new or of before: what a mapping brings in has the value of what it takes out. */
export function answerOwnRows(parts: readonly OpenPart[], planning: Planning): Booking[] {
  const gaps = parts.filter(({ row }) => row.origin === 'gap');
  const mapped = parts.filter(({ row }) => row.origin === 'mapping');
  return [
    ...[...grouped(gaps, ({ row }) => row.id.replace(/\|other$/, '')).values()].flatMap(closedGap),
    ...[...grouped(mapped, ({ row }) => stepOf(row)).values()].flatMap((own) => {
      const [{ pool, day }] = own as [OpenPart];
      const shares = own.map((part) => take(part, part.open));
      const head = adjustmentHead(pool, day, 'inventory-loss', {
        name: `${pool}-${compactDay(day)}-map`,
        isDecided: true,
      });
      return exchange(
        head,
        shares.filter(({ units }) => units < 0),
        shares.filter(({ units }) => units > 0),
        planning,
      );
    }),
  ];
}
