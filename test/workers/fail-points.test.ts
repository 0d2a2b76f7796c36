import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { failPointsIn } from '../../src/workers/fail-points.ts';
import { FailPointsFolder } from '../faults/fail-points-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-fail-points-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FAIL_POINTS = fileURLToPath(new URL('../../src/workers/fail-points.ts', import.meta.url));
const TSX = fileURLToPath(import.meta.resolve('tsx'));

/** A process that passes INV:before-call, says so, then INV:after-call, and says so. */
function passing(points: string): { child: ChildProcess; said(): string; ended: Promise<string> } {
  const child = spawn(
    process.execPath,
    [
      '--import',
      TSX,
      '--input-type=module',
      '-e',
      `
    const { failPointsIn } = await import(${JSON.stringify(FAIL_POINTS)});
    const failPoint = failPointsIn(process.env.POINTS);
    for (const at of ['INV:before-call', 'INV:after-call']) {
      failPoint(at);
      process.stdout.write(at + ' ');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }`,
    ],
    { env: { ...process.env, NODE_OPTIONS: '', POINTS: points }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  return {
    child,
    said: () => said.trim(),
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? String(code)))),
  };
}

describe('a process that passes fail-points', () => {
  test('dies at the one that is in the folder, and the next process gets past it', async () => {
    const points = new FailPointsFolder(join(folder, 'points'));
    points.add('INV:after-call', 'SIGKILL');
    points.add('PAY:before-call', 'SIGKILL');
    const first = passing(points.path);
    expect([await first.ended, first.said()]).toEqual(['SIGKILL', 'INV:before-call']);
    expect(points.struck('INV:after-call')).toBe(first.child.pid);
    expect(points.left()).toEqual(['PAY:before-call']);
    const second = passing(points.path);
    expect([await second.ended, second.said()]).toEqual(['0', 'INV:before-call INV:after-call']);
  });

  test('hangs where it is told to, until it is sent on', async () => {
    const points = new FailPointsFolder(join(folder, 'points'));
    points.add('INV:before-call', 'SIGSTOP');
    const { child, said, ended } = passing(points.path);
    while (points.struck('INV:before-call') === null) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([said(), child.exitCode]).toEqual(['', null]);
    child.kill('SIGCONT');
    expect([await ended, said()]).toEqual(['0', 'INV:before-call INV:after-call']);
  });

  test('strikes one of several that pass at once', async () => {
    const points = new FailPointsFolder(join(folder, 'points'));
    points.add('INV:before-call', 'SIGKILL');
    const ends = await Promise.all(
      [passing(points.path), passing(points.path), passing(points.path)].map(({ ended }) => ended),
    );
    expect(ends.sort()).toEqual(['0', '0', 'SIGKILL']);
  });
});

test('nothing is looked up and nothing happens without a folder', () => {
  const failPoint = failPointsIn(undefined);
  expect(() => failPoint('INV:before-call')).not.toThrow();
});
test('a file that names no signal is no death in silence but an error', () => {
  writeFileSync(join(folder, 'INV:before-call'), 'SIGNOTHING');
  expect(() => failPointsIn(folder)('INV:before-call')).toThrow(/SIGNOTHING/);
  expect(readdirSync(folder)).toEqual([`INV:before-call ${process.pid}`]);
});
