/** The workflow bundle, built by the first suite of a run that needs it. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWorkflowBundle } from '../../src/local/workflow-bundle.ts';

/** Suites that ask at the same time each build it; the first to end is kept, and all are the same. */
export async function bundleOfTheRun(): Promise<string> {
  const folder = (process.env['TIEOUT_TEST_RUN'] ??= folderOfThisProcess());
  const kept = join(folder, 'workflow-bundle.js');
  if (!existsSync(kept)) renameSync((await buildWorkflowBundle(mkdtempSync(join(folder, 'bundle-')))).path, kept);
  return kept;
}

/** Of a script (`npm run worlds`, `npm run soak`): the configuration of jest opens one for a run of tests. */
function folderOfThisProcess(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-run-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
