import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { childEnvironment } from '../../src/local/child-environment.ts';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { openSmallMonth } from '../faults/small-month.ts';
import { startWorkerProcesses } from '../faults/worker-process.ts';
import { ROOT } from '../repo/project.ts';

const SENTENCE =
  /mode-not-built.*A posting mode in .*tieout\.config\.yaml is not built yet\. Nothing was started\. · connections\[0\]\.postingMode \(line \d+\): "summary" is not built yet · set postingMode to invoice/;

describe('a posting mode that is not built', () => {
  let world: WorldUnderTest;
  let configText: string;
  beforeAll(async () => {
    world = await openSmallMonth({ workers: 'none' });
    configText = world.places.configText.replace('posting: live', 'posting: live\n    postingMode: summary');
    expect(configText).toContain('postingMode: summary');
  }, 120_000);
  afterAll(() => world?.close());

  test('ends a worker that has everything else before it begins, and nothing is posted', async () => {
    const state = () => world.netsuitePage<{ transactions: Record<string, number> }>('GET', '/admin/state');
    const before = await state();
    const started = startWorkerProcesses({ ...world, places: { ...world.places, configText } }).then(
      async (workers) => {
        await workers.stop();
        return 'started';
      },
      (error: Error) => error.message,
    );
    expect(await started).toMatch(/^worker-1 ended \(1\) before it was ready: .*mode-not-built/);
    const { error } = JSON.parse(
      readFileSync(join(world.places.folder, 'worker-1.log'), 'utf8').trim().split('\n').at(-1)!,
    ) as { error: { code: string; message: string } };
    expect(`${error.code} ${error.message}`).toMatch(SENTENCE);
    expect(await state()).toEqual(before);
  }, 60_000);

  test.each(['reconcile-main.ts', 'codec-server-main.ts'])(
    'ends %s',
    (entry) => {
      const file = join(world.places.folder, 'tieout.config.yaml');
      writeFileSync(file, configText);
      const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join('src', 'workers', entry)], {
        cwd: ROOT,
        encoding: 'utf8',
        env: childEnvironment('worker', {
          NODE_OPTIONS: '',
          TIEOUT_CONFIG: file,
          TEMPORAL_ADDRESS: world.places.temporalAddress,
        }),
      });
      expect(stderr).toMatch(/A posting mode in .* is not built yet\. .*set postingMode to invoice/);
      expect(status).toBe(1);
    },
    60_000,
  );
});
