/** October of the worked example (close.md) as it is stored when it was worked out, with one role that does not tie where asked. */
import type { ProfitCell } from '../../src/domain/profit/allocate.ts';
import type { MonthProfit } from '../../src/domain/profit/month-profit.ts';
import { profitOf } from '../../src/domain/profit/month-profit.ts';
import type { ProfitRole } from '../../src/domain/profit/split.ts';

const cell = (sku: string | null, role: ProfitRole, amount: bigint, units = 0): ProfitCell => ({
  sku,
  role,
  amount,
  units,
  currency: 'USD',
  account: role,
  item: sku,
  channel: 'ours',
  marketplace: sku === null ? null : 'Amazon.com',
  isRefund: false,
  isAllocated: false,
});
const CELLS = [
  cell('SKU-A', 'product-sales', -4000n, 1),
  cell('SKU-A', 'shipping-income', -369n),
  cell('SKU-A', 'promotions', 500n),
  cell('SKU-A', 'selling-fees', 609n),
  cell('SKU-A', 'fulfilment-fees', 805n),
  cell('SKU-A', 'cogs', 1500n),
  cell('SKU-B', 'product-sales', -2500n, 1),
  cell('SKU-B', 'shipping-income', -230n),
  cell('SKU-B', 'selling-fees', 381n),
  cell('SKU-B', 'fulfilment-fees', 502n),
  cell('SKU-B', 'cogs', 900n),
  cell(null, 'storage', 300n),
];

/** @param storage what NetSuite has of it */
export function octoberProfit(storage = 300n): MonthProfit {
  const ledger = CELLS.map(({ currency, account, role, amount }) => ({
    currency,
    account,
    amount: role === 'storage' ? storage : amount,
  }));
  return {
    period: '2026-10',
    evaluatedAt: '2026-11-03T08:00:00Z',
    keys: {},
    ...profitOf(CELLS, ledger, {}),
    differing:
      storage === 300n
        ? []
        : [{ document: 'AMZ_demo-us_JE_26100000001_1', currency: 'USD', splits: 2597n, ledger: 2297n + storage }],
  };
}
