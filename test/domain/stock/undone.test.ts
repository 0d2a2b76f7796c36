/** Somebody edits in NetSuite what was decided, and what is ours: who is told, what is booked, and that nothing agrees over wrong books. */
import { describe, expect, test } from '@jest/globals';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import { balance, ledgerRow, shopFlow, written, type StockFlow } from './stock-flow.ts';

const dayOf = (day: number): string => `2026-10-${String(day).padStart(2, '0')}`;

/** Ten mugs and ten cups on both sides; on the 8th somebody takes five mugs off in NetSuite, and that is countered on the 12th. */
function opened(): StockFlow {
  const flow = shopFlow();
  const before = '2026-09-30';
  flow.summarise(
    before,
    balance({ day: before, ending: 10 }),
    balance({ day: before, sku: 'CUP', fnsku: 'X2', ending: 10 }),
  );
  flow.run(dayOf(1));
  flow.open([
    { pool: 'us', item: 'mug', place: 'sellable', units: 10 },
    { pool: 'us', item: 'cup', place: 'sellable', units: 10 },
  ]);
  flow.decisions.push({ kind: 'approveOpening', id: 'o', day: dayOf(1), pool: 'us', items: null });
  return flow;
}
const theirs = { netsuiteId: '900', type: 'InvAdjst', tranId: 'ADJ7', externalId: null, item: 'mug' };
function countered(): StockFlow {
  const flow = opened();
  flow.move({ ...theirs, day: dayOf(8), units: -5 });
  flow.run(dayOf(9));
  flow.explain('900', dayOf(12));
  expect(flow.run(dayOf(12)).documents.map(written)).toEqual(['ADJ us-c900: mug +5 sellable @6.00']);
  return flow;
}
/** Mugs in NetSuite, then the terms of the equation that are not zero. */
const standing = (flow: StockFlow, day: number, item = 'mug') => {
  const found = flow.equations(dayOf(day)).find((one) => one.item === item && one.place === 'sellable')!;
  return [found.netsuite, Object.fromEntries(Object.entries(found.terms).filter(([, units]) => units !== 0))];
};
const raised = (flow: StockFlow, day: number) => {
  const { problems, documents, offsets } = flow.run(dayOf(day));
  return { problems: problems.map(({ code, key, units, whose }) => [code, key, units, whose]), documents, offsets };
};
const booked = (flow: StockFlow, day: number) => flow.run(dayOf(day)).documents.map(written);
const counterOf = (flow: StockFlow, key = 'us-c900', part = 1) =>
  flow.facts.internalIds.get(`AMZ_demo_ADJ_${key}_${part}`)!;

