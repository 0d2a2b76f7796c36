/**
 * Gaps of Amazon's: its quantity is not its quantity at the opening and its rows. Later rows end most; one that is older
 * than 7 days is for a person (`closeGap`).
 */
import type { Day } from '../money/instant.ts';
import { hasPassed } from './day-complete.ts';
import type { LedgerPlace } from './pools.ts';
import type { CloseGap } from './stock-decisions.ts';
import type { StockEquation, StockProblem } from './stock-plan.ts';
import type { UnitCosts } from './unit-cost.ts';

const LASTING_DAYS = 7;

export interface OpenGap {
  pool: string;
  item: string;
  place: LedgerPlace;
  units: number;
  /** First day from which on there was a gap, whatever its units. */
  since: Day;
}

/** The gaps of a day; those that were open the day before keep their age. */
export function openGaps(equations: readonly StockEquation[], before: readonly OpenGap[]): OpenGap[] {
  const known = new Map(before.map((gap) => [keyOf(gap), gap.since]));
  return equations
    .filter(({ terms }) => terms.gap !== 0)
    .map((equation) => {
      const { pool, item, place, day, terms } = equation;
      return { pool, item, place, units: terms.gap, since: known.get(keyOf(equation)) ?? day };
    });
}

/** What is left of the gaps at the end of `day` with what people closed since: that is dated the day of the decision. */
export function gapsLeft(gaps: readonly OpenGap[], closed: readonly CloseGap[], day: Day | null): OpenGap[] {
  const since = closed
    .filter((one) => day === null || one.day > day)
    .flatMap((one) => (one.other === undefined ? [one] : [one, { ...one, pool: one.other, units: -one.units }]));
  return gaps
    .map((gap) => ({
      ...gap,
      units: since.filter((one) => keyOf(one) === keyOf(gap)).reduce((left, one) => left - one.units, gap.units),
    }))
    .filter(({ units }) => units !== 0);
}

/** The gap of another pool that is just the opposite of one: Amazon moved these units between the two. */
export function oppositeOf(
  gap: Pick<OpenGap, 'pool' | 'item' | 'place' | 'units'>,
  gaps: readonly OpenGap[],
): OpenGap | undefined {
  const others = gaps.filter(
    ({ pool, item, place, units }) =>
      pool !== gap.pool && item === gap.item && place === gap.place && units === -gap.units,
  );
  // Which of several it is nobody knows.
  return others.length === 1 ? others[0] : undefined;
}

/** What two pools lack and have of one item for each other is one of them, under that which lacks it. */
export function lastingGaps(gaps: readonly OpenGap[], costs: UnitCosts, today: Day): StockProblem[] {
  const isLasting = ({ since }: OpenGap) => hasPassed(since, LASTING_DAYS, today);
  const pairOf = (gap: OpenGap) => {
    const other = oppositeOf(gap, gaps);
    return other !== undefined && oppositeOf(other, gaps) === gap ? other : undefined;
  };
  return gaps
    .map((gap) => ({ gap, other: pairOf(gap) }))
    .filter(({ gap, other }) => isLasting(gap) && (other === undefined || (gap.units < 0 && isLasting(other))))
    .map(({ gap, other }) => ({
      code: 'ledger-gap',
      key: keyOf(gap),
      pool: gap.pool,
      sku: null,
      item: gap.item,
      units: gap.units,
      value: costs.valueOf(gap.item, gap.units, gap),
      day: gap.since,
      rows: [],
      documents: [],
      what:
        other === undefined
          ? `Amazon's balance of ${gap.item} is not what its rows come to, since ${gap.since}`
          : `Amazon's balance of ${gap.item} is lower in ${gap.pool} than its rows come to and higher by as much in ${other.pool}, since ${gap.since}: it moved them there, and closing the gap moves them in NetSuite`,
    }));
}

const keyOf = ({ pool, item, place }: Pick<OpenGap, 'pool' | 'item' | 'place'>): string =>
  [pool, item, place].join(' ');
