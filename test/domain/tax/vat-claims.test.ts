/** Claims in the VAT report: where the journal books their tax, there they count, and tie 1 agrees. */
import { expect, test } from '@jest/globals';
import type { BookedMove } from '../../../src/domain/tax/moved-facts.ts';
import { tieToAccounts, type TaxMovement } from '../../../src/domain/tax/vat-accounts.ts';
import { claimFacts, placeOfClaims, type ClaimTax } from '../../../src/domain/tax/vat-claims.ts';
import { sellerSums, vatLines } from '../../../src/domain/tax/vat-lines.ts';
import { A, B, fact, INV_A, itemTax } from './worked-example.ts';

const JOURNAL = 'AMZ_demo-uk_JE_30100000100_1';
const claim = (over: Partial<ClaimTax> = {}): ClaimTax => ({
  journal: JOURNAL,
  day: '2026-10-30',
  posted: true,
  settledAt: '2026-10-31T00:00:00Z',
  bookedIn: null,
  orderId: A,
  marketplaceName: 'Amazon.co.uk',
  sku: 'POT',
  currency: 'GBP',
  net: -2_000n,
  tax: -400n,
  ...over,
});
const policy = () => ({ jurisdiction: 'GB', registrations: ['GB', 'DE'] });
const SOLD = [fact(INV_A, itemTax(10_000n, 2_000n)), fact(INV_A, itemTax(5_000n, 950n, { sku: 'CUP', rate: 1900n }))];
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

test('of an order whose documents carry tax counts there, at the rate of its item', () => {
  const facts = claimFacts([claim(), claim({ sku: 'CUP' }), claim({ sku: 'GONE' })], SOLD, [], policy);
  expect(facts.map(({ collector, jurisdiction, rate }) => [collector, jurisdiction, rate])).toEqual([
    ['seller', 'GB', 2000n],
    ['seller', 'GB', 1900n],
    // Its journal is the order's: the jurisdiction is known, the rate is not.
    ['seller', 'GB', null],
  ]);
  expect(tieToAccounts('demo-uk', facts, [moved(-1_200n)])).toMatchObject([{ documents: -1_200n, differing: [] }]);
});

test.each([
  ['is not in our books', []],
  ['is Amazon’s to tax', [fact(INV_A, itemTax(10_000n, 2_000n, { collector: 'amazon' }))]],
])('of an order that %s is nobody’s: in no sum, and not awaited on the account of a jurisdiction', (_, sold) => {
  const facts = claimFacts([claim()], sold, [], policy);
  expect(vatLines(facts).map(({ collector, case: why, tax }) => [collector, why, tax])).toEqual([
    ['nobody', 'unclear', -400n],
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
  expect(claimFacts([claim({ orderId: B })], SOLD, [], () => ({ jurisdiction: 'FR', registrations: ['GB'] }))).toEqual(
    [],
  );
});

/** Of the pot, 100.00 with 20.00, or a part of it, to Germany, where no rate gives it. */
const toGermany = (net: bigint, tax: bigint): BookedMove => ({
  orderId: A,
  number: 1,
  from: 'GB',
  to: 'DE',
  event: 'sale',
  currency: 'GBP',
  items: [{ orderItemId: itemTax(0n, 0n).orderItemId, sku: 'POT', net, tax, fromRate: 2000n, toRate: null }],
  document: 'AMZ_demo-uk_FTX_m1_1',
  day: '2026-10-20',
  posted: true,
});

test('goes where the sale of its goods was moved to as a whole, and stays where that was moved in part', () => {
  const whole = [toGermany(10_000n, 2_000n)];
  expect(placeOfClaims(SOLD, whole, ['POT'])).toBe('DE');
  expect(placeOfClaims(SOLD, whole, ['CUP'])).toBe('GB');
  expect(placeOfClaims(SOLD, [toGermany(4_000n, 800n)], ['POT'])).toBe('GB');
  expect(placeOfClaims([], whole, ['POT'])).toBeNull();
});

test('counts where its journal booked it, whether the sale was moved before or since', () => {
  const moves = [toGermany(10_000n, 2_000n)];
  const said = (bookedIn: string | null) =>
    claimFacts([claim({ bookedIn })], SOLD, moves, policy).map(({ jurisdiction, rate }) => [jurisdiction, rate]);
  expect(said('DE')).toEqual([['DE', null]]);
  expect(said('GB')).toEqual([['GB', 2000n]]);
  // From before journals said so: they were booked where the sale was.
  expect(said(null)).toEqual([['GB', 2000n]]);
});
