import type { Instant } from '../../money/instant.ts';
import type { CurrencyCode } from '../../money/money.ts';
import { counted } from '../../money/render-amount.ts';
import { figureOf, whileUnread, type Finding, type ItemFigure } from '../close-item.ts';
import { byCurrency } from './by-currency.ts';

export interface ChainFacts {
  /** The ends of chains: settlements that none follows. */
  lasts: readonly { settlementId: string; currency: CurrencyCode; endedAt: Instant }[];
  /** Groups that Amazon has open. */
  open: readonly { groupId: string; currency: CurrencyCode; startedAt: Instant }[];
  /** Open `chain-broken` of settlements that end up to the month's last day. */
  broken: readonly { number: number; settlementId: string; currency: CurrencyCode; what: string }[];
  /** When Amazon's event groups were last read; null before the first reading. */
  groupsReadAt?: Instant | null;
  /** Two days after the month's end: groups that were read before it are not all of the month's. */
  until?: Instant;
}

/** Neighbours agree, and the event group that Amazon has open begins where the last settlement ended (close.md, `chain`). */
export function chainItem({ lasts, open, broken, groupsReadAt, until }: ChainFacts): ItemFigure[] {
  const figures = byCurrency([...lasts, ...broken]).map((currency) => {
    const ends = lasts.filter((one) => one.currency === currency);
    const groups = open.filter((one) => one.currency === currency);
    const apart = ends.length === 0 ? [] : withoutEnd(groups, ends);
    const findings = [
      ...broken
        .filter((one) => one.currency === currency)
        .map((one): Finding => ({
          what: `${one.what} (exception ${one.number})`,
          amount: null,
          cause: `payout ${one.settlementId}`,
          act: `npx tieout open-chain ${one.settlementId} --why WHY`,
        })),
      ...apart.map((group): Finding => ({
        what: `Amazon's open event group ${group.groupId} began at ${group.startedAt}, where no settlement of ours ended`,
        amount: null,
        cause: `group ${group.groupId}`,
        act: 'npx tieout settlement import FILE',
      })),
    ];
    return figureOf({
      currency,
      figure: 0n,
      // Held up by what is named alone: how much it comes to is the gap's.
      difference: 0n,
      population: `${counted(ends.length, 'chain')}, ${counted(groups.length, 'open event group')}`,
      open: findings,
    });
  });
  return whileUnread(figures, {
    readUpTo: groupsReadAt,
    until,
    unread: "Amazon's event groups were not read after the month",
  });
}

/** Groups that begin where no settlement ended; each end is begun at once. */
function withoutEnd(groups: ChainFacts['open'], ends: ChainFacts['lasts']): ChainFacts['open'] {
  const left = ends.map(({ endedAt }) => endedAt);
  return groups.filter(({ startedAt }) => {
    const at = left.indexOf(startedAt);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
