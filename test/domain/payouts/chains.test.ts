import { describe, expect, test } from '@jest/globals';
import { checkLink, linkChains, type BroughtAndLeft, type ChainMember } from '../../../src/domain/payouts/chains.ts';

const OCT_1 = '2026-10-01T07:00:00Z';
const OCT_15 = '2026-10-15T07:00:00Z';
const OCT_29 = '2026-10-29T07:00:00Z';

function settlement(
  settlementId: string,
  start: string,
  end: string,
  rows: Partial<BroughtAndLeft> | null,
  { total = 10000n, currency = 'USD' } = {},
): ChainMember {
  return {
    settlementId,
    currency,
    start,
    end,
    total,
    rows: rows && { released: 0n, held: 0n, carriedIn: 0n, returned: 0n, ...rows },
  };
}
const linked = (...settlements: ChainMember[]) => Object.fromEntries(linkChains(settlements));

describe('two chains in one currency that share an instant', () => {
  // The ids run against the reserves: 11 held 30.00 and is taken up by 22, 12 held 12.50 and is taken up by 21.
  const first = [settlement('11', OCT_1, OCT_15, { held: -3000n }), settlement('12', OCT_1, OCT_15, { held: -1250n })];
  const second = [
    settlement('21', OCT_15, OCT_29, { released: 1250n }),
    settlement('22', OCT_15, OCT_29, { released: 3000n }),
  ];

  test('are told apart by the reserve that one held and the other releases', () => {
    expect(linked(...first, ...second)).toEqual({ 22: '11', 21: '12' });
  });
  test('are told apart by the balance that one ended at and the other carries in', () => {
    expect(
      linked(
        settlement('11', OCT_1, OCT_15, {}, { total: -3870n }),
        settlement('12', OCT_1, OCT_15, {}, { total: 500n }),
        settlement('21', OCT_15, OCT_29, {}),
        settlement('22', OCT_15, OCT_29, { carriedIn: -3870n }),
      ),
    ).toEqual({ 21: '12', 22: '11' });
  });
  test('are linked alike, in whatever order the settlements are given', () => {
    expect(linked(...[...first, ...second].reverse())).toEqual({ 22: '11', 21: '12' });
  });
  test('one of them ends there: the other goes on, and the settlement that takes up its reserve is not taken for the next of both', () => {
    expect(linked(...first, second[0]!)).toEqual({ 21: '12' });
    expect(linked(...first, second[1]!)).toEqual({ 22: '11' });
  });
  test('one of them begins there: it follows none', () => {
    expect(linked(first[0]!, second[1]!, settlement('20', OCT_15, OCT_29, {}))).toEqual({ 22: '11' });
  });
  test('what fits equally well is linked in the order of ids', () => {
    expect(
      linked(
        settlement('12', OCT_1, OCT_15, {}),
        settlement('11', OCT_1, OCT_15, {}),
        settlement('22', OCT_15, OCT_29, {}),
        settlement('21', OCT_15, OCT_29, {}),
      ),
    ).toEqual({ 21: '11', 22: '12' });
  });
});

describe('what is not known, or does not agree', () => {
  test('a missing link is no link: the file after the gap follows none', () => {
    expect(
      linked(
        settlement('11', OCT_1, OCT_15, { held: -3000n }),
        settlement('31', OCT_29, '2026-11-12T08:00:00Z', { released: 3000n }),
      ),
    ).toEqual({});
  });
  test('a settlement without rows is linked by its instants alone', () => {
    expect(
      linked(settlement('11', OCT_1, OCT_15, null), settlement('21', OCT_15, OCT_29, { released: 3000n })),
    ).toEqual({ 21: '11' });
  });
  test('one without rows comes before one that is known not to fit, and after one that fits', () => {
    const next = settlement('21', OCT_15, OCT_29, { released: 3000n });
    expect(linked(settlement('11', OCT_1, OCT_15, { held: -1n }), settlement('12', OCT_1, OCT_15, null), next)).toEqual(
      { 21: '12' },
    );
    expect(
      linked(settlement('11', OCT_1, OCT_15, null), settlement('12', OCT_1, OCT_15, { held: -3000n }), next),
    ).toEqual({ 21: '12' });
  });
  test('a pair that does not agree is linked where there is no better one, and says what is wrong', () => {
    const previous = settlement('11', OCT_1, OCT_15, { held: -3000n });
    const next = settlement('21', OCT_15, OCT_29, { released: 2000n });
    expect(linked(previous, next)).toEqual({ 21: '11' });
    expect(checkLink(previous, next)).toEqual(['settlement 21 releases a reserve of 20.00 USD, and 11 held 30.00 USD']);
    expect(checkLink({ ...previous, rows: null }, next)).toEqual([]);
  });
  test('another currency is another chain', () => {
    expect(
      linked(
        settlement('11', OCT_1, OCT_15, { held: -3000n }, { currency: 'CAD' }),
        settlement('21', OCT_15, OCT_29, { released: 3000n }),
      ),
    ).toEqual({});
  });
  test('each of three in a row follows the one before', () => {
    expect(
      linked(
        settlement('11', OCT_1, OCT_15, {}),
        settlement('21', OCT_15, OCT_29, {}),
        settlement('31', OCT_29, '2026-11-12T08:00:00Z', {}),
      ),
    ).toEqual({ 21: '11', 31: '21' });
  });
});
