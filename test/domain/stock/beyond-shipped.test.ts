/** Transfer orders that brought more on its way than Amazon says was shipped (`inbound: theirs`); mugs cost 6.00, cups 4.00. */
import { describe, expect, test } from '@jest/globals';
import type { StockDecision } from '../../../src/domain/stock/stock-decisions.ts';
import type { InboundFact, StockPlan } from '../../../src/domain/stock/stock-plan.ts';
import type { OpenOfOrder } from '../../../src/domain/stock/transfer-order.ts';
import { ledgerRow, shopFlow, written, type StockFlow } from './stock-flow.ts';

const dayOf = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;

/** FBA1 sent ten mugs; its orders have left on the 4th. */
function flowWith({
  status = 'SHIPPED',
  items = [{ sku: 'MUG', fnsku: 'X1', shipped: 10, received: 0 }],
  left = [{ item: 'mug', units: 12 }],
  fulfilled = dayOf(4),
}: Partial<Pick<InboundFact, 'status' | 'items'>> & { left?: OpenOfOrder[]; fulfilled?: string | null } = {}) {
  const order = { netsuiteId: '88', shipmentId: 'FBA1', fulfilled, open: left, fulfilments: [] };
  const flow = shopFlow({ inbound: 'theirs' }, { inbound: [], transferOrders: [order] });
  tell(flow, status, items);
  return flow;
}
const tell = (flow: StockFlow, status: string, items: InboundFact['items'] = flow.facts.inbound[0]!.items) => {
  const closed = status === 'CLOSED' ? dayOf(8) : null;
  const head = { shipmentId: 'FBA1', name: '', pool: 'us', destination: 'ABE2', sent: dayOf(4) };
  flow.facts.inbound = [{ ...head, status, items, closed }];
};
const receive = (flow: StockFlow, quantity: number, sku = 'MUG', day = 6) =>
  flow.addRows(ledgerRow({ day: dayOf(day), eventType: 'Receipts', reference: 'FBA1', quantity, sku }));
type Choice = Extract<StockDecision, { kind: 'decideInbound' }>['choice'];
const decide = (flow: StockFlow, choice: Choice, sku = 'MUG', day = 9) =>
  flow.decisions.push({
    kind: 'decideInbound',
    id: `d${flow.decisions.length}`,
    day: dayOf(day),
    shipmentId: 'FBA1',
    sku,
    choice,
  });
const documents = (plan: StockPlan) => plan.documents.map(written);
const raised = (plan: StockPlan) => plan.problems.map(({ code, key, units, value }) => [code, key, units, value]);

