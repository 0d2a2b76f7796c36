/** What NetSuite moved at our locations, as planning reads it: what is not of our plans, and where it differs from them. */
import { addDays, type Day, type Instant } from '../../domain/money/instant.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import type { KeptStock, LineRef, OpeningStand } from '../../domain/stock/kept-stock.ts';
import { lineKey, placeAt } from '../../domain/stock/open-movements.ts';
import { ASTRIDE_DAYS } from '../../domain/stock/open-rows.ts';
import { differencesOf, isOfStock, unplannedMovements } from '../../domain/stock/own-differences.ts';
import { standOf } from '../../domain/stock/opening-stands.ts';
import { locationOf } from '../../domain/stock/pools.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { StockFacts, StockPolicy } from '../../domain/stock/stock-plan.ts';
import { undoneMovements } from '../../domain/stock/undone.ts';
import type { Database } from '../../store/database.ts';
import {
  linesPresent,
  loadMovedLines,
  loadOpenMovements,
  presentDocuments,
  settledLines,
  sumMovements,
} from '../../store/stock/netsuite-movements.ts';
import { loadMovementsOf } from '../../store/stock/equation-parts.ts';
import { neverRose, type DocumentNote } from '../../store/stock/document-notes.ts';
import type { LoadedStock } from '../../store/stock/kept-stock.ts';
import { loadStockDocuments, type KeptDocument } from '../../store/stock/stock-documents.ts';
import type { Connection } from '../connection.ts';

interface Setting {
  policy: StockPolicy;
  loaded: LoadedStock;
  notes: readonly DocumentNote[];
  /** When NetSuite was last read: what was posted since is not in the movements yet. */
  readAt: Instant;
  /** The last day of which rows are looked at: fulfilments of some days more may answer them; null: all. */
  through: Day | null;
}

export async function movementFacts(
  { name }: Connection,
  tx: Database,
  { policy, loaded, notes, readAt, through }: Setting,
): Promise<Pick<StockFacts, 'movements' | 'moved' | 'transfersBetween' | 'gone' | 'internalIds'>> {
  const { kept, documents } = loaded;
  const astride = addDays(policy.from, -ASTRIDE_DAYS);
  const open = await loadOpenMovements(tx, name, {
    from: astride,
    to: policy.from,
    isStood: (kept.opening?.netsuite ?? []).length > 0,
  });
  const until = through && addDays(through, ASTRIDE_DAYS);
  const { wanted, gone } = await linesNamed(tx, name, kept);
  const settled = new Set((await settledLines(tx, name, { documents: wanted, from: policy.from })).map(lineKey));
  // A line that is settled is counted with the row that it answers, whatever becomes of the others of its document.
  const isLookedAt = ({ netsuiteId: document, line, externalId }: NetSuiteMovement) =>
    isOfStock({ externalId }, name) || !settled.has(lineKey({ document, line }));
  const named = (await loadMovementsOf(tx, name, wanted)).filter(isLookedAt);
  const known = new Set(wanted);
  const lines = [
    ...open.filter(({ day, netsuiteId }) => (until === null || day <= until) && !known.has(netsuiteId)),
    ...named,
  ];
  const own = await documentsOf(tx, name, lines, documents);
  const moving = documents.filter(({ externalId }) => !neverRose(notes, externalId));
  const vanished = await vanishedLines(tx, name, { policy, documents: moving, readAt });
  const unplanned = unplannedMovements(
    own.map(({ document }) => document),
    lines,
    policy.pools,
  );
  const recent = unplanned.filter((one) => one.day >= astride || isAfterStand(one, policy, kept.opening));
  const changed = await changedBeforeOpening(tx, name, policy, kept.opening, recent);
  const movements = [...recent, ...vanished, ...changed];
  const present = new Set(movements.map(({ netsuiteId: document, line }) => lineKey({ document, line })));
  const days = new Map(documents.map(({ externalId, document }) => [externalId, document.day]));
  const { pools, from } = policy;
  const internalIds = new Map(
    documents.flatMap(({ externalId, netsuiteId }) => (netsuiteId === null ? [] : [[externalId, netsuiteId]])),
  );
  const undone = undoneMovements(kept.offsets, { pools, movements, days, from, internalIds });
  return {
    movements: [...movements, ...undone],
    moved: await loadMovedLines(tx, name),
    transfersBetween: await transfersBetween(tx, name, policy, movements),
    gone: gone.filter((ref) => !present.has(lineKey(ref))),
    internalIds,
  };
}

/** Entered after the opening of its item was read, however early it is dated. */
function isAfterStand(
  { netsuiteId, location, item }: NetSuiteMovement,
  { pools }: StockPolicy,
  opening: OpeningStand | null,
): boolean {
  const at = placeAt(pools, location);
  const stand = at === undefined ? null : standOf(opening, { pool: at.pool, item });
  return stand !== null && (stand.last === null || BigInt(netsuiteId) > BigInt(stand.last));
}

