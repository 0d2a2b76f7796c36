import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { SuiteQlRow } from './netsuite-client.ts';
import { NetSuiteFailure } from './netsuite-failure.ts';
import * as queries from './stock-queries.ts';
import type {
  AuthorisationLine,
  ItemAtLocation,
  ItemFact,
  Locations,
  MovementPage,
  MovementWish,
  NetSuiteStockReads,
  TransferOrderFact,
} from './stock-reads.ts';
import type { Query, QueryPage } from './suiteql.ts';
import { readTransferOrders } from './transfer-orders.ts';

/** Values of one IN list; Oracle's limit is 1,000. */
const MAX_KEYS = 500;
/** Letters of authorisations that nothing is received of: pending approval, cancelled, closed (NSHELP status list of `RtnAuth`). */
const NOT_RECEIVABLE = ['A', 'C', 'H'];

/** The reading of stock over SuiteQL. What may have more than 100,000 rows is read by keyset, a page at a time. */
export function createStockReads(query: Query, page: QueryPage): NetSuiteStockReads {
  let known: Promise<ReadonlySet<queries.ItemFeature>> | null = null;
  const features = () => (known ??= presentFeatures(query).catch((error: unknown) => failed(error)));
  const failed = (error: unknown): never => {
    known = null;
    throw error;
  };

  return {
    lastChange: async () => (await query(queries.LAST_CHANGE))[0]?.['changed'] ?? null,
    movements: (locations, wish) => readMovements(page, locations, wish),
    async atLocations(locations, items) {
      const found: ItemAtLocation[] = [];
      for (const some of items ? inLists(items) : [[]])
        for await (const rows of readAtLocations(page, locations, some)) found.push(...rows);
      return found;
    },
    async items(names, locations) {
      const present = await features();
      const hasBins = present.has('usebins') && (await haveBins(query, locations));
      const found: ItemFact[] = [];
      for (const some of inLists(names)) {
        const rows = await query(queries.itemsNamed(some.length, present), some);
        const members = await readMembers(query, rows);
        found.push(...rows.map((row) => itemOf(row, hasBins, members)));
      }
      return found;
    },
    async openAuthorisations(customers) {
      const rows = await query(queries.openAuthorisationLines(customers.length), customers);
      return rows.filter((row) => !NOT_RECEIVABLE.includes(text(row, 'status'))).map(authorisationOf);
    },
    async transferOrders(naming) {
      const found: TransferOrderFact[] = [];
      for (const some of inLists(naming, 100)) found.push(...(await readTransferOrders(query, some)));
      return found;
    },
    async currency(subsidiary) {
      const rows = await (subsidiary === undefined
        ? query(queries.BASE_CURRENCY)
        : query(queries.SUBSIDIARY_CURRENCY, [subsidiary]));
      return rows[0]?.['symbol'] ?? null;
    },
  };
}

/** Whole documents: the last one of a page is held until the next page has shown its end. */
async function* readMovements(
  page: QueryPage,
  locations: Locations,
  { since, items = [], documents = [], after = '0' }: MovementWish,
): AsyncGenerator<MovementPage> {
  const sql = queries.movementLines({
    locations: locations.size,
    since: since !== undefined,
    items: items.length,
    documents: documents.length,
  });
  const bound = [...locations.keys(), ...(since === undefined ? [] : [since]), ...items, ...documents];
  // Line ids begin at 0; of the document itself nothing is asked for again.
  let [id, line] = [after, String(Number.MAX_SAFE_INTEGER)];
  let held: SuiteQlRow[] = [];
  for (;;) {
    const { rows, hasMore } = await page(sql, [...bound, id, id, line]);
    const all = [...held, ...rows];
    const last = all.at(-1);
    const isWhole = (row: SuiteQlRow) => !hasMore || row['id'] !== last?.['id'];
    const whole = all.filter(isWhole);
    if (whole.length > 0) yield { movements: whole.map((row) => movementOf(row, locations)), changed: latest(whole) };
    if (!hasMore || !last) return;
    held = all.filter((row) => !isWhole(row));
    [id, line] = [text(last, 'id'), text(last, 'line')];
  }
}

