/** SuiteQL tables of the lists, but for items. */
import type { Company } from '../company.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import type { Account, Entity, Location, Named, Period } from '../masters.ts';
import { accountTitle } from '../records/render.ts';
import { defineTable, flag, type Table } from './table.ts';
import { number, SqlDate, type Value } from './value.ts';

const id = ({ id: text }: { id: string }): Value => number(text);
const orNull = (text: string | null): Value => (text === null ? null : number(text));
const only = <R>(row: R | undefined): R[] => (row === undefined ? [] : [row]);

/** The subsidiaries of a row, as a list of ids (recorded: "1, 2, 3"); here there is one. */
const IN_SUBSIDIARY = { subsidiary: () => '1', externalid: () => null };

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
    entityTable(company, 'customer'),
    entityTable(company, 'vendor'),
    entityTable(company, 'entity'),
    locationTable(masters.locations),
    namedTable('department', masters.departments, 'inSubsidiary'),
    namedTable('classification', masters.classifications, 'inSubsidiary'),
    namedTable('subsidiary', masters.subsidiaries, 'currency'),
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

function locationTable(rows: Map<string, Location>): Table {
  return defineTable({
    name: 'location',
    rows: () => rows.values(),
    find: { id: (key) => only(rows.get(key)) },
    columns: {
      id,
      name: ({ name }: Location) => name,
      fullname: ({ name }) => name,
      isinactive: ({ inactive }) => flag(inactive),
      usebins: ({ usesBins }) => flag(usesBins),
      ...IN_SUBSIDIARY,
    },
  });
}

function namedTable(name: string, rows: Map<string, Named>, more: 'currency' | 'symbol' | 'inSubsidiary'): Table {
  return defineTable({
    name,
    rows: () => rows.values(),
    find: { id: (key) => only(rows.get(key)) },
    columns: {
      id,
      name: (row: Named) => row.name,
      fullname: (row) => row.name,
      isinactive: ({ inactive }) => flag(inactive),
      ...(more === 'inSubsidiary' ? IN_SUBSIDIARY : {}),
      ...(more === 'currency' ? { currency: () => number(BASE_CURRENCY) } : {}),
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
