import { describe, expect, test } from '@jest/globals';
import type { NetSuiteStand } from '../../../src/domain/stock/kept-stock.ts';
import { isPoolRead, itemsRead, standOf, standsToRead } from '../../../src/domain/stock/opening-stands.ts';
import type { StockDecision } from '../../../src/domain/stock/stock-decisions.ts';
import { policyWith } from './stock-flow.ts';

const stand = (pool: string | null, items: readonly string[] | null): NetSuiteStand => ({
  pool,
  items,
  units: [],
  movements: [],
  last: null,
});
let approvals = 0;
const approve = (pool: string, items: readonly string[] | null): StockDecision => ({
  kind: 'approveOpening',
  id: String((approvals += 1)),
  day: '2026-10-02',
  pool,
  items,
});
const policy = policyWith();
const pools = (...names: string[]) => names.map((name) => ({ ...policy.pools[0]!, name }));
const toRead = (
  netsuite: readonly NetSuiteStand[],
  decisions: readonly StockDecision[],
  posting: 'plan' | 'live' = 'live',
) => standsToRead({ netsuite }, decisions, { pools: pools('us', 'ca'), posting });

describe("NetSuite's side of the opening", () => {
  test('is read by pool, and by item where items are named, once', () => {
    expect(toRead([], [])).toEqual([]);
    expect(toRead([], [approve('ca', ['mug', 'cup']), approve('us', null), approve('ca', null)])).toEqual([
      { pool: 'us', items: null },
      { pool: 'ca', items: ['mug', 'cup'] },
      { pool: 'ca', items: null },
    ]);
    expect(toRead([stand('ca', ['mug'])], [approve('ca', ['mug', 'cup'])])).toEqual([{ pool: 'ca', items: ['cup'] }]);
    expect(toRead([stand('ca', null)], [approve('ca', ['mug']), approve('ca', null)])).toEqual([]);
  });

  test('of all is read while nothing is posted, and what was read of all at once stays', () => {
    expect(toRead([stand('us', ['mug'])], [], 'plan')).toEqual([
      { pool: 'us', items: null },
      { pool: 'ca', items: null },
    ]);
    expect(toRead([stand(null, null)], [approve('us', null)], 'plan')).toEqual([]);
  });

  test('of an item is that which was read of it first', () => {
    const [mug, rest] = [stand('us', ['mug']), stand('us', null)];
    const opening = { netsuite: [mug, rest] };
    expect(standOf(opening, { pool: 'us', item: 'mug' })).toBe(mug);
    expect(standOf(opening, { pool: 'us', item: 'cup' })).toBe(rest);
    expect(standOf(opening, { pool: 'ca', item: 'mug' })).toBeNull();
    expect(standOf(null, { pool: 'us', item: 'mug' })).toBeNull();
    expect([isPoolRead([mug], 'us'), isPoolRead([rest], 'us'), isPoolRead([rest], 'ca')]).toEqual([false, true, false]);
    expect(itemsRead([mug, rest], 'us')).toEqual(['mug']);
  });
});
