/** Balances and document heads, asked from NetSuite's side by SuiteQL: never from our own tables. */
import { ACCOUNT_ROLES } from '../../config/connection.ts';
import type { PostedHead } from '../../domain/payouts/find-duplicates.ts';
import { parseMinor, sumMinor } from '../../domain/money/money.ts';
import type { Connection } from '../connection.ts';
import { inOurSubsidiary, marks } from '../period/ledger-query.ts';

/** `{role}` → currency → signed minor units, debit positive. Accounts that items own go under the items' names. */
export type Balances = Map<string, Map<string, bigint>>;

export async function readBalances(connection: Connection, currencies: readonly string[]): Promise<Balances> {
  const accounts = await accountsByRole(connection, currencies);
  const ids = [...new Set([...accounts.values()].flatMap((set) => [...set]))];
  const currencyIds = new Map<string, string>();
  for (const code of currencies)
    currencyIds.set((await connection.netsuite.lookups.currencyByCode(code))?.id ?? '', code);
  const byAccount = new Map<string, Map<string, bigint>>();
  const place = await inOurSubsidiary(connection);
  const rows = await connection.netsuite.suiteql(
    `SELECT t.currency currency, tl.expenseaccount account, SUM(tl.foreignamount) amount FROM transactionline tl JOIN transaction t ON t.id = tl.transaction
     WHERE t.posting = 'T' AND tl.expenseaccount IN (${marks(ids)})${place.said} GROUP BY t.currency, tl.expenseaccount ORDER BY t.currency, tl.expenseaccount`,
    [...ids, ...place.params],
  );
  for (const row of rows) {
    const currency = currencyIds.get(row['currency'] ?? '');
    if (currency === undefined || row['account'] === undefined) continue;
    const amounts = byAccount.get(row['account']) ?? new Map<string, bigint>();
    amounts.set(currency, parseMinor(row['amount'] ?? '0', currency) ?? 0n);
    byAccount.set(row['account'], amounts);
  }
  const balances: Balances = new Map();
  for (const [role, ofRole] of accounts) {
    const amounts = new Map<string, bigint>();
    for (const currency of currencies) {
      const held = [...ofRole].flatMap((account) => byAccount.get(account)?.get(currency) ?? []);
      if (held.length > 0) amounts.set(currency, sumMinor(held));
    }
    balances.set(role, amounts);
  }
  return balances;
}

/** Account ids of each role of the settings, and of the accounts that the items own. */
async function accountsByRole(
  connection: Connection,
  currencies: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { settings, netsuite } = connection;
  const accounts = new Map<string, Set<string>>();
  for (const role of ACCOUNT_ROLES) {
    const configured = settings.accounts[role];
    const numbers =
      typeof configured === 'string' ? [configured] : currencies.flatMap((currency) => configured?.[currency] ?? []);
    const found = await Promise.all(numbers.map((number) => netsuite.lookups.accountByNumber(number)));
    accounts.set(role, new Set(found.flatMap((account) => (account ? [account.id] : []))));
  }
  const goods = await netsuite.suiteql(
    "SELECT incomeaccount, expenseaccount, assetaccount FROM item WHERE itemtype = 'InvtPart' GROUP BY incomeaccount, expenseaccount, assetaccount ORDER BY incomeaccount, expenseaccount, assetaccount",
  );
  const put = (role: string, ids: readonly (string | undefined)[]) =>
    accounts.set(role, new Set(ids.flatMap((id) => (id === undefined ? [] : [id]))));
  put(
    'product-sales',
    goods.map((row) => row['incomeaccount']),
  );
  put(
    'cogs',
    goods.map((row) => row['expenseaccount']),
  );
  put(
    'inventory',
    goods.map((row) => row['assetaccount']),
  );
  const { items } = settings;
  const owned: Record<string, string> = {
    ...Object.fromEntries(
      (settings.tax?.registrations ?? []).map((place) => [`sales-tax-payable:${place}`, settings.tax!.items[place]!]),
    ),
    'shipping-income': items.shipping,
    'gift-wrap': items['gift-wrap'],
    promotions: items.promotion,
    points: items.points,
    refunds: items.refund,
  };
  const names = Object.values(owned);
  const services = await netsuite.suiteql(
    `SELECT itemid, incomeaccount FROM item WHERE itemid IN (${marks(names)}) ORDER BY itemid`,
    names,
  );
  for (const [role, name] of Object.entries(owned))
    put(
      role,
      services.filter((row) => row['itemid'] === name).map((row) => row['incomeaccount']),
    );
  return accounts;
}

/** Heads of all transactions whose memo begins like ours. */
export async function readHeads(connection: Connection): Promise<PostedHead[]> {
  const rows = await connection.netsuite.suiteql(
    'SELECT id, type, memo, externalid FROM transaction WHERE memo IS NOT NULL ORDER BY id',
  );
  return rows.map((row) => ({
    id: row['id']!,
    type: row['type'] ?? '',
    memo: row['memo'] ?? '',
    externalId: row['externalid'] ?? null,
  }));
}
