/** Parts of transactions, rows of orders joined, months that are asked for. */
import { describe, expect, test } from '@jest/globals';
import { startOfDay } from '../../../src/domain/money/instant.ts';
import { joinOrderRows, MixedCurrencies, type MonthOrderRow } from '../../../src/domain/period/month-orders.ts';
import { monthSpan, reportMonthsDue } from '../../../src/domain/period/report-months.ts';
import { leavesOf, partsOf, type BreakdownNode } from '../../../src/domain/period/transaction-parts.ts';

const node = (name: string, amount: bigint | null, ...within: BreakdownNode[]): BreakdownNode => ({
  name,
  amount,
  within,
});
const mug = { sku: 'MUG', orderItemId: null, quantity: 2 };
const nobody = { sku: null, orderItemId: null, quantity: null };

describe('parts of a transaction', () => {
  const sale = [
    node('ProductCharges', 3000n, node('OurPricePrincipal', 3000n)),
    node('AmazonFees', -1000n, node('Commission', -450n, node('Base', -450n)), node('FBAPerUnitFulfillmentFee', -550n)),
  ];

  test('are the leaves, each by the names on the way to it', () => {
    expect(leavesOf(sale, mug)).toEqual([
      { path: 'ProductCharges/OurPricePrincipal', amount: 3000n, ...mug },
      { path: 'AmazonFees/Commission/Base', amount: -450n, ...mug },
      { path: 'AmazonFees/FBAPerUnitFulfillmentFee', amount: -550n, ...mug },
    ]);
  });
  test('a node that what stands in it does not explain counts as it is', () => {
    expect(leavesOf([node('AmazonFees', -1000n, node('Commission', -450n))], mug)).toEqual([
      { path: 'AmazonFees', amount: -1000n, ...mug },
    ]);
  });
  test("the items' serve where they come to the total, for they name the SKU", () => {
    const items = leavesOf(sale, mug);
    expect(partsOf(2000n, items, [node('Sales', 3000n), node('Expenses', -1000n)])).toEqual(items);
  });
  test('else those of the transaction itself, as for a reimbursement', () => {
    expect(partsOf(622n, [], [node('FBAInventoryReimbursement', 622n)])).toEqual([
      { path: 'FBAInventoryReimbursement', amount: 622n, ...nobody },
    ]);
  });
  test('what neither explains stands as a rest beside them', () => {
    expect(partsOf(2001n, leavesOf(sale, mug), []).at(-1)).toEqual({ path: '(rest)', amount: 1n, ...nobody });
    expect(partsOf(-300n, [], [])).toEqual([{ path: '(rest)', amount: -300n, ...nobody }]);
    expect(partsOf(0n, [], [])).toEqual([]);
  });
});

describe('rows of the all-orders report', () => {
  const row = (changes: Partial<MonthOrderRow>): MonthOrderRow => ({
    orderId: '114-1',
    purchasedAt: '2026-10-05T16:00:00Z',
    status: 'Shipped',
    fulfilledBy: 'AMAZON',
    salesChannel: 'Amazon.com',
    currency: 'USD',
    units: 1,
    itemPrice: 2500n,
    itemStatus: 'Shipped',
    ...changes,
  });

  test('of one order are one, without the units of cancelled items', () => {
    expect(
      joinOrderRows([
        row({ itemStatus: 'Cancelled', itemPrice: null, currency: null, units: 3 }),
        row({ units: 2, itemPrice: 5000n }),
        row({ orderId: '114-2', status: 'Pending', itemStatus: 'Unshipped', currency: null, itemPrice: null }),
        row({ itemPrice: 1n }),
      ]),
    ).toEqual([
      { ...row({ units: 3, itemPrice: 5001n }), itemStatus: undefined },
      { ...row({ orderId: '114-2', status: 'Pending', currency: null, itemPrice: null }), itemStatus: undefined },
    ]);
  });
  test('are not added in two currencies', () => {
    expect(() => joinOrderRows([row({}), row({ currency: 'CAD' })])).toThrow(MixedCurrencies);
  });
});

describe('months that are asked for', () => {
  const zone = 'America/Los_Angeles';
  test('begin and end at midnight of the home zone, the first at the cut-over', () => {
    expect(startOfDay('2026-11-01', zone)).toBe('2026-11-01T07:00:00Z');
    expect(startOfDay('2026-12-01', zone)).toBe('2026-12-01T08:00:00Z');
    expect(startOfDay('2026-10-01', 'Asia/Kolkata')).toBe('2026-09-30T18:30:00Z');
    expect(monthSpan('2026-10', '2026-10-05T07:00:00Z', zone)).toEqual({
      period: '2026-10',
      lastDay: '2026-10-31',
      start: '2026-10-05T07:00:00Z',
      end: '2026-11-01T07:00:00Z',
    });
  });
  test('are asked for from the third day after them on, the last first', () => {
    const due = (now: string, cutOver = '2026-09-20T00:00:00Z') =>
      reportMonthsDue(now, cutOver, zone).map(({ period }) => period);
    expect(due('2026-11-03T07:59:59Z')).toEqual(['2026-09']);
    expect(due('2026-11-03T08:00:00Z')).toEqual(['2026-10', '2026-09']);
    expect(due('2026-11-20T00:00:00Z', '2026-11-01T07:00:00Z')).toEqual([]);
    // It is still October there.
    expect(due('2026-12-10T00:00:00Z', '2026-11-01T06:00:00Z')).toEqual(['2026-11', '2026-10']);
  });
});
