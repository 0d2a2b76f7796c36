/** NetSuite's internal ids behind the names of a connection's settings: found by look-ups that are cached, never created. */
import { ApplicationFailure } from '@temporalio/common';
import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { accountOf, type ConnectionSettings } from '../../config/connection.ts';
import { poolsOf } from '../../config/stock-policy.ts';
import { DIMENSIONS, type Dimensions } from '../../domain/mapping/dimensions.ts';
import { accountRole } from '../../domain/mapping/booked-role.ts';
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import type { OrderFact } from '../../domain/orders/order-facts.ts';
import type { OrderLine } from '../../domain/orders/sales-order.ts';
import type { PlaceAt } from '../../domain/stock/kept-stock.ts';
import { locationOf } from '../../domain/stock/pools.ts';
import { marketplaceOf } from '../../config/time-zone.ts';
import type { Connection } from '../connection.ts';

type Reference = { id: string };

/** Something that the settings name and NetSuite does not have. Tried again: a person may be mending it right now. */
export function missing(connection: Connection, what: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'SETTING_UNKNOWN',
    message: `NetSuite account ${connection.settings.netsuite.account} has no ${what}, which the connection ${connection.name} names. Create it there or mend the configuration.`,
    nextRetryDelay: '30s',
    details: [what],
  });
}

/** A role that comes for the first time and has no account in the settings. Tried again by the worker that reads them anew. */
function unnamed({ settings }: Connection, role: Role, currency: string): ApplicationFailure {
  const setting = `accounts.${accountRole(role)}`;
  return ApplicationFailure.create({
    type: 'SETTING_UNKNOWN',
    message: `The connection ${settings.name} names no account for ${role} in ${currency}, and something is to be booked there now. Set ${setting} in the configuration and start again.`,
    nextRetryDelay: '30s',
    details: [`${setting} (${currency})`],
  });
}

/** A pool that a stored document names and the settings no longer have. */
function missingPool({ settings }: Connection, pool: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'SETTING_UNKNOWN',
    message: `The connection ${settings.name} has no pool ${pool}, and something is to be booked there. Set stock.pools in the configuration and start again.`,
    nextRetryDelay: '30s',
    details: [`stock.pools (${pool})`],
  });
}

/** @throws ApplicationFailure `SETTING_UNKNOWN` (exception setting-unknown, tried again) where the settings name no account, or NetSuite has none that is active. */
export async function accountReference(
  connection: Connection,
  role: Role,
  currency: string,
  jurisdiction: Jurisdiction | null = null,
): Promise<Reference & { type: string }> {
  const number = accountOf(connection.settings, role, currency, jurisdiction);
  if (number === null) throw unnamed(connection, role, currency);
  const account = await connection.netsuite.lookups.accountByNumber(number);
  if (!account || account.inactive) throw missing(connection, `active account ${number} (${role})`);
  return { id: account.id, type: account.type };
}

export async function customerReference(connection: Connection, marketplace: string | null): Promise<Reference> {
  const name = marketplaceOf(connection.settings, marketplace).customer;
  const customer = await connection.netsuite.lookups.entityByName('customer', name);
  if (!customer || customer.inactive) throw missing(connection, `active customer ${name}`);
  return { id: customer.id };
}

export async function vendorReference(connection: Connection): Promise<Reference> {
  const vendor = await connection.netsuite.lookups.entityByName('vendor', connection.settings.vendor);
  if (!vendor || vendor.inactive) throw missing(connection, `active vendor ${connection.settings.vendor}`);
  return { id: vendor.id };
}

export async function locationReference(
  connection: Connection,
  marketplace: string | null,
  fulfilledBy: OrderFact['fulfilledBy'],
): Promise<Reference> {
  const own = marketplaceOf(connection.settings, marketplace).location;
  const name = fulfilledBy === 'MERCHANT' ? (connection.settings.merchantLocation ?? own) : own;
  return locationNamed(connection, name);
}

/** NetSuite's location of a place of a pool. */
export async function placeReference(connection: Connection, { pool, place }: PlaceAt): Promise<Reference> {
  const { stock } = connection.settings;
  const pools = stock === undefined ? [] : poolsOf(stock);
  const name = locationOf(
    pools.find((one) => one.name === pool),
    place,
  );
  if (name === undefined) throw missingPool(connection, pool);
  return locationNamed(connection, name);
}

