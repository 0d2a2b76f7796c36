import { describe, expect, test } from '@jest/globals';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import { unplannedMovements } from '../../../src/domain/stock/own-differences.ts';
import { redatedMovements } from '../../../src/domain/stock/redated.ts';
import type { NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow, shopFlow, US, written } from './stock-flow.ts';

const DAY = '2026-10-09';
const line = (changes: Partial<NetSuiteMovement>): NetSuiteMovement => ({
  netsuiteId: '900',
  line: 1,
  type: 'InvTrnfr',
  tranId: 'T1',
  externalId: null,
  memo: '',
  day: DAY,
  item: 'mug',
  location: 'us-1',
  units: -3,
  ...changes,
});

describe('lines of NetSuite that no plan accounts for', () => {
  const flow = shopFlow();
  flow.addRows(
    ledgerRow({ day: DAY, reason: 'E', quantity: -3 }),
    ledgerRow({ day: DAY, reason: 'P', quantity: 3, disposition: 'DEFECTIVE' }),
  );
  const { documents } = flow.run('2026-10-20');
  const externalId = externalIdOf(documents[0]!.key);
  const out = line({ externalId });
  const into = line({ externalId, line: 2, location: 'us-2', units: 3 });

  test.each<[string, NetSuiteMovement[], [string, string, number][]]>([
    ['none of what is as it was planned', [out, into], []],
    [
      'what somebody changed by hand: the difference',
      [
        { ...out, units: -5 },
        { ...into, units: 5 },
      ],
      [
        ['mug', 'us-1', -2],
        ['mug', 'us-2', 2],
      ],
    ],
    [
      'another item: both',
      [out, { ...into, item: 'cup' }],
      [
        ['cup', 'us-2', 3],
        ['mug', 'us-2', -3],
      ],
    ],
    ['a line that was taken out', [out], [['mug', 'us-2', -3]]],
    ["all of somebody else's", [line({ units: 2 })], [['mug', 'us-1', 2]]],
  ])('%s', (_, movements, expected) => {
    const found = unplannedMovements(documents, movements, [US]);
    expect(found.map(({ item, location, units }) => [item, location, units])).toEqual(expected);
    expect(new Set(found.map((one) => `${one.netsuiteId} ${one.line}`)).size).toBe(found.length);
  });
});

describe('a movement of somebody else', () => {
  test.each<[string, Partial<NetSuiteMovement>, number, boolean]>([
    ['an adjustment', { type: 'InvAdjst' }, 10, true],
    ['a fulfilment may still answer a row', { type: 'ItemShip' }, 16, false],
    ['after seven days it does not', { type: 'ItemShip' }, 17, true],
    ['a receipt may still answer a row', { type: 'ItemRcpt', units: 3 }, 12, false],
    ['after grace it does not', { type: 'ItemRcpt', units: 3 }, 13, true],
    ['where no row is counted it never does', { type: 'ItemRcpt', units: 3, location: 'us-3' }, 9, true],
    ['in transit', { type: 'InvAdjst', location: 'us-3' }, 10, true],
    ["at the seller's own warehouse it is none of ours", { type: 'InvAdjst', location: 'home' }, 30, false],
    ['of an item that is left alone it is none of ours', { type: 'InvAdjst', item: 'left' }, 30, false],
    ['of the order flow it is ours', { type: 'ItemShip', externalId: 'AMZ_demo_IF_1-1_1' }, 16, false],
    ['of another connection it is not', { type: 'InvAdjst', externalId: 'AMZ_other_ADJ_us-opening_1' }, 10, true],
  ])('%s', (_, changes, day, isRaised) => {
    const flow = shopFlow({ leave: ['left'] });
    flow.move(line({ ...changes }));
    const { problems } = flow.run(`2026-10-${day}`);
    expect(problems.map(({ code }) => code)).toEqual(isRaised ? ['movement-foreign'] : []);
  });

  test('is one thing with all of its lines, and its counter has all of them', () => {
    const flow = shopFlow();
    flow.move(line({ type: 'Build' }));
    flow.move(line({ type: 'Build', line: 2, location: 'us-2', units: 3 }));
    flow.move(line({ type: 'Build', line: 3, item: 'cup', units: -1 }));
    expect(flow.run('2026-10-10').problems).toMatchObject([
      {
        code: 'movement-foreign',
        key: '900',
        item: null,
        units: -1,
        value: '-4.00',
        what: expect.stringMatching(/^T1 /),
      },
    ]);
    flow.decisions.push({
      kind: 'explainForeign',
      id: '1',
      day: '2026-10-11',
      document: '900',
      choice: 'counter',
      rows: [],
    });
    const plan = flow.run('2026-10-11');
    expect(plan.documents.map(written)).toEqual([
      'ADJ us-c900: cup +1 sellable @4.00, mug +3 sellable @6.00, mug -3 unsellable',
    ]);
    expect(plan.documents).toMatchObject([{ role: 'inventory-loss', accountOf: null, day: '2026-10-11' }]);
    expect(flow.run('2026-10-12')).toMatchObject({ documents: [], problems: [] });
  });

  test('that is moved to another day after it was countered is asked for again, and books nothing more', () => {
    const flow = shopFlow();
    flow.move(line({ type: 'InvAdjst' }));
    flow.explain('900', '2026-10-11');
    expect(flow.run('2026-10-11').documents.map(written)).toEqual(['ADJ us-c900: mug +3 sellable @6.00']);
    expect(flow.run('2026-10-12').problems).toEqual([]);
    const movedTo = (day: string) => (flow.facts.movements = flow.facts.movements.map((one) => ({ ...one, day })));
    movedTo('2026-11-02');
    expect(flow.run('2026-11-03').problems).toMatchObject([
      {
        code: 'movement-foreign',
        key: '900',
        units: null,
        whose: 'redated',
        what: 'T1 was moved from 9 Oct 2026 to 2 Nov 2026 in NetSuite after ADJ us-c900 1 countered it; no unit of it is open',
      },
    ]);
    // Put back it ends by itself; moved again it is named again, until somebody says that its counter stands.
    movedTo(DAY);
    expect(flow.run('2026-11-04').problems).toEqual([]);
    movedTo('2026-11-02');
    expect(flow.run('2026-11-05').problems).toHaveLength(1);
    const { now } = redatedMovements(flow)[0]!;
    flow.decisions.push({
      kind: 'explainForeign',
      id: 'again',
      day: '2026-11-05',
      document: '900',
      choice: 'counter',
      rows: [],
      stood: [now],
    });
    expect(flow.run('2026-11-05')).toMatchObject({ documents: [], problems: [] });
  });
});
