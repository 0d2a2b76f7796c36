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
const decision = (day: string, choice: 'lost' | 'returned') =>
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

test('a transfer order is on its way by its fulfilments, the shipment from the day on which it was seen', () => {
  const left = (day: string, units: number) => ({ day, item: 'mug', units });
  const order = {
    netsuiteId: '88',
    shipmentId: 'FBA1',
    fulfilled: '2026-10-22',
    open: [],
    fulfilments: [left('2026-10-18', 6), left('2026-10-22', 4)],
  };
  expect(on('2026-10-17', { orders: [order] })).toEqual([]);
  expect(on('2026-10-19', { orders: [order] })).toEqual(['ahead -6 2026-10-18 2026-10-20']);
  expect(on('2026-10-21', { orders: [order] })).toEqual(['waiting 4 2026-10-20 2026-10-22']);
  expect(on('2026-10-22', { orders: [order] })).toEqual([]);
});
