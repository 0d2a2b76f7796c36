import { ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { STOCK } from '../../contracts/stock/stock.ts';
import type { Connection } from '../connection.ts';

/**
 * Has stock looked at now, or once the look that is under way is over: by its own schedule, so that no two run at once. A
 * schedule that is paused looks when whoever paused it says so (beside simulators the demo clock, at its next jump); where
 * there is none the next look takes up what is stored.
 */
export async function wakeStock({ temporal, name }: Connection): Promise<void> {
  const schedule = temporal.schedule.getHandle(STOCK.idOf(name));
  try {
    if ((await schedule.describe()).state.paused) return;
    await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
