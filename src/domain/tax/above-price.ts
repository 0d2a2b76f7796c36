/** Tax that cannot be the tax of its price: above it, or against it. What it leaves of the price is no net amount. */
import { sumMinor } from '../money/money.ts';
import type { RefundComponent, RefundItemFact, SaleAmounts, ToldTaxes } from '../orders/order-facts.ts';

/** A part of an item's price that is below its tax, in minor units as they were told. */
export interface TaxAbovePrice {
  orderItemId: string;
  price: bigint;
  tax: bigint;
}

const PARTS = ['principal', 'shipping', 'cod', 'gift-wrap'] as const;
const PARTS_OF_REFUND: readonly RefundComponent[] = [...PARTS, 'promotion', 'other'];

/** The first part of an item that is below the tax told of it; null where every price holds its own. */
export function taxAbovePrice(
  items: readonly { orderItemId: string; amounts: SaleAmounts | null; taxes?: ToldTaxes | undefined }[],
): TaxAbovePrice | null {
  for (const { orderItemId, amounts, taxes } of items)
    for (const part of PARTS) {
      const [price, tax] = [amounts?.[part] ?? 0n, taxes?.[part] ?? 0n];
      if (amounts !== null && isAbove(tax, price)) return { orderItemId, price, tax };
    }
  return null;
}

/** Whether an item of a refund gives back more tax than price; tax alone may be given back. */
export function givesBackTooMuchTax({ amounts, tax = 0n }: RefundItemFact): boolean {
  const price = sumMinor(PARTS_OF_REFUND.map((part) => amounts[part] ?? 0n));
  return price !== 0n && isAbove(tax, price);
}

function isAbove(tax: bigint, price: bigint): boolean {
  if (tax === 0n) return false;
  return tax < 0n ? price > tax : price < tax;
}
