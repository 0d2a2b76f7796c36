/** The accounts of a month, asked from NetSuite's side by SuiteQL, by posting period: never from our own tables. */
import { accountOf, accountRolesOf } from '../../config/connection.ts';
import { isCostRole, type Role } from '../../domain/mapping/roles.ts';
import { parseMinor } from '../../domain/money/money.ts';
import { WATCHED, watchOf, type WatchedAccount } from '../../domain/period/accounts.ts';
import type { LedgerSum } from '../../domain/period/account-facts.ts';
import { firstDayOf, lastDayOf, type Period } from '../../domain/period/calendar.ts';
import type { MonthUpTo } from '../../domain/period/standing-on.ts';
import type { ForeignLine } from '../../domain/period/items/foreign.ts';
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import type { Connection } from '../connection.ts';
import { isRevaluation } from '../../domain/period/netsuites-own.ts';
import { missing } from '../posting/references.ts';
import { inOurSubsidiary, LEDGER, marks, prefixOf } from './ledger-query.ts';

/** Roles that stand on NetSuite accounts of the settings; those whose lines are read by document and by stock.md are left out. */
const COSTS_OF_STOCK: readonly Role[] = ['inventory-loss', 'cogs-returns'];

export interface CloseAccounts {
  watched: WatchedAccount[];
  costs: WatchedAccount[];
}

/** The accounts behind the roles of a connection, one a currency, several roles on one where the settings say so. */
export async function closeAccounts(connection: Connection, currencies: readonly string[]): Promise<CloseAccounts> {
  const { settings, netsuite } = connection;
  const named = new Map<
    string,
    { number: string; currency: string; roles: { role: Role; jurisdiction: Jurisdiction | null }[] }
  >();
  for (const currency of currencies)
    for (const { role, jurisdiction } of accountRolesOf(settings)) {
      const number = accountOf(settings, role, currency, jurisdiction);
      if (number === null) continue;
      const key = `${number} ${currency}`;
      const known = named.get(key) ?? { number, currency, roles: [] };
      named.set(key, { ...known, roles: [...known.roles, { role, jurisdiction }] });
    }
  const accounts = await Promise.all(
    [...named.values()].map(async ({ number, ...rest }): Promise<WatchedAccount[]> => {
      const account = await netsuite.lookups.accountByNumber(number);
      // One that NetSuite does not have would be watched by nobody.
      if (account === null) throw missing(connection, `account ${number}`);
      return [{ id: account.id, number, ...rest, watch: watchOf(rest.roles.map(({ role }) => role)) }];
    }),
  );
  const all = accounts.flat();
  const isCost = ({ roles }: WatchedAccount) => roles.every(({ role }) => isCostRole(role));
  return {
    watched: all.filter(({ roles }) => roles.some(({ role }) => WATCHED[role] !== undefined)),
    costs: all.filter(
      (account) => isCost(account) && !account.roles.every(({ role }) => COSTS_OF_STOCK.includes(role)),
    ),
  };
}

/** NetSuite's internal ids of the customers that stand for Amazon's buyers. */
export async function ourCustomers({ settings, netsuite }: Connection): Promise<string[]> {
  const found = await Promise.all(
    [...new Set(settings.marketplaces.map(({ customer }) => customer))].map((name) =>
      netsuite.lookups.entityByName('customer', name),
    ),
  );
  return found.flatMap((customer) => (customer === null ? [] : [customer.id]));
}

/**
 * Sums by account, currency and type over the posting period of a month, or over all before it. Of receivable only what
 * is of our customers: others' may stand there.
 */
export async function ledgerSums(
  connection: Connection,
  accounts: readonly WatchedAccount[],
  customers: readonly string[],
  { when, ...upTo }: MonthUpTo & { when: 'before' | 'month' },
): Promise<LedgerSum[]> {
  const receivable = accounts.filter(({ roles }) => roles.some(({ role }) => role === 'receivable'));
  const rest = accounts.filter((account) => !receivable.includes(account));
  const sums: LedgerSum[] = [];
  for (const isOurs of [true, false]) {
    sums.push(...(await sumsOf(connection, rest, null, { ...upTo, when, isOurs })));
    sums.push(...(await sumsOf(connection, receivable, customers, { ...upTo, when, isOurs })));
  }
  return sums;
}

