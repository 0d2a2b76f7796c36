/** `npm run bench -- stock [rows] [times]`: a month of the ledger from bytes to answers, beside csv-parse that merely parses it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../bench.ts';
import type { OneReading } from './read-once.ts';

const ROWS = 1_000_000;
const TIMES = 3;

interface Measured {
  rowsPerSecond: number;
  peakMb: number;
}

export interface StockBench {
  rows: number;
  /** Reading, identity and answers, day by day; the store is left out. */
  path: Measured;
  csvParse: Measured;
  /** How many times as many rows a second the path takes. */
  ratio: number;
  /** Peak memory of the path, in millions of bytes, by the number of rows. */
  peakMbAt: Record<string, number>;
}

export const bench: Bench<StockBench> = {
  about:
    "A month of Amazon's ledger (50,000 SKUs) from bytes to answered and settled rows, beside csv-parse that merely parses it; best of 3, each in its own process.",
  async run([rows = ROWS, times = TIMES]) {
    const folder = mkdtempSync(join(tmpdir(), 'tieout-bench-'));
    try {
      return await measured(folder, Number(rows), Number(times));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  render: ({ rows, path, csvParse, ratio, peakMbAt }) => [
    `${rows} rows`,
    `path       ${path.rowsPerSecond} rows/s  ${path.peakMb} MB`,
    `csv-parse  ${csvParse.rowsPerSecond} rows/s  ${csvParse.peakMb} MB  the path is ${ratio} times as fast`,
    `peak of the path: ${Object.entries(peakMbAt)
      .map(([at, mb]) => `${mb} MB at ${at} rows`)
      .join(', ')}`,
  ],
};

async function measured(folder: string, rows: number, times: number): Promise<StockBench> {
  const file = await written(folder, rows);
  const runs: Record<'tieout' | 'csv-parse', OneReading[]> = { tieout: [], 'csv-parse': [] };
  for (let time = 1; time <= times; time += 1)
    for (const reader of ['tieout', 'csv-parse'] as const) runs[reader].push(await readOnce(reader, file, rows));
  const three = await readOnce('tieout', await written(folder, rows * 3), rows * 3);
  const [path, csvParse] = [best(runs.tieout), best(runs['csv-parse'])];
  return {
    rows,
    path,
    csvParse,
    ratio: Math.round((path.rowsPerSecond / csvParse.rowsPerSecond) * 100) / 100,
    peakMbAt: { [rows]: path.peakMb, [rows * 3]: Math.round(three.peakMb) },
  };
}

function best(runs: readonly OneReading[]): Measured {
  return {
    rowsPerSecond: Math.max(...runs.map(({ rows, seconds }) => Math.round(rows / seconds))),
    peakMb: Math.round(Math.min(...runs.map(({ peakMb }) => peakMb))),
  };
}

/** In a process of its own: the memory of a parent would count as its children's. */
async function written(folder: string, rows: number): Promise<string> {
  const file = join(folder, `${rows}.txt`);
  await script('write-ledger.ts', [file, String(rows)]);
  return file;
}

async function readOnce(reader: string, file: string, rows: number): Promise<OneReading> {
  const reading = JSON.parse(await script('read-once.ts', [reader, file])) as OneReading;
  if (reading.rows !== rows) throw new Error(`${reader} read ${reading.rows} of ${rows} rows`);
  const { stock } = reading;
  if (stock && stock.settled + stock.open !== rows) throw new Error(`rows were lost: ${JSON.stringify(stock)}`);
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
