/**
 * Movements that were countered, and that somebody moved to another day in NetSuite since: no unit of them is open, and what was
 * decided is of another day than what stands there now (stock.md, *NetSuite's side*).
 */
import { renderDay } from '../clocks/render-dates.ts';
import type { Day } from '../money/instant.ts';
import { stoodLine } from './decided-foreign.ts';
import { nameOfOurs } from './foreign.ts';
import { grouped } from './grouped.ts';
import { partKey, placeAt } from './open-movements.ts';
import { isOfStock } from './own-differences.ts';
import type { Planning } from './planning.ts';
import { decisionsOf, type StoodLine } from './stock-decisions.ts';
import type { NetSuiteMovement } from './stock-facts.ts';
import type { StockProblem } from './stock-plan.ts';
import { standingAgainst } from './undone.ts';

interface Redated {
  movement: NetSuiteMovement;
  /** What a decision that is taken now would cover. */
  now: StoodLine;
  /** The day of what was decided. */
  before: Day;
}

type Known = Pick<Planning, 'facts' | 'kept' | 'decisions' | 'policy'>;

export function redatedMovements({ facts, kept, decisions, policy }: Known): Redated[] {
  const decided = new Map(
    decisionsOf(decisions, 'explainForeign').flatMap(({ choice, stood }) =>
      (stood ?? []).map((line) => [partKey(line, line), choice === 'counter' ? line.day : undefined]),
    ),
  );
  if (decided.size === 0) return [];
  return facts.movements.flatMap((movement): Redated[] => {
    const at = placeAt(policy.pools, movement.location);
    if (at === undefined || movement.units === 0) return [];
    const ref = { document: movement.netsuiteId, line: movement.line };
    const before = decided.get(partKey(ref, { ...at, item: movement.item }));
    if (before === undefined || before === movement.day || standingAgainst(ref, kept).length === 0) return [];
    return [{ movement, now: stoodLine({ movement, ref, ...at }, kept), before }];
  });
}

/** @param foreign what is raised of movements of which something is open: of them nothing is raised twice */
export function withRedated(foreign: readonly StockProblem[], planning: Planning): StockProblem[] {
  const named = new Set(foreign.map(({ key }) => key));
  const redated = redatedMovements(planning).filter(({ movement }) => !named.has(movement.netsuiteId));
  const problems = [...grouped(redated, ({ movement }) => movement.netsuiteId)].map(([key, lines]): StockProblem => {
    const [{ movement, now, before }] = lines as [Redated];
    const isOurs = isOfStock(movement, planning.policy.connection);
    const called = isOurs ? nameOfOurs(movement.externalId!) : movement.tranId || key;
    const counters = [...new Set(lines.flatMap((line) => standingAgainst(line.now, planning.kept)))].map(nameOfOurs);
    return {
      code: 'movement-foreign',
      key,
      pool: now.pool,
      sku: null,
      item: new Set(lines.map((line) => line.movement.item)).size === 1 ? movement.item : null,
      units: null,
      value: null,
      day: movement.day,
      rows: [],
      documents: [isOurs ? movement.externalId! : key],
      whose: 'redated',
      what: `${called} was moved from ${renderDay(before)} to ${renderDay(movement.day)} in NetSuite after ${counters.join(', ')} countered it; no unit of it is open`,
    };
  });
  return [...foreign, ...problems];
}
