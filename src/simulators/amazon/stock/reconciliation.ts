import type { Movement } from './movement.ts';
import type { StockBook } from './stock-book.ts';

/**
 * Cells *Reconciled* and *Unreconciled Quantity* of a row: units of misplaced, found and damaged rows, above zero,
 * empty for all others. A unit is reconciled once it is found, corrected or reimbursed; of an event told in several
 * rows the first ones are reconciled first. To be asked row by row, in order.
 */
export function reconciledOf(book: StockBook, now: string): (movement: Movement) => [string, string] {
  const left = settledBy(book, now);
  return (movement) => {
    if (!movement.reconciles) return ['', ''];
    const units = Math.abs(movement.units);
    const settled = Math.min(units, left.get(movement.event) ?? 0);
    left.set(movement.event, (left.get(movement.event) ?? 0) - settled);
    return [String(settled), String(units - settled)];
  };
}

/** Units settled by an instant, by the event that they settle; a find that settles something is settled itself. */
function settledBy(book: StockBook, now: string): Map<string, number> {
  const settled = new Map<string, number>();
  const settle = (event: string, units: number): void => void settled.set(event, (settled.get(event) ?? 0) + units);
  for (const { event } of book.happened('reconcile', now)) settle(event.event, event.units);
  for (const { name, event } of book.happened('adjust', now)) {
    if (event.settles === undefined) continue;
    settle(event.settles, Math.abs(event.units));
    settle(name, Math.abs(event.units));
  }
  for (const given of book.reimbursementsBy(now))
    if (given.settles !== undefined) settle(given.settles, (given.cash ?? 0) + (given.inventory ?? 0));
  return settled;
}
