import { describe, expect, test } from '@jest/globals';
import { alteredNear, asAltered, renderAltered, standingFor } from '../../../src/domain/stock/own-fulfilments.ts';
import type { AlteredFulfilment, NetSuiteMovement } from '../../../src/domain/stock/stock-facts.ts';
import { ledgerRow, shopFlow, US } from './stock-flow.ts';

const posted = { externalId: 'AMZ_demo_IF_112-1-S9_1', item: 'mug', location: 'us-1', units: -3 };
const now = (...lines: { item?: string; units: number; day?: string }[]) => ({
  netsuiteId: '812',
  salesOrders: ['700'],
  day: '2026-10-04',
  lines: lines.map((line) => ({ item: 'mug', location: 'us-1', day: '2026-10-04', ...line })),
});
const deleted = (units: number, day = '2026-10-04'): AlteredFulfilment => ({
  ...posted,
  units,
  day,
  netsuiteId: '812',
  salesOrders: ['700'],
  now: null,
});
const remade = (changes: Partial<NetSuiteMovement>): NetSuiteMovement => ({
  netsuiteId: '900',
  line: 1,
  type: 'ItemShip',
  tranId: 'IF9',
  externalId: null,
  memo: '',
  day: '2026-10-20',
  item: 'mug',
  location: 'us-1',
  units: -3,
  createdFrom: '700',
  ...changes,
});

describe('a fulfilment of ours', () => {
  test.each<[string, ReturnType<typeof now>, string | null]>([
    ['as it was posted is none of it', now({ units: -2 }, { units: -1 }), null],
    ['deleted', now(), 'was deleted in NetSuite (812): −3 of mug at us sellable planned, NetSuite has 0'],
    ['cut', now({ units: -2 }), 'was altered in NetSuite (812): −3 of mug at us sellable planned, NetSuite has −2'],
    [
      'moved',
      now({ units: -3, day: '2026-10-20' }),
      'was altered in NetSuite (812): −3 of mug at us sellable planned on 4 Oct 2026, NetSuite has −3 on 20 Oct 2026',
    ],
    [
      'of another item',
      now({ item: 'cup', units: -3 }),
      'was altered in NetSuite (812): −3 of mug at us sellable planned, NetSuite has 0',
    ],
  ])('%s', (_, found, said) => {
    const altered = asAltered(posted, found);
    expect(altered.map((one) => renderAltered(one, { pool: 'us', place: 'sellable' }))).toEqual(
      said === null ? [] : [`IF 112-1-S9 1, a document of Tieout's, ${said}`],
    );
    const near = (day: string) => alteredNear(altered, { item: 'mug', pool: 'us', days: [day] }, [US]).length;
    expect([near('2026-10-07'), near('2026-10-08')]).toEqual([altered.length, 0]);
  });

  test('is replaced by one of the same sales order, item and place, unit for unit', () => {
    const of = (...movements: NetSuiteMovement[]) => {
      const { days, left } = standingFor(movements, [deleted(-1, '2026-10-03'), deleted(-3)]);
      return [[...days], left.map(({ units, day }) => `${day} ${units}`)];
    };
    const both = ['2026-10-03 -1', '2026-10-04 -3'];
    // Of two that were deleted that of as many units.
    expect(of(remade({}))).toEqual([[['900:1', '2026-10-04']], ['2026-10-03 -1']]);
    expect(of(remade({ units: -2 }))).toEqual([[['900:1', '2026-10-03']], ['2026-10-04 -3']]);
    for (const other of [{ createdFrom: '701' }, { item: 'cup' }, { location: 'us-2' }, { units: 3 }])
      expect(of(remade(other))).toEqual([[], both]);
  });

  test('and what stands for it answers its row whatever its date, and no nearer one', () => {
    const flow = shopFlow();
    const row = (day: string) => ledgerRow({ day, eventType: 'Shipments', quantity: -1 });
    flow.addRows(row('2026-10-04'), row('2026-10-19'));
    flow.move(remade({ units: -1 }));
    flow.facts.standingFor = new Map([['900:1', '2026-10-04']]);
    expect(flow.run('2026-10-24').answers.map(({ row: id, by }) => [id.slice(0, 10), by])).toEqual([
      ['2026-10-04', { kind: 'movement', document: '900', line: 1 }],
    ]);
    expect(flow.run('2026-10-25')).toMatchObject({ answers: [], released: [] });
  });

  test('that is moved more than three days from its row answers it no more, unless a person says so', () => {
    const flow = shopFlow();
    flow.addRows(ledgerRow({ day: '2026-10-04', eventType: 'Shipments', quantity: -1 }));
    flow.move(remade({ units: -1, day: '2026-10-04', externalId: 'AMZ_demo_IF_112-1-S9_1' }));
    expect(flow.run('2026-10-08').answers).toHaveLength(1);
    const movedTo = (day: string) => (flow.facts.movements = flow.facts.movements.map((one) => ({ ...one, day })));
    movedTo('2026-10-07');
    expect(flow.run('2026-10-08').released).toEqual([]);
    movedTo('2026-10-08');
    const plan = flow.run('2026-10-09');
    expect([plan.released.length, plan.problems.map(({ code }) => code)]).toEqual([1, ['shipment-unbooked']]);
    flow.explain('900', '2026-10-09', plan.problems[0]!.rows);
    expect(flow.run('2026-10-09')).toMatchObject({ answers: [{ units: -1 }], problems: [] });
    expect(flow.run('2026-10-20')).toMatchObject({ answers: [], released: [], problems: [] });
  });
});
