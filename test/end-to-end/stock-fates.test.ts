/** Many items with a fate each, in two pools; what becomes of each was worked out by hand from the design of stock. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { WorldInbound, WorldStock } from '../../src/simulators/amazon/stock/world-stock.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { commandsOn } from './commands-on-world.ts';
import { refund, report, sale } from './report.ts';
import { adjust, at, line, received } from './stock-events.ts';
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

const RETURNED = '116-7000001-0000001';
const FROM_MEXICO = '116-7000002-0000002';
const EXCHANGED = '116-7000003-0000003';
const KEPT = '116-7000004-0000004';
const principal = (amount: string) => [['ItemPrice', 'Principal', amount]] as const;
const sold = (order: string, item: string, sku: string, quantity: number, day: string) =>
  sale({ order, shipment: `D${item}`, at: `${day}T17:00:00Z`, item, sku, quantity }, principal(`${quantity * 10}.00`));
const paidBack = (order: string, item: string, sku: string, day: string) =>
  refund({ order, at: `${day}T17:00:00Z`, item, sku, quantity: 1 }, principal('-10.00'));

const REPORT = report(
  {
    id: '28400000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '20.00',
  },
  [
    ...sold(RETURNED, '9820001', 'RET', 2, '2026-10-03'),
    ...sold(FROM_MEXICO, '9820002', 'MXSHIP', 1, '2026-10-04'),
    ...sold(EXCHANGED, '9820003', 'RIGHT', 1, '2026-10-03'),
    ...sold(KEPT, '9820004', 'NEVER', 1, '2026-10-03'),
    ...paidBack(RETURNED, '9820001', 'RET', '2026-10-07'),
    ...paidBack(EXCHANGED, '9820003', 'RIGHT', '2026-10-06'),
    ...paidBack(KEPT, '9820004', 'NEVER', '2026-10-06'),
  ],
);

const sent = (shipment: string, sku: string): WorldInbound => ({
  shipment,
  country: 'US',
  centre: 'PDX9',
  items: { [sku]: 10 },
  history: [
    { at: at('02'), status: 'WORKING' },
    { at: at('03'), status: 'SHIPPED' },
    { at: at('06', 15), status: 'RECEIVING' },
    { at: at('12'), status: 'CLOSED' },
  ],
});

const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening:
    'PAIR TURN ALONE REDEF-A REDEF-B REDEF-C GONE FOUND DISP DONATE ODD MYST PACK-3 GAPPY ANSWERS LOTTED CANADA RET RIGHT NEVER OPEN REM WRONG'
      .split(' ')
      .map((sku) => line(sku, 10))
      .concat([
        line('INSIDE', 2, 'CARRIER_DAMAGED'),
        line('DISP', 2, 'CUSTOMER_DAMAGED'),
        line('LIQ', 4, 'CUSTOMER_DAMAGED'),
        line('SET-4', 5),
        line('LARGE', 300),
        line('NOCOST', 0),
        line('CANADA', 10, undefined, 'CA'),
        line('MXSHIP', 10, undefined, 'MX'),
        ...['IN-OVER', 'IN-LOST', 'IN-BACK', 'IN-LATE', 'IN-NEG', 'IN-NONE'].map((sku) => line(sku, 0)),
      ]),
  inbound: [
    sent('FBA1OVER', 'IN-OVER'),
    sent('FBA2LOST', 'IN-LOST'),
    sent('FBA3BACK', 'IN-BACK'),
    sent('FBA4LATE', 'IN-LATE'),
    sent('FBA5NEG', 'IN-NEG'),
    // Listed once its receipt was decided.
    {
      ...sent('FBA9NONE', 'IN-NONE'),
      items: { 'IN-NONE': 4 },
      history: [
        { at: at('30'), status: 'SHIPPED' },
        { at: at('31'), status: 'CLOSED' },
      ],
    },
  ],
  events: [
    adjust('05', 'PAIR', 'E', -1),
    adjust('07', 'PAIR', 'P', 1, { disposition: 'WAREHOUSE_DAMAGED' }),
    adjust('05', 'TURN', 'P', 1, { disposition: 'WAREHOUSE_DAMAGED' }),
    adjust('08', 'TURN', 'E', -1),
    adjust('05', 'ALONE', 'E', -1),
    {
      at: at('05'),
      type: 'convert',
      sku: 'INSIDE',
      units: 1,
      reason: '6',
      disposition: 'CARRIER_DAMAGED',
      into: 'WAREHOUSE_DAMAGED',
    },
    adjust('05', 'GONE', 'M', -2, { id: 'gone' }),
    { at: at('15'), type: 'withdraw', event: 'gone' },
    { at: at('06'), type: 'redefine', sku: 'REDEF-A', units: 2, into: 'REDEF-B' },
    adjust('06', 'REDEF-C', '4', -2),
    adjust('06', 'FOUND', 'F', 3),
    adjust('06', 'DISP', 'D', -1, { disposition: 'CUSTOMER_DAMAGED' }),
    adjust('06', 'DONATE', 'G', -1),
    adjust('06', 'SET-4', 'M', -1),
    adjust('06', 'PACK-3', 'M', -1),
    adjust('28', 'PACK-3', 'F', 1),
    adjust('06', 'LARGE', 'M', -150),
    adjust('06', 'ODD', 'X', -1),
    { at: at('06'), type: 'row', sku: 'MYST', units: 1, eventType: 'Mystery' },
    adjust('06', 'GAPPY', 'M', -1, { inDetail: 'never', inSummary: at('06') }),
    { at: at('06'), type: 'ship', sku: 'ANSWERS', units: 2 },
    adjust('06', 'LOTTED', 'M', -1),
    adjust('06', 'NOCOST', 'F', 1),
    adjust('06', 'CANADA', 'M', -1, { country: 'CA', centre: 'CA01' }),
    received('06', 'FBA1OVER', 'IN-OVER', 12),
    received('06', 'FBA2LOST', 'IN-LOST', 6),
    received('06', 'FBA3BACK', 'IN-BACK', 7),
    received('06', 'FBA4LATE', 'IN-LATE', 8),
    received('18', 'FBA4LATE', 'IN-LATE', 2),
    received('06', 'FBA5NEG', 'IN-NEG', 10),
    received('09', 'FBA5NEG', 'IN-NEG', -3),
    received('06', 'FBA9NONE', 'IN-NONE', 4),
    { at: at('07'), type: 'remove', sku: 'REM', units: 3, removal: 'HOME' },
    { at: at('07'), type: 'remove', sku: 'LIQ', units: 2, removal: 'SOLD-OFF', disposition: 'CUSTOMER_DAMAGED' },
  ],
  returns: [
    { at: at('08'), order: RETURNED, sku: 'RET', disposition: 'SELLABLE' },
    { at: at('09'), order: RETURNED, sku: 'RET', disposition: 'CUSTOMER_DAMAGED' },
    { at: at('10'), order: EXCHANGED, sku: 'RIGHT', came: 'WRONG', disposition: 'SELLABLE' },
  ],
  removals: [
    { removal: 'HOME', at: at('06'), kind: 'Return', lines: [{ sku: 'REM', disposition: 'Sellable', units: 3 }] },
    {
      removal: 'SOLD-OFF',
      at: at('06'),
      kind: 'Liquidations',
      lines: [{ sku: 'LIQ', disposition: 'Unsellable', units: 2 }],
    },
  ],
};

const SKUS = [...new Set(STOCK.opening.map(({ sku }) => sku))];

let world: WorldUnderTest;
beforeAll(async () => {
  const told = worldFromSettlements([REPORT]);
  world = await openWorld({
    paceDays: 2,
    world: {
      ...told,
      marketplaces: [
        ...told.marketplaces,
        { id: 'A1AM78C64UM0Y8', name: 'Amazon.com.mx', currency: 'MXN', countryCode: 'MX' },
      ],
      catalogue: [
        ...SKUS.map((sku) =>
          product(sku, {
            inNetSuite: !['PACK-3', 'SET-4'].includes(sku),
            unitCost: sku === 'REDEF-B' ? '9.00' : '6.00',
          }),
        ),
        ...['PACKITEM', 'OTHER', 'TOWEL'].map((sku) => product(sku)),
      ],
      stock: STOCK,
      goesOnUntil: '2026-11-10T00:00:00Z',
    },
    seed: (seed) => ({
      ...seed,
      items: [
        ...seed.items.map((item) => (item.itemId === 'LOTTED' ? { ...item, numbered: 'lot' as const } : item)),
        {
          itemId: 'SET-4',
          type: 'Kit',
          displayName: 'Set',
          incomeAccount: '4000',
          members: [{ itemId: 'TOWEL', quantity: 4 }],
        },
      ],
      openingStock: [
        ...seed.openingStock
          .filter(({ location }) => location !== 'FBA CA')
          .filter(({ itemId }) => itemId !== 'LOTTED')
          .map((stock) => (stock.itemId === 'OPEN' ? { ...stock, quantity: 7 } : stock)),
        { itemId: 'PACKITEM', location: 'FBA US', quantity: 30, unitCost: '6.00' },
        { itemId: 'TOWEL', location: 'FBA US', quantity: 20, unitCost: '6.00' },
      ],
      adjustments: [
        { at: at('08'), itemId: 'ANSWERS', location: 'FBA US', quantity: -2, account: '6300', memo: 'Sample' },
      ],
    }),
  });
  await world.decide({ kind: 'sku', key: 'PACK-3', choice: 'PACKITEM', units: 3, why: 'a pack of three' });
  await approveOpening(world, { days: 2 });
  await approveOpening(world, { pool: 'mx' });
  await goOnTo(world, '2026-10-24T12:00:00Z');
}, 240_000);
afterAll(() => world?.close());

describe('before anyone decides', () => {
  test('each row has the document of its day, and nothing else is booked', async () => {
    expect(await stockDocuments(world)).toEqual([
      '2026-10-01 ADJ us-opening: FBA US OPEN 3',
      '2026-10-04 TRF FBA1OVER-20261004-source-inTransit: Warehouse IN-OVER -10, FBA US in transit IN-OVER 10',
      '2026-10-04 TRF FBA2LOST-20261004-source-inTransit: Warehouse IN-LOST -10, FBA US in transit IN-LOST 10',
      '2026-10-04 TRF FBA3BACK-20261004-source-inTransit: Warehouse IN-BACK -10, FBA US in transit IN-BACK 10',
      '2026-10-04 TRF FBA4LATE-20261004-source-inTransit: Warehouse IN-LATE -10, FBA US in transit IN-LATE 10',
      '2026-10-04 TRF FBA5NEG-20261004-source-inTransit: Warehouse IN-NEG -10, FBA US in transit IN-NEG 10',
      '2026-10-04 TRF mx-20261004-sellable-us: FBA MX MXSHIP -1, FBA US MXSHIP 1',
      '2026-10-05 ADJ us-20261005-inventory-loss: FBA US GONE -2',
      '2026-10-05 ADJ us-20261005-inventory-loss part 2: FBA US ALONE -1',
      '2026-10-06 ADJ us-20261006-inventory-loss: FBA US REDEF-A -2, FBA US REDEF-B 2, FBA US unsellable DISP -1, FBA US DONATE -1, FBA US FOUND 3, FBA US PACKITEM -3, FBA US TOWEL -4',
      '2026-10-06 TRF FBA1OVER-20261006-inTransit-sellable: FBA US in transit IN-OVER -10, FBA US IN-OVER 10',
      '2026-10-06 TRF FBA2LOST-20261006-inTransit-sellable: FBA US in transit IN-LOST -6, FBA US IN-LOST 6',
      '2026-10-06 TRF FBA3BACK-20261006-inTransit-sellable: FBA US in transit IN-BACK -7, FBA US IN-BACK 7',
      '2026-10-06 TRF FBA4LATE-20261006-inTransit-sellable: FBA US in transit IN-LATE -8, FBA US IN-LATE 8',
      '2026-10-06 TRF FBA5NEG-20261006-inTransit-sellable: FBA US in transit IN-NEG -10, FBA US IN-NEG 10',
      '2026-10-07 ADJ us-20261007-liquidation: FBA US unsellable LIQ -2',
      '2026-10-07 TRF us-20261007-sellable-removal: FBA US REM -3, FBA US removal REM 3',
      '2026-10-07 TRF us-20261007-sellable-unsellable: FBA US PAIR -1, FBA US unsellable PAIR 1',
      '2026-10-08 IR 116-7000001-0000001-20261008: FBA US RET 1',
      '2026-10-08 TRF us-20261008-sellable-unsellable: FBA US TURN -1, FBA US unsellable TURN 1',
      '2026-10-09 ADJ us-20261009-cogs-returns: FBA US unsellable RET 1',
      '2026-10-09 TRF FBA5NEG-20261009-sellable-inTransit: FBA US IN-NEG -3, FBA US in transit IN-NEG 3',
      '2026-10-10 ADJ us-20261010-cogs-returns: FBA US WRONG 1',
      '2026-10-16 ADJ us-20261016-inventory-loss: FBA US GONE 2',
      '2026-10-18 TRF FBA4LATE-20261018-inTransit-sellable: FBA US in transit IN-LATE -2, FBA US IN-LATE 2',
      '2026-10-21 TRF us-20261021-removal-source: FBA US removal REM -3, Warehouse REM 3',
    ]);
  });

  test('what waits has its name, and drift is made of nothing else', async () => {
    expect(await openCodes(world)).toEqual([
      'adjustment-large AMZ_demo-us_ADJ_us-20261006-inventory-loss_2',
      'cost-unknown us NOCOST',
      'inbound-over FBA1OVER IN-OVER',
      'inbound-short FBA2LOST IN-LOST',
      'inbound-short FBA3BACK IN-BACK',
      'inbound-short FBA5NEG IN-NEG',
      'item-not-countable LOTTED',
      'ledger-gap us GAPPY sellable',
      'ledger-unknown Adjustments 4',
      'ledger-unknown Adjustments X',
      'ledger-unknown Mystery ',
      expect.stringMatching(/^movement-foreign \d+$/),
      'pool-unknown CA',
      'receipt-unknown FBA9NONE IN-NONE',
      'shipment-unbooked us ANSWERS',
    ]);
    expect(await differing(world)).toEqual([
      'us ANSWERS sellable 8 8 waiting -2, foreign 2',
      'us GAPPY sellable 9 10 gap -1',
      'us IN-NONE sellable 4 0 waiting 4',
      'us IN-OVER sellable 12 10 waiting 2',
      'us LARGE sellable 150 300 waiting -150',
      'us LOTTED sellable 9 0 opening 10, waiting -1',
      'us MYST sellable 11 10 waiting 1',
      'us NOCOST sellable 1 0 waiting 1',
      'us ODD sellable 9 10 waiting -1',
      'us REDEF-C sellable 8 10 waiting -2',
    ]);
  });

  test('value moves on the accounts of the design alone', async () => {
    // Lost: 6 alone, 6 disposed, 6 donated, 18 a pack, 24 a kit, 12 somebody's sample, less 18 found.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -18, 5100: -12, 6190: 12, 6300: 54 });
  });

  test('the commands tell days of the world', async () => {
    const tieout = commandsOn(world);
    expect((await tieout('stock')).stdout).toContain('figures of 22 Oct 2026, 2 days old · planned 24 Oct 2026');
    expect((await tieout('stock', 'owed')).stdout).toContain('what Amazon owes as of 24 Oct 2026');
  });
});

describe('each exception names the command that ends it', () => {
  test('a wrong word decides nothing', async () => {
    const tieout = commandsOn(world);
    const refused = async (...argv: string[]) =>
      (await tieout(...argv, '--why', 'looked up')).stderr.replace(/\s+/g, ' ');
    expect(await refused('close-gap', 'us', 'GAPPY', 'sellable', '-2')).toContain(
      'is -1, not -2. Nothing was decided.',
    );
    expect(await refused('decide-inbound', 'FBA4LATE', 'IN-LATE', 'lost')).toContain('Nothing was decided.');
    expect(await refused('map-movement', 'Adjustments', 'M', 'adjust')).toContain('Nothing was decided.');
  });

  test('and ends with it', async () => {
    const tieout = commandsOn(world);
    const foreign = (await openExceptions(world.store.db, world.connection)).find(
      ({ code }) => code === 'movement-foreign',
    )!.key;
    const row = '2026-10-06|X0ANSWERS|ANSWERS|Shipments|||PDX9|US|SELLABLE|-2#1';
    for (const argv of [
      ['decide-inbound', 'FBA1OVER', 'IN-OVER', 'take-from-source'],
      ['decide-inbound', 'FBA2LOST', 'IN-LOST', 'lost'],
      ['decide-inbound', 'FBA3BACK', 'IN-BACK', 'returned'],
      ['decide-inbound', 'FBA5NEG', 'IN-NEG', 'wait'],
      ['decide-inbound', 'FBA9NONE', 'IN-NONE', 'take-from-source'],
      ['map-movement', 'Adjustments', '4', 'adjust'],
      ['map-movement', 'Adjustments', 'X', 'adjust'],
      ['map-movement', 'Mystery', '', 'adjust'],
      ['explain-foreign', foreign, 'answers', '--rows', row],
      ['close-gap', 'us', 'GAPPY', 'sellable', '-1'],
      ['approve-adjustment', 'AMZ_demo-us_ADJ_us-20261006-inventory-loss_2'],
      // A slip, and what was meant, on one day.
      ['map-sku', 'PACK-3', 'SET-4'],
      ['map-sku', 'PACK-3', 'OTHER', '--units', '2'],
      ['map-sku', 'LOTTED', 'FOUND'],
    ])
      expect([argv, (await tieout(...argv, '--why', 'looked up')).exit]).toEqual([argv, 0]);
    await goOnTo(world, '2026-11-08T12:00:00Z', 5);
    expect(await openCodes(world)).toEqual(['cost-unknown us NOCOST', 'pool-unknown CA']);
    // LOTTED was FOUND all the time: nothing of it had been booked.
    expect(await differing(world)).toEqual(['us NOCOST sellable 1 0 waiting 1']);
  });

  test('by documents of the days that are theirs, once', async () => {
    const documents = await stockDocuments(world);
    expect(documents.filter((name) => /^2026-10-(2[4-9]|3)|^2026-10-06 ADJ .* part [2-9]/.test(name))).toEqual([
      '2026-10-06 ADJ us-20261006-inventory-loss part 2: FBA US LARGE -150',
      '2026-10-06 ADJ us-20261006-inventory-loss part 3: FBA US FOUND -1, FBA US MYST 1, FBA US ODD -1, FBA US REDEF-C -2',
      '2026-10-24 ADJ FBA2LOST-lost: FBA US in transit IN-LOST -4',
      '2026-10-24 ADJ us-20261024-gap: FBA US GAPPY -1',
      '2026-10-24 ADJ us-20261024-map: FBA US OTHER 18, FBA US PACKITEM -27',
      '2026-10-24 TRF FBA1OVER-20261024-source-sellable: Warehouse IN-OVER -2, FBA US IN-OVER 2',
      '2026-10-24 TRF FBA3BACK-20261024-inTransit-source: FBA US in transit IN-BACK -3, Warehouse IN-BACK 3',
      '2026-10-24 TRF FBA9NONE-20261024-source-sellable: Warehouse IN-NONE -4, FBA US IN-NONE 4',
      '2026-10-28 ADJ us-20261028-inventory-loss: FBA US OTHER 2',
    ]);
    await world.look();
    await world.look();
    expect(await stockDocuments(world)).toEqual(documents);
    // Of eight four were taken for FBA9NONE, and Amazon listed it since.
    expect((await unitsHeld(world))['IN-NONE']).toEqual({ 'FBA US': 4, Warehouse: 4 });
    expect((await commandsOn(world)('inbound', 'FBA9NONE')).stdout).toMatch(/IN-NONE +4 +4 +0 +0 +0/);
  });

  test('a pack of another item has the value that left the first', async () => {
    expect((await unitsHeld(world))['OTHER']).toEqual({ 'FBA US': 20 });
    // 54 of before; large 900, odd 6 − 6, redefined 12, lost 24, gap 6; one of FOUND lost 6; nothing by the pack, two of it found −18.
    // The opening has 18 and ten of FOUND at 6.
    expect(await bookedBy(world, 'InvAdjst')).toMatchObject({ 3900: -78, 5100: -12, 6190: 12, 6300: 984 });
  });
});
