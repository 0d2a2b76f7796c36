/** Accounts, items, entities and the other lists: what the account holds before the first transaction. */
import { lastDayOf, monthName, monthsBetween } from './calendar.ts';
import { itemFromSeed, type Item, type UnitOfMeasure } from './items.ts';
import type { NetSuiteSeed, NetSuiteSeedItem } from './seed.ts';

export interface Account {
  id: string;
  number: string | null;
  name: string;
  type: string;
  currency: string | null;
  inactive: boolean;
  special: string | null;
}
export interface Entity {
  id: string;
  kind: 'customer' | 'vendor';
  entityId: string;
  externalId: string | null;
  currency: string;
  receivableAccount: string | null;
  inactive: boolean;
}
export interface Named {
  id: string;
  name: string;
  inactive: boolean;
}
export interface Location extends Named {
  usesBins: boolean;
}
export interface Period {
  id: string;
  name: string;
  start: string;
  end: string;
  quarter: boolean;
  year: boolean;
  closed: boolean;
  allLocked: boolean;
  arLocked: boolean;
  apLocked: boolean;
  /** Tasks of the Period Close Checklist that are done, in its order. */
  tasks: string[];
}
export interface PaymentMethod {
  id: string;
  name: string;
  grouped: boolean;
}

export interface Masters {
  accounts: Map<string, Account>;
  items: Map<string, Item>;
  entities: Map<string, Entity>;
  locations: Map<string, Location>;
  departments: Map<string, Named>;
  classifications: Map<string, Named>;
  currencies: Map<string, Named>;
  subsidiaries: Map<string, Named>;
  periods: Map<string, Period>;
  paymentMethods: Map<string, PaymentMethod>;
  /** Units of measure of all units types. */
  units: Map<string, UnitOfMeasure>;
  /** System accounts that every NetSuite account has. */
  undepositedFunds: string;
  openingBalance: string;
  inventoryInTransit: string;
}

/** Ids of the lists begin at different numbers, so that an id of one list used for another is noticed. */
const FIRST_ID = {
  account: 101,
  item: 501,
  entity: 901,
  location: 11,
  department: 41,
  classification: 71,
  unitsType: 81,
  unit: 84,
  period: 190,
};

export function mastersFromSeed(seed: NetSuiteSeed): Masters {
  const currencies = byId(seed.currencies.map((name, index) => ({ id: String(index + 1), name, inactive: false })));
  const currencyId = (symbol: string): string => named(currencies, symbol, 'currency');
  const accounts = byId(
    seed.accounts.map((account, index): Account => ({
      id: String(FIRST_ID.account + index),
      number: account.number,
      name: account.name,
      type: account.type,
      currency: account.currency === undefined ? null : currencyId(account.currency),
      inactive: account.inactive ?? false,
      special: null,
    })),
  );
  const undepositedFunds = systemAccount(accounts, 'Undeposited Funds', 'OthCurrAsset', 'UndepFunds');
  const openingBalance = systemAccount(accounts, 'Opening Balance Equity', 'Equity', 'OpeningBalEquity');
  const inventoryInTransit = systemAccount(accounts, 'Inventory In Transit', 'OthCurrAsset', 'InvInTransit');
  const masters: Masters = {
    accounts,
    currencies,
    items: new Map(),
    undepositedFunds,
    openingBalance,
    inventoryInTransit,
    entities: byId([
      ...seed.customers.map((customer, index): Entity => ({
        id: String(FIRST_ID.entity + index),
        kind: 'customer',
        entityId: customer.entityId,
        externalId: null,
        inactive: false,
        currency: currencyId(customer.currency),
        receivableAccount:
          customer.receivableAccount === undefined ? null : accountNumbered(accounts, customer.receivableAccount),
      })),
      ...seed.vendors.map((vendor, index): Entity => ({
        id: String(FIRST_ID.entity + seed.customers.length + index),
        kind: 'vendor',
        entityId: vendor.entityId,
        externalId: null,
        inactive: false,
        currency: '1',
        receivableAccount: null,
      })),
    ]),
    locations: byId(
      seed.locations.map(({ name, usesBins = false }, index) => ({
        id: String(FIRST_ID.location + index),
        name,
        inactive: false,
        usesBins,
      })),
    ),
    departments: namedRows(seed.departments ?? [], FIRST_ID.department),
    classifications: namedRows(seed.classifications ?? [], FIRST_ID.classification),
    subsidiaries: byId(
      [seed.subsidiary, ...(seed.otherSubsidiaries ?? [])].map((name, index) => ({
        id: String(index + 1),
        name,
        inactive: false,
      })),
    ),
    periods: byId(periodsOf(seed)),
    units: byId(unitsOf(seed)),
    paymentMethods: byId([
      { id: '1', name: 'Marketplace', grouped: false },
      { id: '2', name: 'Cheque', grouped: true },
    ]),
  };
  for (const item of seed.items) addItem(masters, item);
  return masters;
}