describe('a movement that was countered', () => {
  test('agrees as long as it stays as it was; the same decision carried out once more books nothing', () => {
    const flow = countered();
    expect(standing(flow, 13)).toEqual([10, {}]);
    expect(raised(flow, 13)).toEqual({ problems: [], documents: [], offsets: [] });
  });

  test('and is enlarged: the difference is asked for by itself, and countered by a part of its own', () => {
    const flow = countered();
    flow.edit('900', -402);
    expect(raised(flow, 14)).toMatchObject({ problems: [['movement-foreign', '900', -397, 'theirs']], documents: [] });
    expect(flow.run(dayOf(14)).problems[0]!.what).toBe(
      'ADJ7 was changed in NetSuite after ADJ us-c900 1 countered it: it moves −402 of mug at us sellable now',
    );
    expect(standing(flow, 14)).toEqual([-387, { foreign: 397 }]);
    flow.explain('900', dayOf(15));
    // Changed once more between decision and look: no more than stood when it was decided.
    flow.edit('900', -500);
    const { documents } = flow.run(dayOf(15));
    expect(documents.map(written)).toEqual(['ADJ us-c900 2: mug +397 sellable @6.00']);
    expect(documents).toMatchObject([{ day: dayOf(15), accountOf: '900' }]);
    expect(raised(flow, 16)).toMatchObject({ problems: [['movement-foreign', '900', -98, 'theirs']], documents: [] });
  });

  test('and is made smaller: what stands against it beyond is asked for', () => {
    const flow = countered();
    flow.edit('900', -2);
    expect(raised(flow, 14)).toMatchObject({ problems: [['movement-foreign', '900', 3, 'theirs']], documents: [] });
    expect(standing(flow, 14)).toEqual([13, { foreign: -3 }]);
    flow.explain('900', dayOf(15));
    expect(booked(flow, 15)).toEqual(['ADJ us-c900 2: mug -3 sellable']);
    expect(standing(flow, 15)).toEqual([10, {}]);
    flow.edit('900', -5);
    expect(raised(flow, 16)).toMatchObject({ problems: [['movement-foreign', '900', -3, 'theirs']], documents: [] });
  });

  test('and is deleted: its counter is alone, and is taken back on the account on which it is', () => {
    const flow = countered();
    flow.edit('900', 0);
    const counter = counterOf(flow);
    expect(raised(flow, 14)).toMatchObject({ problems: [['movement-foreign', counter, 5, 'alone']], documents: [] });
    expect(flow.run(dayOf(14)).problems[0]).toMatchObject({
      what: "ADJ us-c900 1, a document of Tieout's, stands alone: NetSuite no longer has what it countered of 900",
      documents: ['AMZ_demo_ADJ_us-c900_1'],
    });
    expect(standing(flow, 14)).toEqual([15, { foreign: -5 }]);
    // Of days before the counter NetSuite says now what it never said then.
    expect(standing(flow, 10)).toEqual([10, {}]);
    flow.explain(counter, dayOf(15));
    const { documents } = flow.run(dayOf(15));
    expect(documents.map(written)).toEqual([`ADJ us-c${counter}: mug -5 sellable`]);
    expect(documents).toMatchObject([{ role: 'inventory-loss', accountOf: counter, hold: null }]);
    expect(standing(flow, 15)).toEqual([10, {}]);
    expect(raised(flow, 16)).toEqual({ problems: [], documents: [], offsets: [] });
  });

  test('and is deleted before its counter is posted: nothing stands alone until it is', () => {
    const flow = countered();
    const counter = counterOf(flow);
    flow.facts.internalIds.delete('AMZ_demo_ADJ_us-c900_1');
    flow.edit('900', 0);
    expect(raised(flow, 14)).toMatchObject({ problems: [], documents: [] });
    flow.facts.internalIds.set('AMZ_demo_ADJ_us-c900_1', counter);
    expect(raised(flow, 15)).toMatchObject({ problems: [['movement-foreign', counter, 5, 'alone']], documents: [] });
  });

  test('and is deleted with its counter: nothing is left, and nothing asks', () => {
    const flow = countered();
    flow.alter('AMZ_demo_ADJ_us-c900_1', null);
    expect(raised(flow, 14)).toMatchObject({ problems: [['movement-foreign', counterOf(flow), -5, 'ours']] });
    flow.edit('900', 0);
    expect(raised(flow, 15)).toMatchObject({ problems: [], documents: [], offsets: [{ units: -5 }] });
    expect(standing(flow, 15)).toEqual([10, {}]);
    expect(raised(flow, 16)).toEqual({ problems: [], documents: [], offsets: [] });
  });

  test('has its line entered anew with as many units: nothing is left to ask', () => {
    const flow = countered();
    flow.edit('900', 0);
    flow.move({ ...theirs, line: 4, day: dayOf(8), units: -5 });
    expect(raised(flow, 14)).toMatchObject({ problems: [], documents: [] });
    expect(standing(flow, 14)).toEqual([10, {}]);
  });

  test('has another item on its line: the one is asked for, and the counter of the other', () => {
    const flow = countered();
    flow.facts.movements = flow.facts.movements.map((one) => ({ ...one, item: 'cup' }));
    for (const one of flow.books) if (one.source === '900') one.item = 'cup';
    expect(raised(flow, 14)).toMatchObject({
      problems: [
        ['movement-foreign', '900', -5, 'theirs'],
        ['movement-foreign', counterOf(flow), 5, 'alone'],
      ],
      documents: [],
    });
    expect([standing(flow, 14), standing(flow, 14, 'cup')]).toEqual([
      [15, { foreign: -5 }],
      [5, { foreign: 5 }],
    ]);
  });
});

