import { describe, expect, test } from '@jest/globals';
import { gapsLeft, lastingGaps, openGaps } from '../../../src/domain/stock/gaps.ts';
import { UnitCosts } from '../../../src/domain/stock/unit-cost.ts';
import type { CloseGap } from '../../../src/domain/stock/stock-decisions.ts';
import type { StockEquation } from '../../../src/domain/stock/stock-plan.ts';
import { balance, ledgerRow, poolNamed, shopFlow, US, type StockFlow } from './stock-flow.ts';

const BEFORE = '2026-09-30';
const dayOf = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;
const NONE = { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 };

/** 50 mugs on both sides at the opening. */
function even(policy = {}): StockFlow {
  const flow = shopFlow(policy);
  flow.summarise(BEFORE, balance({ day: BEFORE, ending: 50 }));
  flow.run(dayOf(1));
  flow.open([{ pool: 'us', item: 'mug', place: 'sellable', units: 50 }]);
  return flow;
}
/** The terms of mugs that are sellable, those that are zero left out. */
function terms(flow: StockFlow, day: number): Partial<StockEquation['terms']> {
  const equation = flow
    .equations(dayOf(day))
    .find(({ pool, item, place }) => pool === 'us' && item === 'mug' && place === 'sellable')!;
  return Object.fromEntries(Object.entries(equation.terms).filter(([, units]) => units !== 0));
}

