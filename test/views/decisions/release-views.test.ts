import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { storeDecision } from '../../../src/store/decisions/decisions.ts';
import { amountReleaseView, payoutsWaitingFor } from '../../../src/views/decisions/amount-release-view.ts';
import { ordersWaitingFor, skuReleaseView } from '../../../src/views/decisions/sku-release-view.ts';
import { SETTLED_ORDER, storePayouts, storeWaiting, WAITING_ORDER } from '../../store/stored-payouts.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

const DOCK = {
  transactionType: 'other-transaction',
  amountType: 'other-transaction',
  amountDescription: 'FBA Inbound Dock Fee',
};

describe('what a mapped SKU releases', () => {
  test('are the orders that wait for it', async () => {
    expect(await ordersWaitingFor(world.source, 'BLU-MUG-2')).toEqual([WAITING_ORDER]);
    expect(await ordersWaitingFor(world.source, 'BLU-MUG')).toEqual([]);
  });

  test('is counted, with the sales orders that came of it', async () => {
    const view = await skuReleaseView(world.source, 'BLU-MUG-2', [SETTLED_ORDER, WAITING_ORDER], 6.2);
    expect(plain(view)).toEqual({
      of: 2,
      released: 1,
      salesOrders: 1,
      stopped: 0,
      waiting: 1,
      amounts: { USD: '34.99' },
      sentence: '… 1 of 2 orders released · 1 sales order · 34.99 USD · the other follows by itself   6.2 s',
    });
  });
});

describe('what a mapped amount releases', () => {
  test('are the payouts that wait for it', async () => {
    expect(await payoutsWaitingFor(world.source, DOCK)).toEqual(['20001234562']);
    expect(await payoutsWaitingFor(world.source, { ...DOCK, amountDescription: 'Shelf Lighting Fee' })).toEqual([]);
  });

  test('is told by payout, with the debits of its journal', async () => {
    const key = 'othertransaction\tothertransaction\tfbainbounddockfee';
    const spelled = JSON.stringify(Object.values(DOCK));
    const decision = {
      kind: 'amount',
      key,
      spelled,
      choice: 'inbound',
      by: 'ana@example.com',
      why: 'policy 4.2',
    } as const;
    await storeDecision(world.store.db, 'demo-us', decision, '2026-10-29T12:00:00Z');
    expect(plain(await amountReleaseView(world.source, ['20001234561', '20001234562'], 9.8))).toEqual({
      payouts: [
        { settlementId: '20001234561', state: 'tied', currency: 'USD', released: true, debits: '34.99' },
        { settlementId: '20001234562', state: 'waits-amount', currency: 'USD', released: false, debits: null },
      ],
      sentences: [
        '… 1 of 2 payouts released   9.8 s',
        '  20001234561 tied · 34.99 Dr = Cr',
        '  20001234562 goes on by itself',
      ],
    });
  });
});
