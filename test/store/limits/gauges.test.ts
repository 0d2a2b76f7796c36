import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createAmazonClient } from '../../../src/clients/amazon/create-amazon-client.ts';
import { createNetSuiteClient } from '../../../src/clients/netsuite/create-netsuite-client.ts';
import { startNetSuiteSimulator } from '../../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { amazonGauge, netsuiteGauge, noteAmazonCall } from '../../../src/store/limits/gauges.ts';
import { SharedSlots } from '../../../src/store/limits/netsuite-slots.ts';
import { smallWorld } from '../../simulators/amazon/small-world.ts';
import { startAt } from '../../simulators/amazon/started-simulator.ts';
import { exampleSeed } from '../../simulators/netsuite/example-seed.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

const NOON = Date.parse('2026-10-29T12:00:00Z');
const SEARCH = { operation: 'orders.searchOrders', status: 200, rate: 0.0056 };

let postgres: FreshPostgres;
let connection: string;
let connections = 0;

beforeAll(async () => {
  postgres = await startFreshPostgres();
});
afterAll(() => postgres.stop());
beforeEach(() => {
  connections += 1;
  connection = `demo-${connections}`;
});

const note = (secondsAfterNoon: number, call: { operation?: string; status?: number; rate?: number | null } = {}) =>
  noteAmazonCall(postgres.store.db, connection, { ...SEARCH, ...call }, NOON + secondsAfterNoon * 1000);
/** A slot goes back just after its call has ended. */
async function untilNothingIsBusy(account: string): Promise<void> {
  while ((await netsuiteGauge(postgres.store.db, account, 5)).busy > 0) await wait(5);
}
const tokens = async () => (await amazonGauge(postgres.store.db, connection)).tokens;

describe('the gauge of Amazon', () => {
  test('shows a full bucket and no poll before the first', async () => {
    expect(await amazonGauge(postgres.store.db, connection)).toEqual({ tokens: 20, burst: 20, polledSecondsAgo: null });
  });

  test('shows what real polls have left of the burst', async () => {
    const { simulator } = await startAt('2026-03-20T00:00:00Z', { world: smallWorld() });
    try {
      const { url, lwaUrl, clientId, clientSecret, refreshToken } = simulator;
      const noted: Promise<void>[] = [];
      const client = createAmazonClient({
        region: 'na',
        endpoint: url,
        lwaUrl,
        clientId,
        clientSecret,
        refreshToken,
        marketplaceIds: ['ATVPDKIKX0DER'],
        timeoutMs: 2000,
        log: (call) =>
          noted.push(noteAmazonCall(postgres.store.db, connection, call, Date.parse('2026-03-20T00:00:00Z'))),
      });
      for (let poll = 0; poll < 3; poll += 1) await client.searchOrders({ lastUpdatedAfter: '2026-03-01T00:00:00Z' });
      await client.marketplaceParticipations();
      await Promise.all(noted);
      const gauge = await amazonGauge(postgres.store.db, connection);
      expect(gauge).toMatchObject({ tokens: 17, burst: 20 });
      expect(gauge.polledSecondsAgo).toBeGreaterThanOrEqual(0);
    } finally {
      await simulator.close();
    }
  });

  test("refills by Amazon's clock: at 0.0056 a second, one token in 179 seconds", async () => {
    for (let call = 0; call < 5; call += 1) await note(0);
    expect(await tokens()).toBe(15);
    await note(100);
    expect(await tokens()).toBe(14);
    // 14.56 left, and 1.4 refilled.
    await note(350);
    expect(await tokens()).toBe(14);
    await note(86_400);
    expect(await tokens()).toBe(19);
  });

  test('refills by the real clock since the last poll', async () => {
    for (let call = 0; call < 5; call += 1) await note(0);
    await postgres.store.pool.query(
      `update amazon_polls set polled_at = polled_at - interval '400 seconds' where connection = $1`,
      [connection],
    );
    const gauge = await amazonGauge(postgres.store.db, connection);
    expect(gauge.tokens).toBe(17);
    expect(gauge.polledSecondsAgo).toBeGreaterThanOrEqual(400);
  });

  test('takes the rate that answers show, and keeps it through an answer that shows none', async () => {
    for (let call = 0; call < 10; call += 1) await note(0, { rate: 0.1 });
    await note(20, { rate: null });
    expect(await tokens()).toBe(11);
    await note(30);
    expect(await tokens()).toBe(11);
  });

  test('is empty after a poll that Amazon refused, and never less than empty', async () => {
    await note(0, { status: 429, rate: null });
    expect(await tokens()).toBe(0);
    await note(1);
    expect(await tokens()).toBe(0);
    await note(2);
    await note(1, { status: 429, rate: null });
    expect(await tokens()).toBe(0);
  });

  test('does not mind calls of other operations', async () => {
    await note(0, { operation: 'orders.getOrder' });
    expect(await amazonGauge(postgres.store.db, connection)).toEqual({ tokens: 20, burst: 20, polledSecondsAgo: null });
  });
});

