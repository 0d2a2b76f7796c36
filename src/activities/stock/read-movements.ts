/** NetSuite's movements at the locations of the pools: those of documents that changed, and all of them once and in doubt. */
import { heartbeat } from '@temporalio/activity';
import type { ItemAtLocation, Locations, MovementPage } from '../../clients/netsuite/stock-reads.ts';
import { apartFromOnHand, type Apart } from '../../domain/stock/movement-control.ts';
import { forgetMark, readMark, writeMark } from '../../store/intake/marks.ts';
import { inBatches } from '../../store/in-batches.ts';
import {
  fulfilmentsOfUnknownOrigin,
  replaceMovements,
  replaceMovementsOfItems,
  sumMovements,
} from '../../store/stock/netsuite-movements.ts';
import type { Connection } from '../connection.ts';
import { raiseApart } from './raise-apart.ts';

/** The latest change that was read, in NetSuite's own time. */
const CHANGED = 'netsuite-movements';
/** How far the first reading has come: `{since, after}`, forgotten once it is through. */
const FIRST = 'netsuite-movements-first';
/** Sums that were not what is on hand even after they were read again. */
const APART = 'netsuite-movements-apart';

/**
 * So far back each reading looks: a document is changed at one instant and seen at a later one, and NetSuite's own time may
 * go back by an hour when summer ends.
 */
const OVERLAP_MS = 90 * 60_000;
const NEVER = '1970-01-01 00:00:00';
/** How far fulfilments were asked about what they were made from: the last of them by internal id, or that none is left. */
const ORIGINS = 'netsuite-movements-origins';
const NONE_LEFT = 'all';
/** Items, or documents, of one query. */
const ITEMS_AT_ONCE = 200;
/** Queries about origins of one reading. */
const ORIGIN_QUERIES = 10;

/** Takes in what changed since the last reading, at first all that there is. Returns the number of documents that are new or changed. */
export async function takeInMovements(connection: Connection, locations: Locations): Promise<number> {
  const { db, name, netsuite } = connection;
  const mark = await readMark(db, name, CHANGED);
  if (mark === null) return takeInAll(connection, locations);
  let [documents, latest] = [0, mark];
  for await (const page of netsuite.stock.movements(locations, { since: earlier(mark, OVERLAP_MS) })) {
    documents += await keep(connection, page);
    if (page.changed > latest) latest = page.changed;
  }
  if (latest !== mark) await writeMark(db, name, CHANGED, latest);
  return documents;
}

/** Every line that there ever was, so that their sums are what is on hand; one that is broken off goes on where it was. */
async function takeInAll(connection: Connection, locations: Locations): Promise<number> {
  const { db, name, netsuite } = connection;
  const begun = await readMark(db, name, FIRST);
  const { since, after } =
    begun === null
      ? { since: (await netsuite.stock.lastChange()) ?? NEVER, after: '0' }
      : (JSON.parse(begun) as { since: string; after: string });
  let documents = 0;
  for await (const page of netsuite.stock.movements(locations, { after })) {
    documents += await keep(connection, page);
    await writeMark(db, name, FIRST, JSON.stringify({ since, after: page.movements.at(-1)!.netsuiteId }));
  }
  await writeMark(db, name, CHANGED, since);
  await forgetMark(db, name, FIRST);
  return documents;
}

/**
 * Fulfilments of somebody else that were read before it was asked what they were made from are read again, some at each reading,
 * until none is left: then an upgraded store says what a new one says. Returns how many documents are other than before.
 */
export async function readOrigins(connection: Connection, locations: Locations): Promise<number> {
  const { db, name, netsuite } = connection;
  let after = (await readMark(db, name, ORIGINS)) ?? '0';
  let changed = 0;
  for (let query = 0; query < ORIGIN_QUERIES && after !== NONE_LEFT; query += 1) {
    const documents = await fulfilmentsOfUnknownOrigin(db, name, { after, most: ITEMS_AT_ONCE });
    if (documents.length > 0) {
      const movements: MovementPage['movements'] = [];
      for await (const page of netsuite.stock.movements(locations, { documents })) movements.push(...page.movements);
      changed += await replaceMovements(db, name, documents, movements);
      heartbeat();
    }
    after = documents.length < ITEMS_AT_ONCE ? NONE_LEFT : documents.at(-1)!;
    await writeMark(db, name, ORIGINS, after);
  }
  return changed;
}

async function keep({ db, name }: Connection, { movements }: MovementPage): Promise<number> {
  heartbeat();
  return replaceMovements(db, name, [...new Set(movements.map(({ netsuiteId }) => netsuiteId))], movements);
}

export interface Controlled {
  /** On hand, read anew where movements were. */
  held: ItemAtLocation[];
  /** Documents that are new, changed or gone. */
  documents: number;
  readAgain: boolean;
}

/**
 * Documents that were deleted, or moved to another location, leave no trace in what changed: where the sums of an item are
 * not what is on hand, all its lines are read again. What stays apart after that is read again once it is another difference.
 * What is apart at one reading after the other is raised: at one alone a document may have been posted between two answers.
 */
export async function controlMovements(
  connection: Connection,
  locations: Locations,
  held: ItemAtLocation[],
): Promise<Controlled> {
  const { db, name, netsuite } = connection;
  const known = new Set(JSON.parse((await readMark(db, name, APART)) ?? '[]') as string[]);
  const apart = await apartNow(connection, locations, held);
  const doubtful = [...new Set(apart.filter((one) => !known.has(textOf(one))).map(({ item }) => item))];
  if (doubtful.length === 0) {
    if (apart.length < known.size) await keepApart(connection, apart);
    await raiseApart(connection, apart);
    return { held, documents: 0, readAgain: false };
  }
  let documents = 0;
  for (const items of inBatches(doubtful, ITEMS_AT_ONCE)) {
    const movements: MovementPage['movements'] = [];
    for await (const page of netsuite.stock.movements(locations, { items })) {
      movements.push(...page.movements);
      heartbeat();
    }
    documents += await replaceMovementsOfItems(db, name, items, movements);
  }
  const again = new Set(doubtful);
  const rest = held.filter(({ item }) => !again.has(item));
  const fresh = [...rest, ...(await netsuite.stock.atLocations(locations, doubtful))];
  const still = await apartNow(connection, locations, fresh);
  await keepApart(connection, still);
  const before = new Set([...known].map(placeIn));
  await raiseApart(
    connection,
    still.filter((one) => before.has(placeIn(textOf(one)))),
  );
  return { held: fresh, documents, readAgain: true };
}

function keepApart({ db, name }: Connection, apart: readonly Apart[]): Promise<void> {
  return writeMark(db, name, APART, JSON.stringify(apart.map(textOf)));
}

async function apartNow({ db, name }: Connection, locations: Locations, held: readonly ItemAtLocation[]) {
  const names = new Set(locations.values());
  const moved = await sumMovements(db, name);
  return apartFromOnHand(
    moved.filter(({ location }) => names.has(location)),
    held,
  );
}

const textOf = ({ item, location, moved, onHand }: Apart): string => JSON.stringify([item, location, moved, onHand]);

/** Item and location of what was apart, whatever its units. */
const placeIn = (text: string): string => JSON.stringify((JSON.parse(text) as unknown[]).slice(0, 2));

/** NetSuite's time is of no zone that one could know, so it is only counted back. */
function earlier(time: string, ms: number): string {
  return new Date(Date.parse(`${time.replace(' ', 'T')}Z`) - ms).toISOString().slice(0, 19).replace('T', ' ');
}
