import { describe, expect, test } from '@jest/globals';
import { claimDays } from '../../../src/domain/stock/claim-windows.ts';
import { owedByAmazon, type OwedFacts } from '../../../src/domain/stock/owed.ts';
import { SkuItems } from '../../../src/domain/stock/sku-items.ts';
import type { InboundDecided } from '../../../src/domain/stock/kept-stock.ts';
import type { InboundFact, InboundStanding } from '../../../src/domain/stock/stock-plan.ts';
import type { CustomerReturn, LedgerRow, Reimbursement } from '../../../src/domain/stock/stock-facts.ts';
import { UnitCosts } from '../../../src/domain/stock/unit-cost.ts';
import { ledgerRow, shopFlow, US } from './stock-flow.ts';

const TODAY = '2026-12-20';
const flow = shopFlow();
const owed = (changes: Partial<OwedFacts>, today = TODAY) =>
  owedByAmazon(
    {
      rows: [],
      authorisations: [],
      poolOfOrder: () => 'us',
      shipments: [],
      standings: [],
      inboundDecided: [],
      reimbursements: [],
      returns: [],
      receipts: [],
      from: '2025-06-20',
      ...changes,
    },
    {
      pools: [US],
      items: new SkuItems(flow.facts.mappings),
      costs: new UnitCosts(flow.facts.costs, [US]),
      currency: 'USD',
      today,
    },
  );
const rowsOf = (...rows: Partial<LedgerRow>[]) =>
  shopFlow().addRows(...rows.map((row) => ledgerRow({ day: '2026-10-10', quantity: -1, reference: '9', ...row })));
const paid = (changes: Partial<Reimbursement> = {}): Reimbursement => ({
  reimbursementId: 'R1',
  day: '2026-11-01',
  orderId: '',
  reason: 'Lost_Warehouse',
  sku: 'MUG',
  fnsku: 'X1',
  currency: 'USD',
  amountTotal: '12.00',
  quantityCash: 2,
  quantityInventory: 0,
  originalId: '',
  ...changes,
});

describe('lost and damaged units that Amazon has neither found nor paid', () => {
  test.each(['M', '5', 'E', '6', '7'])('%s', (reason) => {
    expect(owed({ rows: rowsOf({ reason, unreconciled: 2, sku: 'PACK' }) })).toEqual([
      {
        kind: 'lost-or-damaged',
        pool: 'us',
        sku: 'PACK',
        item: 'mug',
        units: 2,
        // Two packs of three at 6.00.
        cost: '36.00',
        references: ['9'],
        day: '2026-10-10',
        lastDay: '2026-12-09',
      },
    ]);
  });
  test.each(['H', 'K', 'U'])('%s is apart', (reason) => {
    expect(owed({ rows: rowsOf({ reason, unreconciled: 1 }) })).toMatchObject([{ kind: 'damaged-by-others' }]);
  });
  test.each<[string, Partial<LedgerRow>]>([
    ['reconciled', { unreconciled: 0 }],
    ['no figure', { unreconciled: null }],
    ['disposed', { reason: 'D', unreconciled: 1 }],
  ])('not what is %s', (_, row) => {
    expect(owed({ rows: rowsOf({ reason: 'M', ...row }) })).toEqual([]);
  });
  test('from ten days after the row', () => {
    const rows = rowsOf({ reason: 'M', unreconciled: 1 });
    expect([owed({ rows }, '2026-10-19').length, owed({ rows }, '2026-10-20').length]).toEqual([0, 1]);
  });
  test('a kit is worth its members: 6.00 and twice 4.00', () => {
    expect(owed({ rows: rowsOf({ reason: 'M', unreconciled: 1, sku: 'SET' }) })).toMatchObject([
      { item: null, cost: '14.00' },
    ]);
  });
});

test('refunded and not returned: from the first day of the claim window, to its last', () => {
  const authorisations = [{ netsuiteId: '1', orderId: '112-1', day: '2026-10-01', item: 'mug', open: 2 }];
  expect(owed({ authorisations }, '2026-11-29')).toEqual([]);
  expect(owed({ authorisations }, '2026-11-30')).toMatchObject([
    { kind: 'not-returned', item: 'mug', units: 2, cost: '12.00', references: ['112-1'], lastDay: '2027-01-29' },
  ]);
  expect(owed({ authorisations, poolOfOrder: () => null })).toEqual([]);
});

