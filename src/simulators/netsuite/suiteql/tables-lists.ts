/** SuiteQL tables of the lists and of stock. */
import { symbolOf, type Company } from '../company.ts';
import { currencyDigits, mulDiv } from '../decimal.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import type { Held } from '../ledger/stock.ts';
import { committedAt } from '../records/commitment.ts';
import type { Account, Entity, Named, Period } from '../masters.ts';
import { accountTitle } from '../records/render.ts';
import { defineTable, flag, type Table } from './table.ts';
import { amount, number, SqlDate, type Value } from './value.ts';

const id = ({ id: text }: { id: string }): Value => number(text);
const orNull = (text: string | null): Value => (text === null ? null : number(text));
const only = <R>(row: R | undefined): R[] => (row === undefined ? [] : [row]);

export function listTables(company: Company): Table[] {
  const { masters } = company;
  return [
    defineTable({
      name: 'account',
      rows: () => masters.accounts.values(),
      find: { id: (key) => only(masters.accounts.get(key)) },
      columns: {
        id,
        acctnumber: ({ number: text }: Account) => text,
        acctname: ({ name }) => name,
        externalid: () => null,
        fullname: ({ name }) => name,
        accountsearchdisplayname: (account) => accountTitle(account),
        accountsearchdisplaynamecopy: ({ name }) => name,
        displaynamewithhierarchy: (account) => accountTitle(account),
        accttype: ({ type }) => type,
        currency: ({ currency }) => orNull(currency),
        isinactive: ({ inactive }) => flag(inactive),
        issummary: () => 'F',
        sspecacct: ({ special }) => special,
        reconcilewithmatching: ({ type }) => flag(['Bank', 'CredCard'].includes(type)),
      },
      display: {
        currency: ({ currency }) => (currency === null ? null : (masters.currencies.get(currency)?.name ?? null)),
      },
    }),
    defineTable({
      name: 'item',
      rows: () => masters.items.values(),
      find: { id: (key) => only(masters.items.get(key)) },
      columns: {
        id,
        itemid: ({ itemId }) => itemId,
        fullname: ({ itemId }) => itemId,
        displayname: ({ displayName }) => displayName,
        itemtype: ({ type }) => type,
        subtype: ({ type }) => (type === 'NonInvtPart' ? 'Sale' : null),
        upccode: ({ upc }) => upc,
        externalid: ({ externalId }) => externalId,
        isinactive: ({ inactive }) => flag(inactive),
        incomeaccount: ({ incomeAccount }) => number(incomeAccount),
        expenseaccount: ({ cogsAccount }) => orNull(cogsAccount),
        cogsaccount: ({ cogsAccount }) => orNull(cogsAccount),
        assetaccount: ({ assetAccount }) => orNull(assetAccount),
        totalquantityonhand: (item) =>
          item.type === 'InvtPart' ? number(company.books.stock.quantityOf(item.id)) : null,
        isfulfillable: ({ type }) => flag(type === 'InvtPart'),
      },
    }),
    entityTable(company, 'customer'),
    entityTable(company, 'vendor'),
    entityTable(company, 'entity'),
    namedTable('location', masters.locations, 'inSubsidiary'),
    namedTable('department', masters.departments, 'inSubsidiary'),
    namedTable('classification', masters.classifications, 'inSubsidiary'),
    namedTable('subsidiary', masters.subsidiaries, 'name'),
    namedTable('currency', masters.currencies, 'symbol'),
    defineTable({
      name: 'accountingperiod',
      rows: () => masters.periods.values(),
      dates: ['startdate', 'enddate'],
      find: { id: (key) => only(masters.periods.get(key)) },
      columns: {
        id,
        periodname: ({ name }: Period) => name,
        startdate: ({ start }) => new SqlDate(start),
        enddate: ({ end }) => new SqlDate(end),
        isquarter: ({ quarter }) => flag(quarter),
        isyear: ({ year }) => flag(year),
        isposting: ({ quarter, year }) => flag(!quarter && !year),
        isadjust: () => 'F',
        isinactive: () => 'F',
        closed: ({ closed }) => flag(closed),
        alllocked: ({ allLocked }) => flag(allLocked),
        arlocked: ({ arLocked }) => flag(arLocked),
        aplocked: ({ apLocked }) => flag(apLocked),
      },
    }),
    defineTable({
      name: 'accountingbook',
      rows: () => [{ id: '1' }],
      columns: { id, name: () => 'Primary Accounting Book', isprimary: () => 'T' },
    }),
    ...['inventoryitemlocations', 'aggregateitemlocation', 'inventorybalance'].map((name) => stockTable(company, name)),
  ];
}

