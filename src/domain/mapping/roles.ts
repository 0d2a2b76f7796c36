/** The account roles of a connection: what an amount means, before any account has a number. */

export const BALANCE_ROLES = [
  'clearing',
  'receivable',
  'payouts-in-transit',
  'bank',
  'card',
  'balance-due-to-amazon',
  'amazon-charges',
  'reserve-held',
  'reserve-released',
  'opening-balance',
  'settlement-in-progress',
  'merchant-orders',
  'set-off',
  'conversion',
  'loans',
  'accrued',
  'suspense',
] as const;
export const REVENUE_ROLES = [
  'product-sales',
  'shipping-income',
  'gift-wrap',
  'promotions',
  'points',
  'refunds',
] as const;
export const COST_ROLES = [
  'selling-fees',
  'fulfilment-fees',
  'storage',
  'inbound',
  'removal',
  'advertising',
  'subscription',
  'tax-on-fees',
  'reimbursements',
  'liquidation',
  'chargebacks-and-claims',
  'inventory-loss',
  'cogs-returns',
  'variance',
] as const;
/** Costs for which Amazon writes invoices. */
export const FEE_ROLES = [
  'selling-fees',
  'fulfilment-fees',
  'storage',
  'inbound',
  'removal',
  'advertising',
  'subscription',
] as const satisfies readonly (typeof COST_ROLES)[number][];
export type FeeRole = (typeof FEE_ROLES)[number];
export const TAX_ROLES = ['marketplace-tax', 'sales-tax-payable', 'input-tax', 'tax-withheld'] as const;

export const ROLES = [...BALANCE_ROLES, ...REVENUE_ROLES, ...COST_ROLES, ...TAX_ROLES] as const;
export type Role = (typeof ROLES)[number];
export type RevenueRole = (typeof REVENUE_ROLES)[number];
export type CostRole = (typeof COST_ROLES)[number];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
export function isFeeRole(text: string): text is FeeRole {
  return (FEE_ROLES as readonly string[]).includes(text);
}
export function isRevenueRole(role: Role): role is RevenueRole {
  return (REVENUE_ROLES as readonly string[]).includes(role);
}
/** Roles of income and cost: the rows that a period end inside a settlement moves into a part of their own. */
export function isCostRole(role: Role): role is CostRole {
  return (COST_ROLES as readonly string[]).includes(role);
}

/** Roles that a connection gives an account only where their case comes; a row on one without an account stops its payout. */
const OPTIONAL_ROLES: readonly Role[] = [
  'set-off',
  'conversion',
  'accrued',
  'cogs-returns',
  'input-tax',
  'merchant-orders',
];
export function isOptionalRole(role: Role): boolean {
  return OPTIONAL_ROLES.includes(role);
}