describe('units that the orders have under way and Amazon does not', () => {
  test("are nobody's while the shipment goes on, and short once it is closed", () => {
    const flow = flowWith();
    receive(flow, 10);
    expect(raised(flow.run(dayOf(7)))).toEqual([]);
    tell(flow, 'CLOSED');
    const plan = flow.run(dayOf(8));
    expect(plan.problems).toMatchObject([
      {
        code: 'inbound-short',
        key: 'FBA1 MUG',
        item: 'mug',
        units: 2,
        value: '12.00',
        what: 'FBA1 is closed, and its transfer orders have 2 of mug under way that Amazon does not',
      },
    ]);
    expect(plan.inbound).toMatchObject([{ inTransit: 0, over: 0, beyond: [{ item: 'mug', units: 2 }] }]);
  });

  test.each<['lost' | 'returned', string[]]>([
    ['lost', ['IR FBA1-20261009: mug 2 sellable', 'ADJ FBA1-lost: mug -2 sellable']],
    ['returned', ['IR FBA1-20261009: mug 2 sellable', 'TRF FBA1-20261009-sellable-source: mug 2']],
  ])('%s ends them', (choice, expected) => {
    const flow = flowWith({ status: 'CLOSED' });
    receive(flow, 10);
    flow.run(dayOf(8));
    decide(flow, choice);
    expect(documents(flow.run(dayOf(9)))).toEqual(expected);
    expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
    expect(flow.places('mug', dayOf(9))).toBe('10 / 0 / 0');
    expect(flow.facts.transferOrders[0]!.open).toEqual([{ item: 'mug', units: 0 }]);
  });

  test.each(['CANCELLED', 'DELETED'])('are all of them where it was %s after it left', (status) => {
    const flow = flowWith({ left: [{ item: 'mug', units: 10 }] });
    expect(raised(flow.run(dayOf(5)))).toEqual([]);
    tell(flow, status);
    expect(raised(flow.run(dayOf(7)))).toEqual([['inbound-short', 'FBA1 MUG', 10, '60.00']]);
    decide(flow, 'returned');
    expect(documents(flow.run(dayOf(9)))).toEqual([
      'IR FBA1-20261009: mug 10 sellable',
      'TRF FBA1-20261009-sellable-source: mug 10',
    ]);
    expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
  });

  test('are one figure with what was shipped and did not come, and end together', () => {
    const flow = flowWith({ status: 'CLOSED' });
    receive(flow, 8);
    const plan = flow.run(dayOf(8));
    expect(raised(plan)).toEqual([['inbound-short', 'FBA1 MUG', 4, '24.00']]);
    expect(plan.problems[0]!.what).toBe(
      'FBA1 is closed, and 2 of 10 of MUG were not received; its transfer orders have 2 of mug under way that Amazon does not',
    );
    decide(flow, 'lost');
    const decided = flow.run(dayOf(9));
    expect(documents(decided)).toEqual(['IR FBA1-20261009: mug 4 sellable', 'ADJ FBA1-lost: mug -4 sellable']);
    // What was shipped and is given up is two; the others never were of it.
    expect(decided.inboundDecided).toMatchObject([{ choice: 'lost', units: 2 }]);
    expect(flow.run(dayOf(10))).toMatchObject({ documents: [], problems: [] });
  });

  test('wait as long as the figure is the same', () => {
    const flow = flowWith({ status: 'CLOSED' });
    receive(flow, 10);
    flow.run(dayOf(8));
    decide(flow, 'wait');
    expect(raised(flow.run(dayOf(9)))).toEqual([]);
    flow.facts.transferOrders = flow.facts.transferOrders.map((order) => ({
      ...order,
      open: [{ item: 'mug', units: 5 }],
    }));
    expect(raised(flow.run(dayOf(10)))).toEqual([['inbound-short', 'FBA1 MUG', 5, '30.00']]);
  });

  test('are named by their item where the shipment has no SKU of it', () => {
    const left = [
      { item: 'mug', units: 10 },
      { item: 'cup', units: 3 },
    ];
    const flow = flowWith({ status: 'CLOSED', left });
    receive(flow, 10);
    expect(raised(flow.run(dayOf(8)))).toEqual([['inbound-short', 'FBA1 cup', 3, '12.00']]);
    decide(flow, 'lost', 'cup');
    expect(documents(flow.run(dayOf(9)))).toEqual([
      'IR FBA1-20261009: cup 3 sellable',
      'ADJ FBA1-lost: cup -3 sellable',
    ]);
    expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
  });

  test('are those of the smallest SKU where several are the item, though they are no whole pack', () => {
    const items = [
      { sku: 'PACK', fnsku: 'X3', shipped: 2, received: 0 },
      { sku: 'MUG', fnsku: 'X1', shipped: 4, received: 0 },
    ];
    const flow = flowWith({ status: 'CLOSED', items, left: [{ item: 'mug', units: 14 }] });
    receive(flow, 4);
    // Six of the packs and four more are under way.
    expect(raised(flow.run(dayOf(8)))).toEqual([
      ['inbound-short', 'FBA1 PACK', 6, '36.00'],
      ['inbound-short', 'FBA1 MUG', 4, '24.00'],
    ]);
    decide(flow, 'lost', 'PACK');
    expect(documents(flow.run(dayOf(9)))).toEqual([
      'IR FBA1-20261009: mug 6 sellable',
      'ADJ FBA1-lost: mug -6 sellable',
    ]);
    expect(raised(flow.run(dayOf(9)))).toEqual([['inbound-short', 'FBA1 MUG', 4, '24.00']]);
    decide(flow, 'returned', 'MUG');
    expect(documents(flow.run(dayOf(9)))).toEqual([
      'IR FBA1-20261009 2: mug 4 sellable',
      'TRF FBA1-20261009-sellable-source: mug 4',
    ]);
    expect(flow.places('mug', dayOf(9))).toBe('4 / 0 / 0');
  });

  test.each([
    ['a SKU of the shipment has no item yet', { sku: 'NEW', fnsku: 'X9', shipped: 5, received: 0 }, {}],
    ['the item is left out', null, { leave: ['mug'] }],
  ])('are said of nothing while %s', (_, item, policy) => {
    const flow = flowWith({ status: 'CLOSED' });
    Object.assign(flow.policy, policy);
    if (item !== null) tell(flow, 'CLOSED', [...flow.facts.inbound[0]!.items, item]);
    receive(flow, 10);
    expect(flow.run(dayOf(8)).problems.filter(({ key }) => key === 'FBA1 MUG')).toEqual([]);
  });
});

