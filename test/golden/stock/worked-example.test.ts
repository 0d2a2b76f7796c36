/** The worked example of the design, row by row. Every figure is written from the design's table, none from what was printed. */
import { describe, expect, test } from '@jest/globals';
import { owedByAmazon } from '../../../src/domain/stock/owed.ts';
import { SkuItems } from '../../../src/domain/stock/sku-items.ts';
import type { StockPlan } from '../../../src/domain/stock/stock-plan.ts';
import { UnitCosts } from '../../../src/domain/stock/unit-cost.ts';
import { balance, ledgerRow, StockFlow, US, written } from '../../domain/stock/stock-flow.ts';

const MUG = { fnsku: 'X001', sku: 'BLU-MUG', asin: 'B0MUG' };
const PACK = { fnsku: 'X003', sku: 'BLU-MUG-3P', asin: 'B0PACK' };
const ITEM = 'mug';
const RETURNS = [
  { orderId: '112-1000001-1000001', disposition: 'SELLABLE' },
  { orderId: '112-1000002-1000002', disposition: 'CUSTOMER_DAMAGED' },
];

function october(): { flow: StockFlow; run: (day: string) => StockPlan } {
  const flow = new StockFlow(
    {},
    {
      mappings: [
        { sku: MUG.sku, decided: '2026-09-01', item: ITEM, units: 1, members: null },
        { sku: PACK.sku, decided: '2026-09-01', item: ITEM, units: 3, members: null },
      ],
      costs: [{ item: ITEM, averages: [{ location: US.locations.sellable, cost: '6.00' }], lastPurchasePrice: null }],
    },
  );
  flow.summarise(
    '2026-09-30',
    balance({ ...MUG, day: '2026-09-30', ending: 40 }),
    balance({ ...PACK, day: '2026-09-30', ending: 10 }),
  );
  flow.run('2026-10-01');
  flow.open([{ pool: 'us', item: ITEM, place: 'sellable', units: 68 }]);
  flow.decisions.push({ kind: 'approveOpening', id: 'd1', day: '2026-10-01', pool: 'us', items: null });
  return { flow, run: (day) => flow.run(day) };
}

