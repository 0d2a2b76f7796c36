/** `npm run bench -- settlement [rows] [times]`: a report read to its journal, beside readers that merely parse the same file. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../bench.ts';
import type { OneReading } from './read-once.ts';

const ROWS = 1_000_000;
/** How often each reads the file; the best counts, since other work on the machine only ever slows it down. */
const TIMES = 3;
const PEERS = ['csv-parse', 'papaparse', 'udsv'] as const;
type Peer = (typeof PEERS)[number];

interface Measured {
  rowsPerSecond: number;
  peakMb: number;
}

export interface SettlementBench {
  rows: number;
  /** The whole path: bytes to balanced journal. */
  path: Measured;
  /** Others, that hand over rows and do nothing with them. */
  peers: Record<Peer, Measured>;
  /** How many times as many rows a second the whole path takes. */
  ratio: Record<Peer, number>;
  /** Peak memory of the whole path, in millions of bytes, by the number of rows. */
  peakMbAt: Record<string, number>;
}

export const bench: Bench<SettlementBench> = {
  about:
    'A settlement report from bytes to its balanced journal, beside csv-parse, papaparse and uDSV that merely parse it; best of 3, each in its own process.',
  run: ([rows = ROWS, times = TIMES]) => inFolder((folder) => measured(folder, Number(rows), Number(times))),
  render: ({ rows, path, peers, ratio, peakMbAt }) => [
    `${rows} rows`,
    line('whole path', path, ''),
    ...PEERS.map((peer) => line(peer, peers[peer], `  the whole path is ${ratio[peer]} times as fast`)),
    `peak of the whole path: ${Object.entries(peakMbAt)
      .map(([at, mb]) => `${mb} MB at ${at} rows`)
      .join(', ')}`,
  ],
};

async function measured(folder: string, rows: number, times: number): Promise<SettlementBench> {
  const file = await written(folder, rows);
  const readers = ['tieout', ...PEERS] as const;
  const runs = Object.fromEntries(readers.map((reader) => [reader, [] as OneReading[]])) as Record<
    (typeof readers)[number],
    OneReading[]
  >;
  // Round by round, so that a busy minute of the machine meets all of them.
  for (let time = 1; time <= times; time += 1)
    for (const reader of readers) runs[reader].push(await readOnce(reader, file, rows));
  const five = await readOnce('tieout', await written(folder, rows * 5), rows * 5);
  const path = best(runs.tieout);
  const peers = Object.fromEntries(PEERS.map((peer) => [peer, best(runs[peer])])) as Record<Peer, Measured>;
  const ratio = Object.fromEntries(
    PEERS.map((peer) => [peer, rounded(path.rowsPerSecond / peers[peer].rowsPerSecond)]),
  ) as Record<Peer, number>;
  return { rows, path, peers, ratio, peakMbAt: { [rows]: path.peakMb, [rows * 5]: rounded(five.peakMb) } };
}

function best(runs: readonly OneReading[]): Measured {
  return {
    rowsPerSecond: Math.max(...runs.map(({ rows, seconds }) => Math.round(rows / seconds))),
    peakMb: rounded(Math.min(...runs.map(({ peakMb }) => peakMb))),
  };
}

/** Writes a report in a process of its own: the memory of a parent would count as its children's. */
async function written(folder: string, rows: number): Promise<string> {
  const file = join(folder, `${rows}.txt`);
  await script('write-report.ts', [file, String(rows)]);
  return file;
}

async function readOnce(reader: string, file: string, rows: number): Promise<OneReading> {
  const reading = JSON.parse(await script('read-once.ts', [reader, file])) as OneReading;
  if (reading.rows !== rows) throw new Error(`${reader} read ${reading.rows} of ${rows} rows`);
  const { journal } = reading;
  if (journal && (journal.lines === 0 || journal.open !== '0' || journal.sum !== journal.total)) {
    throw new Error(`the journal is not one: ${JSON.stringify(journal)}`);
  }
  process.stderr.write(
    `${reader}: ${rows} rows in ${reading.seconds.toFixed(2)} s, ${Math.round(reading.peakMb)} MB\n`,
  );
  return reading;
}

async function script(name: string, arguments_: readonly string[]): Promise<string> {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path, ...arguments_], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  return stdout;
}

/** Reports are large and belong nowhere in the tree. */
async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function line(name: string, { rowsPerSecond, peakMb }: Measured, more: string): string {
  return `${name.padEnd(11)} ${String(rowsPerSecond).padStart(9)} rows/s  ${String(peakMb).padStart(6)} MB${more}`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
