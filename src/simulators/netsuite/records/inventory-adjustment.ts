import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, mulDiv, toUnits } from '../decimal.ts';
import { costAt } from '../ledger/average-cost.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import { line, type Document, type Draft, type TransactionLine } from '../ledger/transaction.ts';
import { invalidValue, missingValue, noLines } from '../refusal.ts';
import { accountFor, readHead, requireSubsidiary } from './head.ts';
import { refuseWithoutDetail } from './inventory-detail.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind } from './record-kind.ts';
import { dimensionsOf, numberOf, requiredText, textOf } from './values.ts';

/**
 * Moves quantities: what rises comes in at `unitCost`, what falls leaves at average cost. The unit cost "will default to the
 * Location Average Cost", and is kept "as if the user entered it manually" (wp.jjknowledgebase.com/?p=43869).
 */
export const inventoryAdjustment: RecordKind = {
  record: 'inventoryAdjustment',
  type: 'InvAdjst',
  title: 'Inventory Adjustment',
  prefix: 'ADJ',
  build,
};

/** Unit costs are taken to eight decimals, as rates are. */
const UNIT_COST_DIGITS = 8;

function build(company: Company, document: Document): Draft {
  requireSubsidiary(document);
  const head = readHead(company, document, 'stock', BASE_CURRENCY);
  const account = accountFor(company, requiredText(document.fields, 'account', 'Adjustment Account'), 'account', {
    currency: head.currency,
  }).id;
  const values = document.sublists['inventory'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1);
  const scale = 10n ** BigInt(UNIT_COST_DIGITS - currencyDigits(symbolOf(company, head.currency)));
  const averageCost = (item: string, location: string | null, quantity: number): bigint =>
    costAt(company.books.stock.averageAt(item, location), quantity);
  const lines: TransactionLine[] = values.map((row, index) => {
    const path = `inventory.items[${index}]`;
    const item = company.masters.items.get(textOf(row, 'item') ?? '');
    if (!item || item.assetAccount === null) throw invalidValue(String(row['item']), 'item', `${path}.item`);
    const quantity = numberOf(row, 'adjustQtyBy');
    if (quantity === null) throw missingValue('Adjust Qty. By');
    const location = textOf(row, 'location') ?? textOf(document.fields, 'adjLocation');
    if (company.switches.multiLocation && location === null) throw missingValue('Location');
    refuseWithoutDetail(company, item, location, index);
    const unitCost = textOf(row, 'unitCost');
    const unit = unitCost === null ? null : toUnits(unitCost, UNIT_COST_DIGITS);
    if (unitCost !== null && (unit === null || unit < 0n)) throw invalidValue(unitCost, 'unitCost', `${path}.unitCost`);
    const value =
      quantity <= 0
        ? 0n
        : unit === null
          ? averageCost(item.id, location, quantity)
          : mulDiv(unit, BigInt(quantity), scale);
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
      stock: { location, quantity, value, cost: quantity > 0 ? 'given' : 'average', offset: 0 },
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
