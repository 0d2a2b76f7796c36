import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AMOUNT_MAP } from '../../../src/domain/mapping/amount-map.ts';
import { amountOverrides, classify, createClassifier, ruleOf } from '../../../src/domain/mapping/classify.ts';
import { foldKey } from '../../../src/domain/settlement/fold-key.ts';
import { isRole } from '../../../src/domain/mapping/roles.ts';
import { key } from './keys.ts';

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
  [
    'other-transaction / other-transaction / Transfer of funds unsuccessful: Amazon has cancelled your transfer of funds.',
    'payouts-in-transit',
  ],
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
  ['Liquidations / ItemPrice / Principal', 'liquidation'],
  ['Lightning Deal Fee / LightningDealFee / LightningDealFee Special', 'advertising'],
  ['Vine Enrollment Fee / Vine Enrollment Fee / Vine Enrollment Fee', 'advertising'],
  ['SellerReviewEnrollmentPayment / Review Enrollment Fee / Early Reviewer Program fee', 'advertising'],
  ['Seller Rewards / Seller Rewards / Seller Rewards', 'selling-fees'],
  ['Fee Adjustment / Item Fee Adjustment / FBA Pick & Pack Fee', 'fulfilment-fees'],
  ['TBYB Customer Return Fee / ItemFees / FBACustomerReturnPerUnitFee', 'fulfilment-fees'],
  ['TBYB Trial Shipment / Amazon Fees / TrialShipment', 'fulfilment-fees'],
  ['Commingling VAT / other-transaction / Commingling VAT', 'sales-tax-payable'],
  ['FBAFees / FBA Customer Returns Fee / Base fee', 'fulfilment-fees'],
  ['AmazonFees / Vine Enrollment Fee / Base fee', 'advertising'],
  ['AmazonFees / Coupon Performance Based Fee / Tax on fee', 'tax-on-fees'],
  ['AmazonFees / Eco-contribution for EPR Pay on Behalf - GB / Discount on fee', 'selling-fees'],
  ['other-transaction / MCF Inventory Reimbursement / MULTICHANNEL_ORDER_LATE', 'reimbursements'],
  ['other-transaction / Capacity Reservation Fee / Tax', 'tax-on-fees'],
  ['other-transaction / Amazon Warehousing & Distribution (AWD) / AWD Storage Fee', 'storage'],
  ['other-transaction / Amazon Warehousing & Distribution (AWD) / AWD Transportation Fee', 'inbound'],
  ['other-transaction / ItemFees / FBACustomerReturnWeightBasedFee', 'fulfilment-fees'],
  ['ServiceFee / other-transaction / INCORRECT_FEES_NON_ITEMIZED', 'fulfilment-fees'],
  ['ServiceFee / other-transaction / LightningDealFee Special', 'advertising'],
  ['Adjustment / other-transaction / Manual Processing Fee Reimbursement', 'inbound'],
  // Version 2: Japan's points, as an amount type of their own or among the fees.
  ['Refund / Points / PointsReturned', 'points'],
  ['Order / ItemFees / PointsGranted', 'points'],
  // India.
  ['Order / ItemFees / FBA Pick & Pack Fee', 'fulfilment-fees'],
  ['Refund / ItemFees / FBA Weight Handling Fee', 'fulfilment-fees'],
  ['Order / ItemFees / Fixed closing fee', 'selling-fees'],
  ['Order / ItemFees / FBA Pick & Pack Fee CGST', 'tax-on-fees'],
  ['Order / ItemFees / FBA Weight Handling Fee UTGST', 'tax-on-fees'],
  ['Refund / ItemFees / Fixed closing fee SGST', 'tax-on-fees'],
  ['Order / ItemFees / Commission IGST', 'tax-on-fees'],
  ['Order / ItemTCS / TCS-IGST', 'tax-withheld'],
  ['Order / ItemTDS / TDS (Section 194-O)', 'tax-withheld'],
  ['Order / Promotion / Promo rebates', 'promotions'],
  ['Refund / Promotion / Product tax discount', 'marketplace-tax'],
  // Set-off between accounts of one seller, either side.
  ['Debt Adjustment / Debt Adjustment / Cross-Account Debt Adjustment against ES, NL', 'set-off'],
  ['Debt Adjustment / other-transaction / Cross-Account Debt Adjustment for BE', 'set-off'],
  // Names of fees that carry a product group, an ASIN, a window, a defect, a country or a period.
  ['FBAFees / FBA Customer Returns Fee (Apparel and Shoes) / Base fee', 'fulfilment-fees'],
  [
    'FBAFees / FBA Customer Returns Fee (Non-Apparel and Non-Shoes) for ASIN: B0ZZTEST01 (2026-04-01 to 2026-06-30) / Discount on fee',
    'fulfilment-fees',
  ],
  [
    'FBAFees / FBA Customer Returns Fee (Apparel and Shoes) for ASIN: B0ZZTEST02 (2026-07-01 to 2026-07-31) / Tax on fee',
    'tax-on-fees',
  ],
  ['FBAFees / Inbound Defect Fee - Misrouted shipment / Base fee', 'inbound'],
  ['FBAFees / Inbound Defect Fee - Misrouted shipment / Tax on fee', 'tax-on-fees'],
  [
    'AmazonFees / Eco-contribution for EPR Pay on Behalf - GB - Packaging - (Period 01.07.2024 - 31.12.2024) / Base fee',
    'selling-fees',
  ],
  [
    'AmazonFees / Amazon service fee for EPR Pay on Behalf - FR - Batteries - (Period 01.01.2026 - 30.06.2026) / Base fee',
    'selling-fees',
  ],
  ['AmazonFees / Amazon service fee for EPR Pay on Behalf - GB - Packaging / Tax on fee', 'tax-on-fees'],
  // Names of 2026.
  ['FBAFees / FBA Inbound Placement Service Fee / Base fee', 'inbound'],
  ['FBAFees / Inbound Transportation Program Fee / Discount on fee', 'inbound'],
  ['FBAFees / Inbound Transportation Program Fee / Tax on fee', 'tax-on-fees'],
  ['AmazonFees / Coupon Participation Fee / Base fee', 'advertising'],
  ['AmazonFees / Deal Participation Fee / Base fee', 'advertising'],
  ['AmazonFees / Deal Performance Based Fee / Tax on fee', 'tax-on-fees'],
  ['AmazonFees / Amazon Easy Ship Charges / Base fee', 'fulfilment-fees'],
  ['AmazonFees / Amazon Easy Ship Charges / Tax on fee', 'tax-on-fees'],
  ['Other / MCF Preferred Pricing Seller Credit / Base charge', 'fulfilment-fees'],
  ['Other / Other transactions / Reimbursement for Lost packages', 'reimbursements'],
  ['other-transaction - Reversal / other-transaction / Storage Fee', 'storage'],
  ['other-transaction - Correction / other-transaction / Storage Fee', 'storage'],
];

