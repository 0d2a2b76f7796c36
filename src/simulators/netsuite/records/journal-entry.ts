import type { Company } from '../company.ts';
import { line, type Document, type Draft } from '../ledger/transaction.ts';
import { missingValue, noLines, notBuilt, userError } from '../refusal.ts';
import { accountFor, readHead, requireSubsidiary } from './head.ts';
import { assignLineIds } from './item-lines.ts';
import type { RecordKind } from './record-kind.ts';
import { amountOf, dimensionsOf, flagOf, numberOf, textOf } from './values.ts';

/** Posts what its lines say, once it balances and is approved. */
export const journalEntry: RecordKind = {
  record: 'journalEntry',
  type: 'Journal',
  title: 'Journal',
  prefix: 'JE',
  build,
};

const LABELS = { department: 'Department', class: 'Class', location: 'Location' };

function build(company: Company, document: Document): Draft {
  requireSubsidiary(document);
  if (document.fields['reversalDate'] !== undefined) throw notBuilt('reversalDate on a journal entry');
  const head = readHead(company, document, 'general', null);
  const values = document.sublists['line'] ?? [];
  if (values.length === 0) throw noLines();
  if (values.length > company.switches.journalLineLimit) {
    throw userError(`Journal Entries can have a maximum of ${company.switches.journalLineLimit} lines.`);
  }
  const missing = company.switches.journalLineNeeds.filter((name) => values.some((row) => row[name] === undefined));
  if (missing.length > 0)
    throw userError(
      `${missing.map((name) => LABELS[name]).join(', ')} are mandatory on all lines of the journal entry.`,
    );
  assignLineIds(values, 0);
  const lines = values.map((row, index) => {
    const path = `line.items[${index}]`;
    const debit = amountOf(company, head.currency, row, 'debit', `${path}.debit`) ?? 0n;
    const credit = amountOf(company, head.currency, row, 'credit', `${path}.credit`) ?? 0n;
    if ((debit !== 0n) === (credit !== 0n))
      throw userError('Each line of a journal entry needs either a debit or a credit.');
    const id = textOf(row, 'account');
    if (id === null) throw missingValue('Account');
    const account = accountFor(company, id, `${path}.account`, { currency: head.currency });
    const entity = textOf(row, 'entity');
    if (['AcctRec', 'AcctPay'].includes(account.type) && entity === null) throw missingValue('Name');
    return line({
      id: numberOf(row, 'line') ?? index,
      account: account.id,
      amount: debit - credit,
      entity,
      memo: textOf(row, 'memo'),
      ...dimensionsOf(row),
    });
  });
  if (lines.reduce((sum, { amount }) => sum + amount, 0n) !== 0n)
    throw userError('The amounts in a journal entry must balance.');
  const debits = lines.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n);
  const approved =
    !company.switches.journalApproval ||
    flagOf(document.fields, 'approved', false) ||
    document.fields['approvalStatus'] === '2';
  return {
    ...head,
    posting: approved,
    entity: null,
    account: null,
    total: debits,
    settleable: null,
    applications: [],
    lines,
  };
}
