/** Tax that is moved from one jurisdiction to another: what a move takes, what it refuses, and what it makes of the report. */
import { describe, expect, test } from '@jest/globals';
import { asMovedBeside, factsOfMove, type BookedMove } from '../../../src/domain/tax/moved-facts.ts';
import { moveJournal } from '../../../src/domain/tax/tax-journal.ts';
import { itemsToMove, type MoveWish, type TaxMove } from '../../../src/domain/tax/tax-move.ts';
import { compareWithAmazon, proposedMoves } from '../../../src/domain/tax/vat-amazon.ts';
import type { AmazonVatRow, VatFact } from '../../../src/domain/tax/vat-facts.ts';
import { sellerSums, vatLines } from '../../../src/domain/tax/vat-lines.ts';
import { told } from './worked-example.ts';

const ORDER = '202-1000001-0000001';
const DE = [1900n, 700n];

/** 100.00 with 20.00 of POT. */
function sold(over: Partial<VatFact> = {}): VatFact {
  return {
    document: 'AMZ_uk_INV_1_1',
    type: 'invoice',
    event: 'sale',
    orderId: ORDER,
    currency: 'GBP',
    day: '2026-10-28',
    posted: true,
    orderItemId: '1',
    sku: 'POT',
    collector: 'seller',
    jurisdiction: 'GB',
    rate: 2000n,
    net: 10_000n,
    tax: 2_000n,
    ...over,
  };
}
const CUP = sold({ orderItemId: '2', sku: 'CUP', net: 5_000n, tax: 1_000n });
const BACK = sold({ event: 'refund', type: 'credit memo', net: -2_500n, tax: -500n });
const wish = (net: bigint, tax: bigint, over: Partial<MoveWish> = {}): MoveWish => ({
  orderId: ORDER,
  from: 'GB',
  to: 'DE',
  net,
  tax,
  ...over,
});
const booked = (number: number, given: MoveWish, carried: readonly VatFact[]): BookedMove => {
  const found = itemsToMove(given, carried, DE);
  if ('refused' in found) throw new Error(found.refused);
  const { orderId, from, to } = given;
  return { orderId, number, from, to, ...found, document: `FTX-${number}`, day: '2026-11-10', posted: true };
};
const refusal = (given: MoveWish, carried: readonly VatFact[]) => itemsToMove(given, carried, DE);

describe('a move takes', () => {
  test('all that the sales of an order carry, with the rate that gives it where it goes', () => {
    // 19 % on 100.00 is 19.00, 7 % is 7.00: neither is 20.00.
    expect(itemsToMove(wish(15_000n, 3_000n), [sold(), CUP, BACK], DE)).toEqual({
      event: 'sale',
      currency: 'GBP',
      items: [
        { orderItemId: '1', sku: 'POT', net: 10_000n, tax: 2_000n, fromRate: 2000n, toRate: null },
        { orderItemId: '2', sku: 'CUP', net: 5_000n, tax: 1_000n, fromRate: 2000n, toRate: null },
      ],
    });
    expect(itemsToMove(wish(10_000n, 1_900n), [sold({ tax: 1_900n, rate: null })], DE)).toMatchObject({
      items: [{ toRate: 1900n }],
    });
  });
  test('just the item that comes to its amounts, else a part of the order', () => {
    expect(itemsToMove(wish(5_000n, 1_000n), [sold(), CUP], DE)).toMatchObject({ items: [{ sku: 'CUP' }] });
    expect(itemsToMove(wish(1_000n, 200n), [sold(), CUP], DE)).toMatchObject({
      items: [{ sku: null, orderItemId: '', net: 1_000n, tax: 200n, fromRate: 2000n }],
    });
  });
  test('what refunds give back, where its amounts are negative', () => {
    expect(itemsToMove(wish(-2_500n, -500n), [sold(), BACK], DE)).toMatchObject({
      event: 'refund',
      items: [{ net: -2_500n, tax: -500n }],
    });
  });
});

