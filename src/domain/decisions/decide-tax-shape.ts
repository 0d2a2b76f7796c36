/** Whether a decision that moves tax, or enters an invoice of Amazon's, has the right shape; as `decide-shape.ts`. */
import { FEE_ROLES } from '../mapping/roles.ts';
import { instantOf } from '../money/instant.ts';
import type { Treatment } from '../tax/fee-invoices.ts';
import { isText } from './decide-shape.ts';

export const isJurisdiction = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Z]{2}$/.test(value);
export const isDecimal = (value: unknown): value is string =>
  typeof value === 'string' && /^-?\d{1,15}(\.\d{1,3})?$/.test(value);

export function decideMoveTaxShape(decision: unknown): string | null {
  const { orderId, from, to, net, tax, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(orderId)) return 'moveTax needs `orderId`, the order whose tax is moved.';
  if (!isJurisdiction(from) || !isJurisdiction(to))
    return 'moveTax needs `from` and `to`, countries by two letters, like GB.';
  if (!isDecimal(net) || !isDecimal(tax))
    return 'moveTax needs `net` and `tax`, plain decimals like 100.00, negative of a refund.';
  if (!isText(by)) return 'moveTax needs `by`, who decides.';
  if (!isText(why)) return 'moveTax needs `why`: tax is only moved by an approved action.';
  return null;
}

export function decideBookFeeInvoiceShape(decision: unknown): string | null {
  const { number, date, jurisdiction, role, net, tax, treatment, marketplace, by, why } = (decision ?? {}) as Record<
    string,
    unknown
  >;
  if (!isText(number) || number.length > 60)
    return 'bookFeeInvoice needs `number`, as Amazon numbers the invoice, at most 60 characters.';
  if (typeof date !== 'string' || !isDay(date)) return 'bookFeeInvoice needs `date`, a day like 2026-10-31.';
  if (!isJurisdiction(jurisdiction))
    return 'bookFeeInvoice needs `jurisdiction`, the country whose tax is on it by two letters, like GB.';
  if (!FEE_ROLES.some((known) => known === role))
    return `"${String(role)}" is no role of fees; there are ${FEE_ROLES.join(', ')}.`;
  if (!isDecimal(net) || !isDecimal(tax))
    return 'bookFeeInvoice needs `net` and `tax`, plain decimals like 40.00, negative of a credit note.';
  if (!TREATMENTS.some((known) => known === treatment))
    return `"${String(treatment)}" is no treatment; there are ${TREATMENTS.join(', ')}.`;
  if (marketplace !== undefined && !isText(marketplace)) return 'bookFeeInvoice takes as `marketplace` the id of one.';
  if (!isText(by)) return 'bookFeeInvoice needs `by`, who decides.';
  if (!isText(why)) return 'bookFeeInvoice needs `why`: an invoice is only entered by an approved action.';
  return null;
}

const TREATMENTS: readonly Treatment[] = ['charged', 'zero', 'reverse'];

/** There is no 30th of February. */
const isDay = (text: string): boolean => {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(ms) && instantOf(ms).startsWith(text);
};

export function decidePlaceSaleShape(decision: unknown): string | null {
  const { orderId, country, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(orderId)) return 'placeSale needs `orderId`, as Amazon writes it.';
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country) || country === 'UK')
    return 'placeSale needs `country`, to which the order went, by two letters, like GB.';
  if (!isText(by)) return 'placeSale needs `by`, who decides.';
  if (!isText(why)) return 'placeSale needs `why`: how tax is given back is only said by an approved action.';
  return null;
}
