import type { Company } from '../company.ts';
import { line, type Document, type Draft, type TransactionLine } from '../ledger/transaction.ts';
import { invalidValue } from '../refusal.ts';
import { withDefaultTax } from './default-tax.ts';
import { readHead } from './head.ts';
import { fieldsOf, readItemLines, requireOwnIds } from './item-lines.ts';
import { memberLines } from './kit-lines.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { requiredText, textOf } from './values.ts';

/** Sales orders post nothing (NetSuite: NSHELP section_159708826777). */
export const salesOrder: RecordKind = {
  record: 'salesOrder',
  type: 'SalesOrd',
  title: 'Sales Order',
  prefix: 'SO',
  build,
};

/** Every third order has line ids 1, 4, 7 …: they are ids, not positions, and a client that counts is found out. */
const gapsIn = (id: string): number => (Number(id) % 3 === 0 ? 3 : 1);

function build(company: Company, document: Document, self: Self): Draft {
  return buildOrder(company, document, { id: self.id, sign: -1n });
}

/** Sales orders and return authorisations differ in the sign of their lines only. */
export function buildOrder(company: Company, document: Document, { id, sign }: { id: string; sign: 1n | -1n }): Draft {
  const entity = requiredText(document.fields, 'entity', 'Customer');
  const customer = company.masters.entities.get(entity);
  const head = readHead(company, document, null, customer?.currency ?? null);
  const status = textOf(document.fields, 'orderStatus');
  if (status !== null && !['A', 'B'].includes(status)) throw invalidValue(status, 'orderStatus', 'orderStatus');
  const items = readItemLines(company, document, head.currency, gapsIn(id));
  const total = items.reduce((sum, { amount }) => sum + amount, 0n);
  const headLocation = textOf(document.fields, 'location');
  const lines = items.flatMap((item): TransactionLine[] => {
    const own = line({
      // Non-posting, and yet with the income account that the invoice will credit (recorded).
      ...fieldsOf(item, { entity, location: headLocation }),
      quantity: Number(sign) * item.quantity,
      amount: sign * item.amount,
      closed: item.closed,
    });
    return [own, ...memberLines(company, own, gapsIn(id))];
  });
  requireOwnIds(lines);
  return withDefaultTax(company, {
    ...head,
    posting: false,
    entity,
    account: null,
    total: -sign * total,
    settleable: null,
    applications: [],
    lines: [
      line({
        id: 0,
        mainLine: true,
        amount: -sign * total,
        entity,
        location: headLocation,
        memo: textOf(document.fields, 'memo'),
      }),
      ...lines,
    ],
  });
}
