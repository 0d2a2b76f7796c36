/**
 * Reports that once led the reader or the journal astray, made as small as can be: each ends as is written here by hand.
 * Time zone of the marketplace: America/Los_Angeles.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { followReport } from '../../properties/whole-path.ts';
import { notation } from '../../domain/journal/classified-file.ts';

const SOLD_IN_JULY = {
  '2026-07-31': ['Dr selling-fees 3.74', 'Dr fulfilment-fees 3.10', 'Cr settlement-in-progress 6.84'],
  '2026-08-03': ['Dr payouts-in-transit 18.06 (payout line)', 'Cr clearing 24.90', 'Dr settlement-in-progress 6.84'],
};

/** File → its end: `code line column`, or the journal by its days. */
const ENDS: Record<string, string | Record<string, string[]>> = {
  // The year 26 was written without its zeros and sorted after 2026: costs of January were dated in February.
  'start-in-the-year-26-usd.txt': 'report-date 2 settlement-start-date',
  'row-in-the-year-26-usd.txt': 'report-date 4 posted-date-time',
  // A spreadsheet's "Unicode Text", UTF-16 with its mark, was no settlement report. 24.90 − 3.10 − 3.74 = 18.06; costs of July stay in July.
  'unicode-text-utf16-eur.txt': SOLD_IN_JULY,
  // Lines that end in CR alone were taken for one header, and the order id was shown as a column that stands twice.
  'cr-line-ends-eur.txt': SOLD_IN_JULY,
  // With one row the file was called cut off after its header.
  'cr-line-ends-one-row-eur.txt': {
    '2026-07-31': ['Dr subscription 39.00', 'Cr settlement-in-progress 39.00'],
    '2026-08-03': ['Cr balance-due-to-amazon 39.00 (payout line)', 'Dr settlement-in-progress 39.00'],
  },
};

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('damaged reports that are kept', () => {
  test('have each their end written down', () => {
    expect(files.sort()).toEqual(Object.keys(ENDS).sort());
  });

  test.each(files)('%s', (name) => {
    const followed = followReport(new Uint8Array(readFileSync(new URL(name, folder))), { zone: 'America/Los_Angeles' });
    const end =
      followed.end === 'journal'
        ? Object.fromEntries(
            followed.built.plan.parts.map(({ date, lines }) => [date, notation(lines, followed.header.currency)]),
          )
        : followed.end === 'refused'
          ? `${followed.problem.code} ${followed.problem.line} ${followed.problem.column}`
          : followed.keys.join(' | ');
    expect(end).toEqual(ENDS[name]);
  });
});
