import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CustomerReturn, InboundShipment, NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import { loadInbound, saveInbound } from '../../../src/store/stock/inbound.ts';
import {
  loadMovements,
  replaceMovements,
  replaceMovementsOfItems,
  sumMovements,
} from '../../../src/store/stock/netsuite-movements.ts';
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
      saveInbound(db, connection, 'us', { ...shipment, ...changes }, at, {
        sent: at.slice(0, 10),
        closed: at.slice(0, 10),
      });
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
        sent: '2026-10-04',
        closed: null,
        told: null,
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
    item: 'BLU-MUG',
    location: 'Amazon US',
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
  });

  test('what did not change keeps that it is settled; what did, or came, is open again', async () => {
    const two = [movement({}), movement({ line: 2, item: 'TEA' })];
    expect(await replaceMovements(db, connection, ['101'], two)).toBe(1);
    await db.updateTable('netsuite_movements').set({ settled: true }).where('connection', '=', connection).execute();
    expect(await replaceMovements(db, connection, ['101'], two)).toBe(0);
    expect(
      await replaceMovements(db, connection, ['101'], [two[0]!, movement({ line: 2, item: 'TEA', units: -7 })]),
    ).toBe(1);
    const rows = await db
      .selectFrom('netsuite_movements')
      .select(['line', 'settled'])
      .where('connection', '=', connection)
      .orderBy('line')
      .execute();
    expect(rows.map(({ settled }) => settled)).toEqual([true, false]);
  });

  test('of some items all lines are replaced, those of others stay; their sums are by item and location', async () => {
    const lines = [
      movement({}),
      movement({ netsuiteId: '102' }),
      movement({ netsuiteId: '102', line: 2, item: 'TEA', units: 4 }),
    ];
    await replaceMovements(db, connection, ['101', '102'], lines);
    const [first] = lines;
    expect(await replaceMovementsOfItems(db, connection, [first!.item], [first!])).toBe(1);
    expect(await loadMovements(db, connection)).toHaveLength(2);
    expect(await sumMovements(db, connection)).toEqual([
      { item: first!.item, location: first!.location, units: first!.units },
      { item: 'TEA', location: first!.location, units: 4 },
    ]);
  });

  test('a line that another item has by now is of that item, whichever is read first', async () => {
    await replaceMovements(db, connection, ['101'], [movement({ item: 'TEA' })]);
    await replaceMovementsOfItems(db, connection, ['BLU-MUG'], [movement({ item: 'BLU-MUG' })]);
    expect((await loadMovements(db, connection)).map(({ item }) => item)).toEqual(['BLU-MUG']);
    await replaceMovementsOfItems(db, connection, ['TEA'], []);
    expect(await loadMovements(db, connection)).toHaveLength(1);
  });

  test('two attempts of one reading keep each line once', async () => {
    const lines = [movement({}), movement({ line: 2 })];
    await Promise.all([1, 2].map(() => replaceMovements(db, connection, ['101'], lines)));
    expect(await loadMovements(db, connection)).toHaveLength(2);
  });
});
