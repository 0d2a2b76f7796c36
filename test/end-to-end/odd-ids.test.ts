/**
 * Ids that hold what a key may not (accounting.md, *Identity*): a shop numbers its orders as it likes, and Amazon hands that on.
 * Worked out by hand: three shop orders of one unit each, cost 10.00, 5.00 for sending each; one sale of Amazon's at 25.00.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const SKU = 'MUG "1/2": ü';
const SHOP = ['Web 42/7', `Bestellung Nº 9: "it's"`, `long-${'9'.repeat(300)}`] as const;
const SETTLEMENT = '27950000001-r1';
const REPORT = report(
  {
    id: SETTLEMENT,
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '10.00',
  },
  [
    ...SHOP.flatMap((order, index) =>
      sale(
        {
          order,
          shipment: `S ${index}`,
          at: `2026-10-02T1${index}:00:00Z`,
          item: `800${index}`,
          sku: SKU,
          quantity: 1,
          marketplace: 'Non-Amazon US',
        },
        [
          ['ItemPrice', 'Principal', '0.00'],
          ['ShipmentFees', 'FBA transportation fee', '-5.00'],
        ],
      ),
    ),
    ...sale(
      { order: '120-0000001-0000001', shipment: 'D1', at: '2026-10-02T16:00:00Z', item: '8009', sku: SKU, quantity: 1 },
      [['ItemPrice', 'Principal', '25.00']],
    ),
  ],
);
const hash = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 12);
const PARTS = [
  `Web-42-7-h${hash(SHOP[0])}`,
  `Bestellung-N--9---it-s--h${hash(SHOP[1])}`,
  `long-${'9'.repeat(55)}-h${hash(SHOP[2])}`,
];

describe('ids that hold what a key may not', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
      paceDays: 3,
      patience: { afterMs: 600, tries: 1000, lookEveryMs: 50 },
    });
    await world.runToTheEnd();
  }, 240_000);
  afterAll(() => world?.close());

  test('are booked and tied like any other, under keys told from each other', async () => {
    const { payouts, balances } = await world.tieOut();
    const open = (await openExceptions(world.store.db, world.connection)).map(({ evidence }) => evidence.what);
    expect([open, payouts.map(({ settlementId, tied }) => [settlementId, tied])]).toEqual([[], [[SETTLEMENT, true]]]);
    expect(balances).toMatchObject({
      'product-sales': '-25.00',
      'fulfilment-fees': '15.00',
      cogs: '40.00',
      bank: '10.00',
    });
    const ids = (await world.suiteql("SELECT externalid FROM transaction WHERE externalid LIKE 'AMZ_%'")).map(
      ({ externalid }) => externalid!.replace(/^AMZ_demo-us_/, ''),
    );
    for (const [index, part] of PARTS.entries()) {
      expect(ids).toContain(`SO_${part}_1`);
      expect(ids).toContain(`IF_${part}-S-${index}-h${hash(`S ${index}`)}_1`);
    }
    // Not the journal of another settlement that was issued again.
    expect(ids).toContain(`JE_27950000001-r1-h${hash(SETTLEMENT)}_1`);
    expect(ids).toContain('INV_120-0000001-0000001-D1_1');
  });
});
