/** How far orders, their shipments and their refunds have come, as the store keeps it. */

/**
 * `pending` no price yet · `seen` to be ordered · `waits` for a SKU · `stopped` refused by NetSuite · `ordered` has its
 * Sales Order · `billed` all that was ordered is dispatched and billed · `cancelled` · `planned` only · `left-alone`
 * another system owns it.
 */
export type OrderState =
  'pending' | 'seen' | 'planned' | 'waits' | 'stopped' | 'ordered' | 'billed' | 'cancelled' | 'left-alone';
/** `earlier` it left before the cut-over, and nothing is made of it before a payout that settles it asks. */
export type ShipmentState = 'earlier' | 'new' | 'fulfilled' | 'done';
/** `awaits-row` only the settlement can tell who fulfilled its order · `left-alone` another system owns the sale · `claim` a settlement's journal owns it: no document is made. */
export type RefundState = 'awaits-row' | 'new' | 'planned' | 'done' | 'left-alone' | 'claim';

/** States by what they mean for whoever asks. */
const BEFORE_ITS_SALES_ORDER: readonly OrderState[] = ['pending', 'seen', 'planned', 'waits', 'stopped'];
export const UNFINISHED: readonly OrderState[] = ['pending', 'seen', 'waits', 'stopped', 'ordered'];

export const orderIs = {
  /** It has no Sales Order yet. */
  beforeItsSalesOrder: (state: OrderState): boolean => BEFORE_ITS_SALES_ORDER.includes(state),
  /** It has one, and what is dispatched may be billed. */
  placed: (state: OrderState): boolean => state === 'ordered' || state === 'billed',
  /** Its workflow has something to do or to wait for. What is only planned has not. */
  unfinished: (state: OrderState): boolean => UNFINISHED.includes(state),
} as const;
