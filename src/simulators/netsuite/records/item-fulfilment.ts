import type { Company } from '../company.ts';
import { STOCK_ITEM } from '../items.ts';
import {
  line,
  type Document,
  type Draft,
  type FieldValues,
  type Transaction,
  type TransactionLine,
} from '../ledger/transaction.ts';
import { invalidValue, missingValue, noLines, userError } from '../refusal.ts';
import { readHead } from './head.ts';
import { refuseWithoutDetail } from './inventory-detail.ts';
import { assignLineIds } from './item-lines.ts';
import { partsOf, type Part } from './kit-lines.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { transferPrice, usesItemCost } from './transfer-order.ts';
import { numberOf, textOf } from './values.ts';

/**
 * A shipped fulfilment relieves stock at average cost (costing fills it in), against the cost of goods, or for a transfer order
 * against inventory in transit. Picked and packed post nothing.
 */
export const itemFulfilment: RecordKind = {
  record: 'itemFulfillment',
  type: 'ItemShip',
  title: 'Item Fulfillment',
  prefix: 'IF',
  transformOnly: true,
  build,
};

function build(company: Company, document: Document, self: Self): Draft {
  const order = company.books.get(self.createdFrom ?? '');
  if (!order) throw userError('That is not a valid record transformation.');
  const shipped = shipStatus(company, document) === 'C';
  const head = readHead(company, document, 'stock', order.currency);
  const values = document.sublists['item'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1);
  refuseAfterReceipt(company, order, self, head.date);
  let last = Math.max(...values.map((row) => numberOf(row, 'line') ?? 0));
  const next = (): number => (last += 1);
  const lines = values.flatMap((row, index): TransactionLine[] => {
    const { from, quantity, location } = readLine(company, document, order, row, index);
    const id = numberOf(row, 'line') ?? 0;
    const parts = partsOf(company, order, from, quantity);
    const leaving = (part: Part, start: { id: number; kitMemberOf: number | null }): TransactionLine[] => {
      const goods = part.item.type === STOCK_ITEM;
      if (goods) refuseWithoutDetail(company, part.item, location, index);
      const left = line({
        ...start,
        item: part.item.id,
        entity: order.entity,
        location,
        department: from.department,
        class: from.class,
        memo: textOf(row, 'description') ?? from.memo,
        quantity: -part.quantity,
        source: { transaction: order.id, line: part.from.id, progress: shipped ? 'fulfilled' : 'picked' },
      });
      if (!shipped || !goods) return [left];
      return order.type === 'TrnfrOrd'
        ? intoTransit(company, order, left, next)
        : intoCostOfGoods(company, left, next());
    };
    if (parts[0]?.from === from) return parts.flatMap((part) => leaving(part, { id, kitMemberOf: null }));
    const kit = line({
      id,
      item: from.item,
      entity: order.entity,
      location,
      quantity: -quantity,
      source: { transaction: order.id, line: from.id, progress: shipped ? 'fulfilled' : 'picked' },
    });
    return [kit, ...parts.flatMap((part) => leaving(part, { id: next(), kitMemberOf: id }))];
  });
  if (company.switches.fulfilOnlyFromStock) refuseUncommitted(company, lines);
  return {
    ...head,
    posting: shipped,
    entity: order.entity,
    account: null,
    total: 0n,
    settleable: null,
    applications: [],
    lines: [
      line({ id: 0, mainLine: true, entity: order.entity, memo: textOf(document.fields, 'memo') }),
      ...lines.sort((a, b) => a.id - b.id),
    ],
  };
}

function intoCostOfGoods(company: Company, left: TransactionLine, cost: number): TransactionLine[] {
  const { item: id, entity, location, department, class: classification, memo, quantity } = left;
  const item = company.masters.items.get(id ?? '')!;
  const shared = { item: id, entity, location, department, class: classification, memo };
  return [
    {
      ...left,
      account: item.assetAccount,
      stock: { location, quantity: quantity ?? 0, value: 0n, cost: 'average', offset: cost },
    },
    line({ ...shared, id: cost, account: item.cogsAccount, costOfGoods: true }),
  ];
}

/**
 * With item costs "the value of items in transit are removed from the Inventory Asset account and added to the Inventory in
 * Transit account" (NSHELP section_N2308766); else the transfer price is, and "any difference between the actual cost and the
 * transfer price posts to a Gain/Loss account when the item is shipped" (section_N2310077).
 */
