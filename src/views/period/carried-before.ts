import { broughtForward, type BroughtForward } from '../../domain/period/brought-forward.ts';
import type { Database } from '../../store/database.ts';
import { carriedBefore, loadClose } from '../../store/period/closes.ts';

/** What earlier months carried and is not gone, by the months as they were last worked out. */
export async function loadBroughtForward(db: Database, connection: string, period: string): Promise<BroughtForward[]> {
  const all = await carriedBefore(db, connection, period);
  const months: Parameters<typeof broughtForward>[0][number][] = [];
  for (const month of [...new Set(all.map((one) => one.period))].sort()) {
    const stored = await loadClose(db, connection, month);
    const carried = all.filter((one) => one.period === month);
    if (stored !== null) months.push({ period: month, items: stored.close.items, carried });
  }
  return broughtForward(months);
}
