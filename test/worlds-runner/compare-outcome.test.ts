import { describe, expect, test } from '@jest/globals';
import { compareOutcome, type Outcome } from './compare-outcome.ts';
import type { ExpectedOutcome } from './world-folder.ts';

const GOT: Outcome = {
  exit: 0,
  tied: { '1': true },
  totals: [{ file: '1-1.txt', settlementId: '1', currency: 'USD', total: '100.00', booked: '100.00' }],
  currencies: ['USD'],
  balances: {
    bank: { USD: '100.00' },
    clearing: { USD: '0.00' },
    cogs: { USD: '24.00' },
    inventory: { USD: '-24.00' },
    refunds: { USD: '26.00' },
  },
  roles: ['bank', 'clearing', 'cogs', 'inventory', 'refunds', 'points'],
  parts: { '2026-10-31': { '6110': '9', '6120': '5.5' } },
  documents: { CM: { A: ['5.00', '15.00', '5.00'] } },
  exceptions: ['drift', 'tax-residual', 'drift'],
  raised: ['drift', 'tax-residual', 'chain-broken'],
};
const compared = (expected: Omit<ExpectedOutcome, 'exit'> & { exit?: number }, got: Partial<Outcome> = {}) =>
  compareOutcome({ exit: 0, ...expected }, { ...GOT, ...got }).map(
    ({ where, expected: wanted, got: came }) => `${where}: ${wanted} / ${came}`,
  );

test('the exit code, and whether each named settlement is tied', () => {
  expect(compared({ tied: { '1': true } })).toEqual([]);
  expect(compared({ exit: 3, tied: { '1': false, '2': true } })).toEqual([
    'exit: 3 / 0',
    'tied 1: false / true',
    'tied 2: true / not there',
  ]);
});

test('totals are those of the files in their order, and what is booked is the last of its settlement', () => {
  const again = [GOT.totals[0]!, { ...GOT.totals[0]!, file: '2-1-again.txt', total: '30.00', booked: '30.00' }];
  expect(compared({ totals: ['100.0'] })).toEqual([]);
  expect(compared({ totals: ['100.01'] })).toEqual(['totals: 100.01 / 100']);
  expect(compared({ totals: ['100.00', '30.00'] }, { totals: again })).toEqual([]);
  expect(
    compared({ totals: ['100.00', '30.00'] }, { totals: again.map((file) => ({ ...file, booked: '100.00' })) }),
  ).toEqual(['totals 2-1-again.txt: 30 / 100']);
  expect(compared({ totals: ['100.00'] }, { totals: [{ ...GOT.totals[0]!, booked: null }] })).toEqual([]);
});

describe('balances', () => {
  test('that are not named are zero, cost of goods and stock aside', () => {
    expect(compared({ balances: { bank: '100.00', refunds: '26' } })).toEqual([]);
    expect(compared({ balances: { bank: '100.00' } })).toEqual(['balances refunds: 0.00 / 26.00']);
    expect(compared({ balances: { bank: '100.00', refunds: '26', cogs: '23.99', inventory: '-24.00' } })).toEqual([
      'balances cogs: 23.99 / 24.00',
    ]);
  });
  test('that are not named are not compared where others are any', () => {
    expect(compared({ balances: { bank: '100.00' }, others: 'any' })).toEqual([]);
    expect(compared({ balances: { bank: '99.99' }, others: 'any' })).toEqual(['balances bank: 99.99 / 100.00']);
  });
  test('that nobody booked are zero too', () => {
    expect(compared({ balances: { bank: '100.00', refunds: '26.00', points: '0.00' } })).toEqual([]);
    expect(compared({ balances: { bank: '100.00', refunds: '26.00', points: '0.01' } })).toEqual([
      'balances points: 0.01 / 0.00',
    ]);
  });
  test('name their currency, which may be left out where there is one', () => {
    const two = { currencies: ['USD', 'CAD'], balances: { bank: { USD: '1.00', CAD: '2.00' } } };
    expect(compared({ balances: { 'bank.USD': '1.00', 'bank.CAD': '2.00' } }, two)).toEqual([]);
    expect(compared({ balances: { 'bank.USD': '1.00' } }, two)).toEqual(['balances bank.CAD: 0.00 / 2.00']);
    expect(compared({ balances: { bank: '3.00' }, others: 'any' }, two)).toEqual([
      'balances bank: 3.00 / the files have several currencies: name it bank.USD',
    ]);
    expect(compared({ balances: { 'bank.USD': '100.00', 'refunds.USD': '26.00' } })).toEqual([]);
  });
  test('have no names but those of roles, and no cents where a currency has none', () => {
    expect(compared({ balances: { clearng: '0.00' }, others: 'any' })).toEqual([
      'balances clearng: 0.00 / no role of this name',
    ]);
    expect(compared({ balances: { 'bank.JPY': '1.50' }, others: 'any' })).toEqual([
      'balances bank.JPY: 1.50 (no amount in JPY) / 0',
    ]);
  });
});

test('of parts only the named lines count', () => {
  expect(compared({ parts: { '2026-10-31': { '6110': '9.00' } } })).toEqual([]);
  expect(compared({ parts: { '2026-10-31': { '6120': '5.05' }, '2026-11-30': { '6110': '1.00' } } })).toEqual([
    'parts 2026-10-31 6120: 5.05 / 5.50',
    'parts 2026-11-30 6110: 1 / 0',
  ]);
});

describe('documents', () => {
  test('are equal in any order, and equal ones are counted', () => {
    expect(compared({ documents: { CM: { A: ['15.00', '5.00', '5.00'] } } })).toEqual([]);
    expect(compared({ documents: { CM: { A: ['15.00', '5.00'] } } })).toEqual(['documents CM A: 15, 5 / 15, 5, 5']);
  });
  test('of an order that is not named are too many, and those of a purpose that is not named do not count', () => {
    expect(compared({ documents: { CM: {} } })).toEqual(['documents CM A: none / 15, 5, 5']);
    expect(compared({ documents: { INV: { B: [] } } })).toEqual([]);
    expect(compared({ documents: { INV: { B: ['1.00'] } } })).toEqual(['documents INV B: 1 / none']);
  });
});

test('open exceptions are all named, each as often as it is open; raised ones are among those that came', () => {
  expect(compared({ exceptions: ['tax-residual', 'drift', 'drift'] })).toEqual([]);
  expect(compared({ exceptions: ['tax-residual', 'drift'] })).toEqual([
    'exceptions: drift, tax-residual / drift, drift, tax-residual',
  ]);
  expect(compared({ exceptions: [] })).toEqual(['exceptions: none / drift, drift, tax-residual']);
  expect(compared({ raised: ['chain-broken'] })).toEqual([]);
  expect(compared({ raised: ['chain-broken', 'set-off-open'] })).toEqual([
    'raised: set-off-open / chain-broken, drift, tax-residual',
  ]);
  expect(compared({ raised: [] })).toEqual(['raised: none / chain-broken, drift, tax-residual']);
});
