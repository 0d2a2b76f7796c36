/** What a settlement that ends after the month will bring for it, by Finances. */
import { describe, expect, test } from '@jest/globals';
import type { FinanceTransaction } from '../../../src/domain/period/finance-transaction.ts';
import { financesDecisions, NO_FINANCES_DECISIONS } from '../../../src/domain/period/map-finances.ts';
import {
  unsettledOf,
  type GroupEnd,
  type FoundSettlement,
  type UnsettledFacts,
} from '../../../src/domain/period/unsettled.ts';

const OCTOBER = '2026-10';
const NOVEMBER = '2026-11-01T00:00:00Z';
const transaction = (
  transactionId: string,
  parts: Record<string, bigint>,
  changes: Partial<FinanceTransaction> = {},
): FinanceTransaction => ({
  transactionId,
  type: 'Shipment',
  description: null,
  status: 'RELEASED',
  postedAt: '2026-10-28T12:00:00Z',
  orderId: '114-0000001-0000001',
  shipmentId: null,
  groupId: 'G1',
  settlementId: null,
  releases: null,
  releasedBy: null,
  maturesAt: null,
  marketplaceName: 'Amazon.com',
  fulfilledBy: 'AMAZON',
  currency: 'USD',
  total: Object.values(parts).reduce((sum, amount) => sum + amount, 0n),
  parts: Object.entries(parts).map(([path, amount]) => ({
    path,
    amount,
    sku: null,
    orderItemId: null,
    quantity: null,
  })),
  ...changes,
});
/** S1 of the worked example: two shipments, 65.99 sold, and the storage of the month. */
const S1 = [
  transaction('A', {
    'Sales/ProductCharges': 4000n,
    'Sales/Shipping': 369n,
    'Sales/PromoRebates': -500n,
    'Expenses/AmazonFees/Commission': -609n,
    'Expenses/AmazonFees/FBAPerUnitFulfillmentFee': -436n,
    'Expenses/AmazonFees/ShippingChargeback': -369n,
  }),
  transaction('B', {
    'Sales/ProductCharges': 2500n,
    'Sales/Shipping': 230n,
    'Expenses/AmazonFees/Commission': -381n,
    'Expenses/AmazonFees/FBAPerUnitFulfillmentFee': -272n,
    'Expenses/AmazonFees/ShippingChargeback': -230n,
  }),
  transaction('C', { FBAStorageFee: -300n }, { type: 'ServiceFee', orderId: null }),
];
const EXPECTED = [
  {
    currency: 'USD',
    transactions: 3,
    roles: [
      { role: 'fulfilment-fees', amount: 1307n },
      { role: 'selling-fees', amount: 990n },
      { role: 'storage', amount: 300n },
    ],
    // No part of them names a SKU, and no transaction an item.
    whose: [
      { role: 'fulfilment-fees', sku: null, channel: 'ours', marketplace: 'Amazon.com', amount: 1307n },
      { role: 'selling-fees', sku: null, channel: 'ours', marketplace: 'Amazon.com', amount: 990n },
      { role: 'storage', sku: null, channel: 'ours', marketplace: 'Amazon.com', amount: 300n },
    ],
    unknown: [],
    unclear: 0,
  },
];
const group = (endedAt: string | null, groupId = 'G1'): GroupEnd => ({
  groupId,
  currency: 'USD',
  startedAt: '2026-10-15T00:00:00Z',
  endedAt,
});
/** Ended as its group did; with parts in those months. */
const settled = (end: string, ...months: string[]): FoundSettlement => ({
  settlementId: 'S1',
  currency: 'USD',
  start: '2026-10-15T00:00:00Z',
  end,
  months,
  isOurs: true,
});
const day = (at: string) => at.slice(0, 10);
const dayBefore = (end: string) => day(new Date(Date.parse(end) - 1).toISOString());
const of = (
  transactions: FinanceTransaction[],
  groups: GroupEnd[],
  { period = OCTOBER, ...facts }: Partial<UnsettledFacts> & { period?: string } = {},
) =>
  unsettledOf(period, {
    transactions,
    groups,
    settlements: [],
    decided: NO_FINANCES_DECISIONS,
    dayOf: day,
    merchantFulfilled: 'other',
    lastDayOf: dayBefore,
    ...facts,
  });

