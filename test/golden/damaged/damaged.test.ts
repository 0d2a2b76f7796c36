/**
 * Reports that once led the reader or the journal astray, made as small as can be: each ends as is written here by hand.
 * Time zone of the marketplace: America/Los_Angeles.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { followReport } from '../../properties/whole-path.ts';
import { notation } from '../../domain/journal/classified-file.ts';

/** File → its end: `code line column`, or the journal by its days. */
const ENDS: Record<string, string | Record<string, string[]>> = {
  // The year 26 was written without its zeros and sorted after 2026: costs of January were dated in February.
  'start-in-the-year-26-usd.txt': 'report-date 2 settlement-start-date',
  'row-in-the-year-26-usd.txt': 'report-date 4 posted-date-time',
};

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('damaged reports that are kept', () => {
  test('have each their end written down', () => {
    expect(files.sort()).toEqual(Object.keys(ENDS).sort());
  });

  test.each(files)('%s', (name) => {
    const followed = followReport(new Uint8Array(readFileSync(new URL(name, folder))), { zone: 'America/Los_Angeles' });
    const end = followed.end === 'journal' ? Object.fromEntries(followed.built.plan.parts.map(({ date, lines }) => [date, notation(lines, followed.header.currency)]))
      : followed.end === 'refused' ? `${followed.problem.code} ${followed.problem.line} ${followed.problem.column}` : followed.keys.join(' | ');
    expect(end).toEqual(ENDS[name]);
  });
});
