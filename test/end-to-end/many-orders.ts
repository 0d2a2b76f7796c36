/** A settlement of any number of orders, five rows each: price, tax and its withholding, commission and fulfilment. */
import type { SettlementFile } from '../../src/simulators/amazon/world-from-settlements.ts';
import { report, sale } from './report.ts';

export const ROWS_OF_ORDER = 5;
/** Cents that Amazon pays of each order: 20.00 + 1.40 − 1.40 − 3.00 − 3.86. */
const PAID_OF_ORDER = 1314n;
const START = Date.parse('2026-10-01T07:00:00Z');
const PERIOD_MS = 14 * 86_400_000;

export function settlementOf(orders: number, id = '70000000001'): SettlementFile {
  const total = PAID_OF_ORDER * BigInt(orders);
  const head = {
    id,
    start: instant(START),
    end: instant(START + PERIOD_MS),
    deposit: instant(START + PERIOD_MS + 2 * 86_400_000),
    total: `${total / 100n}.${String(total % 100n).padStart(2, '0')}`,
  };
  return report(
    head,
    Array.from({ length: orders }, (_, index) => index).flatMap((index) =>
      sale(
        {
          order: orderIdOf(index),
          shipment: `D${index + 1}`,
          at: instant(START + 1000 * Math.floor(((index + 1) * (PERIOD_MS / 1000 - 2)) / (orders + 1))),
          item: String(80_000_000_000_000 + index),
          sku: `SKU-${index % 40}`,
          quantity: 1,
        },
        [
          ['ItemPrice', 'Principal', '20.00'],
          ['ItemPrice', 'Tax', '1.40'],
          ['ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal', '-1.40'],
          ['ItemFees', 'Commission', '-3.00'],
          ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.86'],
        ],
      ),
    ),
  );
}

export function orderIdOf(index: number): string {
  return `111-${String(1_000_000 + Math.floor(index / 10_000))}-${String(1_000_000 + (index % 10_000))}`;
}

function instant(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
