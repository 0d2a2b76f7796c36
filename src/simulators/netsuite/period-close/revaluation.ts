/**
 * *Revalue Open Foreign Currency Balances* (NSHELP section_N1428662): "open customer and vendor transactions,
 * foreign-currency-denominated accounts, and other non-equity balance sheet accounts", at the rates of the period's last day.
 * What is posted on that day is taken back on the first day of the next period (wp.jjknowledgebase.com,
 * month-end-currency-revaluation-in-netsuite); run again, it takes the place of what it made before (section_N1430227).
 */
import type { Company } from '../company.ts';
import { baseAmount } from '../ledger/base-amount.ts';
import { BASE_CURRENCY, toBase } from '../ledger/exchange.ts';
import { line, type Transaction, type TransactionLine } from '../ledger/transaction.ts';
import { currencySymbol, unrealizedOf, type Period } from '../masters.ts';

const TYPE = 'FxReval';
const BALANCE_SHEET = new Set([
  'Bank',
  'AcctRec',
  'OthCurrAsset',
  'FixedAsset',
  'OthAsset',
  'AcctPay',
  'CredCard',
  'OthCurrLiab',
  'LongTermLiab',
]);
/** Whose balances are those of customers and vendors. */
const BY_ENTITY = new Set(['AcctRec', 'AcctPay']);

/** An account in a currency, of a customer or vendor where it is theirs. */
interface Balance {
  account: string;
  currency: string;
  entity: string | null;
  /** In the currency, and in the base currency as it was posted. */
  own: bigint;
  base: bigint;
}

/** @param rates base per unit by currency, of the last day; 1 where there is none. @returns ids of what was posted */
export function revalueOpenBalances(company: Company, period: Period, rates: Record<string, string>): string[] {
  const { books, masters } = company;
  for (const before of books.ofType(TYPE))
    if (before.document.fields['revaluedPeriod'] === period.id) books.undo(before);
  const next = [...masters.periods.values()]
    .filter(({ quarter, year, start }) => !quarter && !year && start > period.end)
    .sort((a, b) => (a.start < b.start ? -1 : 1))[0];
  return openBalances(company, period).flatMap((balance) => {
    const exchangeRate = rates[currencySymbol(masters, balance.currency)] ?? '1';
    const worth = toBase(masters, { currency: balance.currency, exchangeRate }, balance.own);
    const difference = worth - balance.base;
    if (difference === 0n) return [];
    const on = (date: string, of: Period, units: bigint) =>
      post(company, { balance, exchangeRate, units, date, period: of.id, revalued: period.id });
    return [on(period.end, period, difference), ...(next === undefined ? [] : [on(next.start, next, -difference)])];
  });
}

function openBalances({ books, masters }: Company, { end }: Period): Balance[] {
  const balances = new Map<string, Balance>();
  for (const transaction of books.transactions.values()) {
    const { posting, date, currency } = transaction;
    if (!posting || date > end || currency === BASE_CURRENCY || transaction.type === TYPE) continue;
    for (const posted of transaction.lines) {
      const account = posted.account === null ? undefined : masters.accounts.get(posted.account);
      if (account === undefined || !BALANCE_SHEET.has(account.type)) continue;
      // What stock costs is kept in the base currency, whatever its document is in.
      if (posted.stock !== null || posted.corrects !== null) continue;
      const entity = BY_ENTITY.has(account.type) ? (posted.entity ?? transaction.entity) : null;
      const key = [account.id, currency, entity].join(' ');
      const balance = balances.get(key) ?? { account: account.id, currency, entity, own: 0n, base: 0n };
      balance.own += posted.amount;
      balance.base += baseAmount(masters, posted);
      balances.set(key, balance);
    }
  }
  return [...balances.values()];
}

interface Posting {
  balance: Balance;
  exchangeRate: string;
  /** Of the base currency, debit positive, on the account. */
  units: bigint;
  date: string;
  period: string;
  revalued: string;
}

/** A document of NetSuite's own: no record of REST, no external id. */
function post(company: Company, { balance, exchangeRate, units, date, period, revalued }: Posting): string {
  const { account, entity } = balance;
  const isInBase = company.switches.revaluationCurrency === 'base';
  const side = (id: number, of: string, more: bigint, start: Partial<TransactionLine>): TransactionLine =>
    line({ id, account: of, amount: isInBase ? more : 0n, ...(isInBase ? {} : { base: more }), ...start });
  const made: Transaction = company.books.post(
    {
      id: company.books.nextId(),
      record: 'fxReval',
      type: TYPE,
      tranId: company.books.nextTranId('FXR'),
      externalId: null,
      memo: null,
      otherRefNum: null,
      createdFrom: null,
      createdAt: company.now(),
      modifiedAt: company.now(),
    },
    {
      date,
      period,
      posting: true,
      currency: isInBase ? BASE_CURRENCY : balance.currency,
      exchangeRate: isInBase ? '1' : exchangeRate,
      entity: null,
      account,
      total: isInBase ? units : 0n,
      settleable: null,
      applications: [],
      lines: [side(0, account, units, { mainLine: true, entity }), side(1, unrealizedOf(company.masters), -units, {})],
    },
    { fields: { revaluedPeriod: revalued }, sublists: {} },
  );
  return made.id;
}
