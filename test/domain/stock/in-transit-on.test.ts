import { describe, expect, test } from '@jest/globals';
import { openOfOrdersOn, standingsOn } from '../../../src/domain/stock/in-transit-on.ts';
import type { KeptRow, StockDocument } from '../../../src/domain/stock/kept-stock.ts';
import type { StockDecision } from '../../../src/domain/stock/stock-decisions.ts';
import type { InboundFact } from '../../../src/domain/stock/stock-plan.ts';

const shipment = (shipmentId: string, sent: string | null): InboundFact => ({
  shipmentId,
  pool: 'us',
  name: '',
  status: 'SHIPPED',
  destination: 'PDX9',
  items: [{ sku: 'MUG', fnsku: 'X1', shipped: 10, received: 0 }],
  sent,
  closed: null,
});

describe('in transit at the end of a day', () => {
  test('is what was on its way by then, less what was given up by then', () => {
    const decided = (id: string, day: string): StockDecision => ({
      kind: 'decideInbound',
      id,
      day,
      shipmentId: 'FBA1',
      sku: 'MUG',
      choice: 'lost',
    });
    const known = {
      shipments: [shipment('FBA1', '2026-10-20'), shipment('FBA2', '2026-11-02'), shipment('FBA3', null)],
      rows: [],
      answers: [],
      documents: [],
      opening: null,
      inboundDecided: [
        { decision: '1', shipmentId: 'FBA1', sku: 'MUG', choice: 'lost' as const, units: 3 },
        { decision: '2', shipmentId: 'FBA1', sku: 'MUG', choice: 'lost' as const, units: 4 },
      ],
      decisions: [decided('1', '2026-10-30'), decided('2', '2026-11-04')],
    };
    const on = (day: string) =>
      standingsOn(day, known, 'inventory-transfer').map(({ shipmentId, inTransit }) => `${shipmentId} ${inTransit}`);
    expect(on('2026-10-19')).toEqual([]);
    expect(on('2026-10-29')).toEqual(['FBA1 10']);
    expect(on('2026-10-31')).toEqual(['FBA1 7']);
    expect(on('2026-11-04')).toEqual(['FBA1 3', 'FBA2 10']);
  });

  test('what came and nothing answers is on its way no more, under `theirs` up to what was shipped', () => {
    const receipt = { id: 'r1', day: '2026-10-08', eventType: 'Receipts', reference: 'FBA1', sku: 'MUG', quantity: 12 };
    const known = {
      shipments: [shipment('FBA1', '2026-10-05')],
      rows: [receipt as KeptRow],
      answers: [],
      documents: [],
      opening: null,
      inboundDecided: [],
      decisions: [],
    };
    const inTransit = (inbound: 'theirs' | 'inventory-transfer') =>
      standingsOn('2026-10-08', known, inbound).map((one) => one.inTransit);
    expect([inTransit('theirs'), inTransit('inventory-transfer')]).toEqual([[0], [10]]);
  });

  test('under `theirs` it is what transfer orders have open, and what was received of them since', () => {
    const receipt = (day: string, units: number): StockDocument => ({
      key: { connection: 'demo', purpose: 'IR', businessKey: `FBA1-${day}`, part: 1 },
      pool: 'us',
      day,
      memo: '',
      hold: null,
      shipmentId: 'FBA1',
      of: { kind: 'transfer-order', netsuiteId: '77' },
      lines: [
        { item: 'mug', units, place: { pool: 'us', place: 'sellable' }, unitCost: null, eventType: '', reason: '' },
      ],
    });
    // 10 left on 20 October: 4 were received on the 28th, 5 on 2 November, 1 is open.
    const orders = [
      { netsuiteId: '77', shipmentId: 'FBA1', fulfilled: '2026-10-20', open: [{ item: 'mug', units: 1 }] },
    ];
    const documents = [receipt('2026-10-28', 4), receipt('2026-11-02', 5)];
    const on = (day: string) => openOfOrdersOn(day, orders, documents, () => 'us').map(({ units }) => units);
    const sum = (units: readonly number[]) => units.reduce((all, one) => all + one, 0);
    expect(['2026-10-19', '2026-10-20', '2026-10-31', '2026-11-02'].map((day) => sum(on(day)))).toEqual([0, 10, 6, 1]);
  });
});