/** By all lines of a transfer: one of its ends may be answered, and so not be among those that are looked at. */
async function transfersBetween(
  tx: Database,
  name: string,
  { pools }: StockPolicy,
  movements: readonly NetSuiteMovement[],
): Promise<Set<string>> {
  const transfers = movements.filter(({ type }) => type === 'InvTrnfr').map(({ netsuiteId }) => netsuiteId);
  const places = new Map<string, Set<string>>();
  for (const { netsuiteId, location } of await loadMovementsOf(tx, name, [...new Set(transfers)])) {
    if (placeAt(pools, location) === undefined) continue;
    places.set(netsuiteId, (places.get(netsuiteId) ?? new Set()).add(location));
  }
  return new Set([...places].filter(([, own]) => own.size > 1).map(([netsuiteId]) => netsuiteId));
}

/**
 * Documents of which every line is looked at, since offsets name them, or answers that NetSuite does not have as they name
 * it; and the lines that answers name and NetSuite, as far as it is read, no longer has.
 */
async function linesNamed(
  tx: Database,
  name: string,
  { answers, offsets }: Pick<KeptStock, 'answers' | 'offsets'>,
): Promise<{ wanted: string[]; gone: LineRef[] }> {
  const byMovement = answers.flatMap(({ by }) => (by.kind === 'movement' ? [by] : []));
  const present = await linesPresent(tx, name, [...new Set(byMovement.map(({ document }) => document))]);
  // Of a document of ours only its difference is a movement, which has a number of its own.
  const gone = byMovement.filter((ref) => {
    const externalId = present.get(lineKey(ref));
    return externalId === undefined || isOfStock({ externalId }, name);
  });
  const opposed = offsets.flatMap(({ line, against }) => [line.document, against.document]);
  const wanted = [...opposed, ...gone.map(({ document }) => document)];
  return { wanted: [...new Set(wanted.filter((document) => parseExternalId(document) === null))], gone };
}

/** Plans of all documents of ours that have a line among these. */
async function documentsOf(
  tx: Database,
  name: string,
  lines: readonly NetSuiteMovement[],
  open: readonly KeptDocument[],
): Promise<KeptDocument[]> {
  const known = new Set(open.map(({ externalId }) => externalId));
  const others = new Set(
    lines.flatMap(({ externalId }) => (externalId === null || known.has(externalId) ? [] : [externalId])),
  );
  return [...open, ...(await loadStockDocuments(tx, name, [...others]))];
}

/** Documents of ours that were posted, and that somebody deleted in NetSuite since: what they moved, taken back. */
async function vanishedLines(
  tx: Database,
  name: string,
  { policy, documents, readAt }: { policy: StockPolicy; documents: readonly KeptDocument[]; readAt: Instant },
): Promise<NetSuiteMovement[]> {
  const posted = documents.filter(
    ({ state, netsuiteId, postedAt }) =>
      state === 'posted' && netsuiteId !== null && postedAt !== null && postedAt < readAt,
  );
  const present = await presentDocuments(
    tx,
    name,
    posted.map(({ netsuiteId }) => netsuiteId!),
  );
  return posted
    .filter(({ netsuiteId }) => !present.has(netsuiteId!))
    .flatMap(({ document, netsuiteId }) =>
      differencesOf({ document, netsuiteId: netsuiteId!, lines: [] }, policy.pools),
    );
}

/**
 * The opening holds NetSuite's units as they stood before `stock.from`. Where documents of those days were changed since, but
 * for those that are handed in by themselves, the difference of an item is a movement of somebody else: of it the line at each
 * place is always the same, since decisions and counters name it.
 */
async function changedBeforeOpening(
  tx: Database,
  name: string,
  policy: StockPolicy,
  opening: OpeningStand | null,
  movements: readonly NetSuiteMovement[],
): Promise<NetSuiteMovement[]> {
  if (opening === null || opening.netsuite.length === 0) return [];
  const before: Day = addDays(policy.from, -1);
  const counted = new Set(
    opening.netsuite.flatMap(({ movements: of }) => of.map(({ document, line }) => `${document} ${line}`)),
  );
  const locations = policy.pools.flatMap(({ locations: of }) => [of.sellable, of.unsellable, of.inTransit, of.removal]);
  const differences = new Map<string, { item: string; location: string; units: number }>();
  const add = (item: string, location: string, units: number) => {
    const key = `${location} ${item}`;
    const known = differences.get(key) ?? { item, location, units: 0 };
    known.units += units;
    differences.set(key, known);
  };
  for (const { item, location, units } of await sumMovements(tx, name, before)) add(item, location, units);
  for (const { pool, place, item, units } of opening.netsuite.flatMap((stand) => stand.units))
    add(
      item,
      locationOf(
        policy.pools.find((one) => one.name === pool),
        place,
      ) ?? '',
      -units,
    );
  for (const { day, netsuiteId, line, item, location, units } of movements)
    if (day <= before && !counted.has(`${netsuiteId} ${line}`)) add(item, location, -units);
  return [...differences.values()]
    .filter(({ units, location, item }) => {
      const at = placeAt(policy.pools, location);
      return units !== 0 && at !== undefined && standOf(opening, { pool: at.pool, item }) !== null;
    })
    .map(({ item, location, units }) => ({
      netsuiteId: `before-${policy.from}-${item}`,
      line: locations.indexOf(location),
      type: '',
      tranId: `documents dated before ${policy.from}`,
      externalId: null,
      memo: 'changed after the opening was read',
      day: before,
      item,
      location,
      units,
    }));
}
