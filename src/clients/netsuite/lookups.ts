import { createBatchedLookUp, type BatchOptions } from './look-up-batch.ts';
import { NetSuiteFailure } from './netsuite-failure.ts';
import * as queries from './lookup-queries.ts';
import type {
  ItemHead,
  NetSuiteLookups,
  PeriodHead,
  SalesOrderLine,
  SuiteQlRow,
  TransactionHead,
} from './netsuite-client.ts';
import type { Query } from './suiteql.ts';

const MASTER_DATA_MS = 10 * 60_000;
const PERIODS_MS = 60_000;
/** An item look-up binds each name twice. */
const ITEM_KEYS = 250;

/**
 * The look-ups over SuiteQL.
 * @param now epoch milliseconds that run on by themselves; what is kept ages by it
 */
export function createLookups(query: Query, now: () => number): NetSuiteLookups {
  const master = { forMs: MASTER_DATA_MS, now };
  const byColumn = <V>(
    sql: (count: number) => string,
    keyOf: (row: SuiteQlRow) => string,
    valueOf: (row: SuiteQlRow) => V,
    keep?: BatchOptions<V>['keep'],
  ) =>
    createBatchedLookUp<V>({
      load: async (keys) => new Map((await query(sql(keys.length), keys)).map((row) => [keyOf(row), valueOf(row)])),
      ...(keep ? { keep } : {}),
    });
  const idAndState = (row: SuiteQlRow) => ({ id: text(row, 'id'), inactive: flag(row, 'isinactive') });
  const idOnly = (row: SuiteQlRow) => ({ id: text(row, 'id') });
  const entity = (kind: 'customer' | 'vendor') =>
    byColumn(
      (count) => queries.entitiesByName(kind, count),
      (row) => text(row, 'entityid'),
      idAndState,
      master,
    );
  const named = (table: 'location' | 'department' | 'classification') =>
    byColumn(
      (count) => queries.rowsByName(table, count),
      (row) => text(row, 'name'),
      idAndState,
      master,
    );
  const customers = entity('customer');
  const vendors = entity('vendor');
  /** None in an account that lacks the column: it has no kits. */
  const membersOf = (ids: readonly string[]): Promise<SuiteQlRow[]> =>
    query(queries.kitMemberLines(ids.length), ids).catch((error: unknown) => {
      if (error instanceof NetSuiteFailure && error.status === 400) return [];
      throw error;
    });
  /** Our lines have a tag: members are asked for only where one has none. */
  const withoutMembers = async (rows: SuiteQlRow[]): Promise<SuiteQlRow[]> => {
    const ids = [...new Set(rows.filter((row) => text(row, 'memo') === '').map((row) => text(row, 'transaction')))];
    if (ids.length === 0) return rows;
    const lineOf = (row: SuiteQlRow, id: string) => `${text(row, 'transaction')} ${text(row, id)}`;
    const members = new Set((await membersOf(ids)).map((row) => lineOf(row, 'id')));
    return rows.filter((row) => !members.has(lineOf(row, 'orderline')));
  };
  const orderLines = createBatchedLookUp<SalesOrderLine[]>({
    load: async (ids) => groupLines(await withoutMembers(await query(queries.salesOrderLines(ids.length), ids))),
  });
  // Not by day: an account has a few dozen periods, so one query answers every day.
  const allPeriods = async () => new Map([['all', (await query(queries.BASE_PERIODS)).map(periodOf)]]);
  const keptPeriods = createBatchedLookUp<PeriodHead[]>({ load: allPeriods, keep: { forMs: PERIODS_MS, now } });
  const freshPeriods = createBatchedLookUp<PeriodHead[]>({ load: allPeriods });
  const endingFrom = (periods: PeriodHead[] | null, day: string) => (periods ?? []).filter(({ end }) => day <= end);

  return {
    transactionByExternalId: byColumn(
      queries.transactionsByExternalId,
      (row) => text(row, 'externalid'),
      transactionOf,
    ),
    itemByName: createBatchedLookUp<ItemHead>({
      load: async (names) =>
        itemsByName(names, (await query(queries.itemsByName(names.length), [...names, ...names])).map(itemOf)),
      keep: { ...master, when: (item) => !item.inactive },
      maxKeys: ITEM_KEYS,
    }),
    salesOrderLines: async (salesOrderId) => (await orderLines(salesOrderId)) ?? [],
    // What is shut is asked for anew each time: a person may have opened it a moment ago.
    periodsFrom: async (day, { fresh } = { fresh: false }) => {
      const known = fresh ? [] : endingFrom(await keptPeriods('all'), day);
      return known[0] !== undefined && known[0].start <= day && isOpen(known[0])
        ? known
        : endingFrom(await freshPeriods('all'), day);
    },
    accountByNumber: byColumn(
      queries.accountsByNumber,
      (row) => text(row, 'acctnumber'),
      (row) => ({
        ...idAndState(row),
        number: text(row, 'acctnumber'),
        name: text(row, 'name'),
        type: text(row, 'accttype'),
      }),
      master,
    ),
    entityByName: (kind, name) => (kind === 'customer' ? customers(name) : vendors(name)),
    locationByName: named('location'),
    departmentByName: named('department'),
    classByName: named('classification'),
    currencyByCode: byColumn(queries.currenciesByCode, (row) => text(row, 'symbol'), idOnly, master),
    subsidiaryByName: byColumn(queries.subsidiariesByName, (row) => text(row, 'name'), idOnly, master),
  };
}

