import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exceptionView } from '../../../src/views/exceptions/exception-view.ts';
import { exceptionsView } from '../../../src/views/exceptions/exceptions-view.ts';
import { storePayouts, storeWaiting, WAITING_ORDER } from '../../store/stored-payouts.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

const SKU = {
  number: 1,
  connection: 'demo-us',
  code: 'sku-unknown',
  key: 'BLU-MUG-2',
  owner: 'operations',
  what: 'NetSuite has no item for SKU BLU-MUG-2 · 1 order',
  act: 'npx tieout map-sku BLU-MUG-2 ITEM --why "…"',
  remedy: { kind: 'map-sku', sku: 'BLU-MUG-2' },
  atStake: '23.99',
  currency: 'USD',
  subject: 'sku:BLU-MUG-2',
  payout: null,
  waiting: [`order:demo-us:${WAITING_ORDER}`],
  since: '2026-10-12T09:00:00Z',
  snoozedUntil: null,
  assignee: null,
  closed: null,
  resolution: null,
  title: 'no NetSuite item for SKU BLU-MUG-2',
  waiters: '1 order',
};

describe('what is open', () => {
  test('is listed, the latest first, with who waits and what is at stake', async () => {
    const [amount, sku] = plain(await exceptionsView(world.source, ['demo-us', 'other']));
    expect(sku).toEqual(SKU);
    expect(amount).toMatchObject({
      number: 2,
      title: 'no account: FBA Inbound Dock Fee',
      atStake: '61.30',
      waiters: '1 payout',
      waiting: ['payout:demo-us:20001234562'],
    });
  });

  test('is that of the connections that are asked for', async () => {
    expect(await exceptionsView(world.source, ['other'])).toEqual([]);
  });
});

describe('one exception', () => {
  test('has its evidence by settlement, the payouts that stay open, and its page', async () => {
    // 3 × −12.90 = −38.70 of a payout of 61.30
    expect(plain(await exceptionView(world.source, ['demo-us'], 2))).toMatchObject({
      number: 2,
      evidence: [
        'other-transaction / other-transaction / FBA Inbound Dock Fee',
        'settlement 20001234562: 3 rows, −38.70 USD, lines 9; 12; 1,420',
      ],
      openPayouts: [{ settlementId: '20001234562', total: '61.30', currency: 'USD' }],
      link: 'http://127.0.0.1:8233/namespaces/default/workflows/payout%3Ademo-us%3A20001234562',
      see: 'docs/errors.md#unknown-amount',
    });
  });

  test('that is about no amount names its subject', async () => {
    expect(plain(await exceptionView(world.source, ['demo-us'], 1))).toEqual({
      ...SKU,
      evidence: ['sku BLU-MUG-2'],
      openPayouts: [],
      notes: [],
      link: `http://127.0.0.1:8233/namespaces/default/workflows/order%3Ademo-us%3A${WAITING_ORDER}`,
      see: 'docs/errors.md#sku-unknown',
    });
  });

  test('of another connection, or of no number, is not found', async () => {
    await expect(exceptionView(world.source, ['other'], 2)).rejects.toMatchObject({ code: 'not-found' });
    await expect(exceptionView(world.source, ['demo-us'], 42)).rejects.toMatchObject({ code: 'not-found' });
  });
});
