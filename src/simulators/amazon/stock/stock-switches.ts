/** How Amazon tells of stock, as a test may want it; `POST /admin/stock/switches` changes what it names. */
export interface StockSwitches {
  /** So much of the SKUs, from 0 to 1, does every page of the inventory API together tell: below 1 a snapshot is cut. */
  snapshotKeeps: number;
  /** So much of its rows on a day (`first` or `last` of the report, or a day) the next ledger details hold; null for all. */
  detailKeeps: { day: string; share: number; reports: number } | null;
  /** Minutes within which the same report asked for again is cancelled. */
  cancelledWithin: number;
}

export const USUAL_SWITCHES: StockSwitches = { snapshotKeeps: 1, detailKeeps: null, cancelledWithin: 30 };

/** The switches with some changed. Throws with a sentence on what is none. */
export function switched(switches: StockSwitches, change: unknown): StockSwitches {
  if (change === null || typeof change !== 'object') throw new Error('switches are an object');
  const foreign = Object.keys(change).find((name) => !Object.hasOwn(USUAL_SWITCHES, name));
  if (foreign !== undefined) throw new Error(`${foreign} is no switch: ${Object.keys(USUAL_SWITCHES).join(', ')}`);
  const next = { ...switches, ...(change as Partial<StockSwitches>) };
  if (!isShare(next.snapshotKeeps)) throw new Error('snapshotKeeps must be a number from 0 to 1');
  if (typeof next.cancelledWithin !== 'number' || next.cancelledWithin < 0)
    throw new Error('cancelledWithin must be minutes, 0 or more');
  if (next.detailKeeps !== null && !isCut(next.detailKeeps))
    throw new Error('detailKeeps must be {day: first, last or a day, share: from 0 to 1, reports: how many}');
  return next;
}

function isCut(value: unknown): boolean {
  const { day, share, reports } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof day === 'string' &&
    /^(first|last|\d{4}-\d{2}-\d{2})$/.test(day) &&
    isShare(share) &&
    Number.isSafeInteger(reports) &&
    (reports as number) > 0
  );
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
