import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** `worker-1.2026-11-25.log`, and of what was too large for one file `worker-1.2026-11-25.2.log`. */
export const laidBy = (stem: string, day: string, index: number): string =>
  `${stem}.${day}${index === 1 ? '' : `.${index}`}.log`;
const LAID_BY = /^.+\.(\d{4}-\d{2}-\d{2})(?:\.\d+)?\.log$/;

/**
 * Before the processes of a world begin to write: each log that was last written on an earlier day is laid by under that
 * day, and those laid by that are older than so many days are deleted.
 * @param now epoch milliseconds of this machine, whose days the files have
 */
export function layLogsBy(folder: string, days: number, now: number): void {
  const today = dayOf(now);
  for (const name of readdirSync(folder)) {
    if (LAID_BY.test(name) || !name.endsWith('.log')) continue;
    const day = dayOf(statSync(join(folder, name)).mtimeMs);
    if (day < today) renameSync(join(folder, name), freeName(folder, name.slice(0, -'.log'.length), day));
  }
  deleteOldLogs(folder, days, now);
}

/** Also while processes write: what is laid by nobody writes any more. */
export function deleteOldLogs(folder: string, days: number, now: number): void {
  const oldest = dayOf(now - days * DAY_MS);
  for (const name of readdirSync(folder)) {
    const day = LAID_BY.exec(name)?.[1];
    if (day !== undefined && day < oldest) rmSync(join(folder, name));
  }
}

function freeName(folder: string, stem: string, day: string): string {
  for (let index = 1; ; index += 1) {
    const file = join(folder, laidBy(stem, day, index));
    if (!existsSync(file)) return file;
  }
}