describe('an inbound shipment that came short', () => {
  const shipment = (shipmentId: string, closed: string): InboundFact => ({
    shipmentId,
    pool: 'us',
    name: 'October',
    status: 'CLOSED',
    destination: 'PHX7',
    items: [{ sku: 'MUG', fnsku: 'X1', shipped: 30, received: 24 }],
    sent: '2026-10-04',
    closed,
  });
  const standing = (changes: Partial<InboundStanding> = {}): InboundStanding => ({
    shipmentId: 'FBA1',
    pool: 'us',
    sku: 'MUG',
    shipped: 30,
    received: 24,
    decided: 0,
    inTransit: 6,
    over: 0,
    ...changes,
  });
  const decided = (choice: InboundDecided['choice'], units: number): InboundDecided => ({
    decision: choice,
    shipmentId: 'FBA1',
    sku: 'MUG',
    choice,
    units,
  });
  const shipments = [shipment('FBA1', '2026-10-20')];
  const lost = { shipments, standings: [standing({ decided: 6, inTransit: 0 })] };
  const six = { kind: 'inbound-short', units: 6, cost: '36.00', references: ['FBA1'], day: '2026-10-20' };

  test('once it is closed, in transit or booked as lost: booking it ends no claim', () => {
    expect(owed({ shipments, standings: [standing()] })).toMatchObject([six]);
    expect(owed({ ...lost, inboundDecided: [decided('lost', 6)] })).toMatchObject([six]);
    expect(owed({ shipments: [shipment('FBA1', '2025-06-19')], standings: [standing()] })).toEqual([]);
  });

  test('not what the seller got back, nor what came late after all', () => {
    expect(owed({ ...lost, inboundDecided: [decided('returned', 6)] })).toEqual([]);
    const late = { shipments, standings: [standing({ decided: 6, inTransit: 0, over: 2 })] };
    expect(owed({ ...late, inboundDecided: [decided('lost', 6)] })).toMatchObject([
      { ...six, units: 4, cost: '24.00' },
    ]);
    const found = [decided('lost', 6), decided('found', 1), decided('take-from-source', 1)];
    expect(owed({ ...lost, inboundDecided: found })).toMatchObject([{ units: 4 }]);
  });

  test('until it is reimbursed, in money or units: the shipment that was closed first is paid first', () => {
    const both = {
      shipments: [shipment('FBA2', '2026-10-25'), ...shipments],
      standings: [standing({ shipmentId: 'FBA2' }), standing({ decided: 6, inTransit: 0 })],
      inboundDecided: [decided('lost', 6)],
    };
    const lostInbound = (changes: Partial<Reimbursement>) =>
      paid({ reason: 'Lost_Inbound', quantityCash: 0, amountTotal: '60.00', ...changes });
    const ofShort = (...reimbursements: Reimbursement[]) =>
      owed({ ...both, reimbursements })
        .filter(({ kind }) => kind === 'inbound-short')
        .map(({ references, units }) => [references[0], units]);
    expect(ofShort(lostInbound({ quantityCash: 4 }))).toEqual([
      ['FBA1', 2],
      ['FBA2', 6],
    ]);
    expect(ofShort(lostInbound({ quantityCash: 5 }), lostInbound({ quantityInventory: 3 }))).toEqual([['FBA2', 4]]);
    for (const other of [{ reason: 'Lost_Warehouse' }, { sku: 'PACK' }, { day: '2026-10-03' }, { originalId: 'R0' }])
      expect(ofShort(lostInbound({ quantityCash: 6, ...other }))).toHaveLength(2);
  });
});

