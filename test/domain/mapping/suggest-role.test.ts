import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AMOUNT_MAP } from '../../../src/domain/mapping/amount-map.ts';
import { isChosenRole } from '../../../src/domain/mapping/chosen-role.ts';
import { suggestRole } from '../../../src/domain/mapping/suggest-role.ts';
import { key } from './keys.ts';

describe('a suggestion for an unknown key', () => {
  test.each([
    ['Retrocharge / ItemFees / Commission', 'selling-fees', 'ItemFees / Commission is that under Order'],
    [
      'other-transaction - Reversal / other-transaction / Subscription Fee',
      'subscription',
      'other-transaction / Subscription Fee is that under ServiceFee',
    ],
    [
      'AmazonFees / FBA Customer Returns Fee (Shoes) for ASIN: B0ZZTEST01 / Base fee',
      'fulfilment-fees',
      'FBA Customer Returns Fee (Shoes) for ASIN: B0ZZTEST01 / Base fee is that under FBAFees',
    ],
  ])('is that of the same name under another transaction type: %s', (text, role, reason) => {
    expect(suggestRole(key(text))).toEqual({ role, reason });
  });

  test.each([
    [
      'other-transaction / other-transaction / FBA Inbound Dock Fee',
      'inbound',
      'it differs in one word from other-transaction / other-transaction / FBAInboundTransportationFee',
    ],
    ['Refund / Points / PointsWithdrawn', 'points', 'it differs in one word from Refund / Points / PointsGranted'],
    [
      'FBAFees / FBA Overage Storage Fee / Base fee',
      'storage',
      'it differs in one word from FBAFees / FBA Inventory Storage Fee / Base fee',
    ],
  ])('is that of a key that differs in one word that matters: %s', (text, role, reason) => {
    expect(suggestRole(key(text))).toEqual({ role, reason });
  });

  test.each([
    'Order / ItemFees / FBA Weight Handling Fee Kerala CGST',
    'Refund / ItemFees / Technology Fee IGST',
    'FBAFees / FBA Inbound Dock Fee / Tax on fee',
    'other-transaction / other-transaction / StorageBillingIGST',
    'Refund / ItemFees / FBAPerUnitFulfillmentFeeTax',
    'AmazonFees / Some new service / VAT',
    'ServiceFee / other-transaction / Subscription Fee GST',
  ])('is tax-on-fees for what names a tax on a fee, never the cost of that fee: %s', (text) => {
    expect(suggestRole(key(text))?.role).toBe('tax-on-fees');
  });

  test.each([
    'other-transaction / other-transaction / Commingling VAT adjustment',
    'Order / ItemPrice / VAT',
    'Order / ItemWithheldTax / MarketplaceFacilitatorVAT-Giftwrap',
    'Order / ItemFees / MarketplaceFacilitatorVAT-Giftwrap',
  ])('is none for tax of a sale: %s', (text) => {
    expect(suggestRole(key(text))).toBeNull();
  });

  test.each([
    // Words that say nothing: service, fee, base, charge.
    'AmazonFees / Amazon service fee for WEEE registration - FR / Base fee',
    'Other / Some Preferred Seller Credit / Base charge',
    'other-transaction / other-transaction / Service Fee',
    // One word that is shared is no evidence where the rest is another thing.
    'other-transaction / other-transaction / Inbound goods sold to a buyer',
    'other-transaction / other-transaction / Storage of returns at a carrier',
    'other-transaction / other-transaction / Zork',
    // No document owns a row of this type.
    'other-transaction / ItemFees / Goodwill',
    'other-transaction / Points / PointsGranted',
    // What speaks does not agree.
    'other-transaction / other-transaction / REMOVAL_ORDER_LOST',
    'Order_Retrocharge / ItemPrice / Principal',
    // The map says that a person must be asked, under this transaction type or another.
    'other-transaction / other-transaction / MiscAdjustment',
    'Other / other-transaction / MiscAdjustment',
    // A new spelling of a role with mechanics is --same-as.
    'other-transaction - Reversal / other-transaction / Current Reserve Amount',
    'other-transaction / other-transaction / Current Reserve',
    'Retrocharge / ItemPrice / Tax',
  ])('is not made without evidence: %s', (text) => {
    expect(suggestRole(key(text))).toBeNull();
  });

  test('never names a role that no person may choose', () => {
    const words = fc.constantFrom(
      ...new Set(
        AMOUNT_MAP.flatMap(({ amountTypes, descriptions }) => [...amountTypes, ...descriptions]).flatMap((text) =>
          text.split(/[ -]/),
        ),
      ),
      'Zork',
    );
    const text = fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
    const types = fc.constantFrom(...new Set(AMOUNT_MAP.flatMap(({ transactionTypes }) => transactionTypes)), 'Zork');
    const amountTypes = fc.oneof(fc.constantFrom(...new Set(AMOUNT_MAP.flatMap((rule) => rule.amountTypes))), text);
    fc.assert(
      fc.property(types, amountTypes, text, (transactionType, amountType, amountDescription) => {
        const role = suggestRole({ transactionType, amountType, amountDescription })?.role;
        expect(role === undefined || isChosenRole(role)).toBe(true);
      }),
    );
  });
});
