/**
 * Tax that a settlement leaves, told apart by whose it is. By hand: an order of a cup (1.90 charged, 1.90 withheld) and two mugs
 * (5.70 that nobody withheld): 5.70 are left that Amazon does not collect.
 */
import { expect, test } from '@jest/globals';
import {
  amazonCollects,
  isTaxHandedOver,
  leftOfOrders,
  type Collecting,
  type LeftOfItem,
} from '../../../src/domain/tax/collected-tax.ts';

const ORDER = '304-1';
const MIXED: Collecting = {
  amazonCollectsTax: true,
  items: [{ orderItemId: 'cup', amazonCollects: true }, { orderItemId: 'mugs' }],
};
const TAX = { amountType: 'ItemPrice', amountDescription: 'Tax' };
const WITHHELD = { amountType: 'ItemWithheldTax', amountDescription: 'MarketplaceFacilitatorVAT-Principal' };
const left = (orderItemId: string | null, amount: bigint, more: Partial<LeftOfItem> = {}): LeftOfItem => ({
  orderId: ORDER,
  orderItemId,
  marketplaceName: 'Amazon.de',
  amount,
  owned: [],
  named: [TAX],
  order: MIXED,
  ...more,
});
const told = (...items: LeftOfItem[]) => leftOfOrders(items).map(({ amount, collected }) => [amount, collected]);

test.each<[string, Collecting | null, string | null, boolean]>([
  ['an item that says so', MIXED, 'cup', true],
  ['its neighbour that does not', MIXED, 'mugs', false],
  ['what names no item of an order that has both', MIXED, null, false],
  ['what names no item of an order that is all Amazon’s', { ...MIXED, items: [MIXED.items[0]!] }, null, true],
  [
    'an item of an order that was stored before items said so',
    { ...MIXED, items: [{ orderItemId: 'mugs' }] },
    'mugs',
    true,
  ],
  ['an order that nobody knows', null, 'cup', false],
])('%s', (_, order, item, collects) => {
  expect(amazonCollects(order, item)).toBe(collects);
});

test('the tax of one item is not Amazon’s because that of another is', () => {
  expect(told(left('cup', 0n, { named: [TAX, WITHHELD] }), left('mugs', 570n))).toEqual([[570n, false]]);
});

test('nor by a row that withheld the tax of another item, where nothing is known of the order', () => {
  expect(told(left('cup', -30n, { order: null, named: [TAX, WITHHELD] }), left('mugs', 570n, { order: null }))).toEqual(
    [
      [-30n, true],
      [570n, false],
    ],
  );
});

test('what is left of one collector does not make up for what is left of the other', () => {
  expect(told(left('cup', -570n), left('mugs', 570n))).toEqual([
    [-570n, true],
    [570n, false],
  ]);
});

test('of one collector the items of an order are taken together, and what comes to zero is none', () => {
  const order: Collecting = { amazonCollectsTax: false, items: [] };
  expect(told(left('cup', -1n, { order }), left('mugs', 1n, { order }))).toEqual([]);
  expect(told(left('cup', 2n, { order }), left('mugs', 1n, { order }))).toEqual([[3n, false]]);
});

test('of an order of two items tax is handed over where of one of them none says that it was withheld', () => {
  const row = (orderItemCode: string | null, amount: bigint, named = TAX) => ({
    transactionType: 'Order',
    orderItemCode,
    amount,
    ...named,
  });
  const cup = [row('cup', 190n), row('cup', -190n, WITHHELD)];
  expect(isTaxHandedOver(cup)).toBe(false);
  expect(isTaxHandedOver([row('mugs', 570n)])).toBe(true);
  expect(isTaxHandedOver([...cup, row('mugs', 570n)])).toBe(true);
  expect(isTaxHandedOver([...cup, row('mugs', 570n), row('mugs', -570n)])).toBe(false);
  // One that names no item may be any item's.
  expect(isTaxHandedOver([...cup, row(null, 570n)])).toBe(false);
});
