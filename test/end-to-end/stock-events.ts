/** What happens to stock at Amazon in a world of October 2026: lines and events as most worlds want them. */
import type { StockEvent, StockLine } from '../../src/simulators/amazon/stock/world-stock.ts';

/** `05` is 5 October, 18:00 UTC: within one day in UTC and in Los Angeles. */
export const at = (day: string, hour = 18): string => `2026-10-${day}T${hour}:00:00Z`;

export const line = (
  sku: string,
  units: number,
  disposition?: StockLine['disposition'],
  country = 'US',
): StockLine => ({
  sku,
  fnsku: `X0${sku}`,
  country,
  centre: country === 'US' ? 'PDX9' : `${country}01`,
  units,
  ...(disposition ? { disposition } : {}),
});

export const adjust = (day: string, sku: string, reason: string, units: number, more: object = {}): StockEvent => ({
  at: at(day),
  type: 'adjust',
  sku,
  units,
  reason,
  ...more,
});

export const received = (day: string, shipment: string, sku: string, units: number): StockEvent => ({
  at: at(day),
  type: 'receive',
  sku,
  units,
  shipment,
});
