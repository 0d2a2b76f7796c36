/** What a settlement that ends after a month will bring for it, by Finances (close.md, *Accruals*, *What it holds*). */
import type { FinancesDecisions } from './map-finances.ts';
import { roleOfPart } from './map-finances.ts';
import { isCostRole, type Role } from '../mapping/roles.ts';
import { monthOf, type Day, type Instant } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { grouped } from '../stock/grouped.ts';
import type { Period } from './calendar.ts';
import { channelOfTransaction, sharesOfPart, togetherShares } from '../profit/accrued-shares.ts';
import type { AccruedShare } from '../profit/split.ts';
import type { FinanceTransaction } from './finance-transaction.ts';

export interface GroupEnd {
  groupId: string;
  currency: CurrencyCode;
  startedAt: Instant | null;
  /** Null while Amazon has it open. */
  endedAt: Instant | null;
}

/** A settlement that was found, whether its journal is planned or not. */
export interface FoundSettlement {
  settlementId: string;
  currency: CurrencyCode;
  start: Instant;
  /** That of its event group. */
  end: Instant;
  /** Months before the one in which it ends in which its journal makes parts (`part-or-accrual.ts`). */
  months: readonly Period[];
  /** False where another connection books it. */
  isOurs: boolean;
}

export interface UnsettledFacts {
  transactions: readonly FinanceTransaction[];
  groups: readonly GroupEnd[];
  settlements: readonly FoundSettlement[];
  decided: FinancesDecisions;
  /** Day on which a row of a marketplace is booked, and one of none by its currency: as journals date them. */
  dayOf: (at: Instant, marketplaceName: string | null, currency: CurrencyCode) => Day;
  /** Whether merchant-fulfilled sales are another system's. */
  merchantFulfilled: 'other' | 'ours';
  /** Day of a settlement's last second. */
  lastDayOf: (end: Instant, currency: CurrencyCode) => Day;
}

export interface UnsettledOfMonth {
  currency: CurrencyCode;
  transactions: number;
  /** Debit positive. */
  roles: readonly { role: Role; amount: bigint }[];
  /** Of those, whose: by the items of the transactions (close.md, *Profit by SKU*). */
  whose: readonly AccruedShare[];
  unknown: readonly { type: string; path: string; amount: bigint }[];
  /** Transactions of which Finances has not told whether they are in a settlement that ended in the month, or has a part for it. */
  unclear: number;
}

/** Whether a transaction is part of what is unsettled at a month's end; `unclear` counts, and holds the accrual. */
type Standing = 'counts' | 'unclear' | 'left-out';

/**
 * Transactions posted up to the month's last day whose event group had not ended by then, less those in a part. Each counts by its
 * own `postedDate`, whatever its status says today: a release that names a deferred twin does not, its twin does, with the
 * group of the release. One that is released after the month is deferred at its end, and in no part of it: so any day gives the
 * same figure. In invoice mode the documents own the sales: costs are accrued alone.
 */
export function unsettledOf(period: Period, facts: UnsettledFacts): UnsettledOfMonth[] {
  const { transactions, decided } = facts;
  const releases = new Map(
    transactions.flatMap((one) => (one.releases === null ? [] : [[one.releases, one] as const])),
  );
  const standingOf = standings(period, facts);
  const counting = transactions
    .map((one) => ({ one, standing: standingOf(one, releases.get(one.transactionId) ?? one) }))
    .filter(({ standing }) => standing !== 'left-out');
  return [...grouped(counting, ({ one }) => one.currency)].map(([currency, of]) => {
    const parts = of.flatMap(({ one }) =>
      one.parts
        .filter(({ amount }) => amount !== 0n)
        .map((part) => ({
          type: one.type,
          ...part,
          role: roleOfPart(one.type, part.path, decided)?.role ?? null,
          transaction: one,
        })),
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
      whose: togetherShares(
        [...costs.values()].flat().flatMap(({ role, transaction, ...part }) => {
          const channel = channelOfTransaction(transaction, facts.merchantFulfilled);
          const marketplace = transaction.marketplaceName;
          return sharesOfPart(transaction, part).map((share) => ({ role, channel, marketplace, ...share }));
        }),
      ),
      unknown: [...unknown.values()].map((list) => ({
        type: list[0]!.type,
        path: list[0]!.path,
        amount: sumMinor(list.map(({ amount }) => amount)),
      })),
      unclear: of.filter(({ standing }) => standing === 'unclear').length,
    };
  });
}

function standings(
  period: Period,
  { groups, settlements, dayOf, lastDayOf }: UnsettledFacts,
): (one: FinanceTransaction, settledAs: FinanceTransaction) => Standing {
  const byGroup = new Map(groups.map((group) => [group.groupId, group]));
  const byEnd = new Map(settlements.map((one) => [`${one.currency} ${one.end}`, one]));
  const byId = new Map(settlements.map((one) => [one.settlementId, one]));
  const ofGroups = new Set(groups.map(({ currency, endedAt }) => `${currency} ${endedAt}`));
  const monthIn = (at: Instant, { marketplaceName, currency }: FinanceTransaction) =>
    monthOf(dayOf(at, marketplaceName, currency));
  const isEndedBy = (end: Instant, currency: CurrencyCode) => monthOf(lastDayOf(end, currency)) <= period;
  /** Whether its journal books the row in the month or before: whole, or in a part. A row from before it begins is dated its first day. */
  const brings = ({ start, end, currency, months, isOurs }: FoundSettlement, row: FinanceTransaction) => {
    if (!isOurs || isEndedBy(end, currency)) return true;
    const month = monthIn(row.postedAt < start ? start : row.postedAt, row);
    return month <= period && months.includes(month);
  };
  const isWithin = ({ postedAt }: FinanceTransaction, start: Instant | null, end: Instant) =>
    (start === null || start <= postedAt) && postedAt < end;
  return (one, row) => {
    if (one.releases !== null || monthIn(one.postedAt, one) > period) return 'left-out';
    const { currency, groupId, settlementId } = row;
    const group = groupId === null ? undefined : byGroup.get(groupId);
    const named = settlementId === null ? undefined : byId.get(settlementId);
    const settlement = named ?? (group?.endedAt == null ? undefined : byEnd.get(`${currency} ${group.endedAt}`));
    if (settlement !== undefined) return brings(settlement, row) ? 'left-out' : 'counts';
    if (group?.endedAt != null) return isEndedBy(group.endedAt, currency) ? 'left-out' : 'counts';
    // What is deferred still is in no settlement. Else it may be in one of which Finances has told others alone.
    if (row.status === 'DEFERRED') return 'counts';
    const mayBeIn =
      settlements.some(
        (known) =>
          known.currency === currency &&
          settlementId === null &&
          isWithin(row, known.start, known.end) &&
          (groupId === null || !ofGroups.has(`${currency} ${known.end}`)) &&
          brings(known, row),
      ) ||
      (groupId === null &&
        groups.some(
          (known) =>
            known.currency === currency &&
            known.endedAt !== null &&
            isWithin(row, known.startedAt, known.endedAt) &&
            isEndedBy(known.endedAt, currency),
        ));
    return mayBeIn ? 'unclear' : 'counts';
  };
}
