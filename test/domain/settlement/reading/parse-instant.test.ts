import { describe, expect, test } from '@jest/globals';
import { instantOf } from '../../../../src/domain/money/instant.ts';
import { parseInstantBytes } from '../../../../src/domain/settlement/reading/parse-instant.ts';

/** Reads a text that stands in the middle of others, as in a line. */
function read(text: string): string | null {
  const bytes = new TextEncoder().encode(`9\t${text}\t9`);
  const seconds = parseInstantBytes(bytes, 2, bytes.length - 2);
  return seconds === null ? null : instantOf(seconds * 1000);
}

describe('a date of a report', () => {
  test.each([
    ['2025-08-14T22:07:18+00:00', '2025-08-14T22:07:18Z'],
    ['2023-01-01 00:00:00 UTC', '2023-01-01T00:00:00Z'],
    ['2023/03/14 07:49:55 UTC', '2023-03-14T07:49:55Z'],
    ['14.03.2023 07:49:55 UTC', '2023-03-14T07:49:55Z'],
    ['2026-10-28', '2026-10-28T00:00:00Z'],
    ['28.10.2026', '2026-10-28T00:00:00Z'],
    ['2026/10/28', '2026-10-28T00:00:00Z'],
    ['2026-10-28T16:20:05', '2026-10-28T16:20:05Z'],
    ['2026-10-28T16:20:05Z', '2026-10-28T16:20:05Z'],
    ['2026-10-28 16:20:05 GMT', '2026-10-28T16:20:05Z'],
    ['2026-10-28T16:20:05.987Z', '2026-10-28T16:20:05Z'],
    ['2026-10-28T16:20:05-07:00', '2026-10-28T23:20:05Z'],
    ['2026-10-28T16:20:05+0530', '2026-10-28T10:50:05Z'],
    ['2026-01-01T00:30:00 +01:00', '2025-12-31T23:30:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2000-02-29', '2000-02-29T00:00:00Z'],
    ['1995-01-01', '1995-01-01T00:00:00Z'],
    ['2199-12-31T23:59:59Z', '2199-12-31T23:59:59Z'],
    ['2026-10-28T00:00:00+14:00', '2026-10-27T10:00:00Z'],
  ])('%s is %s', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  test.each([
    '',
    '2026-10-2',
    '09/06/25',
    '09/06/2025 ',
    '2026-10/28',
    '2026-13-01',
    '2026-00-10',
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-10-00',
    '31.04.2026',
    '2026.10.28',
    '2026-10-28 16:20',
    '2026-10-28 24:00:00',
    '2026-10-28 16:60:00',
    '2026-10-28 16:20:60',
    '2026-10-28T16:20:05.Z',
    '2026-10-28 16:20:05 PST',
    '2026-10-28 16:20:05  UTC',
    '2026-10-28 16:20:05 UTCx',
    '2026-10-28T16:20:05+1',
    '2026-10-28T16:20:05+01:0',
    '2026-10-28T16:20:05+01:000',
    '2026-10-28x16:20:05',
    '2026-1o-28',
    '-026-10-28',
    '2026-10-28T16:20:05 ',
    '0026-01-19 08:00:00 UTC',
    '1994-12-31',
    '2200-01-01',
    '2026-10-28T16:20:05+15:00',
    '2026-10-28T16:20:05+29:00',
    '2026-10-28T16:20:05+01:60',
  ])('%j is none', (text) => {
    expect(read(text)).toBeNull();
  });

  test('is every day of two hundred years, one after the other; a year outside them is a slip', () => {
    for (let day = Date.UTC(1995, 0, 1); day < Date.UTC(2200, 0, 1); day += 86_400_000) {
      const text = new Date(day).toISOString().slice(0, 10);
      if (read(text) !== `${text}T00:00:00Z`) throw new Error(`${text} was read as ${read(text)}`);
    }
  });
});
