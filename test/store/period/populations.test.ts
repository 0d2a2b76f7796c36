import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AmazonBalance } from '../../../src/domain/period/amazon-balance.ts';
import type { FinanceTransaction } from '../../../src/domain/period/finance-transaction.ts';
import type { MonthOrders } from '../../../src/domain/period/month-orders.ts';
import { eventGroups, saveEventGroup } from '../../../src/store/payouts/event-groups.ts';
import { balancesAsOf, saveBalances } from '../../../src/store/period/amazon-balances.ts';
import { monthOrders, monthsRead, purgeMonths, saveMonthOrders } from '../../../src/store/period/month-orders.ts';
import {
  earlierTotals,
  openDays,
  purgeTransactions,
  saveTransactions,
  transactionsBetween,
  transactionsOfOrders,
} from '../../../src/store/period/transactions.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

let postgres: FreshPostgres;
let db: FreshPostgres['store']['db'];
let connection = '';
let connections = 0;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  ({
    store: { db },
  } = postgres);
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(() => {
  connections += 1;
  connection = `demo-${connections}`;
});

const sold = (changes: Partial<FinanceTransaction> = {}): FinanceTransaction => ({
  transactionId: 'T-1',
  type: 'Shipment',
  description: 'Order Payment',
  status: 'DEFERRED',
  postedAt: '2026-10-31T16:00:00Z',
  orderId: '114-1',
  shipmentId: 'D1',
  groupId: null,
  settlementId: null,
  releases: null,
  releasedBy: null,
  maturesAt: '2026-11-09T16:00:00Z',
  marketplaceName: 'Amazon.com',
  fulfilledBy: 'AMAZON',
  currency: 'USD',
  total: 1800n,
  parts: [
    { path: 'ProductCharges/OurPricePrincipal', amount: 2500n, sku: 'MUG', orderItemId: null, quantity: 1 },
    { path: 'AmazonFees/Commission/Base', amount: -700n, sku: 'MUG', orderItemId: null, quantity: 1 },
  ],
  ...changes,
});
const OCTOBER = ['2026-10-01T07:00:00Z', '2026-11-01T07:00:00Z'] as const;

describe('transactions of Finances', () => {
  test('are kept once, and get the status, the group and the release with which they are told later', async () => {
    await saveTransactions(db, connection, [sold(), sold()]);
    const released = sold({
      status: 'DEFERRED_RELEASED',
      groupId: 'G2',
      settlementId: '27200000002',
      releasedBy: 'T-1R',
      maturesAt: null,
    });
    await saveTransactions(db, connection, [released, { ...released }]);
    expect(await transactionsBetween(db, connection, ...OCTOBER)).toEqual([released]);
    expect(await earlierTotals(db, connection, 'T-1')).toEqual([]);
  });

  test('stay in the month in which they were first told, whatever instant they have later', async () => {
    await saveTransactions(db, connection, [sold()]);
    await saveTransactions(db, connection, [sold({ status: 'DEFERRED_RELEASED', postedAt: '2026-11-09T16:00:00Z' })]);
    const [kept] = await transactionsBetween(db, connection, ...OCTOBER);
    expect([kept?.postedAt, kept?.status]).toEqual(['2026-10-31T16:00:00Z', 'DEFERRED_RELEASED']);
  });

  test('have the total that Amazon tells now with its parts, and the one before is noted', async () => {
    await saveTransactions(db, connection, [sold()]);
    const parts = [{ ...sold().parts[0]!, amount: 1750n }];
    await saveTransactions(db, connection, [sold({ total: 1750n, parts })]);
    await saveTransactions(db, connection, [sold({ total: 1750n, parts })]);
    const [kept] = await transactionsBetween(db, connection, ...OCTOBER);
    expect([kept?.total, kept?.parts]).toEqual([1750n, parts]);
    expect(await earlierTotals(db, connection, 'T-1')).toEqual([1800n]);
    await saveTransactions(db, connection, [sold({ total: 1760n })]);
    expect(await earlierTotals(db, connection, 'T-1')).toEqual([1800n, 1750n]);
  });

  test('are found by a half open window in order, by their orders, and by connection', async () => {
    const at = (transactionId: string, postedAt: string, orderId: string | null) =>
      sold({ transactionId, postedAt, orderId });
    const [early, late, next] = [
      at('T-b', '2026-10-01T07:00:00Z', '114-2'),
      at('T-a', '2026-11-01T06:59:59Z', null),
      at('T-c', '2026-11-01T07:00:00Z', '114-1'),
    ];
    await saveTransactions(db, connection, [next, late, early]);
    await saveTransactions(db, `${connection}-x`, [sold()]);
    expect(await transactionsBetween(db, connection, ...OCTOBER)).toEqual([early, late]);
    expect(await transactionsOfOrders(db, connection, ['114-1', '114-2', '114-9'])).toEqual([early, next]);
    expect(await transactionsOfOrders(db, connection, [])).toEqual([]);
  });

  test('are open while they are deferred, or released into no group', async () => {
    const on = (day: string, changes: Partial<FinanceTransaction>) =>
      sold({ transactionId: day, postedAt: `${day}T10:00:00Z`, ...changes });
    await saveTransactions(db, connection, [
      on('2026-10-01', {}),
      on('2026-10-03', { status: 'RELEASED' }),
      on('2026-10-04', { status: 'RELEASED', groupId: 'G1' }),
      on('2026-10-05', { status: 'DEFERRED_RELEASED' }),
      on('2026-10-06', {}),
    ]);
    expect(await openDays(db, connection, '2026-10-01T00:00:00Z', '2026-10-06T00:00:00Z')).toEqual([
      '2026-10-01',
      '2026-10-03',
    ]);
  });

  test('go when their retention has passed, but not one that is deferred', async () => {
    await saveTransactions(db, connection, [
      sold(),
      sold({ transactionId: 'T-2', status: 'RELEASED', groupId: 'G1' }),
      sold({ transactionId: 'T-3', status: 'RELEASED', groupId: 'G1', postedAt: '2026-11-02T00:00:00Z' }),
    ]);
    while (await purgeTransactions(db, connection, '2026-11-01T00:00:00Z'));
    const left = await transactionsBetween(db, connection, '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z');
    expect(left.map(({ transactionId }) => transactionId)).toEqual(['T-1', 'T-3']);
  });
});

