/**
 * The worked examples of the accounting design, typed from its tables: what they open, wash and expect on statements, and
 * what mode summary books. Their journals in mode invoice stand beside the files: test/golden/settlements.
 */
import { describe, expect, test } from '@jest/globals';
import { buildOpeningEntry } from '../../../src/domain/journal/build-opening-entry.ts';
import { bookingContext } from '../../../src/domain/mapping/booked-role.ts';
import { expectedMovements } from '../../../src/domain/matching/expected-movements.ts';
import { POSTING_MODES } from '../../../src/domain/posting-modes/posting-modes.ts';
import { build, classifiedFile, notation } from './classified-file.ts';

function movementsOf(name: string) {
  const { header, rows } = classifiedFile(name);
  return expectedMovements(header, rows);
}
const openingOf = (name: string) => buildOpeningEntry(classifiedFile(name).rows);

test('the tax of an order that Amazon withholds in full washes: its six rows leave no residual', () => {
  const { header, rows } = classifiedFile('order-and-reserve-usd.txt');
  expect(build(header, rows)).toMatchObject({ residuals: [], washedRows: 6 });
});

test('mode summary recognises the sale instead of clearing it', () => {
  const { header, rows } = classifiedFile('order-and-reserve-usd.txt', bookingContext('summary'));
  const { plan } = build(header, rows, { mode: POSTING_MODES.summary });
  expect(notation(plan.parts[0]!.lines).slice(1)).toEqual([
    'Dr reserve-held 20.00',
    'Cr product-sales 65.00',
    'Cr shipping-income 5.99',
    'Dr promotions 5.00',
    'Dr selling-fees 9.90',
    'Dr fulfilment-fees 13.07',
    'Dr storage 3.00',
  ]);
});

test('a reserve that the first file of a chain releases opens it', () => {
  expect(notation(openingOf('reserve-in-and-out-eur.txt')!, 'EUR')).toEqual([
    'Dr reserve-held 50.00',
    'Cr opening-balance 50.00',
  ]);
});

describe('a chain of negative settlements', () => {
  test('S1: a negative total is owed to Amazon, and nothing is expected on a statement', () => {
    expect(movementsOf('negative-1-cad-v1.txt')).toEqual({ movements: [], returned: [] });
    expect(openingOf('negative-1-cad-v1.txt')).toBeNull();
  });

  test('S2: what was owed is charged to the card', () => {
    expect(movementsOf('negative-2-cad-v1.txt').movements).toEqual([
      { kind: 'charge', amount: -32169n, postedAt: '2026-07-17T09:12:30Z', line: 4 },
    ]);
  });

  test('S2 as the first of its chain opens with the balance due that it carries in', () => {
    expect(notation(openingOf('negative-2-cad-v1.txt')!, 'CAD')).toEqual([
      'Cr balance-due-to-amazon 321.69',
      'Dr opening-balance 321.69',
    ]);
  });

  test('S3: payout, charge and micro deposit are three movements', () => {
    expect(movementsOf('negative-3-cad-v1.txt')).toEqual({
      movements: [
        { kind: 'payout', amount: 101608n, postedAt: '2026-08-16T07:52:49Z', line: null },
        { kind: 'charge', amount: -6231n, postedAt: '2026-07-31T09:10:02Z', line: 4 },
        { kind: 'micro-deposit', amount: 1n, postedAt: '2026-08-01T10:00:00Z', line: 5 },
      ],
      returned: [],
    });
  });
});
