import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { storeDecision } from '../../../src/store/decisions/decisions.ts';
import { saveInbound } from '../../../src/store/stock/inbound.ts';
import { saveBalances } from '../../../src/store/stock/ledger-balances.ts';
import { insertLedgerRows } from '../../../src/store/stock/ledger-rows.ts';
import {
  loadMatchedSkus,
  loadNetSuiteStock,
  saveMatchedSkus,
  saveNetSuiteStock,
  type NetSuiteStock,
} from '../../../src/store/stock/netsuite-stock.ts';
import { loadUnmatchedSkus } from '../../../src/store/stock/skus-of-stock.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

let postgres: FreshPostgres;
let db: FreshPostgres['store']['db'];
let connection = '';
let connections = 0;

beforeAll(async () => {
  postgres = await startFreshPostgres();
  ({
    store: { db },
  } = postgres);
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(() => {
  connections += 1;
  connection = `demo-${connections}`;
});

const STOCK: NetSuiteStock = {
  currency: 'USD',
  readAt: '2026-11-16T20:00:00Z',
  items: [
    {
      item: 'BLU-MUG',
      netsuiteId: '501',
      members: null,
      uncountable: null,
      lastPurchasePrice: '5.80',
      averages: [{ location: 'FBA US', cost: '6.125' }],
    },
    {
      item: 'GIFT-SET',
      netsuiteId: '502',
      members: [{ item: 'BLU-MUG', quantity: 2 }],
      uncountable: 'it has lots',
      lastPurchasePrice: null,
      averages: [],
    },
  ],
  onHand: [{ location: 'FBA US', item: 'BLU-MUG', onHand: -3, committed: 1, available: -4 }],
  authorisations: [{ netsuiteId: '900', orderId: '113-1111111-2222222', day: '2026-11-08', item: 'BLU-MUG', open: 2 }],
  transferOrders: [
    {
      netsuiteId: '901',
      shipmentId: 'FBA15DEMO1',
      fulfilled: '2026-10-04',
      open: [{ item: 'BLU-MUG', units: 6 }],
      fulfilments: [{ day: '2026-10-04', item: 'BLU-MUG', units: 30 }],
    },
    { netsuiteId: '902', shipmentId: 'FBA15DEMO2', fulfilled: null, open: [], fulfilments: [] },
  ],
};

test('what NetSuite said is kept whole, and what it says next takes its place', async () => {
  expect(await loadNetSuiteStock(db, connection)).toBeNull();
  await saveNetSuiteStock(db, connection, STOCK);
  expect(await loadNetSuiteStock(db, connection)).toEqual(STOCK);
  const next: NetSuiteStock = {
    currency: 'EUR',
    readAt: '2026-11-16T20:15:00Z',
    items: STOCK.items.slice(0, 1),
    onHand: [],
    authorisations: [],
    transferOrders: [],
  };
  await saveNetSuiteStock(db, connection, next);
  expect(await loadNetSuiteStock(db, connection)).toEqual(next);
  expect(await loadNetSuiteStock(db, `${connection}-other`)).toBeNull();
});

test('two attempts of one reading do not get into each other’s way', async () => {
  await Promise.all([1, 2, 3].map(() => saveNetSuiteStock(db, connection, STOCK)));
  expect(await loadNetSuiteStock(db, connection)).toEqual(STOCK);
});

test('a SKU that was matched keeps its day and item', async () => {
  await saveMatchedSkus(db, connection, [{ sku: 'TEA', item: 'TEA', matchedOn: '2026-11-01' }]);
  await saveMatchedSkus(db, connection, [
    { sku: 'TEA', item: 'OTHER', matchedOn: '2026-11-09' },
    { sku: 'BLU-MUG', item: 'BLU-MUG', matchedOn: '2026-11-09' },
  ]);
  expect(await loadMatchedSkus(db, connection)).toEqual([
    { sku: 'BLU-MUG', item: 'BLU-MUG', matchedOn: '2026-11-09' },
    { sku: 'TEA', item: 'TEA', matchedOn: '2026-11-01' },
  ]);
});

test('unmatched are SKUs of rows, balances and shipments that have neither match nor decision', async () => {
  expect(await loadUnmatchedSkus(db, connection)).toEqual([]);
  const row = (sku: string, number: number) => ({
    id: `${sku} ${number}`,
    pool: 'us',
    origin: 'ledger' as const,
    seen: '2026-11-16T20:00:00Z',
    takenBack: null,
    opposes: null,
    own: null,
    day: '2026-11-10',
    fnsku: 'X1',
    sku,
    asin: 'B0',
    title: '',
    eventType: 'Receipts',
    reason: '',
    reference: '',
    quantity: 1,
    centre: 'PDX9',
    country: 'US',
    disposition: 'SELLABLE',
    reconciled: null,
    unreconciled: null,
  });
  await insertLedgerRows(db, connection, [row('TEA', 1), row('TEA', 2), row('amzn.gr.TEA', 1), row('DECIDED', 1)]);
  const balance = {
    day: '2026-11-10',
    fnsku: 'X2',
    sku: 'BLU-MUG',
    asin: 'B1',
    disposition: 'SELLABLE',
    country: 'US',
  };
  const counts = { starting: 0, inTransit: 0, ending: 1, events: 1 };
  const balances = [{ ...balance, ...counts }];
  await saveBalances(db, connection, { balances, days: ['2026-11-10'] }, '2026-11-16T20:00:00Z');
  const items = ['SENT', 'MATCHED'].map((sku) => ({ sku, fnsku: 'X3', shipped: 1, received: 0 }));
  const shipment = { shipmentId: 'FBA1', name: '', status: 'SHIPPED', destination: 'PDX9', items };
  await saveInbound(db, connection, 'us', shipment, '2026-11-16T20:00:00Z', {
    sent: '2026-11-16',
    closed: '2026-11-16',
  });
  await saveMatchedSkus(db, connection, [{ sku: 'MATCHED', item: 'MATCHED', matchedOn: '2026-11-01' }]);
  const decision = { kind: 'sku', key: 'DECIDED', spelled: 'DECIDED', choice: 'TEA', by: 'ana', why: null } as const;
  await storeDecision(db, connection, decision, '2026-11-16T20:00:00Z');
  expect(await loadUnmatchedSkus(db, connection)).toEqual(
    expect.arrayContaining(['BLU-MUG', 'SENT', 'TEA', 'amzn.gr.TEA']),
  );
  expect(await loadUnmatchedSkus(db, connection)).toHaveLength(4);
});
