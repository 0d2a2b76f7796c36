/**
 * Our clock and Amazon's are not one. A look with a clock that is days ahead, then right again, and the same with one that is
 * behind: everything is read, and no mark stands where Amazon's own answer did not prove it. Real store, real HTTP.
 */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { Connection } from '../../../src/activities/connection.ts';
import { takeInEventGroups } from '../../../src/activities/intake/take-in-event-groups.ts';
import { takeInOrders } from '../../../src/activities/intake/take-in-orders.ts';
import { takeInRefunds } from '../../../src/activities/intake/take-in-refunds.ts';
import { takeInSettlements } from '../../../src/activities/intake/take-in-settlements.ts';
import { takeInShipments } from '../../../src/activities/intake/take-in-shipments.ts';
import type { AmazonClient } from '../../../src/clients/amazon/amazon-client.ts';
import { createAmazonClient } from '../../../src/clients/amazon/create-amazon-client.ts';
import { createNetSuiteClient } from '../../../src/clients/netsuite/create-netsuite-client.ts';
import { createLocalSlots } from '../../../src/clients/netsuite/slots.ts';
import type { NetSuiteClient } from '../../../src/clients/netsuite/netsuite-client.ts';
import type { ConnectionSettings } from '../../../src/config/connection.ts';
import { parseConfig } from '../../../src/config/read-config.ts';
import { epochMsOf, instantOf } from '../../../src/domain/money/instant.ts';
import { demoConnectionSettings } from '../../../src/local/demo-month/connection-settings.ts';
import { netSuiteSeedFor } from '../../../src/local/demo-month/netsuite-seed.ts';
import { startAmazonSimulator, type RunningAmazonSimulator } from '../../../src/simulators/amazon/server.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { DemoClock } from '../../../src/simulators/clock.ts';
import {
  startNetSuiteSimulator,
  type RunningNetSuiteSimulator,
} from '../../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { readSkews } from '../../../src/store/intake/clock-skews.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { readMark, writeMark } from '../../../src/store/intake/marks.ts';
import { refund, report, sale } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { connectionForTest } from '../connection-for-test.ts';

const DAY_MS = 86_400_000;
const order = (number: number) => `118-000000${number}-000000${number}`;
const sold = (number: number, at: string) =>
  sale({ order: order(number), shipment: `Dc${number}`, at, item: `600${number}`, sku: 'SKU-A', quantity: 1 }, [
    ['ItemPrice', 'Principal', '20.00'],
  ]);
const back = (number: number, at: string) =>
  refund({ order: order(number), at, item: `600${number}`, sku: 'SKU-A', quantity: 1 }, [
    ['ItemPrice', 'Principal', '-5.00'],
  ]);

/** Two settlements of a fortnight, with a sale and a refund at the begin of the month and some weeks into it. */
const WORLD = worldFromSettlements([
  report(
    {
      id: '28100000001',
      start: '2026-09-01T07:00:00Z',
      end: '2026-09-15T07:00:00Z',
      deposit: '2026-09-17T07:00:00Z',
      total: '15.00',
    },
    [...sold(1, '2026-09-03T12:00:00Z'), ...back(1, '2026-09-05T12:00:00Z')],
  ),
  report(
    {
      id: '28100000002',
      start: '2026-09-15T07:00:00Z',
      end: '2026-09-29T07:00:00Z',
      deposit: '2026-10-01T07:00:00Z',
      total: '15.00',
    },
    [...sold(2, '2026-09-22T12:00:00Z'), ...back(2, '2026-09-25T12:00:00Z')],
  ),
]);
/** By Amazon's clock: a look between the two halves, and one when everything has been told. */
const [FIRST_LOOK, LATER] = ['2026-09-16T12:00:00Z', '2026-10-02T12:00:00Z'];

let postgres: FreshPostgres;
let amazon: RunningAmazonSimulator;
let netsuite: RunningNetSuiteSimulator;
let settings: ConnectionSettings;
let connections = 0;
let clock = new DemoClock(Date.parse(FIRST_LOOK));
/** How far our clock is ahead of Amazon's. */
let aheadMs = 0;
let connection: Connection;
let client: AmazonClient;
let books: NetSuiteClient;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  netsuite = await startNetSuiteSimulator({
    seed: netSuiteSeedFor(WORLD),
    port: 0,
    clock: { now: () => clock.now(), real: Date.now },
  });
}, 60_000);
afterAll(async () => {
  await Promise.all([postgres?.stop(), netsuite?.close()]);
});

beforeEach(async () => {
  connections += 1;
  clock = new DemoClock(Date.parse(FIRST_LOOK));
  amazon = await startAmazonSimulator({ world: WORLD, port: 0, clock });
  const { netsuite: account, ...rest } = demoConnectionSettings(WORLD);
  settings = parseConfig(
    'clocks.yaml',
    stringify({
      connections: [
        {
          name: `demo-${connections}`,
          ...rest,
          amazon: { region: 'na' },
          netsuite: account,
          posting: 'live',
          shippedBeforeCutOver: 'documents',
        },
      ],
    }),
  ).connections[0]!;
  begin();
});
afterEach(() => amazon?.close());