describe('the worked example, had S1 ended on 5 November: 25.97', () => {
  test('on each day the same: group unknown, open, ended', () => {
    expect(of(S1, [])).toEqual(EXPECTED);
    expect(of(S1, [group(null)])).toEqual(EXPECTED);
    expect(of(S1, [group('2026-11-05T10:00:00Z')])).toEqual(EXPECTED);
    expect(
      of(
        S1.map((one) => ({ ...one, groupId: null })),
        [],
      ),
    ).toEqual(EXPECTED);
  });
  test('a group that ends with the month was settled in it, for its journal has its last day; a second later it was not', () => {
    expect(of(S1, [group(NOVEMBER)])).toEqual([]);
    expect(of(S1, [group('2026-11-01T00:00:01Z')])).toEqual(EXPECTED);
  });
  test('what is in a part of the month is left out, and only that', () => {
    const end = '2026-11-05T10:00:00Z';
    const settlements = [settled(end, OCTOBER)];
    expect(of(S1, [group(end)], { settlements })).toEqual([]);
    const other = transaction('D', { FBAStorageFee: -100n }, { type: 'ServiceFee', groupId: 'G2' });
    expect(of([...S1, other], [group(end), group('2026-11-06T10:00:00Z', 'G2')], { settlements })).toMatchObject([
      { transactions: 1, roles: [{ role: 'storage', amount: 100n }], unclear: 0 },
    ]);
    // Its settlement is named, whatever is known of its group.
    const named = S1.map((one) => ({ ...one, groupId: null, settlementId: 'S1' }));
    expect(of(named, [], { settlements })).toEqual([]);
  });
  test('what an accrual of the month before held back from a part is accrued again, by the row', () => {
    const end = '2026-12-05T10:00:00Z';
    const both = [
      ...S1,
      transaction('D', { FBAStorageFee: -100n }, { type: 'ServiceFee', postedAt: '2026-11-03T00:00:00Z' }),
    ];
    const settlements = [settled(end, '2026-11')];
    expect(of(both, [group(end)], { period: '2026-11', settlements })).toEqual(EXPECTED);
  });
  test('what another connection books is none of this one', () => {
    const end = '2026-11-05T10:00:00Z';
    expect(of(S1, [group(end)], { settlements: [{ ...settled(end), isOurs: false }] })).toEqual([]);
  });
  test('a row from before the settlement begins is in the part of its first month', () => {
    const [, , fee] = S1;
    const end = '2026-12-05T10:00:00Z';
    const settlements = [{ ...settled(end, '2026-11'), start: NOVEMBER }];
    expect(of([fee!], [group(end)], { period: '2026-11', settlements })).toEqual([]);
  });
  test('days are those of the marketplace, as the journal dates its rows', () => {
    // Ten at night on 31 October in London is the first of November in Berlin.
    const late = S1.map((one) => ({ ...one, postedAt: '2026-10-31T23:30:00Z' }));
    const berlin = (at: string) => day(new Date(Date.parse(at) + 3_600_000).toISOString());
    expect(of(late, [])).toEqual(EXPECTED);
    expect(of(late, [], { dayOf: berlin })).toEqual([]);
    const end = '2026-12-05T10:00:00Z';
    const settlements = [settled(end, OCTOBER)];
    expect(of(late, [group(end)], { period: '2026-11', settlements, dayOf: berlin })).toEqual(EXPECTED);
  });
  test('what may be in a settlement with a part, and Finances has not told, is unclear: it counts and holds the accrual', () => {
    const end = '2026-11-05T10:00:00Z';
    const settlements = [settled(end, OCTOBER)];
    const told = (groupId: string | null) => S1.map((one) => ({ ...one, groupId }));
    for (const [transactions, groups] of [
      [told(null), []],
      [told(null), [group(end)]],
      [told('G2'), []],
      [told('G2'), [group(null, 'G2')]],
    ] as const)
      expect(of(transactions, [...groups], { settlements })).toMatchObject([{ unclear: 3, transactions: 3 }]);
    // One that ended in the month, whether its report was found or its group alone is told.
    const within = '2026-10-31T00:00:00Z';
    expect(of(told(null), [], { settlements: [settled(within)] })).toMatchObject([{ unclear: 3 }]);
    expect(of(told(null), [group(within)])).toMatchObject([{ unclear: 3 }]);
    expect(of(told('G2'), [group(within)])).toEqual(EXPECTED);
    // The part is of another group, whose end is known; it is deferred; the settlement has no part for it, or is another's.
    expect(of(told('G2'), [group(end), group(null, 'G2')], { settlements })).toEqual(EXPECTED);
    expect(
      of(
        told(null).map((one) => ({ ...one, status: 'DEFERRED' as const })),
        [],
        { settlements },
      ),
    ).toEqual(EXPECTED);
    expect(of(told(null), [], { settlements: [settled(end, '2026-09')] })).toEqual(EXPECTED);
    expect(of(told(null), [], { settlements: [{ ...settled(end, OCTOBER), currency: 'CAD' }] })).toEqual(EXPECTED);
  });
  test('what is posted in the next month is none of this one', () => {
    expect(
      of(
        S1.map((one) => ({ ...one, postedAt: NOVEMBER })),
        [],
      ),
    ).toEqual([]);
    expect(
      of(
        S1.map((one) => ({ ...one, postedAt: '2026-10-31T23:59:59Z' })),
        [],
      ),
    ).toEqual(EXPECTED);
  });
  test('the order in which they are told does not count', () => {
    expect(of([...S1].reverse(), [])).toEqual(EXPECTED);
  });
});