describe('a document of ours', () => {
  const LOST = 'AMZ_demo_ADJ_us-20261003-inventory-loss_1';
  /** Two mugs lost on the 3rd. */
  function lost(): StockFlow {
    const flow = opened();
    flow.addRows(ledgerRow({ day: dayOf(3), reason: 'M', quantity: -2 }));
    flow.summarise(
      dayOf(3),
      balance({ day: dayOf(3), ending: 8, events: -2 }),
      balance({ day: dayOf(3), sku: 'CUP', fnsku: 'X2', ending: 10 }),
    );
    expect(booked(flow, 7)).toEqual(['ADJ us-20261003-inventory-loss: mug -2 sellable']);
    return flow;
  }

  test('that was altered is told as ours, with what was planned and what NetSuite has', () => {
    const flow = lost();
    const id = flow.alter(LOST, [{ item: 'mug', place: 'sellable', units: -3 }]);
    const [problem] = flow.run(dayOf(8)).problems;
    expect(problem).toMatchObject({ code: 'movement-foreign', key: id, units: -1, whose: 'ours', documents: [LOST] });
    expect(problem!.what).toBe(
      "ADJ us-20261003-inventory-loss 1, a document of Tieout's, was altered in NetSuite: −2 of mug at us sellable planned, NetSuite has −3",
    );
  });

  test('that was altered, countered and put right again leaves its counter alone', () => {
    const flow = lost();
    const id = flow.alter(LOST, [{ item: 'mug', place: 'sellable', units: -3 }]);
    flow.explain(id, dayOf(8));
    expect(booked(flow, 8)).toEqual([`ADJ us-c${id}: mug +1 sellable @6.00`]);
    expect(standing(flow, 8)).toEqual([8, {}]);
    flow.alter(LOST, [{ item: 'mug', place: 'sellable', units: -2 }]);
    const counter = counterOf(flow, `us-c${id}`);
    expect(raised(flow, 9)).toMatchObject({ problems: [['movement-foreign', counter, 1, 'alone']], documents: [] });
    expect(standing(flow, 9)).toEqual([9, { foreign: -1 }]);
    flow.explain(counter, dayOf(10));
    expect(booked(flow, 10)).toEqual([`ADJ us-c${counter}: mug -1 sellable`]);
    expect(standing(flow, 10)).toEqual([8, {}]);
    // Altered as before: it is asked for again, as a part of its own.
    flow.alter(LOST, [{ item: 'mug', place: 'sellable', units: -3 }]);
    flow.explain(id, dayOf(11));
    expect(booked(flow, 11)).toEqual([`ADJ us-c${id} 2: mug +1 sellable @6.00`]);
    expect(standing(flow, 11)).toEqual([8, {}]);
  });

  test('that was altered, countered and then deleted is countered for the rest', () => {
    const flow = lost();
    const id = flow.alter(LOST, [{ item: 'mug', place: 'sellable', units: -3 }]);
    flow.explain(id, dayOf(8));
    flow.run(dayOf(8));
    flow.alter(LOST, null);
    const [problem] = flow.run(dayOf(9)).problems;
    expect(problem).toMatchObject({ key: id, units: 3, whose: 'ours' });
    expect(problem!.what).toBe(
      "ADJ us-20261003-inventory-loss 1, a document of Tieout's, was deleted in NetSuite: −2 of mug at us sellable planned, NetSuite has 0 (+1 countered before)",
    );
    flow.explain(id, dayOf(10));
    expect(booked(flow, 10)).toEqual([`ADJ us-c${id} 2: mug -3 sellable`]);
    expect(standing(flow, 10)).toEqual([8, {}]);
  });

  test('that was deleted, a transfer, is made once more: nothing is booked out of nothing', () => {
    const flow = opened();
    flow.addRows(
      ledgerRow({ day: dayOf(3), reason: 'E', quantity: -3 }),
      ledgerRow({ day: dayOf(3), reason: 'P', quantity: 3, disposition: 'DEFECTIVE' }),
    );
    expect(booked(flow, 7)).toEqual(['TRF us-20261003-sellable-unsellable: mug 3']);
    const id = flow.alter('AMZ_demo_TRF_us-20261003-sellable-unsellable_1', null);
    expect(flow.run(dayOf(8)).problems[0]!.what).toContain(
      '+3 of mug at us unsellable planned, NetSuite has 0; −3 of mug at us sellable planned, NetSuite has 0',
    );
    flow.explain(id, dayOf(8));
    expect(booked(flow, 8)).toEqual([`TRF us-c${id}: mug 3`]);
    expect(flow.places('mug', dayOf(8))).toBe('7 / 3 / 0');
    expect(raised(flow, 9)).toEqual({ problems: [], documents: [], offsets: [] });
    const again = flow.alter(`AMZ_demo_TRF_us-c${id}_1`, null);
    flow.explain(again, dayOf(10));
    expect(booked(flow, 10)).toEqual([`TRF us-c${again}: mug 3`]);
  });

  const [sellable, unsellable] = [{ place: 'sellable' }, { place: 'unsellable' }];
  test.each([
    ['less', 2, { from: sellable, to: unsellable, lines: [{ item: 'mug', units: 1 }] }],
    ['more', 5, { from: unsellable, to: sellable, lines: [{ item: 'mug', units: 2 }] }],
  ])('that was altered to %s, a transfer, is made good by a transfer', (_, units, made) => {
    const flow = opened();
    flow.addRows(
      ledgerRow({ day: dayOf(3), reason: 'E', quantity: -3 }),
      ledgerRow({ day: dayOf(3), reason: 'P', quantity: 3, disposition: 'DEFECTIVE' }),
    );
    expect(booked(flow, 7)).toEqual(['TRF us-20261003-sellable-unsellable: mug 3']);
    const id = flow.alter('AMZ_demo_TRF_us-20261003-sellable-unsellable_1', [
      { place: 'sellable', item: 'mug', units: -units },
      { place: 'unsellable', item: 'mug', units },
    ]);
    flow.explain(id, dayOf(8));
    expect(flow.run(dayOf(8)).documents).toMatchObject([
      { key: { purpose: 'TRF', businessKey: `us-c${id}` }, ...made },
    ]);
    expect(flow.places('mug', dayOf(8))).toBe('7 / 3 / 0');
    expect(raised(flow, 9)).toEqual({ problems: [], documents: [], offsets: [] });
  });

  test('that was deleted on its way home comes home once', () => {
    const flow = opened();
    flow.facts.removals.push({
      orderId: 'R1',
      day: dayOf(3),
      sku: 'MUG',
      fnsku: 'X1',
      disposition: 'Sellable',
      quantity: 2,
      kind: 'Return',
      tracking: '',
    });
    flow.addRows(ledgerRow({ day: dayOf(3), eventType: 'VendorReturns', quantity: -2 }));
    expect(booked(flow, 7)).toEqual(['TRF us-20261003-sellable-removal: mug 2']);
    const id = flow.alter('AMZ_demo_TRF_us-20261003-sellable-removal_1', null);
    flow.explain(id, dayOf(8));
    expect(booked(flow, 8)).toEqual([`TRF us-c${id}: mug 2`]);
    expect(booked(flow, 25)).toEqual(['TRF us-20261017-removal-source: mug 2']);
    expect(booked(flow, 30)).toEqual([]);
  });

  test.each<[string, (flow: StockFlow) => string, string]>([
    [
      'the opening',
      (flow) => {
        flow.facts.mappings.push({ sku: 'NEW', decided: '2026-09-01', item: 'new', units: 1, members: null });
        flow.facts.costs = [...flow.facts.costs, { item: 'new', averages: [], lastPurchasePrice: '2.00' }];
        flow.kept = {
          ...flow.kept,
          opening: {
            ...flow.kept.opening!,
            amazon: [...flow.kept.opening!.amazon, { pool: 'us', sku: 'NEW', place: 'sellable', units: 4 }],
          },
        };
        return 'AMZ_demo_ADJ_us-opening_1';
      },
      'opening-balance',
    ],
    [
      'a return',
      (flow) => {
        flow.facts.authorisations.push({ netsuiteId: '800', orderId: '1-1', day: dayOf(2), item: 'mug', open: 1 });
        flow.facts.returns.push({
          day: dayOf(3),
          orderId: '1-1',
          sku: 'MUG',
          fnsku: 'X1',
          quantity: 1,
          centre: 'ABE2',
          disposition: 'SELLABLE',
          reason: '',
          status: '',
          plate: 'L1',
        });
        flow.addRows(ledgerRow({ day: dayOf(3), eventType: 'CustomerReturns', quantity: 1 }));
        return 'AMZ_demo_IR_1-1-20261003_1';
      },
      'cogs-returns',
    ],
  ])('that was deleted, %s, comes back on the account of its plan', (_, plan, role) => {
    const flow = opened();
    const externalId = plan(flow);
    flow.run(dayOf(4));
    const document = flow.kept.documents.find(({ key }) => externalIdOf(key) === externalId)!;
    const id = flow.alter(externalId, null);
    flow.explain(id, dayOf(5));
    const { documents } = flow.run(dayOf(5));
    expect(documents).toMatchObject([{ role, accountOf: null, day: dayOf(5), key: { businessKey: `us-c${id}` } }]);
    expect(documents[0]!.lines.map(({ item, units }) => [item, units])).toEqual(
      document.lines.map(({ item, units }) => [item, units]),
    );
  });
});

