/**
 * Stock as it stands in a store on 21 October, worked out by hand. Pool us of `demo-us`, from 1 October; one BLU-MUG costs 6.00,
 * one TEA-TIN 2.50, NetSuite knows no cost of a LAMP. At the end of 20 October, sellable:
 *
 * - BLU-MUG: Amazon 88, NetSuite 83: somebody adjusted NetSuite by −5, so foreign +5 (30.00)
 * - TEA-TIN: Amazon 40, NetSuite 41: a shipment of 2 has no fulfilment, waiting −2 (−5.00), and a gap of +1 (2.50)
 * - LAMP: 10 on both sides
 *
 * FBA15DEMO1 was closed with 24 of 30 mugs: 6 in transit, on both sides. Amazon holds 7 of a SKU without an item. On 10 October
 * all three agreed: 87, 42 and 10. After that a mug came back on the 16th, which NetSuite has from the 18th on, and a tin was
 * shipped on the 17th, on both sides.
 */
import type { KeptRow, StockDocument } from '../../../src/domain/stock/kept-stock.ts';
import { identityOf, rowId } from '../../../src/domain/stock/row-identity.ts';
import type { LedgerRow, NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import type { StockEquation } from '../../../src/domain/stock/stock-plan.ts';
import type { Store } from '../../../src/store/database.ts';
import { storeDecision } from '../../../src/store/decisions/decisions.ts';
import { settlePosted } from '../../../src/store/documents/posted.ts';
import { raise } from '../../../src/store/exceptions/exceptions.ts';
import { saveInbound } from '../../../src/store/stock/inbound.ts';
import { saveOpening } from '../../../src/store/stock/kept-stock.ts';
import { saveBalances } from '../../../src/store/stock/ledger-balances.ts';
import { insertLedgerRows } from '../../../src/store/stock/ledger-rows.ts';
import { replaceMovements } from '../../../src/store/stock/netsuite-movements.ts';
import { saveMatchedSkus, saveNetSuiteStock } from '../../../src/store/stock/netsuite-stock.ts';
import { saveSnapshot } from '../../../src/store/stock/snapshots.ts';
import { saveStandings, saveStockRun } from '../../../src/store/stock/standings.ts';
import { planStockDocuments } from '../../../src/store/stock/stock-documents.ts';
import { ledgerRow } from '../../domain/stock/ledger-row.ts';

const C = 'demo-us';
export const STOCK =
  '{ from: 2026-10-01, pools: [{ name: us, countries: [US], marketplace: ATVPDKIKX0DER, sellable: FBA US, unsellable: FBA US unsellable, inTransit: To Amazon, removal: From Amazon, source: Warehouse }] }';
export const DAY = '2026-10-20';
export const PLANNED_AT = '2026-10-21T19:00:00Z';

const kept = (changes: Partial<LedgerRow>): KeptRow => {
  const row = ledgerRow({ unreconciled: null, reconciled: null, ...changes });
  return {
    ...row,
    id: rowId(identityOf(row), 1),
    pool: 'us',
    origin: 'ledger',
    seen: '2026-10-21T00:00:00Z',
    takenBack: null,
    opposes: null,
    own: null,
  };
};

export const SHIPPED = kept({
  day: '2026-10-19',
  sku: 'TEA-TIN',
  fnsku: 'X2',
  eventType: 'Shipments',
  reason: '',
  reference: '',
  quantity: -2,
});
const LOST = kept({ day: '2026-10-10', reference: '9003', quantity: -2, unreconciled: 1 });
const DAMAGED = kept({ day: '2026-10-09', reason: 'E', reference: '9001', quantity: -1, unreconciled: 1 });

const plain = { reason: '', reference: '' };
/** Rows with the line that answers each. */
const ANSWERED = [
  {
    row: kept({ ...plain, day: '2026-10-06', eventType: 'Receipts', reference: 'FBA15DEMO1', quantity: 24 }),
    kind: 'document' as const,
    document: `AMZ_${C}_TRF_FBA15DEMO1-20261006-inTransit-sellable_1`,
    line: 0,
  },
  {
    row: kept({ ...plain, day: '2026-10-16', eventType: 'CustomerReturns', quantity: 1 }),
    kind: 'movement' as const,
    document: '5',
    line: 1,
  },
  {
    row: kept({ ...plain, day: '2026-10-17', sku: 'TEA-TIN', fnsku: 'X2', eventType: 'Shipments', quantity: -1 }),
    kind: 'movement' as const,
    document: '6',
    line: 1,
  },
];

const even = { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 };
export const equation = (
  item: string,
  [amazon, netsuite]: [number, number],
  changes: Partial<StockEquation> = {},
): StockEquation => ({
  pool: 'us',
  item,
  place: 'sellable',
  day: DAY,
  amazon,
  netsuite,
  terms: even,
  parts: { waiting: [], ahead: [], foreign: [] },
  ...changes,
});
const FOREIGN = equation('BLU-MUG', [88, 83], {
  terms: { ...even, foreign: 5 },
  parts: {
    waiting: [],
    ahead: [],
    foreign: [{ units: 5, day: '2026-10-15', of: { kind: 'line', document: '9100', line: 1 } }],
  },
});
const WAITING = equation('TEA-TIN', [40, 41], {
  terms: { ...even, waiting: -2, gap: 1 },
  parts: {
    waiting: [{ units: -2, day: '2026-10-19', of: { kind: 'row', row: SHIPPED.id } }],
    ahead: [],
    foreign: [],
  },
});

const movement = (changes: Partial<NetSuiteMovement>): NetSuiteMovement => ({
  netsuiteId: '1',
  line: 1,
  type: 'InvAdjst',
  tranId: '',
  externalId: null,
  memo: '',
  day: '2026-09-01',
  item: 'BLU-MUG',
  location: 'FBA US',
  units: 0,
  ...changes,
});

export async function storeStock({ db }: Store): Promise<void> {
  await saveNetSuiteStock(db, C, {
    currency: 'USD',
    readAt: '2026-10-21T18:00:00Z',
    items: [
      item('BLU-MUG', '812', '6.00'),
      item('TEA-TIN', '813', '2.50'),
      item('LAMP', '814', null),
      {
        ...item('GIFT-SET', '815', null),
        members: [
          { item: 'BLU-MUG', quantity: 1 },
          { item: 'TEA-TIN', quantity: 2 },
        ],
      },
    ],
    onHand: [
      { location: 'FBA US', item: 'BLU-MUG', onHand: 83, committed: 0, available: 83 },
      { location: 'To Amazon', item: 'BLU-MUG', onHand: 6, committed: 0, available: 6 },
    ],
    // Refunded 62 days before: the window of its claim is from 19 October to 18 December.
    authorisations: [
      { netsuiteId: '701', orderId: '112-1000001-1000001', day: '2026-08-20', item: 'TEA-TIN', open: 1 },
    ],
    transferOrders: [],
  });
  await db
    .insertInto('orders')
    .values({
      connection: C,
      order_id: '112-1000001-1000001',
      status: 'SHIPPED',
      channel: 'AMAZON',
      fulfilled_by: 'AMAZON',
      marketplace_id: 'ATVPDKIKX0DER',
      currency: 'USD',
      purchased_at: '2026-08-01T00:00:00Z',
      updated_at: '2026-08-01T00:00:00Z',
      fact: '{}',
      state: 'billed',
      blocked_by: null,
      told: true,
    })
    .execute();
  await saveMatchedSkus(db, C, [
    { sku: 'BLU-MUG', item: 'BLU-MUG', matchedOn: '2026-09-01' },
    { sku: 'TEA-TIN', item: 'TEA-TIN', matchedOn: '2026-09-01' },
    { sku: 'LAMP', item: 'LAMP', matchedOn: '2026-09-01' },
    { sku: 'SET-1', item: 'GIFT-SET', matchedOn: '2026-09-01' },
  ]);
  const pack = { kind: 'sku', key: 'BLU-MUG-3P', spelled: 'BLU-MUG-3P', choice: 'BLU-MUG', units: 3 } as const;
  await storeDecision(db, C, { ...pack, by: 'ana@example.com', why: 'a pack' }, '2026-09-02T00:00:00Z');
  await insertLedgerRows(db, C, [SHIPPED, LOST, DAMAGED, ...ANSWERED.map(({ row }) => row)]);
  for (const { row, kind, document, line } of ANSWERED)
    await db
      .insertInto('stock_answers')
      .values({
        connection: C,
        row_id: row.id,
        item: row.sku,
        units: row.quantity,
        kind,
        document,
        line,
        nothing_group: null,
        nothing_day: null,
        per_sku: 1,
        source: null,
        astride: null,
      })
      .execute();
  await saveBalances(
    db,
    C,
    {
      days: ['2026-10-10', '2026-10-16', DAY],
      balances: [
        held('2026-10-10', 'BLU-MUG', 87),
        held('2026-10-10', 'TEA-TIN', 42),
        held('2026-10-10', 'LAMP', 10),
        held('2026-10-16', 'BLU-MUG', 88),
        held(DAY, 'BLU-MUG', 88),
        held(DAY, 'TEA-TIN', 40),
        held(DAY, 'NEW-SKU', 6),
        { ...held(DAY, 'NEW-SKU', 1), disposition: 'DEFECTIVE' },
      ],
    },
    PLANNED_AT,
  );
  await saveStandings(db, C, [FOREIGN, WAITING, equation('LAMP', [10, 10])]);
  await saveStockRun(db, C, {
    day: DAY,
    plannedAt: PLANNED_AT,
    through: null,
    waiting: [
      {
        row: SHIPPED.id,
        pool: 'us',
        day: '2026-10-19',
        sku: 'TEA-TIN',
        item: 'TEA-TIN',
        place: 'sellable',
        units: -2,
        reason: 'counterpart',
      },
    ],
    inbound: [
      {
        shipmentId: 'FBA15DEMO1',
        pool: 'us',
        sku: 'BLU-MUG',
        shipped: 30,
        received: 24,
        decided: 0,
        inTransit: 6,
        over: 0,
      },
    ],
    gaps: [{ pool: 'us', item: 'TEA-TIN', place: 'sellable', units: 1, since: '2026-10-18' }],
  });
  await replaceMovements(
    db,
    C,
    ['1', '2', '3', '4', '5', '6', '8001', '8002', '9100'],
    [
      movement({ netsuiteId: '1', units: 68 }),
      movement({ netsuiteId: '2', item: 'TEA-TIN', units: 45 }),
      movement({ netsuiteId: '4', type: 'ItemShip', day: '2026-10-08', units: -5 }),
      movement({ netsuiteId: '4', line: 2, type: 'ItemShip', day: '2026-10-08', item: 'TEA-TIN', units: -3 }),
      movement({ netsuiteId: '5', type: 'ItemRcpt', day: '2026-10-18', units: 1 }),
      movement({ netsuiteId: '6', type: 'ItemShip', day: '2026-10-17', item: 'TEA-TIN', units: -1 }),
      movement({ netsuiteId: '8001', day: '2026-10-04', location: 'To Amazon', units: 30 }),
      movement({ netsuiteId: '8002', day: '2026-10-06', location: 'To Amazon', units: -24 }),
      movement({ netsuiteId: '8002', line: 2, day: '2026-10-06', units: 24 }),
      movement({ netsuiteId: '3', item: 'LAMP', units: 10 }),
      movement({ netsuiteId: '9100', tranId: 'ADJ77', memo: 'count', day: '2026-10-15', units: -5 }),
    ],
  );
  await saveSnapshot(db, C, 'us', {
    takenAt: '2026-10-21T18:45:00Z',
    rows: [
      snapshot('BLU-MUG', { fulfillable: 50, reserved: 4 }),
      // Ten packs of three.
      snapshot('BLU-MUG-3P', { fulfillable: 10, reserved: 0 }),
      { ...snapshot('TEA-TIN', { fulfillable: 38, reserved: 1 }), researching: 1, unfulfillable: 2 },
    ],
  });
  await storeInbound(db);
  await saveOpening(db, C, {
    taken: '2026-10-02T00:00:00Z',
    amazon: [
      { pool: 'us', sku: 'BLU-MUG', place: 'sellable', units: 40 },
      { pool: 'us', sku: 'BLU-MUG-3P', place: 'sellable', units: 10 },
      { pool: 'us', sku: 'TEA-TIN', place: 'sellable', units: 45 },
      { pool: 'us', sku: 'LAMP', place: 'sellable', units: 10 },
      { pool: 'us', sku: 'NEW-SKU', place: 'sellable', units: 6 },
      { pool: 'us', sku: 'NEW-SKU', place: 'unsellable', units: 1 },
    ],
    netsuite: [],
    inbound: [],
  });
  await raise(
    db,
    C,
    {
      code: 'sku-unknown',
      subject: { kind: 'sku', id: 'NEW-SKU' },
      evidence: { what: 'no item of NetSuite is NEW-SKU', atStake: null, currency: null },
      remedy: { kind: 'map-sku', sku: 'NEW-SKU' },
    },
    '2026-10-21T00:00:00Z',
  );
}

/** NetSuite's side is read with the approval, and the difference is booked: two mugs. */
export async function storeApprovedOpening({ db }: Store): Promise<void> {
  await db
    .insertInto('stock_decisions')
    .values({
      connection: C,
      kind: 'approveOpening',
      decision: JSON.stringify({ pool: 'us', items: null }),
      day: '2026-10-03',
      decided_by: 'ana@example.com',
      why: 'counted',
      at: '2026-10-03T12:00:00Z',
    })
    .execute();
  const at = { pool: 'us', place: 'sellable' as const };
  await saveOpening(db, C, {
    taken: '2026-10-02T00:00:00Z',
    amazon: [
      { ...at, sku: 'BLU-MUG', units: 70 },
      { ...at, sku: 'LAMP', units: 10 },
    ],
    netsuite: [
      {
        pool: 'us',
        items: null,
        units: [
          { ...at, item: 'BLU-MUG', units: 68 },
          { ...at, item: 'LAMP', units: 10 },
        ],
        movements: [],
        last: null,
      },
    ],
    inbound: [],
  });
  await post(
    db,
    {
      key: { connection: C, purpose: 'ADJ', businessKey: 'us-opening', part: 1 },
      pool: 'us',
      day: '2026-10-01',
      memo: 'ADJ us-opening 1',
      hold: null,
      shipmentId: null,
      role: 'opening-balance',
      accountOf: null,
      lines: [{ item: 'BLU-MUG', units: 2, place: at, unitCost: '6.00', eventType: '', reason: '' }],
    },
    '8001',
  );
}

/** An adjustment that is held: 150 of LAMP come in, and two tins go out for the shipment without a fulfilment. */
export async function storeAnswered({ db }: Store): Promise<void> {
  const at = { pool: 'us', place: 'sellable' as const };
  const key = { connection: C, purpose: 'ADJ', businessKey: 'us-20261019-inventory-loss', part: 1 } as const;
  await planStockDocuments(
    db,
    [
      {
        key,
        pool: 'us',
        day: '2026-10-19',
        memo: 'ADJ us-20261019-inventory-loss 1',
        hold: 'adjustment-large',
        shipmentId: null,
        role: 'inventory-loss',
        accountOf: null,
        lines: [
          { item: 'LAMP', units: 150, place: at, unitCost: '9.00', eventType: 'Adjustments', reason: 'F' },
          { item: 'TEA-TIN', units: -2, place: at, unitCost: null, eventType: 'Shipments', reason: '' },
        ],
      },
    ],
    'USD',
  );
  const document = `AMZ_${C}_ADJ_${key.businessKey}_1`;
  await db
    .insertInto('stock_answers')
    .values({
      connection: C,
      row_id: SHIPPED.id,
      item: 'TEA-TIN',
      units: -2,
      kind: 'document',
      document,
      line: 1,
      nothing_group: null,
      nothing_day: null,
      per_sku: 1,
      source: null,
      astride: null,
    })
    .execute();
}

async function storeInbound(db: Store['db']): Promise<void> {
  await saveInbound(
    db,
    C,
    'us',
    {
      shipmentId: 'FBA15DEMO1',
      name: 'October',
      status: 'CLOSED',
      destination: 'PHX7',
      items: [{ sku: 'BLU-MUG', fnsku: 'X1', shipped: 30, received: 25 }],
    },
    '2026-10-20T12:00:00Z',
    { sent: '2026-10-04', closed: '2026-10-20' },
  );
  await post(
    db,
    {
      key: { connection: C, purpose: 'TRF', businessKey: 'FBA15DEMO1-20261006-inTransit-sellable', part: 1 },
      pool: 'us',
      day: '2026-10-06',
      memo: 'TRF FBA15DEMO1-20261006-inTransit-sellable 1',
      hold: null,
      shipmentId: 'FBA15DEMO1',
      from: { pool: 'us', place: 'inTransit' },
      to: { pool: 'us', place: 'sellable' },
      lines: [
        {
          item: 'BLU-MUG',
          units: 24,
          place: { pool: 'us', place: 'sellable' },
          unitCost: null,
          eventType: 'Receipts',
          reason: '',
        },
      ],
    },
    '8002',
  );
}

async function post(db: Store['db'], document: StockDocument, netsuiteId: string): Promise<void> {
  await planStockDocuments(db, [document], 'USD');
  const { connection, purpose, businessKey, part } = document.key;
  await settlePosted(db, `AMZ_${connection}_${purpose}_${businessKey}_${part}`, netsuiteId, '2026-10-06T12:00:00Z');
}

const held = (day: string, sku: string, ending: number) => ({
  day,
  fnsku: sku === 'BLU-MUG' ? 'X1' : `X-${sku}`,
  sku,
  asin: '',
  disposition: 'SELLABLE',
  country: 'US',
  starting: 0,
  inTransit: 0,
  ending,
  events: 0,
});

const item = (name: string, netsuiteId: string, cost: string | null) => ({
  item: name,
  netsuiteId,
  members: null,
  uncountable: null,
  lastPurchasePrice: null,
  averages: cost === null ? [] : [{ location: 'FBA US', cost }],
});

const snapshot = (sku: string, { fulfillable, reserved }: { fulfillable: number; reserved: number }) => ({
  sku,
  fnsku: sku,
  asin: sku,
  fulfillable,
  reserved: { total: reserved, customerOrders: reserved, betweenCentres: 0, processing: 0 },
  researching: 0,
  unfulfillable: 0,
  inbound: { working: 0, shipped: 0, receiving: 0 },
});
