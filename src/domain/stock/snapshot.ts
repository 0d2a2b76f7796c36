/**
 * The snapshot of the FBA Inventory API (stock.md, *Now*), shown beside the ledger. One that holds under 90 % of the SKUs or
 * units of the last good one, and more than the rows since explain, was cut short: the last good one stays.
 */
import type { LedgerRow, SnapshotRow } from './stock-facts.ts';
import { TRANSFERS_BETWEEN_CENTRES } from './day-complete.ts';

/** Hundredths of the last good snapshot that a new one must hold. */
const LEAST = 90;

/** What stands beside `sellable` of the ledger; reserved units and those that are being looked for are Amazon's still. */
export function sellableNow({ fulfillable, reserved, researching }: SnapshotRow): number {
  return fulfillable + reserved.total + researching;
}

export function unitsNow(row: SnapshotRow): number {
  return sellableNow(row) + row.unfulfillable;
}

export type JudgedSnapshot =
  | { isTaken: true }
  /** `snapshot-truncated`: SKUs and units of the last good one, and of this. */
  | { isTaken: false; skus: { before: number; now: number }; units: { before: number; now: number } };

/**
 * @param before the last good one; null: the first is taken as it is
 * @param rows of the ledger since then, in Amazon's units: what they took out may be missing
 */
export function judgeSnapshot(
  before: readonly SnapshotRow[] | null,
  now: readonly SnapshotRow[],
  rows: readonly LedgerRow[],
): JudgedSnapshot {
  if (before === null) return { isTaken: true };
  const held = (snapshot: readonly SnapshotRow[]) => snapshot.filter((row) => unitsNow(row) > 0);
  const left = new Map<string, number>();
  for (const { sku, quantity, eventType } of rows)
    if (eventType !== TRANSFERS_BETWEEN_CENTRES) left.set(sku, (left.get(sku) ?? 0) - quantity);
  const present = new Set(held(now).map(({ sku }) => sku));
  const explained = {
    skus: held(before).filter((row) => !present.has(row.sku) && (left.get(row.sku) ?? 0) >= unitsNow(row)).length,
    units: [...left.values()].reduce((sum, units) => sum + units, 0),
  };
  const skus = { before: held(before).length, now: held(now).length };
  const units = { before: sumOf(before), now: sumOf(now) };
  const isShort = (of: { before: number; now: number }, gone: number) =>
    (of.now + Math.max(0, gone)) * 100 < of.before * LEAST;
  return isShort(skus, explained.skus) || isShort(units, explained.units)
    ? { isTaken: false, skus, units }
    : { isTaken: true };
}

function sumOf(snapshot: readonly SnapshotRow[]): number {
  return snapshot.reduce((sum, row) => sum + unitsNow(row), 0);
}
