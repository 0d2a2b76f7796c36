import type { Company } from '../company.ts';
import { fromBase } from '../ledger/exchange.ts';
import { line, type Document, type Draft, type TransactionLine } from '../ledger/transaction.ts';
import { receivableOf } from '../masters.ts';
import { invalidValue, userError } from '../refusal.ts';
import { accountFor, readHead, type Head } from './head.ts';
import { readItemLines, type ItemLine } from './item-lines.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { requiredText, textOf } from './values.ts';

/** Debit A/R, credit each item's income account; goods that no fulfilment has shipped are relieved here. */
export const invoice: RecordKind = { record: 'invoice', type: 'CustInvc', title: 'Invoice', prefix: 'INV', build };

function build(company: Company, document: Document, self: Self): Draft {
  const entity = requiredText(document.fields, 'entity', 'Customer');
  const customer = company.masters.entities.get(entity);
  if (!customer) throw invalidValue(entity, 'entity', 'entity');
  const head = readHead(company, document, 'receivable', customer.currency);
  const receivable = accountFor(company, textOf(document.fields, 'account') ?? receivableOf(company.masters, customer), 'account', { types: ['AcctRec'], currency: head.currency }).id;
  const items = readItemLines(company, document, head.currency);
  const total = items.reduce((sum, { amount }) => sum + amount, 0n);
  if (total < 0n) throw userError('The total of this transaction cannot be negative.');
  const order = self.createdFrom === null ? undefined : company.books.get(self.createdFrom);
  const headLocation = textOf(document.fields, 'location');
  const lines = [
    line({ id: 0, mainLine: true, account: receivable, amount: total, entity, location: headLocation, memo: textOf(document.fields, 'memo') }),
    ...items.map((item) => line({
      id: item.id, item: item.item.id, account: item.item.incomeAccount, quantity: -item.quantity, amount: -item.amount, rate: item.rate, memo: item.memo, entity,
      location: item.location ?? headLocation, department: item.department, class: item.class, ...(item.custom && { custom: item.custom }),
      source: order && item.orderLine !== null ? { transaction: order.id, line: item.orderLine, progress: 'billed' as const } : null,
    })),
  ];
  return { ...head, posting: true, entity, account: receivable, total, settleable: total, applications: [], lines: [...lines, ...costLines(company, head, items, lines)] };
}

/** Cost of inventory items that are not billed from an order line (their fulfilment has posted it there). */
function costLines(company: Company, head: Head, items: ItemLine[], lines: TransactionLine[]): TransactionLine[] {
  let next = 1 + Math.max(...lines.map(({ id }) => id));
  return items.flatMap(({ id, item, quantity, orderLine }) => {
    const sold = lines.find((row) => row.id === id);
    if (item.type !== 'InvtPart' || orderLine !== null || quantity === 0 || !sold) return [];
    const value = company.books.stock.costOf(item.id, quantity);
    const cost = fromBase(company, head, value);
    const shared = { item: item.id, entity: sold.entity, location: sold.location, costOfGoods: true };
    return [
      line({ ...shared, id: next++, account: item.cogsAccount, amount: cost }),
      line({ ...shared, id: next++, account: item.assetAccount, amount: -cost, stock: { location: sold.location, quantity: -quantity, value: -value } }),
    ];
  });
}
