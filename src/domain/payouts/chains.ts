/** Settlements form chains: files of one currency, each beginning at the instant where the one before ended. */
import type { Instant } from '../money/instant.ts';
import { checkChain, type ChainLink } from './check-chain.ts';

/** What the rows of a settlement say about its neighbours; signs as in the report. */
export interface BroughtAndLeft extends Pick<ChainLink, 'released' | 'held' | 'carriedIn'> {
  /** Payouts that failed earlier and come back: zero or positive. */
  returned: bigint;
}

export interface ChainMember extends Omit<ChainLink, 'released' | 'held' | 'carriedIn'> {
  start: Instant;
  end: Instant;
  /** Null while its rows have no roles yet. */
  rows: BroughtAndLeft | null;
}

/**
 * Links settlements one to one: the id of each that follows another, and the id of the one that it follows. A seller may
 * have several chains in a currency (marketplaces, account types) that share an instant. There the pairs whose reserve
 * and balance due agree are linked first, then those of which one has no rows yet and the instant is all that is known,
 * then what is left; among equals in the order of ids. So a pair that does not agree is linked only where no better one
 * is known, and is then for a person to look at.
 */
export function linkChains(settlements: readonly ChainMember[]): ReadonlyMap<string, string> {
  const pairs = settlements.flatMap((next) =>
    settlements
      .filter(
        (previous) =>
          previous.settlementId !== next.settlementId &&
          previous.currency === next.currency &&
          previous.end === next.start,
      )
      .map((previous) => ({ previous: previous.settlementId, next: next.settlementId, rank: rankOf(previous, next) })),
  );
  pairs.sort((a, b) => a.rank - b.rank || byText(a.previous, b.previous) || byText(a.next, b.next));
  const follows = new Map<string, string>();
  const followed = new Set<string>();
  for (const { previous, next } of pairs) {
    if (follows.has(next) || followed.has(previous)) continue;
    follows.set(next, previous);
    followed.add(previous);
  }
  return follows;
}

/** What does not agree between two linked settlements; nothing while the rows of one are not known. */
export function checkLink(previous: ChainMember, next: ChainMember): string[] {
  return previous.rows && next.rows ? checkChain({ ...previous, ...previous.rows }, { ...next, ...next.rows }) : [];
}

function rankOf(previous: ChainMember, next: ChainMember): number {
  if (!previous.rows || !next.rows) return 1;
  return checkLink(previous, next).length === 0 ? 0 : 2;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
