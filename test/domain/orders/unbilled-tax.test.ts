import { expect, test } from '@jest/globals';
import type { OrderLine } from '../../../src/domain/orders/sales-order.ts';
import { unbilledTax } from '../../../src/domain/orders/unbilled-tax.ts';

const tax = (item: string, quantity: number, jurisdiction: string, amount = 1900n): OrderLine => ({
  tag: `${item} tax`,
  goods: false,
  sku: null,
  component: 'tax',
  quantity,
  amount,
  tax: { jurisdiction, rate: 1900n, net: 10000n },
});
const goods: OrderLine = { ...tax('A', 3, 'DE'), tag: 'A principal', goods: true, component: 'principal' };

test.each<[string, OrderLine[], string[]]>([
  ['billed in two parts leaves none', [tax('A', 2, 'DE'), tax('A', 1, 'DE')], []],
  ['billed in another country is left', [tax('A', 3, 'GB')], ['A tax']],
  ['billed there in part is left', [tax('A', 2, 'DE'), tax('A', 1, 'GB')], ['A tax']],
  ['that turned out to be another’s is left', [goods], ['A tax']],
  ['of another item does not count', [tax('B', 3, 'DE')], ['A tax']],
])('a tax line of the order %s', (_, billed, left) => {
  expect([...unbilledTax([goods, tax('A', 3, 'DE')], billed)]).toEqual(left);
});
