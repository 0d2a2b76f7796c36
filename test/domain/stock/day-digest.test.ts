import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DayDigests } from '../../../src/domain/stock/day-digest.ts';
import type { LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow } from './ledger-row.ts';

const row = ledgerRow();
const digestsOf = (rows: readonly LedgerRow[]) => {
  const digests = new DayDigests();
  for (const one of rows) digests.add(one);
  return digests.days;
};

describe('what the rows of a day hash to', () => {
  test('does not depend on their order, and says how many there are', () => {
    const anyRow = fc.record({
      ...Object.fromEntries(Object.keys(row).map((name) => [name, fc.constant(row[name as keyof LedgerRow])])),
      quantity: fc.integer({ min: -5, max: 5 }),
      day: fc.constantFrom('2026-10-10', '2026-10-11'),
    }) as unknown as fc.Arbitrary<LedgerRow>;
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const days = digestsOf(rows);
        expect(digestsOf(rows.toReversed())).toEqual(days);
        expect([...days.values()].reduce((sum, day) => sum + day.rows, 0)).toBe(rows.length);
      }),
    );
  });

  test.each([
    ['one row more', [row, row]],
    ['none of it', []],
    ['another quantity', [{ ...row, quantity: 1 }]],
    ['another centre', [{ ...row, centre: 'PHX6' }]],
    ['another title', [{ ...row, title: 'Mug, blue' }]],
    ['units that were reconciled', [{ ...row, reconciled: 1, unreconciled: 0 }]],
    ['a quantity that is not known any more', [{ ...row, unreconciled: null }]],
  ])('changes with %s', (_, rows) => {
    expect(digestsOf(rows).get(row.day)?.digest).not.toBe(digestsOf([row]).get(row.day)!.digest);
  });
});