test('orders of a month are null until its report was read, and the last reading counts', async () => {
  const read: MonthOrders = {
    askedAt: '2026-11-03T08:00:00Z',
    readAt: '2026-11-03T08:01:00Z',
    sha256: 'ab',
    unreadable: 1,
    orders: [
      {
        orderId: '114-1',
        purchasedAt: '2026-10-05T16:00:00Z',
        status: 'Shipped',
        fulfilledBy: 'AMAZON',
        salesChannel: 'Amazon.com',
        currency: 'USD',
        units: 2,
        itemPrice: 5000n,
      },
      {
        orderId: '114-2',
        purchasedAt: '2026-10-06T16:00:00Z',
        status: 'Pending',
        fulfilledBy: 'MERCHANT',
        salesChannel: 'Amazon.com',
        currency: null,
        units: 1,
        itemPrice: null,
      },
    ],
  };
  expect(await monthOrders(db, connection, '2026-10')).toBeNull();
  await saveMonthOrders(db, connection, '2026-10', { ...read, orders: [] });
  await saveMonthOrders(db, connection, '2026-10', read);
  expect(await monthOrders(db, connection, '2026-10')).toEqual(read);
  expect(await monthsRead(db, connection)).toEqual(new Set(['2026-10']));
  await purgeMonths(db, connection, '2026-10');
  expect(await monthOrders(db, connection, '2026-10')).toEqual(read);
  await purgeMonths(db, connection, '2026-11');
  expect(await monthOrders(db, connection, '2026-10')).toBeNull();
});

test("Amazon's balances of a day are kept as a whole, in its order", async () => {
  const balance = (balanceType: string, amount: bigint): AmazonBalance => ({
    marketplaceId: 'ATVPDKIKX0DER',
    accountType: 'Standard Orders',
    balanceType,
    currency: 'USD',
    amount,
    asOf: '2026-10-31',
    askedAt: '2026-11-03T08:00:00Z',
  });
  const told = [
    balance('TOTAL', 5000n),
    balance('AVAILABLE', 7000n),
    { ...balance('RESERVED', -2000n), marketplaceId: null },
  ];
  await saveBalances(db, connection, '2026-10-31', [balance('TOTAL', 1n)]);
  await saveBalances(db, connection, '2026-10-31', told);
  expect(await balancesAsOf(db, connection, '2026-10-31')).toEqual(told);
  expect(await balancesAsOf(db, connection, '2026-09-30')).toEqual([]);
});

test('event groups are told in full, open ones too', async () => {
  const open = {
    groupId: 'G2',
    currency: 'USD',
    total: 2000n,
    startedAt: '2026-10-29T07:00:00Z',
    endedAt: null,
    processing: 'Open',
    beginningBalance: 2000n,
    status: null,
    transferAt: null,
    converted: null,
    traceId: null,
    accountTail: null,
  };
  const closed = {
    ...open,
    groupId: 'G1',
    total: 10_000n,
    startedAt: '2026-10-15T07:00:00Z',
    endedAt: '2026-10-29T07:00:00Z',
    processing: 'Closed',
    beginningBalance: null,
    status: 'Successful',
    converted: { amount: 9000n, currency: 'EUR' },
  };
  for (const group of [open, { ...closed, processing: 'Open' }, closed]) await saveEventGroup(db, connection, group);
  expect(await eventGroups(db, connection)).toEqual([closed, open]);
});