describe('money', () => {
  test('paid below the cost of the item: what is short', () => {
    expect(owed({ reimbursements: [paid({ amountTotal: '11.99' })] })).toMatchObject([
      { kind: 'paid-below-cost', units: 2, cost: '0.01', references: ['R1'], lastDay: null },
    ]);
    expect(
      owed({ reimbursements: [paid(), paid({ quantityCash: 0, quantityInventory: 1, amountTotal: '0.00' })] }),
    ).toEqual([]);
  });

  test('paid in another currency than that of the costs: what they cost, and nobody says whether it was enough', () => {
    for (const amountTotal of ['11.99', '500.00'])
      expect(owed({ reimbursements: [paid({ currency: 'EUR', amountTotal })] })).toMatchObject([
        { kind: 'paid-in-other-currency', units: 2, cost: '12.00', references: ['R1'] },
      ]);
  });

  test('taken back without a unit back', () => {
    const reimbursements = [
      paid(),
      paid({ reimbursementId: 'R2', day: '2026-11-20', amountTotal: '-12.00', quantityCash: -2, originalId: 'R1' }),
    ];
    expect(owed({ reimbursements })).toMatchObject([
      { kind: 'payment-reversed', units: 2, cost: '12.00', references: ['R2'] },
    ]);
    const found = rowsOf({ day: '2026-11-15', reason: 'F', quantity: 1 });
    expect(owed({ reimbursements, rows: found })).toMatchObject([{ kind: 'payment-reversed', units: 1 }]);
    const before = rowsOf({ day: '2026-10-15', reason: 'F', quantity: 2 });
    expect(owed({ reimbursements, rows: before })).toMatchObject([{ units: 2 }]);
    expect(owed({ reimbursements, rows: rowsOf({ day: '2026-11-15', reason: 'N', quantity: 2 }) })).toEqual([]);
  });

  test('taken back since the customer sent the unit back after all is not owed', () => {
    const orderId = '114-1';
    const reimbursements = [
      paid({ orderId, reason: 'CustomerReturn', quantityCash: 1, amountTotal: '6.00' }),
      paid({
        orderId,
        reimbursementId: 'R2',
        day: '2026-11-20',
        amountTotal: '-6.00',
        quantityCash: -1,
        originalId: 'R1',
      }),
    ];
    const sentBack = (changes: Partial<CustomerReturn>): CustomerReturn => ({
      day: '2026-11-18',
      orderId,
      sku: 'MUG',
      fnsku: 'X1',
      quantity: 1,
      centre: 'PHX7',
      disposition: 'SELLABLE',
      reason: 'UNWANTED_ITEM',
      status: 'Unit returned to inventory',
      plate: 'LPN1',
      ...changes,
    });
    expect(owed({ reimbursements })).toMatchObject([{ kind: 'payment-reversed', units: 1 }]);
    expect(owed({ reimbursements, returns: [sentBack({})] })).toEqual([]);
    for (const other of [{ orderId: '114-2' }, { sku: 'PACK' }, { disposition: 'DAMAGED' }])
      expect(owed({ reimbursements, returns: [sentBack(other)] })).toHaveLength(1);
  });

  test('taken back since units that were lost on the way came late is not owed', () => {
    const reimbursements = [
      paid({ reason: 'Lost_Inbound' }),
      paid({
        reason: 'Reimbursement_Reversal',
        reimbursementId: 'R2',
        day: '2026-11-20',
        amountTotal: '-12.00',
        quantityCash: -2,
        originalId: 'R1',
      }),
    ];
    const shipments = [{ shipmentId: 'FBA1', closed: '2026-10-20', items: [] }] as unknown as InboundFact[];
    const received = (changes: Partial<LedgerRow>) =>
      rowsOf({ day: '2026-11-15', eventType: 'Receipts', reason: '', reference: 'FBA1', quantity: 2, ...changes });
    expect(owed({ reimbursements, shipments, receipts: received({}) })).toEqual([]);
    // Units of another shipment, or that came before Amazon paid, are none of those.
    for (const other of [{ reference: 'FBA2' }, { day: '2026-10-25' }])
      expect(owed({ reimbursements, shipments, receipts: received(other) })).toMatchObject([{ units: 2 }]);
  });
});

test.each([
  ['US', 'centre', '2026-10-10', '2026-12-09'],
  ['GB', 'return', '2026-11-24', '2027-01-23'],
  ['IN', 'return', null, null],
  ['JP', 'centre', null, null],
] as const)('claims in %s (%s): a date only where it is known', (country, kind, first, last) => {
  const days = claimDays(country, kind, '2026-10-10');
  expect(days === null ? [null, null] : [kind === 'centre' ? '2026-10-10' : days.first, days.last]).toEqual([
    first,
    last,
  ]);
});
