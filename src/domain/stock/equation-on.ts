/**
 * The equation of a day that is past, by all that is known now (stock.md, *One idea*): that of the last whole day, less what is
 * dated after the day. What is open at the end of the last day was open on this one, if it is dated up to it; and of a row
 * and what answers it, or of two lines of NetSuite, of which one is dated up to the day and the other later, that one stood
 * alone. So what is settled needs to be looked at only where it lies across the day.
 */
import type { Day } from '../money/instant.ts';
import { grouped } from './grouped.ts';
import type { KeptRow, LineRef, OpeningStand } from './kept-stock.ts';
import { isOfOrders } from './open-movements.ts';
import { compare, isInBase } from './open-rows.ts';
import { standOf } from './opening-stands.ts';
import { placeOf, poolOf, type LedgerPlace, type Place } from './pools.ts';
import type { StockEquation, StockPolicy, TermPart, Units } from './stock-plan.ts';

/** A line of a document of ours, or of NetSuite's, with the day on which NetSuite has it. */
export interface DatedLine extends LineRef {
  kind: 'document' | 'movement';
  day: Day;
  externalId: string | null;
}

/** What answers units of a row: a line, or nothing on the day of the last of its group. */
export interface DatedAnswer {
  row: Pick<KeptRow, 'id' | 'day' | 'pool' | 'country' | 'disposition' | 'seen'>;
  item: string;
  /** NetSuite's, signed as the row. */
  units: number;
  by: DatedLine | { kind: 'nothing'; day: Day };
  /** Of a pair astride `stock.from`: its row is in the opening, and counts as dated `from`. */
  isRowInOpening: boolean;
}

/** Two lines that come to nothing at a place; units signed as `line`. */
export interface DatedOffset {
  pool: string;
  place: Place;
  item: string;
  units: number;
  line: DatedLine;
  against: DatedLine;
}

export interface PastDay {
  policy: StockPolicy;
  opening: OpeningStand;
  day: Day;
  /** Of the last whole day, which is later. */
  last: readonly StockEquation[];
  /** Both sides at the end of `day`. */
  amazon: readonly Units[];
  netsuite: readonly Units[];
  /** Answers of which the row or what answers it is dated after `day`, and the other not; nothing of them after the last day. */
  answers: readonly DatedAnswer[];
  /** The same of offsets. */
  offsets: readonly DatedOffset[];
  /** Units of rows after `day` up to the last day, as far as something dated up to that one answers them. */
  answeredSince: readonly Units[];
  /** What documents of the opening booked after `day` up to the last day. */
  openedSince: readonly Units[];
}

/**
 * Null where the terms do not come to the difference: something was read, or answered, that no run has worked out yet.
 */
export function equationsOn(past: PastDay): StockEquation[] | null {
  const { policy, opening, day } = past;
  const last = new Map(past.last.map((one) => [keyOf(one), one]));
  const [amazon, netsuite, answered, opened] = [past.amazon, past.netsuite, past.answeredSince, past.openedSince].map(
    sumsOf,
  ) as [Sums, Sums, Sums, Sums];
  const alone = grouped([...aloneByAnswers(past), ...aloneByOffsets(past)], keyOf);
  const places = new Map([...past.amazon, ...past.netsuite, ...past.last, ...[...alone.values()].flat()].map(placed));
  const equations: StockEquation[] = [];
  for (const [key, at] of [...places].sort(([a], [b]) => compare(a, b))) {
    if (!isCounted(at) || policy.leave.includes(at.item)) continue;
    const before = last.get(key);
    const partsOf = (term: keyof StockEquation['parts']): TermPart[] => [
      ...(before?.parts[term] ?? []).filter((part) => part.day <= day),
      ...(alone.get(key) ?? []).filter((one) => one.term === term).map(({ part }) => part),
    ];
    const parts = { waiting: partsOf('waiting'), ahead: partsOf('ahead'), foreign: partsOf('foreign') };
    const [waiting, ahead, foreign] = [unitsIn(parts.waiting), unitsIn(parts.ahead), unitsIn(parts.foreign)];
    const [held, booked] = [amazon.get(key) ?? 0, netsuite.get(key) ?? 0];
    const later = (before?.parts.waiting ?? []).filter((part) => part.day > day);
    const rowsSince = (answered.get(key) ?? 0) + unitsIn(later);
    const gap = (before?.terms.gap ?? 0) + held - (before?.amazon ?? 0) + rowsSince;
    const rest = held - booked - (waiting + ahead + foreign + gap);
    if (standOf(opening, at) !== null && rest !== (before?.terms.opening ?? 0) + (opened.get(key) ?? 0)) return null;
    const terms = { opening: rest, waiting, ahead, foreign, gap };
    const stood = amazon.has(key) || netsuite.has(key) || Object.values(terms).some((units) => units !== 0);
    if (stood) equations.push({ ...at, day, amazon: held, netsuite: booked, terms, parts });
  }
  return equations;
}

