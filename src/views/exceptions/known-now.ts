import { databaseNow } from '../../store/decisions/waiting.ts';
import { readMark } from '../../store/intake/marks.ts';
import type { ViewSource } from '../view-source.ts';

/**
 * The time as a view knows it: ours, beside simulators how far Amazon's orders were read, since only they know what the demo
 * clock says. Null while nothing was read there.
 */
export async function knownNow({ store, world }: ViewSource, connection: string): Promise<string | null> {
  return (world.simulators ?? null) === null ? databaseNow(store.db) : readMark(store.db, connection, 'orders');
}
