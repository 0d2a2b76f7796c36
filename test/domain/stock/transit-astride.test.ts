/** In transit on a day of which one side has something and the other has not. */
import { describe, expect, test } from '@jest/globals';
import type { Answer, KeptRow, StockDocument } from '../../../src/domain/stock/kept-stock.ts';
import type { InboundFact } from '../../../src/domain/stock/stock-plan.ts';
import { transitAstride, type AstrideInput, type DatedDocument } from '../../../src/domain/stock/transit-astride.ts';

const PLACE = { source: 'source', transit: 'inTransit', sellable: 'sellable' } as const;
const at = (place: keyof typeof PLACE) => ({ pool: 'us', place: PLACE[place] });
const shipment: InboundFact = {
  shipmentId: 'FBA1',
  pool: 'us',
  name: '',
  status: 'CLOSED',
  destination: 'PDX9',
  items: [{ sku: 'MUG', fnsku: 'X1', shipped: 10, received: 0 }],
  sent: '2026-10-20',
  closed: '2026-10-29',
};
const dated = (
  own: string,
  booked: string | null,
  units: number,
  of: { from: keyof typeof PLACE; to: keyof typeof PLACE } | { lost: true },
): DatedDocument => {
  const head = { pool: 'us', day: booked ?? own, memo: '', hold: null, shipmentId: 'FBA1' };
  const line = { item: 'mug', units, place: at('transit'), unitCost: null, eventType: '', reason: '' };
  const key = { connection: 'demo', businessKey: `FBA1-${own}`, part: 1 } as const;
  const document: StockDocument =
    'lost' in of
      ? { ...head, key: { ...key, purpose: 'ADJ' }, role: 'inventory-loss', accountOf: null, lines: [line] }
      : {
          ...head,
          key: { ...key, purpose: 'TRF' },
          from: at(of.from),
          to: at(of.to),
          lines: [{ ...line, place: at(of.to) }],
        };
  return { document, own, booked };
};
const decision = (day: string, choice: 'lost' | 'returned' | 'take-from-source') =>
  ({ kind: 'decideInbound', id: '1', day, shipmentId: 'FBA1', sku: 'MUG', choice }) as const;
const received = (id: string, day: string, quantity: number) =>
  ({ id, day, eventType: 'Receipts', reference: 'FBA1', sku: 'MUG', quantity }) as KeptRow;
const answer = (row: string, units: number, document: string): Answer => ({
  row,
  item: 'mug',
  units,
  by: { kind: 'document', document, line: 0 },
  perSku: 1,
  source: null,
  astride: null,
});
const on = (day: string, input: Partial<AstrideInput>) =>
  transitAstride(day, {
    documents: [],
    shipments: [shipment],
    rows: [],
    answers: [],
    decisions: [],
    orders: [],
    ordered: [],
    ...input,
  }).map(({ term, units, day: of, ends }) => `${term} ${units} ${of} ${ends ?? 'never'}`);

describe('a document that NetSuite has on another day than Amazon has its cause', () => {
  test('a loss that a closed October moved to November waits for its first day', () => {
    const loss = {
      documents: [dated('2026-10-30', '2026-11-01', -4, { lost: true })],
      decisions: [decision('2026-10-30', 'lost')],
    };
    expect(on('2026-10-29', loss)).toEqual([]);
    expect(on('2026-10-31', loss)).toEqual(['waiting -4 2026-10-30 2026-11-01']);
    expect(on('2026-11-01', loss)).toEqual([]);
  });

  test('and so does what was sent, which begins when the shipment does, and what was moved back to the warehouse', () => {
    const sent = { documents: [dated('2026-10-20', '2026-11-01', 10, { from: 'source', to: 'transit' })] };
    expect(on('2026-10-19', sent)).toEqual([]);
    expect(on('2026-10-20', sent)).toEqual(['waiting 10 2026-10-20 2026-11-01']);
    // Amazon said on 3 November that two more were shipped: its side has them from the beginning.
    const more = { documents: [dated('2026-11-03', '2026-11-03', 2, { from: 'source', to: 'transit' })] };
    expect(on('2026-10-31', more)).toEqual(['waiting 2 2026-10-20 2026-11-03']);
    const back = {
      documents: [dated('2026-10-30', '2026-11-01', 4, { from: 'transit', to: 'source' })],
      decisions: [decision('2026-10-30', 'returned')],
    };
    expect(on('2026-10-25', back)).toEqual([]);
    expect(on('2026-10-31', back)).toEqual(['waiting -4 2026-10-30 2026-11-01']);
  });

  test('a receipt has the days of its rows, each for its units', () => {
    const document = dated('2026-10-28', '2026-11-01', 6, { from: 'transit', to: 'sellable' });
    const input = {
      documents: [document],
      rows: [received('r1', '2026-10-28', 4), received('r2', '2026-10-31', 2)],
      answers: [answer('r1', 4, 'AMZ_demo_TRF_FBA1-2026-10-28_1'), answer('r2', 2, 'AMZ_demo_TRF_FBA1-2026-10-28_1')],
    };
    expect(on('2026-10-29', input)).toEqual(['waiting -4 2026-10-28 2026-11-01']);
    expect(on('2026-10-31', input)).toEqual(['waiting -4 2026-10-28 2026-11-01', 'waiting -2 2026-10-31 2026-11-01']);
    // Dated by somebody before its second row: NetSuite is ahead by that.
    const early = { ...input, documents: [{ ...document, booked: '2026-10-28' }] };
    expect(on('2026-10-29', early)).toEqual(['ahead 2 2026-10-28 2026-10-31']);
  });

  test('what NetSuite does not have yet has no day that ends it', () => {
    const open = { documents: [dated('2026-10-20', null, 10, { from: 'source', to: 'transit' })] };
    expect(on('2026-10-31', open)).toEqual(['waiting 10 2026-10-20 never']);
  });
});

