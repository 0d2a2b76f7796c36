/** Claims in the VAT report: where the journal books their tax, there they count, and tie 1 agrees. */
import { describe, expect, test } from '@jest/globals';
import type { BookedMove } from '../../../src/domain/tax/moved-facts.ts';
import { tieToAccounts, type TaxMovement } from '../../../src/domain/tax/vat-accounts.ts';
import {
  sharesOfLeftTax,
  type LeftTax,
  type TaxOfOrders,
  type TaxShare,
} from '../../../src/domain/tax/left-tax-shares.ts';
import { claimFacts, type ClaimTax } from '../../../src/domain/tax/vat-claims.ts';
import type { VatFact } from '../../../src/domain/tax/vat-facts.ts';
import { sellerSums, vatCaseOf, vatLines } from '../../../src/domain/tax/vat-lines.ts';
import { A, B, fact, INV_A, itemTax } from './worked-example.ts';

const JOURNAL = 'AMZ_demo-uk_JE_30100000100_1';
const ITEM = itemTax(0n, 0n).orderItemId;
/** 20.00 + 4.00 of the pot, booked in Britain. */
const claim = (jurisdiction: string | null, over: Partial<ClaimTax> = {}, tax = -400n): ClaimTax => ({
  journal: JOURNAL,
  day: '2026-10-30',
  posted: true,
  settledAt: '2026-10-31T00:00:00Z',
  orderId: A,
  orderItemCode: null,
  marketplaceName: 'Amazon.co.uk',
  sku: 'POT',
  currency: 'GBP',
  isClaim: true,
  withheld: false,
  net: -2_000n,
  taxes:
    tax === 0n
      ? []
      : [{ journal: JOURNAL, posted: true, jurisdiction, orderItemId: jurisdiction && ITEM, amount: tax }],
  ...over,
});
const policy = () => ({ jurisdiction: 'GB', registrations: ['GB', 'DE'] });
const SOLD = [
  fact(INV_A, itemTax(10_000n, 2_000n)),
  fact(INV_A, itemTax(5_000n, 950n, { sku: 'CUP', rate: 1900n, orderItemId: 'cup' })),
];
/** What the journal moved the account of Britain by. */
const moved = (amount: bigint): TaxMovement => ({
  jurisdiction: 'GB',
  externalId: JOURNAL,
  name: 'JE1',
  type: 'Journal',
  day: '2026-10-30',
  currency: 'GBP',
  amount,
});
const short = (facts: readonly VatFact[]) =>
  facts.map(({ collector, jurisdiction, rate, net, tax }) => [collector, jurisdiction, rate, net, tax]);

test('counts where its journal booked it, at the rate of its item, whether the sale was moved before or since', () => {
  expect(short(claimFacts([claim('GB')], SOLD, [], policy))).toEqual([['seller', 'GB', 2000n, -2_000n, -400n]]);
  const moves = [toGermany(10_000n, 2_000n)];
  expect(short(claimFacts([claim('DE'), claim('GB')], SOLD, moves, policy))).toEqual([
    ['seller', 'DE', null, -2_000n, -400n],
    ['seller', 'GB', 2000n, -2_000n, -400n],
  ]);
});

test('in part a country’s and in part nobody’s stands in both, its price once', () => {
  const both = claim('GB');
  const beyond = { ...both.taxes[0]!, jurisdiction: null, orderItemId: null, amount: -100n };
  const facts = claimFacts([{ ...both, taxes: [...both.taxes, beyond] }], SOLD, [], policy);
  expect(short(facts)).toEqual([
    ['seller', 'GB', 2000n, -2_000n, -400n],
    ['nobody', 'GB', null, 0n, -100n],
  ]);
  expect(tieToAccounts('demo-uk', facts, [moved(-400n)])).toMatchObject([{ documents: -400n, differing: [] }]);
});