describe('Amazon less NetSuite is', () => {
  test('a row that waits, until the day of its document', () => {
    const flow = even();
    flow.addRows(ledgerRow({ day: dayOf(3), eventType: 'Shipments', quantity: -2 }));
    flow.summarise(dayOf(3), balance({ day: dayOf(3), ending: 48 }));
    flow.run(dayOf(4));
    expect(terms(flow, 4)).toEqual({ waiting: -2 });
    flow.move({ netsuiteId: 'a', day: dayOf(5), item: 'mug', units: -2 });
    flow.run(dayOf(6));
    expect([2, 3, 4, 5].map((day) => terms(flow, day))).toEqual([{}, { waiting: -2 }, { waiting: -2 }, {}]);
  });

  test('a document ahead of its row', () => {
    const flow = even();
    flow.move({ netsuiteId: 'a', day: dayOf(3), item: 'mug', units: -2 });
    flow.run(dayOf(4));
    expect(terms(flow, 4)).toEqual({ ahead: 2 });
    flow.addRows(ledgerRow({ day: dayOf(5), eventType: 'Shipments', quantity: -2 }));
    flow.summarise(dayOf(5), balance({ day: dayOf(5), ending: 48 }));
    flow.run(dayOf(6));
    expect([3, 4, 5].map((day) => terms(flow, day))).toEqual([{ ahead: 2 }, { ahead: 2 }, {}]);
  });

  test('a movement of somebody else, until its counter', () => {
    const flow = even();
    flow.move({ netsuiteId: 'x', type: 'InvAdjst', externalId: null, day: dayOf(3), item: 'mug', units: 4 });
    flow.decisions.push({ kind: 'explainForeign', id: '1', day: dayOf(6), document: 'x', choice: 'counter', rows: [] });
    flow.run(dayOf(6));
    expect([2, 3, 5, 6].map((day) => terms(flow, day))).toEqual([{}, { foreign: -4 }, { foreign: -4 }, {}]);
  });

  test('nothing where the movement of somebody else is the answer of rows', () => {
    const flow = even();
    const [lost] = flow.addRows(ledgerRow({ day: dayOf(3), reason: 'Z', quantity: -4 }));
    flow.summarise(dayOf(3), balance({ day: dayOf(3), ending: 46 }));
    flow.move({ netsuiteId: 'x', type: 'InvAdjst', externalId: null, day: dayOf(3), item: 'mug', units: -4 });
    flow.run(dayOf(4));
    expect(terms(flow, 4)).toEqual({ waiting: -4, foreign: 4 });
    flow.decisions.push({
      kind: 'explainForeign',
      id: '1',
      day: dayOf(4),
      document: 'x',
      choice: 'answers',
      rows: [lost!.id],
    });
    expect(flow.run(dayOf(4))).toMatchObject({ documents: [], problems: [] });
    expect(terms(flow, 4)).toEqual({});
  });

  test('one half of a pair that is due nothing, until the other', () => {
    const flow = even();
    const half = { disposition: 'DEFECTIVE' };
    flow.addRows(
      ledgerRow({ ...half, day: dayOf(3), reason: 'H', quantity: -1 }),
      ledgerRow({ ...half, day: dayOf(5), reason: 'P', quantity: 1 }),
    );
    flow.summarise(dayOf(3), balance({ ...half, day: dayOf(3), ending: -1 }));
    flow.summarise(dayOf(5), balance({ ...half, day: dayOf(5), ending: 0 }));
    flow.run(dayOf(6));
    const at = (day: number) => flow.equations(dayOf(day)).find(({ place }) => place === 'unsellable')!.terms;
    expect([4, 5].map(at)).toEqual([{ ...NONE, waiting: -1 }, NONE]);
  });

  test('a gap of Amazon, until rows or a person close it', () => {
    const flow = even();
    flow.summarise(dayOf(3), balance({ day: dayOf(3), ending: 47 }));
    flow.run(dayOf(8));
    expect(terms(flow, 8)).toEqual({ gap: -3 });
    flow.addRows(ledgerRow({ day: dayOf(3), reason: 'M', quantity: -1 }));
    flow.run(dayOf(8));
    expect(terms(flow, 8)).toEqual({ gap: -2 });
    flow.decisions.push({
      kind: 'closeGap',
      id: '1',
      day: dayOf(8),
      pool: 'us',
      item: 'mug',
      place: 'sellable',
      units: -2,
    });
    const plan = flow.run(dayOf(8));
    expect(plan.documents).toMatchObject([
      { key: { businessKey: 'us-20261008-gap' }, role: 'inventory-loss', day: dayOf(8), lines: [{ units: -2 }] },
    ]);
    expect(plan.rows).toMatchObject([{ origin: 'gap', own: { item: 'mug', units: -2 } }]);
    expect([7, 8].map((day) => terms(flow, day))).toEqual([{ gap: -2 }, {}]);
    expect(flow.run(dayOf(9))).toMatchObject({ rows: [], documents: [] });
  });

  test('a document that waits for its approval is a row that waits', () => {
    const flow = even({ limit: { units: 1, value: '1.00' } });
    flow.addRows(ledgerRow({ day: dayOf(3), reason: 'M', quantity: -2 }));
    flow.summarise(dayOf(3), balance({ day: dayOf(3), ending: 48 }));
    flow.run(dayOf(4));
    expect(terms(flow, 4)).toEqual({ waiting: -2 });
  });

  test('nothing for what stands in no sum: between centres, said to be outside', () => {
    const flow = even();
    flow.addRows(
      ledgerRow({ day: dayOf(3), eventType: 'WhseTransfers', quantity: -9 }),
      ledgerRow({ day: dayOf(3), reason: 'Z', quantity: -2 }),
    );
    flow.summarise(dayOf(3), balance({ day: dayOf(3), ending: 39, inTransit: 9 }));
    flow.decisions.push({
      kind: 'mapMovement',
      id: '1',
      day: dayOf(4),
      eventType: 'Adjustments',
      reason: 'Z',
      answer: 'outside',
    });
    flow.run(dayOf(4));
    expect(terms(flow, 4)).toEqual({ gap: -2 });
  });

  test('a shipment from one pool and a fulfilment from the other, until the transfer', () => {
    const eu = poolNamed('eu', ['GB']);
    const flow = even({ pools: [US, eu] });
    flow.addRows(ledgerRow({ day: dayOf(5), eventType: 'Shipments', quantity: -1 }));
    flow.summarise(dayOf(5), balance({ day: dayOf(5), ending: 49 }));
    flow.move({ netsuiteId: 'e', day: dayOf(4), item: 'mug', units: -1, location: 'eu-1' });
    flow.run(dayOf(20));
    const at = (day: number) => flow.equations(dayOf(day)).map(({ pool, terms: of }) => [pool, of.waiting, of.ahead]);
    expect(at(4)).toEqual([
      ['us', 0, 0],
      ['eu', 0, 1],
    ]);
    expect(at(5)).toEqual([
      ['us', 0, 0],
      ['eu', 0, 0],
    ]);
  });
});

