/** Steps that look at a whole connection: what runs no more, what NetSuite lacks, what the books say, and what left before the cut-over. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { tellOrders } from '../../src/activities/intake/tell-orders.ts';
import { tellPayouts } from '../../src/activities/intake/tell-payouts.ts';
import { makeEarlierOrders } from '../../src/activities/payouts/make-earlier-orders.ts';
import { provePayout } from '../../src/activities/payouts/prove-payout.ts';
import { takeInEarlierShipments } from '../../src/activities/payouts/take-in-earlier-shipments.ts';
import { tieSettlement } from '../../src/activities/payouts/tie-settlement.ts';
import { takeUpOrders } from '../../src/activities/reconciler/take-up-orders.ts';
import { takeUpPayouts } from '../../src/activities/reconciler/take-up-payouts.ts';
import { checkConnection } from '../../src/activities/setup/check-connection.ts';
import { readTieOut } from '../../src/activities/tie-out/read-tie-out.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { startFreshPostgres, type FreshPostgres } from '../store/fresh-postgres.ts';
import type { AccountUnderTest } from './account-under-test.ts';
import {
  FIRST,
  openWorkedExample,
  ORDER,
  postOrder,
  SECOND,
  takeEverythingIn,
  takeInStatement,
  upTo,
  WORLD,
} from './worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const OF_ORDER = [`orderLifecycle ${ORDER} dispatched`, `orderLifecycle ${ORDER} refunded`];
const OF_PAYOUTS = [`payout ${FIRST} reportFound`, `payout ${SECOND} reportFound`];

describe('what is unfinished in the store and has no workflow', () => {
  test('takeUpOrders starts it with all there is to do, and leaves what is finished', async () => {
    account = await openWorkedExample(postgres);
    await takeEverythingIn(account);
    await account.run(tellOrders);
    account.told();
    account.loseWorkflows();
    expect(await account.run(takeUpOrders)).toEqual({ started: 1, told: 0 });
    expect(account.told()).toEqual(expect.arrayContaining(OF_ORDER));
    await postOrder(account);
    account.loseWorkflows();
    expect(await account.run(takeUpOrders)).toEqual({ started: 0, told: 0 });
    expect(account.told()).toEqual([]);
  });

  test('takeUpPayouts starts it, and leaves what is tied', async () => {
    account = await openWorkedExample(postgres);
    await takeEverythingIn(account);
    await account.run(tellPayouts);
    account.told();
    account.loseWorkflows();
    expect(await account.run(takeUpPayouts)).toEqual({ started: 2, told: 0 });
    expect(account.told()).toEqual(OF_PAYOUTS);
    await postOrder(account);
    await takeInStatement(account);
    for (const settlementId of [FIRST, SECOND]) {
      await upTo(account, 'movements', settlementId);
      expect(await account.run(provePayout, { settlementId })).toEqual({ tied: true });
    }
    account.told();
    account.loseWorkflows();
    expect(await account.run(takeUpPayouts)).toEqual({ started: 0, told: 0 });
    expect(account.told()).toEqual([]);
  });
});

describe('checkConnection', () => {
  test('finds all that the configuration names, and raises nothing', async () => {
    account = await openWorkedExample(postgres);
    expect(await account.run(checkConnection)).toEqual({ problems: [], prices: [] });
    expect([await account.open(), account.writes()]).toEqual([[], []]);
  });

  test('raises each thing once that NetSuite lacks or has made inactive, and ends it when it is there', async () => {
    account = await openWorkedExample(postgres, { settings: { vendor: 'Nobody' } });
    const problems = ['vendor Nobody'];
    expect(await account.run(checkConnection)).toEqual({ problems, prices: [] });
    expect(await account.run(checkConnection)).toEqual({ problems, prices: [] });
    expect(await account.open()).toEqual(['setting-unknown']);
    account.connection.netsuite.lookups.entityByName = async () => ({ id: '1', inactive: false }) as never;
    expect(await account.run(checkConnection)).toEqual({ problems: [], prices: [] });
    expect(await account.open()).toEqual([]);
  });
});

test('readTieOut reads the books of the worked example from NetSuite, and every figure is explained', async () => {
  account = await openWorkedExample(postgres);
  await takeEverythingIn(account);
  await postOrder(account);
  await takeInStatement(account);
  for (const settlementId of [FIRST, SECOND]) {
    await upTo(account, 'movements', settlementId);
    await account.run(provePayout, { settlementId });
  }
  const tieOut = await account.run(readTieOut);
  expect(tieOut.payouts.map(({ settlementId, total, tied }) => [settlementId, total, tied])).toEqual([
    [FIRST, '20.02', true],
    [SECOND, '11.50', true],
  ]);
  // 65.00 sold less 25.00 refunded; 9.90 − 3.00; 20.02 + 11.50.
  expect(tieOut.balances).toMatchObject({
    'product-sales': '-40.00',
    'shipping-income': '-5.99',
    promotions: '5.00',
    'selling-fees': '6.90',
    'fulfilment-fees': '13.07',
    storage: '3.00',
    advertising: '1.50',
    reimbursements: '-15.00',
    bank: '31.52',
  });
  expect(tieOut.explained.filter(({ difference }) => Number(difference) !== 0)).toEqual([]);
  expect([tieOut.duplicates, tieOut.unknown, tieOut.openExceptions]).toEqual([[], [], []]);
});

describe('a shipment that left before the cut-over, and is settled after it', () => {
  const CUT_OVER = '2026-10-15T20:00:00Z';
  /** Bought and sent on 14 October; Amazon posts it with the first settlement. */
  const EARLIER: AmazonWorld = {
    ...WORLD,
    orders: WORLD.orders.map((order) => ({
      ...order,
      history: order.history.map((step, index) => ({ ...step, at: `2026-10-14T1${index}:00:00Z` })),
    })),
    shipments: WORLD.shipments.map((shipment) => ({ ...shipment, shippedAt: '2026-10-14T12:00:00Z' })),
  };
  const missing = () => account.run(tieSettlement, { settlementId: FIRST });

  test('is asked for once, its order is made, and its payout waits for the documents', async () => {
    account = await openWorkedExample(postgres, { world: EARLIER, settings: { cutOver: CUT_OVER } });
    await takeEverythingIn(account);
    await upTo(account, 'classify');
    expect(await account.run(takeInEarlierShipments, { settlementId: FIRST })).toEqual({ seen: 1 });
    expect(await account.run(takeInEarlierShipments, { settlementId: FIRST })).toEqual({ seen: 0 });
    expect(await account.run(makeEarlierOrders, { settlementId: FIRST })).toEqual({ orders: 1 });
    await account.run(tellOrders);
    expect(account.told()).toContain(OF_ORDER[0]);
    await account.run(makeEarlierOrders, { settlementId: FIRST });
    await account.run(tellOrders);
    expect(account.told()).toEqual([]);
    expect(await missing()).toEqual({ missing: 1, missingBeforeCutOver: 1 });
    await postOrder(account);
    expect(await missing()).toEqual({ missing: 0, missingBeforeCutOver: 0 });
  });

  test('is left to the old books where the connection says so: nothing is made or missed', async () => {
    account = await openWorkedExample(postgres, {
      world: EARLIER,
      settings: { cutOver: CUT_OVER, shippedBeforeCutOver: 'opening-balance' },
    });
    await takeEverythingIn(account);
    await upTo(account, 'classify');
    await account.run(takeInEarlierShipments, { settlementId: FIRST });
    expect(await account.run(makeEarlierOrders, { settlementId: FIRST })).toEqual({ orders: 0 });
    expect(await missing()).toEqual({ missing: 0, missingBeforeCutOver: 0 });
  });
});
