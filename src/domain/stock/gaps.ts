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

/** Units, signed as the gap, that Amazon moved between its pool and another one. */
interface BetweenPools {
  other: OpenGap;
  units: number;
}

/**
 * What a gap and that of another pool make up for each other: the one that is just the opposite, or the only one that goes the
 * other way, of which the smaller one was moved and the rest stays a gap. Null: there is none, or nobody knows which of several.
 */
export function betweenPools(gap: OpenGap, gaps: readonly OpenGap[]): BetweenPools | null {
  const other = partnerOf(gap, gaps, isOpposite) ?? partnerOf(gap, gaps, goesTheOtherWay);
  if (other === null) return null;
  return { other, units: Math.sign(gap.units) * Math.min(Math.abs(gap.units), Math.abs(other.units)) };
}

type Fits = (one: OpenGap, other: OpenGap) => boolean;
const goesTheOtherWay: Fits = (one, other) =>
  other.pool !== one.pool &&
  other.item === one.item &&
  other.place === one.place &&
  Math.sign(other.units) === -Math.sign(one.units);
const isOpposite: Fits = (one, other) => goesTheOtherWay(one, other) && other.units === -one.units;

/** The only one that fits, where of it this is the only one too; of several nobody knows which it is. */
function partnerOf(gap: OpenGap, gaps: readonly OpenGap[], fits: Fits): OpenGap | null {
  const [other, ...more] = gaps.filter((one) => fits(gap, one));
  if (other === undefined || more.length > 0) return null;
  const back = gaps.filter((one) => fits(other, one));
  return back.length === 1 && keyOf(back[0]!) === keyOf(gap) ? other : null;
}

/**
 * What was moved between two pools is one problem, under that which lacks it, and what one of them has besides another, once the
 * first is closed where both are of one pool.
 */
export function lastingGaps(gaps: readonly OpenGap[], costs: UnitCosts, today: Day): StockProblem[] {
  const isLasting = ({ since }: OpenGap) => hasPassed(since, LASTING_DAYS, today);
  return gaps.filter(isLasting).flatMap((gap) => {
    const moved = betweenPools(gap, gaps);
    if (moved === null) return [gapProblem(gap, gap.units, alone(gap), costs)];
    if (!isLasting(moved.other)) return [];
    const rest = gap.units - moved.units;
    if (gap.units < 0) return [gapProblem(gap, moved.units, movedWords(gap, moved, rest), costs)];
    return rest === 0 ? [] : [gapProblem(gap, rest, alone(gap), costs)];
  });
}

const alone = ({ item, since }: OpenGap): string =>
  `Amazon's balance of ${item} is not what its rows come to, since ${since}`;

function movedWords({ item, pool, since }: OpenGap, { other, units }: BetweenPools, rest: number): string {
  const much = -units === other.units && rest === 0 ? 'by as much' : `by ${other.units}`;
  const moves = `it moved ${much === 'by as much' ? 'them' : -units} there, and closing the gap moves them in NetSuite`;
  return `Amazon's balance of ${item} is lower in ${pool} than its rows come to and higher ${much} in ${other.pool}, since ${since}: ${moves}${rest === 0 ? '' : `; of the ${-rest} that ${pool} lacks besides nothing is known`}`;
}

function gapProblem(gap: OpenGap, units: number, what: string, costs: UnitCosts): StockProblem {
  return {
    code: 'ledger-gap',
    key: keyOf(gap),
    pool: gap.pool,
    sku: null,
    item: gap.item,
    units,
    value: costs.valueOf(gap.item, units, gap),
    day: gap.since,
    rows: [],
    documents: [],
    what,
  };
}

const keyOf = ({ pool, item, place }: Pick<OpenGap, 'pool' | 'item' | 'place'>): string =>
  [pool, item, place].join(' ');
