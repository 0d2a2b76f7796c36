/** Whether a decision about a month has the right shape; as `decide-shape.ts`. */
import { isMonth } from '../money/instant.ts';
import { explainRefusedFinancesRole } from '../period/explain-finances-role.ts';
import { isText } from './decide-shape.ts';
import { isDecimal } from './decide-tax-shape.ts';

const NEED_CURRENCY = ['approveOpeningBalance', 'approveAccrual'];
const COMMENT = { signOff: 'what you have reviewed', reopen: 'what is to be mended' } as const;

/** @param own the month whose workflow is asked; null where it is the decisions workflow's */
export function decideCloseShape(update: string, decision: unknown, own: string | null): string | null {
  const { period, item, currency, account, amount, none, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (own !== null && (typeof period !== 'string' || !isMonth(period)))
    return `${update} needs \`period\`, a month like 2026-10.`;
  if (own !== null && period !== own) return `This is the close of ${own}, and ${String(period)} is decided.`;
  if (update === 'carryItem' && !isText(item)) return 'carryItem needs `item`, as the close names it.';
  if (update === 'approveOpeningBalance' && !isText(account))
    return 'approveOpeningBalance needs `account`, as the close names it.';
  const isOfCurrency = typeof currency === 'string' && /^[A-Z]{3}$/.test(currency);
  if (NEED_CURRENCY.includes(update) ? !isOfCurrency : currency !== undefined && !isOfCurrency)
    return `${update} takes as \`currency\` three letters, like USD.`;
  if (none !== undefined && typeof none !== 'boolean') return `${update} takes as \`none\` true or false.`;
  if ((update === 'carryItem' || update === 'approveOpeningBalance') && !isDecimal(amount))
    return `${update} needs \`amount\`, a plain decimal like -14.20.`;
  if (!isText(by)) return `${update} needs \`by\`, who decides.`;
  if (!isText(why))
    return `${update} needs \`why\`${update in COMMENT ? `: ${COMMENT[update as keyof typeof COMMENT]}` : ''}.`;
  return null;
}

/** Roles that only bridge, or that only documents move, cannot be chosen (`explainRefusedFinancesRole`). */
export function decideMapFinancesShape(decision: unknown): string | null {
  const { transactionType, path, role, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!isText(transactionType) || !isText(path))
    return 'mapFinances needs `transactionType` and `path`, as the exception names them.';
  const refused = explainRefusedFinancesRole(transactionType, String(role));
  if (refused !== null) return refused;
  if (!isText(by)) return 'mapFinances needs `by`, who decides.';
  if (!isText(why)) return 'mapFinances needs `why`: what an amount means is only said by an approved action.';
  return null;
}
