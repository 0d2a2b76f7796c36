import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { plainBytesOf } from '../../../src/operations/files/report-file.ts';

const golden = fileURLToPath(new URL('../../golden/settlements/order-and-reserve-usd.txt', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-report-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(file: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of plainBytesOf(file)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('a packed report and a plain one give the same bytes, so that the store knows them for one file', async () => {
  const packed = join(folder, 'report.txt');
  writeFileSync(packed, gzipSync(readFileSync(golden)));
  expect(await read(packed)).toEqual(readFileSync(golden));
  expect(await read(golden)).toEqual(readFileSync(golden));
});

test('an empty file gives no bytes', async () => {
  const empty = join(folder, 'empty.txt');
  writeFileSync(empty, '');
  expect(await read(empty)).toHaveLength(0);
});

test('a file that is not there is named with the reason', async () => {
  await expect(read(join(folder, 'nothing.txt'))).rejects.toMatchObject({
    notice: { code: 'report-file', where: [`${join(folder, 'nothing.txt')}: there is no such file`] },
  });
});
