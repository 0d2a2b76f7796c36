import { monthOf, type Day, type Instant } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import { figureOf, whileUnread, type Finding, type ItemFigure } from '../close-item.ts';
import { grouped } from '../../stock/grouped.ts';
import type { Period } from '../calendar.ts';
import type { FinanceTransaction } from '../finance-transaction.ts';
import { byCurrency } from './by-currency.ts';

/** A `Refund` transaction that Finances tells in the month. */
export interface ToldRefund {
  transactionId: string;
  orderId: string;
  day: Day;
  currency: CurrencyCode;
  /** Net of tax that others owe; what a credit memo of it comes to, positive. */
  amount: bigint;
  /** What no rule of the finances map names of it, signed as Amazon tells it: without it `amount` says too little. */
  unknown?: bigint;
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
  /** Up to when Amazon's transactions were read; null before the first reading. */
  toldUpTo?: Instant | null;
}

/**
 * Those whose memos are dated in the month: by the day in the marketplace's zone, since the home zone says only when a month is
 * over. What is released later is the same refund once more.
 * @param around told in the month and a day either side of it
 */
export function refundsOfMonth(
  around: readonly FinanceTransaction[],
  period: Period,
  dayOf: (refund: FinanceTransaction) => Day,
): FinanceTransaction[] {
  return around.filter(
    (one) => one.type.toLowerCase() === 'refund' && one.releases === null && monthOf(dayOf(one)) === period,
  );
}

/**
 * Every refund of the month is zero, left to others, or has its credit memo of equal amount, dated in it or moved (close.md,
 * `refunds`). A refund of several transactions is one memo: it is held against their sum.
 */
export function refundsItem({ refunds, unpaid, lastDay, until, now, toldUpTo }: RefundsFacts): ItemFigure[] {
  const figures = byCurrency([...refunds, ...unpaid]).map((currency) => {
    const told = refunds.filter((one) => one.currency === currency);
    const ours = told.filter(
      ({ leftAlone, amount, unknown, memo }) =>
        !leftAlone && (amount !== 0n || (unknown ?? 0n) !== 0n || memo !== null),
    );
    const missing = ours.filter(({ memo, amount }) => memo === null && amount !== 0n);
    const memos = memosOf(ours);
    const differing = memos.filter(({ amount, refunded }) => amount !== refunded);
    const moved = memos.filter(({ day }) => monthOf(day) !== monthOf(lastDay));
    return figureOf({
      currency,
      figure: sumMinor(memos.map(({ amount }) => amount)),
      population: `${counted(told.length, 'refund')} that Finances tells, ${told.length - ours.length} of others or nothing`,
      open: [...ours.flatMap(unknownOf), ...missing.map(missingOf), ...differing.map(differingOf)],
      named: [
        ...moved.map(({ orderId, amount, day }) => ({
          what: `the memo of order ${orderId} is booked on ${day}`,
          amount,
          cause: `order ${orderId}`,
          act: null,
        })),
        ...unpaid.filter((one) => one.currency === currency).map(unpaidOf),
      ],
      until: now < until ? until : null,
    });
  });
  return whileUnread(figures, {
    readUpTo: toldUpTo,
    until,
    unread: 'Finances has not told all refunds of the month yet',
  });
}

interface Memo {
  externalId: string;
  orderId: string;
  currency: CurrencyCode;
  day: Day;
  amount: bigint;
  /** By the transactions that it is of. */
  refunded: bigint;
}

function memosOf(refunds: readonly ToldRefund[]): Memo[] {
  const withMemo = refunds.flatMap(({ memo, ...one }) => (memo === null ? [] : [{ ...one, memo }]));
  return [...grouped(withMemo, ({ memo }) => memo.externalId).values()].map((of) => {
    const { memo, orderId, currency } = of[0]!;
    return { ...memo, orderId, currency, refunded: sumMinor(of.map(({ amount }) => amount)) };
  });
}

function unknownOf({ orderId, day, unknown = 0n, currency }: ToldRefund): Finding[] {
  if (unknown === 0n) return [];
  return [
    {
      what: `refund of order ${orderId} of ${day}: ${renderMoney(unknown, currency)} of it has no role`,
      amount: null,
      cause: `order ${orderId}`,
      act: `npx tieout status ${orderId}`,
    },
  ];
}

function missingOf({ orderId, day, amount, currency, cause }: ToldRefund): Finding {
  return {
    what: `refund of order ${orderId} of ${day} over ${renderMoney(amount, currency)} has no posted credit memo`,
    amount: -amount,
    cause: cause ?? `order ${orderId}`,
    act: `npx tieout status ${orderId}`,
  };
}

function differingOf({ externalId, orderId, amount, refunded, currency }: Memo): Finding {
  return {
    what: `${externalId} has ${renderMoney(amount, currency)} in NetSuite, refunded were ${renderMoney(refunded, currency)}`,
    amount: amount - refunded,
    cause: `order ${orderId}`,
    act: `npx tieout explain ${externalId}`,
  };
}

function unpaidOf({ externalId, amount, day }: RefundsFacts['unpaid'][number]): Finding {
  return {
    what: `${externalId} of ${day} was paid by no settlement within 60 days`,
    amount,
    cause: `document ${externalId}`,
    act: `npx tieout explain ${externalId}`,
  };
}
