/** What a look at stock finds, as exceptions: raised and ended many at a time, and left alone where nothing changed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { raiseStockProblems } from '../../../src/activities/stock/raise-stock-problems.ts';
import { renderRemedy } from '../../../src/domain/exceptions/render-remedy.ts';
import type { SnapshotRow } from '../../../src/domain/stock/stock-facts.ts';
import type { StockProblem } from '../../../src/domain/stock/stock-plan.ts';
import { endWaits, registerWait, storeDecision } from '../../../src/store/decisions/decisions.ts';
import { markDecided, openExceptions, raise, type StoredException } from '../../../src/store/exceptions/exceptions.ts';
import { saveMatchedSkus } from '../../../src/store/stock/netsuite-stock.ts';
import { saveSnapshot } from '../../../src/store/stock/snapshots.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openStockConnection, type StockConnection } from './stock-connection.ts';

let postgres: FreshPostgres;
let shop: StockConnection;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(async () => {
  shop = openStockConnection(postgres);
  await postgres.store.db
    .insertInto('stock_netsuite')
    .values({ connection: shop.name, currency: 'USD', read_at: '2026-10-20T00:00:00Z' })
    .execute();
});

const problem = (changes: Partial<StockProblem> & Pick<StockProblem, 'code' | 'key'>): StockProblem => ({
  pool: 'us',
  sku: null,
  item: 'BLU-MUG',
  units: -2,
  value: '-12.00',
  day: '2026-10-10',
  rows: [],
  documents: [],
  what: 'Amazon shipped them',
  ...changes,
});
const UNBOOKED = problem({ code: 'shipment-unbooked', key: 'us BLU-MUG', rows: ['a', 'b'] });
const SKU = problem({ code: 'sku-unknown', key: 'A-1', sku: 'A-1', item: null, value: null, what: 'no item is A-1' });
const look = (...problems: StockProblem[]) => raiseStockProblems(shop.connection, problems);
const open = () => openExceptions(postgres.store.db, shop.name);
const said = async () => (await open()).map(({ code, key }) => `${code} ${key}`);
/** Changes with every write of a row. */
const versions = async () =>
  (
    await sql<{ id: number; version: string }>`
      select id, xmin::text as version from exceptions where connection = ${shop.name} order by id`.execute(
      postgres.store.db,
    )
  ).rows;

test('each is raised with its evidence, its worth and the command that ends it', async () => {
  await look(UNBOOKED);
  expect(await open()).toMatchObject([
    {
      code: 'shipment-unbooked',
      key: 'us BLU-MUG',
      owner: 'operations',
      subject: { kind: 'item', id: 'BLU-MUG' },
      payout: null,
      evidence: {
        what: 'Amazon shipped them (−2 units of BLU-MUG, 12.00 USD, since 10 Oct 2026, 10 days)',
        atStake: 1200n,
        currency: 'USD',
      },
      remedy: { kind: 'answer-rows', rows: ['a', 'b'] },
    },
  ]);
});

test('hundreds are raised, left as they are while nothing changes, and ended together', async () => {
  const gaps = Array.from({ length: 1200 }, (_, index) =>
    problem({ code: 'ledger-gap', key: `us I${index} sellable`, item: `I${index}` }),
  );
  await look(...gaps, UNBOOKED);
  const first = await open();
  expect(first).toHaveLength(1201);
  // Numbers that people read have no holes.
  expect(first.at(-1)!.id - first[0]!.id).toBe(1200);
  const before = await versions();
  await look(...gaps, UNBOOKED);
  expect(await versions()).toEqual(before);
  await look(...gaps.slice(0, 1199), { ...gaps[1199]!, units: -3 }, UNBOOKED);
  const after = await versions();
  expect(after.filter(({ version }, index) => version !== before[index]!.version)).toHaveLength(1);
  await look(UNBOOKED);
  expect(await said()).toEqual(['shipment-unbooked us BLU-MUG']);
});

test('what is found again is the same exception, with what is known now', async () => {
  await look(UNBOOKED);
  const [{ id }] = (await open()) as [StoredException];
  await look();
  expect(await open()).toEqual([]);
  await look({ ...UNBOOKED, rows: ['a'] });
  expect(await open()).toMatchObject([{ id, remedy: { rows: ['a'] }, resolution: null }]);
});

test('one that is decided is asked again where the look still finds it', async () => {
  await look(UNBOOKED);
  await markDecided(postgres.store.db, shop.name, 'shipment-unbooked', 'us BLU-MUG', 'the next look carries it out');
  await look(UNBOOKED);
  expect(await open()).toMatchObject([{ remedy: { kind: 'answer-rows' } }]);
});

test('other exceptions stay, those of reports that are not whole among them', async () => {
  for (const code of ['ledger-truncated', 'snapshot-truncated', 'netsuite-down'] as const)
    await shop.connection.raise({
      code,
      subject: { kind: 'report', id: 'us' },
      evidence: { what: '', atStake: null, currency: null },
      remedy: { kind: 'wait', until: '' },
    });
  await look();
  expect(await said()).toEqual(['ledger-truncated us', 'snapshot-truncated us', 'netsuite-down us']);
});

