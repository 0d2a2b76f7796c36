/** What a month is closed against, each step by itself over real servers: what is kept, and that a second look asks for nothing. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { takeInRefunds } from '../../../src/activities/intake/take-in-refunds.ts';
import { takeInAmazonBalances } from '../../../src/activities/period/take-in-amazon-balances.ts';
import { takeInMonthOrders } from '../../../src/activities/period/take-in-month-orders.ts';
import { takeInOpenTransactions } from '../../../src/activities/period/take-in-open-transactions.ts';
import { roleOfPart, NO_FINANCES_DECISIONS } from '../../../src/domain/period/map-finances.ts';
import type { FinanceTransaction } from '../../../src/domain/period/finance-transaction.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../../src/simulators/amazon/world.ts';
import { balancesAsOf } from '../../../src/store/period/amazon-balances.ts';
import { monthOrders } from '../../../src/store/period/month-orders.ts';
import { transactionsBetween } from '../../../src/store/period/transactions.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { FORTNIGHT, ORDER } from '../../simulators/amazon/month-of-money.ts';
import { openAccount, type AccountOptions, type AccountUnderTest } from '../account-under-test.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const open = async (world: AmazonWorld, now: string, options: Partial<AccountOptions> = {}) =>
  (account = await openAccount(postgres, { world, now, ...options }));
const to = (instant: string) => account.amazonPage('/clock', { to: instant });
const all = () => transactionsBetween(postgres.store.db, account.name, '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z');
const sale = (told: readonly FinanceTransaction[]) => told.filter(({ type }) => type === 'Shipment');
const asked = async (operation: string) => {
  const counts = (await (await fetch(`${account.connection.settings.amazon.endpoint}/admin/world`)).json()) as {
    calls: Record<string, number>;
  };
  return counts.calls[operation] ?? 0;
};

describe('transactions', () => {
  test('of every kind are kept in the reading that takes the refunds in, and come to what was earned and spent', async () => {
    await open(worldFromSettlements([FORTNIGHT]), '2026-11-02T12:00:00Z');
    expect(await account.run(takeInRefunds)).toEqual({ seen: 1 });
    const told = await all();
    // 40.00 sold, 10.36 of fees, 3.00 of storage, 1.80 for advertising, 15.00 reimbursed, 0.64 of which nobody knows; 10.20 given back.
    expect(told.map(({ type, total }) => [type, total])).toEqual([
      ['Shipment', 2964n],
      ['ServiceFee', -300n],
      ['ProductAdsPayment', -30n],
      ['ProductAdsPayment', -150n],
      ['FBAInventoryReimbursement', 1500n],
      ['ServiceFee', -64n],
      ['Refund', -1020n],
    ]);
    expect(told.reduce((sum, { total }) => sum + total, 0n)).toBe(2900n);
    const roles = new Map<string, bigint>();
    for (const { type, parts } of told)
      for (const { path, amount } of parts) {
        const role = roleOfPart(type, path, NO_FINANCES_DECISIONS)?.role ?? 'unknown';
        roles.set(role, (roles.get(role) ?? 0n) + amount);
      }
    expect(Object.fromEntries(roles)).toEqual({
      'product-sales': 4000n,
      'marketplace-tax': 0n,
      'selling-fees': -420n,
      'fulfilment-fees': -436n,
      storage: -300n,
      advertising: -150n,
      'tax-on-fees': -30n,
      reimbursements: 1500n,
      refunds: -1200n,
      unknown: -64n,
    });
    expect(sale(told)[0]).toMatchObject({
      orderId: ORDER,
      shipmentId: 'D1',
      settlementId: '27700000001',
      marketplaceName: 'Amazon.com',
      fulfilledBy: 'AMAZON',
    });
    await account.run(takeInRefunds);
    expect(await all()).toEqual(told);
  });

  test('of before the cut-over are left out, and of marketplaces that the connection does not list', async () => {
    await open(worldFromSettlements([FORTNIGHT]), '2026-11-02T12:00:00Z', {
      settings: { cutOver: '2026-10-26T08:30:00Z' },
    });
    await account.run(takeInRefunds);
    expect((await all()).map(({ type }) => type)).toEqual(['ServiceFee', 'Refund']);
    await account.close();
    await open(worldFromSettlements([FORTNIGHT]), '2026-11-02T12:00:00Z');
    Object.assign(account.connection.settings.marketplaces[0]!, { id: 'A2EUQ1WTGCTBG2' });
    await account.run(takeInRefunds);
    expect(await all()).toEqual([]);
  });

  test('that are deferred are read again once a day, far behind what each look reads, until they are released', async () => {
    await open({ ...worldFromSettlements([FORTNIGHT]), deferral: 'DD7' }, '2026-10-22T12:00:00Z');
    await account.run(takeInRefunds);
    expect(sale(await all())).toMatchObject([{ status: 'DEFERRED', groupId: null, releasedBy: null, total: 2964n }]);
    // Sold on the 20th: the look of November reads from the 26th on, less three days.
    await to('2026-10-26T12:00:00Z');
    await account.run(takeInRefunds);
    await to('2026-11-06T12:00:00Z');
    await account.run(takeInRefunds);
    expect(sale(await all()).map(({ status }) => status)).toEqual(['DEFERRED', 'RELEASED']);
    expect(await account.run(takeInOpenTransactions)).toEqual({ pages: 1 });
    const [twin, release] = sale(await all());
    expect(twin).toMatchObject({
      status: 'DEFERRED_RELEASED',
      postedAt: '2026-10-20T16:00:00Z',
      settlementId: '27700000001',
      releasedBy: release!.transactionId,
    });
    expect(release).toMatchObject({ status: 'RELEASED', releases: twin!.transactionId, groupId: twin!.groupId });
    expect(await account.run(takeInOpenTransactions)).toEqual({ pages: 0 });
  });

  test('that stay open are read again no oftener than once a day', async () => {
    await open({ ...worldFromSettlements([FORTNIGHT]), deferral: 'DD7' }, '2026-10-22T12:00:00Z');
    await account.run(takeInRefunds);
    await to('2026-10-25T12:00:00Z');
    expect(await account.run(takeInOpenTransactions)).toEqual({ pages: 1 });
    await to('2026-10-26T11:00:00Z');
    expect(await account.run(takeInOpenTransactions)).toEqual({ pages: 0 });
    await to('2026-10-26T13:00:00Z');
    expect(await account.run(takeInOpenTransactions)).toEqual({ pages: 1 });
  });
});

describe('the orders of a month', () => {
  const cutOver = { cutOver: '2026-10-15T07:00:00Z' };
  test('are asked for once, from the third day after it in the home zone', async () => {
    await open(worldFromSettlements([FORTNIGHT]), '2026-11-03T07:50:00Z', { settings: cutOver });
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'not-due' });
    expect(await monthOrders(postgres.store.db, account.name, '2026-10')).toBeNull();
    await to('2026-11-03T08:10:00Z');
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'read', month: '2026-10', orders: 1 });
    const read = await monthOrders(postgres.store.db, account.name, '2026-10');
    expect(read).toMatchObject({ unreadable: 0, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(read!.orders).toEqual([
      {
        orderId: ORDER,
        purchasedAt: '2026-10-19T16:00:00Z',
        status: 'Shipped',
        fulfilledBy: 'AMAZON',
        salesChannel: 'Amazon.com',
        currency: 'USD',
        units: 2,
        itemPrice: 4000n,
      },
    ]);
    await to('2026-11-10T08:10:00Z');
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'not-due' });
    expect(await asked('createReport')).toBe(1);
  });

  test('of other marketplaces, and of before the cut-over, are left out though the report has them', async () => {
    const world = worldFromSettlements([FORTNIGHT]);
    await open(world, '2026-11-05T00:00:00Z', { settings: cutOver });
    const { amazon } = account.connection;
    const whole = amazon.readAllOrders;
    amazon.readAllOrders = async (id) => {
      const read = await whole(id);
      const as = (orderId: string, salesChannel: string) => ({ ...read.rows[0]!, orderId, salesChannel });
      return { ...read, rows: [...read.rows, as('702-1', 'Amazon.ca'), as('S01-1', 'Non-Amazon US')] };
    };
    expect(await account.run(takeInMonthOrders)).toMatchObject({ orders: 2 });
    await account.close();
    await open(world, '2026-11-05T00:00:00Z', { settings: { cutOver: '2026-10-19T16:00:01Z' } });
    // Nothing is in it: Amazon calls that CANCELLED, which may mean something else.
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'none', month: '2026-10' });
    expect(await monthOrders(postgres.store.db, account.name, '2026-10')).toBeNull();
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'not-due' });
    await to('2026-11-06T01:00:00Z');
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'read', month: '2026-10', orders: 0 });
    expect(await account.open()).toEqual([]);
  });

  test('that Amazon denies though one is known are never believed to be none; a person hears of it until the report comes', async () => {
    const world = worldFromSettlements([FORTNIGHT]);
    await open({ ...world, orders: [] }, '2026-11-05T00:00:00Z', { settings: cutOver });
    await postgres.store.db
      .insertInto('orders')
      .values({
        connection: account.name,
        order_id: ORDER,
        status: 'SHIPPED',
        channel: 'AMAZON',
        fulfilled_by: 'AMAZON',
        marketplace_id: 'ATVPDKIKX0DER',
        currency: 'USD',
        purchased_at: '2026-10-19T16:00:00Z',
        updated_at: '2026-10-19T16:00:00Z',
        fact: '{}',
        state: 'seen',
        blocked_by: null,
        told: true,
      })
      .execute();
    for (const instant of ['2026-11-06T00:00:00Z', '2026-11-07T00:30:00Z', '2026-11-08T01:00:00Z']) {
      await to(instant);
      expect(await account.run(takeInMonthOrders)).toEqual({ result: 'none', month: '2026-10' });
    }
    expect(await account.open()).toEqual(['input-unreadable']);
    await postgres.store.db.deleteFrom('orders').where('connection', '=', account.name).execute();
    for (const instant of ['2026-11-09T02:00:00Z', '2026-11-10T03:00:00Z']) {
      await to(instant);
      await account.run(takeInMonthOrders);
    }
    expect(await monthOrders(postgres.store.db, account.name, '2026-10')).toMatchObject({ orders: [] });
    expect(await account.open()).toEqual([]);
  });

  test('of which one cannot be read are kept without it, and asked for again each day until all can', async () => {
    await open(worldFromSettlements([FORTNIGHT]), '2026-11-05T00:00:00Z', { settings: cutOver });
    const { amazon } = account.connection;
    const whole = amazon.readAllOrders;
    amazon.readAllOrders = async (id) => {
      const read = await whole(id);
      return { ...read, rows: [], refused: [{ line: 2, column: 'item-price', text: 'much', why: 'is not an amount' }] };
    };
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'read', month: '2026-10', orders: 0 });
    expect(await monthOrders(postgres.store.db, account.name, '2026-10')).toMatchObject({ unreadable: 1 });
    expect(await account.open()).toEqual(['input-unreadable']);
    amazon.readAllOrders = whole;
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'not-due' });
    await to('2026-11-06T01:00:00Z');
    expect(await account.run(takeInMonthOrders)).toEqual({ result: 'read', month: '2026-10', orders: 1 });
    expect(await account.open()).toEqual([]);
    expect(await monthOrders(postgres.store.db, account.name, '2026-10')).toMatchObject({ unreadable: 0 });
  });
});

test("Amazon's balances at a month's end are asked for once", async () => {
  await open(worldFromSettlements([FORTNIGHT]), '2026-11-05T00:00:00Z', {
    settings: { cutOver: '2026-10-15T07:00:00Z' },
  });
  expect(await account.run(takeInAmazonBalances)).toEqual({ days: 1 });
  expect(await account.run(takeInAmazonBalances)).toEqual({ days: 0 });
  expect(await asked('listBalances')).toBe(1);
  const told = await balancesAsOf(postgres.store.db, account.name, '2026-10-31');
  // The settlement ended on the 29th; 20.00 are kept in reserve.
  expect(told.map(({ balanceType, amount }) => [balanceType, amount])).toEqual([
    ['TOTAL', 2000n],
    ['AVAILABLE', 0n],
    ['RESERVED', 2000n],
    ['DEFERRED', 0n],
    ['ACCOUNT_LEVEL_RESERVE', 2000n],
  ]);
  expect(told[0]).toMatchObject({
    marketplaceId: 'ATVPDKIKX0DER',
    accountType: 'Standard Orders',
    currency: 'USD',
    asOf: '2026-10-31T00:00:00Z',
    askedAt: expect.stringMatching(/^2026-11-05T00:0/),
  });
});
