import { describe, expect, test } from '@jest/globals';
import { gapsLeft, lastingGaps, oppositeOf, type OpenGap } from '../../../src/domain/stock/gaps.ts';
import type { CloseGap } from '../../../src/domain/stock/stock-decisions.ts';
import { UnitCosts } from '../../../src/domain/stock/unit-cost.ts';
import { balance, poolNamed, shopFlow, US, written } from './stock-flow.ts';

const gap = (pool: string, units: number, since = '2026-10-03'): OpenGap => ({
  pool,
  item: 'mug',
  place: 'sellable',
  units,
  since,
});
const closed = (changes: Partial<CloseGap>): CloseGap => ({
  kind: 'closeGap',
  id: '1',
  day: '2026-10-20',
  pool: 'us',
  item: 'mug',
  place: 'sellable',
  units: -3,
  ...changes,
});
const raised = (gaps: readonly OpenGap[]) =>
  lastingGaps(gaps, new UnitCosts([], []), '2026-10-15').map(({ key, what }) => [key, / moved them there/.test(what)]);

describe('what Amazon moved from one pool to another', () => {
  test('is one gap, under the pool that lacks it, once both have lasted', () => {
    expect(raised([gap('us', -3), gap('ca', 3)])).toEqual([['us mug sellable', true]]);
    expect(raised([gap('us', -3), gap('ca', 3, '2026-10-10')])).toEqual([]);
  });

  test('is none where units, item or place differ, or two pools might be meant', () => {
    const alone = [
      ['us mug sellable', false],
      ['ca mug sellable', false],
    ];
    expect(raised([gap('us', -3), gap('ca', 2)])).toEqual(alone);
    expect(raised([gap('us', -3), gap('ca', -3)])).toEqual(alone);
    expect(raised([gap('us', -3), { ...gap('ca', 3), place: 'unsellable' }])).toHaveLength(2);
    expect(raised([gap('us', -3), gap('ca', 3), gap('mx', 3)])).toHaveLength(3);
    expect(oppositeOf(gap('us', -3), [gap('us', -3), gap('ca', 3), gap('mx', 3)])).toBeUndefined();
  });

  test('is closed in both by one decision', () => {
    const gaps = [gap('us', -3), gap('ca', 3)];
    expect(gapsLeft(gaps, [closed({ other: 'ca' })], '2026-10-14')).toEqual([]);
    expect(gapsLeft(gaps, [closed({})], '2026-10-14')).toEqual([gap('ca', 3)]);
  });

  /** 50 mugs in the one, none in the other; 3 go over on the 3rd, which only the balances show. */
  test('is a transfer, dated the day of the decision, and the equation holds before and after', () => {
    const flow = shopFlow({ pools: [US, poolNamed('ca', ['CA'])] });
    flow.summarise('2026-09-30', balance({ day: '2026-09-30', ending: 50 }));
    flow.run('2026-10-01');
    flow.open([{ pool: 'us', item: 'mug', place: 'sellable', units: 50 }]);
    flow.summarise(
      '2026-10-03',
      balance({ day: '2026-10-03', ending: 47 }),
      balance({ day: '2026-10-03', country: 'CA', ending: 3 }),
    );
    flow.run('2026-10-19');
    const gaps = (day: string) => flow.equations(day).map(({ pool, terms }) => [pool, terms.gap]);
    expect(gaps('2026-10-19')).toEqual([
      ['us', -3],
      ['ca', 3],
    ]);
    flow.decisions.push(closed({ other: 'ca' }));
    const plan = flow.run('2026-10-20');
    expect(plan.documents.map(written)).toEqual(['TRF us-20261020-sellable-ca: mug 3']);
    expect(plan.documents).toMatchObject([
      { from: { pool: 'us', place: 'sellable' }, to: { pool: 'ca', place: 'sellable' }, day: '2026-10-20' },
    ]);
    expect(plan.rows.map(({ id, pool, quantity }) => [id, pool, quantity])).toEqual([
      ['gap|1', 'us', -3],
      ['gap|1|other', 'ca', 3],
    ]);
    for (const { terms } of flow.equations('2026-10-20'))
      expect(terms).toEqual({ opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 });
    expect(gaps('2026-10-19')).toEqual([
      ['us', -3],
      ['ca', 3],
    ]);
    expect(flow.run('2026-10-21')).toMatchObject({ rows: [], documents: [] });
  });
});
