/** What every rule may ask: how the connection is set up, which day it is, what things cost. */
import type { Day } from '../money/instant.ts';
import type { KeptStock } from './kept-stock.ts';
import type { SkuItems } from './sku-items.ts';
import type { StockDecision } from './stock-decisions.ts';
import type { StockFacts, StockPolicy } from './stock-plan.ts';
import type { UnitCosts } from './unit-cost.ts';

export interface Planning {
  policy: StockPolicy;
  facts: StockFacts;
  kept: KeptStock;
  decisions: readonly StockDecision[];
  today: Day;
  costs: UnitCosts;
  items: SkuItems;
}