describe('a move is refused', () => {
  test.each([
    ['within one jurisdiction', wish(1n, 1n, { to: 'GB' }), /both are GB/],
    ['of what no document carries', wish(1n, 1n, { from: 'FR' }), /No document of order .* in FR/],
    ['of nothing', wish(0n, 0n), /nothing would be moved/],
    ['with net and tax of two signs', wish(100n, -20n), /the same sign/],
    ['of more tax than there is', wish(10_000n, 2_001n), /carry 20\.00 GBP on 100\.00 GBP in GB/],
    ['of more net than there is', wish(10_001n, 2_000n), /cannot be moved/],
    ['of a refund that there is none of', wish(-2_500n, -500n), /Refunds of order .* carry 0\.00 GBP/],
  ])('%s', (_, given, sentence) => {
    expect(refusal(given, [sold()])).toEqual({ refused: expect.stringMatching(sentence) });
  });
  test('of what was moved already, and back it may go', () => {
    const first = booked(1, wish(10_000n, 2_000n), [sold()]);
    const carried = [sold(), ...factsOfMove(first)];
    expect(refusal(wish(10_000n, 2_000n), carried)).toHaveProperty('refused');
    expect(refusal(wish(10_000n, 2_000n, { from: 'DE', to: 'GB' }), carried)).toMatchObject({ event: 'sale' });
  });
});

describe('the journal of a move', () => {
  const move = (net: bigint, tax: bigint): TaxMove => ({
    orderId: ORDER,
    number: 1,
    from: 'GB',
    to: 'DE',
    event: 'sale',
    currency: 'GBP',
    items: [{ orderItemId: '1', sku: 'POT', net, tax, fromRate: null, toRate: null }],
  });
  const sides = (given: TaxMove) =>
    moveJournal(given)?.lines.map(({ role, jurisdiction, debit, credit }) => [role, jurisdiction, debit, credit]);
  test('debits what is no longer owed in the one and credits it in the other', () => {
    expect(sides(move(10_000n, 2_000n))).toEqual([
      ['sales-tax-payable', 'GB', 2_000n, 0n],
      ['sales-tax-payable', 'DE', 0n, 2_000n],
    ]);
  });
  test('has the sides of a refund the other way, and none where net alone is moved', () => {
    expect(sides(move(-2_500n, -500n))).toEqual([
      ['sales-tax-payable', 'GB', 0n, 500n],
      ['sales-tax-payable', 'DE', 500n, 0n],
    ]);
    expect(moveJournal(move(5_000n, 0n))).toBeNull();
  });
});

describe('a move in the report', () => {
  const move = booked(1, wish(10_000n, 2_000n), [sold()]);
  test('is off the one jurisdiction and on the other, net and tax', () => {
    expect(sellerSums([sold(), CUP, ...factsOfMove(move)])).toEqual([
      { jurisdiction: 'DE', currency: 'GBP', net: 10_000n, tax: 2_000n },
      { jurisdiction: 'GB', currency: 'GBP', net: 5_000n, tax: 1_000n },
    ]);
    expect(
      vatLines(factsOfMove(move)).map(({ jurisdiction, type, case: why, net }) => [jurisdiction, type, why, net]),
    ).toEqual([
      ['DE', 'move', 'unclear', 10_000n],
      ['GB', 'move', 'taxed', -10_000n],
    ]);
  });
  test("makes the order say what Amazon's report says; moved in part it goes on to differ, and the rest is proposed", () => {
    const rows = [told(ORDER, { jurisdiction: 'DE', rate: 1900n })];
    const compared = (moves: readonly BookedMove[]) =>
      compareWithAmazon('2026-10', asMovedBeside([sold()], moves, rows, []), rows, []);
    const { differences } = compared([]);
    expect(differences).toMatchObject([{ kind: 'differs', what: ['jurisdiction', 'rate'] }]);
    const proposal = { orderId: ORDER, from: 'GB', to: 'DE', currency: 'GBP', net: 10_000n, tax: 2_000n };
    expect(proposedMoves(differences, [])).toEqual([proposal]);
    expect(compared([move])).toMatchObject({ agree: 1, differences: [] });
    const part = booked(1, wish(1_000n, 200n), [sold()]);
    const half = compared([part]);
    expect(half.agree).toBe(0);
    expect(proposedMoves(half.differences, [part])).toEqual([{ ...proposal, net: 9_000n, tax: 1_800n }]);
    const rest = booked(2, wish(9_000n, 1_800n), [sold(), ...factsOfMove(part)]);
    expect(compared([part, rest])).toMatchObject({ agree: 1, differences: [] });
  });
});