function entityTable({ masters }: Company, name: 'customer' | 'vendor' | 'entity'): Table {
  const wanted = (entity: Entity): boolean => name === 'entity' || entity.kind === name;
  return defineTable({
    name,
    rows: () => [...masters.entities.values()].filter(wanted),
    find: { id: (key) => only(masters.entities.get(key)).filter(wanted) },
    columns: {
      id,
      entityid: ({ entityId }: Entity) => entityId,
      companyname: ({ entityId }) => entityId,
      entitytitle: ({ entityId }) => entityId,
      externalid: ({ externalId }) => externalId,
      isinactive: ({ inactive }) => flag(inactive),
      currency: ({ currency }) => number(currency),
      type: ({ kind }) => (kind === 'customer' ? 'CustJob' : 'Vendor'),
      receivablesaccount: ({ receivableAccount }) => orNull(receivableAccount),
      ...(name === 'vendor' ? { subsidiary: () => number(1) } : {}),
    },
    display: { currency: ({ currency }) => masters.currencies.get(currency)?.name ?? null },
  });
}

function namedTable(name: string, rows: Map<string, Named>, more: 'name' | 'symbol' | 'inSubsidiary'): Table {
  return defineTable({
    name,
    rows: () => rows.values(),
    find: { id: (key) => only(rows.get(key)) },
    columns: {
      id,
      name: (row: Named) => row.name,
      fullname: (row) => row.name,
      isinactive: ({ inactive }) => flag(inactive),
      // The subsidiaries of a row, as a list of ids (recorded: "1, 2, 3"); here there is one.
      ...(more === 'inSubsidiary' ? { subsidiary: () => '1', externalid: () => null } : {}),
      ...(more === 'symbol'
        ? {
            symbol: (row: Named) => row.name,
            exchangerate: () => number(1),
            isbasecurrency: (row: Named) => flag(row.id === '1'),
          }
        : {}),
    },
  });
}

function stockTable(company: Company, name: string): Table {
  const { masters, books } = company;
  const digits = currencyDigits(symbolOf(company, BASE_CURRENCY));
  const quantity = (row: Held): Value => number(row.quantity);
  const average = ({ item, location }: Held): Value => {
    const { value, quantity: units } = books.stock.averageAt(item, location);
    return mulDiv(amount(value, digits), 1n, units);
  };
  return defineTable({
    name,
    rows: () => books.stock.rows(),
    columns: {
      item: (row: Held) => number(row.item),
      location: (row) => number(row.location),
      quantityonhand: quantity,
      quantityavailable: (row) => number(row.quantity - committedAt(company, row)),
      ...(name === 'aggregateitemlocation'
        ? {
            quantitycommitted: (row: Held): Value => number(committedAt(company, row)),
            // Units in transit belong to transfer orders, which are not built.
            quantityintransit: (): Value => number(0),
            averagecostmli: average,
            onhandvaluemli: ({ item, location }: Held): Value => amount(books.stock.valueAt(item, location), digits),
          }
        : {}),
    },
    display: {
      item: ({ item }) => masters.items.get(item)?.itemId ?? null,
      location: ({ location }) => masters.locations.get(location)?.name ?? null,
    },
  });
}