async function* readAtLocations(
  page: QueryPage,
  locations: Locations,
  items: readonly string[],
): AsyncGenerator<ItemAtLocation[]> {
  const sql = queries.stockAtLocations({ locations: locations.size, items: items.length });
  let [item, location] = ['0', '0'];
  for (;;) {
    const { rows, hasMore } = await page(sql, [...locations.keys(), ...items, item, item, location]);
    yield rows.map((row) => atLocationOf(row, locations));
    const last = rows.at(-1);
    if (!hasMore || !last) return;
    [item, location] = [text(last, 'id'), text(last, 'location')];
  }
}

/** Of the columns that come with a feature of the account, those that it has. */
async function presentFeatures(query: Query): Promise<ReadonlySet<queries.ItemFeature>> {
  const present = new Set<queries.ItemFeature>();
  for (const column of queries.ITEM_FEATURES) {
    try {
      await query(queries.featureProbe(column));
      present.add(column);
    } catch (error) {
      if (!(error instanceof NetSuiteFailure) || error.status !== 400) throw error;
    }
  }
  return present;
}

async function haveBins(query: Query, locations: Locations): Promise<boolean> {
  return (await query(queries.locationsWithBins(locations.size), [...locations.keys()])).length > 0;
}

/** By the kit's internal id. */
async function readMembers(query: Query, items: readonly SuiteQlRow[]): Promise<Map<string, ItemFact['members']>> {
  const kits = items.filter((row) => row['itemtype'] === 'Kit').map((row) => text(row, 'id'));
  const members = new Map<string, ItemFact['members']>(kits.map((kit) => [kit, []]));
  if (kits.length > 0)
    for (const row of await query(queries.kitMembers(kits.length), kits))
      members.get(text(row, 'kit'))?.push({ item: text(row, 'item'), quantity: units(row, 'quantity') });
  return members;
}

function itemOf(row: SuiteQlRow, hasBins: boolean, members: ReadonlyMap<string, ItemFact['members']>): ItemFact {
  return {
    netsuiteId: text(row, 'id'),
    item: text(row, 'itemid'),
    type: text(row, 'itemtype'),
    inactive: flag(row, 'isinactive'),
    hasLots: flag(row, 'islotitem'),
    hasSerialNumbers: flag(row, 'isserialitem'),
    inBins: hasBins && flag(row, 'usebins'),
    inOtherUnit: row['stockunit'] !== undefined && !flag(row, 'baseunit'),
    lastPurchasePrice: cost(row, 'price'),
    members: members.get(text(row, 'id')) ?? [],
  };
}

function movementOf(row: SuiteQlRow, locations: Locations): NetSuiteMovement {
  return {
    netsuiteId: text(row, 'id'),
    line: units(row, 'line'),
    type: text(row, 'type'),
    tranId: text(row, 'tranid'),
    externalId: row['externalid'] ?? null,
    memo: text(row, 'memo'),
    day: text(row, 'trandate'),
    item: text(row, 'item'),
    location: locations.get(text(row, 'location')) ?? '',
    units: units(row, 'quantity'),
    ...(row['type'] === 'ItemShip' && row['createdfrom'] ? { createdFrom: row['createdfrom'] } : {}),
  };
}

function atLocationOf(row: SuiteQlRow, locations: Locations): ItemAtLocation {
  return {
    item: text(row, 'item'),
    location: locations.get(text(row, 'location')) ?? '',
    onHand: units(row, 'onhand'),
    committed: units(row, 'committed'),
    available: units(row, 'available'),
    averageCost: cost(row, 'cost'),
  };
}

const authorisationOf = (row: SuiteQlRow): AuthorisationLine => ({
  netsuiteId: text(row, 'id'),
  externalId: row['externalid'] ?? null,
  otherRefNum: row['otherrefnum'] ?? null,
  day: text(row, 'trandate'),
  item: text(row, 'item'),
  open: units(row, 'open'),
});

const latest = (rows: readonly SuiteQlRow[]): string =>
  rows.reduce((last, row) => (text(row, 'changed') > last ? text(row, 'changed') : last), '');
const text = (row: SuiteQlRow, column: string): string => row[column] ?? '';
const flag = (row: SuiteQlRow, column: string): boolean => row[column] === 'T';
/** A count of units, never an amount. */
const units = (row: SuiteQlRow, column: string): number => Number(row[column] ?? '0');
/** Oracle may leave out the zero before the point. */
const cost = (row: SuiteQlRow, column: string): string | null => row[column]?.replace(/^(-?)\./, '$10.') ?? null;

function* inLists(all: readonly string[], size = MAX_KEYS): Generator<readonly string[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
