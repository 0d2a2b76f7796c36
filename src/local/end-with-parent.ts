import { setInterval } from 'node:timers';

const LOOK_MS = 250;

/**
 * Calls `stop` once when the process that started this one has ended, however it ended: then the system gives this one
 * another parent. A process that has none of its own from the beginning (a container's first, one that was let go) is not watched.
 * @returns ends the watch
 */
export function endWithParent(stop: () => void, parent: () => number = () => process.ppid): () => void {
  const first = parent();
  if (first <= 1) return () => {};
  const watch = setInterval(() => {
    if (parent() === first) return;
    clearInterval(watch);
    stop();
  }, LOOK_MS);
  watch.unref();
  return () => clearInterval(watch);
}
