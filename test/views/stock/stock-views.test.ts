import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { explainStockProblem } from '../../../src/domain/exceptions/explain-stock-problem.ts';
import type { StockProblem } from '../../../src/domain/stock/stock-plan.ts';
import { raise, resolveException } from '../../../src/store/exceptions/exceptions.ts';
import { loadOpening, saveOpening } from '../../../src/store/stock/kept-stock.ts';
import { replaceMovements } from '../../../src/store/stock/netsuite-movements.ts';
import { loadNetSuiteStock, saveNetSuiteStock } from '../../../src/store/stock/netsuite-stock.ts';
import { inboundView } from '../../../src/views/inbound/inbound-view.ts';
import { statusView } from '../../../src/views/status/status-view.ts';
import { openingView } from '../../../src/views/stock/opening-view.ts';
import { owedView } from '../../../src/views/stock/owed-view.ts';
import { stockItemView } from '../../../src/views/stock/stock-item-view.ts';
import { stockOfRun } from '../../../src/views/stock/stock-report.ts';
import { stockRowsView, stockView } from '../../../src/views/stock/stock-view.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';
import { DAY, PLANNED_AT, SHIPPED, STOCK, storeApprovedOpening, storeStock } from './stored-stock.ts';

let world: StoredWorld;
let source: StoredWorld['source'];
let settings: StoredWorld['source']['settings'];

beforeAll(async () => {
  world = await startStoredWorld({ stock: STOCK });
  // Beside simulators it is the day of the last planning.
  source = { ...world.source, world: { ...world.source.world, simulators: {} } };
  ({ settings } = source);
});
afterAll(() => world.stop());

describe('before anything is planned', () => {
  test('a connection says so, and one without stock has none', async () => {
    const view = plain((await stockView(source, settings))!);
    expect(view).toMatchObject({ day: null, pools: [], exceptions: [] });
    expect(view.nothing).toBe(
      'Stock of demo-us has not been looked at yet. It is by its schedule, from 1 Oct 2026 on.',
    );
    const { stock: _, ...bare } = settings;
    expect(await stockView(source, bare)).toBeNull();
    expect(await stockOfRun(source, bare)).toBeNull();
    expect((await openingView(source, settings))!.nothing).toBe(
      "Amazon's summary of 30 Sep 2026 has not come for every pool yet.",
    );
  });
});

