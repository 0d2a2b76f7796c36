import type { Company } from '../company.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import { line, type Document, type Draft, type StockMovement, type TransactionLine } from '../ledger/transaction.ts';
import { invalidValue, missingValue, noLines, userError } from '../refusal.ts';
import { readHead, requireSubsidiary } from './head.ts';
import { refuseWithoutDetail } from './inventory-detail.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { dimensionsOf, numberOf, requiredText, textOf } from './values.ts';

/**
 * "Decreases the on-hand quantity in the source location and increases it in the new location" (NSHELP section_0817112542), in
 * one step and at the average of the source. Each line of the body is two in the ledger: what leaves, and what comes in.
 */
export const inventoryTransfer: RecordKind = {
  record: 'inventoryTransfer',
  type: 'InvTrnfr',
  title: 'Inventory Transfer',
  prefix: 'IT',
  build,
};

function build(company: Company, document: Document, self: Self): Draft {
  requireSubsidiary(document);
  const head = readHead(company, document, 'stock', BASE_CURRENCY);
  const from = requiredText(document.fields, 'location', 'From Location');
  const to = requiredText(document.fields, 'transferLocation', 'To Location');
  if (from === to) throw invalidValue(to, 'transferLocation', 'transferLocation');
  const values = document.sublists['inventory'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1);
  const { department, class: classification } = dimensionsOf(document.fields);
  const leaving = values.map((row, index): TransactionLine => {
    const path = `inventory.items[${index}]`;
    const item = company.masters.items.get(textOf(row, 'item') ?? '');
    if (!item || item.assetAccount === null) throw invalidValue(String(row['item']), 'item', `${path}.item`);
    const quantity = numberOf(row, 'adjustQtyBy');
    if (quantity === null) throw missingValue('Qty. to Transfer');
    if (quantity <= 0) throw invalidValue(String(quantity), 'adjustQtyBy', `${path}.adjustQtyBy`);
    for (const location of [from, to]) refuseWithoutDetail(company, item, location, index);
    return line({
      department,
      class: classification,
      id: numberOf(row, 'line') ?? index + 1,
      item: item.id,
      account: item.assetAccount,
      memo: textOf(row, 'description'),
      quantity: -quantity,
      location: from,
      stock: { location: from, quantity: -quantity, value: 0n, cost: 'average', offset: null, transfer: true },
    });
  });
  refuseWithoutStock(company, leaving, from);
  const last = Math.max(...leaving.map(({ id }) => id));
  const arriving = leaving.map((out, index): TransactionLine => {
    const quantity = -(out.quantity ?? 0);
    const stock: StockMovement = {
      location: to,
      quantity,
      value: 0n,
      cost: { transaction: self.id, line: out.id, before: 0 },
      offset: null,
      transfer: true,
    };
    return { ...out, id: last + 1 + index, quantity, location: to, stock };
  });
  return {
    ...head,
    posting: true,
    entity: null,
    account: null,
    total: 0n,
    settleable: null,
    applications: [],
    lines: [
      line({ id: 0, mainLine: true, location: from, memo: textOf(document.fields, 'memo') }),
      ...leaving,
      ...arriving,
    ],
  };
}

/** All lines of one item together may take no more than the location holds now. */
function refuseWithoutStock(company: Company, leaving: TransactionLine[], from: string): void {
  const wanted = new Map<string, number>();
  for (const { item, quantity } of leaving)
    if (item !== null) wanted.set(item, (wanted.get(item) ?? 0) - (quantity ?? 0));
  for (const [item, quantity] of wanted)
    if (quantity > company.books.stock.quantityAt(item, from))
      throw userError('You cannot transfer more than the quantity on hand at the source location.');
}
