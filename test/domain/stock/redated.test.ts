/** What stands on another day in NetSuite than it was posted or decided on, with all of its units answered. */
import { describe, expect, test } from '@jest/globals';
import { explainStockProblem } from '../../../src/domain/exceptions/explain-stock-problem.ts';
import { renderCommand } from '../../../src/domain/exceptions/render-remedy.ts';
import { redatedMovements } from '../../../src/domain/stock/redated.ts';
import type { NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow, shopFlow, type StockFlow } from './stock-flow.ts';

const said = (flow: StockFlow, choice: 'counter' | 'answers', rows: readonly string[], day: string) =>
  flow.decisions.push({
    kind: 'explainForeign',
    id: `said ${flow.decisions.length}`,
    day,
    document: redatedMovements(flow)[0]!.now.document,
    choice,
    rows,
    stood: redatedMovements(flow).map(({ now }) => now),
  });
const commandFor = (flow: StockFlow, day: string) => {
  const [problem] = flow.run(day).problems;
  return renderCommand(explainStockProblem(problem!, { currency: null, today: day }).remedy);
};

describe('a fulfilment of ours that was moved', () => {
  const ours: NetSuiteMovement = {
    netsuiteId: '812',
    line: 1,
    type: 'ItemShip',
    tranId: 'IF812',
    externalId: 'AMZ_demo_IF_112-1-S9_1',
    memo: '',
    day: '2026-10-30',
    item: 'mug',
    location: 'us-1',
    units: -2,
  };
  const sold = () => {
    const flow = shopFlow();
    const [row] = flow.addRows(ledgerRow({ day: '2026-10-30', eventType: 'Shipments', quantity: -2 }));
    flow.move(ours);
    flow.run('2026-11-01');
    const movedTo = (day: string) => {
      flow.facts.movements = [{ ...ours, day }];
      flow.facts.moved = day === ours.day ? [] : [{ movement: { ...ours, day }, posted: ours.day }];
    };
    return { flow, row: row!, movedTo };
  };

  test('within its month answers its row', () => {
    const { flow, movedTo } = sold();
    movedTo('2026-10-28');
    expect(flow.run('2026-11-05')).toMatchObject({ released: [], problems: [] });
  });

  test('into another month is named, until it is put back or said to be the answer', () => {
    const { flow, row, movedTo } = sold();
    movedTo('2026-11-02');
    expect(flow.run('2026-11-05')).toMatchObject({
      released: [],
      problems: [
        {
          code: 'movement-foreign',
          key: '812',
          whose: 'moved',
          units: null,
          rows: [row.id],
          what: "IF 112-1-S9 1, a document of Tieout's, was moved from 30 Oct 2026 to 2 Nov 2026 in NetSuite, and answers rows of Amazon's as before; no unit of it is open",
        },
      ],
    });
    expect(commandFor(flow, '2026-11-05')).toBe(`npx tieout explain-foreign 812 answers --rows "${row.id}" --why "…"`);
    movedTo('2026-10-30');
    expect(flow.run('2026-11-05').problems).toEqual([]);
    movedTo('2026-11-02');
    said(flow, 'answers', [row.id], '2026-11-05');
    expect(flow.run('2026-11-05')).toMatchObject({ documents: [], released: [], problems: [] });
    movedTo('2026-11-01');
    expect(flow.run('2026-11-06').problems).toHaveLength(1);
  });

  test('further than it may answer its row is no longer its answer, and told once', () => {
    const { flow, movedTo } = sold();
    movedTo('2026-11-03');
    expect(flow.run('2026-11-06').problems.map(({ code }) => code)).toEqual(['shipment-unbooked']);
  });
});

test('what somebody else made and was said to answer rows is asked about again when it is moved', () => {
  const flow = shopFlow();
  const [row] = flow.addRows(ledgerRow({ day: '2026-10-09', eventType: 'Shipments', quantity: -2 }));
  const theirs = { netsuiteId: '900', type: 'InvAdjst', externalId: null, item: 'mug', units: -2 };
  flow.move({ ...theirs, day: '2026-10-09' });
  flow.explain('900', '2026-10-14', [row!.id]);
  expect(flow.run('2026-10-14').answers).toHaveLength(1);
  expect(flow.run('2026-10-15').problems).toEqual([]);
  flow.facts.movements = flow.facts.movements.map((one) => ({ ...one, day: '2026-10-12' }));
  expect(flow.run('2026-10-15').problems).toMatchObject([
    { code: 'movement-foreign', key: '900', whose: 'moved', rows: [row!.id] },
  ]);
  said(flow, 'answers', [row!.id], '2026-10-15');
  expect(flow.run('2026-10-15')).toMatchObject({ documents: [], released: [], problems: [] });
});

test('a document of stock of ours that was moved with its units as planned is named, and nothing is posted for it', () => {
  const flow = shopFlow();
  flow.addRows(ledgerRow({ day: '2026-10-09', reason: 'M', quantity: -2 }));
  flow.run('2026-10-14');
  const externalId = 'AMZ_demo_ADJ_us-20261009-inventory-loss_1';
  const netsuiteId = flow.facts.internalIds.get(externalId)!;
  const movement: NetSuiteMovement = {
    netsuiteId,
    line: 1,
    type: 'InvAdjst',
    tranId: 'ADJ7',
    externalId,
    memo: '',
    day: '2026-10-11',
    item: 'mug',
    location: 'us-1',
    units: -2,
  };
  flow.facts.moved = [{ movement, posted: '2026-10-09' }];
  expect(flow.run('2026-10-15').problems).toMatchObject([
    {
      code: 'movement-foreign',
      key: netsuiteId,
      whose: 'moved',
      rows: [],
      documents: [externalId],
      what: "ADJ us-20261009-inventory-loss 1, a document of Tieout's, was moved from 9 Oct 2026 to 11 Oct 2026 in NetSuite, with the units that were planned; no unit of it is open",
    },
  ]);
  expect(commandFor(flow, '2026-10-15')).toBe(`npx tieout explain-foreign ${netsuiteId} counter --why "…"`);
  said(flow, 'counter', [], '2026-10-15');
  expect(flow.run('2026-10-15')).toMatchObject({ documents: [], problems: [] });
});
