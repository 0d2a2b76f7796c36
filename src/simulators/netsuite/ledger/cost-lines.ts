/** What costing writes into a document: the amounts of a movement, and the lines that correct what was estimated before. */
import type { Masters } from '../masters.ts';
import { fromBase } from './exchange.ts';
import { line, type Transaction, type TransactionLine } from './transaction.ts';

const CORRECTION = 'Cost of Sales Adjustment';

/** Sets what a movement is worth, on its line and on the line that posts the other side. */
export function revalue(masters: Masters, transaction: Transaction, moved: TransactionLine, value: bigint): void {
  const stock = moved.stock!;
  if (stock.value === value) return;
  stock.value = value;
  const change = fromBase(masters, transaction, value) - moved.amount;
  moved.amount += change;
  const offset = transaction.lines.find(({ id }) => id === stock.offset);
  if (!offset) return;
  offset.amount -= change;
  if (offset.mainLine) transaction.total += change;
}

/**
 * The document's lines with what takes this from stock to the cost of sales: "a cost adjustment line accompanies the item
 * receipt" (NSHELP bridgehead_4337968394). Without anything to correct there are no such lines.
 */
export function correct(
  masters: Masters,
  transaction: Transaction,
  moved: TransactionLine,
  correction: bigint,
): TransactionLine[] {
  const before = transaction.lines.filter(({ corrects }) => corrects === moved.id);
  if (correction === 0n && before.length === 0) return transaction.lines;
  const others = transaction.lines.filter((other) => !before.includes(other));
  const item = masters.items.get(moved.item ?? '');
  if (correction === 0n || !item) return others;
  const next = 1 + Math.max(...others.map(({ id }) => id));
  const amount = fromBase(masters, transaction, correction);
  const shared = {
    transaction,
    item: moved.item,
    location: moved.location,
    memo: CORRECTION,
    costOfGoods: true,
    corrects: moved.id,
  };
  return [
    ...others,
    line({ ...shared, id: next, account: item.cogsAccount, amount }),
    line({ ...shared, id: next + 1, account: item.assetAccount, amount: -amount }),
  ];
}
