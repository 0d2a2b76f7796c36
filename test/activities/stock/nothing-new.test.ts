import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { checkConnection } from '../../../src/activities/setup/check-connection.ts';
import { unlessNothingNew } from '../../../src/activities/stock/nothing-new.ts';
import type { InboundShipment } from '../../../src/domain/stock/stock-facts.ts';
import { recordAudit } from '../../../src/store/audit/audit-log.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { noteDocument } from '../../../src/store/stock/document-notes.ts';
import { saveInbound } from '../../../src/store/stock/inbound.ts';
import { loadNetSuiteStock, saveMatchedSkus, saveNetSuiteStock } from '../../../src/store/stock/netsuite-stock.ts';
import { saveReportLines } from '../../../src/store/stock/report-lines.ts';
import { loadStockRun } from '../../../src/store/stock/standings.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openPlannedStock, row, type PlannedStock } from './planned-stock.ts';

let postgres: FreshPostgres;
let shop: PlannedStock;
let shipped: string;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

const NOW = '2026-10-14T12:00:00Z';
const shipment = (changes: Partial<InboundShipment> = {}): InboundShipment => ({
  shipmentId: 'FBA1',
  name: '',
  status: 'WORKING',
  destination: 'PDX9',
  items: [{ sku: 'TEA', fnsku: 'X2', shipped: 5, received: 0 }],
  ...changes,
});
const DAYS = { sent: '2026-10-14', closed: '2026-10-14' };

/** Whether a step would be spared, without a look at anything. */
async function isSpared(step: 'plan' | 'square', connection: Connection = shop.connection): Promise<boolean> {
  const look = async () => ({ result: null, isQuiet: false });
  return (await unlessNothingNew(connection, step, look)).isSpared;
}
const areSpared = async () => [await isSpared('plan'), await isSpared('square')];

/** Both sides agree: 70 mugs, of which one was sold without a fulfilment; somebody has counted two away. Looked at until nothing is new. */
beforeEach(async () => {
  shop = await openPlannedStock(postgres);
  await shop.moves('100', { day: '2026-08-01', units: 68 });
  await shop.goTo('2026-10-05T12:00:00Z');
  await shop.opens(70);
  await shop.plan();
  await shop.decide({ kind: 'approveOpening', pool: 'us', items: null });
  await shop.run();
  await shop.goTo(NOW);
  [shipped] = (await shop.tells(row({ day: '2026-10-13', quantity: -1, eventType: 'Shipments', reason: '' }))) as [
    string,
  ];
  await shop.moves('200', { day: '2026-10-12', units: -2 });
  await shop.summarise('2026-10-13', { '2026-10-13': 69 });
  await saveInbound(shop.connection.db, shop.name, 'us', shipment(), NOW, DAYS);
  await shop.run();
  await shop.run();
});

test('what is the same is not looked at again, however often NetSuite is read', async () => {
  const found = [await shop.plan(), await shop.square()];
  expect(await areSpared()).toEqual([true, true]);
  await shop.goTo('2026-10-14T15:00:00Z');
  expect(await areSpared()).toEqual([true, true]);
  expect([await shop.plan(), await shop.square()]).toEqual(found);
  expect(found[0]).toMatchObject({ documents: 0, send: [], waiting: 1 });
  expect(found[1]).toMatchObject({ day: '2026-10-12' });
  expect((await loadStockRun(shop.connection.db, shop.name))!.plannedAt).toBe(shop.connection.latest());
});