describe('a movement that was explained as the answer of rows', () => {
  function answered(): { flow: StockFlow; row: string } {
    const flow = opened();
    const [row] = flow.addRows(ledgerRow({ day: dayOf(6), eventType: 'Shipments', quantity: -2 }));
    flow.move({ ...theirs, day: dayOf(8), units: -2 });
    flow.run(dayOf(10));
    flow.explain('900', dayOf(10), [row!.id]);
    expect(flow.run(dayOf(10)).problems).toEqual([]);
    return { flow, row: row!.id };
  }

  test('and deleted: its rows wait again, and say so', () => {
    const { flow, row } = answered();
    flow.edit('900', 0);
    expect(flow.run(dayOf(11)).problems).toMatchObject([{ code: 'shipment-unbooked', rows: [row] }]);
  });

  test('and enlarged: the rest is asked for', () => {
    const { flow } = answered();
    flow.edit('900', -6);
    expect(raised(flow, 11)).toMatchObject({ problems: [['movement-foreign', '900', -4, 'theirs']], documents: [] });
  });

  test('and given another item: the row waits again, and the movement asks', () => {
    const { flow } = answered();
    flow.facts.movements = flow.facts.movements.map((one) => ({ ...one, item: 'cup' }));
    for (const one of flow.books) if (one.source === '900') one.item = 'cup';
    expect(
      flow
        .run(dayOf(11))
        .problems.map(({ code }) => code)
        .sort(),
    ).toEqual(['movement-foreign', 'shipment-unbooked']);
    expect(standing(flow, 11)).toEqual([10, { gap: 2, waiting: -2 }]);
  });
});

