/** What every rule may ask: how the connection is set up, which day it is, what things cost. */
import type { Day } from '../money/instant.ts';
import type { KeptStock } from './kept-stock.ts';
import { SkuItems } from './sku-items.ts';
import type { StockDecision } from './stock-decisions.ts';
import type { StockFacts, StockPolicy } from './stock-plan.ts';
import { UnitCosts } from './unit-cost.ts';

/** Facts by their names: whoever has them for something else as well hands them in. */
export interface PlanningIndexes {
  costs: UnitCosts;
  items: SkuItems;
}

export interface Planning extends PlanningIndexes {
  policy: StockPolicy;
  facts: StockFacts;
  kept: KeptStock;
  decisions: readonly StockDecision[];
  today: Day;
}

export function planningIndexes(
  { costs, mappings }: Pick<StockFacts, 'costs' | 'mappings'>,
  { pools }: Pick<StockPolicy, 'pools'>,
): PlanningIndexes {
  return { costs: new UnitCosts(costs, pools), items: new SkuItems(mappings) };
}