/** Adds an item as the seed describes it. Returns it. */
export function addItem(masters: Masters, seed: NetSuiteSeedItem): Item {
  const id = String(FIRST_ID.item + masters.items.size);
  const item = itemFromSeed(masters, seed, id, (number) => accountNumbered(masters.accounts, number));
  masters.items.set(item.id, item);
  return item;
}

export function currencySymbol({ currencies }: Masters, id: string): string {
  return currencies.get(id)?.name ?? 'USD';
}

/** The base period (not a quarter, not a year) of a day. */
export function periodOfDay(masters: Masters, day: string): Period | undefined {
  for (const period of masters.periods.values()) {
    if (!period.quarter && !period.year && period.start <= day && day <= period.end) return period;
  }
  return undefined;
}

/** The customer's own A/R account, else the first in the chart. */
export function receivableOf(masters: Masters, customer: Entity): string {
  if (customer.receivableAccount !== null) return customer.receivableAccount;
  for (const account of masters.accounts.values())
    if (account.type === 'AcctRec' && !account.inactive) return account.id;
  throw new Error('seed: there is no account of type AcctRec');
}

function periodsOf(seed: NetSuiteSeed): Period[] {
  const months = monthsBetween(seed.periods.from, seed.periods.to);
  const spans = new Map<string, { name: string; start: string; end: string; quarter: boolean; year: boolean }>();
  for (const month of months) {
    const year = month.slice(0, 4);
    const quarter = Math.ceil(Number(month.slice(5)) / 3);
    extend(`FY ${year}`, month, { quarter: false, year: true });
    extend(`Q${quarter} ${year}`, month, { quarter: true, year: false });
    if (seed.periods.base === undefined) extend(monthName(month), month, { quarter: false, year: false });
  }
  for (const base of seed.periods.base ?? []) spans.set(base.name, { ...base, quarter: false, year: false });
  function extend(name: string, month: string, kind: { quarter: boolean; year: boolean }): void {
    const known = spans.get(name);
    if (known) known.end = lastDayOf(month);
    else spans.set(name, { name, start: `${month}-01`, end: lastDayOf(month), ...kind });
  }
  return [...spans.values()].map((span, index) => {
    const month = span.start.slice(0, 7);
    const base = !span.quarter && !span.year;
    return {
      ...span,
      id: String(FIRST_ID.period + index),
      closed: base && seed.periods.closed.includes(month),
      allLocked: base && seed.periods.locked.includes(month),
      arLocked: base && seed.periods.locked.includes(month),
      apLocked: base && seed.periods.locked.includes(month),
      tasks: [],
    };
  });
}

function unitsOf({ unitsTypes = [] }: NetSuiteSeed): UnitOfMeasure[] {
  return unitsTypes
    .flatMap(({ units }, index) => units.map((unit) => ({ ...unit, unitsType: String(FIRST_ID.unitsType + index) })))
    .map((unit, index) => ({ ...unit, id: String(FIRST_ID.unit + index) }));
}

/** The account that tax codes post to; it is there once the first of them has taxed something. */
export function taxPayableOf({ accounts }: Masters): string {
  return systemAccount(accounts, 'Sales Taxes Payable', 'OthCurrLiab', 'SalesTaxPay');
}

/** Where revaluations post their other side; it is there once the first of them has been made. */
export function unrealizedOf({ accounts }: Masters): string {
  return systemAccount(accounts, 'Unrealized Gain/Loss', 'OthExpense', 'UnrERV');
}

function systemAccount(accounts: Map<string, Account>, name: string, type: string, special: string): string {
  for (const account of accounts.values()) {
    if (account.name === name) {
      account.special = special;
      return account.id;
    }
  }
  const id = String(FIRST_ID.account + accounts.size);
  accounts.set(id, { id, number: null, name, type, currency: null, inactive: false, special });
  return id;
}

function namedRows(rows: { name: string }[], first: number): Map<string, Named> {
  return byId(rows.map(({ name }, index) => ({ id: String(first + index), name, inactive: false })));
}

function byId<T extends { id: string }>(rows: T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function named(rows: Map<string, Named>, name: string, kind: string): string {
  for (const row of rows.values()) if (row.name === name) return row.id;
  throw new Error(`seed: there is no ${kind} "${name}"`);
}

function accountNumbered(accounts: Map<string, Account>, number: string): string {
  for (const account of accounts.values()) if (account.number === number) return account.id;
  throw new Error(`seed: there is no account numbered ${number}`);
}
