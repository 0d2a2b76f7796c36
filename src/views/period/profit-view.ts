/** A month's profit by SKU, item or marketplace, and whether it ties. One document: the terminal prints it, `--json` is it. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { Allocation } from '../../domain/profit/allocate.ts';
import type { Channel } from '../../domain/profit/channel.ts';
import { profitRows, type ProfitBy, type ProfitRow } from '../../domain/profit/profit-rows.ts';
import { differingAsProfit, profitTotals } from '../../domain/profit/profit-totals.ts';
import { renderProfit } from '../../domain/profit/render-profit.ts';
import { loadProfit } from '../../store/profit/profit-facts.ts';
import type { ViewSource } from '../view-source.ts';

/** Amounts as decimal texts: income positive, cost negative. */
export interface ProfitTieView {
  /** The role, or the roles that share an account of NetSuite's. */
  role: string;
  currency: string;
  skus: string;
  allocated: string;
  unallocated: string;
  ledger: string;
  /** Ledger less the three. */
  difference: string;
}

export interface ProfitRowView {
  /** Null: what no SKU (item, marketplace) has. */
  name: string | null;
  channel: Channel;
  units: number;
  sales: string;
  shipping: string;
  promotions: string;
  refunds: string;
  /** The four together. */
  income: string;
  fees: { role: string; amount: string }[];
  /** All of them together. */
  feesTotal: string;
  cost: string;
  allocated: string;
  profit: string;
  /** Per cent with one decimal; null where there is none to tell. */
  margin: string | null;
}

export interface ProfitTableView {
  currency: string;
  /** Both numbers on top: what the rows come to, and what NetSuite has. */
  profit: string;
  ledger: string;
  difference: string;
  ties: boolean;
  roles: ProfitTieView[];
  rows: ProfitRowView[];
}

export interface ProfitView {
  connection: string;
  period: string;
  by: ProfitBy;
  sentence: string;
  evaluatedAt: string;
  /** True where every role and currency ties. */
  ties: boolean;
  keys: Allocation;
  /** One a currency: nothing is added across them. */
  tables: ProfitTableView[];
  differing: { document: string; currency: string; splits: string; ledger: string }[];
}

/** So many are told. */
const TOLD = 50;

/** Null where the month has not been worked out. */
export async function profitView(
  { store: { db } }: ViewSource,
  { name }: Pick<ConnectionSettings, 'name'>,
  period: string,
  { by }: { by: ProfitBy },
): Promise<ProfitView | null> {
  const profit = await loadProfit(db, name, period);
  if (profit === null) return null;
  const { ties, cells, keys, evaluatedAt, differing } = profit;
  const rows = profitRows(cells, by);
  const tables = profitTotals(ties).map(({ currency, profit: earned, ledger, difference, roles }): ProfitTableView => {
    const text = (amount: bigint) => formatMinor(amount, currency);
    return {
      currency,
      profit: text(earned),
      ledger: text(ledger),
      difference: text(difference),
      ties: roles.every((role) => role.difference === 0n),
      roles: roles.map(({ account, skus, allocated, unallocated, ...rest }) => ({
        role: account,
        currency,
        skus: text(skus),
        allocated: text(allocated),
        unallocated: text(unallocated),
        ledger: text(rest.ledger),
        difference: text(rest.difference),
      })),
      rows: rows.filter((row) => row.currency === currency).map(rowView),
    };
  });
  return {
    connection: name,
    period,
    by,
    sentence: renderProfit(profit),
    evaluatedAt,
    ties: tables.every((table) => table.ties),
    keys,
    tables,
    differing: differing
      .slice(0, TOLD)
      .map(differingAsProfit)
      .map(({ document, currency, splits, ledger }) => ({
        document,
        currency,
        splits: formatMinor(splits, currency),
        ledger: formatMinor(ledger, currency),
      })),
  };
}

function rowView({ currency, fees, margin, name, channel, units, ...amounts }: ProfitRow): ProfitRowView {
  const text = (amount: bigint) => formatMinor(amount, currency);
  return {
    name,
    channel,
    units,
    sales: text(amounts.sales),
    shipping: text(amounts.shipping),
    promotions: text(amounts.promotions),
    refunds: text(amounts.refunds),
    income: text(amounts.income),
    fees: fees.map(({ role, amount }) => ({ role, amount: text(amount) })),
    feesTotal: text(amounts.feesTotal),
    cost: text(amounts.cost),
    allocated: text(amounts.allocated),
    profit: text(amounts.profit),
    margin: margin === null ? null : (margin / 10).toFixed(1),
  };
}
