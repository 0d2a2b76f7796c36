import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, fromUnits } from '../decimal.ts';
import { line, openAmount, type Document, type Draft } from '../ledger/transaction.ts';
import { invalidValue, notBuilt, userError } from '../refusal.ts';
import { applyToOldest, autoApply, keepApplications, readApplications, sumOf, type ApplyList } from './applications.ts';
import { moneyAccount } from './head.ts';
import { readReceivable } from './receivable.ts';
import type { RecordKind, Self } from './record-kind.ts';
import { amountOf, textOf } from './values.ts';

/** Debit the account (or Undeposited Funds), credit A/R. A payment of zero leaves no record. */
export const customerPayment: RecordKind = {
  record: 'customerPayment',
  type: 'CustPymt',
  title: 'Payment',
  prefix: 'PYMT',
  build,
};

function build(company: Company, document: Document, self: Self): Draft | null {
  const { entity, head, receivable } = readReceivable(company, document, 'customer', 'arAcct');
  const account = moneyAccount(company, document, head.currency, true);
  if (self.creating && company.switches.ignoreApplyOnCreate.includes('customerPayment'))
    document.sublists['apply'] = [];
  const list: ApplyList = { type: 'CustInvc', entity, account: receivable, currency: head.currency };
  let applications = readApplications(company, document, list);
  const payment = amountOf(company, head.currency, document.fields, 'payment', 'payment') ?? sumOf(applications);
  if (payment < 0n) throw invalidValue(String(document.fields['payment']), 'payment', 'payment');
  if (autoApply(company, document))
    applications = applyToOldest(company, applications, payment - sumOf(applications), list);
  if (payment === 0n && applications.length === 0) return null;
  if (sumOf(applications) > payment) throw userError('You cannot apply more than the amount of the payment.');
  refuseOverpayment(company, payment, list);
  keepApplications(company, document, applications, head.currency);
  document.fields['payment'] = fromUnits(payment, currencyDigits(symbolOf(company, head.currency)));
  return {
    ...head,
    posting: true,
    entity,
    account: receivable,
    total: payment,
    settleable: payment,
    applications,
    lines: [
      line({
        id: 0,
        mainLine: true,
        account,
        amount: payment,
        entity,
        memo: textOf(document.fields, 'memo'),
        location: textOf(document.fields, 'location'),
      }),
      line({ id: 1, account: receivable, amount: -payment, entity }),
    ],
  };
}

/** More than all that is open would become a customer deposit (NSHELP section_N1288824). */
function refuseOverpayment(company: Company, payment: bigint, list: ApplyList): void {
  const open = company.books
    .openDocuments(list.type, list.entity, list.account, list.currency)
    .reduce((sum, invoice) => sum + openAmount(invoice), 0n);
  if (payment > open) throw notBuilt('a payment of more than all open invoices, which makes a customer deposit');
}
