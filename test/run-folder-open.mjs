/** A folder for what the suites of one run share: jest opens it before the first and removes it after the last. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function openRunFolder() {
  process.env.TIEOUT_TEST_RUN = mkdtempSync(join(tmpdir(), 'tieout-run-'));
}
