/**
 * A connection that only plans (`posting: plan`) and then goes live. Worked out by hand from the design of stock; items cost 6.00:
 *
 * | SKU | Amazon | NetSuite | planned |
 * |---|---|---|---|
 * | OPENED | 10 | 7 | opening +3: it counts as approved while nothing is posted; live it waits for the approval |
 * | LOST | −2 on 5 Oct | 10 | an adjustment |
 * | DAMAGED | 1 of 10 on 6 Oct | 10 | a transfer |
 * | SOLD | −2 on 3 Oct | 10 | the fulfilment of the order, planned, answers the row; live the one that is posted does |
 * | BACK | −1 on 3 Oct, +1 on 8 Oct | 10 | no authorisation is in NetSuite: an adjustment; live the authorisation is closed for it |
 * | COMING | 8 of 10 received on 6 Oct | 0 | a transfer into transit, and one out of it |
 * | FOREIGN | 10 | 10, and somebody takes 1 on 7 Oct | `movement-foreign`, planned or live |
 * | COUNTED | 10 | 10, and somebody takes 1 on 7 Oct | its counter of 13 Oct is planned, live posted |
 * | LARGE | −150 on 5 Oct | 300 | an adjustment above the limit, approved on 13 Oct while nothing is posted |
 * | ANSWERED | −2 on 5 Oct, of no order | 10 | an adjustment by the decision of 13 Oct |
 * | GAPPY | −1 on 5 Oct in the balance alone | 10 | a gap, closed on 13 Oct |
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { refund, report, sale } from './report.ts';
import { at, line } from './stock-events.ts';
import {
  approveOpening,
  bookedBy,
  differing,
  goOnTo,
  openCodes,
  product,
  stockDocuments,
} from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const principal = (amount: string) => [['ItemPrice', 'Principal', amount]] as const;
const SOLD = { order: '116-7400001-0000001', item: '9870001', sku: 'SOLD', quantity: 2 };
const BACK = { order: '116-7400002-0000002', item: '9870002', sku: 'BACK', quantity: 1 };
const AT = '2026-10-03T17:00:00Z';
const REPORT = report(
  {
    id: '28800000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '20.00',
  },
  [
    ...sale({ ...SOLD, shipment: 'Dsold', at: AT }, principal('20.00')),
    ...sale({ ...BACK, shipment: 'Dback', at: AT }, principal('10.00')),
    ...refund({ ...BACK, at: '2026-10-06T17:00:00Z' }, principal('-10.00')),
  ],
);

const SKUS = 'OPENED LOST DAMAGED SOLD BACK COMING FOREIGN COUNTED LARGE ANSWERED GAPPY'.split(' ');
const AT_FIRST: Record<string, number> = { COMING: 0, LARGE: 300 };
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: SKUS.map((sku) => line(sku, AT_FIRST[sku] ?? 10)),
  inbound: [
    {
      shipment: 'FBA1IN',
      country: 'US',
      centre: 'PDX9',
      items: { COMING: 10 },
      history: [
        { at: at('02'), status: 'WORKING' },
        { at: at('03'), status: 'SHIPPED' },
      ],
    },
  ],
  events: [
    { at: at('05'), type: 'adjust', sku: 'LOST', units: -2, reason: 'M' },
    { at: at('06'), type: 'convert', sku: 'DAMAGED', units: 1, reason: 'E', into: 'WAREHOUSE_DAMAGED' },
    { at: at('06'), type: 'receive', sku: 'COMING', units: 8, shipment: 'FBA1IN' },
    { at: at('05'), type: 'adjust', sku: 'LARGE', units: -150, reason: 'M' },
    { at: at('05'), type: 'ship', sku: 'ANSWERED', units: 2 },
    { at: at('05'), type: 'adjust', sku: 'GAPPY', units: -1, reason: 'M', inDetail: 'never', inSummary: at('05') },
  ],
  returns: [{ at: at('08'), order: BACK.order, sku: 'BACK', disposition: 'SELLABLE' }],
};

let world: WorldUnderTest;
beforeAll(async () => {
  world = await openWorld({
    rateTimes: 60,
    world: {
      ...worldFromSettlements([REPORT]),
      catalogue: SKUS.map((sku) => product(sku)),
      stock: STOCK,
      goesOnUntil: '2026-10-30T00:00:00Z',
    },
    settings: { posting: 'plan' },
    seed: (seed) => ({
      ...seed,
      openingStock: seed.openingStock.map((one) => (one.itemId === 'OPENED' ? { ...one, quantity: 7 } : one)),
      adjustments: ['FOREIGN', 'COUNTED'].map((itemId) => ({
        at: at('07'),
        itemId,
        location: 'FBA US',
        quantity: -1,
        account: '6300',
        memo: `Sample of ${itemId}`,
      })),
    }),
  });
  await goOnTo(world, '2026-10-13T18:00:00Z');
}, 240_000);
afterAll(() => world?.close());

/** `2026-10-05 ADJ us-20261005-inventory-loss planned`: documents of stock as they are kept here. */
async function kept(): Promise<string[]> {
  const rows = await world.store.db
    .selectFrom('documents')
    .select(['external_id', 'date', 'state', 'purpose'])
    .where('purpose', 'in', ['ADJ', 'TRF', 'IR'])
    .orderBy('date')
    .orderBy('external_id')
    .execute();
  return rows.map(({ external_id: id, date, state, purpose }) => `${date} ${purpose} ${id.split('_')[3]} ${state}`);
}
const sampleOf = async (item: string): Promise<string> =>
  (await world.suiteql(`SELECT id FROM transaction WHERE memo = 'Sample of ${item}'`))[0]!['id']!;
