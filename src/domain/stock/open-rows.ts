/** What is still open of rows and of movements: units that nothing answers yet, by item. Rules take from them. */
import { addDays, type Day } from '../money/instant.ts';
import type { AnswerRules, RowAnswer } from './answer-table.ts';
import { hasPassed } from './day-complete.ts';
import { grouped } from './grouped.ts';
import type { Answer, AnsweredBy, KeptRow, OpeningStand } from './kept-stock.ts';
import { placeOf, poolOf, type LedgerPlace } from './pools.ts';
import { mappingDay } from './row-identity.ts';
import type { PerSku, SkuItems } from './sku-items.ts';
import type { StockPolicy } from './stock-plan.ts';
import type { WaitingReason } from './waiting.ts';

/** Rows and fulfilments of so many days before `stock.from` are read too: pairs may lie astride it. */
export const ASTRIDE_DAYS = 3;

export interface OpenPart {
  row: KeptRow;
  pool: string;
  place: LedgerPlace;
  /** On which its document is dated: not before `stock.from`. */
  day: Day;
  item: string;
  perSku: number;
  /** In NetSuite's units, signed as the row. */
  open: number;
  answer: RowAnswer;
  /** In Amazon's opening: only the other half of a pair that lies astride makes it count. */
  inBase: boolean;
  /** Its day is complete, or `grace` has passed. */
  isReleased: boolean;
}

/** Units of a part that something answers. */
export interface Share {
  part: OpenPart;
  units: number;
}

export function take(part: OpenPart, units: number): Share {
  part.open -= units;
  return { part, units };
}

export function answerOf({ part, units }: Share, by: AnsweredBy, source: string | null = null): Answer {
  return { row: part.row.id, item: part.item, units, by, perSku: part.perSku, source, astride: null };
}

/** A row with all of its items, where they go together. */
export interface OpenRow {
  row: KeptRow;
  parts: readonly OpenPart[];
  /** Units of the SKU that are open. */
  open: number;
}

export function rowsOf(parts: readonly OpenPart[]): OpenRow[] {
  const rows = grouped(parts, ({ row }) => row.id);
  return [...rows.values()].map((own) => ({ row: own[0]!.row, parts: own, open: own[0]!.open / own[0]!.perSku }));
}

/** So many units of the SKU, of each of its items. */
export function takeOfRow(row: OpenRow, units: number): Share[] {
  row.open -= units;
  return row.parts.map((part) => take(part, units * part.perSku));
}

/** Shares that come to zero: no document is due. */
export function settledByNothing(group: string, shares: readonly Share[]): Answer[] {
  const day = shares.map(({ part }) => part.day).reduce((last, next) => (next > last ? next : last));
  return shares.map((share) => answerOf(share, { kind: 'nothing', group, day }));
}

export interface Wait {
  part: OpenPart;
  reason: WaitingReason;
}

/** In the order in which rules take them: by day, then by id, whatever order they came in. */
export function inOrder<T extends { row: KeptRow; day: Day }>(parts: readonly T[]): readonly T[] {
  if (parts.length < 2) return parts;
  return [...parts].sort((a, b) => compare(a.day, b.day) || compare(a.row.id, b.row.id));
}
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a row is in what Amazon held when the opening was taken. */
export function isInBase(row: Pick<KeptRow, 'day' | 'seen'>, from: Day, opening: OpeningStand | null): boolean {
  return row.day < from && (opening === null || row.seen <= opening.taken);
}

/** Items of a row, with the mapping that held where it has answers; null: its SKU has no item. */
export function itemsOf(row: KeptRow, answers: readonly Answer[], items: SkuItems): readonly PerSku[] | null {
  if (row.own !== null) return [{ item: row.own.item, perSku: 1 }];
  const mapped = items.ofRow(row.sku, mappingDay(row));
  if (answers.length === 0 || (mapped?.length === 1 && answers.every((answer) => isOf(mapped[0]!, answer))))
    return mapped;
  const held = new Map(answers.map(({ item, perSku }) => [item, perSku]));
  if (mapped === null && held.size === 0) return null;
  for (const { item, perSku } of mapped ?? []) if (!held.has(item)) held.set(item, perSku);
  return [...held].map(([item, perSku]) => ({ item, perSku }));
}

const isOf = ({ item, perSku }: PerSku, answer: Answer): boolean => answer.item === item && answer.perSku === perSku;

export function unitsOf(row: KeptRow, perSku: number): number {
  return row.own?.units ?? row.quantity * perSku;
}

/** A row of a country in no pool, or of a SKU without an item: it stands beside the equation. */
export interface Homeless {
  row: KeptRow;
  pool: string | null;
  reason: 'pool-unknown' | 'sku-unknown';
}

const NONE: readonly Answer[] = [];

/** In no order: a rule that takes rows by their days puts those that it looks at in order (`inOrder`). */
export function openRows(
  rows: readonly KeptRow[],
  answers: ReadonlyMap<string, readonly Answer[]>,
  setting: {
    policy: StockPolicy;
    items: SkuItems;
    rules: AnswerRules;
    complete: ReadonlySet<string>;
    opening: OpeningStand | null;
    today: Day;
  },
): { parts: OpenPart[]; homeless: Homeless[] } {
  const { policy, items, rules, complete, opening, today } = setting;
  const parts: OpenPart[] = [];
  const beforeFrom = addDays(policy.from, -ASTRIDE_DAYS);
  const isDayReleased = oncePerDay(
    (pool, day) => complete.has(`${pool} ${day}`) || hasPassed(day, policy.graceDays, today),
  );
  const homeless: Homeless[] = [];
  for (const row of rows) {
    const answer = row.own === null ? rules.of(row) : ({ answer: 'adjust', role: 'inventory-loss' } as const);
    if (answer?.answer === 'none' || answer?.answer === 'outside') continue;
    const inBase = isInBase(row, policy.from, opening);
    if (inBase && !(answer?.answer === 'fulfilment' && row.day >= beforeFrom)) continue;
    const pool = row.pool ?? poolOf(policy.pools, row.country)?.name ?? null;
    const held = answers.size === 0 ? NONE : (answers.get(row.id) ?? NONE);
    const perSkus = itemsOf(row, held, items);
    if (pool === null || perSkus === null) {
      if (!inBase) homeless.push({ row, pool, reason: pool === null ? 'pool-unknown' : 'sku-unknown' });
      continue;
    }
    const isReleased = inBase || row.origin !== 'ledger' || isDayReleased(pool, row.day);
    for (const { item, perSku } of perSkus) {
      if (policy.leave.includes(item)) continue;
      let open = unitsOf(row, perSku);
      for (const answer of held) if (answer.item === item) open -= answer.units;
      const day = row.day < policy.from ? policy.from : row.day;
      if (open !== 0)
        parts.push({
          row,
          pool,
          place: placeOf(row.disposition),
          day,
          item,
          perSku,
          open,
          answer,
          inBase,
          isReleased,
        });
    }
  }
  return { parts, homeless };
}

/** What is the same for all rows of a pool and day, of which there are many, is found out once. */
export function oncePerDay(find: (pool: string, day: Day) => boolean): (pool: string, day: Day) => boolean {
  const known = new Map<string, Map<Day, boolean>>();
  // Rows of a day mostly stand together.
  let last = { pool: '', day: '', found: false };
  return (pool, day) => {
    if (last.day === day && last.pool === pool) return last.found;
    const days = known.get(pool) ?? new Map<Day, boolean>();
    known.set(pool, days);
    const found = days.get(day) ?? find(pool, day);
    days.set(day, found);
    last = { pool, day, found };
    return found;
  };
}
