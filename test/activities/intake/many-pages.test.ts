/** A seller with more pages than Amazon's quota gives at once: each attempt goes on where the one before had to end. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { takeInOrders } from '../../../src/activities/intake/take-in-orders.ts';
import { takeInRefunds } from '../../../src/activities/intake/take-in-refunds.ts';
import { takeInShipments } from '../../../src/activities/intake/take-in-shipments.ts';
import type { Connection } from '../../../src/activities/connection.ts';
import type { AmazonClient } from '../../../src/clients/amazon/amazon-client.ts';
import { createAmazonClient } from '../../../src/clients/amazon/create-amazon-client.ts';
import { readMark, writeMark } from '../../../src/store/intake/marks.ts';
import { month } from '../../../bench/orders/month.ts';
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';
import { connectionForTest } from '../connection-for-test.ts';

/** 21 pages of orders, where 20 calls are free. */
const ORDERS = 2_050;
const NOW = '2026-10-08T00:00:00Z';

describe('intake of a busy seller', () => {
  let world: WorldUnderTest;
  let connection: Connection;
  beforeAll(async () => {
    world = await openWorld({ world: month(ORDERS).world, workers: 'none' });
    const amazon = createAmazonClient({
      region: 'na',
      endpoint: world.amazonUrl,
      ...world.places.secrets.amazon,
      marketplaceIds: world.settings.marketplaces.map(({ id }) => id),
      timeoutMs: 20_000,
      onDrift: () => {},
    });
    connection = connectionForTest({
      store: world.store,
      settings: world.settings,
      amazon,
      netsuite: world.netsuite,
      temporal: world.client,
      now: async () => NOW,
      latest: () => NOW,
      realNow: Date.now,
      reportPollMs: 20,
      failPoint: () => {},
    });
    await clockTo(NOW);
  }, 60_000);
  afterAll(() => world?.close());

  const clockTo = (to: string) =>
    fetch(`${world.amazonUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
  const callsOf = async (operation: string) =>
    ((await (await fetch(`${world.amazonUrl}/admin/world`)).json()) as { calls: Record<string, number> }).calls[
      operation
    ] ?? 0;
  const attempt = <T>(activity: (connection: Connection) => Promise<T>, by = connection) =>
    new MockActivityEnvironment(undefined, { logger: new DefaultLogger('ERROR') }).run(activity, by) as Promise<T>;
  const mark = (source: string) => readMark(world.store.db, world.connection, source);
  const count = async (table: 'orders' | 'refunds' | 'shipments') =>
    Number(
      (
        await world.store.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('rows'))
          .executeTakeFirstOrThrow()
      ).rows,
    );

  test('orders: the attempt that uses the quota up leaves its place, and the next one reads the last page only', async () => {
    await expect(attempt(takeInOrders)).rejects.toMatchObject({ code: 'throttled' });
    expect([await count('orders'), await mark('orders')]).toEqual([2_000, null]);
    await clockTo('2026-10-08T00:04:00Z');
    expect(await attempt(takeInOrders)).toEqual({ seen: 50, news: 50 });
    expect(await count('orders')).toBe(ORDERS);
    // Each page once (what was refused is not counted).
    expect(await callsOf('searchOrders')).toBe(21);
    // Two minutes before the first page: its clock goes on in real time.
    expect([await mark('orders'), await mark('orders:place')]).toEqual([
      expect.stringMatching(/^2026-10-07T23:58:\d\dZ$/),
      null,
    ]);
  });

  test('orders: a place that Amazon no longer knows is left, and the listing begun anew', async () => {
    await clockTo('2026-10-08T03:00:00Z');
    await writeMark(
      world.store.db,
      world.connection,
      'orders:place',
      JSON.stringify({ since: '2026-10-07T00:00:00Z', upTo: null, token: 'a token of yesterday' }),
    );
    expect(await attempt(takeInOrders)).toEqual({ seen: 0, news: 0 });
    expect(await mark('orders:place')).toBeNull();
  });

  test('refunds: a quota that refills in seconds is waited for', async () => {
    // Five pages at least, where 10 calls are free and 8 are taken.
    await writeMark(world.store.db, world.connection, 'refunds', '2026-10-07T12:00:00Z');
    for (let taken = 0; taken < 8; taken += 1)
      await connection.amazon.listTransactions({ postedAfter: '2026-10-07T00:00:00Z' });
    expect(await attempt(takeInRefunds)).toEqual({ seen: 205 });
    expect(await callsOf('listTransactions')).toBeGreaterThan(12);
    expect(await count('refunds')).toBe(205);
    // By Amazon's clock, which says three o'clock, less its two minutes; ours says midnight.
    expect(await mark('refunds')).toMatch(/^2026-10-08T02:5[89]:/);
  }, 60_000);

  test('shipments: the mark moves with each month that was read, since Amazon makes few reports at a time', async () => {
    await writeMark(world.store.db, world.connection, 'shipments', '2026-07-01T00:00:00Z');
    const earlier = { ...connection, settings: { ...world.settings, cutOver: '2026-01-01T00:00:00Z' } };
    let made = 0;
    const breaking: AmazonClient = {
      ...connection.amazon,
      createReport: (query) => {
        made += 1;
        return made === 3 ? Promise.reject(new Error('enough for now')) : connection.amazon.createReport(query);
      },
    };
    await expect(attempt(takeInShipments, { ...earlier, amazon: breaking })).rejects.toThrow('enough for now');
    expect(await mark('shipments')).toBe('2026-08-28T00:00:00Z');
    expect(await attempt(takeInShipments, earlier)).toEqual({ seen: ORDERS });
    expect([await count('shipments'), await mark('shipments')]).toEqual([
      ORDERS,
      expect.stringMatching(/^2026-10-08T03:0/),
    ]);
  }, 60_000);
});
