/** Whether a decision about a month has the right shape; as `decide-shape.ts`. */
import { isMonth } from '../money/instant.ts';
import { isText } from './decide-shape.ts';
import { isDecimal } from './decide-tax-shape.ts';

const COMMENT = { signOff: 'what you have reviewed', reopen: 'what is to be mended' } as const;

/** @param own the month whose workflow is asked; null where it is the decisions workflow's */
export function decideCloseShape(update: string, decision: unknown, own: string | null): string | null {
  const { period, item, currency, account, amount, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (own !== null && (typeof period !== 'string' || !isMonth(period)))
    return `${update} needs \`period\`, a month like 2026-10.`;
  if (own !== null && period !== own) return `This is the close of ${own}, and ${String(period)} is decided.`;
  if (update === 'carryItem' && !isText(item)) return 'carryItem needs `item`, as the close names it.';
  if (update === 'approveOpeningBalance' && !isText(account))
    return 'approveOpeningBalance needs `account`, as the close names it.';
  const isOfCurrency = typeof currency === 'string' && /^[A-Z]{3}$/.test(currency);
  if (update === 'approveOpeningBalance' ? !isOfCurrency : currency !== undefined && !isOfCurrency)
    return `${update} takes as \`currency\` three letters, like USD.`;
  if ((update === 'carryItem' || update === 'approveOpeningBalance') && !isDecimal(amount))
    return `${update} needs \`amount\`, a plain decimal like -14.20.`;
  if (!isText(by)) return `${update} needs \`by\`, who decides.`;
  if (!isText(why))
    return `${update} needs \`why\`${update in COMMENT ? `: ${COMMENT[update as keyof typeof COMMENT]}` : ''}.`;
  return null;
}