test('October of BLU-MUG: every document, every stand, every figure of the end', () => {
  const { flow, run } = october();
  const documents: string[] = [];
  const at = (day: string, today: string) => {
    documents.push(...run(today).documents.map(written));
    return flow.places(ITEM, day);
  };
  expect(at('2026-10-01', '2026-10-02')).toBe('70 / 0 / 0');

  flow.addRows(
    ledgerRow({ ...MUG, day: '2026-10-03', eventType: 'Shipments', quantity: -2 }),
    ledgerRow({ ...PACK, day: '2026-10-03', eventType: 'Shipments', quantity: -1 }),
  );
  flow.move({ netsuiteId: '501', day: '2026-10-03', item: ITEM, units: -2 });
  flow.move({ netsuiteId: '502', day: '2026-10-03', item: ITEM, units: -3 });
  flow.summarise(
    '2026-10-03',
    balance({ ...MUG, day: '2026-10-03', ending: 38 }),
    balance({ ...PACK, day: '2026-10-03', ending: 9 }),
  );
  expect(at('2026-10-03', '2026-10-04')).toBe('65 / 0 / 0');

  const shipment = {
    shipmentId: 'FBA15DEMO1',
    name: 'demo',
    pool: 'us',
    destination: 'ABE2',
    items: [{ sku: MUG.sku, fnsku: MUG.fnsku, shipped: 30, received: 0 }],
    closed: null,
  };
  flow.facts.inbound = [{ ...shipment, status: 'SHIPPED', sent: '2026-10-04' }];
  expect(at('2026-10-04', '2026-10-04')).toBe('65 / 0 / 30');

  flow.addRows(ledgerRow({ ...MUG, day: '2026-10-06', eventType: 'Receipts', reference: 'FBA15DEMO1', quantity: 24 }));
  // Posted at once: no summary of the day is there yet.
  expect(at('2026-10-06', '2026-10-06')).toBe('89 / 0 / 6');
  flow.summarise('2026-10-06', balance({ ...MUG, day: '2026-10-06', ending: 62 }));

  flow.addRows(
    ...RETURNS.map(({ disposition }) =>
      ledgerRow({ ...MUG, day: '2026-10-08', eventType: 'CustomerReturns', disposition, quantity: 1 }),
    ),
  );
  flow.facts.returns = RETURNS.map(({ orderId, disposition }, index) => ({
    day: '2026-10-08',
    orderId,
    ...MUG,
    quantity: 1,
    centre: 'ABE2',
    disposition,
    reason: 'UNWANTED_ITEM',
    status: 'Unit returned to inventory',
    plate: `LPN${index}`,
  }));
  flow.facts.authorisations = RETURNS.map(({ orderId }, index) => ({
    netsuiteId: `70${index}`,
    orderId,
    day: '2026-10-07',
    item: ITEM,
    open: 1,
  }));
  expect(at('2026-10-08', '2026-10-08')).toBe('90 / 1 / 6');
  flow.summarise(
    '2026-10-08',
    balance({ ...MUG, day: '2026-10-08', ending: 63 }),
    balance({ ...MUG, day: '2026-10-08', disposition: 'CUSTOMER_DAMAGED', ending: 1 }),
  );

  flow.addRows(
    ledgerRow({ ...MUG, day: '2026-10-09', reason: 'E', reference: '9001', quantity: -1, unreconciled: 1 }),
    ledgerRow({
      ...MUG,
      day: '2026-10-09',
      reason: 'P',
      reference: '9002',
      quantity: 1,
      disposition: 'WAREHOUSE_DAMAGED',
    }),
  );
  flow.summarise(
    '2026-10-09',
    balance({ ...MUG, day: '2026-10-09', ending: 62 }),
    balance({ ...MUG, day: '2026-10-09', disposition: 'WAREHOUSE_DAMAGED', ending: 1 }),
  );
  expect(at('2026-10-09', '2026-10-10')).toBe('89 / 2 / 6');

  flow.addRows(ledgerRow({ ...MUG, day: '2026-10-10', reason: 'M', reference: '9003', quantity: -2, unreconciled: 1 }));
  flow.summarise('2026-10-10', balance({ ...MUG, day: '2026-10-10', ending: 60 }));
  expect(at('2026-10-10', '2026-10-11')).toBe('87 / 2 / 6');

  flow.addRows(ledgerRow({ ...MUG, day: '2026-10-12', reason: 'F', reference: '9004', quantity: 1 }));
  flow.summarise('2026-10-12', balance({ ...MUG, day: '2026-10-12', ending: 61 }));
  expect(at('2026-10-12', '2026-10-13')).toBe('88 / 2 / 6');

  flow.addRows(
    ledgerRow({
      ...MUG,
      day: '2026-10-14',
      reason: 'D',
      reference: '9005',
      quantity: -1,
      disposition: 'WAREHOUSE_DAMAGED',
    }),
    ledgerRow({
      ...MUG,
      day: '2026-10-14',
      reason: 'D',
      reference: '9006',
      quantity: -1,
      disposition: 'CUSTOMER_DAMAGED',
    }),
  );
  flow.summarise(
    '2026-10-14',
    balance({ ...MUG, day: '2026-10-14', disposition: 'WAREHOUSE_DAMAGED', ending: 0 }),
    balance({ ...MUG, day: '2026-10-14', disposition: 'CUSTOMER_DAMAGED', ending: 0 }),
  );
  expect(at('2026-10-14', '2026-10-15')).toBe('88 / 0 / 6');

  flow.move({ netsuiteId: '9100', type: 'InvAdjst', externalId: null, day: '2026-10-15', item: ITEM, units: -5 });
  expect(at('2026-10-15', '2026-10-16')).toBe('83 / 0 / 6');

  flow.facts.inbound = [{ ...shipment, status: 'CLOSED', sent: '2026-10-04', closed: '2026-10-20' }];
  const closed = run('2026-10-20');
  expect(closed.documents).toEqual([]);
  expect(flow.places(ITEM, '2026-10-20')).toBe('83 / 0 / 6');
  expect(closed.problems).toMatchObject([
    { code: 'movement-foreign', key: '9100', item: ITEM, units: -5, value: '-30.00' },
    { code: 'inbound-short', key: 'FBA15DEMO1 BLU-MUG', item: ITEM, units: 6, value: '36.00' },
  ]);

  expect(documents).toEqual([
    'ADJ us-opening: mug +2 sellable @6.00',
    'TRF FBA15DEMO1-20261004-source-inTransit: mug 30',
    'TRF FBA15DEMO1-20261006-inTransit-sellable: mug 24',
    'IR 112-1000001-1000001-20261008: mug 1 sellable',
    'IR 112-1000002-1000002-20261008: mug 1 unsellable',
    'TRF us-20261009-sellable-unsellable: mug 1',
    'ADJ us-20261010-inventory-loss: mug -2 sellable',
    'ADJ us-20261012-inventory-loss: mug +1 sellable @6.00',
    'ADJ us-20261014-inventory-loss: mug -2 unsellable',
  ]);

  expect(flow.equations('2026-10-20')).toMatchObject([
    {
      place: 'sellable',
      amazon: 88,
      netsuite: 83,
      terms: { opening: 0, waiting: 0, ahead: 0, foreign: 5, gap: 0 },
      parts: { foreign: [{ units: 5, of: { kind: 'line', document: '9100', line: 1 } }] },
    },
    { place: 'unsellable', amazon: 0, netsuite: 0, terms: { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 } },
  ]);

  const owedBy = ({ inbound }: StockPlan) =>
    owedByAmazon(
      {
        rows: flow.kept.rows,
        authorisations: flow.facts.authorisations,
        poolOfOrder: () => 'us',
        shipments: flow.facts.inbound,
        standings: inbound,
        inboundDecided: flow.kept.inboundDecided,
        reimbursements: [],
        returns: [],
        receipts: [],
        from: '2025-04-20',
      },
      {
        pools: [US],
        items: new SkuItems(flow.facts.mappings),
        costs: new UnitCosts(flow.facts.costs, [US]),
        currency: 'USD',
        today: '2026-10-20',
      },
    );
  const owed = [
    { kind: 'lost-or-damaged', day: '2026-10-09', units: 1, cost: '6.00', references: ['9001'], lastDay: '2026-12-08' },
    { kind: 'lost-or-damaged', day: '2026-10-10', units: 1, cost: '6.00', references: ['9003'], lastDay: '2026-12-09' },
    { kind: 'inbound-short', units: 6, cost: '36.00', references: ['FBA15DEMO1'], lastDay: null },
  ];
  expect(owedBy(closed)).toMatchObject(owed);

  flow.decisions.push(
    { kind: 'explainForeign', id: 'd2', day: '2026-10-20', document: '9100', choice: 'counter', rows: [] },
    { kind: 'decideInbound', id: 'd3', day: '2026-10-20', shipmentId: 'FBA15DEMO1', sku: MUG.sku, choice: 'lost' },
  );
  const decided = run('2026-10-20');
  expect(decided.documents.map(written)).toEqual([
    'ADJ us-c9100: mug +5 sellable @6.00',
    'ADJ FBA15DEMO1-lost: mug -6 inTransit',
  ]);
  // Booking the loss ends no claim.
  expect(owedBy(decided)).toMatchObject(owed);
  expect(decided.documents[0]).toMatchObject({ role: 'inventory-loss', accountOf: '9100', day: '2026-10-20' });
  expect(decided.problems).toEqual([]);
  expect(flow.places(ITEM, '2026-10-20')).toBe('88 / 0 / 0');
  expect(flow.equations('2026-10-20').map(({ terms }) => terms)).toEqual([
    { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 },
    { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 },
  ]);
  // Between the two days the movement stands as what it is.
  expect(flow.equations('2026-10-19')[0]).toMatchObject({ amazon: 88, netsuite: 83, terms: { foreign: 5 } });

  expect(booksAt6(flow)).toEqual({
    cogs: 1800,
    'inventory-loss': 5400,
    'opening-balance': -1200,
    inventory: 52_800,
  });
  expect(run('2026-10-21').documents).toEqual([]);
});