describe('the gauge of NetSuite', () => {
  test('shows nothing busy and all slots allowed before the first call', async () => {
    expect(await netsuiteGauge(postgres.store.db, 'NEVER_1', 5)).toEqual({
      busy: 0,
      size: 5,
      allowed: 5,
      throttledLastHour: 0,
    });
  });

  test('counts the calls that run over all processes, while others wait', async () => {
    const [first, second] = [
      await SharedSlots.open({ url: postgres.url, account: 'BUSY_1', size: 3 }),
      await SharedSlots.open({ url: postgres.url, account: 'BUSY_1', size: 3 }),
    ];
    let running = 0;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const calls = Array.from({ length: 6 }, (_, index) =>
      (index % 2 === 0 ? first : second).withSlot(async () => {
        running += 1;
        await ended;
      }),
    );
    while (running < 3) await wait(5);
    expect(await netsuiteGauge(postgres.store.db, 'BUSY_1', 3)).toEqual({
      busy: 3,
      size: 3,
      allowed: 3,
      throttledLastHour: 0,
    });
    expect((await netsuiteGauge(postgres.store.db, 'OTHER_1', 3)).busy).toBe(0);
    end();
    await Promise.all(calls);
    await Promise.all([first.close(), second.close()]);
    expect((await netsuiteGauge(postgres.store.db, 'BUSY_1', 3)).busy).toBe(0);
  });

  test('shows what real refusals have left, and forgets them after an hour', async () => {
    const simulator = await startNetSuiteSimulator({
      seed: exampleSeed(),
      port: 0,
      clock: { now: () => Date.parse('2026-11-20T12:00:00Z'), real: Date.now },
    });
    const slots = await SharedSlots.open({ url: postgres.url, account: simulator.account, size: 5 });
    try {
      const client = createNetSuiteClient({
        account: simulator.account,
        baseUrl: simulator.url,
        tokenUrl: simulator.tokenUrl,
        clientId: simulator.clientId,
        certificateId: simulator.certificateId,
        privateKeyPem: simulator.privateKeyPem!,
        slots,
        timeoutMs: 2000,
        now: Date.now,
      });
      await fetch(`${simulator.url}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind: '429', times: 2 }),
      });
      for (let call = 0; call < 2; call += 1)
        await expect(client.suiteql('SELECT id FROM account')).rejects.toMatchObject({ code: 'throttled' });
      await untilNothingIsBusy(simulator.account);
      expect(await netsuiteGauge(postgres.store.db, simulator.account, 5)).toEqual({
        busy: 0,
        size: 5,
        allowed: 2,
        throttledLastHour: 2,
      });
      await client.suiteql('SELECT id FROM account');
      await untilNothingIsBusy(simulator.account);
      expect((await netsuiteGauge(postgres.store.db, simulator.account, 5)).throttledLastHour).toBe(2);
      await postgres.store.pool.query(`update netsuite_refusals set minute = minute - interval '1 hour'`);
      await postgres.store.pool.query(`update netsuite_slots set refused_at = refused_at - interval '15 seconds'`);
      expect(await netsuiteGauge(postgres.store.db, simulator.account, 5)).toEqual({
        busy: 0,
        size: 5,
        allowed: 3,
        throttledLastHour: 0,
      });
    } finally {
      await slots.close();
      await simulator.close();
    }
  });
});
