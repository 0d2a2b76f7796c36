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

const receipt = (day: string, units: number): StockDocument => ({
  key: { connection: 'demo', purpose: 'IR', businessKey: `FBA1-${day}`, part: 1 },
  pool: 'us',
  day,
  memo: '',
  hold: null,
  shipmentId: 'FBA1',
  of: { kind: 'transfer-order', netsuiteId: '77' },
  lines: [{ item: 'mug', units, place: { pool: 'us', place: 'sellable' }, unitCost: null, eventType: '', reason: '' }],
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
      standingsOn(day, known, { inbound: 'inventory-transfer', from: '2026-10-01' }).map(
        ({ shipmentId, inTransit }) => `${shipmentId} ${inTransit}`,
      );
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
      standingsOn('2026-10-08', known, { inbound, from: '2026-10-01' }).map((one) => one.inTransit);
    expect([inTransit('theirs'), inTransit('inventory-transfer')]).toEqual([[0], [10]]);
  });

  test('what came before stock began is in the opening, and no second time in what waits', () => {
    const receipt = { id: 'r1', day: '2026-09-29', eventType: 'Receipts', reference: 'FBA1', sku: 'MUG', quantity: 4 };
    const known = {
      shipments: [shipment('FBA1', '2026-09-20')],
      rows: [{ ...receipt, seen: '2026-10-02T00:00:00Z' } as KeptRow],
      answers: [],
      documents: [],
      opening: {
        taken: '2026-10-02T12:00:00Z',
        amazon: [],
        netsuite: [],
        inbound: [{ pool: 'us', shipmentId: 'FBA1', sku: 'MUG', shipped: 10, open: 6 }],
      },
      inboundDecided: [],
      decisions: [],
    };
    expect(standingsOn('2026-10-08', known, { inbound: 'theirs', from: '2026-10-01' })).toMatchObject([
      { received: 4, inTransit: 6 },
    ]);
  });

  test('under `theirs` it is what transfer orders have open, and what was received of them since', () => {
    // 10 left on 20 October: 4 were received on the 28th, 5 on 2 November, 1 is open.
    const orders = [
      {
        netsuiteId: '77',
        shipmentId: 'FBA1',
        fulfilled: '2026-10-20',
        open: [{ item: 'mug', units: 1 }],
        fulfilments: [{ day: '2026-10-20', item: 'mug', units: 10 }],
      },
    ];
    const posted = [receipt('2026-10-28', 4), receipt('2026-11-02', 5)];
    const sum = (units: readonly { units: number }[]) => units.reduce((all, one) => all + one.units, 0);
    const on = (day: string) => sum(openOfOrdersOn(day, orders, { posted }, () => 'us'));
    expect(['2026-10-19', '2026-10-20', '2026-10-31', '2026-11-02'].map(on)).toEqual([0, 10, 6, 1]);
    // The last 5 are only planned: 6 are open in NetSuite, and from that day on one is under way.
    const six = orders.map((order) => ({ ...order, open: [{ item: 'mug', units: 6 }] }));
    const planning = (day: string) =>
      sum(openOfOrdersOn(day, six, { posted: [posted[0]!], planned: [posted[1]!] }, () => 'us'));
    expect(['2026-10-20', '2026-10-31', '2026-11-02'].map(planning)).toEqual([10, 6, 1]);
  });

  test('of an order that leaves in two, also one that is not whole yet, it is what had left by then', () => {
    // 20 left on 20 October and 10 on 1 November; 12 were received on the 28th, 15 on 3 November: 3 are open.
    const order = (open: number, fulfilled: string | null) => ({
      netsuiteId: '77',
      shipmentId: 'FBA1',
      fulfilled,
      open: [{ item: 'mug', units: open }],
      fulfilments: [
        { day: '2026-10-20', item: 'mug', units: 20 },
        { day: '2026-11-01', item: 'mug', units: 10 },
      ],
    });
    const posted = [receipt('2026-10-28', 12), receipt('2026-11-03', 15)];
    const on = (of: ReturnType<typeof order>, documents: readonly StockDocument[]) => (day: string) =>
      openOfOrdersOn(day, [of], { posted: documents }, () => 'us').reduce((all, { units }) => all + units, 0);
    const days = ['2026-10-19', '2026-10-20', '2026-10-28', '2026-11-01', '2026-11-03'];
    expect(days.map(on(order(3, '2026-11-01'), posted))).toEqual([0, 20, 8, 18, 3]);
    expect(days.map(on(order(3, null), posted))).toEqual([0, 20, 8, 18, 3]);
    // Somebody else has received the 15, when is not known: nothing comes to less than none.
    expect(days.map(on(order(3, null), [posted[0]!]))).toEqual([0, 5, 0, 3, 3]);
  });
});
