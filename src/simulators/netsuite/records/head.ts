/** What all records share: date and period, currency, and which accounts may be used. */
import type { Company } from '../company.ts';
import type { Document } from '../ledger/transaction.ts';
import type { Account, Period } from '../masters.ts';
import { periodOfDay } from '../masters.ts';
import { invalidValue, missingValue, userError } from '../refusal.ts';
import { flagOf, textOf } from './values.ts';

/** What a posting touches: it decides which locks of a period count. */
export type LedgerArea = 'general' | 'receivable' | 'payable' | 'stock';

export interface Head { date: string; period: string | null; currency: string; exchangeRate: string }

/** Date, period (null for records that do not post) and currency. `own` is the currency of the entity or bank account. */
export function readHead(company: Company, { fields }: Document, area: LedgerArea | null, own: string | null): Head {
  const date = textOf(fields, 'tranDate') ?? company.today();
  const currency = textOf(fields, 'currency') ?? own ?? '1';
  if (own !== null && currency !== own) throw invalidValue(currency, 'currency', 'currency');
  const exchangeRate = textOf(fields, 'exchangeRate') ?? '1';
  const period = area === null ? null : openPeriod(company, date, textOf(fields, 'postingPeriod'), area);
  return { date, period, currency, exchangeRate };
}

/**
 * The period that a date posts to. Texts: NetSuite error DATE_PRD_MISMATCH and the inventory text, NSHELP section_N3539978;
 * for closed and locked periods no text is published, ours are assumptions.
 */
function openPeriod(company: Company, date: string, given: string | null, area: LedgerArea): string {
  const period = given === null ? periodOfDay(company.masters, date) : company.masters.periods.get(given);
  if (!period) throw userError('There are no Accounting Periods that cover this transaction date.');
  if (period.quarter || period.year) throw invalidValue(period.id, 'postingPeriod', 'postingPeriod');
  if (!company.switches.dateOutsidePeriod && (date < period.start || date > period.end)) {
    throw userError('Your transaction date does not fall between the start and end dates of your accounting period.');
  }
  if (isShut(period, area)) {
    if (area === 'stock') {
      throw userError('The transaction date is not within an open accounting period. One or more fields on this transaction can trigger inventory costing calculations in a closed period.');
    }
    throw userError(`You cannot post to the accounting period ${period.name}: it is ${period.closed ? 'closed' : 'locked'}.`);
  }
  return period.id;
}

function isShut(period: Period, area: LedgerArea): boolean {
  return period.closed || period.allLocked || (area === 'receivable' && period.arLocked) || (area === 'payable' && period.apLocked);
}

/** In this account every journal and stock adjustment names its subsidiary (OneWorld). */
export function requireSubsidiary({ fields }: Document): void {
  if (textOf(fields, 'subsidiary') === null) throw missingValue('Subsidiary');
}

/** An account that exists, is active, of one of these types and, if it has a currency, of this one. */
export function accountFor(company: Company, id: string, path: string, rule: { types?: readonly string[]; currency: string }): Account {
  const account = company.masters.accounts.get(id);
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (!account || account.inactive) throw invalidValue(id, name, path);
  if (rule.types && !rule.types.includes(account.type)) throw invalidValue(id, name, path);
  if (account.currency !== null && account.currency !== rule.currency) throw invalidValue(id, name, path);
  return account;
}

/**
 * The account that a payment or refund moves money through (NetSuite: NSHELP section_N1292421, section_N3667711): a payment
 * method grouped with Undeposited Funds overrides the account, then `undepFunds` true does (its default), then the account counts.
 */
export function moneyAccount(company: Company, { fields }: Document, currency: string, undeposited: boolean): string {
  const method = textOf(fields, 'paymentOption') ?? textOf(fields, 'paymentMethod');
  if (company.switches.mandatoryPaymentMethod && method === null) throw missingValue('Payment Method');
  const grouped = method !== null && company.masters.paymentMethods.get(method)?.grouped === true;
  if (undeposited && (grouped || flagOf(fields, 'undepFunds', true))) return company.masters.undepositedFunds;
  const types = company.switches.expandAccountLists ? ['Bank', 'OthCurrAsset'] : ['Bank'];
  const account = textOf(fields, 'account');
  if (account === null) throw missingValue('Account');
  return accountFor(company, account, 'account', { types, currency }).id;
}
