import type { Company } from '../company.ts';
import { line, type Document, type Draft } from '../ledger/transaction.ts';
import { missingValue, noLines, userError } from '../refusal.ts';
import { accountFor, readHead } from './head.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind } from './record-kind.ts';
import { amountOf, dimensionsOf, numberOf, requiredText, textOf } from './values.ts';

/** A check leaves a bank account, a credit card charge a card; each debits its expense lines. */
export const check: RecordKind = {
  record: 'check',
  type: 'Check',
  title: 'Check',
  prefix: 'CHK',
  build: (company, document) => buildCharge(company, document, 'Bank'),
};
export const creditCardCharge: RecordKind = {
  record: 'creditCardCharge',
  type: 'CardChrg',
  title: 'Credit Card',
  prefix: 'CC',
  build: (company, document) => buildCharge(company, document, 'CredCard'),
};

function buildCharge(company: Company, document: Document, type: 'Bank' | 'CredCard'): Draft {
  const paidFrom = requiredText(document.fields, 'account', 'Account');
  const entity = textOf(document.fields, 'entity');
  const head = readHead(company, document, 'payable', company.masters.accounts.get(paidFrom)?.currency ?? null);
  const account = accountFor(company, paidFrom, 'account', { types: [type], currency: head.currency }).id;
  const values = document.sublists['expense'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1);
  const expenses = values.map((row, index) => {
    const path = `expense.items[${index}]`;
    const amount = amountOf(company, head.currency, row, 'amount', `${path}.amount`);
    if (amount === null) throw missingValue('Amount');
    const id = textOf(row, 'account');
    if (id === null) throw missingValue('Account');
    const debited = accountFor(company, id, `${path}.account`, { currency: head.currency }).id;
    return line({
      id: numberOf(row, 'line') ?? index + 1,
      account: debited,
      amount,
      entity,
      memo: textOf(row, 'memo'),
      ...dimensionsOf(row),
    });
  });
  const total = expenses.reduce((sum, { amount }) => sum + amount, 0n);
  if (total < 0n) throw userError('The total of this transaction cannot be negative.');
  return {
    ...head,
    posting: true,
    entity,
    account,
    total: -total,
    settleable: null,
    applications: [],
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
      ...expenses,
    ],
  };
}
