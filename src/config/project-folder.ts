import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const PROJECT_ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where a running world keeps its data, logs and addresses. `TIEOUT_HOME` moves it (tests, second checkouts). */
export function tieoutHome(): string {
  return process.env['TIEOUT_HOME'] ?? join(PROJECT_ROOT, '.tieout');
}

/** Downloads that any world of this checkout may share. */
export function cacheFolder(): string {
  return join(PROJECT_ROOT, '.tieout', 'cache');
}