test('a fulfilment that was countered and is made smaller is asked for, though the order flow made it', () => {
  const flow = opened();
  flow.move({ netsuiteId: '901', day: dayOf(3), item: 'mug', units: -3 });
  expect(flow.run(dayOf(12)).problems).toMatchObject([{ code: 'fulfilment-unseen' }]);
  flow.explain('901', dayOf(12));
  expect(booked(flow, 12)).toEqual(['ADJ us-c901: mug +3 sellable @6.00']);
  flow.edit('901', -1);
  expect(raised(flow, 13)).toMatchObject({ problems: [['movement-foreign', '901', 2, 'theirs']], documents: [] });
  expect(standing(flow, 13)).toEqual([12, { foreign: -2 }]);
  flow.edit('901', 0);
  expect(raised(flow, 14)).toMatchObject({ problems: [['movement-foreign', counterOf(flow, 'us-c901'), 3, 'alone']] });
});

test('an earlier version kept no more of a decision than its document: it covers what was open once', () => {
  const flow = opened();
  flow.move({ ...theirs, day: dayOf(8), units: -5 });
  flow.decisions.push({ kind: 'explainForeign', id: '1', day: dayOf(9), document: '900', choice: 'counter', rows: [] });
  expect(booked(flow, 9)).toEqual(['ADJ us-c900: mug +5 sellable @6.00']);
  flow.edit('900', -402);
  expect(raised(flow, 10)).toMatchObject({ problems: [['movement-foreign', '900', -397, 'theirs']], documents: [] });
});
