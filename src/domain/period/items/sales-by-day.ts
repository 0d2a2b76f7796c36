import type { Day } from '../../money/instant.ts';
import { differenceFrom, sumMinor, type CurrencyCode } from '../../money/money.ts';
import { grouped } from '../../stock/grouped.ts';
import type { BilledShipment } from './sales.ts';

/** Sales of one currency, marketplace and day of shipment, net: the lines of a currency come to the item's figure. */
export interface SalesLine {
  currency: CurrencyCode;
  marketplace: string;
  day: Day;
  shipments: number;
  /** Of these nobody knows yet what the report says: it counts as nothing, as in the item. */
  unproven: number;
  report: bigint;
  netsuite: bigint;
  /** Of NetSuite's, what is booked in another month than the day's. */
  moved: bigint;
  /** NetSuite less the report. */
  difference: bigint;
}

/** A line a currency, marketplace and day, in that order (close.md, `sales`). */
export function salesByDay(shipments: readonly BilledShipment[]): SalesLine[] {
  const keyOf = ({ currency, marketplace, day }: BilledShipment) => [currency, marketplace, day].join('\u0000');
  return [...grouped(shipments, keyOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => {
      const { currency, marketplace, day } = own[0]!;
      const report = sumMinor(own.map((one) => one.report ?? 0n));
      const netsuite = sumMinor(own.map((one) => one.netsuite ?? 0n));
      return {
        currency,
        marketplace,
        day,
        shipments: own.length,
        unproven: own.filter((one) => one.report === null).length,
        report,
        netsuite,
        moved: sumMinor(own.flatMap(({ movedTo, netsuite: held }) => (movedTo === null ? [] : [held ?? 0n]))),
        difference: differenceFrom(report, netsuite),
      };
    });
}
