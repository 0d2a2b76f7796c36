/** Which documents a payment, a refund or a credit memo settles, and for how much. */
import type { Company } from '../company.ts';
import { symbolOf } from '../company.ts';
import { currencyDigits, fromUnits } from '../decimal.ts';
import { openAmount, type Application, type Document, type Transaction } from '../ledger/transaction.ts';
import { invalidValue } from '../refusal.ts';
import { amountOf, flagOf, textOf } from './values.ts';

/** The list that NetSuite offers is filtered by customer, A/R account and currency (NSHELP section_N1288824). */
export interface ApplyList {
  type: 'CustInvc' | 'CustCred';
  entity: string;
  account: string;
  currency: string;
}

/**
 * The applications that a document's `apply` lines ask for. A document outside the list, or an amount of more than
 * what is open on it, is refused; `apply` false or an amount of zero means not applied.
 */
export function readApplications(company: Company, document: Document, list: ApplyList): Application[] {
  const applications: Application[] = [];
  for (const [index, values] of (document.sublists['apply'] ?? []).entries()) {
    const path = `apply.items[${index}]`;
    const id = textOf(values, 'doc');
    const target = id === null ? undefined : company.books.get(id);
    if (!target || !isListed(target, list)) throw invalidValue(String(id), 'doc', `${path}.doc`);
    if (!flagOf(values, 'apply', true)) continue;
    const taken = applications.reduce((sum, other) => (other.target === target.id ? sum + other.amount : sum), 0n);
    const amount = amountOf(company, list.currency, values, 'amount', `${path}.amount`) ?? openAmount(target) - taken;
    if (amount === 0n) continue;
    if (amount < 0n || amount > openAmount(target) - taken)
      throw invalidValue(String(values['amount']), 'amount', `${path}.amount`);
    applications.push({ target: target.id, amount });
  }
  return applications;
}

function isListed(target: Transaction, list: ApplyList): boolean {
  return (
    target.type === list.type &&
    target.entity === list.entity &&
    target.account === list.account &&
    target.currency === list.currency
  );
}

/** Spends what is left over the oldest open documents, after those already applied. */
export function applyToOldest(
  company: Company,
  applications: Application[],
  left: bigint,
  list: ApplyList,
): Application[] {
  const all = [...applications];
  const open = company.books
    .openDocuments(list.type, list.entity, list.account, list.currency)
    .sort((a, b) => a.date.localeCompare(b.date) || Number(a.id) - Number(b.id));
  for (const target of open) {
    if (left <= 0n) break;
    const taken = all.reduce((sum, other) => (other.target === target.id ? sum + other.amount : sum), 0n);
    const room = openAmount(target) - taken;
    const amount = room < left ? room : left;
    if (amount <= 0n) continue;
    all.push({ target: target.id, amount });
    left -= amount;
  }
  return all;
}

/** `autoApply` as sent, else as it was sent last (NSHELP section_N1288824: the box remembers). */
export function autoApply(company: Company, document: Document): boolean {
  const wanted = flagOf(document.fields, 'autoApply', company.switches.autoApply);
  company.switches.autoApply = wanted;
  document.fields['autoApply'] = wanted;
  return wanted;
}

/** Writes the applications back into the document, so that it reads as it is. */
export function keepApplications(
  company: Company,
  document: Document,
  applications: Application[],
  currency: string,
): void {
  const digits = currencyDigits(symbolOf(company, currency));
  document.sublists['apply'] = applications.map(({ target, amount }) => ({
    doc: target,
    line: 0,
    apply: true,
    amount: fromUnits(amount, digits),
  }));
}

export function sumOf(applications: readonly Application[]): bigint {
  return applications.reduce((sum, { amount }) => sum + amount, 0n);
}
