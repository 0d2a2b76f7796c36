import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { refund, report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const SINGLE = '116-4000001-0000001';
const PACKS = '116-4000002-0000002';
const WAITS = '116-4000003-0000003';

const sold = (order: string, sku: string, at: string, principal: string, ship = '1'): Cells[] =>
  sale({ order, shipment: `Dp${order.slice(-2)}${ship}`, at, item: `98${order.slice(-4)}`, sku, quantity: 1 }, [
    ['ItemPrice', 'Principal', principal],
    ['ItemPrice', 'Shipping', '1.00'],
  ]);

/** A tin for 4.00; two packs of three tins for 20.00, sent one by one, of which one comes back; a pack of six for 19.99. Each shipment 1.00. */
const REPORT = report(
  {
    id: '28100000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '37.99',
  },
  [
    ...sold(SINGLE, 'TIN', '2026-10-02T16:00:00Z', '4.00'),
    ...sold(PACKS, 'TIN-3', '2026-10-03T16:00:00Z', '10.00'),
    ...sold(PACKS, 'TIN-3', '2026-10-05T16:00:00Z', '10.00', '2'),
    ...refund({ order: PACKS, at: '2026-10-09T16:00:00Z', item: '980002', sku: 'TIN-3', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-10.00'],
    ]),
    ...sold(WAITS, 'TIN-6', '2026-10-06T16:00:00Z', '19.99'),
  ],
);

describe('packs of an item', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      paceDays: 2,
      world: {
        ...told,
        catalogue: told.catalogue.map((product) => ({
          ...product,
          unitCost: '1.25',
          inNetSuite: product.sku === 'TIN',
        })),
      },
    });
    // Known before the first order is.
    await world.decide({ kind: 'sku', key: 'TIN-3', choice: 'TIN', units: 3, why: 'a pack of three' }, 'maria');
    await world.runToTheEnd();
  }, 180_000);
  afterAll(() => world?.close());

  /** `IF 3`, `INV 3 -10`: item lines of an order's documents as NetSuite holds them, in the order in which they were made. */
  async function linesOf(orderId: string): Promise<string[]> {
    const rows = await world.suiteql(
      `SELECT t.externalid, ABS(tl.quantity) AS quantity, tl.foreignamount AS amount, tl.memo FROM transaction t JOIN transactionline tl ON tl.transaction = t.id
       WHERE t.externalid LIKE 'AMZ_demo-us_%_${orderId}%' AND tl.mainline = 'F' AND tl.quantity IS NOT NULL AND tl.memo IS NOT NULL ORDER BY t.id, tl.id`,
    );
    return [
      ...new Set(
        rows.map(({ externalid, quantity, amount, memo }) => {
          const purpose = externalid!.split('_')[2]!;
          return `${purpose} ${memo!.split(' ')[1]} ${quantity}${purpose === 'IF' ? '' : ` ${amount}`}`;
        }),
      ),
    ];
  }
  const onHand = async () =>
    (
      await world.suiteql(
        "SELECT i.itemid, l.quantityonhand FROM inventoryitemlocations l JOIN item i ON i.id = l.item WHERE i.itemid = 'TIN'",
      )
    ).map((row) => Number(row['quantityonhand']));

  test('one of three, sent in parts and returned in part, counts three of the item on each document', async () => {
    expect(await linesOf(PACKS)).toEqual([
      'SO principal 6 -20',
      'SO shipping 2 -2',
      'IF principal 3',
      'INV principal 3 -10',
      'INV shipping 1 -1',
      'RA principal 3 10',
      'CM principal 3 10',
    ]);
    const documents = await world.suiteql(
      `SELECT externalid, type, foreigntotal FROM transaction WHERE otherrefnum = '${PACKS}' ORDER BY id`,
    );
    expect(documents.map(({ type, foreigntotal }) => `${type} ${foreigntotal}`)).toEqual([
      'SalesOrd 22',
      'CustInvc 11',
      'CustInvc 11',
      'RtnAuth -10',
      'CustCred -10',
    ]);
  });

  test('its order is done: shipped whole, billed whole, nothing is left open of it', async () => {
    const [order] = await world.suiteql(`SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_SO_${PACKS}_1'`);
    const lines = await world.netsuite.lookups.salesOrderLines(order!['id']!);
    expect(lines.map(({ quantity, fulfilled, billed }) => [quantity, fulfilled, billed])).toEqual([
      [6, 6, 6],
      [2, 0, 2],
    ]);
  });

  test('one that nobody has mapped waits, and is released as what it is', async () => {
    expect(await linesOf(WAITS)).toEqual([]);
    expect(
      await world.decide({ kind: 'sku', key: 'TIN-6', choice: 'TIN', units: 6, why: 'a pack of six' }, 'maria'),
    ).toMatchObject({
      released: 1,
      choice: 'TIN',
      detail: expect.stringMatching(/^NetSuite item TIN \(\d+\) exists and is active; one TIN-6 is 6 units of it$/),
    });
    await world.until(
      () => linesOf(WAITS),
      (lines) => lines.length > 4,
    );
    await world.look();
    await world.look();
    expect(await linesOf(WAITS)).toEqual([
      'SO principal 6 -19.99',
      'SO shipping 1 -1',
      'IF principal 6',
      'INV principal 6 -19.99',
      'INV shipping 1 -1',
    ]);
  });

  test('the payout ties to the cent, and stock and its cost fall by the units of the item', async () => {
    const tieOut: TieOut = await world.tieOut();
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '37.99', tied: true, exceptions: [] })]);
    // Of 51 tins 1 + 3 + 3 + 6 left, at 1.25; the pack that came back is not received. Goods: 4 + 10 + 10 + 19.99 − 10.
    expect(tieOut.balances).toMatchObject({
      clearing: '0.00',
      receivable: '0.00',
      bank: '37.99',
      'product-sales': '-33.99',
      cogs: '16.25',
    });
    expect(await onHand()).toEqual([38]);
    expect([tieOut.duplicates, tieOut.openExceptions]).toEqual([[], []]);
    expect(tieOut.decisions).toEqual([
      { kind: 'sku', key: 'TIN-3', choice: 'TIN', units: 3 },
      { kind: 'sku', key: 'TIN-6', choice: 'TIN', units: 6 },
    ]);
  });
});
