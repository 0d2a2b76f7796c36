/** The workflow bundle, built by the first suite of a run that needs it. */
import { existsSync, mkdtempSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { buildWorkflowBundle } from '../../src/local/workflow-bundle.ts';

/** Suites that ask at the same time each build it; the first to end is kept, and all are the same. */
export async function bundleOfTheRun(): Promise<string> {
  const folder = process.env['TIEOUT_TEST_RUN'];
  if (folder === undefined) throw new Error('no folder of this run: the configuration of jest opens one');
  const kept = join(folder, 'workflow-bundle.js');
  if (!existsSync(kept)) renameSync((await buildWorkflowBundle(mkdtempSync(join(folder, 'bundle-')))).path, kept);
  return kept;
}
