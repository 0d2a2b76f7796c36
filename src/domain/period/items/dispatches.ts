import { counted } from '../../money/render-amount.ts';
import { figureOf, type ItemFigure } from '../close-item.ts';

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
}

/**
 * Shipment by shipment one posted Item Fulfilment with its units. What Finances knows and the shipments report does not is
 * open; the other way round (replacements) it is counted (close.md, `dispatches`).
 */
export function dispatchesItem({ shipments, finances, shipped }: DispatchesFacts): ItemFigure[] {
  const unposted = shipments.filter(({ fulfilment }) => fulfilment === null);
  const differing = shipments.filter(
    ({ held, units, fulfilment }) => fulfilment !== null && held !== null && held !== units,
  );
  const untold = [...finances].filter((orderId) => !shipped.has(orderId)).sort();
  const orders = new Set(shipments.map(({ orderId }) => orderId));
  const onlyReport = [...orders].filter((orderId) => !finances.has(orderId)).length;
  return [
    figureOf({
      currency: null,
      figure: BigInt(shipments.length - unposted.length),
      difference: BigInt(unposted.length + differing.length + untold.length),
      population: `${counted(finances.size, 'order')} that Finances tells as shipped; ${onlyReport} that the report alone tells`,
      open: [
        ...unposted.map(({ orderId, shipment, cause }) => ({
          what: `shipment ${shipment} of order ${orderId} has no posted Item Fulfilment`,
          amount: null,
          cause: cause ?? `order ${orderId}`,
          act: `npx tieout status ${orderId}`,
        })),
        ...differing.map(({ orderId, fulfilment, units, held }) => ({
          what: `${fulfilment} has ${held} units in NetSuite, shipped were ${units}`,
          amount: null,
          cause: `order ${orderId}`,
          act: `npx tieout explain ${fulfilment}`,
        })),
        ...untold.map((orderId) => ({
          what: `order ${orderId}: Finances tells a shipment, and the shipments report does not`,
          amount: null,
          cause: `order ${orderId}`,
          act: 'npx tieout read-again shipments --from DAY --why WHY',
        })),
      ],
    }),
  ];
}