describe('a deferred twin', () => {
  const twin = (status: FinanceTransaction['status']): FinanceTransaction[] =>
    S1.map((one) => ({ ...one, status, groupId: null }));
  const releases = (groupId: string | null, postedAt = '2026-11-08T00:00:00Z'): FinanceTransaction[] =>
    S1.map((one) => ({
      ...one,
      transactionId: `R-${one.transactionId}`,
      releases: one.transactionId,
      groupId,
      postedAt,
    }));

  test('counts once, whatever its status says today', () => {
    expect(of(twin('DEFERRED'), [])).toEqual(EXPECTED);
    const released = [...twin('DEFERRED_RELEASED'), ...releases('G1')];
    expect(of(released, [])).toEqual(EXPECTED);
    expect(of(released, [group('2026-11-12T00:00:00Z')])).toEqual(EXPECTED);
  });
  test('is of the group of its release: settled in the month it is none, whatever group it once had', () => {
    const released = [...twin('DEFERRED_RELEASED'), ...releases('G1', '2026-10-29T00:00:00Z')];
    expect(of(released, [group('2026-10-30T00:00:00Z')])).toEqual([]);
    const waiting = [
      ...twin('DEFERRED_RELEASED').map((one) => ({ ...one, groupId: 'G1' })),
      ...releases(null, '2026-10-29T00:00:00Z'),
    ];
    // Which one that is is not told yet: it may be the one that has ended.
    expect(of(waiting, [group('2026-10-30T00:00:00Z')])).toMatchObject([{ transactions: 3, unclear: 3 }]);
    expect(of(waiting, [])).toEqual(EXPECTED);
  });
  test('one still deferred is accrued again each month', () => {
    expect(of(twin('DEFERRED'), [], { period: '2026-11' })).toEqual(EXPECTED);
  });
  test('its part leaves it out by the group of the release, where that came in the month', () => {
    const within = [...twin('DEFERRED_RELEASED'), ...releases('G1', '2026-10-31T00:00:00Z')];
    const end = '2026-11-12T00:00:00Z';
    expect(of(within, [group(end)], { settlements: [settled(end, OCTOBER)] })).toEqual([]);
  });
  test('released after the month it is in no part of it: accrued, as on the day before its release', () => {
    const after = [...twin('DEFERRED_RELEASED'), ...releases('G1')];
    const end = '2026-11-12T00:00:00Z';
    expect(of(after, [group(end)], { settlements: [settled(end, OCTOBER)] })).toEqual(EXPECTED);
  });
});

describe('parts', () => {
  test('that no rule names are unknown, by kind, also where they come to nothing', () => {
    const odd = [
      transaction('X', { 'Expenses/NewFee': -100n }),
      transaction('Y', { 'Expenses/NewFee': 100n }),
      transaction('Z', { '(rest)': -7n }),
    ];
    expect(of(odd, [])).toMatchObject([
      {
        roles: [],
        unknown: [
          { type: 'Shipment', path: 'Expenses/NewFee', amount: 0n },
          { type: 'Shipment', path: '(rest)', amount: -7n },
        ],
      },
    ]);
  });
  test('that the connection decided have their role', () => {
    const decided = financesDecisions([{ transactionType: 'Shipment', path: 'NewFee', role: 'storage' }]);
    expect(of([transaction('X', { 'Expenses/NewFee': -100n })], [], { decided })).toMatchObject([
      { roles: [{ role: 'storage', amount: 100n }], unknown: [] },
    ]);
  });
  test('sales are of documents: they are no accrual; income is below zero', () => {
    expect(of([transaction('X', { 'Sales/ProductCharges': 4000n })], [])).toMatchObject([{ roles: [], unknown: [] }]);
    const paid = transaction('X', { FBAInventoryReimbursement: 1500n }, { type: 'FBAInventoryReimbursement' });
    expect(of([paid], [])).toMatchObject([{ roles: [{ role: 'reimbursements', amount: -1500n }] }]);
  });
  test('of two currencies are two accruals', () => {
    const cad = { ...S1[2]!, currency: 'CAD' };
    expect(of([...S1, cad], []).map(({ currency, transactions }) => [currency, transactions])).toEqual([
      ['USD', 3],
      ['CAD', 1],
    ]);
  });
});
