/** Tells and draws what happens in all connections, until it is told to stop. */
import type { StartedWorld } from '../../local/start-world.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { LiveFacts } from './live-block.ts';
import { renderLiveBlock } from './live-block.ts';
import { liveView } from '../../views/live/live-view.ts';
import { SurroundingsReader } from '../../views/live/surroundings.ts';
import { Narrator } from './narrator.ts';
import type { Progress } from './progress.ts';
import type { Session } from '../../operations/setup/session.ts';

const LOOK_MS = 500;

/** One for each connection; where there are several, an event names its own. */
export function narratorsOf({ store, connections }: Session, progress: Progress): Narrator[] {
  return connections.map(
    (settings) =>
      new Narrator(store, settings.name, timeZoneOf(settings, null), (event) =>
        progress.event(
          connections.length === 1 || event.area === ''
            ? event
            : {
                ...event,
                words: event.words.replace(/^(✓ )?/, `$1${settings.name} · `),
                plain: `${event.plain} connection=${settings.name}`,
              },
        ),
      ),
  );
}

export async function narrate(
  narrators: readonly Narrator[],
  progress: Progress,
  session: Session,
  world: StartedWorld,
  stopped: () => boolean,
): Promise<void> {
  if (progress.mode === 'quiet') return;
  const surroundings = new SurroundingsReader(session.client, session.store.db, Date.now);
  const changes = new Changes();
  while (!stopped()) {
    try {
      for (const narrator of narrators) await narrator.look();
      if (progress.mode === 'live') {
        const connections = await Promise.all(
          session.connections.map(async (settings) =>
            liveView(session.store.db, settings.name, await surroundings.of(settings)),
          ),
        );
        const { title, run } = world;
        const facts: Omit<LiveFacts, 'clock'> = {
          title: shortTitle(title),
          simulated: run.simulators !== null,
          uiUrl: run.temporal.uiUrl,
          connections,
          lastChange: changes.seen(connections),
        };
        progress.block((width, rows) => renderLiveBlock({ ...facts, clock: timeOfDay() }, width, rows));
      }
    } catch {
      // A part that is being started again answers in a moment.
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** `October 2026`: that it is simulated is said beside it. */
export function shortTitle(title: string | null): string {
  return (title ?? 'your accounts').replace(/ of a simulated seller$/, '');
}

/** When orders, payouts or what waits last changed. */
class Changes {
  #known: string | null = null;
  #at: string | null = null;

  seen(connections: LiveFacts['connections']): string | null {
    const now = JSON.stringify(connections.map(({ orders, payouts, exceptions }) => ({ orders, payouts, exceptions })));
    if (now !== this.#known) {
      this.#known = now;
      this.#at = timeOfDay();
    }
    return this.#at;
  }
}

function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 8);
}
