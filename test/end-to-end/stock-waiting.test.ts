/**
 * What waits, and what ends it: units that NetSuite lacks, fulfilments that the ledger lacks, rows that nobody knows, halves of
 * pairs under every reason. Worked out by hand from the design of stock; all items cost 6.00:
 *
 * | SKU | Amazon | becomes |
 * |---|---|---|
 * | SHORT | 1 damaged on 5 Oct; NetSuite has none, its opening is not approved | `stock-missing`; posts once the opening is |
 * | BESIDE | 1 damaged on 5 Oct | its line goes ahead of SHORT's, which is in the same document |
 * | COME | 1 damaged on 8 Oct; NetSuite has none until 5 come on 12 Oct | posts by itself after the receipt, dated 8 Oct |
 * | BELOW | 2 lost on 5 Oct; NetSuite has none | an adjustment: NetSuite goes below zero |
 * | UNSEEN | fulfilled on 3 Oct, no row | `fulfilment-unseen`; countered on 15 Oct |
 * | LATE | fulfilled on 3 Oct, row told from 16 Oct on | `fulfilment-unseen`, until the row |
 * | BOTH | as UNSEEN; its row is told from 20 Oct on | countered, then `shipment-unbooked`, answered on 28 Oct |
 * | ALONE | 2 shipped on 6 Oct without an order | `shipment-unbooked`, answered on 15 Oct |
 * | SWAP | reason `Y`: −1 sellable, +1 damaged on 6 Oct | `ledger-unknown`; mapped to `pair`: a transfer |
 * | HALF | reason `Y`: −1 on 6 Oct | with that an adjustment, since 7 days have passed |
 * | GHOST | `Mystery` +1 on 6 Oct, in no balance | mapped to `outside`: in no sum, and no gap |
 * | R7 RH RK RU | out of sellable under that reason, `P` in, on 7 Oct | one transfer |
 * | RQ | out of unsellable under `Q`, `P` into sellable, on 7 Oct | a transfer back |
 * | KALONE | `K` −1 on 7 Oct | waits 7 days, then an adjustment |
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { StockEvent, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { report, sale } from './report.ts';
import { adjust, at, line } from './stock-events.ts';
import {
  approveOpening,
  bookedBy,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
  unitsHeld,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const FULFILLED = ['UNSEEN', 'LATE', 'BOTH'];
const REPORT = report(
  {
    id: '28700000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '30.00',
  },
  FULFILLED.flatMap((sku, index) =>
    sale(
      {
        order: `116-730000${index + 1}-0000001`,
        shipment: `D${sku}`,
        at: '2026-10-03T17:00:00Z',
        item: `986000${index + 1}`,
        sku,
        quantity: 1,
      },
      [['ItemPrice', 'Principal', '10.00']],
    ),
  ),
);

const convert = (day: string, sku: string, reason: string): StockEvent => ({
  at: at(day),
  type: 'convert',
  sku,
  units: 1,
  reason,
  into: 'DEFECTIVE',
});
const NOT_OPENED = ['SHORT', 'COME', 'BELOW'];
const SKUS = [...NOT_OPENED, ...FULFILLED, ...'BESIDE ALONE SWAP HALF GHOST R7 RH RK RU RQ KALONE'.split(' ')];

const stockOf = (dispatched: (sku: string) => string): WorldStock => ({
  opened: '2026-09-30',
  opening: [...SKUS.map((sku) => line(sku, 10)), line('RQ', 2, 'CUSTOMER_DAMAGED')],
  inbound: [
    {
      shipment: 'FBA1COME',
      country: 'US',
      centre: 'PDX9',
      items: { COME: 5 },
      history: [
        { at: at('02'), status: 'WORKING' },
        { at: at('10'), status: 'SHIPPED' },
      ],
    },
  ],
  events: [
    ...FULFILLED.map((sku): StockEvent => ({ at: '2026-10-03T17:00:00Z', type: 'withdraw', event: dispatched(sku) })),
    { at: at('03'), type: 'ship', sku: 'LATE', units: 1, inDetail: at('16'), inSummary: at('16') },
    { at: at('03'), type: 'ship', sku: 'BOTH', units: 1, inDetail: at('20'), inSummary: at('20') },
    convert('05', 'SHORT', 'E'),
    convert('05', 'BESIDE', 'E'),
    convert('08', 'COME', 'E'),
    { at: at('12'), type: 'receive', sku: 'COME', units: 5, shipment: 'FBA1COME' },
    adjust('05', 'BELOW', 'M', -2),
    { at: at('06'), type: 'ship', sku: 'ALONE', units: 2 },
    adjust('06', 'SWAP', 'Y', -1),
    adjust('06', 'SWAP', 'Y', 1, { disposition: 'WAREHOUSE_DAMAGED' }),
    adjust('06', 'HALF', 'Y', -1),
    { at: at('06'), type: 'row', sku: 'GHOST', units: 1, eventType: 'Mystery', inSummary: 'never' },
    ...['7', 'H', 'K', 'U'].map((reason) => convert('07', `R${reason}`, reason)),
    {
      at: at('07'),
      type: 'convert',
      sku: 'RQ',
      units: 1,
      reason: 'Q',
      disposition: 'CUSTOMER_DAMAGED',
      into: 'SELLABLE',
    },
    adjust('07', 'KALONE', 'K', -1),
  ],
});

let world: WorldUnderTest;
beforeAll(async () => {
  const told = worldFromSettlements([REPORT]);
  const dispatched = (sku: string): string => {
    const shipment = told.shipments.find(({ items }) => items.some((item) => item.sku === sku))!;
    return `${shipment.shipmentId}/${shipment.items[0]!.shipmentItemId}`;
  };
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...told,
      catalogue: SKUS.map((sku) => product(sku)),
      stock: stockOf(dispatched),
      goesOnUntil: '2026-11-05T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      openingStock: [
        ...seed.openingStock.filter(({ itemId, location }) => !(NOT_OPENED.includes(itemId) && location === 'FBA US')),
        { itemId: 'SHORT', location: 'Warehouse', quantity: 5, unitCost: '6.00' },
      ],
    }),
  });
  await world.look();
  await approveOpening(world, { items: SKUS.filter((sku) => !NOT_OPENED.includes(sku)) });
  await goOnTo(world, '2026-10-11T18:00:00Z');
}, 240_000);
afterAll(() => world?.close());

const unseen = async (sku: string) =>
  (await openExceptions(world.store.db, world.connection)).find(
    ({ code, evidence }) => code === 'fulfilment-unseen' && evidence.what.includes(` ${sku}`),
  );

describe('before anyone decides', () => {
  test('what NetSuite lacks waits for it, and says so after grace', async () => {
    expect(await stockDocuments(world)).toEqual([
      '2026-10-05 ADJ us-20261005-inventory-loss: FBA US BELOW -2',
      '2026-10-05 TRF us-20261005-sellable-unsellable part 2: FBA US BESIDE -1, FBA US unsellable BESIDE 1',
      '2026-10-07 TRF us-20261007-sellable-unsellable: FBA US R7 -1, FBA US RH -1, FBA US RK -1, FBA US RU -1, FBA US unsellable R7 1, FBA US unsellable RH 1, FBA US unsellable RK 1, FBA US unsellable RU 1',
      '2026-10-07 TRF us-20261007-unsellable-sellable: FBA US unsellable RQ -1, FBA US RQ 1',
      '2026-10-11 TRF FBA1COME-20261011-source-inTransit: Warehouse COME -5, FBA US in transit COME 5',
    ]);
    expect(await openCodes(world)).toEqual([
      expect.stringMatching(/^fulfilment-unseen \d+:\d+$/),
      expect.stringMatching(/^fulfilment-unseen \d+:\d+$/),
      expect.stringMatching(/^fulfilment-unseen \d+:\d+$/),
      'ledger-unknown Adjustments Y',
      'ledger-unknown Mystery ',
      'shipment-unbooked us ALONE',
      'stock-missing AMZ_demo-us_TRF_us-20261005-sellable-unsellable_1 SHORT',
    ]);
  });

  test('a receipt lets a transfer go that waited for it, and each unit stands under a name', async () => {
    await goOnTo(world, '2026-10-15T18:00:00Z');
    const documents = await stockDocuments(world);
    expect(documents.filter((name) => /COME|KALONE/.test(name))).toEqual([
      '2026-10-07 ADJ us-20261007-inventory-loss: FBA US KALONE -1',
      '2026-10-08 TRF us-20261008-sellable-unsellable: FBA US COME -1, FBA US unsellable COME 1',
      '2026-10-11 TRF FBA1COME-20261011-source-inTransit: Warehouse COME -5, FBA US in transit COME 5',
      '2026-10-12 TRF FBA1COME-20261012-inTransit-sellable: FBA US in transit COME -5, FBA US COME 5',
    ]);
    expect(await differing(world)).toEqual([
      'us ALONE sellable 8 10 waiting -2',
      'us BELOW sellable 8 -2 opening 10',
      'us BOTH sellable 10 9 ahead 1',
      'us COME sellable 14 4 opening 10',
      'us GHOST sellable 10 10 waiting 1, gap -1',
      'us HALF sellable 9 10 waiting -1',
      'us LATE sellable 10 9 ahead 1',
      'us SHORT sellable 9 0 opening 10, waiting -1',
      'us SHORT unsellable 1 0 waiting 1',
      'us SWAP sellable 9 10 waiting -1',
      'us SWAP unsellable 1 0 waiting 1',
      'us UNSEEN sellable 10 9 ahead 1',
    ]);
  });
});

describe('decisions', () => {
  test('end each of them, once', async () => {
    const tieout = commandsOn(world);
    const documents = await Promise.all(['UNSEEN', 'BOTH'].map(async (sku) => (await unseen(sku))!.key.split(':')[0]!));
    const row = '2026-10-06|X0ALONE|ALONE|Shipments|||PDX9|US|SELLABLE|-2#1';
    for (const argv of [
      ...documents.map((document) => ['explain-foreign', document, 'counter']),
      ['map-movement', 'Adjustments', 'Y', 'pair'],
      ['map-movement', 'Mystery', '', 'outside'],
    ])
      expect([argv, (await tieout(...argv, '--why', 'looked up')).exit]).toEqual([argv, 0]);
    await world.decide({ kind: 'answerRows', rows: [row], role: 'inventory-loss', why: 'a sample' });
    await world.decide({ kind: 'approveOpening', pool: 'us', items: ['SHORT'], why: 'counted' });
    await goOnTo(world, '2026-10-18T18:00:00Z');
    const counters = documents.map((document) => `us-c${document}`);
    const made = await stockDocuments(world);
    expect(made.filter((name) => /^2026-10-(01|05|06|15)/.test(name))).toEqual([
      '2026-10-01 ADJ us-opening: FBA US SHORT 10',
      '2026-10-05 ADJ us-20261005-inventory-loss: FBA US BELOW -2',
      '2026-10-05 TRF us-20261005-sellable-unsellable: FBA US SHORT -1, FBA US unsellable SHORT 1',
      '2026-10-05 TRF us-20261005-sellable-unsellable part 2: FBA US BESIDE -1, FBA US unsellable BESIDE 1',
      '2026-10-06 ADJ us-20261006-inventory-loss: FBA US HALF -1',
      '2026-10-06 TRF us-20261006-sellable-unsellable: FBA US SWAP -1, FBA US unsellable SWAP 1',
      '2026-10-15 ADJ us-20261015-inventory-loss: FBA US ALONE -2',
      ...[`${counters[0]}: FBA US UNSEEN 1`, `${counters[1]}: FBA US BOTH 1`]
        .sort()
        .map((of) => `2026-10-15 ADJ ${of}`),
    ]);
    expect(await openCodes(world)).toEqual([]);
    expect(await differing(world)).toEqual(['us BELOW sellable 8 -2 opening 10', 'us COME sellable 14 4 opening 10']);
  });

  test('a row that comes after its fulfilment was countered is for a person again', async () => {
    await goOnTo(world, '2026-10-28T18:00:00Z', 4);
    expect(await openCodes(world)).toEqual(['shipment-unbooked us BOTH']);
    expect(await differing(world)).toEqual([
      'us BELOW sellable 8 -2 opening 10',
      'us BOTH sellable 9 10 waiting -1',
      'us COME sellable 14 4 opening 10',
    ]);
    const row = '2026-10-03|X0BOTH|BOTH|Shipments|||PDX9|US|SELLABLE|-1#1';
    await world.decide({ kind: 'answerRows', rows: [row], role: 'inventory-loss', why: 'it did leave' });
    await world.look();
    expect((await stockDocuments(world)).at(-1)).toBe('2026-10-28 ADJ us-20261028-inventory-loss: FBA US BOTH -1');
    expect(await openCodes(world)).toEqual([]);
    expect((await unitsHeld(world))['BOTH']).toEqual({ 'FBA US': 9 });
    // 2 BELOW cost nothing that is known; KALONE, HALF 6 each, ALONE 12, BOTH there and back, UNSEEN −6.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -60 });
  });

  test('Amazon owes what it lost and damaged, and apart what others damaged', async () => {
    const { stdout } = await commandsOn(world)('stock', 'owed', '--csv');
    const [head, ...rows] = stdout
      .trim()
      .split(/\r?\n/)
      .map((row) => row.split(','));
    const of = (row: string[], column: string) => row[head!.indexOf(column)];
    expect(rows.map((row) => `${of(row, 'sku')} ${of(row, 'units')} ${of(row, 'kind')}`).sort()).toEqual([
      'BELOW 2 lost-or-damaged',
      'BESIDE 1 lost-or-damaged',
      'COME 1 lost-or-damaged',
      'KALONE 1 damaged-by-others',
      'R7 1 lost-or-damaged',
      'RH 1 damaged-by-others',
      'RK 1 damaged-by-others',
      'RU 1 damaged-by-others',
      'SHORT 1 lost-or-damaged',
    ]);
  });
});
