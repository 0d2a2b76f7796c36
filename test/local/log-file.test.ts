import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openLog } from '../../src/local/log-file.ts';

test('a log that is large is laid by under its day, and nothing of it is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-log-'));
  const log = openLog(join(folder, 'worker-1.log'));
  const line = `${'x'.repeat(1023)}\n`.repeat(1024);
  // 60 MB: more than one file may have.
  for (let written = 0; written < 60; written += 1)
    await new Promise<void>((resolve, reject) => log.write(line, (error) => (error ? reject(error) : resolve())));
  await new Promise((resolve) => log.end(resolve));
  const files = readdirSync(folder).sort();
  expect(files).toEqual([expect.stringMatching(/^worker-1\.\d{4}-\d\d-\d\d\.log$/), 'worker-1.log']);
  const bytes = files.map((name) => readFileSync(join(folder, name)).length);
  expect(bytes[0]! + bytes[1]!).toBe(60 * 1024 * 1024);
});

test('a folder that is gone ends no process', async () => {
  const log = openLog(join(tmpdir(), 'tieout-no-such-folder', '\0', 'worker-1.log'));
  log.write('lost\n');
  await new Promise((resolve) => setTimeout(resolve, 50));
});