/** A process that has just begun: nothing is known of Amazon's time. */
function begin(): void {
  client = createAmazonClient({
    region: 'na',
    endpoint: amazon.url,
    clientId: amazon.clientId,
    clientSecret: amazon.clientSecret,
    refreshToken: amazon.refreshToken,
    marketplaceIds: settings.marketplaces.map(({ id }) => id),
    timeoutMs: 20_000,
    onDrift: () => {},
  });
  books = createNetSuiteClient({
    account: netsuite.account,
    baseUrl: netsuite.url,
    clientId: netsuite.clientId,
    certificateId: netsuite.certificateId,
    privateKeyPem: netsuite.privateKeyPem!,
    slots: createLocalSlots(2),
    timeoutMs: 20_000,
    now: () => Date.now() + aheadMs,
  });
  const ours = () => instantOf(clock.now() + aheadMs);
  connection = connectionForTest({
    store: postgres.store,
    settings,
    amazon: client,
    netsuite: books,
    now: async () => ours(),
    latest: ours,
    realNow: () => Date.now() + aheadMs,
    reportPollMs: 20,
    failPoint: () => {},
  });
}

const take = <T>(activity: (connection: Connection) => Promise<T>, by = connection) =>
  new MockActivityEnvironment(undefined, { logger: new DefaultLogger('ERROR') }).run(activity, by) as Promise<T>;
const mark = (source: string) => readMark(postgres.store.db, settings.name, source);
async function keys(table: 'orders' | 'shipments' | 'refunds' | 'settlements'): Promise<string[]> {
  const { db } = postgres.store;
  if (table === 'settlements')
    return (
      await db
        .selectFrom('settlements')
        .select('settlement_id as key')
        .where('connection', '=', settings.name)
        .orderBy('settlement_id')
        .execute()
    ).map(({ key }) => key);
  return (
    await db
      .selectFrom(table)
      .select('order_id as key')
      .where('connection', '=', settings.name)
      .orderBy('order_id')
      .execute()
  ).map(({ key }) => key);
}

type Flow = [
  source: string,
  take: (connection: Connection) => Promise<unknown>,
  known: () => Promise<string[]>,
  atFirst: string[],
  inTheEnd: string[],
];
const FLOWS: Flow[] = [
  ['orders', takeInOrders, () => keys('orders'), [order(1)], [order(1), order(2)]],
  ['shipments', takeInShipments, () => keys('shipments'), [order(1)], [order(1), order(2)]],
  ['refunds', takeInRefunds, () => keys('refunds'), [order(1)], [order(1), order(2)]],
  ['settlements', takeInSettlements, () => keys('settlements'), ['28100000001'], ['28100000001', '28100000002']],
];
/** Days by which our clock is ahead (negative: behind) at the first look and at the later one. */
const CLOCKS: [string, number, number][] = [
  ['20 days ahead, then right', 20, 0],
  ['always 20 days ahead', 20, 20],
  ['20 days behind, then right', -20, 0],
  ['always 20 days behind', -20, -20],
  ['ahead, then behind', 20, -20],
  ['200 days ahead, then right', 200, 0],
  ['200 days behind, then right', -200, 0],
];

describe.each(CLOCKS)('with our clock %s', (_, first, later) => {
  test.each(FLOWS)(
    "all %s are read, and the mark stays behind Amazon's time",
    async (source, activity, known, atFirst, inTheEnd) => {
      aheadMs = first * DAY_MS;
      begin();
      await take(activity);
      expect(await known()).toEqual(atFirst);
      const [before, theirs] = [(await mark(source))!, instantOf(clock.now())];
      expect(before <= theirs).toBe(true);
      // It is no use where it stays: within a quarter of an hour of what Amazon has told.
      expect(epochMsOf(theirs) - epochMsOf(before)).toBeLessThan(15 * 60_000);
      clock.jumpTo(Date.parse(LATER));
      aheadMs = later * DAY_MS;
      if (connections % 2 === 0) begin();
      await take(activity);
      expect(await known()).toEqual(inTheEnd);
      expect((await mark(source))! <= instantOf(clock.now())).toBe(true);
    },
    30_000,
  );

  test('transfers are asked for again once a day', async () => {
    aheadMs = first * DAY_MS;
    begin();
    await take(takeInSettlements);
    await tied('28100000001');
    const groups = () => take(takeInEventGroups);
    expect([await groups(), await groups()]).toEqual([{ groups: 2 }, { groups: 0 }]);
    clock.jumpTo(Date.parse(FIRST_LOOK) + 2 * DAY_MS);
    aheadMs = later * DAY_MS;
    begin();
    expect([await groups(), await groups()]).toEqual([{ groups: 2 }, { groups: 0 }]);
  }, 30_000);
});

