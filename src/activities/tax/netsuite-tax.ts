/** What moved the accounts of tax in a month, asked from NetSuite's side by SuiteQL: never from our own tables. */
import { lastDayOfMonth } from '../../domain/money/instant.ts';
import { parseMinor } from '../../domain/money/money.ts';
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import type { TaxMovement } from '../../domain/tax/vat-accounts.ts';
import type { Connection } from '../connection.ts';
import { missing } from '../posting/references.ts';

interface TaxAccount {
  id: string;
  /** Null where it has none. */
  number: string | null;
}

const marks = (all: readonly unknown[]) => all.map(() => '?').join(', ');

/** By jurisdiction the income account of its tax item (tax.md, *Booking*); those that NetSuite lacks are left out. */
export async function taxAccounts({ settings, netsuite }: Connection): Promise<Map<Jurisdiction, TaxAccount>> {
  const places = settings.tax?.registrations ?? [];
  if (places.length === 0) return new Map();
  const names = places.map((place) => settings.tax!.items[place]!);
  const rows = await netsuite.suiteql(
    `SELECT i.itemid AS item, a.id AS id, a.acctnumber AS account FROM item i JOIN account a ON a.id = i.incomeaccount WHERE i.itemid IN (${marks(names)}) ORDER BY i.itemid`,
    names,
  );
  return new Map(
    places.flatMap((place, index): [Jurisdiction, TaxAccount][] => {
      const row = rows.find((one) => one['item'] === names[index]);
      return row === undefined ? [] : [[place, { id: row['id']!, number: row['account'] ?? null }]];
    }),
  );
}

/** Id of the account of a jurisdiction's tax. @throws ApplicationFailure `SETTING_UNKNOWN` where NetSuite has no such item */
export async function taxAccountOf(connection: Connection, jurisdiction: Jurisdiction): Promise<string> {
  const account = (await taxAccounts(connection)).get(jurisdiction);
  if (account !== undefined) return account.id;
  const item = connection.settings.tax?.items[jurisdiction] ?? `tax.items.${jurisdiction}`;
  throw missing(connection, `item ${item} of the tax of ${jurisdiction}`);
}

/** A transaction's lines on the account are one movement. */
export async function taxMovements(
  { netsuite }: Connection,
  jurisdiction: Jurisdiction,
  account: TaxAccount,
  month: string,
): Promise<TaxMovement[]> {
  const rows = await netsuite.suiteql(
    "SELECT t.id AS id, t.externalid AS externalid, t.tranid AS tranid, t.memo AS memo, t.type AS type, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, c.symbol AS currency, SUM(tl.foreignamount) AS amount " +
      'FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN currency c ON c.id = t.currency ' +
      "WHERE t.posting = 'T' AND tl.expenseaccount = ? AND t.trandate >= TO_DATE(?, 'YYYY-MM-DD') AND t.trandate <= TO_DATE(?, 'YYYY-MM-DD') " +
      'GROUP BY t.id, t.externalid, t.tranid, t.memo, t.type, t.trandate, c.symbol ORDER BY t.id',
    [account.id, `${month}-01`, lastDayOfMonth(`${month}-01`)],
  );
  return rows.flatMap((row) => {
    const currency = row['currency'] ?? '';
    const debit = parseMinor(row['amount'] ?? '0', currency) ?? 0n;
    if (debit === 0n) return [];
    return [
      {
        jurisdiction,
        externalId: row['externalid'] ?? null,
        name: row['tranid'] ?? row['memo'] ?? `transaction ${row['id']}`,
        type: row['type'] ?? '',
        day: row['trandate'] ?? '',
        currency,
        amount: -debit,
      },
    ];
  });
}
