import { COST_ROLES, isRole, type Role } from '../mapping/roles.ts';

/** Where rows may be adjusted to by a person's word: a cost, or what the old books hold. Other roles have mechanics of their own. */
export const STOCK_ROLES: readonly Role[] = [...COST_ROLES, 'opening-balance'];

/** A sentence that says why stock cannot be adjusted on a role; null where it can. */
export function explainRefusedStockRole(text: string): string | null {
  if (!isRole(text)) return `"${text}" is not a role; the roles are listed in docs/glossary.md.`;
  return STOCK_ROLES.includes(text)
    ? null
    : `${text} is no choice for stock: an adjustment is a cost, or what the old books hold. There are ${STOCK_ROLES.join(', ')}.`;
}
