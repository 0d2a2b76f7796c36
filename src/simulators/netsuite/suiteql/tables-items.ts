/** SuiteQL tables of items, of what kits consist of, of units, and of stock. */
import { symbolOf, type Company } from '../company.ts';
import { currencyDigits, mulDiv } from '../decimal.ts';
import { isFulfillableItem, STOCK_ITEM, type Item, type UnitOfMeasure } from '../items.ts';
import { BASE_CURRENCY } from '../ledger/exchange.ts';
import type { Held } from '../ledger/stock.ts';
import { committedAt } from '../records/commitment.ts';
import { inTransitFrom } from '../records/in-transit.ts';
import { defineTable, flag, type Table } from './table.ts';
import { amount, number, parseNumber, type Value } from './value.ts';

const id = ({ id: text }: { id: string }): Value => number(text);
const orNull = (text: string | null): Value => (text === null ? null : number(text));
const only = <R>(row: R | undefined): R[] => (row === undefined ? [] : [row]);

export function itemTables(company: Company): Table[] {
  const { masters } = company;
  return [
    itemTable(company),
    defineTable({
      name: 'kititemmember',
      rows: () => membersOf(masters.items.values()),
      find: { parentitem: (key) => membersOf(only(masters.items.get(key))) },
      columns: {
        parentitem: ({ kit }: Member) => number(kit.id),
        item: ({ item }) => number(item),
        quantity: ({ quantity }) => number(quantity),
        linenumber: ({ position }) => number(position),
      },
      display: {
        parentitem: ({ kit }) => kit.itemId,
        item: ({ item }) => masters.items.get(item)?.itemId ?? null,
      },
    }),
    defineTable({
      name: 'unitstypeuom',
      rows: () => masters.units.values(),
      find: { internalid: (key) => only(masters.units.get(key)) },
      columns: {
        internalid: (row: UnitOfMeasure) => id(row),
        unitstype: ({ unitsType }) => number(unitsType),
        unitname: ({ name }) => name,
        abbreviation: ({ name }) => name,
        conversionrate: ({ rate }) => number(rate),
        baseunit: ({ rate }) => flag(rate === 1),
      },
    }),
    ...['inventoryitemlocations', 'aggregateitemlocation', 'inventorybalance'].map((name) => stockTable(company, name)),
  ];
}

function itemTable({ masters, books }: Company): Table {
  return defineTable({
    name: 'item',
    rows: () => masters.items.values(),
    find: { id: (key) => only(masters.items.get(key)) },
    columns: {
      id,
      itemid: ({ itemId }: Item) => itemId,
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
      totalquantityonhand: (item) => (item.type === STOCK_ITEM ? number(books.stock.quantityOf(item.id)) : null),
      isfulfillable: (item) => flag(isFulfillableItem(item)),
      islotitem: ({ numbered }) => flag(numbered === 'lot'),
      isserialitem: ({ numbered }) => flag(numbered === 'serial'),
      usebins: ({ usesBins }) => flag(usesBins),
      lastpurchaseprice: ({ lastPurchasePrice }) =>
        lastPurchasePrice === null ? null : parseNumber(lastPurchasePrice),
      unitstype: ({ unitsType }) => orNull(unitsType),
      stockunit: ({ stockUnit }) => orNull(stockUnit),
    },
    display: { stockunit: ({ stockUnit }) => masters.units.get(stockUnit ?? '')?.name ?? null },
  });
}

interface Member {
  kit: Item;
  item: string;
  quantity: number;
  position: number;
}

function* membersOf(items: Iterable<Item>): Iterable<Member> {
  for (const kit of items)
    for (const [index, member] of kit.members.entries()) yield { kit, ...member, position: index + 1 };
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
            quantityintransit: (row: Held): Value => number(inTransitFrom(company, row)),
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
