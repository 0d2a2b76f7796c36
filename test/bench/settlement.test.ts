import { expect, test } from '@jest/globals';
import { bench } from '../../bench/settlement/bench.ts';

test('the benchmark of the settlement path reads the same rows with every reader, and its path ends in a balanced journal', async () => {
  // It refuses by itself a reader that loses rows, a sum that is not the total, and a journal that is empty or open.
  const result = await bench.run(['20000', '1']);
  const measured = { rowsPerSecond: expect.any(Number), peakMb: expect.any(Number) };
  expect(result).toEqual({
    rows: 20000,
    path: measured,
    peers: { 'csv-parse': measured, papaparse: measured, udsv: measured },
    ratio: { 'csv-parse': expect.any(Number), papaparse: expect.any(Number), udsv: expect.any(Number) },
    peakMbAt: { 20000: expect.any(Number), 100000: expect.any(Number) },
  });
  expect(bench.render(result)).toHaveLength(6);
}, 120_000);
