import type { Day, Instant } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import { figureOf, whileUnread, type ItemFigure } from '../close-item.ts';
import { byCurrency } from './by-currency.ts';

/** A shipment that we bill. */
export interface BilledShipment {
  orderId: string;
  shipment: string;
  marketplace: string;
  day: Day;
  currency: CurrencyCode;
  /** Item price, shipping, gift wrap and promotions of Amazon's report, net by tax.md; null while it cannot be read. */
  report: bigint | null;
  /** What its invoice has in NetSuite, and of a sale below zero its memo, read by our document ids; null where none is posted. */
  netsuite: bigint | null;
  /** Booked in another month than its own day's, since the period of that day takes nothing. */
  movedTo: Day | null;
  cause: string | null;
}

export interface SalesFacts {
  shipments: readonly BilledShipment[];
  /** Up to when Amazon's transactions were read; null before the first reading. */
  toldUpTo?: Instant | null;
  /** Two days after the month's end: until then Amazon may still tell a sale. */
  until?: Instant;
}

/** Shipment by shipment that we bill: the report, net, = the lines of its invoice as NetSuite holds them (close.md, `sales`). */
export function salesItem({ shipments, toldUpTo, until }: SalesFacts): ItemFigure[] {
  const figures = byCurrency(shipments).map((currency) => {
    const own = shipments.filter((one) => one.currency === currency);
    const open = own.filter(({ report, netsuite }) => report === null || netsuite !== report);
    const moved = own.filter(({ movedTo }) => movedTo !== null);
    return figureOf({
      currency,
      figure: sumMinor(own.map(({ netsuite }) => netsuite ?? 0n)),
      population: `${counted(own.length, 'shipment')}, by Amazon's report ${renderMoney(sumMinor(own.map(({ report }) => report ?? 0n)), currency)}`,
      open: open.map((one) => ({
        what: saidOf(one),
        amount: (one.netsuite ?? 0n) - (one.report ?? 0n),
        cause: one.cause ?? `order ${one.orderId}`,
        act: `npx tieout status ${one.orderId}`,
      })),
      named: moved.map(({ orderId, shipment, movedTo, netsuite }) => ({
        what: `shipment ${shipment} of order ${orderId} is booked on ${movedTo}`,
        amount: netsuite,
        cause: `order ${orderId}`,
        act: null,
      })),
    });
  });
  return whileUnread(figures, {
    readUpTo: toldUpTo,
    until,
    unread: "Amazon's sales of the month are not all told yet",
  });
}

function saidOf({ orderId, shipment, report, netsuite, currency }: BilledShipment): string {
  const of = `shipment ${shipment} of order ${orderId}`;
  if (netsuite === null) return `${of} has no posted invoice`;
  if (report === null) return `${of}: how its prices are read is not proven`;
  return `${of}: its invoice has ${renderMoney(netsuite, currency)} in NetSuite, by Amazon's report it is ${renderMoney(report, currency)}`;
}
