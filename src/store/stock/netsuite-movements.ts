/** What NetSuite moved at our locations, ours and anyone else's, as it was last read there. */
import { sql, type Selectable } from 'kysely';
import type { Day } from '../../domain/money/instant.ts';
import type { LineRef } from '../../domain/stock/kept-stock.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';
import { noteChange } from './planning-inputs.ts';
import type { NetSuiteMovementsTable } from './tables.ts';

/**
 * Documents as they are now, each with all its lines: a line that is gone goes, and all others of its document are open again
 * (`settled`); one that is new or another than before is open too, the rest stay as they are. Returns how many documents are
 * new or changed.
 */
export async function replaceMovements(
  db: Database,
  connection: string,
  documents: readonly string[],
  movements: readonly NetSuiteMovement[],
): Promise<number> {
  return replace(db, connection, { column: 'netsuite_id', values: documents }, movements);
}

/** The same for all lines of some items, where their sums are not what NetSuite has on hand: documents were deleted there. */
export async function replaceMovementsOfItems(
  db: Database,
  connection: string,
  items: readonly string[],
  movements: readonly NetSuiteMovement[],
): Promise<number> {
  return replace(db, connection, { column: 'item', values: items }, movements);
}

/** Alone, since two attempts of one reading may run at the same time. */
async function replace(
  db: Database,
  connection: string,
  { column, values }: { column: 'netsuite_id' | 'item'; values: readonly string[] },
  movements: readonly NetSuiteMovement[],
): Promise<number> {
  if (values.length === 0) return 0;
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('movements ' || ${connection}, 0))`.execute(tx);
    const before = new Map<string, NetSuiteMovement>();
    for (const some of inBatches(values, 4000))
      for (const movement of await movementRows(tx, connection).where(column, 'in', some).execute().then(asMovements))
        before.set(keyOf(movement), movement);
    const now = new Map(movements.map((movement) => [keyOf(movement), movement]));
    const gone = [...before.values()].filter((movement) => !now.has(keyOf(movement)));
    const changed = movements.filter((movement) => !isSame(before.get(keyOf(movement)), movement));
    for (const { netsuiteId, line } of gone)
      await tx
        .deleteFrom('netsuite_movements')
        .where('connection', '=', connection)
        .where('netsuite_id', '=', netsuiteId)
        .where('line', '=', line)
        .execute();
    await saveMovements(tx, connection, changed);
    // What is gone of a document leaves no line that says so: the rest of it does.
    const cut = [...new Set(gone.map(({ netsuiteId }) => netsuiteId))];
    await sql`update netsuite_movements set settled = false where connection = ${connection} and netsuite_id = any(${cut})`.execute(
      tx,
    );
    if (gone.length > 0 || changed.length > 0) await noteChange(tx, connection, 'movements');
    return new Set([...gone, ...changed].map(({ netsuiteId }) => netsuiteId)).size;
  });
}

async function saveMovements(db: Database, connection: string, movements: readonly NetSuiteMovement[]) {
  for (const some of inBatches(movements, 4000))
    await db
      .insertInto('netsuite_movements')
      .values(
        some.map((movement) => ({
          connection,
          netsuite_id: movement.netsuiteId,
          line: movement.line,
          type: movement.type,
          tran_id: movement.tranId,
          external_id: movement.externalId,
          memo: movement.memo,
          day: movement.day,
          item: movement.item,
          location: movement.location,
          units: String(movement.units),
          settled: false,
          created_from: movement.createdFrom ?? null,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['connection', 'netsuite_id', 'line']).doUpdateSet((eb) => ({
          type: eb.ref('excluded.type'),
          tran_id: eb.ref('excluded.tran_id'),
          external_id: eb.ref('excluded.external_id'),
          memo: eb.ref('excluded.memo'),
          day: eb.ref('excluded.day'),
          item: eb.ref('excluded.item'),
          location: eb.ref('excluded.location'),
          units: eb.ref('excluded.units'),
          created_from: eb.ref('excluded.created_from'),
          settled: false,
        })),
      )
      .execute();
}

const keyOf = ({ netsuiteId, line }: NetSuiteMovement): string => `${netsuiteId} ${line}`;

function isSame(before: NetSuiteMovement | undefined, now: NetSuiteMovement): boolean {
  return (
    before !== undefined &&
    (Object.keys(now) as (keyof NetSuiteMovement)[]).every((field) => before[field] === now[field])
  );
}

export async function loadMovements(db: Database, connection: string): Promise<NetSuiteMovement[]> {
  return asMovements(
    await movementRows(db, connection).orderBy('day').orderBy('netsuite_id').orderBy('line').execute(),
  );
}

/**
 * Lines that are not settled, and those dated before `to` from `from` on whatever they are, by day and item. Lines before `from` are
 * handed in where `isStood`: the opening was read, and what is open there came after it.
 */
export async function loadOpenMovements(
  db: Database,
  connection: string,
  { from, to, isStood }: { from: Day; to: Day; isStood: boolean },
): Promise<NetSuiteMovement[]> {
  return asMovements(
    await movementRows(db, connection)
      .where('day', '>=', isStood ? '' : from)
      .where(({ or, and, eb }) => or([eb('settled', '=', false), and([eb('day', '>=', from), eb('day', '<', to)])]))
      .orderBy('day')
      .orderBy('item')
      .orderBy('netsuite_id')
      .orderBy('line')
      .execute(),
  );
}

/**
 * Fulfilments of somebody else of which it is not known what they were made from, as those that were read before that was asked
 * for: by internal id, above one, so many.
 */
export async function fulfilmentsOfUnknownOrigin(
  db: Database,
  connection: string,
  { after, most }: { after: string; most: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select netsuite_id as id from netsuite_movements
    where connection = ${connection} and type = 'ItemShip' and created_from is null and netsuite_id::bigint > ${after}::bigint
      and (external_id is null or not starts_with(external_id, ${`AMZ_${connection}_IF_`}))
    group by netsuite_id order by netsuite_id::bigint limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Lines that are not settled of documents of ours that NetSuite has on another day than they were posted on. */
export async function loadMovedLines(
  db: Database,
  connection: string,
): Promise<{ movement: NetSuiteMovement; posted: Day }[]> {
  const { rows } = await sql<Selectable<NetSuiteMovementsTable> & { posted: Day }>`
    select m.*, d.date::text as posted from netsuite_movements m
      join documents d on d.external_id = m.external_id and d.connection = m.connection and d.netsuite_id = m.netsuite_id
    where m.connection = ${connection} and not m.settled and d.state = 'posted' and m.day <> d.date::text
    order by m.day, m.netsuite_id, m.line`.execute(db);
  return rows.map((row) => ({ movement: movementOf(row), posted: row.posted }));
}

/** Of some documents, by NetSuite's internal ids, the lines dated from a day on that are settled. */
export async function settledLines(
  db: Database,
  connection: string,
  { documents, from }: { documents: readonly string[]; from: Day },
): Promise<LineRef[]> {
  const settled: LineRef[] = [];
  for (const some of inBatches(documents, 4000)) {
    const rows = await db
      .selectFrom('netsuite_movements')
      .select(['netsuite_id', 'line'])
      .where('connection', '=', connection)
      .where('settled', '=', true)
      .where('day', '>=', from)
      .where('netsuite_id', 'in', some)
      .execute();
    settled.push(...rows.map(({ netsuite_id: document, line }) => ({ document, line })));
  }
  return settled;
}

/** Units of an item at a location by what was read of its movements. */
export interface MovedUnits {
  item: string;
  location: string;
  units: number;
}

/** Of every item that ever moved there, by item and location; with a day what stood when it ended. */
export async function sumMovements(db: Database, connection: string, upTo?: Day): Promise<MovedUnits[]> {
  const until = upTo === undefined ? sql`true` : sql`day <= ${upTo}`;
  const { rows } = await sql<{ item: string; location: string; units: string }>`
    select item, location, sum(units)::text as units from netsuite_movements where connection = ${connection} and ${until}
    group by item, location order by item, location`.execute(db);
  return rows.map(({ units, ...rest }) => ({ ...rest, units: Number(units) }));
}

const movementRows = (db: Database, connection: string) =>
  db.selectFrom('netsuite_movements').selectAll().where('connection', '=', connection);

const asMovements = (rows: readonly Selectable<NetSuiteMovementsTable>[]): NetSuiteMovement[] => rows.map(movementOf);

export const movementOf = (row: Selectable<NetSuiteMovementsTable>): NetSuiteMovement => ({
  netsuiteId: row.netsuite_id,
  line: row.line,
  type: row.type,
  tranId: row.tran_id,
  externalId: row.external_id,
  memo: row.memo,
  day: row.day,
  item: row.item,
  location: row.location,
  units: Number(row.units),
  ...(row.created_from === null ? {} : { createdFrom: row.created_from }),
});

/** What is dated before a day is in the opening of these items, and not looked at again unless NetSuite changes it. */
export async function settleMovementsBefore(
  db: Database,
  connection: string,
  day: Day,
  {
    locations,
    items,
  }: { locations: readonly string[]; items: { only: readonly string[] } | { but: readonly string[] } },
): Promise<void> {
  const [named, isNamed] = 'only' in items ? [items.only, true] : [items.but, false];
  await sql`update netsuite_movements set settled = true
    where connection = ${connection} and day < ${day} and location = any(${[...locations]})
      and (item = any(${[...named]})) = ${isNamed}`.execute(db);
}

/** The highest internal id of those that are dated before a day; null: there is none. */
export async function lastDocumentBefore(db: Database, connection: string, day: Day): Promise<string | null> {
  const { rows } = await sql<{ last: string | null }>`
    select max(netsuite_id::bigint)::text as last from netsuite_movements where connection = ${connection} and day < ${day}`.execute(
    db,
  );
  return rows[0]?.last ?? null;
}

/** External ids, null where there is none, of the lines that some documents have at our locations, by `document:line`. */
export async function linesPresent(
  db: Database,
  connection: string,
  netsuiteIds: readonly string[],
): Promise<Map<string, string | null>> {
  if (netsuiteIds.length === 0) return new Map();
  const { rows } = await sql<{ line: string; externalId: string | null }>`
    select netsuite_id || ':' || line as line, external_id as "externalId" from netsuite_movements
    where connection = ${connection} and netsuite_id = any(${[...netsuiteIds]})`.execute(db);
  return new Map(rows.map(({ line, externalId }) => [line, externalId]));
}

/** Which of some documents have lines at our locations, by NetSuite's internal id. */
export async function presentDocuments(
  db: Database,
  connection: string,
  netsuiteIds: readonly string[],
): Promise<Set<string>> {
  if (netsuiteIds.length === 0) return new Set();
  const { rows } = await sql<{ netsuite_id: string }>`
    select distinct netsuite_id from netsuite_movements where connection = ${connection} and netsuite_id = any(${[...netsuiteIds]})`.execute(
    db,
  );
  return new Set(rows.map(({ netsuite_id: id }) => id));
}

/** The day of each of some documents that have lines at our locations, by NetSuite's internal id. */
export async function daysOfDocuments(
  db: Database,
  connection: string,
  netsuiteIds: readonly string[],
): Promise<Map<string, Day>> {
  if (netsuiteIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; day: Day }>`
    select netsuite_id as id, min(day) as day from netsuite_movements
    where connection = ${connection} and netsuite_id = any(${[...netsuiteIds]}) group by netsuite_id`.execute(db);
  return new Map(rows.map(({ id, day }) => [id, day]));
}
