/** What a settlement that ends after a month will bring for it, by Finances (close.md, *Accruals*, *What it holds*). */
import type { FinancesDecisions } from './map-finances.ts';
import { roleOfPart } from './map-finances.ts';
import { isCostRole, type Role } from '../mapping/roles.ts';
import type { Instant } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { grouped } from '../stock/grouped.ts';
import type { FinanceTransaction } from './finance-transaction.ts';

export interface GroupEnd {
  groupId: string;
  /** Null while Amazon has it open. */
  endedAt: Instant | null;
  /** Whether its settlement's journal made a part for the month or an earlier one: its transactions are left out, whole. */
  hasPart: boolean;
  /**
   * First instant of the months in which its journal could make parts: an accrual of the month before was planned first, and rows
   * from before stand in the last part, so that they are accrued again. Left out or null where no accrual was.
   */
  partsFrom?: Instant | null;
}

export interface UnsettledOfMonth {
  currency: CurrencyCode;
  transactions: number;
  /** Debit positive. */
  roles: { role: Role; amount: bigint }[];
  unknown: { type: string; path: string; amount: bigint }[];
}

/**
 * Transactions posted up to the month's end whose event group had not ended by then, less those in a part. Each counts by its
 * own `postedDate`, whatever its status says today: a release that names a deferred twin does not, its twin does, with the
 * group of the release. One that is released after the month is deferred at its end, and in no part of it: so any day gives the
 * same figure. In invoice mode the documents own the sales: costs are accrued alone.
 * @param until the first instant after the month
 */
export function unsettledOf(
  transactions: readonly FinanceTransaction[],
  groups: readonly GroupEnd[],
  until: Instant,
  decided: FinancesDecisions,
): UnsettledOfMonth[] {
  const byGroup = new Map(groups.map((group) => [group.groupId, group]));
  const releases = new Map(
    transactions.flatMap((one) => (one.releases === null ? [] : [[one.releases, one] as const])),
  );
  const counting = transactions.filter((one) => {
    if (one.releases !== null || one.postedAt >= until) return false;
    const release = releases.get(one.transactionId);
    const groupId = release === undefined ? one.groupId : release.groupId;
    const group = groupId === null ? undefined : byGroup.get(groupId);
    if (group === undefined) return true;
    if (group.endedAt !== null && group.endedAt < until) return false;
    return !group.hasPart || !isInPart(release ?? one, group, until);
  });
  return [...grouped(counting, ({ currency }) => currency)].map(([currency, of]) => {
    const parts = of.flatMap(({ type, parts: all }) =>
      all
        .filter(({ amount }) => amount !== 0n)
        .map((part) => ({ type, ...part, role: roleOfPart(type, part.path, decided)?.role ?? null })),
    );
    const known = parts.flatMap((part) => (part.role === null ? [] : [{ ...part, role: part.role }]));
    const costs = grouped(
      known.filter(({ role }) => isCostRole(role)),
      ({ role }) => role,
    );
    const unknown = grouped(
      parts.filter(({ role }) => role === null),
      ({ type, path }) => `${type} ${path}`,
    );
    return {
      currency,
      transactions: of.length,
      roles: [...costs]
        .map(([role, list]) => ({ role: role as Role, amount: -sumMinor(list.map(({ amount }) => amount)) }))
        .filter(({ amount }) => amount !== 0n)
        .sort((a, b) => (a.role < b.role ? -1 : 1)),
      unknown: [...unknown.values()].map((list) => ({
        type: list[0]!.type,
        path: list[0]!.path,
        amount: sumMinor(list.map(({ amount }) => amount)),
      })),
    };
  });
}

/** By the instant of its row in the settlement, which is that of its release. */
function isInPart({ postedAt }: FinanceTransaction, { partsFrom = null }: GroupEnd, until: Instant): boolean {
  return postedAt < until && (partsFrom === null || postedAt >= partsFrom);
}
