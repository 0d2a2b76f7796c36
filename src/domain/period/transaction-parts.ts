/** The parts of a transaction of Finances: leaves of its breakdowns, which come to its total. */
import { sumMinor } from '../money/money.ts';
import type { FinancePart } from './finance-transaction.ts';

/** What no breakdown explains: nothing of a total is lost unseen. */
export const REST = '(rest)';

/** A breakdown with its own breakdowns; `amount` null where Amazon tells none of it. */
export interface BreakdownNode {
  name: string;
  amount: bigint | null;
  within: BreakdownNode[];
}

/** Of whom the leaves are: an item's, or of the transaction itself. */
export type PartOwner = Omit<FinancePart, 'path' | 'amount'>;
const NOBODY: PartOwner = { sku: null, orderItemId: null, quantity: null };

/** The leaves of some breakdowns that are not zero, with the names on the way to each. */
export function leavesOf(nodes: readonly BreakdownNode[], owner: PartOwner, above = ''): FinancePart[] {
  return nodes.flatMap(({ name, amount, within }) => {
    const path = `${above}${name}`;
    const leaves = leavesOf(within, owner, `${path}/`);
    // A node that its own breakdowns do not explain counts as it is.
    if (leaves.length > 0 && (amount === null || sumOf(leaves) === amount)) return leaves;
    return amount === null || amount === 0n ? [] : [{ path, amount, ...owner }];
  });
}

/**
 * The items' leaves where they come to the total, since they name the SKU; else those of the transaction itself, where they do;
 * else the items', or where there are none its own, with the rest beside them.
 */
export function partsOf(total: bigint, items: readonly FinancePart[], own: readonly BreakdownNode[]): FinancePart[] {
  const ofItself = leavesOf(own, NOBODY);
  const whole = [items, ofItself].find((parts) => parts.length > 0 && sumOf(parts) === total);
  if (whole !== undefined) return [...whole];
  const parts = items.length > 0 ? items : ofItself;
  const rest = total - sumOf(parts);
  return rest === 0n ? [...parts] : [...parts, { path: REST, amount: rest, ...NOBODY }];
}

const sumOf = (parts: readonly FinancePart[]): bigint => sumMinor(parts.map(({ amount }) => amount));
