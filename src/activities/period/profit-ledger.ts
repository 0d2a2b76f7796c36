/** What our documents have on accounts of income and cost in a month, asked from NetSuite's side: never from our own tables. */
import { accountOf, accountRolesOf } from '../../config/connection.ts';
import { isCostRole, type Role } from '../../domain/mapping/roles.ts';
import { parseMinor } from '../../domain/money/money.ts';
import { firstDayOf, lastDayOf, type Period } from '../../domain/period/calendar.ts';
import type { CostLine } from '../../domain/profit/netsuite-cost.ts';
import type { LedgerAmount } from '../../domain/profit/month-profit.ts';
import type { ProfitRole } from '../../domain/profit/split.ts';
import type { Connection } from '../connection.ts';
import { LEDGER, marks, prefixOf } from './ledger-query.ts';

/** `account.accttype` of income and cost (NSHELP, *Account Types*). */
const TYPES = ['Income', 'OthIncome', 'COGS', 'Expense', 'OthExpense'];
/** Documents whose amounts are NetSuite's own, line by line. */
const VALUED = ['ItemShip', 'ItemRcpt', 'InvAdjst'];
/** What NetSuite calls the lines by which it corrects what was estimated (NSHELP bridgehead_4337968394). */
const CORRECTION = 'Cost of Sales Adjustment';

const FROM = `${LEDGER} JOIN account a ON a.id = tl.expenseaccount`;

/** Which of NetSuite's accounts and items are what. */
export interface ProfitAccounts {
  /** Names of the cost roles on an account, by its id and currency. */
  costs: ReadonlyMap<string, { account: string; role: ProfitRole }>;
  /** Accounts of the settings that are no income or cost, whatever their type is. */
  others: readonly string[];
  /** Income by the service items of the settings, by internal id. */
  income: ReadonlyMap<string, ProfitRole>;
  /** Items of tax, by internal id. */
  taxItems: ReadonlySet<string>;
}

const keyOf = (id: string, currency: string) => `${id} ${currency}`;

export async function profitAccounts(
  { settings, netsuite }: Connection,
  currencies: readonly string[],
): Promise<ProfitAccounts> {
  const roles = new Map<string, Set<Role>>();
  const others = new Set<string>();
  for (const currency of currencies)
    for (const { role, jurisdiction } of accountRolesOf(settings)) {
      const number = accountOf(settings, role, currency, jurisdiction);
      const account = number === null ? null : await netsuite.lookups.accountByNumber(number);
      if (account === null) continue;
      if (!isCostRole(role)) others.add(account.id);
      else
        roles.set(keyOf(account.id, currency), (roles.get(keyOf(account.id, currency)) ?? new Set<Role>()).add(role));
    }
  const { items } = settings;
  const income: Record<string, ProfitRole> = {
    [items.shipping]: 'shipping-income',
    [items['gift-wrap']]: 'gift-wrap',
    [items.promotion]: 'promotions',
    [items.points]: 'points',
    [items.refund]: 'refunds',
  };
  const idsOf = async (names: readonly string[]) =>
    Promise.all(names.map(async (name) => (await netsuite.lookups.itemByName(name))?.id ?? ''));
  const names = Object.keys(income);
  const ids = await idsOf(names);
  const costAccounts = new Set([...roles.keys()].map((key) => key.split(' ')[0]!));
  return {
    costs: new Map(
      [...roles].map(([key, all]) => [key, { account: [...all].join(', '), role: [...all][0] as Role & ProfitRole }]),
    ),
    others: [...others].filter((id) => !costAccounts.has(id)),
    income: new Map(ids.map((id, index) => [id, income[names[index]!]!])),
    taxItems: new Set(await idsOf(Object.values(settings.tax?.items ?? {}))),
  };
}

/** The name by which an amount of ours on a role is held against the ledger. */
export function accountOfRole({ settings }: Connection, role: ProfitRole, currency: string): string {
  if (role === 'cogs' || !isCostRole(role)) return role;
  const number = accountOf(settings, role, currency);
  const shared = accountRolesOf(settings)
    .map((one) => one.role)
    .filter((one) => isCostRole(one) && accountOf(settings, one, currency) === number);
  return number === null ? role : [...new Set(shared)].join(', ');
}

interface Asked {
  period: Period;
  accounts: ProfitAccounts;
}

function within({ name }: Connection, { period, accounts: { costs, others } }: Asked) {
  const prefix = prefixOf(name);
  const ids = [...new Set([...costs.keys()].map((key) => key.split(' ')[0]!))];
  const named = ids.length === 0 ? '' : ` OR tl.expenseaccount IN (${marks(ids)})`;
  const left = others.length === 0 ? '' : ` AND tl.expenseaccount NOT IN (${marks(others)})`;
  return {
    where:
      `t.posting = 'T' AND SUBSTR(t.externalid, 1, ${prefix.length}) = ? ` +
      "AND p.startdate >= TO_DATE(?, 'YYYY-MM-DD') AND p.enddate <= TO_DATE(?, 'YYYY-MM-DD')",
    params: [prefix, firstDayOf(period), lastDayOf(period)],
    isProfit: `(a.accttype IN (${marks(TYPES)})${named})${left}`,
    profitParams: [...TYPES, ...ids, ...others],
  };
}

