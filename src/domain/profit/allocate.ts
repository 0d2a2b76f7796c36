/** Allocation of what no SKU has, by keys that are proportions (close.md, *Profit by SKU*). */
import type { CurrencyCode } from '../money/money.ts';
import { isCostRole } from '../mapping/roles.ts';
import { sumMinor } from '../money/money.ts';
import { grouped } from '../stock/grouped.ts';
import { shareByWeight } from './share.ts';
import { compareNames, type ProfitRole, type Whose } from './split.ts';

export const ALLOCATION_KEYS = ['none', 'units', 'revenue'] as const;
export type AllocationKey = (typeof ALLOCATION_KEYS)[number];
/** `none` where a role is not named. */
export type Allocation = Partial<Record<ProfitRole, AllocationKey>>;

/** What a month has of one role on one account for one SKU, channel and marketplace. */
export interface ProfitCell extends Whose {
  currency: CurrencyCode;
  /** By which it is held against the ledger: the roles that share an account. */
  account: string;
  role: ProfitRole;
  /** NetSuite's item; null where nothing says which. */
  item: string | null;
  /** Minor units, debit positive. */
  amount: bigint;
  /** Amazon's units of goods billed, those credited below zero. */
  units: number;
  /** Of a credit memo. */
  isRefund: boolean;
  isAllocated: boolean;
}

/**
 * The cells with what is allocated beside them; the same is taken from what no SKU has. Over SKUs of our own sales in the currency:
 * by units that were billed, or by their revenue after refunds. A key that is nothing for every SKU allocates nothing.
 */
export function allocated(cells: readonly ProfitCell[], keys: Allocation): ProfitCell[] {
  const taken = cells.filter(({ sku, role }) => sku === null && (keys[role] ?? 'none') !== 'none');
  const added = [...grouped(taken, ({ currency, account, role }) => JSON.stringify([currency, account, role]))].flatMap(
    ([, own]) => {
      const [{ currency, account, role }] = own as [ProfitCell];
      const targets = targetsOf(cells, currency, keys[role]!);
      const shares = shareByWeight(
        sumMinor(own.map(({ amount }) => amount)),
        targets.map(({ weight }) => weight),
      );
      if (shares === null) return own;
      return targets.flatMap(({ whose: { sku, item, channel, marketplace } }, index): ProfitCell[] => {
        const amount = shares[index]!;
        const whose = { sku, item, channel, marketplace };
        return amount === 0n
          ? []
          : [{ ...whose, currency, account, role, amount, units: 0, isRefund: false, isAllocated: true }];
      });
    },
  );
  return [...cells.filter((cell) => !taken.includes(cell)), ...added];
}

function targetsOf(cells: readonly ProfitCell[], currency: CurrencyCode, key: AllocationKey) {
  const sold = cells.filter(
    (cell) =>
      cell.currency === currency &&
      cell.sku !== null &&
      cell.channel === 'ours' &&
      isIncome(cell.role) &&
      !cell.isAllocated,
  );
  return [...grouped(sold, ({ sku, marketplace }) => JSON.stringify([sku, marketplace]))]
    .map(([, own]) => {
      const units = own.reduce((sum, one) => sum + (one.isRefund ? 0 : one.units), 0);
      const revenue = -sumMinor(own.map(({ amount }) => amount));
      return { whose: own[0]!, weight: key === 'units' ? BigInt(Math.max(units, 0)) : revenue > 0n ? revenue : 0n };
    })
    .sort((a, b) => compareNames(a.whose.sku, b.whose.sku) || compareNames(a.whose.marketplace, b.whose.marketplace));
}

export function isIncome(role: ProfitRole): boolean {
  return role !== 'cogs' && !isCostRole(role);
}
