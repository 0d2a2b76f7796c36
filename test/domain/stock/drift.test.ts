import { describe, expect, test } from '@jest/globals';
import { addMonths } from '../../../src/domain/money/instant.ts';
import { agrees, isAgreed, driftByTerm, itemsAgreeing, openIn, waterfall } from '../../../src/domain/stock/drift.ts';
import { signedUnits } from '../../../src/domain/stock/render-stock.ts';
import { SkuItems } from '../../../src/domain/stock/sku-items.ts';
import { skuMappingsOf } from '../../../src/domain/stock/sku-mappings.ts';
import { inTransitByItem } from '../../../src/domain/stock/sku-units.ts';
import type { StockEquation } from '../../../src/domain/stock/stock-plan.ts';
import { stockAmount, sumOfAmounts, worthOf } from '../../../src/domain/stock/stock-worth.ts';
import { UnitCosts } from '../../../src/domain/stock/unit-cost.ts';
import { US } from './stock-flow.ts';

const equation = (
  item: string,
  place: StockEquation['place'],
  netsuite: number,
  terms: Partial<StockEquation['terms']>,
): StockEquation => {
  const all = { opening: 0, waiting: 0, ahead: 0, foreign: 0, gap: 0, ...terms };
  return {
    pool: 'us',
    item,
    place,
    day: '2026-10-20',
    netsuite,
    amazon: netsuite + all.opening + all.waiting + all.ahead + all.foreign + all.gap,
    terms: all,
    parts: { waiting: [], ahead: [], foreign: [] },
  };
};

describe('drift', () => {
  const equations = [
    equation('mug', 'sellable', 83, { foreign: 5 }),
    equation('mug', 'unsellable', 2, { foreign: -1, waiting: -1 }),
    equation('cup', 'sellable', 10, { foreign: -4 }),
    equation('tin', 'sellable', 7, { waiting: 2, ahead: -2 }),
  ];

  test('is counted by term over items and places: what is more and what is less, too', () => {
    const foreign = driftByTerm(equations).find(({ term }) => term === 'foreign')!;
    expect(foreign).toMatchObject({ items: 2, units: 0, more: 5, less: -5 });
    expect(foreign.parts.map(({ item, place, units }) => [item, place, units])).toEqual([
      ['mug', 'sellable', 5],
      ['mug', 'unsellable', -1],
      ['cup', 'sellable', -4],
    ]);
  });

  test('an item agrees where nothing is open at any place: terms that cancel each other are open', () => {
    const bowl = [equation('bowl', 'sellable', 4, {}), equation('bowl', 'unsellable', 0, {})];
    const places = [...equations, ...bowl].map((one) => ({ ...one, open: openIn(one) }));
    expect(itemsAgreeing(places)).toEqual({ items: 4, agree: 1 });
    expect(equations.concat(bowl).map(isAgreed)).toEqual([false, false, false, false, true, true]);
    // What cancels within one term is open as well: somebody's +3 and somebody's −3.
    const plate = equation('plate', 'sellable', 4, {});
    const line = (units: number) => ({
      units,
      day: '2026-10-05',
      of: { kind: 'line' as const, document: '9', line: 1 },
    });
    plate.parts = { ...plate.parts, foreign: [line(3), line(-3)] };
    expect(isAgreed(plate)).toBe(false);
    // In transit there are no terms, and units that one side lacks there are open all the same.
    const inTransit = (amazon: number) => ({ pool: 'us', item: 'bowl', amazon, netsuite: 5, terms: null, open: 0 });
    expect(itemsAgreeing([...places, inTransit(5)])).toEqual({ items: 4, agree: 1 });
    expect(itemsAgreeing([...places, inTransit(6)])).toEqual({ items: 4, agree: 0 });
    expect([5, 6].map((amazon) => agrees({ amazon, netsuite: 5, terms: null, open: 0 }))).toEqual([true, false]);
    expect(itemsAgreeing([])).toEqual({ items: 0, agree: 0 });
  });

  test('a waterfall ends at what Amazon has', () => {
    const steps = waterfall(equation('mug', 'sellable', 83, { opening: 2, ahead: 3 }));
    expect(steps.map(({ term, reached }) => [term, reached])).toEqual([
      ['opening', 85],
      ['waiting', 85],
      ['ahead', 88],
      ['foreign', 88],
      ['gap', 88],
    ]);
  });
});

