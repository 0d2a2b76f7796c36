/** Keeps a server up: one that ends by itself is started again, and its owner hears of both. */
import type { OwnedProcess } from './child-process.ts';

export interface Server {
  readonly process: OwnedProcess;
  stop(): Promise<void>;
}

export interface ServerEvents {
  died(how: number | string): void;
  back(pid: number): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/**
 * @param again starts it anew on its port and its data; null where all that it knew was in its memory, so that nothing
 *   comes back by itself
 */
export function keepUp(
  first: Server,
  again: (() => Promise<Server>) | null,
  events: ServerEvents,
): Pick<Server, 'stop'> {
  let current = first;
  let comingBack = Promise.resolve();
  let asked = false;
  const stopping = () => asked;
  let endWait = () => {};
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const comeBack = async (start: () => Promise<Server>) => {
    for (let ms = FIRST_WAIT_MS; !stopping(); ms = Math.min(ms * 2, LONGEST_WAIT_MS)) {
      try {
        current = await start();
        if (!stopping()) events.back(current.process.pid);
        watch(current);
        return;
      } catch {
        await wait(ms);
      }
    }
  };
  const watch = (server: Server) =>
    void server.process.exited.then((how) => {
      if (stopping()) return;
      events.died(how);
      if (again !== null) comingBack = comeBack(again);
    });
  watch(first);
  return {
    async stop() {
      asked = true;
      endWait();
      await comingBack;
      await current.stop();
      // What the first one made for itself goes with it.
      if (current !== first) await first.stop();
    },
  };
}
