import type { Company } from '../company.ts';
import { line, type Document, type Draft } from '../ledger/transaction.ts';
import { noLines, userError } from '../refusal.ts';
import { readHead } from './head.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { returnLines } from './return-receipt.ts';
import { transferLines } from './transfer-receipt.ts';
import { numberOf, textOf } from './values.ts';

/** Goods that came in against a return authorisation or a transfer order. */
export const itemReceipt: RecordKind = {
  record: 'itemReceipt',
  type: 'ItemRcpt',
  title: 'Item Receipt',
  prefix: 'IR',
  transformOnly: true,
  build,
};

function build(company: Company, document: Document, self: Self): Draft {
  const order = company.books.get(self.createdFrom ?? '');
  if (!order) throw userError('That is not a valid record transformation.');
  const head = readHead(company, document, 'stock', order.currency);
  const values = document.sublists['item'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1);
  let last = Math.max(...values.map((row) => numberOf(row, 'line') ?? 0));
  const next = (): number => (last += 1);
  const lines =
    order.type === 'TrnfrOrd'
      ? transferLines(company, document, order, { id: self.id, head, next })
      : returnLines(company, document, order, { head, next });
  return {
    ...head,
    posting: true,
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