describe('worth', () => {
  const average = (item: string, cost: string) => ({
    item,
    averages: [{ location: 'us-1', cost }],
    lastPurchasePrice: null,
  });
  const costs = new UnitCosts([average('mug', '6.00'), average('nut', '0.00333333')], [US]);
  const units = (item: string, count: number) => ({ pool: 'us', item, place: 'sellable', units: count }) as const;

  test('is added with all digits of a cost, and rounded once', () => {
    expect(worthOf([units('nut', 1), units('nut', 1), units('mug', -1)], costs, 'USD')).toEqual({
      amount: '-5.99',
      unpriced: 0,
    });
  });
  test('leaves out what has no cost, and says of how many', () => {
    expect(worthOf([units('mug', 2), units('lamp', 1)], costs, 'USD')).toEqual({ amount: '12.00', unpriced: 1 });
    expect(worthOf([units('lamp', 1)], costs, 'USD')).toEqual({ amount: null, unpriced: 1 });
    expect(worthOf([units('lamp', 0)], costs, 'USD')).toEqual({ amount: '0.00', unpriced: 0 });
  });
  test.each([
    ['1.005', 'USD', '1.01'],
    ['-1.005', 'USD', '-1.01'],
    ['1.004', 'USD', '1.00'],
    ['149.5', 'JPY', '150'],
  ])('%s in %s is %s', (value, currency, shown) => expect(stockAmount(value, currency)).toBe(shown));
  test('amounts that are not known add nothing', () =>
    expect(sumOfAmounts(['1.50', null, '-0.25'], 'USD')).toBe('1.25'));
});

test('what is in transit is counted by item: a pack by its units, a kit by its members', () => {
  const items = new SkuItems(
    skuMappingsOf(
      {
        matched: [{ sku: 'SET', item: 'set', matchedOn: '2026-09-01' }],
        // Late on the 2nd by UTC, and still the 1st in Los Angeles.
        decided: [{ sku: 'PACK', item: 'mug', units: 3, at: '2026-10-02T05:00:00Z', fromTheStart: false }],
        items: [{ item: 'set', members: [{ item: 'mug', quantity: 1 }] }],
      },
      'America/Los_Angeles',
    ),
  );
  const standing = { pool: 'us', shipped: 0, received: 0, decided: 0, over: 0 };
  const standings = [
    { ...standing, shipmentId: 'A', sku: 'PACK', inTransit: 2 },
    { ...standing, shipmentId: 'B', sku: 'SET', inTransit: 4 },
    { ...standing, shipmentId: 'B', sku: 'UNKNOWN', inTransit: 9 },
  ];
  expect(inTransitByItem(standings, items, '2026-10-20')).toEqual([
    { pool: 'us', item: 'mug', place: 'inTransit', units: 10 },
  ]);
  expect(items.skusOf('mug', '2026-10-20')).toEqual([
    { sku: 'PACK', units: 3 },
    { sku: 'SET', units: 1 },
  ]);
});

test.each([
  ['2026-10-21', -18, '2025-04-21'],
  ['2026-08-31', -18, '2025-02-28'],
  ['2026-01-31', 1, '2026-02-28'],
])('%s and %i months are %s', (day, months, then) => expect(addMonths(day, months)).toBe(then));

test.each([
  [1234, '+1,234'],
  [-5, '−5'],
  [0, '0'],
])('%i units are %s', (units, words) => expect(signedUnits(units)).toBe(words));
