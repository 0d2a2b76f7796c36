import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/**
 * Before the processes of a world begin to write: each log that was last written on an earlier day is laid by under that day
 * (`worker-1.2026-11-25.log`), and those laid by that are older than so many days are deleted.
 * @param now epoch milliseconds of this machine, whose days the files have
 */
export function layLogsBy(folder: string, days: number, now: number): void {
  const today = dayOf(now);
  const oldest = dayOf(now - days * DAY_MS);
  for (const name of readdirSync(folder)) {
    const [, laidBy] = /^.+\.(\d{4}-\d{2}-\d{2})\.log$/.exec(name) ?? [];
    if (laidBy !== undefined) {
      if (laidBy < oldest) rmSync(join(folder, name));
      continue;
    }
    if (!name.endsWith('.log')) continue;
    const day = dayOf(statSync(join(folder, name)).mtimeMs);
    if (day < today) renameSync(join(folder, name), join(folder, `${name.slice(0, -'.log'.length)}.${day}.log`));
  }
}