/** What is posted in a month's period; up to a day before its last, what is dated no later. */
function within({ period, until }: MonthUpTo): { said: string; params: string[] } {
  const said = "p.startdate >= TO_DATE(?, 'YYYY-MM-DD') AND p.enddate <= TO_DATE(?, 'YYYY-MM-DD')";
  const params = [firstDayOf(period), lastDayOf(period)];
  if (until >= lastDayOf(period)) return { said, params };
  return { said: `${said} AND t.trandate <= TO_DATE(?, 'YYYY-MM-DD')`, params: [...params, until] };
}

async function sumsOf(
  connection: Connection,
  accounts: readonly WatchedAccount[],
  customers: readonly string[] | null,
  { when, isOurs, ...upTo }: MonthUpTo & { when: 'before' | 'month'; isOurs: boolean },
): Promise<LedgerSum[]> {
  const ids = [...new Set(accounts.map(({ id }) => id))];
  if (ids.length === 0 || customers?.length === 0) return [];
  const prefix = prefixOf(connection.name);
  const days =
    when === 'before'
      ? { said: "p.enddate < TO_DATE(?, 'YYYY-MM-DD')", params: [firstDayOf(upTo.period)] }
      : within(upTo);
  const whose = isOurs
    ? `SUBSTR(t.externalid, 1, ${prefix.length}) = ?`
    : `(t.externalid IS NULL OR SUBSTR(t.externalid, 1, ${prefix.length}) <> ?)`;
  const entity =
    customers === null ? '' : ` AND (t.entity IN (${marks(customers)}) OR tl.entity IN (${marks(customers)}))`;
  const place = await inOurSubsidiary(connection);
  const rows = await connection.netsuite.suiteql(
    `SELECT tl.expenseaccount AS account, c.symbol AS currency, t.type AS type, SUM(tl.foreignamount) AS amount ${LEDGER} ` +
      `WHERE t.posting = 'T' AND tl.expenseaccount IN (${marks(ids)}) AND ${days.said} AND ${whose}${entity}${place.said} ` +
      'GROUP BY tl.expenseaccount, c.symbol, t.type ORDER BY tl.expenseaccount, c.symbol, t.type',
    [...ids, ...days.params, prefix, ...(customers ?? []), ...(customers ?? []), ...place.params],
  );
  return rows.map((row) => ({
    account: row['account'] ?? '',
    currency: row['currency'] ?? '',
    type: row['type'] ?? '',
    isOurs,
    amount: parseMinor(row['amount'] ?? '0', row['currency'] ?? '') ?? 0n,
  }));
}

/** What our adjustments of stock have on one account up to a month's end, one by one: their value is NetSuite's own. */
export async function ourAdjustmentsOn(
  connection: Connection,
  account: WatchedAccount,
  period: Period,
): Promise<Map<string, bigint>> {
  const prefix = `${prefixOf(connection.name)}ADJ_`;
  const rows = await connection.netsuite.suiteql(
    `SELECT t.externalid AS externalid, SUM(tl.foreignamount) AS amount ${LEDGER} ` +
      `WHERE t.posting = 'T' AND tl.expenseaccount = ? AND c.symbol = ? AND SUBSTR(t.externalid, 1, ${prefix.length}) = ? ` +
      "AND p.enddate <= TO_DATE(?, 'YYYY-MM-DD') GROUP BY t.externalid ORDER BY t.externalid",
    [account.id, account.currency, prefix, lastDayOf(period)],
  );
  return new Map(rows.map((row) => [row['externalid']!, parseMinor(row['amount'] ?? '0', account.currency) ?? 0n]));
}

