/** A file of Amazon's that cannot be used ends the command with a code, a place and what to do. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../src/errors/exit-codes.ts';
import type { TieoutError } from '../../../src/errors/tieout-error.ts';
import { readVatFile } from '../../../src/operations/tax/read-vat-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tieout-vat-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const WISH = { month: '2026-10', currencies: ['GBP'] };
const noticeOf = (file: string) =>
  readVatFile(file, WISH).then(
    () => null,
    (error: unknown) => (error as TieoutError).notice,
  );

test('a settlement report is of another layout', async () => {
  const file = join(folder, 'settlement.txt');
  writeFileSync(file, 'settlement-id\tsettlement-start-date\n1\t2026-10-01\n');
  expect(await noticeOf(file)).toMatchObject({
    code: 'vat-report',
    what: expect.stringMatching(
      /^Amazon's VAT report cannot be used: it is of another layout: it has no TRANSACTION_TYPE, /,
    ),
    notDone: 'Nothing is shown.',
    where: [`${file}, line 1`],
  });
  expect(exitCodeOf('vat-report')).toBe(2);
});

test('a file that is not there is named', async () => {
  const file = join(folder, 'none.txt');
  expect(await noticeOf(file)).toMatchObject({ code: 'report-file', where: [`${file}: there is no such file`] });
  expect(await noticeOf(folder)).toMatchObject({ code: 'report-file', where: [`${folder}: it is a folder`] });
});
