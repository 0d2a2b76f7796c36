/** A month's profit by SKU, item or marketplace: income positive, cost negative (close.md, *Profit by SKU*, *Worked example*). */
import type { CurrencyCode } from '../money/money.ts';
import { sumMinor } from '../money/money.ts';
import { grouped } from '../stock/grouped.ts';
import { isIncome, type ProfitCell } from './allocate.ts';
import type { Channel } from './channel.ts';
import { compareNames, type ProfitRole } from './split.ts';

export const PROFIT_BY = ['sku', 'item', 'marketplace'] as const;
export type ProfitBy = (typeof PROFIT_BY)[number];

/** What one of them earned; amounts as profit, so that a cost is below zero. */
export interface ProfitRow {
  currency: CurrencyCode;
  /** Null: what none of them has. */
  name: string | null;
  channel: Channel;
  /** Billed, less those that credit memos took back. */
  units: number;
  sales: bigint;
  shipping: bigint;
  promotions: bigint;
  /** All that credit memos took back, and what stands on the refund item. */
  refunds: bigint;
  /** The four together. */
  income: bigint;
  /** Fees and other income and cost of journals, by role. */
  fees: { role: ProfitRole; amount: bigint }[];
  /** All of them together. */
  feesTotal: bigint;
  cost: bigint;
  /** Of what no SKU had, by a key; it is in `fees` too. */
  allocated: bigint;
  profit: bigint;
  /** Profit of 1,000 of income, rounded down; null without income, without a cost in the same currency, or where the sale is another's. */
  margin: number | null;
}

const NAMES: Readonly<Record<ProfitBy, (cell: ProfitCell) => string | null>> = {
  sku: ({ sku }) => sku,
  item: ({ item }) => item,
  marketplace: ({ marketplace }) => marketplace,
};
const CHANNEL_ORDER: readonly Channel[] = ['ours', 'multi-channel', 'merchant-orders', 'opening-balance'];

const COST: readonly ProfitRole[] = ['cogs', 'cogs-returns'];
const SHIPPING: readonly ProfitRole[] = ['shipping-income', 'gift-wrap'];
const PROMOTIONS: readonly ProfitRole[] = ['promotions', 'points'];

/** By currency, channel and name, what none has last. */
export function profitRows(cells: readonly ProfitCell[], by: ProfitBy): ProfitRow[] {
  const nameOf = NAMES[by];
  return [...grouped(cells, (cell) => JSON.stringify([cell.currency, cell.channel, nameOf(cell)]))]
    .map(([, own]) => rowOf(own, nameOf(own[0]!)))
    .sort(
      (a, b) =>
        compareNames(a.currency, b.currency) ||
        CHANNEL_ORDER.indexOf(a.channel) - CHANNEL_ORDER.indexOf(b.channel) ||
        compareNames(a.name, b.name),
    );
}

function rowOf(cells: readonly ProfitCell[], name: string | null): ProfitRow {
  const [{ currency, channel }] = cells as [ProfitCell];
  const sumOf = (some: readonly ProfitCell[]) => -sumMinor(some.map(({ amount }) => amount));
  const billed = cells.filter(({ isRefund }) => !isRefund);
  const of = (roles: readonly ProfitRole[]) => sumOf(billed.filter(({ role }) => roles.includes(role)));
  const isCost = ({ role }: ProfitCell) => COST.includes(role);
  const income = sumOf(cells.filter(({ role }) => isIncome(role)));
  const fees = [
    ...grouped(
      cells.filter((cell) => !isIncome(cell.role) && !isCost(cell)),
      ({ role }) => role,
    ).values(),
  ]
    .map((own) => ({ role: own[0]!.role, amount: sumOf(own) }))
    .sort((a, b) => (a.role < b.role ? -1 : 1));
  const profit = sumOf(cells);
  return {
    currency,
    name,
    channel,
    units: cells.reduce((sum, cell) => sum + cell.units, 0),
    sales: of(['product-sales']),
    shipping: of(SHIPPING),
    promotions: of(PROMOTIONS),
    refunds: sumOf(cells.filter(({ role, isRefund }) => isIncome(role) && (isRefund || role === 'refunds'))),
    income,
    fees,
    feesTotal: sumMinor(fees.map(({ amount }) => amount)),
    cost: sumOf(cells.filter(isCost)),
    allocated: sumOf(cells.filter(({ isAllocated }) => isAllocated)),
    profit,
    margin:
      name !== null && channel === 'ours' && income > 0n && cells.some(({ role }) => role === 'cogs')
        ? marginOf(profit, income)
        : null,
  };
}

/** In thousandths, rounded down, so that a margin never looks better than it is. */
function marginOf(profit: bigint, income: bigint): number {
  const whole = (profit * 1000n) / income;
  return Number(profit < 0n && (profit * 1000n) % income !== 0n ? whole - 1n : whole);
}
