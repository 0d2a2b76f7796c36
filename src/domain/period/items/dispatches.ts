import type { Instant } from '../../money/instant.ts';
import { counted } from '../../money/render-amount.ts';
import { grouped } from '../../stock/grouped.ts';
import { figureOf, whileUnread, type Finding, type ItemFigure } from '../close-item.ts';

/** A shipment of the month that must have its Item Fulfilment. */
export interface DispatchedShipment {
  orderId: string;
  shipment: string;
  /** Units of its items, by the mapping of its SKUs; null while one is not mapped. */
  units: number | null;
  /** External id of its posted Item Fulfilment; null where none is posted. */
  fulfilment: string | null;
  /** What NetSuite holds under it; null where it was not asked, since the sums agree. */
  held: number | null;
  cause: string | null;
}

export interface DispatchesFacts {
  shipments: readonly DispatchedShipment[];
  /** Orders of which Finances tells a `Shipment` in the month, of dispatches that are ours. */
  finances: ReadonlySet<string>;
  /** Orders with a shipment in the month or a day either side of it. */
  shipped: ReadonlySet<string>;
  /** Up to when Amazon's transactions were read; null before the first reading. */
  toldUpTo?: Instant | null;
  /** Two days after the month's end: until then Amazon may still tell a dispatch. */
  until?: Instant;
}

/**
 * Shipment by shipment one posted Item Fulfilment with its units. What Finances knows and the shipments report does not is
 * open; the other way round (replacements) it is counted (close.md, `dispatches`).
 */
export function dispatchesItem({ shipments, finances, shipped, toldUpTo, until }: DispatchesFacts): ItemFigure[] {
  const unposted = shipments.filter(({ fulfilment }) => fulfilment === null);
  const posted = shipments.filter((one): one is Posted => one.fulfilment !== null);
  const differing = posted.filter(({ held, units }) => units === null || (held !== null && held !== units));
  // A fulfilment is of one shipment: the second one has none.
  const shared = [...grouped(posted, ({ fulfilment }) => fulfilment).values()].flatMap((of) => of.slice(1));
  const untold = [...finances].filter((orderId) => !shipped.has(orderId)).sort();
  const orders = new Set(shipments.map(({ orderId }) => orderId));
  const onlyReport = [...orders].filter((orderId) => !finances.has(orderId)).length;
  const open = [
    ...unposted.map(unpostedOf),
    ...shared.map(sharedOf),
    ...differing.map(differingOf),
    ...untold.map(untoldOf),
  ];
  return whileUnread(
    [
      figureOf({
        currency: null,
        figure: BigInt(posted.length - shared.length),
        difference: BigInt(open.length),
        population: `${counted(finances.size, 'order')} that Finances tells as shipped; ${onlyReport} that the report alone tells`,
        open,
      }),
    ],
    { readUpTo: toldUpTo, until, unread: '' },
  );
}

type Posted = DispatchedShipment & { fulfilment: string };

function unpostedOf({ orderId, shipment, cause }: DispatchedShipment): Finding {
  return {
    what: `shipment ${shipment} of order ${orderId} has no posted Item Fulfilment`,
    amount: null,
    cause: cause ?? `order ${orderId}`,
    act: `npx tieout status ${orderId}`,
  };
}

function sharedOf({ orderId, shipment, fulfilment }: Posted): Finding {
  return {
    what: `${fulfilment} stands for shipment ${shipment} of order ${orderId} and for another`,
    amount: null,
    cause: `order ${orderId}`,
    act: `npx tieout explain ${fulfilment}`,
  };
}

function differingOf({ orderId, shipment, fulfilment, units, held, cause }: Posted): Finding {
  const of = `shipment ${shipment} of order ${orderId}`;
  return units === null
    ? {
        what: `${of}: how many units its SKUs are is not known`,
        amount: null,
        cause: cause ?? `order ${orderId}`,
        act: `npx tieout status ${orderId}`,
      }
    : {
        what: `${fulfilment} has ${held} units in NetSuite, shipped were ${units}`,
        amount: null,
        cause: `order ${orderId}`,
        act: `npx tieout explain ${fulfilment}`,
      };
}

function untoldOf(orderId: string): Finding {
  return {
    what: `order ${orderId}: Finances tells a shipment, and the shipments report does not`,
    amount: null,
    cause: `order ${orderId}`,
    act: 'npx tieout read-again shipments --from DAY --why WHY',
  };
}
