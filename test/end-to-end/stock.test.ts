/**
 * The worked example of the stock design through the whole product: Amazon's ledger on one side, NetSuite's locations on the
 * other, every row of the table below worked out by hand. BLU-MUG costs 6.00; BLU-MUG-3P is a pack of three of it.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { loadStandings, loadStockRun } from '../../src/store/stock/standings.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { refund, report, sale } from './report.ts';
import { approveOpening } from './stock-in-netsuite.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const MUGS = '116-6000001-0000001';
const PACK = '116-6000002-0000002';
const AT = '2026-10-03T16:00:00Z';

const REPORT = report(
  {
    id: '28200000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '30.00',
  },
  [
    ...sale({ order: MUGS, shipment: 'Ds1', at: AT, item: '9800001', sku: 'BLU-MUG', quantity: 2 }, [
      ['ItemPrice', 'Principal', '20.00'],
    ]),
    ...sale({ order: PACK, shipment: 'Ds2', at: AT, item: '9800002', sku: 'BLU-MUG-3P', quantity: 1 }, [
      ['ItemPrice', 'Principal', '30.00'],
    ]),
    ...['2026-10-07T16:00:00Z', '2026-10-07T17:00:00Z'].flatMap((at) =>
      refund({ order: MUGS, at, item: '9800001', sku: 'BLU-MUG', quantity: 1 }, [['ItemPrice', 'Principal', '-10.00']]),
    ),
  ],
);

const place = { country: 'US', centre: 'PDX9' };
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: [
    { sku: 'BLU-MUG', fnsku: 'X001MUG', ...place, units: 40 },
    { sku: 'BLU-MUG-3P', fnsku: 'X003MUG', ...place, units: 10 },
  ],
  inbound: [
    {
      shipment: 'FBA15DEMO1',
      ...place,
      items: { 'BLU-MUG': 30 },
      history: [
        { at: '2026-10-02T16:00:00Z', status: 'WORKING' },
        { at: '2026-10-04T16:00:00Z', status: 'SHIPPED' },
        { at: '2026-10-06T16:00:00Z', status: 'RECEIVING' },
        { at: '2026-10-20T16:00:00Z', status: 'CLOSED' },
      ],
    },
  ],
  events: [
    { at: '2026-10-06T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: 24, shipment: 'FBA15DEMO1', inRowsOf: 8 },
    { at: '2026-10-09T18:00:00Z', type: 'convert', sku: 'BLU-MUG', units: 1, reason: 'E', into: 'WAREHOUSE_DAMAGED' },
    { at: '2026-10-10T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: -2, reason: 'M', id: 'lost' },
    { at: '2026-10-12T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: 1, reason: 'F', settles: 'lost' },
    { at: '2026-10-14T18:00:00Z', type: 'dispose', sku: 'BLU-MUG', units: 1, disposition: 'WAREHOUSE_DAMAGED' },
    { at: '2026-10-14T18:00:00Z', type: 'dispose', sku: 'BLU-MUG', units: 1, disposition: 'CUSTOMER_DAMAGED' },
  ],
  returns: [
    { at: '2026-10-08T18:00:00Z', order: MUGS, sku: 'BLU-MUG', disposition: 'SELLABLE' },
    { at: '2026-10-08T19:00:00Z', order: MUGS, sku: 'BLU-MUG', disposition: 'CUSTOMER_DAMAGED' },
  ],
};

let world: WorldUnderTest;
beforeAll(async () => {
  const told = worldFromSettlements([REPORT]);
  world = await openWorld({
    paceDays: 1,
    world: {
      ...told,
      catalogue: told.catalogue.map((product) => ({
        ...product,
        unitCost: '6.00',
        inNetSuite: product.sku === 'BLU-MUG',
      })),
      stock: STOCK,
      goesOnUntil: '2026-10-27T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      openingStock: [
        { itemId: 'BLU-MUG', location: 'FBA US', quantity: 68, unitCost: '6.00' },
        { itemId: 'BLU-MUG', location: 'Warehouse', quantity: 100, unitCost: '6.00' },
      ],
      adjustments: [
        {
          at: '2026-10-15T16:00:00Z',
          itemId: 'BLU-MUG',
          location: 'FBA US',
          quantity: -5,
          account: '6300',
          memo: 'Cycle count',
        },
      ],
    }),
  });
  await world.decide({ kind: 'sku', key: 'BLU-MUG-3P', choice: 'BLU-MUG', units: 3, why: 'a pack of three' });
  await approveOpening(world);
  await world.runToTheEnd();
}, 240_000);
afterAll(() => world?.close());

/** `ADJ us-20261010-inventory-loss: FBA US -2`: documents of stock as NetSuite holds them, by day. */
async function documents(): Promise<string[]> {
  const rows = await world.suiteql(
    `SELECT t.externalid, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, tl.quantity, BUILTIN.DF(tl.location) AS location
     FROM transaction t JOIN transactionline tl ON tl.transaction = t.id
     WHERE t.externalid LIKE 'AMZ_demo-us_%' AND t.type IN ('InvAdjst', 'InvTrnfr', 'ItemRcpt', 'ItemShip') AND tl.isinventoryaffecting = 'T'
     ORDER BY t.trandate, t.externalid, tl.id`,
  );
  const lines = new Map<string, string[]>();
  for (const { externalid, day, quantity, location } of rows) {
    const [, , purpose, key, part] = externalid!.split('_');
    const name = `${day} ${purpose} ${key!.replace(/^116-600000\d-000000(\d)/, 'order $1')}${part === '1' ? '' : ` part ${part}`}`;
    lines.set(name, [...(lines.get(name) ?? []), `${location} ${quantity}`]);
  }
  return [...lines].map(([name, moved]) => `${name}: ${moved.join(', ')}`);
}

