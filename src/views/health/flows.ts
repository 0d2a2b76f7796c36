/** The looks of a connection: when each last came to its end, how late it is, and when it comes next. */
import type { Client, ScheduleSummary } from '@temporalio/client';
import { milliseconds } from '../../config/duration.ts';
import { lastLook } from '../../temporal/last-look.ts';
import { scheduledLooks, type ScheduledConnection } from '../../temporal/schedules.ts';

export interface FlowHealth {
  /** Id of its schedule without the connection: `order-intake`, `stock`, … */
  flow: string;
  everySeconds: number;
  /** When the last look began that came to its end (instant of this machine); null before the first. */
  lastDone: string | null;
  /** Seconds since then. */
  lagSeconds: number | null;
  /** Null while the schedule is paused: beside simulators the demo clock begins each look. */
  next: string | null;
  /** There is no such schedule in Temporal: nobody looks. */
  missing: boolean;
}

/** @param now epoch milliseconds of this machine */
export async function flowsHealth(
  client: Client,
  connections: readonly ScheduledConnection[],
  now: number,
): Promise<Map<string, FlowHealth[]>> {
  const schedules = new Map<string, ScheduleSummary>();
  for await (const schedule of client.schedule.list()) schedules.set(schedule.scheduleId, schedule);
  const found = connections.map(async (connection) => {
    const flows = scheduledLooks(connection).map(async (look): Promise<FlowHealth> => {
      const schedule = schedules.get(look.id);
      const done = await lastLook(client, look);
      return {
        flow: look.id.slice(0, look.id.indexOf(':')),
        everySeconds: milliseconds(look.every) / 1000,
        lastDone: done?.toISOString() ?? null,
        lagSeconds: done === null ? null : Math.max(0, Math.round((now - done.getTime()) / 1000)),
        next:
          schedule === undefined || schedule.state.paused
            ? null
            : (schedule.info.nextActionTimes[0]?.toISOString() ?? null),
        missing: schedule === undefined,
      };
    });
    return [connection.name, await Promise.all(flows)] as const;
  });
  return new Map(await Promise.all(found));
}
