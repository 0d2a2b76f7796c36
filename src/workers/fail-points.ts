/** Where a test lets a worker process die or hang: points that it passes are looked up in a folder, one file each. */
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file of a point holds the signal that this process gives itself when it passes: SIGKILL (no clean-up, nothing said
 * to anyone) or SIGSTOP. Its name gets our pid first, `INV:after-call 4711`: so whoever is started again gets past it, of
 * two processes that pass at once only one is struck, and the test knows which. Without a folder nothing ever happens.
 */
export function failPointsIn(folder: string | undefined): (at: string) => void {
  if (!folder) return () => {};
  return (at) => {
    const taken = join(folder, `${at} ${process.pid}`);
    try {
      renameSync(join(folder, at), taken);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    process.kill(process.pid, readFileSync(taken, 'utf8'));
  };
}
