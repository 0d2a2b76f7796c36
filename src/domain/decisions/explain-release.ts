/** What came of those who waited for a decision. */
import type { CurrencyCode } from '../money/money.ts';

/** An order that waited, as the store has it now. */
export interface ReleasedOrder {
  orderId: string;
  state: string;
  blockedBy: string | null;
  salesOrder: { total: bigint; currency: CurrencyCode } | null;
}

export interface SkuRelease {
  of: number;
  /** No longer held up by this SKU. */
  released: number;
  /** Of these, with a Sales Order. */
  salesOrders: number;
  /** Of these, refused by NetSuite: they have an exception of their own. */
  stopped: number;
  /** Still held up by this SKU, or on the way to their Sales Order. */
  waiting: number;
  /** Of the Sales Orders, by currency. */
  amounts: { currency: CurrencyCode; amount: bigint }[];
}

/** Orders that end without a Sales Order, or wait for something else. */
const ENDED = new Set(['stopped', 'cancelled', 'planned', 'left-alone', 'billed']);

/** `blockedBy` lists the SKUs that an order waits for; another one holds it up after this one is known. */
export function explainRelease(sku: string, orderIds: readonly string[], orders: readonly ReleasedOrder[]): SkuRelease {
  const amounts = new Map<CurrencyCode, bigint>();
  let salesOrders = 0;
  let stopped = 0;
  let elsewhere = 0;
  for (const { salesOrder, state, blockedBy } of orders) {
    if (salesOrder !== null) {
      salesOrders += 1;
      amounts.set(salesOrder.currency, (amounts.get(salesOrder.currency) ?? 0n) + salesOrder.total);
    } else if (state === 'stopped') stopped += 1;
    else if (ENDED.has(state) || (state === 'waits' && blockedBy !== null && !blockedBy.split(', ').includes(sku)))
      elsewhere += 1;
  }
  const released = salesOrders + stopped + elsewhere;
  return {
    of: orderIds.length,
    released,
    salesOrders,
    stopped,
    waiting: orderIds.length - released,
    amounts: Array.from(amounts, ([currency, amount]) => ({ currency, amount })),
  };
}

/** A payout that waited, as the store has it now. */
export interface ReleasedPayout {
  settlementId: string;
  state: string;
  currency: CurrencyCode;
  debits: bigint | null;
}

export type PayoutRelease = ReleasedPayout & {
  /** False while it is still held up by the key, or on its way. */
  released: boolean;
};

/**
 * A payout is released once it is tied or waits for something else: a bank line or documents after its journal, a
 * person, or (`otherKeys`) another unknown amount.
 */
export function explainPayoutRelease(payout: ReleasedPayout, otherKeys: boolean): PayoutRelease {
  const ended =
    ['tied', 'stopped', 'refused', 'planned'].includes(payout.state) ||
    (['waits-bank', 'waits-documents', 'held'].includes(payout.state) && payout.debits !== null) ||
    (payout.state === 'waits-amount' && otherKeys);
  return { ...payout, released: ended };
}
