import { describe, expect, test } from '@jest/globals';
import { explainStockProblem } from '../../../src/domain/exceptions/explain-stock-problem.ts';
import { renderCommand } from '../../../src/domain/exceptions/render-remedy.ts';
import type { LedgerRow } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow, poolNamed, shopFlow, US, written, type StockFlow } from './stock-flow.ts';

const EU = poolNamed('eu', ['GB', 'DE']);
const shipped = (day: number, changes: Partial<LedgerRow> = {}): LedgerRow =>
  ledgerRow({ day: dayOf(day), eventType: 'Shipments', quantity: -1, ...changes });
const dayOf = (day: number) => `2026-10-${String(day).padStart(2, '0')}`;
const fulfilled = (flow: StockFlow, netsuiteId: string, day: number, units = -1, location = 'us-1') =>
  flow.move({ netsuiteId, day: dayOf(day), item: 'mug', units, location: location });

/** `3→11`: the row of which day is answered by the fulfilment of which number. */
function pairs(flow: StockFlow): string[] {
  return flow.kept.answers.map(
    ({ row, by }) => `${Number(row.slice(8, 10))}→${by.kind === 'movement' ? by.document : by.kind}`,
  );
}

describe('shipments and fulfilments of one item', () => {
  test.each<[string, number[], Record<string, number>, string[]]>([
    ['equal days', [3, 4], { a: 4, b: 3 }, ['3→b', '4→a']],
    ['equal days before nearer ones', [3, 4], { a: 4, b: 5 }, ['4→a', '3→b']],
    ['the nearest day', [10], { a: 7, b: 9 }, ['10→b']],
    ['the earlier of two as near', [10], { a: 11, b: 9 }, ['10→b']],
    ['within three days', [10], { a: 13 }, ['10→a']],
    ['and no further', [10], { a: 14, b: 6 }, []],
    ['the earlier row first', [10, 11], { a: 12 }, ['11→a']],
  ])('%s', (_, rows, fulfilments, expected) => {
    const flow = shopFlow();
    flow.addRows(...rows.map((day) => shipped(day)));
    for (const [id, day] of Object.entries(fulfilments)) fulfilled(flow, id, day);
    flow.run(dayOf(20));
    expect(pairs(flow)).toEqual(expected);
  });

  test('units count: a pack is three, one fulfilment answers several rows and the other way round', () => {
    const flow = shopFlow();
    flow.addRows(shipped(3), shipped(3, { quantity: -2 }), shipped(4, { sku: 'PACK', fnsku: 'X3' }));
    fulfilled(flow, 'a', 3, -3);
    fulfilled(flow, 'b', 4, -2);
    fulfilled(flow, 'c', 4, -1);
    expect(flow.run(dayOf(20)).waiting).toEqual([]);
    expect(flow.kept.answers.map(({ units }) => units).sort()).toEqual([-1, -1, -2, -2]);
  });

  test('a kit is answered by its members', () => {
    const flow = shopFlow();
    flow.addRows(shipped(3, { sku: 'SET' }));
    fulfilled(flow, 'a', 3);
    flow.move({ netsuiteId: 'a', line: 2, day: dayOf(3), item: 'cup', units: -2 });
    expect(flow.run(dayOf(20)).waiting).toEqual([]);
  });

  test('of another day only once the day of the row is complete: its own may still come', () => {
    const flow = shopFlow();
    flow.addRows(shipped(10));
    fulfilled(flow, 'a', 9);
    expect(flow.run(dayOf(11)).answers).toEqual([]);
    fulfilled(flow, 'b', 10);
    flow.run(dayOf(11));
    expect(pairs(flow)).toEqual(['10→b']);
  });

  test("somebody else's fulfilment answers as well; an adjustment does not", () => {
    const flow = shopFlow();
    flow.addRows(shipped(10), shipped(10));
    flow.move({ netsuiteId: 'x', externalId: null, day: dayOf(10), item: 'mug', units: -1 });
    flow.move({ netsuiteId: 'y', type: 'InvAdjst', externalId: null, day: dayOf(10), item: 'mug', units: -1 });
    expect(flow.run(dayOf(11)).answers).toMatchObject([{ by: { document: 'x' } }]);
  });

  test('a row whose fulfilment of ours was taken away in NetSuite is raised with both sides, and costs what goods sold cost', () => {
    const flow = shopFlow();
    flow.addRows(shipped(10, { quantity: -2 }));
    const gone = {
      externalId: 'AMZ_demo_IF_112-1-S9_1',
      netsuiteId: '812',
      salesOrders: [],
      units: -2,
      day: dayOf(10),
      now: null,
    };
    flow.facts.altered = [
      { ...gone, item: 'mug', location: 'us-1' },
      { ...gone, item: 'cup', location: 'us-1' },
    ];
    const [problem] = flow.run(dayOf(14)).problems;
    expect(problem).toMatchObject({ code: 'shipment-unbooked', whose: 'ours' });
    expect(problem!.what).toBe(
      "IF 112-1-S9 1, a document of Tieout's, was deleted in NetSuite (812): −2 of mug at us sellable planned, NetSuite has 0",
    );
    const { remedy } = explainStockProblem(problem!, { currency: 'USD', today: dayOf(14) });
    expect(renderCommand(remedy, 7)).toBe('npx tieout answer-rows 7 --role cogs-returns --why "…"');
  });

  test('a row alone after grace is raised with what the shipments report knows', () => {
    const flow = shopFlow();
    flow.addRows(shipped(10), shipped(10, { quantity: -2 }));
    flow.facts.unfulfilled = [
      { item: 'mug', day: dayOf(10), shipment: '112-1 / S9' },
      { item: 'cup', day: dayOf(10), shipment: 'other' },
    ];
    expect(flow.run(dayOf(13)).problems).toEqual([]);
    const [problem] = flow.run(dayOf(14)).problems;
    expect(problem).toMatchObject({ code: 'shipment-unbooked', item: 'mug', units: -3, value: '-18.00' });
    expect(problem!.what).toMatch(/not fulfilled yet: 112-1 \/ S9$/);
    flow.decisions.push({ kind: 'answerRows', id: '1', day: dayOf(15), rows: problem!.rows, role: 'variance' });
    expect(flow.run(dayOf(16)).documents.map(written)).toEqual(['ADJ us-20261015-variance: mug -3 sellable']);
    expect(flow.run(dayOf(16)).problems).toEqual([]);
  });

  test('a fulfilment alone is raised after seven days, and may be countered', () => {
    const flow = shopFlow();
    fulfilled(flow, '77', 10, -2);
    expect(flow.run(dayOf(17)).problems).toEqual([]);
    expect(flow.run(dayOf(18)).problems).toMatchObject([
      { code: 'fulfilment-unseen', item: 'mug', units: -2, value: '-12.00' },
    ]);
    flow.decisions.push({
      kind: 'explainForeign',
      id: '1',
      day: dayOf(18),
      document: '77',
      choice: 'counter',
      rows: [],
    });
    expect(flow.run(dayOf(18)).documents.map(written)).toEqual(['ADJ us-c77: mug +2 sellable @6.00']);
    expect(flow.run(dayOf(18))).toMatchObject({ documents: [], problems: [] });
  });

  test('left over in one pool and fulfilled in the other: a transfer, once both have waited', () => {
    const flow = shopFlow({ pools: [US, EU] });
    flow.addRows(shipped(10));
    fulfilled(flow, 'e', 12, -1, 'eu-1');
    expect(flow.run(dayOf(15)).documents).toEqual([]);
    const plan = flow.run(dayOf(16));
    expect(plan.documents.map(written)).toEqual(['TRF us-20261010-sellable-eu: mug 1']);
    expect(plan.documents[0]).toMatchObject({
      from: { pool: 'us', place: 'sellable' },
      to: { pool: 'eu', place: 'sellable' },
    });
    expect(plan.offsets).toMatchObject([{ pool: 'eu', units: 1, against: { document: 'e' } }]);
    expect(flow.run(dayOf(30)).problems).toEqual([]);
  });

  test('a row that is taken back sets its fulfilment free for another', () => {
    const flow = shopFlow();
    const [kept] = flow.addRows(shipped(10));
    fulfilled(flow, 'a', 10);
    flow.run(dayOf(11));
    flow.kept = {
      ...flow.kept,
      rows: [
        { ...kept!, takenBack: dayOf(12) },
        { ...kept!, id: `${kept!.id}~`, day: dayOf(12), quantity: 1, origin: 'taken-back', opposes: kept!.id },
      ],
    };
    flow.addRows(shipped(11));
    const plan = flow.run(dayOf(15));
    expect(plan.released).toHaveLength(1);
    expect(pairs(flow)).toEqual(['10→nothing', '10→nothing', '11→a']);
  });

  test.each<[string, (flow: StockFlow) => void]>([
    [
      'deleted',
      (flow) => {
        flow.facts.movements = [];
        flow.facts.gone.push({ document: 'a', line: 1 });
      },
    ],
    [
      'cut to fewer units',
      (flow) => {
        flow.facts.movements[0] = { ...flow.facts.movements[0]!, units: -1 };
      },
    ],
  ])('a fulfilment that was %s in NetSuite answers no more than it has', (_, change) => {
    const flow = shopFlow();
    flow.addRows(shipped(10, { quantity: -2 }));
    fulfilled(flow, 'a', 10, -2);
    flow.run(dayOf(11));
    change(flow);
    const plan = flow.run(dayOf(20));
    expect(plan.released).toHaveLength(1);
    expect(plan.problems).toMatchObject([{ code: 'shipment-unbooked' }]);
  });
});
