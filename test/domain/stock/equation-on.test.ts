/**
 * A sheet of 31 October, asked on 8 November, by hand. The mug then: Amazon 18, NetSuite 20; a row of −2 of 30 October waits, and
 * nothing else is open.
 */
import { describe, expect, test } from '@jest/globals';
import { equationsOn, type DatedAnswer, type DatedLine, type PastDay } from '../../../src/domain/stock/equation-on.ts';
import type { StockEquation } from '../../../src/domain/stock/stock-plan.ts';
import { policyWith } from './stock-flow.ts';

const MUG = { pool: 'us', item: 'mug', place: 'sellable' } as const;
const none = { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0 };
const LAST: StockEquation = {
  ...MUG,
  day: '2026-11-07',
  amazon: 18,
  netsuite: 20,
  terms: { ...none, waiting: -2 },
  parts: {
    waiting: [{ units: -2, day: '2026-10-30', of: { kind: 'row', row: 'lost' } }],
    ahead: [],
    foreign: [],
  },
};
const line = (kind: DatedLine['kind'], day: string, externalId: string | null = null): DatedLine => ({
  kind,
  document: '100',
  line: 1,
  day,
  externalId,
});
const answer = (day: string, units: number, by: DatedAnswer['by']): DatedAnswer => ({
  row: { id: `of ${day}`, day, pool: 'us', country: 'US', disposition: 'SELLABLE', seen: '2026-11-02T00:00:00Z' },
  item: 'mug',
  units,
  by,
  isRowInOpening: false,
});
/** Nothing came between: 18 and 20 on that day too. */
const on = (known: Partial<PastDay> = {}): StockEquation[] | null =>
  equationsOn({
    policy: policyWith(),
    opening: {
      taken: '2026-10-02T00:00:00Z',
      amazon: [],
      netsuite: [{ pool: null, items: null, units: [], movements: [], last: null }],
      inbound: [],
    },
    day: '2026-10-31',
    last: [LAST],
    amazon: [{ ...MUG, units: 18 }],
    netsuite: [{ ...MUG, units: 20 }],
    answers: [],
    offsets: [],
    answeredSince: [],
    openedSince: [],
    ...known,
  });
const termsOf = (known: Partial<PastDay>) => on(known)?.[0]?.terms;

describe('the equation of a day that is past', () => {
  test('has what is open still, if it is dated up to the day', () => {
    expect(on()).toEqual([{ ...LAST, day: '2026-10-31' }]);
    // On the 29th the row was not there, and Amazon had two more.
    expect(termsOf({ day: '2026-10-29', amazon: [{ ...MUG, units: 20 }] })).toEqual(none);
  });

  test('a row whose answer is dated later waited, and a line whose row is dated later stood ahead', () => {
    // −1 of the 31st, which NetSuite has on 1 November: 21 before it.
    const posted = answer('2026-10-31', -1, line('movement', '2026-11-01', 'AMZ_demo_IF_1_1'));
    expect(termsOf({ answers: [posted], netsuite: [{ ...MUG, units: 21 }] })).toEqual({ ...none, waiting: -3 });
    // A pair that comes to nothing on 2 November: Amazon had one less until then, and so had its rows.
    const pair = answer('2026-10-31', -1, { kind: 'nothing', day: '2026-11-02' });
    const since = [{ ...MUG, units: 1 }];
    expect(termsOf({ answers: [pair], answeredSince: since, amazon: [{ ...MUG, units: 17 }] })).toEqual({
      ...none,
      waiting: -3,
    });
    // −1 of 1 November, which NetSuite has on the 31st.
    const ahead = (by: DatedLine) => ({
      answers: [answer('2026-11-01', -1, by)],
      answeredSince: [{ ...MUG, units: -1 }],
      amazon: [{ ...MUG, units: 19 }],
    });
    expect(termsOf(ahead(line('movement', '2026-10-31', 'AMZ_demo_IF_1_1')))).toEqual({
      ...none,
      waiting: -2,
      ahead: 1,
    });
    expect(termsOf(ahead(line('document', '2026-10-31')))).toEqual({ ...none, waiting: -2, ahead: 1 });
    expect(termsOf(ahead(line('movement', '2026-10-31')))).toEqual({ ...none, waiting: -2, foreign: 1 });
  });

  test('a movement that was countered later stood alone; its parts say until when', () => {
    const counter = line('document', '2026-11-04');
    const offset = { ...MUG, units: 5, line: counter, against: line('movement', '2026-10-15') };
    const [mug] = on({ offsets: [offset], netsuite: [{ ...MUG, units: 15 }] })!;
    expect(mug!.terms).toEqual({ ...none, waiting: -2, foreign: 5 });
    expect(mug!.parts.foreign).toEqual([
      { units: 5, day: '2026-10-15', of: { kind: 'line', document: '100', line: 1 }, ends: '2026-11-04' },
    ]);
  });

  test('rows that are dated later and what a balance says of them make the gap of the day', () => {
    // Amazon's balance fell by 3 since, its rows by 1.
    const known = { amazon: [{ ...MUG, units: 21 }], answeredSince: [{ ...MUG, units: -1 }] };
    expect(termsOf({ ...known, netsuite: [{ ...MUG, units: 21 }] })).toEqual({ ...none, waiting: -2, gap: 2 });
  });

  test('is none where the terms do not come to the difference: something is not worked out yet', () => {
    expect(on({ netsuite: [{ ...MUG, units: 23 }] })).toBeNull();
    // A part of the opening that is dated later was not booked.
    expect(termsOf({ netsuite: [{ ...MUG, units: 17 }], openedSince: [{ ...MUG, units: 3 }] })).toEqual({
      ...none,
      waiting: -2,
      opening: 3,
    });
  });

  test('leaves out what is not counted, and what stood nowhere yet', () => {
    expect(on({ policy: policyWith({ leave: ['mug'] }) })).toEqual([]);
    const cup = {
      ...LAST,
      item: 'cup',
      amazon: 0,
      netsuite: 0,
      terms: none,
      parts: { waiting: [], ahead: [], foreign: [] },
    };
    expect(on({ last: [LAST, cup] })!.map(({ item }) => item)).toEqual(['mug']);
  });
});