describe('a part of an order that was moved', () => {
  const compared = (
    documents: readonly VatFact[],
    moves: readonly BookedMove[],
    rows: readonly AmazonVatRow[],
    others: readonly VatFact[] = [],
  ) => {
    const { agree, differences } = compareWithAmazon(
      '2026-10',
      asMovedBeside(documents, moves, rows, others),
      rows,
      [],
    );
    return [agree, ...differences.map(({ sku, what }) => [sku, ...what])];
  };
  const row = (jurisdiction: string, net: bigint, tax: bigint, over: Partial<AmazonVatRow> = {}) =>
    told(ORDER, { jurisdiction, net, tax, rate: jurisdiction === 'GB' ? 2000n : null, ...over });
  // 30.00 with 6.00 of POT left from Germany, 70.00 with 14.00 from Britain.
  const SPLIT = [row('DE', 3_000n, 600n), row('GB', 7_000n, 1_400n)];
  const part = (number: number, net: bigint, tax: bigint, carried: readonly VatFact[], over: Partial<MoveWish> = {}) =>
    booked(number, wish(net, tax, over), carried);

  test('agrees once it is what Amazon has there, in one move or in several; less, more or nothing moved differs', () => {
    const all = part(1, 3_000n, 600n, [sold()]);
    const [one, two] = [part(1, 1_000n, 200n, [sold()]), part(2, 2_000n, 400n, [sold()])];
    expect(compared([sold()], [], SPLIT)).toEqual([0, ['POT', 'jurisdiction']]);
    expect(compared([sold()], [all], SPLIT)).toEqual([1]);
    expect(compared([sold()], [one, two], SPLIT)).toEqual([1]);
    expect(compared([sold()], [one], SPLIT)).toEqual([0, ['POT', 'jurisdiction']]);
    expect(compared([sold()], [all, one], SPLIT)).toEqual([0, ['POT', 'jurisdiction']]);
    expect(compared([sold()], [part(1, 3_000n, 500n, [sold()])], SPLIT)).toEqual([0, ['POT', 'jurisdiction']]);
  });

  test('of several items is of those of which Amazon says so', () => {
    const cups = [row('DE', 1_000n, 200n, { sku: 'CUP' }), row('GB', 4_000n, 800n, { sku: 'CUP' })];
    const moved = part(1, 4_000n, 800n, [sold(), CUP]);
    expect(moved.items).toMatchObject([{ sku: null }]);
    expect(compared([sold(), CUP], [moved], [...SPLIT, ...cups])).toEqual([2]);
    const none = row('GB', 5_000n, 1_000n, { sku: 'CUP' });
    expect(compared([sold(), CUP], [moved], [...SPLIT, none])).toEqual([1, ['POT', 'jurisdiction']]);
  });

  test('that Amazon does not have there never agrees: its journal stands in the wrong country', () => {
    const whole = [row('GB', 10_000n, 2_000n)];
    const moved = part(1, 1_000n, 200n, [sold()]);
    expect(compared([sold()], [], whole)).toEqual([1]);
    expect(compared([sold()], [moved], whole)).toEqual([0, ['POT', 'jurisdiction']]);
    // Moved back, nothing is.
    const back = part(2, 1_000n, 200n, [sold(), ...factsOfMove(moved)], { from: 'DE', to: 'GB' });
    expect(compared([sold()], [moved, back], whole)).toEqual([1]);
  });

  test("may be another month's, as far as its documents carry it", () => {
    const november = sold({ document: 'AMZ_uk_INV_1b_1', day: '2026-11-05', net: 1_000n, tax: 200n });
    const moved = part(1, 1_000n, 200n, [sold(), november]);
    const whole = [row('GB', 10_000n, 2_000n)];
    expect(compared([sold()], [moved], whole, [november])).toEqual([1]);
    expect(compared([sold()], [moved], whole, [{ ...november, net: 900n }])).toEqual([0, ['POT', 'jurisdiction']]);
  });

  test('of a refund is told the same way', () => {
    const rows = [row('DE', -1_000n, -200n, { event: 'refund' }), row('GB', -1_500n, -300n, { event: 'refund' })];
    const moved = part(1, -1_000n, -200n, [sold(), BACK]);
    expect(compared([BACK], [moved], rows)).toEqual([1]);
    expect(compared([BACK], [], rows)).toEqual([0, ['POT', 'jurisdiction']]);
  });
});
