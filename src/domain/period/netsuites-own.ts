/** Types of transactions that NetSuite makes itself at a period's end (netsuite.md §2.13). */

const REVALUATION = 'FxReval';
const OWN_TYPES: ReadonlySet<string> = new Set([REVALUATION, 'PEJrnl', 'CostReval']);

/** Revaluation of open balances, period-end journals, and its costing. */
export function isNetSuitesOwn(type: string): boolean {
  return OWN_TYPES.has(type);
}

/** It changes what a balance is worth in the company's currency, and nothing of the balance in its own. */
export function isRevaluation(type: string): boolean {
  return type === REVALUATION;
}