/**
 * Whether equations count what Amazon holds by the items that its SKUs are now: not, where a SKU without an item got one, or
 * Amazon told another balance, after they were worked out.
 */
export function isOfAmazon(
  equations: readonly StockEquation[],
  amazon: readonly Units[],
  { leave }: Pick<StockPolicy, 'leave'>,
): boolean {
  const counted = (of: readonly Units[]) =>
    sumsOf(of.filter((one) => isCounted(one) && one.units !== 0 && !leave.includes(one.item)));
  const worked = counted(equations.map(({ pool, item, place, amazon: units }) => ({ pool, item, place, units })));
  const held = counted(amazon);
  return worked.size === held.size && [...held].every(([key, units]) => worked.get(key) === units);
}

/** A row, or a line, that had not its other half on the day. */
interface Alone {
  pool: string;
  item: string;
  place: Place;
  term: keyof StockEquation['parts'];
  part: TermPart;
}

function aloneByAnswers({ answers, policy, opening, day }: PastDay): Alone[] {
  return answers.flatMap(({ row, item, units, by, isRowInOpening }): Alone[] => {
    const pool = row.pool ?? poolOf(policy.pools, row.country)?.name;
    if (pool === undefined || (isInBase(row, policy.from, opening) && !isRowInOpening)) return [];
    const at = { pool, item, place: placeOf(row.disposition) };
    if (row.day <= day && by.day > day) {
      const from = row.day < policy.from ? policy.from : row.day;
      const part: TermPart = { units, day: from, of: { kind: 'row', row: row.id }, ends: by.day };
      return [{ ...at, term: 'waiting', part }];
    }
    return by.kind === 'nothing' || by.day > day || row.day <= day
      ? []
      : [aloneLine(by, { ...at, units }, row.day, policy)];
  });
}

function aloneByOffsets({ offsets, policy, day }: PastDay): Alone[] {
  return offsets.flatMap(({ pool, place, item, units, line, against }): Alone[] => {
    if (line.day > day === against.day > day) return [];
    const at = { pool, place, item };
    return line.day <= day
      ? [aloneLine(line, { ...at, units }, against.day, policy)]
      : [aloneLine(against, { ...at, units: -units }, line.day, policy)];
  });
}

/** @param units that what came later stands against @param ends on which that is dated */
function aloneLine(line: DatedLine, { units, ...at }: Units, ends: Day, { connection }: StockPolicy): Alone {
  const isOurs = line.kind === 'document' || isOfOrders(line, connection);
  const of = { kind: 'line', document: line.document, line: line.line } as const;
  return { ...at, term: isOurs ? 'ahead' : 'foreign', part: { units: -units, day: line.day, of, ends } };
}

type Sums = ReadonlyMap<string, number>;
function sumsOf(units: readonly Units[]): Sums {
  const sums = new Map<string, number>();
  for (const one of units) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + one.units);
  return sums;
}

type At = Omit<Units, 'units'>;
const placed = ({ pool, item, place }: At): [string, At] => [keyOf({ pool, item, place }), { pool, item, place }];
const isCounted = (at: At): at is At & { place: LedgerPlace } => at.place === 'sellable' || at.place === 'unsellable';
const keyOf = ({ pool, item, place }: At): string => [pool, item, place].join(' ');
const unitsIn = (parts: readonly TermPart[]): number => parts.reduce((sum, { units }) => sum + units, 0);
