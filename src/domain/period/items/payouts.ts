import type { Instant } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import { figureOf, whileUnread, type Finding, type ItemFigure } from '../close-item.ts';
import { byCurrency } from './by-currency.ts';

export interface EndedSettlement {
  settlementId: string;
  currency: CurrencyCode;
  total: bigint;
  endedAt: Instant;
  /** Sentences of the checks that fail, but *movements seen*: that is `deposits`. */
  reasons: readonly string[];
}

/** An event group that Amazon closed. */
export interface ClosedGroup {
  groupId: string;
  currency: CurrencyCode;
  /** Null where Amazon tells none: then its report is looked for all the same. */
  total: bigint | null;
  endedAt: Instant;
}

export interface PayoutsFacts {
  settlements: readonly EndedSettlement[];
  groups: readonly ClosedGroup[];
  /** When Amazon's event groups were last read; null before the first reading. */
  groupsReadAt?: Instant | null;
  /** Two days after the month's end: groups that were read before it are not all of the month's. */
  until?: Instant;
}

/** Seconds by which a group's end and its report's may differ. */
const SAME_END_MS = 60_000;

/**
 * Every settlement that ended in the month passes every check but *movements seen* (close.md, `payouts`). The population is
 * Amazon's event groups: one that closed, came to an amount and has no report is a payout that nobody has seen here.
 */
export function payoutsItem({ settlements, groups, groupsReadAt, until }: PayoutsFacts): ItemFigure[] {
  const figures = byCurrency([...settlements, ...groups]).map((currency) => {
    const ended = settlements.filter((one) => one.currency === currency);
    const closed = groups.filter((one) => one.currency === currency);
    const pairs = pairedByEnd(closed, ended);
    const missing = pairs.flatMap(({ group, settlement }) =>
      settlement === null && group.total !== 0n ? [group] : [],
    );
    const apart = pairs.flatMap(apartOf);
    const failing = ended.filter(({ reasons }) => reasons.length > 0);
    return figureOf({
      currency,
      figure: sumMinor(ended.map(({ total }) => total)),
      population: `${closed.length - missing.length} of ${counted(closed.length, 'event group')} that Amazon closed`,
      open: [...failing.map(failingOf), ...missing.map(missingOf), ...apart],
    });
  });
  return whileUnread(figures, {
    readUpTo: groupsReadAt,
    until,
    unread: "Amazon's event groups were not read after the month",
  });
}

interface Paired {
  group: ClosedGroup;
  settlement: EndedSettlement | null;
}

/** Each group with one settlement that ended when it did: of several at once the one of its total first. */
function pairedByEnd(groups: readonly ClosedGroup[], settlements: readonly EndedSettlement[]): Paired[] {
  const left = [...settlements];
  const paired = new Map<ClosedGroup, EndedSettlement>();
  for (const isSame of [(group: ClosedGroup, { total }: EndedSettlement) => total === group.total, () => true])
    for (const group of groups) {
      if (paired.has(group)) continue;
      const at = left.findIndex(
        (one) => Math.abs(Date.parse(one.endedAt) - Date.parse(group.endedAt)) <= SAME_END_MS && isSame(group, one),
      );
      if (at !== -1) paired.set(group, left.splice(at, 1)[0]!);
    }
  return groups.map((group) => ({ group, settlement: paired.get(group) ?? null }));
}

/** The report of a group comes to its total (amazon.md: `OriginalTotal` = `total-amount`). */
function apartOf({ group: { groupId, total, currency }, settlement }: Paired): Finding[] {
  if (settlement === null || total === null || total === settlement.total) return [];
  return [
    {
      what: `Amazon's event group ${groupId} comes to ${renderMoney(total, currency)}, settlement ${settlement.settlementId} to ${renderMoney(settlement.total, currency)}`,
      amount: settlement.total - total,
      cause: `payout ${settlement.settlementId}`,
      act: `npx tieout status ${settlement.settlementId}`,
    },
  ];
}

function failingOf({ settlementId, total, reasons }: EndedSettlement): Finding {
  return {
    what: `payout ${settlementId}: ${reasons.join('; ')}`,
    amount: total,
    cause: `payout ${settlementId}`,
    act: `npx tieout status ${settlementId}`,
  };
}

function missingOf({ groupId, total, endedAt }: ClosedGroup): Finding {
  return {
    what: `Amazon closed event group ${groupId} on ${endedAt.slice(0, 10)}, and no settlement report of it is here`,
    amount: total,
    cause: `group ${groupId}`,
    act: 'npx tieout settlement import FILE',
  };
}