async function onHand(): Promise<Record<string, number>> {
  const rows = await world.suiteql(
    "SELECT BUILTIN.DF(l.location) AS location, l.quantityonhand FROM inventoryitemlocations l JOIN item i ON i.id = l.item WHERE i.itemid = 'BLU-MUG'",
  );
  return Object.fromEntries(rows.map((row) => [row['location'], Number(row['quantityonhand'])]));
}

async function balanceOf(account: string): Promise<number> {
  const rows = await world.suiteql(
    `SELECT SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN account a ON a.id = tal.account WHERE a.acctnumber = '${account}'`,
  );
  return Number(rows[0]?.['amount'] ?? 0);
}

const open = async () =>
  (await openExceptions(world.store.db, world.connection)).map(({ code, key }) => `${code} ${key}`).sort();

describe('the worked example of stock', () => {
  test('every row is answered by a document of its day, and each says why', async () => {
    expect(await documents()).toEqual([
      '2026-10-01 ADJ us-opening: FBA US 2',
      '2026-10-03 IF order 1-Ds1: FBA US -2',
      '2026-10-03 IF order 2-Ds2: FBA US -3',
      '2026-10-04 TRF FBA15DEMO1-20261004-source-inTransit: Warehouse -30, FBA US in transit 30',
      '2026-10-06 TRF FBA15DEMO1-20261006-inTransit-sellable: FBA US in transit -24, FBA US 24',
      '2026-10-08 IR order 1-20261008: FBA US unsellable 1',
      '2026-10-08 IR order 1-20261008 part 2: FBA US 1',
      '2026-10-09 TRF us-20261009-sellable-unsellable: FBA US -1, FBA US unsellable 1',
      '2026-10-10 ADJ us-20261010-inventory-loss: FBA US -2',
      '2026-10-12 ADJ us-20261012-inventory-loss: FBA US 1',
      '2026-10-14 ADJ us-20261014-inventory-loss: FBA US unsellable -2',
    ]);
  });

  test('what is left is the movement of somebody else and what never came, each with its name', async () => {
    expect(await onHand()).toMatchObject({
      'FBA US': 83,
      'FBA US unsellable': 0,
      'FBA US in transit': 6,
      Warehouse: 70,
    });
    const run = await loadStockRun(world.store.db, world.connection);
    expect(run).toMatchObject({ waiting: [], gaps: [] });
    const standings = await loadStandings(world.store.db, world.connection, run!.day!);
    expect(
      standings.map(({ item, place: at, amazon, netsuite, terms }) => [item, at, amazon, netsuite, terms]),
    ).toEqual([
      ['BLU-MUG', 'sellable', 88, 83, { opening: 0, waiting: 0, ahead: 0, foreign: 5, gap: 0 }],
      ['BLU-MUG', 'unsellable', 0, 0, { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 }],
    ]);
    expect(await open()).toEqual([
      expect.stringMatching(/^inbound-short FBA15DEMO1 BLU-MUG/),
      expect.stringMatching(/^movement-foreign \d+$/),
    ]);
    expect(await world.details('inbound:demo-us:FBA15DEMO1')).toContain('24 of 30 units received; BLU-MUG 6 to come');
  });

  test('a counter and a loss end both: drift is 0, and value stands where the design says', async () => {
    const foreign = (await openExceptions(world.store.db, world.connection)).find(
      ({ code }) => code === 'movement-foreign',
    )!;
    await world.decide({ kind: 'explainForeign', document: foreign.key, choice: 'counter', why: 'a miscount' });
    await world.decide({
      kind: 'decideInbound',
      shipmentId: 'FBA15DEMO1',
      sku: 'BLU-MUG',
      choice: 'lost',
      why: 'claimed with Amazon',
    });
    await world.look();
    expect(await onHand()).toMatchObject({ 'FBA US': 88, 'FBA US unsellable': 0, 'FBA US in transit': 0 });
    expect(await open()).toEqual([]);
    // Goods 30.00 − 12.00; lost 12.00 − 6.00 + 12.00 + 36.00, and the miscount there and back; the opening 12.00.
    expect(await balanceOf('5000')).toBe(18);
    expect(await balanceOf('5100')).toBe(0);
    expect(await balanceOf('6300')).toBe(54);
    expect(await balanceOf('1200')).toBe(88 * 6 + 70 * 6);
  });

  test('posting again changes nothing', async () => {
    const before = await documents();
    await world.look();
    await world.look();
    expect(await documents()).toEqual(before);
  });
});
