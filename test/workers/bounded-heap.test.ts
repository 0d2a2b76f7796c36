import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('churn-heap.ts', import.meta.url));

/** Of a process of its own: the flag is the whole process's. */
async function peakOf(...words: string[]): Promise<number> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', SCRIPT, ...words]);
  expect(stderr).toBe('');
  return Number(stdout);
}

test('a bounded heap is cleaned long before it is three times what is alive', async () => {
  const [bounded, unbounded] = [await peakOf('bound'), await peakOf()];
  expect(bounded).toBeLessThan(100);
  expect(unbounded).toBeGreaterThan(bounded);
});
