/** Lists that can be read (not written) over REST. */
import type { Company } from '../company.ts';
import { Decimal, type JsonFields } from '../json.ts';
import { STOCK_ITEM, type Item, type KitMember } from '../items.ts';
import { noSuchRecord } from '../refusal.ts';
import { accountTitle } from '../records/render.ts';

type Renderer = (company: Company) => Map<string, JsonFields & { externalId?: string | undefined }>;

const LISTS: Record<string, Renderer> = {
  account: ({ masters }) =>
    rendered(masters.accounts, (account) => ({
      acctNumber: account.number ?? undefined,
      acctName: account.name,
      acctType: { id: account.type },
      isInactive: account.inactive,
      currency:
        account.currency === null
          ? undefined
          : { id: account.currency, refName: masters.currencies.get(account.currency)?.name },
      sSpecAcct: account.special === null ? undefined : { id: account.special },
      reconcileWithMatching: ['Bank', 'CredCard'].includes(account.type),
    })),
  inventoryItem: (company) => items(company, ({ type, numbered }) => type === STOCK_ITEM && numbered === null),
  lotNumberedInventoryItem: (company) => items(company, ({ numbered }) => numbered === 'lot'),
  serializedInventoryItem: (company) => items(company, ({ numbered }) => numbered === 'serial'),
  kitItem: (company) => items(company, ({ type }) => type === 'Kit'),
  nonInventorySaleItem: (company) => items(company, ({ type }) => type === 'NonInvtPart'),
  customer: (company) => entities(company, 'customer'),
  vendor: (company) => entities(company, 'vendor'),
  location: ({ masters }) =>
    rendered(masters.locations, ({ name, inactive, usesBins }) => ({ name, isInactive: inactive, useBins: usesBins })),
  subsidiary: ({ masters }) => rendered(masters.subsidiaries, ({ name, inactive }) => ({ name, isInactive: inactive })),
  currency: ({ masters }) =>
    rendered(masters.currencies, ({ name, inactive }) => ({ name, symbol: name, isInactive: inactive })),
  paymentMethod: ({ masters }) =>
    rendered(masters.paymentMethods, ({ name, grouped }) => ({ name, undepFunds: grouped })),
  accountingPeriod: ({ masters }) =>
    rendered(masters.periods, (period) => ({
      periodName: period.name,
      startDate: period.start,
      endDate: period.end,
      isQuarter: period.quarter,
      isYear: period.year,
      isPosting: !period.quarter && !period.year,
      isAdjust: false,
      closed: period.closed,
      allLocked: period.allLocked,
      arLocked: period.arLocked,
      apLocked: period.apLocked,
    })),
};

export function masterListNamed(name: string): Renderer | undefined {
  return Object.entries(LISTS).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
}

/** One row of a list by id or `eid:`. */
export function masterRecord(company: Company, list: Renderer, key: string): JsonFields {
  const rows = list(company);
  const row = key.startsWith('eid:')
    ? [...rows.values()].find(({ externalId }) => externalId === key.slice(4))
    : rows.get(key);
  if (!row) throw noSuchRecord();
  return row;
}

function rendered<T extends { id: string }>(
  rows: Map<string, T>,
  render: (row: T) => JsonFields,
): Map<string, JsonFields & { externalId?: string }> {
  return new Map([...rows].map(([id, row]) => [id, { id, links: [], ...render(row) }]));
}

function items(
  { masters, books }: Company,
  wanted: (item: Item) => boolean,
): Map<string, JsonFields & { externalId?: string }> {
  const account = (id: string | null): { id: string; refName: string } | undefined => {
    const found = id === null ? undefined : masters.accounts.get(id);
    return found && { id: found.id, refName: accountTitle(found) };
  };
  return rendered(new Map([...masters.items].filter(([, item]) => wanted(item))), (item) => ({
    itemId: item.itemId,
    displayName: item.displayName,
    upcCode: item.upc ?? undefined,
    externalId: item.externalId ?? undefined,
    isInactive: item.inactive,
    incomeAccount: account(item.incomeAccount),
    cogsAccount: account(item.cogsAccount),
    assetAccount: account(item.assetAccount),
    ...(item.type === STOCK_ITEM ? stockFields(item, books.stock.quantityOf(item.id)) : {}),
    ...(item.type === 'Kit' ? { member: { items: item.members.map(memberOf) } } : {}),
  }));
}

function stockFields({ lastPurchasePrice, usesBins, unitsType, stockUnit }: Item, quantityOnHand: number): JsonFields {
  return {
    quantityOnHand,
    costingMethod: { id: 'AVG' },
    useBins: usesBins,
    lastPurchasePrice: lastPurchasePrice === null ? undefined : new Decimal(lastPurchasePrice),
    unitsType: unitsType === null ? undefined : { id: unitsType },
    stockUnit: stockUnit === null ? undefined : { id: stockUnit },
  };
}

function memberOf({ item, quantity }: KitMember): JsonFields {
  return { item: { id: item }, quantity };
}

function entities(
  { masters }: Company,
  kind: 'customer' | 'vendor',
): Map<string, JsonFields & { externalId?: string }> {
  return rendered(new Map([...masters.entities].filter(([, entity]) => entity.kind === kind)), (entity) => ({
    entityId: entity.entityId,
    companyName: entity.entityId,
    externalId: entity.externalId ?? undefined,
    isInactive: entity.inactive,
    currency: { id: entity.currency, refName: masters.currencies.get(entity.currency)?.name },
    receivablesAccount: entity.receivableAccount === null ? undefined : { id: entity.receivableAccount },
  }));
}