/** Sums of the documents whose amounts are ours, by what is held against them. */
export async function profitLedger(connection: Connection, asked: Asked): Promise<LedgerAmount[]> {
  const { where, params, isProfit, profitParams } = within(connection, asked);
  const rows = await connection.netsuite.suiteql(
    `SELECT tl.expenseaccount AS account, a.acctnumber AS number, tl.item AS item, t.type AS type, c.symbol AS currency, SUM(tl.foreignamount) AS amount ${FROM} ` +
      `WHERE ${where} AND t.type NOT IN (${marks(VALUED)}) AND ${isProfit} ` +
      'GROUP BY tl.expenseaccount, a.acctnumber, tl.item, t.type, c.symbol ORDER BY tl.expenseaccount, tl.item, t.type, c.symbol',
    [...params, ...VALUED, ...profitParams],
  );
  return rows.flatMap((row): LedgerAmount[] => {
    const currency = row['currency'] ?? '';
    const item = row['item'] ?? null;
    const { costs, income, taxItems } = asked.accounts;
    if (item !== null && taxItems.has(item)) return [];
    const cost = costs.get(keyOf(row['account'] ?? '', currency))?.account;
    const sold = item === null ? undefined : (income.get(item) ?? 'product-sales');
    const account = (row['type'] === 'Journal' ? cost : sold) ?? `account ${row['number'] ?? row['account']}`;
    return [{ currency, account, amount: parseMinor(row['amount'] ?? '0', currency) ?? 0n }];
  });
}

/** The same by document: asked for where the month does not agree. */
export async function ledgerByDocument(
  connection: Connection,
  asked: Asked,
): Promise<{ document: string; currency: string; amount: bigint }[]> {
  const { where, params, isProfit, profitParams } = within(connection, asked);
  const tax = [...asked.accounts.taxItems];
  const rows = await connection.netsuite.suiteql(
    `SELECT t.externalid AS document, c.symbol AS currency, SUM(tl.foreignamount) AS amount ${FROM} ` +
      `WHERE ${where} AND t.type NOT IN (${marks(VALUED)}) AND ${isProfit}${tax.length === 0 ? '' : ` AND (tl.item IS NULL OR tl.item NOT IN (${marks(tax)}))`} ` +
      'GROUP BY t.externalid, c.symbol ORDER BY t.externalid, c.symbol',
    [...params, ...VALUED, ...profitParams, ...tax],
  );
  return rows.map((row) => ({
    document: row['document'] ?? '',
    currency: row['currency'] ?? '',
    amount: parseMinor(row['amount'] ?? '0', row['currency'] ?? '') ?? 0n,
  }));
}

/** A document of which NetSuite says the amounts; `item` and `moved` by internal id. */
export interface ValuedDocument {
  document: string;
  currency: string;
  lines: CostLine[];
  moved: { item: string; amount: bigint }[];
}

/** Fulfilments, receipts and adjustments with what they are worth, document by document. */
export async function valuedDocuments(connection: Connection, asked: Asked): Promise<ValuedDocument[]> {
  const { where, params, isProfit, profitParams } = within(connection, asked);
  const documents = new Map<string, ValuedDocument>();
  const of = (document: string, currency: string) => {
    const key = `${document} ${currency}`;
    const known = documents.get(key) ?? { document, currency, lines: [], moved: [] };
    documents.set(key, known);
    return known;
  };
  const rows = await connection.netsuite.suiteql(
    `SELECT t.externalid AS document, t.type AS type, tl.expenseaccount AS account, tl.item AS item, c.symbol AS currency, ` +
      `CASE WHEN tl.memo = '${CORRECTION}' THEN 'T' ELSE 'F' END AS correction, SUM(tl.foreignamount) AS amount ${FROM} ` +
      `WHERE ${where} AND t.type IN (${marks(VALUED)}) AND ${isProfit} ` +
      `GROUP BY t.externalid, t.type, tl.expenseaccount, tl.item, c.symbol, CASE WHEN tl.memo = '${CORRECTION}' THEN 'T' ELSE 'F' END ` +
      'ORDER BY t.externalid, tl.expenseaccount, tl.item, c.symbol',
    [...params, ...VALUED, ...profitParams],
  );
  for (const row of rows) {
    const currency = row['currency'] ?? '';
    const cost = asked.accounts.costs.get(keyOf(row['account'] ?? '', currency));
    const isCorrection = row['correction'] === 'T';
    // What fulfilments and receipts move is the cost of goods, whichever role shares its account.
    const own = row['type'] === 'InvAdjst' && !isCorrection ? cost : undefined;
    of(row['document'] ?? '', currency).lines.push({
      ...(own ?? { account: 'cogs', role: 'cogs' as const }),
      item: row['item'] ?? null,
      amount: parseMinor(row['amount'] ?? '0', currency) ?? 0n,
      isCorrection,
    });
  }
  const moved = await connection.netsuite.suiteql(
    `SELECT t.externalid AS document, tl.item AS item, c.symbol AS currency, SUM(tl.foreignamount) AS amount ${FROM} ` +
      `WHERE ${where} AND t.type = 'InvAdjst' AND tl.item IS NOT NULL AND NVL(tl.iscogs, 'F') = 'F' ` +
      'GROUP BY t.externalid, tl.item, c.symbol ORDER BY t.externalid, tl.item, c.symbol',
    params,
  );
  for (const row of moved) {
    const currency = row['currency'] ?? '';
    const amount = -(parseMinor(row['amount'] ?? '0', currency) ?? 0n);
    of(row['document'] ?? '', currency).moved.push({ item: row['item'] ?? '', amount });
  }
  return [...documents.values()].filter(({ lines }) => lines.length > 0);
}
