import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { INVENTORY_ACCOUNT } from '../../src/local/demo-month/chart-of-accounts.ts';
import { refund, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const SET = '116-5000001-0000001';

/** Two sets of four towels for 30.00, of which one comes back. */
const REPORT = report(
  {
    id: '28300000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '15.00',
  },
  [
    ...sale({ order: SET, shipment: 'Dk1', at: '2026-10-02T16:00:00Z', item: '9810001', sku: 'SET-4', quantity: 2 }, [
      ['ItemPrice', 'Principal', '30.00'],
    ]),
    ...refund({ order: SET, at: '2026-10-09T16:00:00Z', item: '9810001', sku: 'SET-4', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-15.00'],
    ]),
  ],
);

describe('a listing that is a kit in NetSuite', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      paceDays: 2,
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '6.00' })) },
      seed: (seed) => ({
        ...seed,
        items: [
          ...seed.items.filter(({ itemId }) => itemId !== 'SET-4'),
          {
            itemId: 'TOWEL',
            type: 'InvtPart',
            displayName: 'Towel',
            incomeAccount: '4000',
            cogsAccount: '5000',
            assetAccount: INVENTORY_ACCOUNT,
          },
          {
            itemId: 'SET-4',
            type: 'Kit',
            displayName: 'Set of four',
            incomeAccount: '4000',
            members: [{ itemId: 'TOWEL', quantity: 4 }],
          },
        ],
        openingStock: [{ itemId: 'TOWEL', location: 'FBA US', quantity: 100, unitCost: '1.50' }],
      }),
    });
    await world.runToTheEnd();
  }, 180_000);
  afterAll(() => world?.close());

  test('is ordered, sent, billed and refunded as the kit; its members leave the stock', async () => {
    const documents = await world.suiteql(
      `SELECT externalid, type, foreigntotal FROM transaction WHERE otherrefnum = '${SET}' OR externalid LIKE 'AMZ_demo-us_IF_%' ORDER BY id`,
    );
    expect(documents.map(({ type, foreigntotal }) => `${type} ${foreigntotal}`)).toEqual([
      'SalesOrd 30',
      'ItemShip 0',
      'CustInvc 30',
      'RtnAuth -15',
      'CustCred -15',
    ]);
    const [held] = await world.suiteql(
      "SELECT l.quantityonhand FROM inventoryitemlocations l JOIN item i ON i.id = l.item WHERE i.itemid = 'TOWEL'",
    );
    expect(held).toEqual({ quantityonhand: '92' });
  });

  test('ties to the cent', async () => {
    expect((await world.tieOut()).payouts.map(({ tied }) => tied)).toEqual([true]);
  });
});