function intoTransit(
  company: Company,
  order: Transaction,
  left: TransactionLine,
  next: () => number,
): TransactionLine[] {
  const item = company.masters.items.get(left.item ?? '')!;
  const quantity = left.quantity ?? 0;
  const shared = { item: item.id, location: left.location, department: left.department, class: left.class };
  const rate = order.lines.find(({ id }) => id === left.source?.line)?.rate ?? null;
  const transit = line({ ...shared, id: next(), account: company.masters.inventoryInTransit });
  const shipped = (offset: number): TransactionLine => ({
    ...left,
    account: item.assetAccount,
    stock: { location: left.location, quantity, value: 0n, cost: 'average', offset, transfer: true },
  });
  if (usesItemCost(company, order.document)) return [shipped(transit.id), transit];
  const price = transferPrice(company, rate, -quantity);
  const difference = line({
    ...shared,
    id: next(),
    account: item.gainLossAccount ?? item.cogsAccount,
    amount: -price,
  });
  return [shipped(difference.id), { ...transit, amount: price }, difference];
}

/** The line of the order that is fulfilled, with a quantity that is still open and the location that it leaves. */
function readLine(
  company: Company,
  { fields }: Document,
  order: Transaction,
  row: FieldValues,
  index: number,
): { from: TransactionLine; quantity: number; location: string | null } {
  const orderLine = numberOf(row, 'orderLine');
  const from = order.lines.find(({ id, kitMemberOf }) => id === orderLine && kitMemberOf === null);
  if (!from || from.item === null) throw invalidValue(String(orderLine), 'orderLine', `item.items[${index}].orderLine`);
  const quantity = numberOf(row, 'quantity') ?? 0;
  const left = Math.abs(from.quantity ?? 0) - from.progress.fulfilled - from.progress.picked;
  if (quantity > left) {
    throw userError(
      "You can not over-fulfill an item unless you have selected the 'Allow Overage on Item Fulfillments' preference.",
    );
  }
  if (order.type !== 'TrnfrOrd') {
    const location = textOf(row, 'location') ?? textOf(fields, 'location') ?? from.location;
    if (company.switches.multiLocation && location === null) throw missingValue('Items list: Location');
    return { from, quantity, location };
  }
  const location = textOf(row, 'location');
  if (location !== null && location !== from.location)
    throw invalidValue(location, 'location', `item.items[${index}].location`);
  // "Lines […] cannot be partially fulfilled unless the Use Item Cost as Transfer Cost setting is enabled" (NSHELP section_N2312176).
  if (quantity !== from.quantity && !usesItemCost(company, order.document))
    throw userError('Lines on this transfer order cannot be partially fulfilled.');
  return { from, quantity, location: from.location };
}

/** *Limit to Committed*: what a location does not hold cannot leave it, over all lines of an item. */
function refuseUncommitted(company: Company, lines: TransactionLine[]): void {
  const wanted = new Map<string, number>();
  for (const { item, location, quantity, source } of lines) {
    if (!source || item === null || company.masters.items.get(item)?.type !== STOCK_ITEM) continue;
    const key = `${item} ${location}`;
    wanted.set(key, (wanted.get(key) ?? 0) - (quantity ?? 0));
    if (wanted.get(key)! > company.books.stock.quantityAt(item, location))
      throw userError('You must have at least one valid line item for this transaction.');
  }
}

/** A receipt "cannot be dated prior to the shipment date of the order" (NSHELP section_N2312912), nor become it. */
function refuseAfterReceipt(company: Company, order: Transaction, { id }: Self, date: string): void {
  if (order.type !== 'TrnfrOrd') return;
  for (const receipt of company.books.createdFrom(order.id))
    if (receipt.date < date && receipt.lines.some(({ source }) => source?.transaction === id))
      throw userError('The shipment date of the order cannot be after the date of its receipt.');
}

function shipStatus(company: Company, { fields }: Document): string {
  const given = textOf(fields, 'shipStatus');
  if (!company.switches.pickPackShip) {
    if (given !== null) throw invalidValue(given, 'shipStatus', 'shipStatus');
    return 'C';
  }
  if (given !== null && !['A', 'B', 'C'].includes(given)) throw invalidValue(given, 'shipStatus', 'shipStatus');
  return given ?? 'A';
}
