import { describe, expect, test } from '@jest/globals';
import type { LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import type { StockDecision } from '../../../src/domain/stock/stock-decisions.ts';
import type { InboundFact, StockPlan } from '../../../src/domain/stock/stock-plan.ts';
import { ledgerRow, shopFlow, written, type StockFlow } from './stock-flow.ts';

const dayOf = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;
const received = (day: number, quantity: number, changes: Partial<LedgerRow> = {}): LedgerRow =>
  ledgerRow({ day: dayOf(day), eventType: 'Receipts', reference: 'FBA1', quantity, ...changes });
const shipment = (changes: Partial<InboundFact> = {}): InboundFact => ({
  shipmentId: 'FBA1',
  name: '',
  pool: 'us',
  destination: 'ABE2',
  status: 'SHIPPED',
  items: [{ sku: 'MUG', fnsku: 'X1', shipped: 10, received: 0 }],
  sent: dayOf(4),
  closed: null,
  ...changes,
});
const flowWith = (changes: Partial<InboundFact> = {}): StockFlow => shopFlow({}, { inbound: [shipment(changes)] });
const decide = (
  flow: StockFlow,
  day: number,
  choice: Extract<StockDecision, { kind: 'decideInbound' }>['choice'],
  sku = 'MUG',
  shipmentId = 'FBA1',
) =>
  flow.decisions.push({
    kind: 'decideInbound',
    id: `d${flow.decisions.length}`,
    day: dayOf(day),
    shipmentId,
    sku,
    choice,
  });
const documents = (flow: StockFlow, day: number) => flow.run(dayOf(day)).documents.map(written);
const standing = (flow: StockFlow, day: number) =>
  flow
    .run(dayOf(day))
    .inbound.map(({ shipped, received: came, decided, inTransit, over }) => [shipped, came, decided, inTransit, over]);

describe('what was shipped', () => {
  test.each<[string, Partial<InboundFact>, LedgerRow[], string[]]>([
    [
      'is in transit from the day on which it was seen as shipped',
      {},
      [],
      ['TRF FBA1-20261004-source-inTransit: mug 10'],
    ],
    ['is not before', { status: 'WORKING', sent: null }, [], []],
    [
      'is by its first receipt, where that is earlier',
      {},
      [received(3, 10)],
      ['TRF FBA1-20261003-source-inTransit: mug 10', 'TRF FBA1-20261003-inTransit-sellable: mug 10'],
    ],
    [
      'counts a pack as its units',
      { items: [{ sku: 'PACK', fnsku: 'X3', shipped: 4, received: 0 }] },
      [],
      ['TRF FBA1-20261004-source-inTransit: mug 12'],
    ],
  ])('%s', (_, changes, rows, expected) => {
    const flow = flowWith(changes);
    flow.addRows(...rows);
    expect(documents(flow, 4)).toEqual(expected);
    expect(documents(flow, 5)).toEqual([]);
  });

  test.each<[string, Partial<InboundFact>, string[]]>([
    [
      'more',
      { items: [{ sku: 'MUG', fnsku: 'X1', shipped: 12, received: 0 }] },
      ['TRF FBA1-20261008-source-inTransit: mug 2'],
    ],
    [
      'less',
      { items: [{ sku: 'MUG', fnsku: 'X1', shipped: 7, received: 0 }] },
      ['TRF FBA1-20261008-inTransit-source: mug 3'],
    ],
    ['cancelled', { status: 'CANCELLED' }, ['TRF FBA1-20261008-inTransit-source: mug 6']],
  ])('changed to %s: the difference moves', (_, changes, expected) => {
    const flow = flowWith();
    flow.addRows(received(5, 4));
    flow.run(dayOf(6));
    flow.facts.inbound = [shipment(changes)];
    expect(documents(flow, 8)).toEqual(expected);
  });
});

describe('receipts of a known shipment', () => {
  test('are taken at once, by shipment, SKU and day; later rows of a day are its next part', () => {
    const flow = flowWith();
    flow.addRows(received(6, 5), received(6, -2), received(6, 1));
    expect(documents(flow, 6)).toEqual([
      'TRF FBA1-20261004-source-inTransit: mug 10',
      'TRF FBA1-20261006-inTransit-sellable: mug 4',
    ]);
    flow.addRows(received(6, 3));
    expect(documents(flow, 6)).toEqual(['TRF FBA1-20261006-inTransit-sellable 2: mug 3']);
    expect(standing(flow, 6)).toEqual([[10, 7, 0, 3, 0]]);
  });

  test('taken back they are in transit again', () => {
    const flow = flowWith({ status: 'CLOSED', closed: dayOf(8) });
    flow.addRows(received(6, 10), received(20, -4));
    expect(documents(flow, 20)).toEqual([
      'TRF FBA1-20261004-source-inTransit: mug 10',
      'TRF FBA1-20261006-inTransit-sellable: mug 10',
      'TRF FBA1-20261020-sellable-inTransit: mug 4',
    ]);
    expect(flow.run(dayOf(20)).problems).toMatchObject([{ code: 'inbound-short', units: 4, value: '24.00' }]);
  });

  test('beyond what was shipped they wait; what is taken back of them is due nothing', () => {
    const flow = flowWith();
    flow.addRows(received(6, 13));
    const plan = flow.run(dayOf(6));
    expect(plan.documents.map(written)).toContain('TRF FBA1-20261006-inTransit-sellable: mug 10');
    expect(plan.problems).toMatchObject([{ code: 'inbound-over', units: 3, value: '18.00' }]);
    expect(standing(flow, 6)).toEqual([[10, 10, 0, 0, 3]]);
    flow.addRows(received(8, -2));
    expect(documents(flow, 8)).toEqual([]);
    expect(standing(flow, 8)).toEqual([[10, 10, 0, 0, 1]]);
    flow.facts.inbound = [shipment({ items: [{ sku: 'MUG', fnsku: 'X1', shipped: 11, received: 0 }] })];
    expect(documents(flow, 9)).toEqual(
      ['TRF FBA1-20261009-source-inTransit: mug 1', 'TRF FBA1-20261006-inTransit-sellable 2: mug 1'].sort(),
    );
    expect(flow.run(dayOf(9)).problems).toEqual([]);
  });

  test.each<['take-from-source' | 'found', string[]]>([
    ['take-from-source', ['TRF FBA1-20261007-source-sellable: mug 3']],
    ['found', ['ADJ FBA1-found: mug +3 sellable @6.00']],
  ])('beyond what was shipped, %s', (choice, expected) => {
    const flow = flowWith();
    flow.addRows(received(6, 13));
    flow.run(dayOf(6));
    decide(flow, 7, choice);
    expect(documents(flow, 7)).toEqual(expected);
    expect(standing(flow, 7)).toEqual([[10, 10, 0, 0, 0]]);
    expect(documents(flow, 8)).toEqual([]);
  });

  test('a unit under another SKU is a short and an over', () => {
    const flow = flowWith({ status: 'CLOSED', closed: dayOf(8) });
    flow.addRows(received(6, 9), received(6, 1, { sku: 'CUP', fnsku: 'X2' }));
    expect(flow.run(dayOf(9)).problems).toMatchObject([
      { code: 'inbound-over', sku: 'CUP', units: 1 },
      { code: 'inbound-short', sku: 'MUG', units: 1 },
    ]);
  });
});

describe('a shipment that closes with less', () => {
  const closedShort = () => {
    const flow = flowWith({ status: 'CLOSED', closed: dayOf(8) });
    flow.addRows(received(6, 8));
    flow.run(dayOf(9));
    return flow;
  };

  test.each<['lost' | 'returned', string[]]>([
    ['lost', ['ADJ FBA1-lost: mug -2 inTransit']],
    ['returned', ['TRF FBA1-20261009-inTransit-source: mug 2']],
  ])('%s', (choice, expected) => {
    const flow = closedShort();
    decide(flow, 9, choice);
    expect(documents(flow, 9)).toEqual(expected);
    expect(standing(flow, 9)).toEqual([[10, 8, 2, 0, 0]]);
    expect(flow.run(dayOf(10))).toMatchObject({ documents: [], problems: [] });
  });

  test('waits as long as the figure is the same', () => {
    const flow = closedShort();
    decide(flow, 9, 'wait');
    expect(flow.run(dayOf(10)).problems).toEqual([]);
    flow.addRows(received(11, 1));
    expect(flow.run(dayOf(11)).problems).toMatchObject([{ code: 'inbound-short', units: 1 }]);
  });

  test('is open again for what is found late, and after it was given up that is over', () => {
    const flow = closedShort();
    flow.addRows(received(20, 1));
    expect(documents(flow, 20)).toEqual(['TRF FBA1-20261020-inTransit-sellable: mug 1']);
    decide(flow, 21, 'lost');
    flow.run(dayOf(21));
    flow.addRows(received(25, 1));
    expect(flow.run(dayOf(25)).problems).toMatchObject([{ code: 'inbound-over', units: 1 }]);
  });
});

describe('receipts of no known shipment', () => {
  const unknown = (quantity: number) => received(6, quantity, { reference: 'FBA9' });

  test('are raised after grace, and come out of the warehouse by decision', () => {
    const flow = shopFlow();
    flow.addRows(unknown(3));
    expect(flow.run(dayOf(9))).toMatchObject({ problems: [], waiting: [{ reason: 'counterpart' }] });
    expect(flow.run(dayOf(10)).problems).toMatchObject([{ code: 'receipt-unknown', key: 'FBA9 MUG', units: 3 }]);
    decide(flow, 10, 'take-from-source', 'MUG', 'FBA9');
    expect(documents(flow, 11)).toEqual(['TRF FBA9-20261010-source-sellable: mug 3']);
    expect(flow.run(dayOf(11)).problems).toEqual([]);
  });

  test("are answered by somebody else's purchase receipt", () => {
    const flow = shopFlow();
    flow.addRows(unknown(3));
    flow.move({ netsuiteId: 'po', type: 'ItemRcpt', externalId: null, day: dayOf(7), item: 'mug', units: 3 });
    expect(flow.run(dayOf(20))).toMatchObject({
      answers: [{ by: { kind: 'movement', document: 'po' } }],
      problems: [],
    });
  });

  describe('whose shipment becomes known later', () => {
    /** Ten of FBA1 that nobody knew came on the 2nd, and were decided on the 7th. */
    const decided = (choice: 'take-from-source' | 'found') => {
      const flow = shopFlow();
      flow.addRows(received(2, 10));
      flow.run(dayOf(6));
      decide(flow, 7, choice);
      flow.run(dayOf(7));
      return flow;
    };
    const known = (flow: StockFlow, shipped: number, changes: Partial<InboundFact> = {}) => {
      flow.facts.inbound = [shipment({ items: [{ sku: 'MUG', fnsku: 'X1', shipped, received: 0 }], ...changes })];
    };

    test('do not leave the warehouse once more', () => {
      const flow = decided('take-from-source');
      known(flow, 10, { status: 'CLOSED', closed: dayOf(8) });
      expect(flow.run(dayOf(8))).toMatchObject({ documents: [], problems: [] });
      expect(standing(flow, 8)).toEqual([[10, 10, 0, 0, 0]]);
      expect(flow.places('mug', dayOf(8))).toBe('10 / 0 / 0');
    });

    test('and what it sent besides leaves it now', () => {
      const flow = decided('take-from-source');
      known(flow, 15);
      expect(documents(flow, 8)).toEqual(['TRF FBA1-20261002-source-inTransit: mug 5']);
      flow.addRows(received(9, 5));
      expect(documents(flow, 9)).toEqual(['TRF FBA1-20261009-inTransit-sellable: mug 5']);
      flow.addRows(received(12, -4));
      expect(documents(flow, 12)).toEqual(['TRF FBA1-20261012-sellable-inTransit: mug 4']);
      expect(standing(flow, 12)).toEqual([[15, 11, 0, 4, 0]]);
      expect(documents(flow, 13)).toEqual([]);
    });

    test("nor do those that somebody's purchase receipt brought", () => {
      const flow = shopFlow();
      flow.addRows(received(2, 10));
      flow.move({ netsuiteId: 'po', type: 'ItemRcpt', externalId: null, day: dayOf(3), item: 'mug', units: 10 });
      flow.run(dayOf(6));
      known(flow, 10);
      expect(flow.run(dayOf(8))).toMatchObject({ documents: [], problems: [] });
    });

    test('found they came out of nothing: the shipment leaves the warehouse, and is short of them', () => {
      const flow = decided('found');
      known(flow, 10, { status: 'CLOSED', closed: dayOf(8) });
      const plan = flow.run(dayOf(8));
      expect(plan.documents.map(written)).toEqual(['TRF FBA1-20261002-source-inTransit: mug 10']);
      expect(plan.problems).toMatchObject([{ code: 'inbound-short', units: 10 }]);
      decide(flow, 9, 'lost');
      flow.run(dayOf(9));
      expect(flow.places('mug', dayOf(9))).toBe('10 / 0 / 0');
    });
  });

  test('taken from the warehouse beyond what was shipped, they are not sent once more when Amazon says that more was', () => {
    const flow = flowWith();
    flow.addRows(received(6, 13));
    flow.run(dayOf(6));
    decide(flow, 7, 'take-from-source');
    flow.run(dayOf(7));
    flow.facts.inbound = [shipment({ items: [{ sku: 'MUG', fnsku: 'X1', shipped: 12, received: 0 }] })];
    expect(documents(flow, 8)).toEqual([]);
    expect(standing(flow, 8)).toEqual([[12, 12, 0, 0, 0]]);
    // Thirteen left: what Amazon takes back is missing, and stays in transit.
    flow.addRows(received(9, -4));
    expect(documents(flow, 9)).toEqual(['TRF FBA1-20261009-sellable-inTransit: mug 4']);
    expect(standing(flow, 10)).toEqual([[12, 8, 0, 4, 0]]);
    expect(documents(flow, 10)).toEqual([]);
  });

  test('taken back by decision they go home', () => {
    const flow = shopFlow();
    flow.addRows(unknown(-3));
    decide(flow, 10, 'take-from-source', 'MUG', 'FBA9');
    expect(documents(flow, 11)).toEqual(['TRF FBA9-20261010-sellable-source: mug 3']);
  });
});

describe('under `theirs`', () => {
  const theirs = (fulfilled: string | null, units = 10) => {
    const order = { netsuiteId: '88', shipmentId: 'FBA1', fulfilled, open: [{ item: 'mug', units }], fulfilments: [] };
    return shopFlow({ inbound: 'theirs' }, { inbound: [shipment()], transferOrders: [order] });
  };

  /** Somebody has brought so many mugs to in transit by hand. */
  const brought = (flow: StockFlow, units: number) =>
    flow.move({
      netsuiteId: '7',
      type: 'InvTrnfr',
      externalId: null,
      day: dayOf(5),
      item: 'mug',
      location: 'us-3',
      units,
    });

  test('a receipt of the transfer order takes what it has open, the rest is a transfer of what in transit has', () => {
    const flow = theirs(dayOf(4), 6);
    brought(flow, 5);
    flow.addRows(received(6, 8));
    const plan = flow.run(dayOf(6));
    expect(plan.documents.map(written)).toEqual([
      'IR FBA1-20261006: mug 6 sellable',
      'TRF FBA1-20261006-inTransit-sellable: mug 2',
    ]);
    expect(plan.documents[0]).toMatchObject({ of: { kind: 'transfer-order', netsuiteId: '88' } });
    expect(flow.facts.transferOrders[0]!.open).toEqual([{ item: 'mug', units: 0 }]);
    expect(standing(flow, 6)).toEqual([[10, 8, 0, 2, 0]]);
  });

  describe('units that neither the order nor in transit has', () => {
    const short = (rows = [received(6, 8)]) => {
      const flow = theirs(dayOf(4), 6);
      flow.addRows(...rows);
      return { flow, plan: flow.run(dayOf(6)) };
    };

    test('wait as over, though no more came than was shipped, and are not on their way any more', () => {
      const { flow, plan } = short();
      expect(plan.documents.map(written)).toEqual(['IR FBA1-20261006: mug 6 sellable']);
      expect(plan.problems).toMatchObject([
        {
          code: 'inbound-over',
          key: 'FBA1 MUG',
          units: 2,
          what: 'Amazon received more of MUG than was shipped in FBA1, or than its transfer order brought on its way',
        },
      ]);
      expect(standing(flow, 6)).toEqual([[10, 8, 0, 2, 2]]);
    });

    test.each<['take-from-source' | 'found', string]>([
      ['take-from-source', 'TRF FBA1-20261009-source-sellable: mug 2'],
      ['found', 'ADJ FBA1-found: mug +2 sellable @6.00'],
    ])('%s ends them, and the rest of the shipment stands as it did', (choice, document) => {
      const { flow } = short();
      decide(flow, 9, choice);
      expect(documents(flow, 9)).toEqual([document]);
      expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
      expect(standing(flow, 9)).toEqual([[10, 8, 0, 2, 0]]);
    });

    test('are received once the order has them', () => {
      const { flow } = short();
      const more = [{ item: 'mug', units: 2 }];
      flow.facts.transferOrders = flow.facts.transferOrders.map((order) => ({ ...order, open: more }));
      expect(documents(flow, 7)).toEqual(['IR FBA1-20261006 2: mug 2 sellable']);
      expect(flow.run(dayOf(8))).toMatchObject({ documents: [], problems: [], waiting: [] });
    });

    test('come to nothing with what Amazon takes back, and what it takes back beyond them can come again', () => {
      const { flow } = short();
      flow.addRows(received(7, -3));
      expect(documents(flow, 7)).toEqual(['TRF FBA1-20261007-sellable-inTransit: mug 1']);
      flow.addRows(received(8, 2));
      expect(documents(flow, 8)).toEqual(['TRF FBA1-20261008-inTransit-sellable: mug 1']);
      expect(standing(flow, 8)).toEqual([[10, 7, 0, 3, 1]]);
    });
  });

  test('of several fulfilments each has a receipt of its own', () => {
    const flow = theirs(dayOf(4));
    flow.facts.transferOrders = flow.facts.transferOrders.map((order) => ({
      ...order,
      open: [
        { item: 'mug', units: 5, fulfilment: '90' },
        { item: 'mug', units: 4, fulfilment: '91' },
      ],
    }));
    flow.addRows(received(6, 10));
    const plan = flow.run(dayOf(6));
    expect(plan.documents.map(written)).toEqual([
      'IR FBA1-20261006: mug 5 sellable',
      'IR FBA1-20261006 2: mug 4 sellable',
    ]);
    expect(plan.documents[1]).toMatchObject({ of: { netsuiteId: '88', fulfilment: '91' } });
  });

  test('it is dated not before the fulfilment, and waits while that is in part', () => {
    const flow = theirs(null);
    flow.addRows(received(6, 8));
    expect(flow.run(dayOf(7))).toMatchObject({ documents: [], waiting: [{ reason: 'transfer-order' }] });
    flow.facts.transferOrders = flow.facts.transferOrders.map((order) => ({ ...order, fulfilled: dayOf(8) }));
    expect(documents(flow, 8)).toEqual(['IR FBA1-20261008: mug 8 sellable']);
  });

  describe('of a closed shipment whose order has left in part', () => {
    /** 6 of 10 left on the 5th. */
    const closed = (came: number) => {
      const flow = theirs(null, 6);
      flow.facts.transferOrders = flow.facts.transferOrders.map((order) => ({
        ...order,
        fulfilments: [{ day: dayOf(5), item: 'mug', units: 6 }],
      }));
      flow.addRows(received(4, came));
      expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
      flow.facts.inbound = [shipment({ status: 'CLOSED', closed: dayOf(10) })];
      return flow;
    };

    test('what left is received, not before it left, and what came beyond it waits for a person', () => {
      const flow = closed(10);
      const plan = flow.run(dayOf(10));
      expect(plan.documents.map(written)).toEqual(['IR FBA1-20261005: mug 6 sellable']);
      expect(plan.problems).toMatchObject([{ code: 'inbound-over', units: 4 }]);
      decide(flow, 11, 'take-from-source');
      expect(documents(flow, 11)).toEqual(['TRF FBA1-20261011-source-sellable: mug 4']);
      expect(flow.run(dayOf(12))).toMatchObject({ documents: [], problems: [], waiting: [] });
    });

    test('and what never left nor came is short: lost it leaves the warehouse, returned it stays there', () => {
      const flow = closed(6);
      const plan = flow.run(dayOf(10));
      expect(plan.documents.map(written)).toEqual(['IR FBA1-20261005: mug 6 sellable']);
      expect(plan.problems).toMatchObject([{ code: 'inbound-short', units: 4 }]);
      decide(flow, 11, 'returned');
      expect(flow.run(dayOf(11))).toMatchObject({ documents: [], problems: [], waiting: [] });
    });

    test('its rest is received when it leaves after all', () => {
      const flow = closed(10);
      flow.run(dayOf(10));
      flow.facts.transferOrders = flow.facts.transferOrders.map((order) => ({
        ...order,
        fulfilled: dayOf(12),
        open: [{ item: 'mug', units: 4 }],
      }));
      expect(documents(flow, 12)).toEqual(['IR FBA1-20261012: mug 4 sellable']);
      expect(flow.run(dayOf(13))).toMatchObject({ documents: [], problems: [], waiting: [] });
    });
  });

  describe('of a shipment with two transfer orders', () => {
    /** The order of 6 left on the 4th, that of 4 on a later day, or not to the end yet; the younger number is the older one. */
    const two = (later: string | null) => {
      const flow = theirs(dayOf(4), 6);
      const [order] = flow.facts.transferOrders;
      const left = (day: string, units: number) => [{ day, item: 'mug', units }];
      flow.facts.transferOrders = [
        {
          ...order!,
          netsuiteId: '1000',
          fulfilled: later,
          open: [{ item: 'mug', units: 4 }],
          fulfilments: left(dayOf(7), 4),
        },
        { ...order!, netsuiteId: '999', fulfilments: left(dayOf(4), 6) },
      ];
      return flow;
    };
    const orders = (plan: StockPlan) => plan.documents.map((one) => ('of' in one ? one.of.netsuiteId : ''));

    test('the one that left first is received first, the other from its own day on', () => {
      const flow = two(dayOf(7));
      flow.addRows(received(6, 8));
      const plan = flow.run(dayOf(7));
      expect(plan.documents.map(written)).toEqual([
        'IR FBA1-20261006: mug 6 sellable',
        'IR FBA1-20261007: mug 2 sellable',
      ]);
      expect(orders(plan)).toEqual(['999', '1000']);
      expect(plan.problems).toEqual([]);
      expect(flow.facts.transferOrders.map(({ open }) => open[0]!.units)).toEqual([2, 0]);
    });

    test('what only the one that has not left has waits for it, and is on its way no more', () => {
      const flow = two(null);
      // Units that lie in transit by hand are not taken in its stead.
      brought(flow, 5);
      flow.addRows(received(6, 8));
      const plan = flow.run(dayOf(7));
      expect(plan.documents.map(written)).toEqual(['IR FBA1-20261006: mug 6 sellable']);
      expect(plan.waiting).toMatchObject([{ reason: 'transfer-order', units: 2 }]);
      expect(plan.problems.map(({ code }) => code)).not.toContain('inbound-over');
      expect(standing(flow, 7)).toEqual([[10, 8, 0, 2, 0]]);
      flow.facts.transferOrders = flow.facts.transferOrders.map((order) => ({ ...order, fulfilled: dayOf(8) }));
      expect(documents(flow, 8)).toEqual(['IR FBA1-20261008: mug 2 sellable']);
    });

    test('lost takes the open units of both', () => {
      const flow = two(dayOf(7));
      flow.facts.inbound = [shipment({ status: 'CLOSED', closed: dayOf(8) })];
      flow.addRows(received(6, 3));
      flow.run(dayOf(8));
      decide(flow, 9, 'lost');
      const plan = flow.run(dayOf(9));
      expect(plan.documents.map(written)).toEqual([
        'IR FBA1-20261009: mug 4 sellable',
        'IR FBA1-20261009 2: mug 3 sellable',
        'ADJ FBA1-lost: mug -7 sellable',
      ]);
      expect(orders(plan)).toEqual(['1000', '999', '']);
      expect(flow.facts.transferOrders.map(({ open }) => open[0]!.units)).toEqual([0, 0]);
      expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
    });
  });

  test('without a transfer order the shipment is nobody', () => {
    const flow = shopFlow({ inbound: 'theirs' }, { inbound: [shipment()] });
    flow.addRows(received(6, 8));
    expect(flow.run(dayOf(10)).problems).toMatchObject([{ code: 'receipt-unknown' }]);
    // Nor is it short of what came and waits, once it is closed.
    flow.facts.inbound = [shipment({ status: 'CLOSED', closed: dayOf(8) })];
    expect(flow.run(dayOf(10)).problems.map(({ code, units }) => [code, units])).toEqual([
      ['receipt-unknown', 8],
      ['inbound-short', 2],
    ]);
  });

  test.each<['lost' | 'returned', string[]]>([
    ['lost', ['IR FBA1-20261009: mug 2 sellable', 'ADJ FBA1-lost: mug -2 sellable']],
    ['returned', ['IR FBA1-20261009: mug 2 sellable', 'TRF FBA1-20261009-sellable-source: mug 2']],
  ])('%s: what the order has open is received, and leaves the same day', (choice, expected) => {
    const flow = theirs(dayOf(4));
    flow.facts.inbound = [shipment({ status: 'CLOSED', closed: dayOf(8) })];
    flow.addRows(received(6, 8));
    flow.run(dayOf(8));
    decide(flow, 9, choice);
    const plan = flow.run(dayOf(9));
    expect(plan.documents.map(written)).toEqual(expected);
    expect(plan.offsets).toMatchObject([{ place: 'sellable', units: -2 }]);
    expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
  });

  test.each<['lost' | 'returned', string[]]>([
    ['lost', ['TRF FBA1-20261009-source-inTransit: mug 2', 'ADJ FBA1-lost: mug -2 inTransit']],
    ['returned', []],
  ])('%s: what was shipped beyond the order leaves the warehouse now, or never did', (choice, expected) => {
    const flow = theirs(dayOf(4), 8);
    flow.facts.inbound = [shipment({ status: 'CLOSED', closed: dayOf(8) })];
    flow.addRows(received(6, 8));
    expect(flow.run(dayOf(8)).problems).toMatchObject([{ code: 'inbound-short', units: 2 }]);
    decide(flow, 9, choice);
    expect(documents(flow, 9)).toEqual(expected);
    expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
    expect(flow.places('mug', dayOf(9))).toBe('8 / 0 / 0');
  });
});
