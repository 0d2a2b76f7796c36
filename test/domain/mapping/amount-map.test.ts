import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AMOUNT_MAP } from '../../../src/domain/mapping/amount-map.ts';
import { amountOverrides, classify, createClassifier } from '../../../src/domain/mapping/classify.ts';
import { foldKey } from '../../../src/domain/mapping/fold-key.ts';
import { isRole } from '../../../src/domain/mapping/roles.ts';
import { suggestRole } from '../../../src/domain/mapping/suggest-role.ts';
import type { AmountKey } from '../../../src/domain/settlement/settlement.ts';

const key = (text: string): AmountKey => {
  const [transactionType, amountType, amountDescription] = text.split(' / ') as [string, string, string];
  return { transactionType, amountType, amountDescription };
};

/** Typed by hand, in the spellings of different exports. */
const KNOWN: [string, string][] = [
  ['Order / ItemPrice / Principal', 'product-sales'],
  ['ORDER / ITEM_PRICE / principal', 'product-sales'],
  ['Order / ItemPrice / Shipping', 'shipping-income'],
  ['Order / ItemPrice / GiftWrap', 'gift-wrap'],
  ['Order / ItemPrice / COD Tax', 'marketplace-tax'],
  ['Refund_Retrocharge / ItemPrice / Product Tax', 'marketplace-tax'],
  ['Refund / ItemWithheldTax / LowValueGoodsTax-Shipping', 'marketplace-tax'],
  ['ORDER / ITEMWITHHELDTAX / MARKETPLACEFACILITATORTAX_PRINCIPAL', 'marketplace-tax'],
  ['Order / ItemFees / MarketplaceFacilitatorVAT-Principal', 'marketplace-tax'],
  ['Order / ItemWithheldTax / TCS-IGST', 'tax-withheld'],
  ['Order / Promotion / Principal', 'promotions'],
  ['Refund / Promotion / Shipping', 'promotions'],
  ['Order / Promotion / TaxDiscount', 'marketplace-tax'],
  ['Order / Points / PointsGranted', 'points'],
  ['Order / ItemFees / Commission', 'selling-fees'],
  ['A-to-z Guarantee Refund / ItemFees / RefundCommission', 'selling-fees'],
  ['Order / ItemFees / FBAPerUnitFulfilmentFee', 'fulfilment-fees'],
  ['Order / ItemFees / ShippingChargeback', 'fulfilment-fees'],
  ['Order / ItemFees / LabelingFee', 'inbound'],
  ['Refund / ItemFees / RestockingFee', 'refunds'],
  ['Refund / ItemPrice / Goodwill', 'refunds'],
  ['Shipment / Shipment-Fees / FBAPerOrderFulfillmentFee', 'fulfilment-fees'],
  ['Order / ShipmentFees / FBA transportation fee', 'fulfilment-fees'],
  ['Chargeback Refund / ItemPrice / Principal', 'chargebacks-and-claims'],
  ['A-TO-Z GUARANTEE REFUND / Promotion / Principal', 'chargebacks-and-claims'],
  ['SAFE-T Reimbursement / Other transactions / SAFE-T Reimbursement', 'reimbursements'],
  ['Liquidations Adjustments / ItemFees / LiquidationsBrokerageFee', 'liquidation'],
  ['ServiceFee / Cost of Advertising / TransactionTotalAmount', 'advertising'],
  ['ServiceFee / Cost of Advertising / TaxAmount', 'tax-on-fees'],
  ['ServiceFee / Deals / Promotion fee', 'advertising'],
  ['CouponRedemptionFee / CouponRedemptionFee / Save 5 on mugs, until Friday', 'advertising'],
  ['Grade and Resell Fees / Grade and Resell Charge / whatever', 'fulfilment-fees'],
  ['Tax / Tax Withheld / Steuer', 'tax-withheld'],
  ['Income Tax Charged / other-transaction / MiscAdjustment', 'tax-withheld'],
  ['Transfers / Micro Deposit / Micro Deposit', 'payouts-in-transit'],
  ['FBAFees / FBA Inventory Storage Fee / Base fee', 'storage'],
  ['FBA Fees / FBA_INVENTORY_STORAGE_FEE / Discount on Fee', 'storage'],
  ['FBAFees / Inbound Defect Fee / Base fee', 'inbound'],
  ['FBAFees / FBA Removal Order: Return Fee / Base fee', 'removal'],
  ['FBAFees / FBA Customer Returns Fee / Tax on fee', 'tax-on-fees'],
  ['AmazonFees / FBA fulfilment fee per unit - Reversal / Base fee', 'fulfilment-fees'],
  ['other-transaction / FBA Inventory Reimbursement / WAREHOUSE_LOST', 'reimbursements'],
  ['OTHER_TRANSACTION / FBA_INVENTORY_REIMBURSEMENT / warehouse lost', 'reimbursements'],
  ['other-transaction / FBA Inventory Reimbursement / INCORRECT_FEES_ITEMS', 'fulfilment-fees'],
  ['other-transaction / Manual Processing Fee Reimbursement / Manual Processing Fee Reimbursement', 'inbound'],
  ['other-transaction / Capacity Reservation Fee / Performance credits', 'storage'],
  ['other-transaction / Inbound Defect Fee / Missing labels', 'inbound'],
  ['other-transaction / other-transaction / Previous Reserve Amount Balance', 'reserve-released'],
  ['Transfer / other-transaction / Current Reserve Amount', 'reserve-held'],
  ['other-transaction / other-transaction / Payable to Amazon', 'balance-due-to-amazon'],
  ['other-transaction / other-transaction / Successful charge', 'amazon-charges'],
  ['other-transaction / other-transaction / Micro Deposit', 'payouts-in-transit'],
  ['other-transaction / other-transaction / Failed Disbursement', 'payouts-in-transit'],
  ['other-transaction / other-transaction / Transfer of funds unsuccessful: Amazon has cancelled your transfer of funds.', 'payouts-in-transit'],
  ['other-transaction / other-transaction / Amazon Capital Services', 'loans'],
  ['ServiceFee / other-transaction / Storage Fee', 'storage'],
  ['other-transaction / other-transaction / StorageBillingCGST', 'tax-on-fees'],
  ['other-transaction / other-transaction / DisposalComplete', 'removal'],
  ['other-transaction / other-transaction / FBAInboundTransportationFee', 'inbound'],
  ['ServiceFee / other-transaction / LowInventoryLevelFee', 'fulfilment-fees'],
  ['other-transaction / other-transaction / Subscription Fee', 'subscription'],
  ['other-transaction / other-transaction / HighVolumeListing', 'selling-fees'],
  ['other-transaction / other-transaction / A2ZGuaranteeRecovery', 'chargebacks-and-claims'],
  ['Adjustment / other-transaction / Refund Reimbursal', 'reimbursements'],
  ['other-transaction / other-transaction / Income Tax Charged', 'tax-withheld'],
];