test.each([
  ['is not in our books', []],
  ['is Amazon’s to tax', [fact(INV_A, itemTax(10_000n, 2_000n, { collector: 'amazon' }))]],
])('of an order that %s is nobody’s: in no sum, and not awaited on the account of a jurisdiction', (_, sold) => {
  const facts = claimFacts([claim(null)], sold, [], policy);
  expect(vatLines(facts).map(({ collector, case: why, net, tax }) => [collector, why, net, tax])).toEqual([
    ['nobody', 'unclear', -2_000n, -400n],
  ]);
  expect(sellerSums(facts)).toEqual([]);
  // Its journal took it from the rest of `sales-tax-payable`.
  expect(tieToAccounts('demo-uk', facts, [])).toEqual([]);
  // Where it did move the account of Britain it is named.
  expect(tieToAccounts('demo-uk', facts, [moved(-400n)])).toMatchObject([
    { differing: [{ document: JOURNAL, documents: 0n, booked: -400n }] },
  ]);
});

test('of a marketplace where the seller owes nothing is in no report', () => {
  const elsewhere = () => ({ jurisdiction: 'FR', registrations: ['GB'] });
  expect(claimFacts([claim(null, { orderId: B })], SOLD, [], elsewhere)).toEqual([]);
});

test('without tax takes back what was sold without any, and nothing of what was sold with tax or is Amazon’s', () => {
  const without = claim(null, {}, 0n);
  const zero = [fact(INV_A, itemTax(5_000n, 0n, { rate: 0n }))];
  expect(short(claimFacts([without], zero, [], policy))).toEqual([['seller', 'GB', 0n, -2_000n, 0n]]);
  expect(claimFacts([without], SOLD, [], policy)).toEqual([]);
  const amazons = [fact(INV_A, itemTax(5_000n, 1_000n, { collector: 'amazon' }))];
  expect(claimFacts([without], amazons, [], policy)).toEqual([]);
});

test('with tax of what was sold without any is nobody’s with its tax alone, and its price is of the sale', () => {
  const zero = [fact(INV_A, itemTax(5_000n, 0n, { rate: 0n }))];
  const facts = claimFacts([claim(null)], zero, [], policy);
  expect(vatLines(facts).map(({ collector, case: why, net, tax }) => [collector, why, net, tax])).toEqual([
    ['seller', 'zero', -2_000n, 0n],
    ['nobody', 'unclear', 0n, -400n],
  ]);
});

test('tax at rate zero is no sale without tax: it is unclear', () => {
  const base = fact(INV_A, itemTax(5_000n, 10n, { rate: 0n }));
  expect(vatCaseOf(base)).toBe('unclear');
  expect(vatCaseOf({ ...base, tax: 0n })).toBe('zero');
});

test('tax of the seller that Amazon withholds after all makes the sale Amazon’s', () => {
  const facts = claimFacts([claim('GB', { isClaim: false, withheld: true, net: 0n }, -2_000n)], SOLD, [], policy);
  expect(short(facts)).toEqual([
    ['seller', 'GB', 2000n, -10_000n, -2_000n],
    ['amazon', 'GB', 2000n, 10_000n, 2_000n],
  ]);
  expect(facts.map(({ type, event }) => `${type} ${event}`)).toEqual(['settlement sale', 'settlement sale']);
});

/** Of the pot, 100.00 with 20.00, or a part of it, to Germany, where no rate gives it. */
function toGermany(net: bigint, tax: bigint): BookedMove {
  return {
    orderId: A,
    number: 1,
    from: 'GB',
    to: 'DE',
    event: 'sale',
    currency: 'GBP',
    items: [{ orderItemId: ITEM, sku: 'POT', net, tax, fromRate: 2000n, toRate: null }],
    document: 'AMZ_demo-uk_FTX_m1_1',
    day: '2026-10-20',
    posted: true,
  };
}

