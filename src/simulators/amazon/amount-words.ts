/** What the settlement's words mean for an order or refund, in the simulator's own reading. */

export type SalePart =
  | 'principal'
  | 'shipping'
  | 'giftWrap'
  | 'promotion'
  | 'shippingPromotion'
  | 'tax'
  | 'shippingTax'
  | 'discountTax'
  | 'cod'
  | 'codTax'
  | 'points';
export type RefundPart = SalePart | 'goodwill' | 'restockingFee' | 'returnShipping' | 'taxWithheld' | 'fee';

/** Amazon's spellings differ in case, blanks, `_` and `-`. */
export function folded(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, '');
}

const PRICES: ReadonlyMap<string, SalePart> = new Map([
  ['principal', 'principal'],
  ['shipping', 'shipping'],
  ['returnshipping', 'shipping'],
  ['cod', 'cod'],
  ['giftwrap', 'giftWrap'],
  ['tax', 'tax'],
  ['producttax', 'tax'],
  ['codtax', 'codTax'],
  ['shippingtax', 'shippingTax'],
  ['giftwraptax', 'tax'],
]);
const PROMOTIONS: ReadonlyMap<string, SalePart> = new Map([
  ['principal', 'promotion'],
  ['shipping', 'shippingPromotion'],
  ['taxdiscount', 'discountTax'],
  ['producttaxdiscount', 'discountTax'],
]);
const REFUND_PRICES: ReadonlyMap<string, RefundPart> = new Map<string, RefundPart>([
  ...PRICES,
  ['goodwill', 'goodwill'],
  ['restockingfee', 'restockingFee'],
  ['returnshipping', 'returnShipping'],
  ['cod', 'returnShipping'],
]);

/** Tax that Amazon keeps, whichever group a file puts it in. */
export function isTaxWithheld(group: string, description: string): boolean {
  return (
    folded(group) === 'itemwithheldtax' ||
    /^(marketplacefacilitator(tax|vat)|lowvaluegoodstax|tcs)/.test(folded(description))
  );
}

/** Tax that Amazon collects as marketplace facilitator: not what India's law has it deduct for the seller (TCS). */
export function isTaxCollected(group: string, description: string): boolean {
  return isTaxWithheld(group, description) && !folded(description).startsWith('tcs');
}

/** The part of a sale that a row of type Order is; null for fees, tax withheld and everything else. */
export function salePartOf(group: string, description: string): SalePart | null {
  if (isTaxWithheld(group, description)) return null;
  switch (folded(group)) {
    case 'itemprice':
      return PRICES.get(folded(description)) ?? null;
    case 'promotion':
      return PROMOTIONS.get(folded(description)) ?? null;
    case 'points':
      return 'points';
    // V1 files put points among the fees.
    case 'itemfees':
      return folded(description).startsWith('points') ? 'points' : null;
    default:
      return null;
  }
}

/** The part of a refund that a row of type Refund is. */
export function refundPartOf(group: string, description: string): RefundPart | null {
  if (isTaxWithheld(group, description)) return 'taxWithheld';
  if (folded(group) === 'itemprice') return REFUND_PRICES.get(folded(description)) ?? null;
  if (folded(group) === 'itemfees') {
    const misplaced = REFUND_PRICES.get(folded(description));
    if (folded(description).startsWith('points')) return 'points';
    return misplaced === 'goodwill' || misplaced === 'restockingFee' || misplaced === 'returnShipping'
      ? misplaced
      : 'fee';
  }
  return salePartOf(group, description);
}