/** Cents by role, debit positive, every unit at 6.00; inventory is what the seller has at Amazon, its own warehouse apart. */
function booksAt6(flow: StockFlow): Record<string, number> {
  const COST = 600;
  const roles: Record<string, number> = { cogs: 0, 'inventory-loss': 0, 'opening-balance': 0 };
  for (const document of flow.posted()) {
    if ('role' in document)
      for (const { units } of document.lines) roles[document.role] = roles[document.role]! - units * COST;
    if ('of' in document) for (const { units } of document.lines) roles['cogs'] = roles['cogs']! - units * COST;
  }
  for (const { type, units } of flow.facts.movements)
    roles[type === 'ItemShip' ? 'cogs' : 'inventory-loss']! -= units * COST;
  const held = flow.netsuite('2026-12-31').filter(({ place }) => place !== 'source' && place !== 'removal');
  return { ...roles, inventory: held.reduce((sum, { units }) => sum + units * COST, 0) };
}

describe('the worked example', () => {
  test('is the same whatever day the report came on', () => {
    const { flow, run } = october();
    flow.addRows(
      ledgerRow({ ...MUG, day: '2026-10-12', reason: 'F', reference: '9004', quantity: 1 }),
      ledgerRow({ ...MUG, day: '2026-10-10', reason: 'M', reference: '9003', quantity: -2, unreconciled: 1 }),
    );
    expect(run('2026-10-30').documents.map(written)).toEqual([
      'ADJ us-opening: mug +2 sellable @6.00',
      'ADJ us-20261010-inventory-loss: mug -2 sellable',
      'ADJ us-20261012-inventory-loss: mug +1 sellable @6.00',
    ]);
  });
});