const LARGE = 'AMZ_demo-us_ADJ_us-20261005-inventory-loss_2';
const IN_NETSUITE = (counted: string) => [
  '2026-10-04 TRF FBA1IN-20261004-source-inTransit: Warehouse COMING -10, FBA US in transit COMING 10',
  '2026-10-05 ADJ us-20261005-inventory-loss: FBA US LOST -2',
  '2026-10-05 ADJ us-20261005-inventory-loss part 2: FBA US LARGE -150',
  '2026-10-06 TRF FBA1IN-20261006-inTransit-sellable: FBA US in transit COMING -8, FBA US COMING 8',
  '2026-10-06 TRF us-20261006-sellable-unsellable: FBA US DAMAGED -1, FBA US unsellable DAMAGED 1',
  '2026-10-08 ADJ us-20261008-cogs-returns: FBA US BACK 1',
  '2026-10-13 ADJ us-20261013-gap: FBA US GAPPY -1',
  '2026-10-13 ADJ us-20261013-inventory-loss: FBA US ANSWERED -2',
  `2026-10-13 ADJ us-c${counted}: FBA US COUNTED 1`,
];

describe('posting: plan', () => {
  test('plans every document, posts none, and squares as if they were posted', async () => {
    expect(await kept()).toEqual([
      '2026-10-01 ADJ us-opening planned',
      '2026-10-04 TRF FBA1IN-20261004-source-inTransit planned',
      '2026-10-05 ADJ us-20261005-inventory-loss planned',
      '2026-10-05 ADJ us-20261005-inventory-loss planned',
      '2026-10-06 TRF FBA1IN-20261006-inTransit-sellable planned',
      '2026-10-06 TRF us-20261006-sellable-unsellable planned',
      '2026-10-08 ADJ us-20261008-cogs-returns planned',
    ]);
    expect(await stockDocuments(world)).toEqual([]);
    expect(await openCodes(world)).toEqual(
      [
        `adjustment-large ${LARGE}`,
        `movement-foreign ${await sampleOf('COUNTED')}`,
        `movement-foreign ${await sampleOf('FOREIGN')}`,
        'shipment-unbooked us ANSWERED',
      ].sort(),
    );
    expect(await differing(world)).toEqual([
      'us ANSWERED sellable 8 10 waiting -2',
      'us COUNTED sellable 10 9 foreign 1',
      'us FOREIGN sellable 10 9 foreign 1',
      'us GAPPY sellable 9 10 gap -1',
    ]);
  });

  test('and so it does at the end of a day that is past', async () => {
    const before = ['us ANSWERED sellable 8 10 waiting -2', 'us GAPPY sellable 9 10 gap -1'];
    expect(await differing(world, '2026-10-06')).toEqual(before);
    const samples = ['COUNTED', 'FOREIGN'].map((item) => `us ${item} sellable 10 9 foreign 1`);
    expect(await differing(world, '2026-10-07')).toEqual([...before, ...samples].sort());
  });

  test('what is decided is planned, too', async () => {
    const rows = ['2026-10-05|X0ANSWERED|ANSWERED|Shipments|||PDX9|US|SELLABLE|-2#1'];
    const why = 'looked up';
    await world.decide({ kind: 'explainForeign', document: await sampleOf('COUNTED'), choice: 'counter', why });
    await world.decide({ kind: 'answerRows', rows, role: 'inventory-loss', why });
    await world.decide({ kind: 'closeGap', pool: 'us', item: 'GAPPY', place: 'sellable', units: -1, why });
    await world.decide({ kind: 'approveAdjustment', document: LARGE, why });
    await goOnTo(world, '2026-10-16T18:00:00Z', 3);
    expect((await kept()).filter((name) => name > '2026-10-09')).toEqual([
      '2026-10-13 ADJ us-20261013-gap planned',
      '2026-10-13 ADJ us-20261013-inventory-loss planned',
      `2026-10-13 ADJ us-c${await sampleOf('COUNTED')} planned`,
    ]);
    expect(await stockDocuments(world)).toEqual([]);
    expect(await openCodes(world)).toEqual([`movement-foreign ${await sampleOf('FOREIGN')}`]);
    expect(await differing(world)).toEqual(['us FOREIGN sellable 10 9 foreign 1']);
  });
});

describe('gone live', () => {
  test('what was planned is posted once, but the opening, which nobody has approved', async () => {
    world.settings.posting = 'live';
    await goOnTo(world, '2026-10-19T18:00:00Z');
    expect(await stockDocuments(world)).toEqual(IN_NETSUITE(await sampleOf('COUNTED')));
    expect(await openCodes(world)).toEqual([`movement-foreign ${await sampleOf('FOREIGN')}`]);
    expect(await differing(world)).toEqual(['us FOREIGN sellable 10 9 foreign 1', 'us OPENED sellable 10 7 opening 3']);
    const closed = await world.suiteql(
      "SELECT tl.isclosed AS closed FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE t.type = 'RtnAuth' AND BUILTIN.DF(tl.item) = 'BACK'",
    );
    expect(closed).toEqual([{ closed: 'T' }]);
  });

  test('and that with the approval', async () => {
    await approveOpening(world);
    await goOnTo(world, '2026-10-25T18:00:00Z');
    expect(await stockDocuments(world)).toEqual([
      '2026-10-01 ADJ us-opening: FBA US OPENED 3',
      ...IN_NETSUITE(await sampleOf('COUNTED')),
    ]);
    expect(await differing(world)).toEqual(['us FOREIGN sellable 10 9 foreign 1']);
    // Opened 18; lost 12 and 900, answered 12, a gap 6, somebody's sample 6, and one that went and came back.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -18, 6300: 936 });
  });
});