/** Named by the map as not to be guessed, or not named at all. */
const UNKNOWN = [
  'Order / ItemPrice / RestockingFee',
  'Order / DirectPayment / CollectOnDeliveryRevenue',
  'other-transaction / other-transaction / MiscAdjustment',
  'other-transaction / BalanceAdjustment / Balance Adjustment',
  'other-transaction / other-transaction / FBA Inbound Dock Fee',
  'Refund / Points / Principal',
  'Promotion / ItemPrice / Principal',
  'FBAFees / FBA Customer Returns Fee (Apparel and Shoes) / Reimbursement',
  'AmazonFees / FBA Customer Returns Fee (Apparel and Shoes) / Base fee',
  'AmazonFees / Contribution for EPR Pay on Behalf - GB / Base fee',
  'Debt Adjustment / Debt Adjustment / Debt Adjustment',
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
    expect([
      classify(key('Refund / ItemPrice / Principal'))?.role,
      classify(key('Refund / Promotion / Principal'))?.role,
    ]).toEqual(['refunds', 'promotions']);
  });

  test('has no rule of which no key is typed above', () => {
    const tried = new Set([...KNOWN.map(([text]) => text), ...UNKNOWN].map((text) => ruleOf(key(text))));
    expect(
      AMOUNT_MAP.filter((rule) => !tried.has(rule)).map(
        ({ transactionTypes, amountTypes, descriptions, role }) =>
          `${transactionTypes[0]} / ${amountTypes[0]} / ${descriptions[0]} → ${role}`,
      ),
    ).toEqual([]);
  });

  test('names only roles that exist', () => {
    expect(AMOUNT_MAP.filter(({ role }) => role !== 'ask' && !isRole(role))).toEqual([]);
  });

  test('reads a key the same in any spelling of case, blanks, underscores and hyphens', () => {
    const noise = fc.constantFrom('', ' ', '_', '-', '  ', ' - ');
    const respelled = fc.constantFrom(...KNOWN).chain(([text, role]) => {
      const letters = Array.from(text.replaceAll(' / ', '\t').replace(/[ _-]/g, ''));
      return fc
        .tuple(
          fc.array(noise, { minLength: letters.length, maxLength: letters.length }),
          fc.array(fc.boolean(), { minLength: letters.length, maxLength: letters.length }),
        )
        .map(([gaps, upper]) => ({
          role,
          text: letters
            .map((letter, index) => gaps[index]! + (upper[index] ? letter.toUpperCase() : letter.toLowerCase()))
            .join(''),
        }));
    });
    fc.assert(
      fc.property(respelled, ({ text, role }) => {
        const [transactionType, amountType, amountDescription] = text.split('\t') as [string, string, string];
        expect(classify({ transactionType, amountType, amountDescription })?.role).toBe(role);
      }),
    );
  });

  test('never takes two texts for one key that differ in a letter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'B', '7', '&', ':') }),
        fc.string({ unit: fc.constantFrom('a', 'B', '7', '&', ':') }),
        (a, b) => {
          const same =
            foldKey({ transactionType: a, amountType: '', amountDescription: '' }) ===
            foldKey({ transactionType: b, amountType: '', amountDescription: '' });
          expect(same).toBe(a.toLowerCase() === b.toLowerCase());
        },
      ),
    );
  });
});

describe('a decision of a connection', () => {
  const overrides = amountOverrides([
    { ...key('other-transaction / other-transaction / FBA Inbound Dock Fee'), role: 'inbound' },
    { ...key('Seller Rewards / Seller Rewards / Seller Rewards'), role: 'reimbursements' },
    { ...key('other-transaction / other-transaction / MiscAdjustment'), role: 'suspense' },
  ]);

  test('names a key that the map does not know, in any spelling', () => {
    expect(classify(key('OTHER_TRANSACTION / other transaction / FBA INBOUND DOCK FEE'), overrides)?.role).toBe(
      'inbound',
    );
    expect(classify(key('other-transaction / other-transaction / MiscAdjustment'), overrides)?.role).toBe('suspense');
  });

  test('goes before the map and touches no other key', () => {
    const known = createClassifier(overrides);
    expect(known(key('Seller Rewards / Seller Rewards / Seller Rewards'))?.role).toBe('reimbursements');
    expect(known(key('other-transaction / other-transaction / Subscription Fee'))?.role).toBe('subscription');
    expect(known(key('other-transaction / other-transaction / FBA Inbound Deck Fee'))).toBeNull();
  });
});