/** What our documents have on one account in a month, one by one: asked where the sums do not agree. */
export async function ourLinesOn(
  connection: Connection,
  account: WatchedAccount,
  upTo: MonthUpTo,
): Promise<Map<string, bigint>> {
  const prefix = prefixOf(connection.name);
  const days = within(upTo);
  const rows = await connection.netsuite.suiteql(
    `SELECT t.externalid AS externalid, SUM(tl.foreignamount) AS amount ${LEDGER} ` +
      `WHERE t.posting = 'T' AND tl.expenseaccount = ? AND c.symbol = ? AND SUBSTR(t.externalid, 1, ${prefix.length}) = ? ` +
      `AND ${days.said} GROUP BY t.externalid ORDER BY t.externalid`,
    [account.id, account.currency, prefix, ...days.params],
  );
  return new Map(rows.map((row) => [row['externalid']!, parseMinor(row['amount'] ?? '0', account.currency) ?? 0n]));
}

/** Posted lines of the month on strict accounts, or for one of our customers, of documents without a key of a configured connection. */
export async function foreignLines(
  connection: Connection,
  accounts: readonly WatchedAccount[],
  customers: readonly string[],
  period: Period,
): Promise<ForeignLine[]> {
  const strict = accounts.filter(({ watch }) => watch !== 'shown');
  const whole = strict.filter(({ roles }) => roles.every(({ role }) => role !== 'receivable'));
  const ids = [...new Set(whole.map(({ id }) => id))];
  const prefixes = connection.configured.map(({ name }) => prefixOf(name));
  const notOurs = prefixes.map(({ length }) => `SUBSTR(t.externalid, 1, ${length}) <> ?`).join(' AND ');
  const where = [
    ...(ids.length === 0 ? [] : [`tl.expenseaccount IN (${marks(ids)})`]),
    ...(customers.length === 0 ? [] : [`t.entity IN (${marks(customers)})`, `tl.entity IN (${marks(customers)})`]),
  ];
  if (where.length === 0) return [];
  const place = await inOurSubsidiary(connection);
  const rows = await connection.netsuite.suiteql(
    `SELECT t.id AS id, t.trandisplayname AS name, t.type AS type, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, tl.expenseaccount AS account, c.symbol AS currency, SUM(tl.foreignamount) AS amount ${LEDGER} ` +
      `WHERE t.posting = 'T' AND tl.expenseaccount IS NOT NULL AND (${where.join(' OR ')}) AND (t.externalid IS NULL OR (${notOurs}))${place.said} ` +
      "AND p.startdate >= TO_DATE(?, 'YYYY-MM-DD') AND p.enddate <= TO_DATE(?, 'YYYY-MM-DD') " +
      'GROUP BY t.id, t.trandisplayname, t.type, t.trandate, tl.expenseaccount, c.symbol ORDER BY t.id, tl.expenseaccount',
    [
      ...ids,
      ...(customers.length === 0 ? [] : [...customers, ...customers]),
      ...prefixes,
      ...place.params,
      firstDayOf(period),
      lastDayOf(period),
    ],
  );
  return rows.flatMap((row): ForeignLine[] => {
    const currency = row['currency'] ?? '';
    const amount = parseMinor(row['amount'] ?? '0', currency) ?? 0n;
    const type = row['type'] ?? '';
    // A revaluation may have no amount in the balance's own currency, and is named all the same.
    if (amount === 0n && !isRevaluation(type)) return [];
    const ofAccount = strict.filter(({ id }) => id === row['account']);
    const account = ofAccount.find((one) => one.currency === currency) ?? ofAccount[0];
    return [
      {
        document: row['id']!,
        name: row['name'] ?? `transaction ${row['id']}`,
        type,
        day: row['day'] ?? '',
        role: account?.roles.find(({ role }) => WATCHED[role] !== 'shown')?.role ?? null,
        account: row['account'] ?? '',
        currency,
        amount,
      },
    ];
  });
}
