/** Whether the accrual of a month may be decided. */
import type { CurrencyCode } from '../money/money.ts';
import { renderMoney } from '../money/render-amount.ts';
import type { Period } from './calendar.ts';
import type { ItemFigure } from './close-item.ts';
import { ACCRUALS_CAUSE, ACCRUE, unclearOf, unknownOf, type AccrualsFacts } from './items/accruals.ts';

/** Whether a figure asks for a controller's word, and can have it; what nobody knows yet can only be set to none. */
export function isToBeDecided({ open }: ItemFigure, isNone: boolean): boolean {
  return (
    open.some(({ act }) => act?.startsWith(ACCRUE) === true) &&
    (isNone || open.every(({ cause }) => cause === ACCRUALS_CAUSE))
  );
}

/** What is asked about a month's accrual. */
export interface AccrualAsked {
  currency: CurrencyCode;
  /** It is to be set to none. */
  isNone: boolean;
  isOver: boolean;
  /** A month before it that has something unsettled which nobody has decided, and one after it whose accrual is planned. */
  earlier: Period | null;
  later: Period | null;
  /** Why NetSuite takes no journal on its last day, as a sentence; null where it does, or is not asked. */
  shut: string | null;
}

/**
 * Why the accrual of a month in a currency cannot be decided, as a sentence; null where it can be. Months are accrued in order: what
 * is taken back in the next month must be in that one's accrual, if it is still unsettled then.
 */
export function explainRefusedAccrual(
  { isUsed, unsettled, decided, period, now, until, toldUpTo = null }: AccrualsFacts,
  { currency, isNone, isOver, earlier, later, shut }: AccrualAsked,
): string | null {
  if (!isUsed) return 'the connection accrues nothing (close.accruals: false).';
  if (!isOver) return `${period} is not over.`;
  const before = decided.find((one) => one.currency === currency);
  if (before?.choice === 'post')
    return `its accrual of ${renderMoney(before.amount, currency)} is approved, and stands.`;
  if (before?.choice === 'none' && isNone) return 'it is set to none already.';
  if (now < until || toldUpTo === null || toldUpTo < until)
    return `Amazon tells transactions of it until ${until}, and has been read ${toldUpTo === null ? 'not yet' : `up to ${toldUpTo}`}.`;
  const of = unsettled.find((one) => one.currency === currency);
  if (of === undefined || (of.roles.length === 0 && of.unknown.length === 0 && of.unclear === 0))
    return `nothing of it is unsettled in ${currency}.`;
  if (isNone) return null;
  if (earlier !== null) return `months are accrued in order, and ${earlier} is not decided yet.`;
  if (later !== null) return `${later} is accrued already: what was told since can only be set to none (--none).`;
  if (shut !== null) return `${shut}: open the period in NetSuite first, or set it to none (--none).`;
  const [unread] = [...unknownOf(of), ...unclearOf(of)];
  return unread === undefined ? null : `${unread.what}.`;
}
