import { describe, expect, test } from '@jest/globals';
import { ROLES } from '../../../src/domain/mapping/roles.ts';
import { FINANCES_MAP } from '../../../src/domain/period/finances-map.ts';
import { financesDecisions, NO_FINANCES_DECISIONS, roleOfPart } from '../../../src/domain/period/map-finances.ts';

const roleOf = (type: string, path: string) => roleOfPart(type, path, NO_FINANCES_DECISIONS)?.role ?? null;

test.each([
  ['Shipment', 'ProductCharges/OurPricePrincipal', 'product-sales'],
  ['Shipment', 'Product Charges/Principle', 'product-sales'],
  ['Shipment', 'ProductCharges/Tax', 'marketplace-tax'],
  ['Shipment', 'Shipping/ShippingPrincipal', 'shipping-income'],
  ['Shipment', 'GiftWrap/GiftwrapPrincipal', 'gift-wrap'],
  ['Shipment', 'PromoRebates/PromotionAmount', 'promotions'],
  ['Shipment', 'PromoRebates/ShippingTaxDiscount', 'marketplace-tax'],
  ['Shipment', 'Points/PointsGranted', 'points'],
  ['Shipment', 'Tax/OurPriceTax', 'marketplace-tax'],
  ['Shipment', 'TaxWithheld/MarketplaceFacilitatorTax-Principal', 'marketplace-tax'],
  ['Shipment', 'TaxWithheld/TCS-CGST', 'tax-withheld'],
  ['Shipment', 'AmazonFees/Commission', 'selling-fees'],
  ['Shipment', 'Expenses/AmazonFees/Commission/Base', 'selling-fees'],
  ['Shipment', 'AmazonFees/Commission/Tax', 'tax-on-fees'],
  ['Shipment', 'FBAFees/FBAPerUnitFulfillmentFee/Promo', 'fulfilment-fees'],
  ['Shipment', 'AmazonFees/GiftwrapChargeback', 'fulfilment-fees'],
  ['Refund', 'ProductCharges/OurPricePrincipal', 'refunds'],
  ['Refund', 'Refunded Sales/Shipping', 'refunds'],
  ['Refund', 'RestockingFee/RestockingFee', 'refunds'],
  ['Refund', 'AmazonFees/RefundCommission', 'selling-fees'],
  ['Chargeback', 'ProductCharges/Principal', 'chargebacks-and-claims'],
  ['ServiceFee', 'AmazonFees/FBAStorageFee/Base', 'storage'],
  ['service-fee', 'fba storage fee', 'storage'],
  ['ServiceFee', 'FBAStorageFee/Tax', 'tax-on-fees'],
  ['ServiceFee', 'AmazonFees/FBAInboundConvenienceFee', 'inbound'],
  ['ServiceFee', 'AmazonFees/FBADisposalFee', 'removal'],
  ['ServiceFee', 'AmazonFees/Subscription/Base', 'subscription'],
  ['ProductAdsPayment', 'AdvertisingFee', 'advertising'],
  ['FBAInventoryReimbursement', 'FBAInventoryReimbursement/FBAReversedReimbursement', 'reimbursements'],
  ['Retrocharge', 'BaseTax', 'marketplace-tax'],
  ['RemovalShipment', 'AmazonFees', 'liquidation'],
  ['Adjustment', 'ReserveDebit', 'reserve-held'],
  ['Transfer', 'Expenses/FundTransfer', 'payouts-in-transit'],
])('%s %s is %s', (type, path, role) => {
  expect(roleOf(type, path)).toBe(role);
});

test.each([
  // The fees together: which of them it is nobody can say.
  ['Shipment', 'Expenses/AmazonFees'],
  ['ServiceFee', 'AmazonFees'],
  // The same word under another type, another group, or longer than the known one.
  ['Shipment', 'AmazonFees/FBAStorageFee'],
  ['ServiceFee', 'ProductCharges/OurPricePrincipal'],
  ['Shipment', 'Tax/Commission'],
  ['Shipment', 'AmazonFees/CommissionCorrection'],
  ['Shipment', 'Goodwill'],
  ['MiscellaneousLedgerAdjustment', 'Other'],
  ['Shipment', '(rest)'],
  ['Shipment', ''],
  ['Sales', 'Sales'],
])('%s %s is unknown', (type, path) => {
  expect(roleOf(type, path)).toBeNull();
});

describe('what the connection decided', () => {
  const decided = financesDecisions([
    { transactionType: 'MiscellaneousLedgerAdjustment', path: 'Other', role: 'storage' },
    { transactionType: 'ServiceFee', path: 'AmazonFees/…', role: 'subscription' },
    { transactionType: 'MiscellaneousLedgerAdjustment', path: 'other', role: 'inbound' },
  ]);
  test('comes first, the later one of two', () => {
    expect(roleOfPart('Miscellaneous Ledger Adjustment', 'Expenses/Other', decided)?.role).toBe('inbound');
    expect(roleOfPart('ServiceFee', 'AmazonFees/NewFee/Base', decided)?.role).toBe('subscription');
    expect(roleOfPart('ServiceFee', 'AmazonFees/FBAStorageFee/Base', decided)?.role).toBe('subscription');
  });
  test('says nothing of what it does not name', () => {
    expect(roleOfPart('MiscellaneousLedgerAdjustment', 'Other/Base', decided)).toBeNull();
    expect(roleOfPart('ServiceFee', 'FBAStorageFee', decided)?.role).toBe('storage');
  });
});

test('every rule has a role that there is, and says where its names come from', () => {
  for (const { types, paths, role, source } of FINANCES_MAP) {
    expect(ROLES).toContain(role);
    expect(source).not.toBe('');
    expect(types.length * paths.length).toBeGreaterThan(0);
  }
});
