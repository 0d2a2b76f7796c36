/** Whether the product has nothing left to do but wait for facts or people. */
import { busyWith, type Busy } from '../../store/reconciler/busy.ts';
import type { Database } from '../../store/database.ts';

function isIdle(busy: Busy): boolean {
  return busy.orders + busy.shipments + busy.refunds + busy.payouts === 0;
}

/** Waits until it is idle at two looks in a row; false after `limitMs`, or when `stopped` says so. */
export async function waitUntilIdle(
  db: Database,
  connection: string,
  limitMs: number,
  stopped: () => boolean,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  let quiet = 0;
  while (performance.now() < deadline && !stopped()) {
    quiet = isIdle(await busyWith(db, connection)) ? quiet + 1 : 0;
    if (quiet >= 2) return true;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return false;
}
