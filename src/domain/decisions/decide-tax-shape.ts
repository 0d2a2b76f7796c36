/** Whether a decision that moves tax, or enters an invoice of Amazon's, has the right shape; as `decide-shape.ts`. */
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
