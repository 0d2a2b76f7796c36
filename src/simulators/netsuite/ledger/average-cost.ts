/**
 * Average costing of one item at one place. What comes in changes the average, what goes out leaves at it; amounts are whole
 * minor units of the base currency, and the last unit takes with it what rounding has left.
 */
import { mulDiv } from '../decimal.ts';

export interface Average {
  value: bigint;
  quantity: bigint;
}

export interface CostState {
  readonly quantity: number;
  readonly value: bigint;
  /** The average when there was last anything on hand: "retains the value it had before" (wp.jjknowledgebase.com). */
  readonly last: Average;
}

/** "When you sell an item that has never been received, the cost of the item is calculated as zero" (NSHELP bridgehead_4337968394). */
export const NEVER_HELD: CostState = { quantity: 0, value: 0n, last: { value: 0n, quantity: 1n } };

export function averageOf({ quantity, value, last }: CostState): Average {
  return quantity > 0 ? { value, quantity: BigInt(quantity) } : last;
}

export function costAt(average: Average, quantity: number): bigint {
  return mulDiv(average.value, BigInt(quantity), average.quantity);
}

/** What so many units leave with; with nothing on hand that is an estimate, at the last average. */
export function issue(state: CostState, quantity: number): { state: CostState; cost: bigint } {
  const cost = costAt(averageOf(state), quantity);
  return { state: moved(state, -quantity, -cost), cost };
}

/**
 * Units that come in with their value. Where they end a stand below zero, what is left on hand is worth what the newcomers
 * cost, and the rest corrects the estimates: "{estimated COGS} – {cost of the item upon restocking}" (NSHELP section_N2195087).
 * `correction` goes from stock to the cost of sales.
 */
export function receive(state: CostState, quantity: number, value: bigint): { state: CostState; correction: bigint } {
  const after = moved(state, quantity, value);
  if (state.quantity >= 0 || after.quantity < 0) return { state: after, correction: 0n };
  const worth = mulDiv(value, BigInt(after.quantity), BigInt(quantity));
  return { state: { ...after, value: worth }, correction: after.value - worth };
}

function moved(state: CostState, quantity: number, value: bigint): CostState {
  return { quantity: state.quantity + quantity, value: state.value + value, last: averageOf(state) };
}
