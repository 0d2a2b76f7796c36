/** Kinds of amounts that generated settlements hold, each with its meaning: typed from accounting's rules, not taken from the amount map. */
import type { Role } from '../../src/domain/mapping/roles.ts';

export interface AmountKind {
  type: string;
  group: string;
  description: string;
  /** Null for a key that nobody has decided. */
  role: Role | null;
}

const of = (type: string, group: string, description: string, role: Role | null): AmountKind => ({
  type,
  group,
  description,
  role,
});
const OTHER = 'other-transaction';

export const CLAIM_TYPES = ['A-to-z Guarantee Refund', 'Chargeback Refund'] as const;

const NAMED: Record<string, AmountKind> = {
  'reserve in': of(OTHER, OTHER, 'Previous Reserve Amount Balance', 'reserve-released'),
  'reserve out': of(OTHER, OTHER, 'Current Reserve Amount', 'reserve-held'),
  'carried in': of(OTHER, OTHER, 'Payable to Amazon', 'balance-due-to-amazon'),
  charge: of(OTHER, OTHER, 'Successful charge', 'amazon-charges'),
  returned: of(
    OTHER,
    OTHER,
    'Transfer of funds unsuccessful: Amazon has cancelled your transfer of funds.',
    'payouts-in-transit',
  ),
  'micro deposit': of(OTHER, OTHER, 'Micro Deposit', 'payouts-in-transit'),
  'Order principal': of('Order', 'ItemPrice', 'Principal', 'product-sales'),
  'Order shipping': of('Order', 'ItemPrice', 'Shipping', 'shipping-income'),
  'Order gift wrap': of('Order', 'ItemPrice', 'GiftWrap', 'gift-wrap'),
  'Order promotion': of('Order', 'Promotion', 'Principal', 'promotions'),
  'Order shipping promotion': of('Order', 'Promotion', 'Shipping', 'promotions'),
  'Order points': of('Order', 'Points', 'PointsGranted', 'points'),
  'Order tax': of('Order', 'ItemPrice', 'Tax', 'marketplace-tax'),
  'Order tax discount': of('Order', 'Promotion', 'TaxDiscount', 'marketplace-tax'),
  'Order tax withheld': of('Order', 'ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal', 'marketplace-tax'),
  'Order commission': of('Order', 'ItemFees', 'Commission', 'selling-fees'),
  'Order fulfilment fee': of('Order', 'ItemFees', 'FBAPerUnitFulfillmentFee', 'fulfilment-fees'),
  'multi-channel fee': of('Order', 'ShipmentFees', 'FBA transportation fee', 'fulfilment-fees'),
  'Refund principal': of('Refund', 'ItemPrice', 'Principal', 'refunds'),
  'Refund shipping': of('Refund', 'ItemPrice', 'Shipping', 'refunds'),
  'Refund promotion': of('Refund', 'Promotion', 'Principal', 'promotions'),
  'Refund goodwill': of('Refund', 'ItemPrice', 'Goodwill', 'refunds'),
  'Refund restocking': of('Refund', 'ItemPrice', 'RestockingFee', 'refunds'),
  'Refund tax': of('Refund', 'ItemPrice', 'Tax', 'marketplace-tax'),
  'Refund tax withheld': of('Refund', 'ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal', 'marketplace-tax'),
  'Refund commission': of('Refund', 'ItemFees', 'Commission', 'selling-fees'),
  'Refund refund commission': of('Refund', 'ItemFees', 'RefundCommission', 'selling-fees'),
};
for (const type of CLAIM_TYPES) {
  NAMED[`${type} principal`] = of(type, 'ItemPrice', 'Principal', 'chargebacks-and-claims');
  NAMED[`${type} promotion`] = of(type, 'Promotion', 'Principal', 'chargebacks-and-claims');
  NAMED[`${type} commission`] = of(type, 'ItemFees', 'Commission', 'selling-fees');
}

export function kind(name: string): AmountKind {
  return NAMED[name]!;
}

/** Amounts of the account as a whole. */
export const ACCOUNT_KINDS: readonly AmountKind[] = [
  of('ServiceFee', 'Cost of Advertising', 'TransactionTotalAmount', 'advertising'),
  of('ServiceFee', 'Cost of Advertising', 'TaxAmount', 'tax-on-fees'),
  of('CouponRedemptionFee', 'CouponRedemptionFee', 'Herbst & Küche, 10% off', 'advertising'),
  of('FBAFees', 'FBA Long Term Storage Fee', 'Base fee', 'storage'),
  of('FBAFees', 'FBA Removal Order: Disposal Fee', 'Tax on fee', 'tax-on-fees'),
  of(OTHER, OTHER, 'Storage Fee', 'storage'),
  of(OTHER, OTHER, 'Subscription Fee', 'subscription'),
  of(OTHER, OTHER, 'FBAInboundTransportationFee', 'inbound'),
  of(OTHER, OTHER, 'DisposalComplete', 'removal'),
  of(OTHER, OTHER, 'Amazon Capital Services', 'loans'),
  of(OTHER, 'FBA Inventory Reimbursement', 'WAREHOUSE_LOST', 'reimbursements'),
  of(OTHER, 'FBA Inventory Reimbursement', 'COMPENSATED_CLAWBACK', 'reimbursements'),
  of(OTHER, OTHER, 'Income Tax Charged', 'tax-withheld'),
];

export const UNKNOWN_KINDS: readonly AmountKind[] = [
  of(OTHER, OTHER, 'FBA Inbound Dock Fee', null),
  of('Order', 'ItemFees', 'MoonshineFee', null),
  of('Adjustment', OTHER, 'MiscAdjustment', null),
];

/** Compared as Amazon's spellings must be: without case, blanks, `_` and `-`. */
export function folded(text: string): string {
  let plain = '';
  for (const sign of text.toLowerCase()) if (sign.trim() !== '' && sign !== '_' && sign !== '-') plain += sign;
  return plain;
}

const keyOf = (type: string, group: string, description: string) => [type, group, description].map(folded).join('|');
const KNOWN = new Map(
  [...Object.values(NAMED), ...ACCOUNT_KINDS, ...UNKNOWN_KINDS].map((one) => [
    keyOf(one.type, one.group, one.description),
    one.role,
  ]),
);

/** Meaning of a key of this page in any spelling; null when it is undecided, undefined when this page does not have it. */
export function meaningOf(type: string, group: string, description: string): Role | null | undefined {
  const known = KNOWN.get(keyOf(type, group, description));
  if (known !== undefined) return known;
  // Coupons are called by their names, and failed transfers are sentences.
  if (folded(type) === 'couponredemptionfee' && folded(group) === 'couponredemptionfee') return 'advertising';
  const ofAccount = folded(type) === 'othertransaction' && folded(group) === 'othertransaction';
  if (ofAccount && folded(description).startsWith('transferoffundsunsuccessful')) return 'payouts-in-transit';
  // The older reports have no column for tax withheld: it stands among the fees.
  if (folded(group) === 'itemfees' && folded(description).startsWith('marketplacefacilitatortax'))
    return KNOWN.get(keyOf(type, 'ItemWithheldTax', description));
  return undefined;
}
