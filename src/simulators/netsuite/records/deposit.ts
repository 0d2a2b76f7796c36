import type { Company } from '../company.ts';
import { line, type Document, type Draft } from '../ledger/transaction.ts';
import { missingValue, noLines, notBuilt, userError } from '../refusal.ts';
import { accountFor, readHead } from './head.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind } from './record-kind.ts';
import { amountOf, dimensionsOf, numberOf, requiredText, textOf } from './values.ts';

/** Debit the bank, credit each line of `other`. The bank account fixes the currency (NSHELP section_N1542431). */
export const deposit: RecordKind = { record: 'deposit', type: 'Deposit', title: 'Deposit', prefix: 'DEP', build };

function build(company: Company, document: Document): Draft {
  for (const name of ['payment', 'cashback']) {
    if ((document.sublists[name] ?? []).length > 0) throw notBuilt(`the sublist "${name}" of a deposit`);
  }
  const bankId = requiredText(document.fields, 'account', 'Account');
  const head = readHead(company, document, 'general', company.masters.accounts.get(bankId)?.currency ?? null);
  const bank = accountFor(company, bankId, 'account', { types: ['Bank'], currency: head.currency }).id;
  const values = document.sublists['other'] ?? [];
  if (values.length === 0) throw noLines();
  assignLineIds(values, 1);
  const others = values.map((row, index) => {
    const path = `other.items[${index}]`;
    const amount = amountOf(company, head.currency, row, 'amount', `${path}.amount`) ?? 0n;
    if (amount <= 0n) throw userError('The amount of a deposit line must be above zero.');
    const id = textOf(row, 'account');
    if (id === null) throw missingValue('Account');
    const account = accountFor(company, id, `${path}.account`, { currency: head.currency }).id;
    return line({
      id: numberOf(row, 'line') ?? index + 1,
      account,
      amount: -amount,
      entity: textOf(row, 'entity'),
      memo: textOf(row, 'memo'),
      ...dimensionsOf(row),
    });
  });
  const total = -others.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    ...head,
    posting: true,
    entity: null,
    account: bank,
    total,
    settleable: null,
    applications: [],
    lines: [
      line({
        id: 0,
        mainLine: true,
        account: bank,
        amount: total,
        memo: textOf(document.fields, 'memo'),
        location: textOf(document.fields, 'location'),
      }),
      ...others,
    ],
  };
}
