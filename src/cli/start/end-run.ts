import type { StartedWorld } from '../../local/start-world.ts';
import type { Session } from '../../operations/setup/session.ts';
import type { HealthServer } from '../health/serve-health.ts';
import type { Progress } from './progress.ts';

/** The end of a run, for whoever comes to it first: what was started is stopped, and said. */
export function endOnce(
  world: StartedWorld,
  session: Session,
  health: HealthServer,
  progress: Progress,
  mark: () => void,
): () => Promise<void> {
  let ended: Promise<void> | null = null;
  return () =>
    (ended ??= (async () => {
      mark();
      progress.close();
      const begun = performance.now();
      const parts: string[] = [];
      // The connection to Temporal ends with the process: closed, it would make calls that still wait to be tried again throw out of their timers.
      await health.close();
      await session.store.close().catch(() => {});
      await world.stop((name) => parts.push(`${name} ✓`));
      if (progress.mode !== 'quiet')
        progress.line(
          `Stopping  ${parts.join(' · ')}  ${((performance.now() - begun) / 1000).toFixed(1)} s\nNothing is left running. ${world.run.simulators ? 'The demo begins afresh with the next npm start.' : 'Data stay where they are; npm start goes on from here.'}`,
        );
    })());
}
