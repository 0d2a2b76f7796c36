/** Claims in the VAT report: where the journal books their tax, there they count, and tie 1 agrees. */
import { expect, test } from '@jest/globals';
import { tieToAccounts, type TaxMovement } from '../../../src/domain/tax/vat-accounts.ts';
import { claimFacts, type ClaimTax } from '../../../src/domain/tax/vat-claims.ts';
import { sellerSums, vatLines } from '../../../src/domain/tax/vat-lines.ts';
import { A, B, fact, INV_A, itemTax } from './worked-example.ts';

const JOURNAL = 'AMZ_demo-uk_JE_30100000100_1';
const claim = (over: Partial<ClaimTax> = {}): ClaimTax => ({
  journal: JOURNAL,
  day: '2026-10-30',
  posted: true,
  settledAt: '2026-10-31T00:00:00Z',
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
  const facts = claimFacts([claim(), claim({ sku: 'CUP' }), claim({ sku: 'GONE' })], SOLD, policy);
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
  const facts = claimFacts([claim()], sold, policy);
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
  expect(claimFacts([claim({ orderId: B })], SOLD, () => ({ jurisdiction: 'FR', registrations: ['GB'] }))).toEqual([]);
});
