import type { Company } from '../company.ts';
import { line, type Document, type Draft, type TransactionLine } from '../ledger/transaction.ts';
import { invalidValue, missingValue, noLines, userError } from '../refusal.ts';
import { readHead } from './head.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { numberOf, textOf } from './values.ts';

/** A shipped fulfilment relieves stock: debit cost of goods, credit inventory, at average cost (costing fills it in). Picked and packed post nothing. */
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
  const lines: TransactionLine[] = [
    line({ id: 0, mainLine: true, entity: order.entity, memo: textOf(document.fields, 'memo') }),
  ];
  let next = 1 + Math.max(...values.map((row) => numberOf(row, 'line') ?? 0));
  for (const [index, row] of values.entries()) {
    const path = `item.items[${index}]`;
    const orderLine = numberOf(row, 'orderLine');
    const from = order.lines.find(({ id }) => id === orderLine);
    const item = company.masters.items.get(from?.item ?? '');
    if (!from || !item || orderLine === null) throw invalidValue(String(orderLine), 'orderLine', `${path}.orderLine`);
    const quantity = numberOf(row, 'quantity') ?? 0;
    const left = Math.abs(from.quantity ?? 0) - from.progress.fulfilled - from.progress.picked;
    if (quantity > left) {
      throw userError(
        "You can not over-fulfill an item unless you have selected the 'Allow Overage on Item Fulfillments' preference.",
      );
    }
    const location = textOf(row, 'location') ?? textOf(document.fields, 'location') ?? from.location;
    if (company.switches.multiLocation && location === null) throw missingValue('Items list: Location');
    if (company.switches.fulfilOnlyFromStock && quantity > company.books.stock.quantityAt(item.id, location)) {
      throw userError('You must have at least one valid line item for this transaction.');
    }
    const cost = next++;
    const shared = {
      item: item.id,
      entity: order.entity,
      location,
      department: from.department,
      class: from.class,
      memo: textOf(row, 'description') ?? from.memo,
    };
    lines.push(
      line({
        ...shared,
        id: numberOf(row, 'line') ?? 0,
        quantity: -quantity,
        account: shipped ? item.assetAccount : null,
        source: { transaction: order.id, line: orderLine, progress: shipped ? 'fulfilled' : 'picked' },
        stock: shipped ? { location, quantity: -quantity, value: 0n, cost: 'average', offset: cost } : null,
      }),
    );
    if (shipped) lines.push(line({ ...shared, id: cost, account: item.cogsAccount, costOfGoods: true }));
  }
  return {
    ...head,
    posting: shipped,
    entity: order.entity,
    account: null,
    total: 0n,
    settleable: null,
    applications: [],
    lines: [...lines].sort((a, b) => a.id - b.id),
  };
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
