/** What is altered of a document that NetSuite holds, state by state. An invoice of 40.00 on 5 October: 35.00 of item 7, 5.00 of item 8. */
import { expect, test } from '@jest/globals';
import {
  alteredSince,
  comparedSums,
  renderAlteration,
  type HeldNow,
  type HeldSum,
} from '../../../src/domain/documents/altered-since.ts';
import { kindOf } from '../../../src/domain/documents/document-kinds.ts';

const INVOICE = { date: '2026-10-05', currency: 'USD', total: 4000n, kind: kindOf('INV') };
const sum = (item: string, amount: bigint, units = 0): HeldSum => ({ account: '54', item, amount, units });
const LINES = [sum('7', -3500n), sum('8', -500n)];
const HELD: HeldNow = {
  type: 'CustInvc',
  isPosting: true,
  day: '2026-10-05',
  total: 4000n,
  debits: 4000n,
  sums: LINES,
};
const say = (held: HeldNow | null, before: readonly HeldSum[] | null = LINES) => {
  const altered = alteredSince(INVOICE, held, before);
  const names = { account: new Map([['54', '4000']]), item: new Map([['7', 'BLU-MUG']]) };
  return altered === null ? null : renderAlteration('AMZ_us_INV_1_1', altered, names);
};

test.each<[string, HeldNow | null, string | null]>([
  ['as it was', HELD, null],
  ['its total of the other side', { ...HELD, total: -4000n }, null],
  ['gone', null, 'NetSuite no longer holds AMZ_us_INV_1_1'],
  ['another type', { ...HELD, type: 'CashSale' }, 'AMZ_us_INV_1_1 is a CashSale there'],
  [
    'another day',
    { ...HELD, day: '2026-09-30' },
    'AMZ_us_INV_1_1 is dated 2026-09-30 there, and was booked on 2026-10-05',
  ],
  ['void', { ...HELD, isPosting: false }, 'AMZ_us_INV_1_1 is not posted there any more'],
  [
    'another total',
    { ...HELD, total: 4600n },
    'AMZ_us_INV_1_1 comes to 46.00 USD there, and was posted with 40.00 USD',
  ],
  [
    'moved between its lines',
    { ...HELD, sums: [sum('7', -3000n), sum('8', -1000n)] },
    'AMZ_us_INV_1_1 has −30.00 USD on account 4000, item BLU-MUG in NetSuite, and had −35.00 USD',
  ],
  [
    'a line on another item',
    { ...HELD, sums: [sum('7', -3500n), sum('9', -500n)] },
    'AMZ_us_INV_1_1 has 0.00 USD on account 4000, item 8 in NetSuite, and had −5.00 USD',
  ],
])('%s', (_, held, words) => {
  expect(say(held)).toBe(words);
});

test('one that NetSuite never posted waits for approval, and is said elsewhere', () => {
  expect(say({ ...HELD, isPosting: false }, null)).toBeNull();
});

test('a journal is compared by its debits, a fulfilment by its units: what they cost is NetSuite’s own, and moves', () => {
  const journal = { ...INVOICE, kind: kindOf('JE') };
  expect(alteredSince(journal, { ...HELD, type: 'Journal', total: 0n }, null)).toBeNull();
  expect(alteredSince(journal, { ...HELD, type: 'Journal', debits: 4100n }, null)).not.toBeNull();
  const units = (of: readonly HeldSum[]) => comparedSums(kindOf('IF'), of);
  expect(units([sum('7', -1800n, -3), sum('7', 0n, 0)])).toEqual([{ account: null, item: '7', amount: 0n, units: -3 }]);
  const fulfilment = { ...INVOICE, kind: kindOf('IF') };
  const shipped = { ...HELD, type: 'ItemShip', sums: units([sum('7', -2100n, -3)]) };
  expect(alteredSince(fulfilment, shipped, units([sum('7', -1800n, -3)]))).toBeNull();
  expect(alteredSince(fulfilment, shipped, units([sum('7', -1800n, -2)]))).toMatchObject({ now: '-3 units' });
});
