/** The workflow bundle, built once for all worker processes. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

export async function buildWorkflowBundle(
  home: string,
  failureConverterPath?: string,
): Promise<{ path: string; hash: string }> {
  const silent = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/all-workflows.ts', import.meta.url)),
    logger: silent,
    ...(failureConverterPath ? { failureConverterPath } : {}),
  });
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 7);
  mkdirSync(home, { recursive: true });
  const path = join(home, `workflow-bundle-${hash}.js`);
  writeFileSync(path, code);
  return { path, hash };
}
