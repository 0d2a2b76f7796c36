/** Which roles a kind of amount that Finances tells may have by a person's word. */
import { isChosenRole } from '../mapping/chosen-role.ts';
import { isRevenueRole, isRole } from '../mapping/roles.ts';
import { foldText } from '../settlement/fold-key.ts';
import { FINANCES_MAP, REFUND, SALE } from './finances-map.ts';

/** Of a sale and what is given back of it: documents own them. */
const TYPES_OF_SALES = [...SALE, ...REFUND].map(foldText);

/**
 * Why a part cannot have a role by a person's word, as a sentence; null where it can. Beside the roles that a person may choose
 * for an amount these are the ones of the list itself: nothing is booked on them by it, they only say that a part is no cost.
 */
export function explainRefusedFinancesRole(transactionType: string, role: string): string | null {
  if (!isRole(role)) return `"${role}" is not a role; the roles are listed in docs/glossary.md.`;
  const listed = FINANCES_MAP.some((rule) => rule.role === role);
  if (!listed && !isChosenRole(role))
    return `${role} is no choice: Finances tells of nothing that stands there. Name the role of its cost or income.`;
  if (isRevenueRole(role) && !TYPES_OF_SALES.includes(foldText(transactionType)))
    return `${role} is no choice for ${transactionType}: an invoice or credit memo recognises it, and they own sales and refunds only. Name the role of its cost or income.`;
  return null;
}
