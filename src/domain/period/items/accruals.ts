import type { Instant } from '../../money/instant.ts';
import type { Role } from '../../mapping/roles.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import { figureOf, NOT_USED, whileUnread, type ItemFigure } from '../close-item.ts';

/** What a settlement that ends after the month will bring for it: one line a role (close.md, *Accruals*). */
export interface Unsettled {
  currency: CurrencyCode;
  /** Debit positive, as a cost stands in the books. */
  roles: readonly { role: Role; amount: bigint }[];
  transactions: number;
  /** Parts of transactions that no rule of the finances map names: they hold the month's accrual. */
  unknown: readonly { type: string; path: string; amount: bigint }[];
  /** What a controller decided; null while nobody has. */
  decided: { choice: 'none' } | { choice: 'post'; amount: bigint; isPosted: boolean } | null;
}

export interface AccrualsFacts {
  /** The setting `accruals`. */
  isUsed: boolean;
  unsettled: readonly Unsettled[];
  until: Instant;
  now: Instant;
  /** Up to when Amazon's transactions were read; null before the first reading. */
  toldUpTo?: Instant | null;
}

/** `unsettled` is posted, or set to none by a controller; a computed 0.00 ties by itself (close.md, `accruals`). */
export function accrualsItem({ isUsed, unsettled, until, now, toldUpTo }: AccrualsFacts): ItemFigure[] {
  if (!isUsed) return [NOT_USED];
  const figures = unsettled.map(({ currency, roles, transactions, unknown, decided }) => {
    const amount = sumMinor(roles.map((one) => one.amount));
    const isDecided = decided !== null && (decided.choice === 'none' || decided.isPosted);
    const since = decided?.choice === 'post' ? amount - decided.amount : 0n;
    const act = `npx tieout close accrue PERIOD ${currency} --why WHY`;
    return figureOf({
      currency,
      figure: decided === null ? amount : decided.choice === 'post' ? decided.amount : 0n,
      difference: isDecided ? 0n : amount,
      population: `${counted(transactions, 'transaction')} of Finances that no settlement had brought`,
      open: [
        ...unknown.map((one) => ({
          what: `Finances' ${one.type}, ${one.path}: ${renderMoney(one.amount, currency)} has no role`,
          amount: one.amount,
          cause: `finances ${one.type} ${one.path}`,
          act: null,
        })),
        ...(isDecided || roles.every((one) => one.amount === 0n)
          ? []
          : [
              {
                what: `unsettled of the month: ${renderMoney(amount, currency)} in ${counted(roles.length, 'role')}; ${decided === null ? 'approve it, or set it to none' : 'it is approved and not posted yet'}`,
                amount,
                cause: 'accruals',
                act,
              },
            ]),
      ],
      named: [
        ...(decided?.choice === 'none'
          ? [{ what: `${renderMoney(amount, currency)} is set to none`, amount, cause: 'accruals', act: null }]
          : []),
        ...(since === 0n
          ? []
          : [{ what: `${renderMoney(since, currency)} since approval`, amount: since, cause: 'accruals', act: null }]),
      ],
      until: now < until ? until : null,
    });
  });
  return whileUnread(figures, { readUpTo: toldUpTo, until, unread: 'Finances has not told all of the month yet' });
}
