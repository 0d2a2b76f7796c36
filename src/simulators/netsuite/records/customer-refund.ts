import type { Company } from '../company.ts';
import { line, type Document, type Draft } from '../ledger/transaction.ts';
import { receivableOf } from '../masters.ts';
import { invalidValue } from '../refusal.ts';
import { keepApplications, readApplications, sumOf } from './applications.ts';
import { accountFor, moneyAccount, readHead } from './head.ts';
import type { RecordKind } from './record-kind.ts';
import { requiredText, textOf } from './values.ts';

/** Debit A/R, credit the account, for credit memos. Its total is what is applied; nothing applied leaves no record. */
export const customerRefund: RecordKind = { record: 'customerRefund', type: 'CustRfnd', title: 'Customer Refund', prefix: 'RFND', build };

function build(company: Company, document: Document): Draft | null {
  const entity = requiredText(document.fields, 'customer', 'Customer');
  const customer = company.masters.entities.get(entity);
  if (!customer) throw invalidValue(entity, 'customer', 'customer');
  const head = readHead(company, document, 'receivable', customer.currency);
  const receivable = accountFor(company, textOf(document.fields, 'arAcct') ?? receivableOf(company.masters, customer), 'arAcct', { types: ['AcctRec'], currency: head.currency }).id;
  const account = moneyAccount(company, document, head.currency, false);
  const applications = readApplications(company, document, { type: 'CustCred', entity, account: receivable, currency: head.currency });
  const total = sumOf(applications);
  if (total === 0n) return null;
  keepApplications(company, document, applications, head.currency);
  return {
    ...head, posting: true, entity, account: receivable, total: -total, settleable: null, applications,
    lines: [
      line({ id: 0, mainLine: true, account, amount: -total, entity, memo: textOf(document.fields, 'memo'), location: textOf(document.fields, 'location') }),
      line({ id: 1, account: receivable, amount: total, entity }),
    ],
  };
}
