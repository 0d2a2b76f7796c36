/**
 * What stands in NetSuite on another day than it was decided or posted on, and of which no unit is open: a movement that was
 * countered or said to answer rows, a fulfilment of ours that was moved into another month, a document of stock of ours. Nothing
 * is posted for it: a person puts it back, or says that it stands as it is (stock.md, *NetSuite's side*).
 */
import { renderDay } from '../clocks/render-dates.ts';
import type { Day } from '../money/instant.ts';
import { stoodLine } from './decided-foreign.ts';
import { nameOfOurs } from './foreign.ts';
import { grouped } from './grouped.ts';
import { isOfOrders, lineKey, partKey, placeAt } from './open-movements.ts';
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
  /** The day of what was decided, or posted. */
  before: Day;
  /** Rows that it answers. */
  rows: readonly string[];
}

type Known = Pick<Planning, 'facts' | 'kept' | 'decisions' | 'policy'>;

export function redatedMovements({ facts, kept, decisions, policy }: Known): Redated[] {
  const decided = new Map(
    decisionsOf(decisions, 'explainForeign').flatMap(({ stood }) =>
      (stood ?? []).map((line) => [partKey(line, line), line.day]),
    ),
  );
  const moved = facts.moved ?? [];
  if (decided.size === 0 && moved.length === 0) return [];
  const posted = new Map(moved.map(({ movement, posted: day }) => [lineKey(refOf(movement)), day]));
  const answered = grouped(
    kept.answers.filter(({ by }) => by.kind === 'movement'),
    ({ by }) => (by.kind === 'movement' ? lineKey(by) : ''),
  );
  /** @param dayBefore that on which it was posted, where it is asked about without a decision */
  const asRedated = (movement: NetSuiteMovement, rows: readonly string[], dayBefore: Day | undefined): Redated[] => {
    const at = placeAt(policy.pools, movement.location);
    if (at === undefined || movement.units === 0) return [];
    const ref = refOf(movement);
    const before = decided.get(partKey(ref, { ...at, item: movement.item })) ?? dayBefore;
    if (before === undefined || before === movement.day) return [];
    return [{ movement, now: stoodLine({ movement, ref, ...at }, kept), before, rows }];
  };
  const ofOthers = facts.movements.flatMap((movement) => {
    const key = lineKey(refOf(movement));
    const rows = [...new Set((answered.get(key) ?? []).map(({ row }) => row))];
    if (rows.length === 0 && standingAgainst(refOf(movement), kept).length === 0) return [];
    const day = isOfOrders(movement, policy.connection) && rows.length > 0 ? posted.get(key) : undefined;
    return asRedated(movement, rows, day !== undefined && monthOf(day) !== monthOf(movement.day) ? day : undefined);
  });
  const ofOurs = moved.filter(({ movement }) => isOfStock(movement, policy.connection));
  return [...ofOthers, ...ofOurs.flatMap(({ movement, posted: day }) => asRedated(movement, [], day))];
}

const refOf = ({ netsuiteId: document, line }: NetSuiteMovement) => ({ document, line });
const monthOf = (day: Day): string => day.slice(0, 7);

/** @param foreign what is raised of movements of which something is open: of them nothing is raised twice */
export function withRedated(foreign: readonly StockProblem[], planning: Planning): StockProblem[] {
  const named = new Set(foreign.map(({ key }) => key));
  const redated = redatedMovements(planning).filter(({ movement }) => !named.has(movement.netsuiteId));
  const problems = [...grouped(redated, ({ movement }) => movement.netsuiteId)].map(([key, lines]): StockProblem => {
    const [{ movement, now, before }] = lines as [Redated];
    const { connection } = planning.policy;
    const isOurs = isOfStock(movement, connection) || isOfOrders(movement, connection);
    const called = isOurs ? `${nameOfOurs(movement.externalId!)}, a document of Tieout's,` : movement.tranId || key;
    const counters = [...new Set(lines.flatMap((line) => standingAgainst(line.now, planning.kept)))].map(nameOfOurs);
    const rows = [...new Set(lines.flatMap((line) => line.rows))];
    return {
      code: 'movement-foreign',
      key,
      pool: now.pool,
      sku: null,
      item: new Set(lines.map((line) => line.movement.item)).size === 1 ? movement.item : null,
      units: null,
      value: null,
      day: movement.day,
      rows,
      documents: [isOurs ? movement.externalId! : key],
      whose: counters.length > 0 ? 'redated' : 'moved',
      what: `${called} was moved from ${renderDay(before)} to ${renderDay(movement.day)} in NetSuite${sinceWhen(counters, rows)}; no unit of it is open`,
    };
  });
  return [...foreign, ...problems];
}

function sinceWhen(counters: readonly string[], rows: readonly string[]): string {
  if (counters.length > 0) return ` after ${counters.join(', ')} countered it`;
  return rows.length > 0 ? ", and answers rows of Amazon's as before" : ', with the units that were planned';
}
