/** The worked examples of the accounting design, typed from its tables. */
import { describe, expect, test } from '@jest/globals';
import { POSTING_MODES } from '../../../src/domain/posting-modes/posting-modes.ts';
import { buildOpeningEntry } from '../../../src/domain/journal/build-opening-entry.ts';
import { bookingContext } from '../../../src/domain/mapping/booked-role.ts';
import { expectedMovements } from '../../../src/domain/matching/expected-movements.ts';
import { build, classifiedFile, notation } from './classified-file.ts';

function journal(name: string) {
  const { header, rows } = classifiedFile(name);
  const built = build(header, rows);
  expect(built.plan.parts).toHaveLength(1);
  return { part: built.plan.parts[0]!, built, header, rows };
}

describe('an order, its fees and a reserve (S1), then its refund (S2), in mode invoice', () => {
  test('S1: the journal clears 65.99 and is dated 29 October', () => {
    const { part, built } = journal('order-and-reserve-usd.txt');
    expect(part.date).toBe('2026-10-29');
    expect(notation(part.lines)).toEqual([
      'Dr payouts-in-transit 20.02 (payout line)',
      'Cr clearing 65.99',
      'Dr reserve-held 20.00',
      'Dr selling-fees 9.90',
      'Dr fulfilment-fees 13.07',
      'Dr storage 3.00',
    ]);
    expect(built).toMatchObject({ residuals: [], washedRows: 6 });
  });

  test('S2: 38.00 on each side, dated 12 November', () => {
    const { part } = journal('refund-and-reimbursement-usd.txt');
    expect(part.date).toBe('2026-11-12');
    expect(notation(part.lines)).toEqual([
      'Dr payouts-in-transit 11.50 (payout line)',
      'Dr clearing 25.00',
      'Cr reserve-released 20.00',
      'Cr selling-fees 3.00',
      'Dr advertising 1.50',
      'Cr reimbursements 15.00',
    ]);
    expect(part.lines.reduce((sum, line) => sum + line.debit, 0n)).toBe(3800n);
  });

  test('S1 in mode summary recognises the sale instead of clearing it', () => {
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
});

describe('a reserve released and held in one settlement', () => {
  test('gives 242.00 on each side, in euro', () => {
    const { part } = journal('reserve-in-and-out-eur.txt');
    expect(notation(part.lines, 'EUR')).toEqual([
      'Dr payouts-in-transit 131.80 (payout line)',
      'Cr clearing 180.00',
      'Dr reserve-held 60.00',
      'Cr reserve-released 50.00',
      'Dr selling-fees 28.08',
      'Dr fulfilment-fees 15.10',
      'Dr storage 7.02',
      'Cr reimbursements 12.00',
    ]);
    expect(part.lines.reduce((sum, line) => sum + line.debit, 0n)).toBe(24200n);
  });

  test('opens the chain with the reserve of 50.00 that it releases', () => {
    expect(notation(buildOpeningEntry(classifiedFile('reserve-in-and-out-eur.txt').rows)!, 'EUR')).toEqual([
      'Dr reserve-held 50.00',
      'Cr opening-balance 50.00',
    ]);
  });
});

describe('a chain of negative settlements', () => {
  test('S1: a negative total is owed to Amazon', () => {
    const { part, header, rows } = journal('negative-1-cad-v1.txt');
    expect(notation(part.lines, 'CAD')).toEqual([
      'Cr balance-due-to-amazon 321.69 (payout line)',
      'Dr storage 191.70',
      'Dr advertising 89.29',
      'Dr subscription 29.99',
      'Dr tax-on-fees 10.71',
    ]);
    expect(expectedMovements(header, rows)).toEqual({ movements: [], returned: [] });
    expect(buildOpeningEntry(rows)).toBeNull();
  });

  test('S2: the balance due comes in, is charged, and a new one stays; the payout line is not netted with it', () => {
    const { part, header, rows } = journal('negative-2-cad-v1.txt');
    expect(notation(part.lines, 'CAD')).toEqual([
      'Cr balance-due-to-amazon 62.31 (payout line)',
      'Dr balance-due-to-amazon 321.69',
      'Cr amazon-charges 321.69',
      'Dr inbound 62.31',
    ]);
    expect(expectedMovements(header, rows).movements).toEqual([
      { kind: 'charge', amount: -32169n, postedAt: '2026-07-17T09:12:30Z', line: 4 },
    ]);
  });

  test('S2 as the first of its chain opens with the balance due that it carries in', () => {
    expect(notation(buildOpeningEntry(classifiedFile('negative-2-cad-v1.txt').rows)!, 'CAD')).toEqual([
      'Cr balance-due-to-amazon 321.69',
      'Dr opening-balance 321.69',
    ]);
  });

  test('S3: payout, charge and micro deposit are three movements', () => {
    const { part, header, rows } = journal('negative-3-cad-v1.txt');
    expect(notation(part.lines, 'CAD')).toEqual([
      'Dr payouts-in-transit 1016.08 (payout line)',
      'Cr clearing 1500.00',
      'Dr payouts-in-transit 0.01',
      'Dr balance-due-to-amazon 62.31',
      'Cr amazon-charges 62.31',
      'Dr selling-fees 228.00',
      'Dr fulfilment-fees 255.91',
    ]);
    expect(expectedMovements(header, rows)).toEqual({
      movements: [
        { kind: 'payout', amount: 101608n, postedAt: '2026-08-16T07:52:49Z', line: null },
        { kind: 'charge', amount: -6231n, postedAt: '2026-07-31T09:10:02Z', line: 4 },
        { kind: 'micro-deposit', amount: 1n, postedAt: '2026-08-01T10:00:00Z', line: 5 },
      ],
      returned: [],
    });
  });
});