const text = (row: SuiteQlRow, column: string): string => row[column] ?? '';
const flag = (row: SuiteQlRow, column: string): boolean => row[column] === 'T' || row[column] === 'true';
/** A count of units, never an amount. */
const units = (row: SuiteQlRow, column: string): number => Number(row[column] ?? '0');

function transactionOf(row: SuiteQlRow): TransactionHead {
  return {
    id: text(row, 'id'),
    externalId: text(row, 'externalid'),
    type: text(row, 'type'),
    tranId: text(row, 'tranid'),
    date: text(row, 'trandate'),
    status: text(row, 'status'),
    posting: flag(row, 'posting'),
    foreignTotal: text(row, 'foreigntotal'),
    memo: text(row, 'memo'),
    currency: text(row, 'currency'),
  };
}

function itemOf(row: SuiteQlRow): ItemHead {
  return {
    id: text(row, 'id'),
    itemId: text(row, 'itemid'),
    type: text(row, 'itemtype'),
    inactive: flag(row, 'isinactive'),
    upc: row['upccode'] ?? null,
  };
}

/** By itemid; else by UPC, where one item alone (or one active item alone) bears it. */
function itemsByName(names: string[], items: ItemHead[]): Map<string, ItemHead> {
  const found = new Map<string, ItemHead>();
  for (const name of names) {
    const named = items.find((item) => item.itemId === name);
    const bearers = items.filter((item) => item.upc === name);
    const active = bearers.filter((item) => !item.inactive);
    const only = active.length === 1 ? active[0] : bearers.length === 1 ? bearers[0] : undefined;
    const item = named ?? only;
    if (item) found.set(name, item);
  }
  return found;
}

function groupLines(rows: SuiteQlRow[]): Map<string, SalesOrderLine[]> {
  const byOrder = new Map<string, SalesOrderLine[]>();
  for (const row of rows) {
    const line: SalesOrderLine = {
      orderLine: text(row, 'orderline'),
      item: text(row, 'item'),
      location: row['location'] ?? null,
      quantity: units(row, 'quantity'),
      fulfilled: units(row, 'shipped'),
      billed: units(row, 'billed'),
      closed: flag(row, 'closed'),
      memo: text(row, 'memo'),
    };
    byOrder.set(text(row, 'transaction'), [...(byOrder.get(text(row, 'transaction')) ?? []), line]);
  }
  return byOrder;
}

function isOpen({ closed, allLocked, arLocked }: PeriodHead): boolean {
  return !closed && !allLocked && !arLocked;
}

function periodOf(row: SuiteQlRow): PeriodHead {
  return {
    id: text(row, 'id'),
    name: text(row, 'periodname'),
    start: text(row, 'startdate'),
    end: text(row, 'enddate'),
    closed: flag(row, 'closed'),
    allLocked: flag(row, 'alllocked'),
    arLocked: flag(row, 'arlocked'),
  };
}
