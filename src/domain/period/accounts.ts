/** Which accounts the close looks at, and how (close.md, *Items*, the table of accounts). */
import type { Role } from '../mapping/roles.ts';
import type { Jurisdiction } from '../tax/tax-policy.ts';
import type { CurrencyCode } from '../money/money.ts';

/**
 * `strict`: nothing of others may stand there · `zero`: the same, and nothing at all is left there at a month's end, or it
 * is carried · `shown`: documents of others are normal there, and our lines in NetSuite are our plans.
 */
export type AccountWatch = 'strict' | 'zero' | 'shown';

export const WATCHED: Readonly<Partial<Record<Role, AccountWatch>>> = {
  clearing: 'strict',
  receivable: 'strict',
  'payouts-in-transit': 'strict',
  'balance-due-to-amazon': 'strict',
  'amazon-charges': 'strict',
  'reserve-held': 'strict',
  'settlement-in-progress': 'strict',
  'set-off': 'strict',
  accrued: 'strict',
  suspense: 'zero',
  bank: 'shown',
  card: 'shown',
  conversion: 'shown',
  'opening-balance': 'shown',
  'merchant-orders': 'shown',
  loans: 'shown',
  'sales-tax-payable': 'shown',
  'input-tax': 'shown',
  'tax-withheld': 'shown',
};

/** A NetSuite account in one currency, with the roles that the connection gives it: several may stand on one. */
export interface WatchedAccount {
  /** NetSuite's internal id. */
  id: string;
  /** Its number, as the configuration names it. */
  number: string;
  currency: CurrencyCode;
  roles: readonly { role: Role; jurisdiction: Jurisdiction | null }[];
  watch: AccountWatch;
}

const STRICTEST: readonly AccountWatch[] = ['zero', 'strict', 'shown'];

/** How an account of several roles is watched: as the strictest of them is. */
export function watchOf(roles: readonly Role[]): AccountWatch {
  const watches = roles.map((role) => WATCHED[role] ?? 'shown');
  return STRICTEST.find((watch) => watches.includes(watch)) ?? 'shown';
}
