/** `npm run bench -- stock [rows] [times]`: a month of the ledger from bytes to answers, beside csv-parse that merely parses it; and a look at which nothing is new. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../bench.ts';
import { FileBench, inFolder, rounded, type Measured } from '../files/read-files.ts';
import { ROWS_A_DAY, SKUS } from './generate.ts';
import type { LookingAgain } from './look-again.ts';
import type { Reading } from './readers/reading.ts';

const ROWS = 1_000_000;
const TIMES = 3;

export interface StockBench {
  rows: number;
  /** Reading, identity and answers, day by day; the store, the indexes of what it hands in and settling are left out. */
  path: Measured;
  csvParse: Measured;
  /** How many times as many rows a second the path takes. */
  ratio: number;
  /** Seconds that the indexes and settling take for these rows, the least of all runs. */
  beside: { indexes: number; settling: number };
  /** Peak memory of the path, in millions of bytes, by the number of rows. */
  peakMbAt: Record<string, number>;
  /** Planning and squaring over a real Postgres in which all these rows are settled. */
  again: LookingAgain;
}

export const bench: Bench<StockBench> = {
  about:
    "A month of Amazon's ledger (50,000 SKUs) from bytes to answered rows, beside csv-parse that merely parses it (best of 3, each in its own process); then planning and squaring over such a month in Postgres.",
  run: ([rows = ROWS, times = TIMES]) => inFolder((folder) => measured(folder, Number(rows), Number(times))),
  render: ({ rows, path, csvParse, ratio, beside, peakMbAt, again }) => [
    `${rows} rows`,
    `path       ${path.rowsPerSecond} rows/s  ${path.peakMb} MB`,
    `csv-parse  ${csvParse.rowsPerSecond} rows/s  ${csvParse.peakMb} MB  the path is ${ratio} times as fast`,
    `besides: indexes of what the store hands in ${beside.indexes.toFixed(2)} s, settling ${beside.settling.toFixed(2)} s`,
    `peak of the path: ${Object.entries(peakMbAt)
      .map(([at, mb]) => `${mb} MB at ${at} rows`)
      .join(', ')}`,
    `over the settled rows: looked at ${again.looked.toFixed(1)} s, nothing new ${again.spared.toFixed(1)} s (aim: under 5), ${again.agree} of ${again.all} items agree`,
  ],
};

async function measured(folder: string, rows: number, times: number): Promise<StockBench> {
  const least = { indexes: Infinity, settling: Infinity };
  const files = new FileBench<Reading>(import.meta.url, folder, ({ rows: read, stock, beside }) => {
    if (beside && read === rows) {
      least.indexes = Math.min(least.indexes, beside.indexes);
      least.settling = Math.min(least.settling, beside.settling);
    }
    if (stock && stock.settled + stock.open !== read) throw new Error(`rows were lost: ${JSON.stringify(stock)}`);
  });
  const { tieout: path, 'csv-parse': csvParse } = await files.measure(['tieout', 'csv-parse'], { rows, times });
  const three = await files.readOnce('tieout', await files.written(rows * 3), rows * 3);
  return {
    rows,
    path,
    csvParse,
    ratio: Math.round((path.rowsPerSecond / csvParse.rowsPerSecond) * 100) / 100,
    beside: least,
    peakMbAt: { [rows]: path.peakMb, [rows * 3]: rounded(three.peakMb) },
    again: await lookAgain(Math.ceil(rows / ROWS_A_DAY)),
  };
}

async function lookAgain(days: number): Promise<LookingAgain> {
  const script = fileURLToPath(new URL('look-again.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    script,
    ...[SKUS, days, ROWS_A_DAY].map(String),
  ]);
  return JSON.parse(stdout) as LookingAgain;
}
