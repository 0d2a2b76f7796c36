import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, toUnits } from '../decimal.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import { line, type Document, type Draft, type TransactionLine } from '../ledger/transaction.ts';
import { invalidValue, missingValue, noLines } from '../refusal.ts';
import { accountFor, readHead, requireSubsidiary } from './head.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind } from './record-kind.ts';
import { dimensionsOf, numberOf, requiredText, textOf } from './values.ts';

/** Moves quantities: what rises comes in at `unitCost` (else at average cost), what falls leaves at average cost. */
export const inventoryAdjustment: RecordKind = {
  record: 'inventoryAdjustment',
  type: 'InvAdjst',
  title: 'Inventory Adjustment',
  prefix: 'ADJ',
  build,
};

function build(company: Company, document: Document): Draft {
  requireSubsidiary(document);
  const head = readHead(company, document, 'stock', BASE_CURRENCY);
  const account = accountFor(company, requiredText(document.fields, 'account', 'Adjustment Account'), 'account', {
    currency: head.currency,
  }).id;
  const values = document.sublists['inventory'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1);
  const digits = currencyDigits(symbolOf(company, head.currency));
  const lines: TransactionLine[] = values.map((row, index) => {
    const path = `inventory.items[${index}]`;
    const item = company.masters.items.get(textOf(row, 'item') ?? '');
    if (!item || item.assetAccount === null) throw invalidValue(String(row['item']), 'item', `${path}.item`);
    const quantity = numberOf(row, 'adjustQtyBy');
    if (quantity === null) throw missingValue('Adjust Qty. By');
    const location = textOf(row, 'location') ?? textOf(document.fields, 'adjLocation');
    if (company.switches.multiLocation && location === null) throw missingValue('Location');
    const unitCost = textOf(row, 'unitCost');
    const unit = unitCost === null ? null : toUnits(unitCost, digits);
    if (unitCost !== null && unit === null) throw invalidValue(unitCost, 'unitCost', `${path}.unitCost`);
    const value =
      quantity > 0 && unit !== null ? unit * BigInt(quantity) : company.books.stock.costOf(item.id, quantity);
    return line({
      ...dimensionsOf(row),
      id: numberOf(row, 'line') ?? index + 1,
      item: item.id,
      quantity,
      account: item.assetAccount,
      amount: value,
      location,
      memo: textOf(row, 'memo'),
      rate: unitCost,
      stock: { location, quantity, value },
    });
  });
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const first = line({ id: 0, mainLine: true, account, amount: -total, memo: textOf(document.fields, 'memo') });
  return {
    ...head,
    posting: true,
    entity: null,
    account,
    total,
    settleable: null,
    applications: [],
    lines: [first, ...lines],
  };
}