/** Named by the map as not to be guessed, or not named at all. */
const UNKNOWN = [
  'Order / ItemPrice / RestockingFee',
  'Order / DirectPayment / CollectOnDeliveryRevenue',
  'Debt Adjustment / Debt Adjustment / Cross-Account Debt Adjustment against ES, NL',
  'other-transaction / other-transaction / MiscAdjustment',
  'other-transaction / BalanceAdjustment / Balance Adjustment',
  'other-transaction / other-transaction / FBA Inbound Dock Fee',
  'Refund / Points / Principal',
  'Promotion / ItemPrice / Principal',
  'Order / ItemPrice / Principal tax',
  'Order / other-transaction / Transfer of funds unsuccessful: no',
  ' /  / ',
];

describe('the amount map', () => {
  test.each(KNOWN)('reads %s as %s', (text, role) => {
    expect(classify(key(text))?.role).toBe(role);
  });

  test.each(UNKNOWN)('does not know %s', (text) => {
    expect(classify(key(text))).toBeNull();
  });

  test('tells Principal of an item from Principal of a promotion', () => {
    expect([classify(key('Refund / ItemPrice / Principal'))?.role, classify(key('Refund / Promotion / Principal'))?.role]).toEqual(['refunds', 'promotions']);
  });

  test('names only roles that exist', () => {
    expect(AMOUNT_MAP.filter(({ role }) => role !== 'ask' && !isRole(role))).toEqual([]);
  });

  test('reads a key the same in any spelling of case, blanks, underscores and hyphens', () => {
    const noise = fc.constantFrom('', ' ', '_', '-', '  ', ' - ');
    const respelled = fc.constantFrom(...KNOWN).chain(([text, role]) => {
      const letters = [...text.replaceAll(' / ', '\t').replace(/[ _-]/g, '')];
      return fc.tuple(fc.array(noise, { minLength: letters.length, maxLength: letters.length }), fc.array(fc.boolean(), { minLength: letters.length, maxLength: letters.length }))
        .map(([gaps, upper]) => ({ role, text: letters.map((letter, index) => gaps[index]! + (upper[index] ? letter.toUpperCase() : letter.toLowerCase())).join('') }));
    });
    fc.assert(fc.property(respelled, ({ text, role }) => {
      const [transactionType, amountType, amountDescription] = text.split('\t') as [string, string, string];
      expect(classify({ transactionType, amountType, amountDescription })?.role).toBe(role);
    }));
  });

  test('never takes two texts for one key that differ in a letter', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'B', '7', '&', ':') }), fc.string({ unit: fc.constantFrom('a', 'B', '7', '&', ':') }), (a, b) => {
      const same = foldKey({ transactionType: a, amountType: '', amountDescription: '' }) === foldKey({ transactionType: b, amountType: '', amountDescription: '' });
      expect(same).toBe(a.toLowerCase() === b.toLowerCase());
    }));
  });
});

