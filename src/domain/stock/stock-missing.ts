/**
 * Which planned documents may be sent: in their order, what leaves a place must be there. Lines of a transfer out of a place
 * without stock, and what NetSuite refused for want of it, wait for the day's receipts; after `grace` it is `stock-missing`,
 * unless a movement that is named took what it lacks: what ends that ends its waiting too. Both are tried at each run. A transfer with a line that need not wait is sent: that line goes ahead of the others.
 */
import { externalIdOf } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import { hasPassed } from './day-complete.ts';
import { lineEffects } from './document-effects.ts';
import { nameOfOurs } from './foreign.ts';
import type { StockDocument } from './kept-stock.ts';
import { isUncounted } from './pools.ts';
import { shortLines } from './short-lines.ts';
import type { StockProblem, TakenUnits, Units } from './stock-plan.ts';
import { summedUnits } from './summed-units.ts';
import type { UnitCosts } from './unit-cost.ts';

export interface Sendable {
  send: StockDocument[];
  wait: StockDocument[];
  problems: StockProblem[];
  /** External ids of documents that lack what somebody else took, by the `movement-foreign` that ends their waiting too. */
  behind: ReadonlyMap<string, readonly string[]>;
}

/**
 * @param documents planned and not posted, in the order of the plan; held ones are left out
 * @param onHand what NetSuite has at each place of the pools; `source` where it is known, `elsewhere` never: there NetSuite's refusal tells
 * @param taken what unexplained movements took from places: no person has to look for it twice
 * @param refused external ids of what NetSuite has refused for want of stock
 */
export function sendable(
  documents: readonly StockDocument[],
  onHand: readonly Units[],
  {
    refused,
    taken,
    graceDays,
    costs,
    today,
  }: {
    refused: ReadonlySet<string>;
    taken: readonly TakenUnits[];
    graceDays: number;
    costs: UnitCosts;
    today: Day;
  },
): Sendable {
  const held = new Map(onHand.map((units) => [keyOf(units), units.units]));
  const at = (of: Omit<Units, 'units'>) => held.get(keyOf(of)) ?? 0;
  const send: StockDocument[] = [];
  const wait: StockDocument[] = [];
  const problems: StockProblem[] = [];
  const behind = new Map<string, string[]>();
  for (const document of documents.filter(({ hold }) => hold === null)) {
    const isKnown = (of: Omit<Units, 'units'>) => !isUncounted(of.place) || held.has(keyOf(of));
    const short = new Set(
      'from' in document ? shortLines(document, (of) => (isKnown(of) ? at(of) : Number.MAX_SAFE_INTEGER)) : [],
    );
    const lines = lineEffects(document);
    const waiting = summedUnits(lines.filter(({ ref }) => short.has(ref.line)));
    const going = summedUnits(lines.filter(({ ref }) => !short.has(ref.line)));
    const externalId = externalIdOf(document.key);
    const raise = (effects: readonly Units[]) => {
      if (!hasPassed(document.day, graceDays, today)) return;
      for (const effect of effects.filter(({ units }) => units < 0)) {
        const by = taken.filter((one) => keyOf(one) === keyOf(effect));
        const has = isKnown(effect) ? at(effect) : null;
        if (by.length > 0 && has !== null && has - unitsIn(by) + effect.units >= 0)
          for (const { key } of by) behind.set(key, [...(behind.get(key) ?? []), externalId]);
        else problems.push(missing(externalId, document.day, effect, has, costs));
      }
    };
    if (short.size === document.lines.length) wait.push(document);
    else send.push(document);
    if (short.size === 0 && refused.has(externalId)) raise(going);
    for (const effect of going.filter(isKnown)) held.set(keyOf(effect), at(effect) + effect.units);
    raise(waiting);
  }
  return { send, wait, problems, behind };
}

/** A movement of somebody else with the documents of ours that wait for what it took. */
export function withWaiting(problem: StockProblem, behind: Sendable['behind']): StockProblem {
  const waiting = problem.code === 'movement-foreign' ? behind.get(problem.key) : undefined;
  if (waiting === undefined) return problem;
  return { ...problem, what: `${problem.what}; ${waiting.map(nameOfOurs).join(', ')} waits for what it took` };
}

function missing(
  externalId: string,
  day: Day,
  { pool, place, item, units }: Units,
  held: number | null,
  costs: UnitCosts,
): StockProblem {
  return {
    code: 'stock-missing',
    key: `${externalId} ${item}`,
    pool,
    sku: null,
    item,
    units,
    value: costs.valueOf(item, units, { pool, place }),
    day,
    rows: [],
    documents: [externalId],
    what:
      held === null
        ? `NetSuite has fewer than ${-units} of ${item} ${place === 'elsewhere' ? 'at the location outside of the pools' : `at ${place}`}, and they are to leave it`
        : `NetSuite has ${held} of ${item} at ${place}, and ${-units} are to leave it`,
  };
}

const unitsIn = (of: readonly Units[]): number => of.reduce((sum, { units }) => sum + units, 0);
const keyOf = ({ pool, place, item }: Omit<Units, 'units'>): string => [pool, place, item].join(' ');
