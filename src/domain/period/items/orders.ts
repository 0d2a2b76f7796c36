import type { Instant } from '../../money/instant.ts';
import { counted } from '../../money/render-amount.ts';
import { figureOf, NOT_USED, type Finding, type ItemFigure } from '../close-item.ts';

/** How an order of Amazon's report stands here. */
export type OrderStanding =
  /** Its Sales Order is posted. */
  | 'ordered'
  /** A setting leaves it to others: merchant-fulfilled, Multi-Channel, a marketplace that is not listed. */
  | 'left-alone'
  /** It is known, and has no Sales Order yet. */
  | 'waits'
  | 'unknown';

export interface BoughtOrder {
  orderId: string;
  /** As Amazon's report says it. */
  status: string;
  standing: OrderStanding;
  /** What it waits for, where something is known to hold it up: `sku X`. */
  cause: string | null;
}

export interface OrdersFacts {
  /** Bought in the month; null until the all-orders report of the month was read. */
  bought: readonly BoughtOrder[] | null;
  /** Rows of the report that could not be read, and stand in no order. */
  unreadable?: number;
  /** Two days after the month's end: until then Amazon may still tell orders. */
  until: Instant;
  now: Instant;
}

/**
 * Every order bought in the month has its Sales Order, is cancelled, is left to others by a setting, or is pending at
 * Amazon, which has no price and no effect: counted, holds nothing up (close.md, `orders`).
 */
export function ordersItem({ bought, unreadable = 0, until, now }: OrdersFacts): ItemFigure[] {
  if (bought === null)
    return [
      { ...NOT_USED, state: 'waits', population: "Amazon's all-orders report is asked for after the month", until },
    ];
  const cancelled = bought.filter(({ status }) => /^cancell?ed$/i.test(status));
  const rest = bought.filter((order) => !cancelled.includes(order));
  const left = rest.filter(({ standing }) => standing === 'left-alone');
  const pending = rest.filter(
    ({ status, standing }) => /^pending$/i.test(status) && (standing === 'waits' || standing === 'unknown'),
  );
  const ordered = rest.filter(({ standing }) => standing === 'ordered');
  const open = rest.filter((one) => !pending.includes(one) && (one.standing === 'waits' || one.standing === 'unknown'));
  return [
    figureOf({
      currency: null,
      // Of the report, which is read once: an order that Amazon releases after the month changes no signed figure.
      figure: BigInt(bought.length),
      difference: BigInt(open.length + unreadable),
      population: `${counted(bought.length, 'order')} of Amazon's report: ${ordered.length} ordered, ${cancelled.length} cancelled, ${left.length} of others, ${pending.length} pending`,
      open: [...open.map(findingOf), ...(unreadable === 0 ? [] : [unreadableRows(unreadable)])],
      until: now < until ? until : null,
    }),
  ];
}

function unreadableRows(rows: number): Finding {
  return {
    what: `${counted(rows, 'row')} of Amazon's report cannot be read, and may be orders`,
    amount: null,
    cause: 'all-orders report',
    act: 'npx tieout exceptions',
  };
}

function findingOf({ orderId, standing, cause }: BoughtOrder): Finding {
  return {
    what: `order ${orderId}: ${standing === 'unknown' ? 'Amazon has it, and it is not known here' : 'it has no Sales Order yet'}`,
    amount: null,
    cause: cause ?? `order ${orderId}`,
    act: standing === 'unknown' ? 'npx tieout read-again orders --from DAY --why WHY' : `npx tieout status ${orderId}`,
  };
}
