import type { Company } from '../company.ts';
import { stockUnits } from '../items.ts';
import { line, type Document, type Draft, type TransactionLine } from '../ledger/transaction.ts';
import { userError } from '../refusal.ts';
import { applyToOldest, autoApply, keepApplications, readApplications, sumOf, type ApplyList } from './applications.ts';
import { withDefaultTax } from './default-tax.ts';
import { refuseWithoutDetail } from './inventory-detail.ts';
import { fieldsOf, readItemLines, type ItemLine } from './item-lines.ts';
import { readReceivable } from './receivable.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { textOf } from './values.ts';

/**
 * Debit each item's income account, credit A/R. From a return authorisation stock stays where it is (NSHELP
 * section_N1311306); otherwise an inventory item comes back to stock without its cost (bridgehead_4337971641).
 */
export const creditMemo: RecordKind = {
  record: 'creditMemo',
  type: 'CustCred',
  title: 'Credit Memo',
  prefix: 'CM',
  build,
};

function build(company: Company, document: Document, self: Self): Draft {
  const { entity, head, receivable } = readReceivable(company, document, 'entity', 'account');
  const items = readItemLines(company, document, head.currency);
  const total = items.reduce((sum, { amount }) => sum + amount, 0n);
  if (total < 0n) throw userError('The total of this transaction cannot be negative.');
  if (self.creating && company.switches.ignoreApplyOnCreate.includes('creditMemo')) document.sublists['apply'] = [];
  const list: ApplyList = { type: 'CustInvc', entity, account: receivable, currency: head.currency };
  let applications = readApplications(company, document, list);
  if (autoApply(company, document))
    applications = applyToOldest(company, applications, total - sumOf(applications), list);
  if (sumOf(applications) > total) throw userError('You cannot apply more than the amount of the credit.');
  keepApplications(company, document, applications, head.currency);
  const source = self.createdFrom === null ? undefined : company.books.get(self.createdFrom);
  const headLocation = textOf(document.fields, 'location');
  const lines = items.map((item) =>
    line({
      ...fieldsOf(item, { entity, location: headLocation }),
      quantity: item.quantity,
      amount: item.amount,
      source:
        source && item.orderLine !== null
          ? { transaction: source.id, line: item.orderLine, progress: 'credited' as const }
          : null,
    }),
  );
  const members = source?.type === 'RtnAuth' ? [] : returned(company, items, lines);
  return withDefaultTax(company, {
    ...head,
    posting: true,
    entity,
    account: receivable,
    total: -total,
    settleable: total,
    applications,
    lines: [
      line({
        id: 0,
        mainLine: true,
        account: receivable,
        amount: -total,
        entity,
        location: headLocation,
        memo: textOf(document.fields, 'memo'),
      }),
      ...lines,
      ...members,
    ],
  });
}

/** Brings stock back without its cost: an inventory item on its own line, the members of a kit on lines of theirs. */
function returned(company: Company, items: ItemLine[], lines: TransactionLine[]): TransactionLine[] {
  let next = 1 + Math.max(...lines.map(({ id }) => id));
  return items.flatMap(({ id, item: credited, quantity: units }, index) => {
    const own = lines.find((row) => row.id === id);
    if (!own || units === 0) return [];
    return stockUnits(company.masters, credited, units).flatMap(({ item, quantity }) => {
      const { location, entity } = own;
      refuseWithoutDetail(company, item, location, index);
      const stock = { location, quantity, value: 0n, cost: 'given' as const, offset: null };
      if (item.id !== credited.id)
        return [line({ id: next++, kitMemberOf: id, item: item.id, entity, location, quantity, stock })];
      own.stock = stock;
      return [];
    });
  });
}
