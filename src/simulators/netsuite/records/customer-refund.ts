import type { Company } from '../company.ts';
import { line, type Document, type Draft } from '../ledger/transaction.ts';
import { keepApplications, readApplications, sumOf } from './applications.ts';
import { moneyAccount } from './head.ts';
import { readReceivable } from './receivable.ts';
import type { RecordKind } from './record-kind.ts';
import { textOf } from './values.ts';

/** Debit A/R, credit the account, for credit memos. Its total is what is applied; nothing applied leaves no record. */
export const customerRefund: RecordKind = {
  record: 'customerRefund',
  type: 'CustRfnd',
  title: 'Customer Refund',
  prefix: 'RFND',
  build,
};

function build(company: Company, document: Document): Draft | null {
  const { entity, head, receivable } = readReceivable(company, document, 'customer', 'arAcct');
  const account = moneyAccount(company, document, head.currency, false);
  const applications = readApplications(company, document, {
    type: 'CustCred',
    entity,
    account: receivable,
    currency: head.currency,
  });
  const total = sumOf(applications);
  if (total === 0n) return null;
  keepApplications(company, document, applications, head.currency);
  return {
    ...head,
    posting: true,
    entity,
    account: receivable,
    total: -total,
    settleable: null,
    applications,
    lines: [
      line({
        id: 0,
        mainLine: true,
        account,
        amount: -total,
        entity,
        memo: textOf(document.fields, 'memo'),
        location: textOf(document.fields, 'location'),
      }),
      line({ id: 1, account: receivable, amount: total, entity }),
    ],
  };
}