describe('seen is', () => {
  const db = () => shop.connection.db;
  const stockNow = async () => (await loadNetSuiteStock(db(), shop.name))!;
  test.each<[string, () => Promise<unknown>]>([
    ['a row of the ledger', () => shop.tells(row({ day: '2026-10-13', quantity: -2 }))],
    ['a row of an old day', () => shop.tells(row({ day: '2026-10-02', quantity: -2 }))],
    ['a row that is taken back', () => shop.takesBack(shipped)],
    ['a summary', () => shop.summarise('2026-10-13', { '2026-10-13': 68 })],
    ['a month of the summary', () => shop.slow('TEA', 3, '2026-08-31')],
    ['a movement', () => shop.moves('201', { day: '2026-10-13', units: -1 })],
    ['a movement that is another', () => shop.moves('200', { day: '2026-10-12', units: -3 })],
    ['a movement that is gone', () => shop.moves('200')],
    ['a movement before the opening that is gone', () => shop.moves('100')],
    ['a decision', () => shop.decide({ kind: 'explainForeign', document: '200', choice: 'counter', rows: [] })],
    [
      'a mapping',
      () =>
        recordAudit(db(), shop.name, {
          action: 'map-sku',
          detail: { key: 'TEA', choice: 'BLU-MUG', units: 1 },
          by: 'maria',
          why: null,
          at: NOW,
        }),
    ],
    [
      'a SKU that NetSuite knows',
      () => saveMatchedSkus(db(), shop.name, [{ sku: 'JAM', item: 'TEA', matchedOn: NOW.slice(0, 10) }]),
    ],
    [
      'a line of the returns report',
      () =>
        saveReportLines(db(), shop.name, 'returns', [
          {
            day: '2026-10-13',
            orderId: '1',
            sku: 'TEA',
            fnsku: 'X2',
            quantity: 1,
            centre: 'PDX9',
            disposition: 'SELLABLE',
            reason: '',
            status: '',
            plate: '',
          },
        ]),
    ],
    [
      'a removal',
      () =>
        saveReportLines(db(), shop.name, 'removals', [
          {
            orderId: 'R1',
            day: '2026-10-13',
            sku: 'TEA',
            fnsku: 'X2',
            disposition: 'Sellable',
            quantity: 1,
            kind: 'Return',
            tracking: '',
          },
        ]),
    ],
    [
      'an inbound shipment that went',
      () => saveInbound(db(), shop.name, 'us', shipment({ status: 'SHIPPED' }), NOW, DAYS),
    ],
    [
      'another cost',
      async () => {
        const stock = await stockNow();
        const items = stock.items.map((item) => ({ ...item, lastPurchasePrice: '9.00' }));
        await saveNetSuiteStock(db(), shop.name, { ...stock, items });
      },
    ],
    [
      'other units on hand',
      async () => {
        const stock = await stockNow();
        await saveNetSuiteStock(db(), shop.name, {
          ...stock,
          onHand: stock.onHand.map((one) => ({ ...one, onHand: 1 })),
        });
      },
    ],
    [
      'an authorisation',
      async () => {
        const authorisation = { netsuiteId: '5', orderId: '1', day: '2026-10-13', item: 'TEA', open: 1 };
        await saveNetSuiteStock(db(), shop.name, { ...(await stockNow()), authorisations: [authorisation] });
      },
    ],
    [
      'a transfer order',
      async () => {
        const order = { netsuiteId: '6', shipmentId: 'FBA1', fulfilled: null, open: [], fulfilments: [] };
        await saveNetSuiteStock(db(), shop.name, { ...(await stockNow()), transferOrders: [order] });
      },
    ],
    [
      'what NetSuite said of a document',
      () => noteDocument(db(), shop.name, { externalId: `AMZ_${shop.name}`, restocked: false }),
    ],
    [
      'another state of a document',
      () => db().updateTable('documents').set({ state: 'rejected' }).where('connection', '=', shop.name).execute(),
    ],
    [
      'an exception that somebody closed',
      async () => {
        expect(await openExceptions(db(), shop.name)).not.toEqual([]);
        await db().updateTable('exceptions').set({ closed_at: NOW }).where('connection', '=', shop.name).execute();
      },
    ],
    ['the next day', () => shop.goTo('2026-10-15T12:00:00Z')],
  ])('%s', async (_, happens) => {
    expect(await areSpared()).toEqual([true, true]);
    await happens();
    expect(await areSpared()).toEqual([false, false]);
  });

  test.each<[string, object]>([
    ['grace', { grace: '96h' }],
    ['the limit', { limit: { units: 1, value: '1.00' } }],
    ['items that are left', { leave: ['TEA'] }],
  ])('a setting: %s', async (_, changed) => {
    const { settings } = shop.connection;
    const value = { ...settings, stock: { ...settings.stock, ...changed } };
    const connection = Object.create(shop.connection, { settings: { value } }) as Connection;
    expect(await isSpared('plan', connection)).toBe(false);
    expect(await isSpared('plan')).toBe(true);
  });
});

test('what waits for days is told on its day, though nothing else was new', async () => {
  const told: [string, string[]][] = [];
  for (const day of ['14', '15', '16', '17', '18', '19', '20']) {
    for (const hour of ['13', '14', '15']) {
      await shop.goTo(`2026-10-${day}T${hour}:00:00Z`);
      await shop.plan();
      await shop.square();
    }
    told.push([day, (await shop.open()).map((one) => one.split(' ')[0]!)]);
  }
  expect(told.find(([, codes]) => codes.includes('shipment-unbooked'))![0]).toBe('17');
});

test('a run that is broken off, also while it raises what it found, is looked at again', async () => {
  await shop.moves('201', { day: '2026-10-13', units: 1 });
  const killed = unlessNothingNew(shop.connection, 'plan', () => Promise.reject(new Error('killed')));
  await expect(killed).rejects.toThrow('killed');
  expect(await areSpared()).toEqual([false, false]);
});

test('a process that starts has everything looked at anew: its rules may be of another version', async () => {
  expect(await areSpared()).toEqual([true, true]);
  const asksNobody = { ...shop.connection, netsuite: { lookups: new Proxy({}, { get: () => async () => ({}) }) } };
  await checkConnection(asksNobody as unknown as Connection);
  expect(await areSpared()).toEqual([false, false]);
});
