import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CustomerReturn, InboundShipment, NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import { loadInbound, saveInbound } from '../../../src/store/stock/inbound.ts';
import { loadMovements, replaceAllMovements, replaceMovements } from '../../../src/store/stock/netsuite-movements.ts';
import { loadReportLines, saveReportLines } from '../../../src/store/stock/report-lines.ts';
import { loadSnapshot, saveSnapshot } from '../../../src/store/stock/snapshots.ts';
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

const returned = (changes: Partial<CustomerReturn> = {}): CustomerReturn => ({
  day: '2026-10-08',
  orderId: '112-1',
  sku: 'BLU-MUG',
  fnsku: 'X1',
  quantity: 1,
  centre: 'PHX7',
  disposition: 'SELLABLE',
  reason: 'UNWANTED_ITEM',
  status: 'Unit returned to inventory',
  plate: 'LPN1',
  ...changes,
});

describe('lines of reports', () => {
  test('are kept once, however often a report holds them; a status that changes is written over', async () => {
    expect(await saveReportLines(db, connection, 'returns', [returned(), returned({ plate: 'LPN2' })])).toBe(2);
    expect(await saveReportLines(db, connection, 'returns', [returned({ status: 'Reimbursed' })])).toBe(0);
    const kept = await loadReportLines(db, connection, 'returns', { from: '2026-10-01' });
    expect(kept.map(({ plate, status }) => [plate, status])).toEqual([
      ['LPN1', 'Reimbursed'],
      ['LPN2', 'Unit returned to inventory'],
    ]);
    expect(await loadReportLines(db, connection, 'returns', { from: '2026-10-09' })).toEqual([]);
  });

  test('without a plate equal lines are as many units as there are', async () => {
    const plain = returned({ plate: '' });
    expect(await saveReportLines(db, connection, 'returns', [plain, plain])).toBe(2);
    expect(await saveReportLines(db, connection, 'returns', [plain, plain, plain])).toBe(1);
    expect(await loadReportLines(db, connection, 'returns', { from: '2026-10-01' })).toHaveLength(3);
  });
});

describe('inbound shipments', () => {
  const shipment: InboundShipment = {
    shipmentId: 'FBA15DEMO1',
    name: 'October',
    status: 'SHIPPED',
    destination: 'PHX7',
    items: [
      { sku: 'TEA', fnsku: 'X2', shipped: 5, received: 0 },
      { sku: 'BLU-MUG', fnsku: 'X1', shipped: 30, received: 0 },
    ],
  };

  test('are news when they say something else, and only then', async () => {
    const save = (changes: Partial<InboundShipment>, at: string) =>
      saveInbound(db, connection, 'us', { ...shipment, ...changes }, at);
    expect(await save({}, '2026-10-04T00:00:00Z')).toBe(true);
    expect(await save({ items: [...shipment.items].reverse() }, '2026-10-05T00:00:00Z')).toBe(false);
    expect(await save({ status: 'RECEIVING' }, '2026-10-06T00:00:00Z')).toBe(true);
    expect(await save({ status: 'RECEIVING', items: [] }, '2026-10-07T00:00:00Z')).toBe(true);
    expect(await loadInbound(db, connection)).toEqual([
      {
        ...shipment,
        status: 'RECEIVING',
        items: [],
        pool: 'us',
        firstSeen: '2026-10-04T00:00:00Z',
        changedAt: '2026-10-07T00:00:00Z',
      },
    ]);
  });
});

describe('snapshots', () => {
  test('the last one stands, by pool', async () => {
    expect(await loadSnapshot(db, connection, 'us')).toBeNull();
    await saveSnapshot(db, connection, 'us', { takenAt: '2026-10-04T00:00:00Z', rows: [] });
    await saveSnapshot(db, connection, 'us', { takenAt: '2026-10-05T00:00:00Z', rows: [] });
    await saveSnapshot(db, connection, 'eu', { takenAt: '2026-10-03T00:00:00Z', rows: [] });
    expect(await loadSnapshot(db, connection, 'us')).toEqual({ takenAt: '2026-10-05T00:00:00Z', rows: [] });
  });
});

describe("NetSuite's movements", () => {
  const movement = (changes: Partial<NetSuiteMovement> = {}): NetSuiteMovement => ({
    netsuiteId: '101',
    line: 1,
    type: 'InvAdjst',
    tranId: 'ADJ1',
    externalId: null,
    memo: '',
    day: '2026-10-15',
    itemId: '20',
    locationId: '6',
    units: -5,
    ...changes,
  });

  test('a document that is read again replaces its lines; one that is gone leaves none', async () => {
    const two = [movement(), movement({ line: 2, units: 3 }), movement({ netsuiteId: '102', units: 1.5 })];
    await replaceMovements(db, connection, ['101', '102'], two);
    await replaceMovements(db, connection, ['101'], [movement({ units: -4 })]);
    expect((await loadMovements(db, connection)).map(({ netsuiteId, units }) => [netsuiteId, units])).toEqual([
      ['101', -4],
      ['102', 1.5],
    ]);
    await replaceMovements(db, connection, ['101'], []);
    expect(await loadMovements(db, connection)).toHaveLength(1);
    await replaceAllMovements(db, connection, [movement({ netsuiteId: '103' })]);
    expect((await loadMovements(db, connection)).map(({ netsuiteId }) => netsuiteId)).toEqual(['103']);
  });
});