export async function locationNamed(connection: Connection, name: string): Promise<Reference> {
  const location = await connection.netsuite.lookups.locationByName(name);
  if (!location || location.inactive) throw missing(connection, `active location ${name}`);
  return { id: location.id };
}

/** NetSuite's internal id of the subsidiary; null in an account without them. */
export async function ourSubsidiary(connection: Connection): Promise<string | null> {
  const name = connection.settings.netsuite.subsidiary;
  if (name === undefined) return null;
  const subsidiary = await connection.netsuite.lookups.subsidiaryByName(name);
  if (!subsidiary) throw missing(connection, `subsidiary ${name}`);
  return subsidiary.id;
}

/** ISO code of what the subsidiary keeps its books in. */
export async function subsidiaryCurrency(connection: Connection): Promise<string> {
  const name = connection.settings.netsuite.subsidiary;
  const currency = await connection.netsuite.stock.currency(name);
  if (currency === null) throw missing(connection, name === undefined ? 'base currency' : `subsidiary ${name}`);
  return currency;
}

export async function currencyReference(connection: Connection, code: string): Promise<Reference> {
  const currency = await connection.netsuite.lookups.currencyByCode(code);
  if (!currency) throw missing(connection, `currency ${code}`);
  return { id: currency.id };
}

/** Item of the settings for a line that is no goods; of a tax line that of its jurisdiction. */
export async function serviceItemReference(
  connection: Connection,
  { component, tax }: Pick<OrderLine, 'component' | 'tax'>,
): Promise<Reference> {
  const items: ConnectionSettings['items'] = connection.settings.items;
  if (component === 'tax') return itemReference(connection, taxItemOf(connection, tax!.jurisdiction));
  const name =
    component === 'other'
      ? items.refund
      : component === 'cod'
        ? items.shipping
        : items[component as keyof typeof items];
  return itemReference(connection, name);
}

/** The item of a jurisdiction's tax lines, which a stored document may name after the settings have dropped it. */
function taxItemOf({ settings }: Connection, jurisdiction: string): string {
  const name = settings.tax?.items[jurisdiction];
  if (name !== undefined) return name;
  throw ApplicationFailure.create({
    type: 'SETTING_UNKNOWN',
    message: `The connection ${settings.name} has no item for the tax of ${jurisdiction}, and a document carries it. Set tax.items.${jurisdiction} in the configuration and start again.`,
    nextRetryDelay: '30s',
    details: [`tax.items.${jurisdiction}`],
  });
}

/** An item by its itemid. */
export async function itemReference(connection: Connection, name: string): Promise<Reference> {
  const item = await connection.netsuite.lookups.itemByName(name);
  if (!item || item.inactive) throw missing(connection, `active item ${name}`);
  return { id: item.id };
}

/** Department, class and location of a line, by their names in NetSuite. */
export async function dimensionFields(connection: Connection, dimensions: Dimensions): Promise<JsonObject> {
  const { departmentByName, classByName, locationByName } = connection.netsuite.lookups;
  const lookUps = { department: departmentByName, class: classByName, location: locationByName };
  const found = await Promise.all(
    DIMENSIONS.map(async (dimension): Promise<JsonObject> => {
      const name = dimensions[dimension];
      if (name === undefined) return {};
      const row = await lookUps[dimension](name);
      if (!row || row.inactive) throw missing(connection, `active ${dimension} ${name}`);
      return { [dimension]: { id: row.id } };
    }),
  );
  return Object.assign({}, ...found) as JsonObject;
}

/** Fields that every document of a type gets from the settings; one that stands by itself also names the subsidiary, where the account has them. */
export async function commonFields(
  connection: Connection,
  type: keyof ConnectionSettings['fields'],
  { withSubsidiary = false }: { withSubsidiary?: boolean } = {},
): Promise<JsonObject> {
  const id = withSubsidiary ? await ourSubsidiary(connection) : null;
  return { ...(id === null ? {} : { subsidiary: { id } }), ...(connection.settings.fields[type] ?? {}) };
}