describe('stock at the end of 20 October', () => {
  beforeAll(() => storeStock(world.store));

  test('by pool: what agrees, both sides, drift by term, and what is at Amazon now', async () => {
    const view = plain((await stockView(source, settings))!);
    expect(view).toMatchObject({ day: DAY, ageDays: 1, plannedAt: PLANNED_AT, currency: 'USD', nothing: null });
    const [{ drift, differing, now, ...pool }] = view.pools as [(typeof view.pools)[number]];
    expect(pool).toEqual({
      name: 'us',
      countries: ['US'],
      items: 3,
      agree: 1,
      amazon: { sellable: 138, unsellable: 0 },
      netsuite: { sellable: 134, unsellable: 0, inTransit: 6 },
      inTransit: 6,
    });
    expect(drift.map(({ term, items, units, more, less, value }) => [term, items, units, more, less, value])).toEqual([
      ['waiting', 1, -2, 0, -2, '-5.00'],
      ['foreign', 1, 5, 5, 0, '30.00'],
      ['gap', 1, 1, 1, 0, '2.50'],
    ]);
    expect(differing.map(({ item, difference, differenceValue }) => [item, difference, differenceValue])).toEqual([
      ['BLU-MUG', 5, '30.00'],
      ['TEA-TIN', -1, '-2.50'],
    ]);
    // 50 and 4 reserved and ten packs of 3 mugs; 38, 1 reserved and 1 looked for of tins.
    expect(now).toEqual({
      takenAt: '2026-10-21T18:45:00Z',
      sellable: 124,
      unsellable: 2,
      reserved: 5,
      researching: 1,
      inbound: 0,
    });
    expect(view.skusWithoutItem).toEqual([{ pool: 'us', sku: 'NEW-SKU', sellable: 6, unsellable: 1 }]);
    expect(view.exceptions).toMatchObject([{ number: 1, code: 'sku-unknown', pool: 'us', act: expect.any(String) }]);
  });

  test('of an earlier day: what all that is known now says of its end, in transit as well', async () => {
    const view = (await stockView(source, settings, '2026-10-12'))!;
    expect(view).toMatchObject({ day: '2026-10-12', ageDays: 9, isPast: true });
    expect(view.pools[0]).toMatchObject({
      agree: 3,
      drift: [],
      differing: [],
      now: null,
      inTransit: 6,
      amazon: { sellable: 139, unsellable: 0 },
      netsuite: { sellable: 139, unsellable: 0, inTransit: 6 },
    });
    // Sent on the 4th, 24 received on the 6th.
    const { pools } = (await stockView(source, settings, '2026-10-05'))!;
    expect(pools[0]).toMatchObject({ inTransit: 30, netsuite: { inTransit: 30 } });
    expect((await stockView(source, settings, '2026-09-30'))!.nothing).toBe(
      'Stock of demo-us begins on 1 Oct 2026: there are no figures before.',
    );
  });

  test('what came later and is dated later stands open on the day before it, by name', async () => {
    const { rows } = (await stockRowsView(source, settings, '2026-10-16'))!;
    const none = { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 };
    // The return of the 16th, and −5 of the 15th.
    expect(rows.map(({ item, place, amazon, netsuite, terms }) => [item, place, amazon, netsuite, terms])).toEqual([
      ['BLU-MUG', 'sellable', 88, 82, { ...none, waiting: 1, foreign: 5 }],
      ['LAMP', 'sellable', 10, 10, none],
      ['TEA-TIN', 'sellable', 42, 42, none],
      ['BLU-MUG', 'inTransit', 6, 6, null],
    ]);
    const { items } = (await stockItemView(source, settings, 'BLU-MUG', '2026-10-16'))!;
    const [waiting] = items[0]!.places[0]!.steps.find(({ term }) => term === 'waiting')!.parts;
    expect(waiting).toMatchObject({ units: 1, day: '2026-10-16', because: 'answered by ItemRcpt 5 of 18 Oct 2026' });
    expect(items[0]!.now).toEqual([]);
  });

  test('what was read and not worked out yet is no figure: it is said', async () => {
    const { db } = world.store;
    const unknown = {
      netsuiteId: '7777',
      line: 1,
      type: 'InvAdjst',
      tranId: '',
      externalId: null,
      memo: '',
      day: '2026-10-11',
      item: 'LAMP',
      location: 'FBA US',
      units: 3,
    };
    const opening = (await loadOpening(db, 'demo-us'))!;
    await saveOpening(db, 'demo-us', {
      ...opening,
      netsuite: [{ pool: null, items: null, units: [], movements: [], last: null }],
    });
    await replaceMovements(db, 'demo-us', ['7777'], [unknown]);
    const view = (await stockView(source, settings, '2026-10-12'))!;
    expect([view.day, view.pools]).toEqual([null, []]);
    expect(view.nothing).toBe(
      'Stock of demo-us is being looked at: something was read that its figures do not count yet. Ask again when that is done.',
    );
    expect((await stockView(source, settings))!.day).toBe(DAY);
    await replaceMovements(db, 'demo-us', ['7777'], []);
    await saveOpening(db, 'demo-us', opening);
  });

  test('as rows: every item at every place, with what it is worth', async () => {
    const { rows } = plain((await stockRowsView(source, settings))!);
    expect(
      rows.map((row) => [
        row.item,
        row.place,
        row.amazon,
        row.netsuite,
        row.unitCost,
        row.amazonValue,
        row.netsuiteValue,
      ]),
    ).toEqual([
      ['BLU-MUG', 'sellable', 88, 83, '6.00', '528.00', '498.00'],
      ['LAMP', 'sellable', 10, 10, null, null, null],
      ['TEA-TIN', 'sellable', 40, 41, '2.50', '100.00', '102.50'],
      ['BLU-MUG', 'inTransit', 6, 6, '6.00', '36.00', '36.00'],
    ]);
    expect(rows[3]!.terms).toBeNull();
  });

  test('in the report of a run, its terms add to Amazon less NetSuite', async () => {
    const { report, open } = plain((await stockOfRun(source, settings))!);
    expect(open).toEqual([
      'stock of us: foreign of 1 item, +5 units (npx tieout stock)',
      'stock of us: gap of 1 item, +1 units (npx tieout stock)',
      '1 exception of stock open (npx tieout exceptions)',
    ]);
    expect(report).toEqual({
      pools: [
        {
          name: 'us',
          items: 3,
          agree: 1,
          amazon: { sellable: 138, unsellable: 0 },
          netsuite: { sellable: 134, unsellable: 0, inTransit: 6 },
          terms: { opening: 0, waiting: -2, ahead: 0, foreign: 5, gap: 1 },
          exceptions: ['sku-unknown'],
        },
      ],
    });
  });

  test('an item that differs in transit alone does not agree, and one that is left alone is in no figure', async () => {
    const { db } = world.store;
    const netsuite = (await loadNetSuiteStock(db, 'demo-us'))!;
    const lamps = { location: 'To Amazon', item: 'LAMP', onHand: 4, committed: 0, available: 4 };
    await saveNetSuiteStock(db, 'demo-us', { ...netsuite, onHand: [...netsuite.onHand, lamps] });
    const [pool] = (await stockView(source, settings))!.pools;
    expect(pool).toMatchObject({ items: 3, agree: 0, inTransit: 6, netsuite: { inTransit: 10 } });
    expect((await statusView(source, settings, null)).stock).toMatchObject({ items: 3, agree: 0 });
    expect((await stockOfRun(source, settings))!.open).toContain(
      'stock of us: in transit of 1 item, −4 units (npx tieout stock)',
    );
    const [lamp] = (await stockItemView(source, settings, 'LAMP'))!.items;
    expect(lamp).toMatchObject({ transit: [{ pool: 'us', amazon: 0, netsuite: 4 }], inTransit: [] });
    const left = { ...settings, stock: { ...settings.stock!, leave: ['LAMP'] } };
    expect((await stockView(source, left))!.pools[0]).toMatchObject({ netsuite: { inTransit: 6 } });
    await saveNetSuiteStock(db, 'demo-us', netsuite);
  });

  test('in the status of the connection', async () => {
    expect((await statusView(source, settings, null)).stock).toEqual({ items: 3, agree: 1, day: DAY, exceptions: [] });
    const { stock: _, ...bare } = settings;
    expect((await statusView(source, bare, null)).stock).toBeNull();
  });

  test('one item: from NetSuite through each term to Amazon, with what makes it', async () => {
    const view = plain((await stockItemView(source, settings, 'BLU-MUG'))!);
    const [mug] = view.items as [(typeof view.items)[number]];
    expect(mug.skus).toEqual([
      { sku: 'BLU-MUG', units: 1 },
      { sku: 'BLU-MUG-3P', units: 3 },
      { sku: 'SET-1', units: 1 },
    ]);
    expect(mug.places).toHaveLength(1);
    expect(mug.places[0]).toMatchObject({ netsuite: 83, netsuiteValue: '498.00', amazon: 88, amazonValue: '528.00' });
    expect(mug.places[0]!.steps.map(({ term, units, reached }) => [term, units, reached])).toEqual([
      ['opening', 0, 83],
      ['waiting', 0, 83],
      ['ahead', 0, 83],
      ['foreign', 5, 88],
      ['gap', 0, 88],
    ]);
    expect(mug.places[0]!.steps[3]!.parts).toEqual([
      {
        units: 5,
        day: '2026-10-15',
        row: null,
        document: '9100',
        what: 'InvAdjst ADJ77 of 15 Oct 2026, −5 in NetSuite "count"',
        because: 'is not ours, and answers no row',
        exception: null,
        act: null,
      },
    ]);
    expect(mug.inTransit).toMatchObject([{ shipment: 'FBA15DEMO1', status: 'CLOSED', shipped: 30, inTransit: 6 }]);
    expect(mug.now).toMatchObject([{ pool: 'us', sellable: 84, reserved: 4 }]);
  });

  test('an item whose units in transit differ does not agree, and the page of the item says what is known of it', async () => {
    const { db } = world.store;
    // Three lamps lie at the location by hand, and no shipment has any: 0 at Amazon, 3 in NetSuite, at 1.00 each.
    const lamps = {
      connection: 'demo-us',
      location: 'To Amazon',
      item: 'LAMP',
      on_hand: 3,
      committed: 0,
      available: 3,
    };
    await db.insertInto('stock_on_hand').values(lamps).execute();
    const view = (await stockView(source, settings))!;
    expect(view.pools[0]).toMatchObject({ items: 3, agree: 0, inTransit: 6, netsuite: { inTransit: 9 } });
    const row = view.pools[0]!.differing.find(({ item }) => item === 'LAMP');
    expect(row).toMatchObject({ place: 'inTransit', amazon: 0, netsuite: 3, difference: -3, terms: null });
    expect((await statusView(source, settings, null)).stock).toMatchObject({ items: 3, agree: 0 });
    const run = (await stockOfRun(source, settings))!;
    expect(run.report.pools[0]).toMatchObject({ items: 3, agree: 0, netsuite: { inTransit: 9 } });
    expect(run.open).toContain('stock of us: in transit of 1 item, −3 units (npx tieout stock)');
    const [lamp] = (await stockItemView(source, settings, 'LAMP'))!.items;
    expect(lamp!.transit).toMatchObject([
      { pool: 'us', amazon: 0, netsuite: 3, difference: -3, because: [expect.stringContaining('npx tieout inbound')] },
    ]);
    await db.deleteFrom('stock_on_hand').where('item', '=', 'LAMP').where('location', '=', 'To Amazon').execute();
    expect((await stockView(source, settings))!.pools[0]!.agree).toBe(1);
    expect((await stockItemView(source, settings, 'BLU-MUG'))!.items[0]!.transit).toMatchObject([
      { amazon: 6, netsuite: 6, because: [] },
    ]);
  });

  test('what a person must explain stands at its part with its number and its command', async () => {
    const { db } = world.store;
    const problem: StockProblem = {
      code: 'movement-foreign',
      key: '9100',
      pool: 'us',
      sku: null,
      item: 'BLU-MUG',
      units: -5,
      value: '-30.00',
      day: '2026-10-15',
      rows: [],
      documents: ['9100'],
      what: 'ADJ77 moved stock',
    };
    const at = '2026-10-21T19:00:00Z';
    const raised = explainStockProblem({ ...problem }, { currency: 'USD', today: '2026-10-21' });
    const number = await raise(db, 'demo-us', raised, at);
    const [mug] = (await stockItemView(source, settings, 'BLU-MUG'))!.items;
    expect(mug!.places[0]!.steps[3]!.parts).toMatchObject([
      { document: '9100', exception: number, act: expect.stringContaining('npx tieout explain-foreign 9100 counter') },
    ]);
    expect((await statusView(source, settings, null)).stock).toMatchObject({ exceptions: [number] });
    expect((await stockOfRun(source, settings))!.report.pools[0]!.exceptions).toEqual([
      'sku-unknown',
      'movement-foreign',
    ]);
    expect(mug!.besides).toEqual([]);
    await resolveException(db, 'demo-us', 'movement-foreign', '9100', 'countered', at);
  });

  test('what waits at a place that stands in no equation is named on the page of its item', async () => {
    const { db } = world.store;
    const key = 'AMZ_demo-us_TRF_us-20261018-removal-source_1 BLU-MUG';
    const problem: StockProblem = {
      code: 'stock-missing',
      key,
      pool: 'us',
      sku: null,
      item: 'BLU-MUG',
      units: -3,
      value: '-18.00',
      day: '2026-10-18',
      rows: [],
      documents: [],
      what: 'NetSuite has 0 of BLU-MUG at removal, and 3 are to leave it',
    };
    const at = '2026-10-21T19:00:00Z';
    const raised = explainStockProblem(problem, { currency: 'USD', today: '2026-10-21' });
    const number = await raise(db, 'demo-us', raised, at);
    const besides = async (item: string) => (await stockItemView(source, settings, item))!.items[0]!.besides;
    expect(await besides('BLU-MUG')).toMatchObject([{ number, title: expect.stringContaining('BLU-MUG') }]);
    expect(await besides('LAMP')).toEqual([]);
    await resolveException(db, 'demo-us', 'stock-missing', key, 'posted', at);
  });

  test('rows that wait say for what, a gap since when', async () => {
    const view = (await stockItemView(source, settings, 'TEA-TIN'))!;
    const steps = view.items[0]!.places[0]!.steps;
    expect(steps.find(({ term }) => term === 'waiting')!.parts).toMatchObject([
      {
        units: -2,
        row: SHIPPED.id,
        what: 'Shipments −2 of TEA-TIN (PHX7)',
        because: 'waits for its fulfilment, its order or its removal shipment',
      },
    ]);
    expect(steps.find(({ term }) => term === 'gap')!.parts).toMatchObject([{ units: 1, day: '2026-10-18' }]);
  });

  test('a SKU stands for its item, a kit for its members, and what is neither for nothing', async () => {
    const itemsOf = async (asked: string) =>
      (await stockItemView(source, settings, asked))?.items.map(({ item }) => item) ?? null;
    expect(await itemsOf('BLU-MUG-3P')).toEqual(['BLU-MUG']);
    expect(await itemsOf('SET-1')).toEqual(['BLU-MUG', 'TEA-TIN']);
    expect(await itemsOf('NEW-SKU')).toBeNull();
  });

  test('what Amazon owes: the nearest last day of a claim first', async () => {
    const view = plain((await owedView(source, settings))!);
    expect(view).toMatchObject({ day: '2026-10-21', currency: 'USD' });
    expect(view.kinds.map(({ kind, count, units, cost }) => [kind, count, units, cost])).toEqual([
      ['lost-or-damaged', 2, 2, '12.00'],
      ['not-returned', 1, 1, '2.50'],
      ['inbound-short', 1, 6, '36.00'],
    ]);
    expect(
      view.owed.map(({ kind, sku, item, units, cost, lastDay, daysLeft, references }) => [
        kind,
        sku === '' ? item : sku,
        units,
        cost,
        lastDay,
        daysLeft,
        ...references,
      ]),
    ).toEqual([
      ['lost-or-damaged', 'BLU-MUG', 1, '6.00', '2026-12-08', 48, '9001'],
      ['lost-or-damaged', 'BLU-MUG', 1, '6.00', '2026-12-09', 49, '9003'],
      ['not-returned', 'TEA-TIN', 1, '2.50', '2026-12-18', 58, '112-1000001-1000001'],
      ['inbound-short', 'BLU-MUG', 6, '36.00', null, null, 'FBA15DEMO1'],
    ]);
  });

  test('an inbound shipment: what it says, where it stands, and its documents', async () => {
    const [view] = plain(await inboundView(source, ['demo-us'], 'FBA15DEMO1'));
    const standing = { received: 24, decided: 0, inTransit: 6, over: 0 };
    expect(view).toMatchObject({
      shipped: 30,
      received: 25,
      standing,
      items: [{ sku: 'BLU-MUG', shipped: 30, received: 25, standing }],
      documents: [
        {
          externalId: 'AMZ_demo-us_TRF_FBA15DEMO1-20261006-inTransit-sellable_1',
          day: '2026-10-06',
          state: 'posted',
          netsuiteId: '8002',
          effects: [
            { item: 'BLU-MUG', place: 'inTransit', units: -24 },
            { item: 'BLU-MUG', place: 'sellable', units: 24 },
          ],
        },
      ],
    });
  });

  test('the opening before its approval: 70 at Amazon, 68 that stood in NetSuite', async () => {
    const view = plain((await openingView(source, settings))!);
    const [pool] = view.pools as [(typeof view.pools)[number]];
    expect(pool).toMatchObject({
      pool: 'us',
      isPreliminary: true,
      approved: 'none',
      left: { units: 2, amount: '12.00', unpriced: 0 },
      act: 'npx tieout approve-opening us --why "…"',
    });
    expect(
      pool.items.map(({ item, amazon, netsuite, difference, booked, value }) => [
        item,
        amazon,
        netsuite,
        difference,
        booked,
        value,
      ]),
    ).toEqual([
      ['BLU-MUG', 70, 68, 2, 0, '12.00'],
      ['LAMP', 10, 10, 0, 0, '0.00'],
      ['TEA-TIN', 45, 45, 0, 0, '0.00'],
    ]);
    expect(pool.skusWithoutItem).toEqual([{ sku: 'NEW-SKU', units: 7 }]);
  });

  test('the opening once it is approved and booked', async () => {
    await storeApprovedOpening(world.store);
    const view = (await openingView(source, settings))!;
    expect(view.pools[0]).toMatchObject({
      isPreliminary: false,
      approved: 'all',
      left: { units: 0, amount: '0.00' },
      act: null,
      items: [
        { item: 'BLU-MUG', amazon: 70, netsuite: 68, difference: 2, booked: 2, approved: true },
        { item: 'LAMP', difference: 0, booked: 0 },
      ],
    });
  });
});
