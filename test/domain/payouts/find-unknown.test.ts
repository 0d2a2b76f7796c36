import { expect, test } from '@jest/globals';
import { findUnknown, isOfSettlement } from '../../../src/domain/payouts/find-unknown.ts';

const KNOWN = new Set(['AMZ_us_SO_114-1_1']);

test('what NetSuite holds under a key of the connection and the store does not know is unknown', () => {
  const held = [
    'AMZ_us_SO_114-1_1',
    'AMZ_us_INV_114-1-D1_1',
    'AMZ_us_JE_2001-v1_1',
    'AMZ_eu_SO_114-2_1',
    'their-own-key',
    null,
  ];
  expect(findUnknown('us', held, KNOWN)).toEqual(['AMZ_us_INV_114-1-D1_1', 'AMZ_us_JE_2001-v1_1']);
});

test('what was deleted because its retention has passed is not', () => {
  const held = [
    'AMZ_us_INV_114-7-1-D1_1',
    'AMZ_us_CM_114-7-1-20261001T120000Z_1',
    'AMZ_us_SO_114-7-10_1',
    'AMZ_us_PAY_2001_1',
    'AMZ_us_PAY_2002_1',
  ];
  const purged = { orders: new Set(['114-7-1']), settlements: new Set(['2001']) };
  expect(findUnknown('us', held, new Set(), purged)).toEqual(['AMZ_us_SO_114-7-10_1', 'AMZ_us_PAY_2002_1']);
});

test('documents of a settlement are those of its id, whatever their letter', () => {
  expect(
    [
      'AMZ_us_JE_2001_1',
      'AMZ_us_JE_2001-v2_1',
      'AMZ_us_DEP_2001-b1_1',
      'AMZ_us_JE_20011_1',
      'AMZ_us_INV_114-2001-D1_1',
      'anything',
    ].map((id) => isOfSettlement(id, '2001')),
  ).toEqual([true, true, true, false, false, false]);
});
