/** A payout in the few figures that people ask for first. */
import { isCostRole, isRevenueRole, type Role } from '../mapping/roles.ts';

export interface PayoutBreakdown {
  /** After promotions and refunds. */
  sales: bigint;
  /** Collected less withheld. */
  tax: bigint;
  /** Selling, fulfilment, storage, advertising and the like. */
  fees: bigint;
  /** Reimbursements, claims, loans, what was carried over. */
  other: bigint;
  reserve: bigint;
  released: bigint;
  held: bigint;
  total: bigint;
}

const NO_FEES: readonly Role[] = ['reimbursements', 'chargebacks-and-claims', 'liquidation'];

/** From the sums of the rows by what they mean, signed as in the report; the parts add up to the total. */
export function breakDown(sums: ReadonlyMap<Role, bigint>): PayoutBreakdown {
  const parts: PayoutBreakdown = {
    sales: 0n,
    tax: 0n,
    fees: 0n,
    other: 0n,
    reserve: 0n,
    released: 0n,
    held: 0n,
    total: 0n,
  };
  for (const [role, amount] of sums) {
    parts.total += amount;
    if (role === 'reserve-held' || role === 'reserve-released') {
      parts.reserve += amount;
      parts[role === 'reserve-held' ? 'held' : 'released'] += amount;
    } else if (isRevenueRole(role)) parts.sales += amount;
    else if (role === 'marketplace-tax' || role === 'sales-tax-payable' || role === 'tax-withheld') parts.tax += amount;
    else if (isCostRole(role) && !NO_FEES.includes(role)) parts.fees += amount;
    else parts.other += amount;
  }
  return parts;
}
