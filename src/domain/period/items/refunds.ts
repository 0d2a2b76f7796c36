import type { Day, Instant } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import { figureOf, type ItemFigure } from '../close-item.ts';
import { byCurrency } from './by-currency.ts';

/** A `Refund` transaction that Finances tells in the month. */
export interface ToldRefund {
  transactionId: string;
  orderId: string;
  day: Day;
  currency: CurrencyCode;
  /** Net of tax that others owe; what a credit memo of it comes to, positive. */
  amount: bigint;
  /** Whether a setting leaves it to others, or it is paid as a claim that the journal owns. */
  leftAlone: boolean;
  /** Its credit memo in NetSuite; null where none is posted. */
  memo: { externalId: string; amount: bigint; day: Day } | null;
  cause: string | null;
}

export interface RefundsFacts {
  refunds: readonly ToldRefund[];
  /** Memos that no settlement has paid 60 days after their day. */
  unpaid: readonly { externalId: string; currency: CurrencyCode; amount: bigint; day: Day }[];
  /** Last day of the month. */
  lastDay: Day;
  until: Instant;
  now: Instant;
}

/**
 * Every refund of the month is zero, left to others, or has its credit memo of equal amount, dated in it or moved (close.md,
 * `refunds`). A refund of several transactions is one memo: it is held against their sum.
 */
export function refundsItem({ refunds, unpaid, lastDay, until, now }: RefundsFacts): ItemFigure[] {
  return byCurrency([...refunds, ...unpaid]).map((currency) => {
    const told = refunds.filter((one) => one.currency === currency);
    const ours = told.filter(({ leftAlone, amount }) => !leftAlone && amount !== 0n);
    const withMemo = new Map<string, ToldRefund[]>();
    for (const one of ours)
      if (one.memo !== null) withMemo.set(one.memo.externalId, [...(withMemo.get(one.memo.externalId) ?? []), one]);
    const missing = ours.filter(({ memo }) => memo === null);
    const differing = [...withMemo.values()].filter(
      (of) => sumMinor(of.map(({ amount }) => amount)) !== of[0]!.memo!.amount,
    );
    const moved = [...withMemo.values()].map((of) => of[0]!).filter(({ memo }) => memo!.day > lastDay);
    return figureOf({
      currency,
      figure: sumMinor(ours.map(({ amount }) => amount)),
      difference: sumMinor([
        ...missing.map(({ amount }) => -amount),
        ...differing.map((of) => of[0]!.memo!.amount - sumMinor(of.map(({ amount }) => amount))),
      ]),
      population: `${counted(told.length, 'refund')} that Finances tells, ${told.length - ours.length} of others or nothing`,
      open: [
        ...missing.map(({ orderId, day, amount, cause }) => ({
          what: `refund of order ${orderId} of ${day} over ${renderMoney(amount, currency)} has no posted credit memo`,
          amount: -amount,
          cause: cause ?? `order ${orderId}`,
          act: `npx tieout status ${orderId}`,
        })),
        ...differing.map((of) => ({
          what: `${of[0]!.memo!.externalId} has ${renderMoney(of[0]!.memo!.amount, currency)} in NetSuite, refunded were ${renderMoney(sumMinor(of.map(({ amount }) => amount)), currency)}`,
          amount: of[0]!.memo!.amount - sumMinor(of.map(({ amount }) => amount)),
          cause: `order ${of[0]!.orderId}`,
          act: `npx tieout explain ${of[0]!.memo!.externalId}`,
        })),
      ],
      named: [
        ...moved.map(({ orderId, memo }) => ({
          what: `the memo of order ${orderId} is booked on ${memo!.day}`,
          amount: memo!.amount,
          cause: `order ${orderId}`,
          act: null,
        })),
        ...unpaid
          .filter((one) => one.currency === currency)
          .map(({ externalId, amount, day }) => ({
            what: `${externalId} of ${day} was paid by no settlement within 60 days`,
            amount,
            cause: `document ${externalId}`,
            act: `npx tieout explain ${externalId}`,
          })),
      ],
      until: now < until ? until : null,
    });
  });
}
