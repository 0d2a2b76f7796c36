import { describe, expect, test } from '@jest/globals';
import { betweenPools, gapsLeft, lastingGaps, type OpenGap } from '../../../src/domain/stock/gaps.ts';
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
const unitsRaised = (gaps: readonly OpenGap[]) =>
  lastingGaps(gaps, new UnitCosts([], []), '2026-10-15').map(({ key, units }) => `${key} ${units}`);

describe('what Amazon moved from one pool to another', () => {
  test('is one gap, under the pool that lacks it, once both have lasted', () => {
    expect(raised([gap('us', -3), gap('ca', 3)])).toEqual([['us mug sellable', true]]);
    expect(raised([gap('us', -3), gap('ca', 3, '2026-10-10')])).toEqual([]);
  });

  test.each<[string, [number, number], string[]]>([
    // 3 went over; the other 2 are a gap of the same pool, which is asked about once those are closed.
    ['the one lacks more', [-5, 3], ['us mug sellable -3']],
    ['the other has more', [-3, 5], ['us mug sellable -3', 'ca mug sellable 2']],
  ])('is as many as both have, and the rest a gap: %s', (_, [us, ca], expected) => {
    const gaps = [gap('us', us), gap('ca', ca)];
    expect(unitsRaised(gaps)).toEqual(expected);
    expect(betweenPools(gaps[0]!, gaps)).toEqual({ other: gaps[1], units: -3 });
    expect(betweenPools(gaps[1]!, gaps)).toEqual({ other: gaps[0], units: 3 });
    const left = gapsLeft(gaps, [closed({ units: -3, other: 'ca' })], '2026-10-14');
    expect(unitsRaised(left)).toEqual(us === -5 ? ['us mug sellable -2'] : ['ca mug sellable 2']);
  });

  test('says how many went over and how many are missing besides', () => {
    const [problem] = lastingGaps([gap('us', -5), gap('ca', 3)], new UnitCosts([], []), '2026-10-15');
    expect(problem!.what).toBe(
      "Amazon's balance of mug is lower in us than its rows come to and higher by 3 in ca, since 2026-10-03: it moved 3 there, and closing the gap moves them in NetSuite; of the 2 that us lacks besides nothing is known",
    );
  });

  test('is the opposite one, where another pool has some too', () => {
    expect(unitsRaised([gap('us', -3), gap('ca', 3), gap('mx', 2)])).toEqual([
      'us mug sellable -3',
      'mx mug sellable 2',
    ]);
  });

  test('is none where item or place differ, both lack it, or two pools might be meant', () => {
    const alone = [
      ['us mug sellable', false],
      ['ca mug sellable', false],
    ];
    expect(raised([gap('us', -3), gap('ca', -3)])).toEqual(alone);
    expect(raised([gap('us', -3), { ...gap('ca', 3), place: 'unsellable' }])).toHaveLength(2);
    expect(raised([gap('us', -3), gap('ca', 3), gap('mx', 3)])).toHaveLength(3);
    expect(raised([gap('us', -3), gap('ca', 2), gap('mx', 2)])).toHaveLength(3);
    expect(betweenPools(gap('us', -3), [gap('us', -3), gap('ca', 3), gap('mx', 3)])).toBeNull();
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
