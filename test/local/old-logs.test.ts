import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { layLogsBy } from '../../src/local/old-logs.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');

test('a log of an earlier day is laid by under it, and one laid by before the retention is deleted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-logs-'));
  const write = (name: string, at: string) => {
    writeFileSync(join(folder, name), name);
    utimesSync(join(folder, name), new Date(at), new Date(at));
  };
  write('worker-1.log', '2026-11-29T23:59:59Z');
  write('postgres.log', '2026-11-30T00:00:01Z');
  write('worker-1.2026-10-31.log', '2026-10-31T10:00:00Z');
  write('worker-1.2026-10-30.log', '2026-10-30T10:00:00Z');
  write('notes.txt', '2020-01-01T00:00:00Z');
  layLogsBy(folder, 30, NOW);
  expect(readdirSync(folder).sort()).toEqual([
    'notes.txt',
    'postgres.log',
    'worker-1.2026-10-31.log',
    'worker-1.2026-11-29.log',
  ]);
  expect(readFileSync(join(folder, 'worker-1.2026-11-29.log'), 'utf8')).toBe('worker-1.log');
});

test('what is laid by already is not written over, and parts of a day go with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-logs-'));
  for (const name of ['worker-1.2026-11-29.log', 'worker-1.2026-11-29.2.log', 'worker-1.2026-10-30.2.log'])
    writeFileSync(join(folder, name), name);
  writeFileSync(join(folder, 'worker-1.log'), 'last');
  utimesSync(join(folder, 'worker-1.log'), new Date('2026-11-29T23:00:00Z'), new Date('2026-11-29T23:00:00Z'));
  layLogsBy(folder, 30, NOW);
  expect(readdirSync(folder).sort()).toEqual([
    'worker-1.2026-11-29.2.log',
    'worker-1.2026-11-29.3.log',
    'worker-1.2026-11-29.log',
  ]);
  expect(readFileSync(join(folder, 'worker-1.2026-11-29.3.log'), 'utf8')).toBe('last');
});
