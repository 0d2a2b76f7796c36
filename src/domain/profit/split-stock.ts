/** Splits of what moves goods: by units, since what they are worth is NetSuite's. */
import { itemQuantity, itemUnitsOf } from '../orders/item-units.ts';
import type { SalesOrderLine } from '../orders/sales-order.ts';
import type { DispatchPlan } from '../orders/dispatch.ts';
import type { StockLine } from '../stock/kept-stock.ts';
import type { Channel } from './channel.ts';
import { NOBODY, type UnitsSplit } from './split.ts';

/** An Item Fulfilment: its shipment's items. @param ordered lines of its Sales Order, which say how many of the item one of Amazon's is */
export function splitFulfilment(
  { lines }: Pick<DispatchPlan<'IF'>, 'lines'>,
  {
    channel,
    marketplace,
    ordered,
  }: { channel: Channel; marketplace: string | null; ordered: readonly SalesOrderLine[] },
): UnitsSplit[] {
  const units = itemUnitsOf(ordered);
  return lines.flatMap((line, index) =>
    line.sku === null
      ? []
      : [{ line: index + 1, item: null, sku: line.sku, channel, marketplace, units: itemQuantity(line, units) }],
  );
}

/** A row of Amazon's ledger behind a line; in NetSuite's units, signed as the row. */
export interface RowOfLine {
  /** From 1. */
  line: number;
  sku: string;
  units: number;
}

/** A receipt or an adjustment: the rows behind each line, by units; a line that answers none is its item's. */
export function splitStock(
  lines: readonly Pick<StockLine, 'item' | 'units'>[],
  rows: readonly RowOfLine[],
): UnitsSplit[] {
  return lines.flatMap(({ item, units }, index): UnitsSplit[] => {
    const own = rows.filter(({ line }) => line === index + 1);
    const skus = [...new Set(own.map(({ sku }) => sku))].sort();
    if (skus.length === 0) return [{ ...NOBODY, line: index + 1, item, units: Math.abs(units) }];
    return skus.map((sku) => ({
      ...NOBODY,
      line: index + 1,
      item,
      sku,
      units: own.filter((row) => row.sku === sku).reduce((sum, row) => sum + Math.abs(row.units), 0),
    }));
  });
}