describe('a decision of a connection', () => {
  const overrides = amountOverrides([
    { ...key('other-transaction / other-transaction / FBA Inbound Dock Fee'), role: 'inbound' },
    { ...key('Seller Rewards / Seller Rewards / Seller Rewards'), role: 'reimbursements' },
    { ...key('other-transaction / other-transaction / MiscAdjustment'), role: 'suspense' },
  ]);

  test('names a key that the map does not know, in any spelling', () => {
    expect(classify(key('OTHER_TRANSACTION / other transaction / FBA INBOUND DOCK FEE'), overrides)?.role).toBe('inbound');
    expect(classify(key('other-transaction / other-transaction / MiscAdjustment'), overrides)?.role).toBe('suspense');
  });

  test('goes before the map and touches no other key', () => {
    const known = createClassifier(overrides);
    expect(known(key('Seller Rewards / Seller Rewards / Seller Rewards'))?.role).toBe('reimbursements');
    expect(known(key('other-transaction / other-transaction / Subscription Fee'))?.role).toBe('subscription');
    expect(known(key('other-transaction / other-transaction / FBA Inbound Deck Fee'))).toBeNull();
  });
});

describe('a suggestion for an unknown key', () => {
  test('comes from the word that it shares with known keys, and says so', () => {
    expect(suggestRole(key('other-transaction / other-transaction / FBA Inbound Dock Fee'))).toEqual({
      role: 'inbound', reason: expect.stringMatching(/known keys with "Inbound" map there$/),
    });
    expect(suggestRole(key('FBAFees / FBA Overage Storage Fee / Base fee'))?.role).toBe('storage');
  });

  test('comes from the same amount under another transaction type', () => {
    expect(suggestRole(key('Retrocharge / ItemFees / Commission'))).toEqual({ role: 'selling-fees', reason: 'ItemFees / Commission maps there under Order' });
  });

  test('comes from the same description under other amount types', () => {
    expect(suggestRole(key('FBAFees / FBA Inbound Dock Fee / Tax on fee'))?.role).toBe('tax-on-fees');
  });

  test('is not made where nothing speaks for a role, or the map says that a person must be asked', () => {
    expect(suggestRole(key('other-transaction / other-transaction / Zork'))).toBeNull();
    expect(suggestRole(key('other-transaction / other-transaction / MiscAdjustment'))).toBeNull();
  });
});