const left = (day: string, units: number) => ({ day, item: 'mug', units });
const order = (netsuiteId: string, ...fulfilments: { day: string; item: string; units: number }[]) => ({
  netsuiteId,
  shipmentId: 'FBA1',
  fulfilled: fulfilments.at(-1)!.day,
  open: [],
  fulfilments,
});
const side = (amazon: number, orders: number, opened = 0) => ({
  ordered: [{ pool: 'us', shipmentId: 'FBA1', item: 'mug', shipped: 10, amazon, orders, opened }],
});

test('a transfer order is on its way by its fulfilments, the shipment from the day on which it was seen', () => {
  const orders = [order('88', left('2026-10-18', 6), left('2026-10-22', 4))];
  expect(on('2026-10-17', { orders, ...side(0, 0) })).toEqual([]);
  expect(on('2026-10-19', { orders, ...side(0, 6) })).toEqual(['ahead -6 2026-10-18 2026-10-20']);
  expect(on('2026-10-21', { orders, ...side(10, 6) })).toEqual(['waiting 4 2026-10-20 2026-10-22']);
  expect(on('2026-10-22', { orders, ...side(10, 10) })).toEqual([]);
});

/** Shipped 10, sent on 20 October; an order of 12 left on the 22nd; 10 received on the 25th. */
describe('an order that brought more on its way than was shipped is ahead by the rest', () => {
  const orders = [order('88', left('2026-10-22', 12))];
  const receipt = (own: string, units: number): DatedDocument => {
    const { document, booked } = dated(own, own, units, { from: 'transit', to: 'sellable' });
    const { pool, day, memo, hold, shipmentId, lines } = document;
    const key = { connection: 'demo', purpose: 'IR', businessKey: `FBA1-${own}`, part: 1 } as const;
    const of = { kind: 'transfer-order', netsuiteId: '88' } as const;
    return { document: { pool, day, memo, hold, shipmentId, key, of, lines }, own, booked };
  };
  const came = {
    orders,
    documents: [receipt('2026-10-25', 10)],
    rows: [received('r1', '2026-10-25', 10)],
    answers: [answer('r1', 10, 'AMZ_demo_IR_FBA1-2026-10-25_1')],
  };

  test('each day up to the decision, which may come or not, and which alone says when it ends', () => {
    expect(on('2026-10-21', { orders, ...side(10, 0) })).toEqual(['waiting 10 2026-10-20 2026-10-22']);
    for (const choice of ['lost', 'returned'] as const) {
      const decided = {
        ...came,
        documents: [...came.documents, receipt('2026-10-30', 2)],
        decisions: [decision('2026-10-30', choice)],
      };
      expect(on('2026-10-21', { ...decided, ...side(10, 0) })).toEqual(['waiting 10 2026-10-20 2026-10-22']);
      for (const [day, amazon, ordered] of [
        ['2026-10-22', 10, 12],
        ['2026-10-24', 10, 12],
        ['2026-10-25', 0, 2],
        ['2026-10-29', 0, 2],
      ] as const) {
        expect(on(day, { ...came, ...side(amazon, ordered) })).toEqual(['ahead -2 2026-10-22 never']);
        expect(on(day, { ...decided, ...side(amazon, ordered) })).toEqual(['ahead -2 2026-10-22 2026-10-30']);
      }
      expect(on('2026-10-30', { ...decided, ...side(0, 0) })).toEqual([]);
    }
  });

  test('and what Amazon received beyond what was shipped is none of it before it is taken from the order', () => {
    const all = {
      ...came,
      documents: [...came.documents, receipt('2026-10-30', 2)],
      rows: [...came.rows, received('r2', '2026-10-25', 2)],
      answers: [...came.answers, answer('r2', 2, 'AMZ_demo_IR_FBA1-2026-10-30_1')],
      decisions: [decision('2026-10-30', 'take-from-source')],
    };
    expect(on('2026-10-24', { ...all, ...side(10, 12) })).toEqual(['ahead -2 2026-10-22 2026-10-30']);
    expect(on('2026-10-26', { ...all, ...side(0, 2) })).toEqual(['ahead -2 2026-10-22 2026-10-30']);
    expect(on('2026-10-26', { ...came, ...side(0, 2) })).toEqual(['ahead -2 2026-10-22 never']);
    expect(on('2026-10-30', { ...all, ...side(0, 0) })).toEqual([]);
  });

  test('that it left before the shipment was seen ends with that day, for as many as were shipped', () => {
    const early = [order('88', left('2026-10-18', 12))];
    expect(on('2026-10-19', { orders: early, ...side(0, 12) })).toEqual([
      'ahead -10 2026-10-18 2026-10-20',
      'ahead -2 2026-10-18 never',
    ]);
  });

  test('nor does a shipment that lacks as many of another order hide it, or what the opening has', () => {
    const other = { pool: 'us', shipmentId: 'FBA2', item: 'mug', shipped: 10, amazon: 10, orders: 8, opened: 0 };
    const both = { orders, ordered: [...side(10, 12).ordered, other] };
    expect(on('2026-10-24', both)).toEqual(['ahead -2 2026-10-22 never', 'waiting 2 2026-10-24 never']);
    expect(on('2026-10-24', { ordered: side(10, 0, 10).ordered })).toEqual([]);
  });
});
