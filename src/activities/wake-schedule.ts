import { ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Connection } from './connection.ts';

/**
 * Has a scheduled flow look now, or once the look that is under way is over: by its own schedule, so that no two run at once.
 * A schedule that is paused looks when whoever paused it says so (beside simulators the demo clock, at its next jump); where
 * there is none the next look takes up what is stored.
 */
export async function wakeSchedule(
  { temporal, name }: Connection,
  { idOf }: { idOf: (connection: string) => string },
): Promise<void> {
  const schedule = temporal.schedule.getHandle(idOf(name));
  try {
    if ((await schedule.describe()).state.paused) return;
    await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
