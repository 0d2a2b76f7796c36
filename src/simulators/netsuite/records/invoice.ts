import type { Company } from '../company.ts';
import { stockUnits } from '../items.ts';
import { line, type Document, type Draft, type TransactionLine } from '../ledger/transaction.ts';
import { userError } from '../refusal.ts';
import { refuseWithoutDetail } from './inventory-detail.ts';
import { withDefaultTax } from './default-tax.ts';
import { fieldsOf, readItemLines, type ItemLine } from './item-lines.ts';
import { readReceivable } from './receivable.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { textOf } from './values.ts';

/** Debit A/R, credit each item's income account; goods that no fulfilment has shipped are relieved here. */
export const invoice: RecordKind = { record: 'invoice', type: 'CustInvc', title: 'Invoice', prefix: 'INV', build };

function build(company: Company, document: Document, self: Self): Draft {
  const { entity, head, receivable } = readReceivable(company, document, 'entity', 'account');
  const items = readItemLines(company, document, head.currency);
  const total = items.reduce((sum, { amount }) => sum + amount, 0n);
  if (total < 0n) throw userError('The total of this transaction cannot be negative.');
  const order = self.createdFrom === null ? undefined : company.books.get(self.createdFrom);
  const headLocation = textOf(document.fields, 'location');
  const lines = [
    line({
      id: 0,
      mainLine: true,
      account: receivable,
      amount: total,
      entity,
      location: headLocation,
      memo: textOf(document.fields, 'memo'),
    }),
    ...items.map((item) =>
      line({
        ...fieldsOf(item, { entity, location: headLocation }),
        quantity: -item.quantity,
        amount: -item.amount,
        source:
          order && item.orderLine !== null
            ? { transaction: order.id, line: item.orderLine, progress: 'billed' as const }
            : null,
      }),
    ),
  ];
  return withDefaultTax(company, {
    ...head,
    posting: true,
    entity,
    account: receivable,
    total,
    settleable: total,
    applications: [],
    lines: [...lines, ...costLines(company, items, lines)],
  });
}

/** Cost of goods that are not billed from an order line (their fulfilment has posted it there); costing fills it in. */
function costLines(company: Company, items: ItemLine[], lines: TransactionLine[]): TransactionLine[] {
  let next = 1 + Math.max(...lines.map(({ id }) => id));
  return items.flatMap(({ id, item: billed, quantity: units, orderLine }, index) => {
    const sold = lines.find((row) => row.id === id);
    if (orderLine !== null || units === 0 || !sold) return [];
    return stockUnits(company.masters, billed, units).flatMap(({ item, quantity }) => {
      refuseWithoutDetail(company, item, sold.location, index);
      const kitMemberOf = item.id === billed.id ? null : id;
      const shared = { item: item.id, entity: sold.entity, location: sold.location, costOfGoods: true, kitMemberOf };
      const cost = next++;
      return [
        line({ ...shared, id: cost, account: item.cogsAccount }),
        line({
          ...shared,
          id: next++,
          account: item.assetAccount,
          // What left is summed from the lines that affect inventory.
          quantity: -quantity,
          stock: { location: sold.location, quantity: -quantity, value: 0n, cost: 'average', offset: cost },
        }),
      ];
    });
  });
}
