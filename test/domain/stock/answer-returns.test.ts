import { describe, expect, test } from '@jest/globals';
import type { CustomerReturn, LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { addDays } from '../../../src/domain/money/instant.ts';
import { ledgerRow, shopFlow, written, type StockFlow } from './stock-flow.ts';

const dayOf = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;
const returned = (day: number, changes: Partial<LedgerRow> = {}): LedgerRow =>
  ledgerRow({ day: dayOf(day), eventType: 'CustomerReturns', quantity: 1, ...changes });
const told = (day: number, changes: Partial<CustomerReturn> = {}): CustomerReturn => ({
  day: dayOf(day),
  orderId: '112-1',
  sku: 'MUG',
  fnsku: 'X1',
  quantity: 1,
  centre: 'ABE2',
  disposition: 'SELLABLE',
  reason: '',
  status: '',
  plate: 'LPN1',
  ...changes,
});
const authorised = (
  flow: StockFlow,
  orderId: string,
  item = 'mug',
  open = 1,
  netsuiteId = `ra-${orderId}`,
  day = dayOf(5),
) => flow.facts.authorisations.push({ netsuiteId, orderId, day, item, open });
const documents = (flow: StockFlow, day: number) => flow.run(dayOf(day)).documents.map(written);

describe('customer returns', () => {
  test.each<[string, Partial<CustomerReturn>, number, boolean]>([
    ['the same day', {}, 8, true],
    ['two days apart', {}, 10, true],
    ['three days apart', {}, 11, false],
    ['another FNSKU', { fnsku: 'X2' }, 8, false],
    ['another centre', { centre: 'LAX9' }, 8, false],
    ['another disposition', { disposition: 'DEFECTIVE' }, 8, false],
  ])('get their order from the report: %s', (_, changes, day, isKnown) => {
    const flow = shopFlow();
    flow.addRows(returned(8));
    flow.facts.returns.push(told(day, changes));
    authorised(flow, '112-1');
    expect(documents(flow, 8)).toEqual(isKnown ? ['IR 112-1-20261008: mug 1 sellable'] : []);
    expect(documents(flow, 12)).toEqual(isKnown ? [] : ['ADJ us-20261008-cogs-returns: mug +1 sellable @6.00']);
  });

  test('go to unsellable by their disposition', () => {
    const flow = shopFlow();
    flow.addRows(returned(8, { disposition: 'CUSTOMER_DAMAGED' }));
    flow.facts.returns.push(told(8, { disposition: 'CUSTOMER_DAMAGED' }));
    authorised(flow, '112-1');
    expect(documents(flow, 8)).toEqual(['IR 112-1-20261008: mug 1 unsellable']);
  });

  test('two orders whose lines are alike but for the day: the nearest, the earlier first', () => {
    const flow = shopFlow();
    flow.addRows(returned(8), returned(9));
    flow.facts.returns.push(told(10, { orderId: '112-2' }), told(7, { orderId: '112-1' }));
    authorised(flow, '112-1');
    authorised(flow, '112-2');
    expect(documents(flow, 9)).toEqual(['IR 112-1-20261008: mug 1 sellable', 'IR 112-2-20261009: mug 1 sellable']);
  });

  test('a line of the report is used once', () => {
    const flow = shopFlow();
    flow.addRows(returned(8), returned(8));
    flow.facts.returns.push(told(8));
    authorised(flow, '112-1', 'mug', 2);
    expect(documents(flow, 8)).toEqual(['IR 112-1-20261008: mug 1 sellable']);
    expect(documents(flow, 9)).toEqual([]);
    flow.facts.returns.push(told(8, { plate: 'LPN2' }));
    expect(documents(flow, 9)).toEqual(['IR 112-1-20261008 2: mug 1 sellable']);
  });

  test('two authorisations of one order: the older first, a receipt each', () => {
    const flow = shopFlow();
    flow.addRows(returned(8, { quantity: 3 }));
    flow.facts.returns.push(told(8, { quantity: 3 }));
    authorised(flow, '112-1', 'mug', 2, 'ra-b', dayOf(6));
    authorised(flow, '112-1', 'mug', 1, 'ra-a', dayOf(5));
    const plan = flow.run(dayOf(8));
    expect(
      plan.documents.map((document) => ('of' in document ? [document.of.netsuiteId, document.lines[0]!.units] : [])),
    ).toEqual([
      ['ra-a', 1],
      ['ra-b', 2],
    ]);
  });

  test('a wrong item goes to the item that came, and the authorisation stays open', () => {
    const flow = shopFlow();
    flow.addRows(returned(8, { sku: 'CUP', fnsku: 'X2' }));
    flow.facts.returns.push(told(8, { sku: 'CUP', fnsku: 'X2' }));
    authorised(flow, '112-1');
    expect(documents(flow, 8)).toEqual([]);
    expect(documents(flow, 12)).toEqual(['ADJ us-20261008-cogs-returns: cup +1 sellable @4.00']);
    expect(flow.facts.authorisations[0]!.open).toBe(1);
  });

  test('an authorisation that comes after the adjustment is closed, once, not received', () => {
    const flow = shopFlow();
    flow.addRows(returned(8));
    flow.facts.returns.push(told(8));
    expect(documents(flow, 12)).toEqual(['ADJ us-20261008-cogs-returns: mug +1 sellable @6.00']);
    authorised(flow, '112-1', 'mug', 2);
    expect(flow.run(dayOf(13))).toMatchObject({
      documents: [],
      closures: [{ authorisation: 'ra-112-1', item: 'mug', units: 1, why: 'came-as-adjustment' }],
    });
    expect(flow.run(dayOf(14)).closures).toEqual([]);
    expect(flow.facts.authorisations[0]!.open).toBe(1);
  });

  test('so is one whose order the report tells only then', () => {
    const flow = shopFlow();
    flow.addRows(returned(8));
    authorised(flow, '112-1');
    flow.run(dayOf(12));
    expect(flow.run(dayOf(13)).closures).toEqual([]);
    flow.facts.returns.push(told(9));
    expect(flow.run(dayOf(13)).closures).toMatchObject([{ units: 1, why: 'came-as-adjustment' }]);
    expect(flow.run(dayOf(13)).closures).toEqual([]);
  });

  test('what is not returned after 120 days is closed', () => {
    const flow = shopFlow();
    authorised(flow, '112-1', 'mug', 2);
    expect(flow.run(addDays(dayOf(5), 120)).closures).toEqual([]);
    expect(flow.run(addDays(dayOf(5), 121)).closures).toMatchObject([{ units: 2, why: 'never-came' }]);
    expect(flow.run(addDays(dayOf(5), 122)).closures).toEqual([]);
  });

  test('wait while NetSuite takes receipts and no units rise; an adjustment by decision answers them', () => {
    const flow = shopFlow();
    const [first] = flow.addRows(returned(8));
    flow.facts.returns.push(told(8));
    authorised(flow, '112-1', 'mug', 2);
    flow.run(dayOf(8));
    flow.facts.notRestocked = [{ document: 'AMZ_demo_IR_112-1-20261008_1', isOver: false, tried: dayOf(9) }];
    flow.addRows(returned(9));
    flow.facts.returns.push(told(9, { plate: 'LPN2' }));
    expect(flow.run(dayOf(9))).toMatchObject({
      documents: [],
      waiting: [{ reason: 'receipt-not-restocked' }],
      problems: [{ code: 'receipt-not-restocked', documents: ['AMZ_demo_IR_112-1-20261008_1'] }],
    });
    flow.decisions.push({ kind: 'answerRows', id: '1', day: dayOf(10), rows: [first!.id], role: 'cogs-returns' });
    expect(documents(flow, 10)).toEqual([
      'IR 112-1-20261009: mug 1 sellable',
      'ADJ us-20261010-cogs-returns: mug +1 sellable @6.00',
    ]);
    expect(flow.run(dayOf(10))).toMatchObject({ documents: [], problems: [] });
  });

  test('a unit that a receipt did not raise and somebody added by hand is answered by that', () => {
    const flow = shopFlow();
    const [first] = flow.addRows(returned(8));
    flow.facts.returns.push(told(8));
    authorised(flow, '112-1', 'mug', 1);
    flow.run(dayOf(8));
    flow.facts.notRestocked = [{ document: 'AMZ_demo_IR_112-1-20261008_1', isOver: false, tried: dayOf(9) }];
    flow.move({ netsuiteId: '812', type: 'InvAdjst', externalId: null, day: dayOf(9), item: 'mug', units: 1 });
    expect(
      flow
        .run(dayOf(9))
        .problems.map(({ code }) => code)
        .sort(),
    ).toEqual(['movement-foreign', 'receipt-not-restocked']);
    const decision = { kind: 'explainForeign', id: '1', day: dayOf(10), document: '812', choice: 'answers' } as const;
    flow.decisions.push({ ...decision, rows: [first!.id] });
    expect(flow.run(dayOf(10))).toMatchObject({
      documents: [],
      answers: [{ row: first!.id, units: 1, by: { kind: 'movement', document: '812' } }],
      problems: [],
    });
    expect(flow.run(dayOf(11))).toMatchObject({ documents: [], answers: [], released: [], problems: [], waiting: [] });
  });

  describe('that wait behind a receipt that did not rise', () => {
    const FIRST = 'AMZ_demo_IR_112-1-20261008_1';
    const TRIAL = 'AMZ_demo_IR_112-2-20261009_1';
    /** One of 8 October whose receipt did not rise, and two later ones of other orders; the later one is read first. */
    const waiting = () => {
      const flow = shopFlow();
      flow.addRows(returned(8));
      flow.facts.returns.push(told(8));
      for (const order of ['112-1', '112-2', '112-3']) authorised(flow, order);
      flow.run(dayOf(8));
      flow.facts.notRestocked = [{ document: FIRST, isOver: false, tried: dayOf(8) }];
      flow.addRows(returned(10, { fnsku: 'X3' }), returned(9, { fnsku: 'X2' }));
      flow.facts.returns.push(told(10, { orderId: '112-3', fnsku: 'X3' }), told(9, { orderId: '112-2', fnsku: 'X2' }));
      return flow;
    };

    test('the oldest is tried, and no other while nobody has seen whether it rose, nor again that day', () => {
      const flow = waiting();
      expect(documents(flow, 10)).toEqual(['IR 112-2-20261009: mug 1 sellable']);
      flow.facts.unseenReceipts = [TRIAL];
      expect(flow.run(dayOf(11))).toMatchObject({ documents: [], waiting: [{ reason: 'receipt-not-restocked' }] });
      flow.facts.unseenReceipts = [];
      flow.facts.notRestocked = [...flow.facts.notRestocked, { document: TRIAL, isOver: false, tried: dayOf(11) }];
      expect(flow.run(dayOf(11))).toMatchObject({ documents: [], problems: [{ key: FIRST }, { key: TRIAL }] });
      expect(documents(flow, 12)).toEqual(['IR 112-3-20261010: mug 1 sellable']);
    });

    test('once it rises the others follow, and the units that did not come in by an adjustment', () => {
      const flow = waiting();
      flow.run(dayOf(10));
      flow.facts.notRestocked = [{ document: FIRST, isOver: true, tried: dayOf(8) }];
      expect(documents(flow, 10)).toEqual(['IR 112-3-20261010: mug 1 sellable']);
      // The order of the first has nothing open any more.
      expect(documents(flow, 12)).toEqual(['ADJ us-20261008-cogs-returns: mug +1 sellable @6.00']);
      expect(flow.run(dayOf(12))).toMatchObject({ documents: [], problems: [], waiting: [] });
    });

    test('a kit is tried whole', () => {
      const flow = waiting();
      flow.addRows(returned(8, { sku: 'SET', fnsku: 'X4' }));
      flow.facts.returns.push(told(8, { orderId: '112-4', sku: 'SET', fnsku: 'X4' }));
      authorised(flow, '112-4');
      authorised(flow, '112-4', 'cup', 2);
      expect(documents(flow, 10)).toEqual(['IR 112-4-20261008: cup 2 sellable, mug 1 sellable']);
    });
  });

  test('of a receipt that did not rise become an adjustment once a later one does', () => {
    const flow = shopFlow();
    flow.addRows(returned(8));
    flow.facts.returns.push(told(8));
    authorised(flow, '112-1', 'mug', 1);
    flow.run(dayOf(8));
    const document = 'AMZ_demo_IR_112-1-20261008_1';
    flow.facts.authorisations = [];
    flow.facts.notRestocked = [{ document, isOver: false, tried: dayOf(8) }];
    expect(flow.run(dayOf(13))).toMatchObject({ documents: [], problems: [{ code: 'receipt-not-restocked' }] });
    flow.facts.notRestocked = [{ document, isOver: true, tried: dayOf(8) }];
    expect(documents(flow, 13)).toEqual(['ADJ us-20261008-cogs-returns: mug +1 sellable @6.00']);
    expect(flow.run(dayOf(13))).toMatchObject({ documents: [], problems: [] });
  });
});
