/** `npm run bench -- settlement [rows] [times]`: a report read to its journal, beside readers that merely parse the same file. */
import type { Bench } from '../bench.ts';
import { FileBench, inFolder, rounded, type Measured } from '../files/read-files.ts';
import type { Reading } from './readers/reading.ts';

const ROWS = 1_000_000;
/** How often each reads the file; the best counts. */
const TIMES = 3;
const PEERS = ['csv-parse', 'papaparse', 'udsv'] as const;
type Peer = (typeof PEERS)[number];

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
  const files = new FileBench<Reading>(import.meta.url, folder, ({ journal }) => {
    if (journal && (journal.lines === 0 || journal.open !== '0' || journal.sum !== journal.total))
      throw new Error(`the journal is not one: ${JSON.stringify(journal)}`);
  });
  const { tieout: path, ...peers } = await files.measure(['tieout', ...PEERS], { rows, times });
  const five = await files.readOnce('tieout', await files.written(rows * 5), rows * 5);
  const ratio = Object.fromEntries(
    PEERS.map((peer) => [peer, rounded(path.rowsPerSecond / peers[peer].rowsPerSecond)]),
  ) as Record<Peer, number>;
  return { rows, path, peers, ratio, peakMbAt: { [rows]: path.peakMb, [rows * 5]: rounded(five.peakMb) } };
}

function line(name: string, { rowsPerSecond, peakMb }: Measured, more: string): string {
  return `${name.padEnd(11)} ${String(rowsPerSecond).padStart(9)} rows/s  ${String(peakMb).padStart(6)} MB${more}`;
}