test('a cost that is missing for rows and for the opening is one exception', async () => {
  const cost = problem({ code: 'cost-unknown', key: 'us BLU-MUG', units: 3, value: null });
  await look({ ...cost, rows: ['a'] }, { ...cost, units: 2 });
  expect(await open()).toMatchObject([{ evidence: { what: expect.stringContaining('(5 units of BLU-MUG, no cost') } }]);
});

test('a receipt that did not rise offers the rows that it answers', async () => {
  const document = `AMZ_${shop.name}_IR_114-1-20261010_1`;
  await postgres.store.db
    .insertInto('stock_answers')
    .values(
      ['b', 'a'].map((row) => ({
        connection: shop.name,
        row_id: row,
        item: 'BLU-MUG',
        units: 1,
        kind: 'document' as const,
        document,
        line: 1,
        nothing_group: null,
        nothing_day: null,
        per_sku: 1,
        source: null,
        astride: null,
      })),
    )
    .execute();
  await look(problem({ code: 'receipt-not-restocked', key: document, documents: [document], units: null }));
  expect(await open()).toMatchObject([{ remedy: { kind: 'answer-rows', rows: ['a', 'b'], role: 'cogs-returns' } }]);
});

describe('a SKU without an item', () => {
  const ORDER = 'order:x:114-1';
  const ofOrders = () =>
    raise(
      postgres.store.db,
      shop.name,
      {
        code: 'sku-unknown',
        subject: { kind: 'sku', id: 'A-1' },
        evidence: { what: 'said by an order', atStake: 2399n, currency: 'USD' },
        remedy: { kind: 'map-sku', sku: 'A-1' },
      },
      '2026-10-19T00:00:00Z',
    );

  test('that Amazon made is asked for with the item and units that it may be', async () => {
    const { db } = postgres.store;
    await saveMatchedSkus(db, shop.name, [{ sku: 'BLU-MUG', item: 'BLU-MUG', matchedOn: '2026-10-01' }]);
    const pack = {
      kind: 'sku',
      key: 'TEA-3',
      spelled: 'TEA-3',
      choice: 'TEA',
      units: 3,
      by: 'ana',
      why: null,
    } as const;
    await storeDecision(db, shop.name, pack, '2026-10-02T00:00:00Z');
    const none = { total: 0, customerOrders: 0, betweenCentres: 0, processing: 0 };
    const now = (sku: string, asin: string): SnapshotRow => ({
      sku,
      asin,
      fnsku: 'X1',
      fulfillable: 1,
      reserved: none,
      researching: 0,
      unfulfillable: 0,
      inbound: { working: 0, shipped: 0, receiving: 0 },
    });
    const rows = [now('BLU-MUG', 'B0MUG00001'), now('Amazon.Found.x7', 'B0MUG00001')];
    await saveSnapshot(db, shop.name, 'us', { takenAt: '2026-10-20T00:00:00Z', rows });
    const of = (sku: string) => ({
      ...SKU,
      key: sku,
      sku,
      units: null,
      day: null,
      what: `no item of NetSuite is ${sku}`,
    });
    await look(...['Amazon.Found.x7', 'amzn.gr.OTHER-x7', 'amzn.gr.TEA-3-x7'].map(of));
    expect((await open()).map(({ evidence, remedy }) => [evidence.what, renderRemedy(remedy)])).toEqual([
      [
        'no item of NetSuite is Amazon.Found.x7; it may be BLU-MUG, as BLU-MUG is',
        'npx tieout map-sku Amazon.Found.x7 BLU-MUG --why "…"',
      ],
      ['no item of NetSuite is amzn.gr.OTHER-x7', 'npx tieout map-sku amzn.gr.OTHER-x7 ITEM --why "…"'],
      [
        'no item of NetSuite is amzn.gr.TEA-3-x7; it may be TEA, as TEA-3 is',
        'npx tieout map-sku amzn.gr.TEA-3-x7 TEA --units 3 --why "…"',
      ],
    ]);
  });

  test('is the one that orders raise: it is raised where it is not open, and what they said of it stays', async () => {
    await look(SKU);
    expect(await open()).toMatchObject([
      { key: 'A-1', subject: { kind: 'sku', id: 'A-1' }, remedy: { kind: 'map-sku', sku: 'A-1' } },
    ]);
    await ofOrders();
    await look({ ...SKU, units: 7 });
    expect(await open()).toMatchObject([{ evidence: { what: 'said by an order', atStake: 2399n } }]);
  });

  test('ends with the last of stock and orders that wait', async () => {
    await ofOrders();
    await registerWait(postgres.store.db, shop.name, 'sku', 'A-1', ORDER, '2026-10-19T00:00:00Z');
    await look();
    expect(await said()).toEqual(['sku-unknown A-1']);
    await endWaits(postgres.store.db, shop.name, 'sku', ORDER);
    await look(SKU);
    expect(await said()).toEqual(['sku-unknown A-1']);
    await look();
    expect(await said()).toEqual([]);
  });
});
