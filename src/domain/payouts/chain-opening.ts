/**
 * How a settlement stands at the beginning of its chain (accounting.md, *Cut-over*). One that begins before the cut-over or
 * at it opens its chain. One that begins later and that none precedes opens one only if nothing speaks of an earlier one:
 * else there is a gap, and nobody knows what the books should have held before it.
 */
import type { Instant } from '../money/instant.ts';
import { renderMoney } from '../money/render-amount.ts';
import type { ChainMember } from './chains.ts';

/** A settlement's time as its report or Amazon's event group tells it; `end` is null while it is open. */
export interface KnownSpan {
  start: Instant;
  end: Instant | null;
  source: 'report' | 'group';
}

export type ChainOpening =
  | { kind: 'before-cut-over' | 'at-cut-over' | 'follows' | 'anew' }
  | { kind: 'gap'; from: Instant; to: Instant; sentences: string[] };

/**
 * @param settlement with its rows, whose roles are known
 * @param isPreceded whether another is linked before it
 * @param spans of its currency: all reports and event groups of the connection, its own too
 */
export function chainOpeningOf(
  settlement: ChainMember,
  { cutOver, isPreceded, spans }: { cutOver: Instant; isPreceded: boolean; spans: readonly KnownSpan[] },
): ChainOpening {
  const { start } = settlement;
  if (start < cutOver) return { kind: 'before-cut-over' };
  if (start === cutOver) return { kind: 'at-cut-over' };
  if (isPreceded) return { kind: 'follows' };
  const earlier = spans.filter(({ end }) => end !== null && end > cutOver && end <= start);
  const unreported = earlier.filter(({ source, end }) => source === 'group' && end === start);
  const abandoned = earlier.filter(({ end }) => end! < start && !spans.some((next) => next.start === end));
  const brought = broughtIn(settlement);
  if (brought.length === 0 && unreported.length === 0 && abandoned.length === 0) return { kind: 'anew' };
  const from =
    unreported[0]?.start ??
    abandoned
      .map(({ end }) => end!)
      .sort()
      .at(-1) ??
    cutOver;
  return {
    kind: 'gap',
    from,
    to: start,
    sentences: [
      `settlement ${settlement.settlementId} begins at ${start} and no report of ${settlement.currency} ends there: the one from ${from} to ${start} is missing`,
      ...(brought.length > 0 ? [`it brings in ${brought.join(', ')}`] : []),
    ],
  };
}

function broughtIn({ currency, rows }: ChainMember): string[] {
  if (rows === null) return [];
  return [
    ...(rows.released !== 0n ? [`a reserve of ${renderMoney(rows.released, currency)}`] : []),
    ...(rows.carriedIn !== 0n ? [`a balance due of ${renderMoney(-rows.carriedIn, currency)}`] : []),
    ...(rows.returned !== 0n ? [`a returned payout of ${renderMoney(rows.returned, currency)}`] : []),
  ];
}
