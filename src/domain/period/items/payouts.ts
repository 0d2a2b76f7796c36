import type { Instant } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted } from '../../money/render-amount.ts';
import { figureOf, type Finding, type ItemFigure } from '../close-item.ts';
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
  total: bigint;
  endedAt: Instant;
}

export interface PayoutsFacts {
  settlements: readonly EndedSettlement[];
  groups: readonly ClosedGroup[];
}

/** Seconds by which a group's end and its report's may differ. */
const SAME_END_MS = 60_000;

/**
 * Every settlement that ended in the month passes every check but *movements seen* (close.md, `payouts`). The population is
 * Amazon's event groups: one that closed, came to an amount and has no report is a payout that nobody has seen here.
 */
export function payoutsItem({ settlements, groups }: PayoutsFacts): ItemFigure[] {
  return byCurrency([...settlements, ...groups]).map((currency) => {
    const ended = settlements.filter((one) => one.currency === currency);
    const closed = groups.filter((one) => one.currency === currency);
    const missing = withoutReport(closed, ended);
    const failing = ended.filter(({ reasons }) => reasons.length > 0);
    return figureOf({
      currency,
      figure: sumMinor(ended.map(({ total }) => total)),
      difference: sumMinor([...failing.map(({ total }) => total), ...missing.map(({ total }) => total)]),
      population: `${closed.length - missing.length} of ${counted(closed.length, 'event group')} that Amazon closed`,
      open: [...failing.map(failingOf), ...missing.map(missingOf)],
    });
  });
}

function withoutReport(groups: readonly ClosedGroup[], settlements: readonly EndedSettlement[]): ClosedGroup[] {
  const left = [...settlements];
  return groups.filter((group) => {
    const at = left.findIndex(
      ({ endedAt }) => Math.abs(Date.parse(endedAt) - Date.parse(group.endedAt)) <= SAME_END_MS,
    );
    if (at === -1) return group.total !== 0n;
    left.splice(at, 1);
    return false;
  });
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