test('what Amazon took back of a cancelled shipment lies in transit itself, and ends with what its orders have', () => {
  const flow = flowWith({ left: [{ item: 'mug', units: 10 }] });
  receive(flow, -2);
  expect(documents(flow.run(dayOf(7)))).toEqual(['TRF FBA1-20261006-sellable-inTransit: mug 2']);
  tell(flow, 'CANCELLED');
  expect(raised(flow.run(dayOf(8)))).toEqual([['inbound-short', 'FBA1 MUG', 12, '72.00']]);
  decide(flow, 'returned');
  expect(documents(flow.run(dayOf(9)))).toEqual([
    'IR FBA1-20261009: mug 10 sellable',
    'TRF FBA1-20261009-inTransit-source: mug 2',
    'TRF FBA1-20261009-sellable-source: mug 10',
  ]);
  expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
  expect(flow.places('mug', dayOf(9))).toBe('-2 / 0 / 0');
});

describe('what came and waits', () => {
  test('beyond what was shipped is taken from the order that brought it, not from the warehouse once more', () => {
    const flow = flowWith();
    receive(flow, 12);
    expect(raised(flow.run(dayOf(7)))).toEqual([['inbound-over', 'FBA1 MUG', 2, '12.00']]);
    decide(flow, 'take-from-source');
    expect(documents(flow.run(dayOf(9)))).toEqual(['IR FBA1-20261009: mug 2 sellable']);
    tell(flow, 'CLOSED');
    expect(flow.run(dayOf(10))).toMatchObject({ documents: [], problems: [] });
    expect(flow.places('mug', dayOf(10))).toBe('12 / 0 / 0');
  });

  test('is taken from the warehouse as far as the orders have not brought it', () => {
    const flow = flowWith();
    receive(flow, 15);
    flow.run(dayOf(7));
    decide(flow, 'take-from-source');
    expect(documents(flow.run(dayOf(9)))).toEqual([
      'TRF FBA1-20261009-source-sellable: mug 3',
      'IR FBA1-20261009: mug 2 sellable',
    ]);
  });

  test('found leaves the order as it is, which then is short', () => {
    const flow = flowWith({ status: 'CLOSED' });
    receive(flow, 12);
    // They are named once.
    expect(raised(flow.run(dayOf(8)))).toEqual([['inbound-over', 'FBA1 MUG', 2, '12.00']]);
    decide(flow, 'found');
    const plan = flow.run(dayOf(9));
    expect(documents(plan)).toEqual(['ADJ FBA1-found: mug +2 sellable @6.00']);
    expect(raised(plan)).toEqual([['inbound-short', 'FBA1 MUG', 2, '12.00']]);
    decide(flow, 'lost');
    flow.run(dayOf(9));
    expect(flow.places('mug', dayOf(9))).toBe('12 / 0 / 0');
    expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
  });

  test('of a cancelled shipment is over, and the rest of its orders short', () => {
    const flow = flowWith({ status: 'CANCELLED', left: [{ item: 'mug', units: 10 }] });
    receive(flow, 4);
    expect(raised(flow.run(dayOf(8)))).toEqual([
      ['inbound-over', 'FBA1 MUG', 4, '24.00'],
      ['inbound-short', 'FBA1 MUG', 6, '36.00'],
    ]);
    decide(flow, 'take-from-source');
    decide(flow, 'returned');
    expect(documents(flow.run(dayOf(9)))).toEqual([
      'IR FBA1-20261009: mug 4 sellable, mug 6 sellable',
      'TRF FBA1-20261009-sellable-source: mug 6',
    ]);
    expect(flow.run(dayOf(9))).toMatchObject({ documents: [], problems: [] });
    expect(flow.places('mug', dayOf(9))).toBe('4 / 0 / 0');
  });

  test('for an order that has left in part is among what the order has, and received of it once the shipment is closed', () => {
    const flow = flowWith({ left: [{ item: 'mug', units: 10 }], fulfilled: null });
    receive(flow, 8);
    expect(flow.run(dayOf(7))).toMatchObject({ documents: [], waiting: [{ units: 8 }], problems: [] });
    tell(flow, 'CLOSED');
    const plan = flow.run(dayOf(8));
    expect(documents(plan)).toEqual(['IR FBA1-20261006: mug 8 sellable']);
    expect(raised(plan)).toEqual([['inbound-short', 'FBA1 MUG', 2, '12.00']]);
  });
});
