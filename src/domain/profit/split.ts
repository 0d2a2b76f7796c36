/**
 * Splits: how much of a posted line on an account of income or cost is whose (close.md, *Profit by SKU*). Those of one line come
 * to it, to the cent.
 */
import {
  COST_ROLES,
  isCostRole,
  isRevenueRole,
  REVENUE_ROLES,
  type CostRole,
  type RevenueRole,
  type Role,
} from '../mapping/roles.ts';
import { sumMinor } from '../money/money.ts';
import { grouped } from '../stock/grouped.ts';
import type { Channel } from './channel.ts';

/** What stands on accounts of income and cost; `cogs` is the account that an item owns. */
export type ProfitRole = RevenueRole | CostRole | 'cogs';

export interface Whose {
  /** Null: nothing says which. */
  sku: string | null;
  channel: Channel;
  /** As Amazon's reports name it; null where nothing says it. */
  marketplace: string | null;
}

/** Of a line whose amount is ours. */
export interface AmountSplit extends Whose {
  /** Of the document's plan, from 1. */
  line: number;
  role: ProfitRole;
  /** Minor units, debit positive. */
  amount: bigint;
  /** Amazon's units of goods that were billed or credited; null where the line has none. */
  units: number | null;
}

/** Of a line whose amount is NetSuite's: what it comes to is split in the proportion of the units. */
export interface UnitsSplit extends Whose {
  line: number;
  /** NetSuite's item where the plan names it; null: that of the SKU. */
  item: string | null;
  /** In NetSuite's units, never below zero. */
  units: number;
}

export type Split = AmountSplit | UnitsSplit;

/** What of an accrued role is whose, kept in the accrual's plan: transactions change, what was accrued does not. */
export interface AccruedShare extends Whose {
  role: Role;
  /** Debit positive. */
  amount: bigint;
}

export const NOBODY: Whose = { sku: null, channel: 'ours', marketplace: null };

export function isAmount(split: Split): split is AmountSplit {
  return 'amount' in split;
}

/** Roles of income and cost on which journals book. */
export const PROFIT_ROLES: readonly Role[] = [...REVENUE_ROLES, ...COST_ROLES];

export function isProfitRole(role: Role): role is ProfitRole & Role {
  return isCostRole(role) || isRevenueRole(role);
}

/** One split for all of a line that is alike; in order of line and SKU, with nothing that comes to nothing. */
export function togetherByLine(splits: readonly AmountSplit[]): AmountSplit[] {
  return [...grouped(splits, (one) => JSON.stringify([one.line, one.role, one.sku, one.channel, one.marketplace]))]
    .map(([, same]): AmountSplit => {
      const units = same.flatMap((one) => one.units ?? []);
      return {
        ...same[0]!,
        amount: sumMinor(same.map(({ amount }) => amount)),
        units: units.length === 0 ? null : units.reduce((sum, one) => sum + one, 0),
      };
    })
    .filter(({ amount }) => amount !== 0n)
    .sort((a, b) => a.line - b.line || compareNames(a.sku, b.sku));
}

/** SKUs by name, none last. */
export function compareNames(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}

/** What a reversal is: the splits of what it reverses, negated. */
export function negated(splits: readonly AmountSplit[]): AmountSplit[] {
  return splits.map((split) => ({
    ...split,
    amount: -split.amount,
    units: split.units === null ? null : -split.units,
  }));
}