test('each part names its row, or its line', () => {
  const flow = even();
  const [row] = flow.addRows(ledgerRow({ day: dayOf(3), eventType: 'Shipments', quantity: -2 }));
  flow.move({ netsuiteId: 'x', type: 'InvAdjst', externalId: null, day: dayOf(4), item: 'mug', units: 4 });
  flow.run(dayOf(5));
  expect(flow.equations(dayOf(5))[0]!.parts).toEqual({
    waiting: [{ units: -2, day: dayOf(3), of: { kind: 'row', row: row!.id } }],
    ahead: [],
    foreign: [{ units: -4, day: dayOf(4), of: { kind: 'line', document: 'x', line: 1 } }],
  });
});

test('what was counted wrong is a bug', () => {
  const flow = even();
  flow.addRows(ledgerRow({ day: dayOf(3), reason: 'M', quantity: -2 }));
  flow.run(dayOf(9));
  expect(() => flow.equations(dayOf(9))).not.toThrow();
  // NetSuite holds one fewer, and nothing says why.
  flow.books.push({ day: dayOf(4), pool: 'us', item: 'mug', place: 'sellable', units: -1, source: '' });
  expect(() => flow.equations(dayOf(9))).toThrow(/^bug: mug at sellable of us on 2026-10-09/);
});

describe('a gap', () => {
  const equation = (day: string, gap: number): StockEquation => ({
    pool: 'us',
    item: 'mug',
    place: 'sellable',
    day,
    amazon: 0,
    netsuite: 0,
    terms: { ...NONE, gap },
    parts: { waiting: [], ahead: [], foreign: [] },
  });
  const costs = new UnitCosts([{ item: 'mug', averages: [], lastPurchasePrice: '6.00' }], [US]);

  test('keeps its age while there is one, whatever its units, and is raised after seven days', () => {
    const first = openGaps([equation(dayOf(3), -3)], []);
    const second = openGaps([equation(dayOf(5), -1)], first);
    expect(second).toEqual([{ pool: 'us', item: 'mug', place: 'sellable', units: -1, since: dayOf(3) }]);
    expect(lastingGaps(second, costs, dayOf(10))).toEqual([]);
    expect(lastingGaps(second, costs, dayOf(11))).toMatchObject([{ code: 'ledger-gap', units: -1, value: '-6.00' }]);
    expect(openGaps([equation(dayOf(6), 0)], second)).toEqual([]);
  });

  test('that is closed asks nobody any more, although the equation has it until the day of the decision is whole', () => {
    const gaps = openGaps([equation(dayOf(3), -3)], []);
    const closed = (day: string, units: number): CloseGap => ({
      kind: 'closeGap',
      id: `${day} ${units}`,
      pool: 'us',
      item: 'mug',
      place: 'sellable',
      day,
      units,
    });
    expect(gapsLeft(gaps, [closed(dayOf(11), -2)], dayOf(10))).toMatchObject([{ units: -1, since: dayOf(3) }]);
    expect(gapsLeft(gaps, [closed(dayOf(11), -2), closed(dayOf(12), -1)], dayOf(10))).toEqual([]);
    expect(gapsLeft(gaps, [closed(dayOf(10), -3)], dayOf(10))).toEqual(gaps);
    expect(gapsLeft(gaps, [{ ...closed(dayOf(11), -3), item: 'tea' }], dayOf(10))).toEqual(gaps);
  });
});