/** Nothing waits for its transfer any more, and the bank has shown it the day after. */
async function tied(settlementId: string): Promise<void> {
  const { db } = postgres.store;
  await db.updateTable('settlements').set({ state: 'tied' }).where('connection', '=', settings.name).execute();
  await db
    .insertInto('movement_documents')
    .values({
      connection: settings.name,
      external_id: `AMZ_${settings.name}_DEP_${settlementId}_1`,
      movement: 'a payout',
      settlement_id: settlementId,
      kind: 'line',
      debit: 'bank',
      credit: 'payouts-in-transit',
      amount: 1500n,
      currency: 'USD',
      cleared: 1500n,
      date: '2026-09-17',
      bank_line: null,
      found_by: 'trace',
      posted: true,
    })
    .execute();
}

test("a mark that a clock of ours once wrote ahead of Amazon's time proves nothing: all since the cut-over is read", async () => {
  aheadMs = 0;
  for (const [source, activity, known, atFirst] of FLOWS) {
    await writeMark(postgres.store.db, settings.name, source, '2026-10-06T12:00:00Z');
    await take(activity);
    expect(await known()).toEqual(atFirst);
    expect((await mark(source))! <= instantOf(clock.now())).toBe(true);
  }
}, 30_000);

test('a mark that somebody sets back while a look is under way stands, and so does it when that look had left its place', async () => {
  aheadMs = 0;
  const { db } = postgres.store;
  await take(takeInRefunds);
  const setBack = '2026-09-02T00:00:00Z';
  const meanwhile = {
    ...client,
    listTransactions: async (query: Parameters<AmazonClient['listTransactions']>[0]) => {
      await writeMark(db, settings.name, 'refunds', setBack);
      return client.listTransactions(query);
    },
  };
  clock.jumpTo(Date.parse(LATER));
  await take(takeInRefunds, { ...connection, amazon: meanwhile });
  expect(await mark('refunds')).toBe(setBack);
  await writeMark(
    db,
    settings.name,
    'refunds:place',
    JSON.stringify({
      since: '2026-09-30T00:00:00Z',
      upTo: '2026-10-02T00:00:00Z',
      token: null,
      mark: '2026-09-16T11:58:00Z',
    }),
  );
  await db.deleteFrom('refunds').where('connection', '=', settings.name).execute();
  await db.deleteFrom('refund_transactions').where('connection', '=', settings.name).execute();
  await take(takeInRefunds);
  expect(await keys('refunds')).toEqual([order(1), order(2)]);
}, 30_000);

test('before the cut-over nothing is asked for, whatever our clock says', async () => {
  aheadMs = 20 * DAY_MS;
  settings = { ...settings, cutOver: '2026-09-20T07:00:00Z' };
  begin();
  for (const [source, activity, known] of FLOWS) {
    await take(activity);
    expect([await known(), await mark(source)]).toEqual([[], null]);
  }
}, 30_000);

describe('how far the clocks are apart', () => {
  const look = async () => {
    await take(takeInOrders);
    const skews = await readSkews(postgres.store.db, settings.name);
    const open = (await openExceptions(postgres.store.db, settings.name)).filter(({ code }) => code === 'clock-skew');
    // In minutes: to the second a machine under load may be off.
    return {
      skews: skews.map(({ clock: whose, skewMs }) => `${whose} ${Math.round(skewMs / 60_000)}`),
      open: open.map(
        ({ subject, evidence, owner }) => `${owner} ${subject.kind}:${subject.id} ${evidence.what.split(';')[0]}`,
      ),
    };
  };
  const DAYS_20 = 20 * 24 * 60;

  test('is measured at each look, against Amazon, NetSuite once it was heard, and Postgres, and raised until it is right again', async () => {
    aheadMs = 0;
    expect(await look()).toEqual({ skews: ['Amazon 0', 'Postgres 0'], open: [] });
    await books.hear();
    aheadMs = 20 * DAY_MS;
    expect(await look()).toEqual({
      skews: [`Amazon ${-DAYS_20}`, `NetSuite ${-DAYS_20}`, `Postgres ${-DAYS_20}`],
      open: ['Amazon', 'NetSuite', 'Postgres'].map((whose) =>
        expect.stringMatching(`^engineering vendor:${whose} our clock is (20|19) d ahead of ${whose}'s$`),
      ),
    });
    aheadMs = -20 * DAY_MS;
    expect((await look()).open[0]).toMatch(/our clock is (20|19) d behind Amazon's$/);
    aheadMs = 0;
    expect(await look()).toEqual({ skews: ['Amazon 0', 'NetSuite 0', 'Postgres 0'], open: [] });
  }, 30_000);

  test("is not raised below a minute, nor when a simulator's clock has jumped since it was heard", async () => {
    aheadMs = 50_000;
    begin();
    await books.hear();
    expect((await look()).open).toEqual([]);
    clock.jumpTo(Date.parse(LATER));
    expect((await look()).open).toEqual([]);
    expect(
      (await readSkews(postgres.store.db, settings.name)).map(({ skewMs }) => skewMs < 0 && skewMs > -60_000),
    ).toEqual([true, true, true]);
  }, 30_000);

  test('NetSuite lets a client in whose clock is days off: the assertion is signed once more, by the time of the refusal', async () => {
    for (const days of [20, -20]) {
      aheadMs = days * DAY_MS;
      begin();
      expect(await books.suiteql('SELECT id FROM currency')).not.toEqual([]);
    }
  });
});
