/**
 * Logs of processes: what a process says goes to one file, which is laid by under its day at midnight (UTC), and before that
 * once it is large.
 */
import { basename, dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { createStream } from 'rotating-file-stream';
import { laidBy } from './old-logs.ts';

const LARGE = '50M';

/** What is written while the file cannot be (a full disk) is lost, and the process that speaks goes on. */
export function openLog(file: string): Writable {
  const stem = basename(file, '.log');
  const log = createStream(
    (time, index) => (time ? laidBy(stem, new Date(time).toISOString().slice(0, 10), index ?? 1) : basename(file)),
    { path: dirname(file), size: LARGE, interval: '1d', intervalUTC: true, intervalBoundary: true },
  );
  log.on('error', () => {});
  return log;
}