describe('whose the tax is that is left of an item', () => {
  const left = (amount: bigint, over: Partial<LeftTax> = {}): LeftTax => ({
    orderId: A,
    orderItemCode: ITEM,
    sku: 'POT',
    day: '2026-10-30',
    amount,
    ...over,
  });
  const shared = (all: readonly LeftTax[], known: Partial<TaxOfOrders> = {}) =>
    sharesOfLeftTax(all, { documents: SOLD, moves: [], booked: [], ...known }).map(({ jurisdiction, amount }) => [
      jurisdiction,
      amount,
    ]);
  const memo = (tax: bigint) => fact(INV_A, itemTax(5n * -tax, -tax), { event: 'refund', type: 'credit memo' });
  const booked = (amount: bigint, jurisdiction = 'GB'): TaxShare => ({
    ...left(amount),
    orderItemId: ITEM,
    jurisdiction,
  });

  test('its country’s as far as it was sold, and nobody’s beyond', () => {
    expect(shared([left(-2_000n)])).toEqual([['GB', -2_000n]]);
    expect(shared([left(-2_100n)])).toEqual([
      ['GB', -2_000n],
      [null, -100n],
    ]);
  });

  test('less what memos and earlier claims gave back, in this settlement and in others', () => {
    expect(shared([left(-2_000n)], { documents: [...SOLD, memo(500n)] })).toEqual([
      ['GB', -1_500n],
      [null, -500n],
    ]);
    expect(shared([left(-2_000n)], { booked: [booked(-2_000n)] })).toEqual([[null, -2_000n]]);
    expect(shared([left(-1_500n), left(-1_500n, { day: '2026-11-02' })])).toEqual([
      ['GB', -1_500n],
      ['GB', -500n],
      [null, -1_000n],
    ]);
  });

  test('what Amazon takes back of a claim comes back to where it was given, and no more', () => {
    expect(shared([left(500n)], { booked: [booked(-400n)] })).toEqual([
      ['GB', 400n],
      [null, 100n],
    ]);
    expect(shared([left(500n)])).toEqual([[null, 500n]]);
  });

  test('corrected to Amazon it is no longer the seller’s', () => {
    const corrected = [
      ...SOLD,
      fact(INV_A, itemTax(-10_000n, -2_000n), { type: 'credit memo' }),
      fact(INV_A, itemTax(10_000n, 2_000n, { collector: 'amazon' }), { type: 'credit memo' }),
    ];
    expect(shared([left(-2_000n)], { documents: corrected })).toEqual([[null, -2_000n]]);
  });

  test('of an item of Amazon’s, of one sold without tax, or of none of the order, it is nobody’s whatever its neighbour has', () => {
    const cup = { orderItemCode: 'cup', sku: 'CUP' };
    for (const whose of [{ collector: 'amazon' as const }, { tax: 0n, rate: 0n }]) {
      const documents = [SOLD[0]!, { ...SOLD[1]!, ...whose }];
      expect(shared([left(-950n, cup)], { documents })).toEqual([[null, -950n]]);
    }
    expect(shared([left(-950n, { orderItemCode: 'gone', sku: 'GONE' })])).toEqual([[null, -950n]]);
  });

  test('named by SKU, or by neither, it is of the items that this names', () => {
    expect(shared([left(-950n, { orderItemCode: null, sku: 'CUP' })])).toEqual([['GB', -950n]]);
    expect(shared([left(-2_950n, { orderItemCode: null, sku: null })])).toEqual([
      ['GB', -2_000n],
      ['GB', -950n],
    ]);
  });

  test('goes where the sale was moved to as a whole, and of one that was moved in part first where it was sold', () => {
    expect(shared([left(-500n)], { moves: [toGermany(10_000n, 2_000n)] })).toEqual([['DE', -500n]]);
    const part = [toGermany(4_000n, 800n)];
    expect(shared([left(-500n)], { moves: part })).toEqual([['GB', -500n]]);
    expect(shared([left(-2_000n)], { moves: part })).toEqual([
      ['GB', -1_200n],
      ['DE', -800n],
    ]);
    // Given back in Britain before it was moved: of all of it 15.00 are left.
    expect(shared([left(-2_000n)], { moves: [toGermany(10_000n, 2_000n)], booked: [booked(-500n)] })).toEqual([
      ['DE', -1_500n],
      [null, -500n],
    ]);
  });
});
