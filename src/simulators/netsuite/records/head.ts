/** What all records share: date and period, currency, and which accounts may be used. */
import type { Company } from '../company.ts';
import type { Document } from '../ledger/transaction.ts';
import type { Account } from '../masters.ts';
import { invalidValue, missingValue } from '../refusal.ts';
import { openPeriod, type LedgerArea } from './period-lock.ts';
import { flagOf, textOf } from './values.ts';

export interface Head {
  date: string;
  period: string | null;
  currency: string;
  exchangeRate: string;
}

/** Date, period (null for records that do not post) and currency. `own` is the currency of the entity or bank account. */
export function readHead(company: Company, { fields }: Document, area: LedgerArea | null, own: string | null): Head {
  const date = textOf(fields, 'tranDate') ?? company.today();
  const currency = textOf(fields, 'currency') ?? own ?? '1';
  if (own !== null && currency !== own) throw invalidValue(currency, 'currency', 'currency');
  const exchangeRate = textOf(fields, 'exchangeRate') ?? '1';
  const period = area === null ? null : openPeriod(company, date, textOf(fields, 'postingPeriod'), area);
  return { date, period, currency, exchangeRate };
}

/** In this account every journal and stock adjustment names its subsidiary (OneWorld). */
export function requireSubsidiary({ fields }: Document): void {
  if (textOf(fields, 'subsidiary') === null) throw missingValue('Subsidiary');
}

/** An account that exists, is active, of one of these types and, if it has a currency, of this one. */
export function accountFor(
  company: Company,
  id: string,
  path: string,
  rule: { types?: readonly string[]; currency: string },
): Account {
  const account = company.masters.accounts.get(id);
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (!account || account.inactive) throw invalidValue(id, name, path);
  if (rule.types && !rule.types.includes(account.type)) throw invalidValue(id, name, path);
  if (account.currency !== null && account.currency !== rule.currency) throw invalidValue(id, name, path);
  return account;
}

/**
 * The account that a payment or refund moves money through (NetSuite: NSHELP section_N1292421, section_N3667711): a payment
 * method grouped with Undeposited Funds overrides the account, then `undepFunds` true does, then the account counts. Left
 * out beside an account it is false: recorded in `update_invoice_test` of hotgluexyz/target-netsuite-v2 ("Payment : Deposited").
 */
export function moneyAccount(company: Company, { fields }: Document, currency: string, undeposited: boolean): string {
  const method = textOf(fields, 'paymentOption') ?? textOf(fields, 'paymentMethod');
  if (company.switches.mandatoryPaymentMethod && method === null) throw missingValue('Payment Method');
  const grouped = method !== null && company.masters.paymentMethods.get(method)?.grouped === true;
  const account = textOf(fields, 'account');
  if (undeposited && (grouped || flagOf(fields, 'undepFunds', account === null)))
    return company.masters.undepositedFunds;
  const types = company.switches.expandAccountLists ? ['Bank', 'OthCurrAsset'] : ['Bank'];
  if (account === null) throw missingValue('Account');
  return accountFor(company, account, 'account', { types, currency }).id;
}
