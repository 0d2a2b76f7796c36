import type { Company } from '../company.ts';
import { fromBase } from '../ledger/exchange.ts';
import { line, type Document, type Draft, type FieldValues, type TransactionLine } from '../ledger/transaction.ts';
import { invalidValue, missingValue, noLines, userError } from '../refusal.ts';
import { readHead } from './head.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { returnCost } from './return-cost.ts';
import { numberOf, textOf } from './values.ts';

/**
 * Goods that came back against a return authorisation: debit inventory, credit cost of goods. The preference decides "whether
 * the item is restocked in inventory or written off as an expense" (NSHELP section_N1305008); written off, nothing moves.
 */
export const itemReceipt: RecordKind = {
  record: 'itemReceipt',
  type: 'ItemRcpt',
  title: 'Item Receipt',
  prefix: 'IR',
  transformOnly: true,
  build,
};

function build(company: Company, document: Document, self: Self): Draft {
  const authorisation = company.books.get(self.createdFrom ?? '');
  if (!authorisation) throw userError('That is not a valid record transformation.');
  const head = readHead(company, document, 'stock', authorisation.currency);
  const values = document.sublists['item'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1);
  let next = 1 + Math.max(...values.map((row) => numberOf(row, 'line') ?? 0));
  const lines = values.flatMap((row, index): TransactionLine[] => {
    const { from, quantity, location } = readLine(company, document, row, authorisation.lines, index);
    const item = company.masters.items.get(from.item ?? '')!;
    const value = company.switches.restock ? returnCost(company, from, { row, quantity, location, index }) : 0n;
    const amount = fromBase(company.masters, head, value);
    const shared = {
      item: item.id,
      entity: authorisation.entity,
      location,
      department: from.department,
      class: from.class,
      memo: textOf(row, 'description') ?? from.memo,
    };
    const offset = next++;
    const received = line({
      ...shared,
      id: numberOf(row, 'line') ?? 0,
      quantity,
      source: { transaction: authorisation.id, line: from.id, progress: 'received' },
      ...(company.switches.restock
        ? { account: item.assetAccount, amount, stock: { location, quantity, value, cost: 'given', offset } }
        : {}),
    });
    if (!company.switches.restock) return [received];
    return [received, line({ ...shared, id: offset, account: item.cogsAccount, amount: -amount, costOfGoods: true })];
  });
  return {
    ...head,
    posting: true,
    entity: authorisation.entity,
    account: null,
    total: 0n,
    settleable: null,
    applications: [],
    lines: [
      line({ id: 0, mainLine: true, entity: authorisation.entity, memo: textOf(document.fields, 'memo') }),
      ...lines.sort((a, b) => a.id - b.id),
    ],
  };
}

/** The line that it is received against, with a quantity that is still open and the location that it goes to. */
function readLine(
  company: Company,
  { fields }: Document,
  row: FieldValues,
  offered: readonly TransactionLine[],
  index: number,
): { from: TransactionLine; quantity: number; location: string | null } {
  const orderLine = numberOf(row, 'orderLine');
  const from = offered.find(({ id }) => id === orderLine);
  if (!from || from.item === null) throw invalidValue(String(orderLine), 'orderLine', `item.items[${index}].orderLine`);
  const quantity = numberOf(row, 'quantity') ?? 0;
  if (quantity > Math.abs(from.quantity ?? 0) - from.progress.received)
    throw userError('You cannot receive more than is left to receive.');
  const location = textOf(row, 'location') ?? textOf(fields, 'location') ?? from.location;
  if (company.switches.multiLocation && location === null) throw missingValue('Items list: Location');
  return { from, quantity, location };
}
