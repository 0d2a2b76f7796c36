/** What is asked about the health of a running product, by the session of a run. */
import type { RunningWorld } from '../../config/running-world.ts';
import type { Session } from '../../operations/setup/session.ts';
import type { HealthSource } from '../../views/health/health-view.ts';
import { SurroundingsReader } from '../../views/live/surroundings.ts';

/** @param now time of this machine, epoch milliseconds */
export function healthOfSession(
  { client, store, connections, scheduled }: Session,
  { simulators }: Pick<RunningWorld, 'simulators'>,
  now: () => number,
): HealthSource {
  return {
    client,
    db: store.db,
    connections,
    scheduled,
    surroundings: new SurroundingsReader(client, store.db, now),
    now,
    productNow: async () => (simulators === null ? now() : demoNow(simulators.amazonUrl)),
  };
}

/** The demo clock, which Amazon's simulator keeps; null where it does not answer. */
async function demoNow(amazonUrl: string): Promise<number | null> {
  const answer = await fetch(`${amazonUrl}/clock`).catch(() => null);
  if (answer === null || !answer.ok) return null;
  return Date.parse(((await answer.json()) as { now: string }).now);
}
