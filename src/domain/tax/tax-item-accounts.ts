/** The account of a jurisdiction's tax: that of its tax item, and of nothing else (tax.md, *Booking*). */
import type { CurrencyCode } from '../money/money.ts';
import type { Jurisdiction } from './tax-policy.ts';

/** A jurisdiction's tax item as NetSuite has it. */
export interface TaxItem {
  jurisdiction: Jurisdiction;
  name: string;
  /** Number of its income account; null where it has none. */
  account: string | null;
}

/** What `accounts` of the settings says. */
export interface NamedAccounts {
  currencies: readonly CurrencyCode[];
  /** Number that a jurisdiction's `sales-tax-payable` is booked on, be it that of all countries; null where none is named. */
  payableOf(jurisdiction: Jurisdiction, currency: CurrencyCode): string | null;
  /** Roles of other things than tax that is owed, by the number of their account. */
  others: ReadonlyMap<string, string>;
}

/**
 * Where documents would book a jurisdiction's tax on another account than journals do, or among something else: the first tie
 * of the report could never agree, document by document. By jurisdiction a sentence that names the setting.
 * @param items those that NetSuite has
 */
export function explainTaxItems(items: readonly TaxItem[], accounts: NamedAccounts): Map<Jurisdiction, string> {
  return new Map(
    items.flatMap((item): [Jurisdiction, string][] => {
      const wrong = wrongWith(item, items, accounts);
      return wrong.length === 0 ? [] : [[item.jurisdiction, `tax.items.${item.jurisdiction}: ${wrong.join('; ')}`]];
    }),
  );
}

function wrongWith(
  item: TaxItem,
  items: readonly TaxItem[],
  { currencies, payableOf, others }: NamedAccounts,
): string[] {
  const { jurisdiction, name, account } = item;
  if (account === null) return [`the item ${name} has no income account with a number in NetSuite`];
  const named = [...new Set(currencies.map((currency) => payableOf(jurisdiction, currency)))].filter(
    (number) => number !== account,
  );
  const shared = items.filter((one) => one.jurisdiction !== jurisdiction && one.account === account);
  const other = others.get(account);
  return [
    ...(named.length === 0
      ? []
      : [
          `the item ${name} is on account ${account} in NetSuite, and journals book tax of ${jurisdiction} on ${named.map((number) => number ?? 'none').join(', ')} (accounts.sales-tax-payable:${jurisdiction}, else accounts.sales-tax-payable): both must be one`,
        ]),
    ...(shared.length === 0
      ? []
      : [
          `account ${account} of the item ${name} is that of ${shared.map((one) => one.jurisdiction).join(', ')} too: each jurisdiction has its own`,
        ]),
    ...(other === undefined ? [] : [`account ${account} of the item ${name} is that of ${other} too`]),
  ];
}
