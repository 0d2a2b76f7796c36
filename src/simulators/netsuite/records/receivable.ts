import type { Company } from '../company.ts';
import type { Document } from '../ledger/transaction.ts';
import { receivableOf } from '../masters.ts';
import { invalidValue } from '../refusal.ts';
import { accountFor, readHead, type Head } from './head.ts';
import { requiredText, textOf } from './values.ts';

/**
 * Customer, head and A/R account of a document of the receivables: invoices and credit memos name them `entity` and
 * `account`, payments and refunds `customer` and `arAcct`.
 */
export function readReceivable(
  company: Company,
  document: Document,
  party: 'entity' | 'customer',
  account: 'account' | 'arAcct',
): { entity: string; head: Head; receivable: string } {
  const entity = requiredText(document.fields, party, 'Customer');
  const customer = company.masters.entities.get(entity);
  if (!customer) throw invalidValue(entity, party, party);
  const head = readHead(company, document, 'receivable', customer.currency);
  const named = textOf(document.fields, account) ?? receivableOf(company.masters, customer);
  return {
    entity,
    head,
    receivable: accountFor(company, named, account, { types: ['AcctRec'], currency: head.currency }).id,
  };
}
