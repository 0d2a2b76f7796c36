/** Whether a decision about stock can hold: what it names is there, and open. */
import { poolsOf } from '../../config/stock-policy.ts';
import type { Carried } from '../../domain/decisions/decided-before.ts';
import { renderDay, renderMinute } from '../../domain/clocks/render-dates.ts';
import { addDays } from '../../domain/money/instant.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { AnswerRules } from '../../domain/stock/answer-table.ts';
import { placeAt } from '../../domain/stock/open-movements.ts';
import { placeOf, poolOf } from '../../domain/stock/pools.ts';
import { movementInId } from '../../domain/stock/row-identity.ts';
import { finalAt } from '../../domain/stock/summary-days.ts';
import type { StoodLine, TakenDecision } from '../../domain/stock/stock-decisions.ts';
import type { Waiting } from '../../domain/stock/waiting.ts';
import { hasPlan } from '../../domain/documents/document-plans.ts';
import type { Database } from '../../store/database.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import {
  answersOf,
  hasRowsOf,
  isOpeningTaken,
  itemsNamed,
  movementNamed,
  rowsNamed,
  skusMappedTo,
} from '../../store/stock/decided-subjects.ts';
import { loadDocumentNotes } from '../../store/stock/document-notes.ts';
import { loadStockRun } from '../../store/stock/standings.ts';
import type { Connection } from '../connection.ts';
import { stockSettings } from '../stock/stock-reading.ts';
import { refuseDecision } from './refuse-decision.ts';
import { requireInbound } from './require-inbound.ts';

/**
 * @param now what became of earlier decisions; `stood` is what is open of a movement, null where nothing was read yet
 * @throws ApplicationFailure `STOCK_UNKNOWN`, `STOCK_NOT_OPEN`, `ACCOUNT_MISSING`
 */
export async function requireStockDecision(
  tx: Database,
  connection: Connection,
  decision: TakenDecision,
  now: Carried & { stood: readonly StoodLine[] | null },
): Promise<void> {
  switch (decision.kind) {
    case 'mapMovement':
      return requireUnknownMovement(tx, connection, decision);
    case 'answerRows':
      requireAccount(connection, decision.role);
      await requireWaiting(tx, connection, decision.rows);
      return;
    case 'explainForeign':
      return requireMovement(tx, connection, decision, now.stood);
    case 'decideInbound':
      return requireInbound(tx, connection.name, decision, now.shipment);
    case 'closeGap':
      return requireGap(tx, connection, decision, now.gap);
    case 'approveOpening':
      requirePool(connection, decision.pool);
      await requireOpeningTaken(tx, connection);
      return requireOpeningItems(tx, connection, decision.items ?? []);
    case 'approveAdjustment':
      return requireHeld(tx, connection, decision.document);
  }
}

type Of<K extends TakenDecision['kind']> = Extract<TakenDecision, { kind: K }>;

/**
 * What the table of answers knows it answers by itself; only what has lost its other half is adjusted by a person's word. A
 * kind of which there is no row is most likely misspelt.
 */
async function requireUnknownMovement(
  tx: Database,
  { name }: Connection,
  { eventType, reason, answer }: Of<'mapMovement'>,
): Promise<void> {
  const known = new AnswerRules([]).of({ eventType, reason });
  const kind = nameOfMovement({ eventType, reason });
  if (known !== null && !(known.answer === 'redefinition' && answer === 'adjust'))
    throw refuseDecision(
      'STOCK_NOT_OPEN',
      `${kind} is known: its rows are answered by the table of answers, and no decision changes that.`,
    );
  if (await hasRowsOf(tx, name, { eventType, reason })) return;
  const waiting = ((await loadStockRun(tx, name))?.waiting ?? [])
    .filter((wait) => wait.reason === 'ledger-unknown')
    .map(({ row }) => nameOfMovement(movementInId(row)));
  throw refuseDecision(
    'STOCK_UNKNOWN',
    `The ledger has no row of ${kind}; ${waiting.length === 0 ? 'none of any kind waits to be known' : `those of ${[...new Set(waiting)].join(', ')} wait`}.`,
  );
}

const nameOfMovement = ({ eventType, reason }: { eventType: string; reason: string }): string =>
  reason === '' ? `${eventType} without a reason` : `${eventType} ${reason}`;

function requireAccount({ settings, name }: Connection, role: Role): void {
  if (settings.accounts[role] === undefined)
    throw refuseDecision('ACCOUNT_MISSING', `The connection ${name} names no account for the role ${role}.`);
}

/** Why units of a row cannot be adjusted, where the row itself is not what lacks an answer. */
const HELD_BY: Partial<Record<Waiting['reason'], string>> = {
  'sku-unknown': 'its SKU has no item: map-sku says which it is',
  'pool-unknown': 'its country is in no pool of the configuration',
  'item-not-countable': 'its item cannot be counted',
  'mapped-from':
    'the item that its SKU was before cannot be counted, and half of a mapping would be value out of nothing',
};

/** Units of a row that nothing answers, or a receipt that did not rise. */
type WaitingUnits = Pick<Waiting, 'pool' | 'item' | 'place' | 'units'>;

/** Rows that wait by the last planning; those of a receipt that did not rise have an answer that does not hold. */
async function requireWaiting(
  tx: Database,
  connection: Connection,
  rows: readonly string[],
): Promise<ReadonlyMap<string, WaitingUnits[]>> {
  const { name } = connection;
  const known = new Map((await rowsNamed(tx, name, rows)).map((row) => [row.id, row]));
  const waiting = new Map<string, Waiting[]>();
  const unheld = new Map<string, WaitingUnits[]>();
  for (const wait of (await loadStockRun(tx, name))?.waiting ?? [])
    waiting.set(wait.row, [...(waiting.get(wait.row) ?? []), wait]);
  const unrisen = new Set(
    (await loadDocumentNotes(tx, name)).flatMap(({ externalId, restocked }) => (restocked === false ? externalId : [])),
  );
  const answers = await answersOf(tx, name, rows);
  for (const row of rows) {
    const named = known.get(row);
    if (named === undefined)
      throw refuseDecision('STOCK_UNKNOWN', `The ledger has no row ${row}: tieout stock events SKU --ids shows them.`);
    const waits = waiting.get(row);
    const held = waits?.map(({ reason }) => HELD_BY[reason]).find((why) => why !== undefined);
    if (held !== undefined) throw refuseDecision('STOCK_NOT_OPEN', `Row ${row} waits for something else: ${held}.`);
    const own = answers.filter((answer) => answer.row === row);
    if (waits !== undefined) continue;
    const unrose = own.filter(({ document }) => document !== null && unrisen.has(document));
    const pool = named.pool ?? poolOf(poolsOf(stockSettings(connection)), named.country)?.name ?? null;
    unheld.set(
      row,
      unrose.map(({ item, units }) => ({ pool, item, place: placeOf(named.disposition), units })),
    );
    if (unrose.length > 0) continue;
    throw refuseDecision(
      'STOCK_NOT_OPEN',
      own.length > 0
        ? await answeredAlready(tx, name, row, own[0]!.document)
        : `Row ${row} does not wait for an answer: none is due, or stock has not looked at it yet.`,
    );
  }
  return new Map([...unheld, ...waiting]);
}

/** A document that somebody deleted answers nothing in NetSuite: what it lacks is a movement of its own, which is decided. */
async function answeredAlready(tx: Database, name: string, row: string, document: string | null): Promise<string> {
  if (document === null) return `Row ${row} is answered already: nothing is due for it.`;
  const netsuiteId = (await loadDocument(tx, document))?.netsuiteId ?? null;
  const isRaised = netsuiteId !== null && (await openExceptionOf(tx, name, 'movement-foreign', netsuiteId)) !== null;
  return isRaised
    ? `Row ${row} is answered by ${document}, which was changed or deleted in NetSuite: npx tieout explain-foreign ${netsuiteId} counter makes that good, and what somebody booked in its stead is countered as well.`
    : `Row ${row} is answered already by ${document}.`;
}

/** Rows that a movement shall answer are of its items, where it moved them, in its direction. */
async function requireMovement(
  tx: Database,
  connection: Connection,
  { document, choice, rows }: Of<'explainForeign'>,
  stood: readonly StoodLine[] | null,
): Promise<void> {
  const lines = await movementNamed(tx, connection.name, document);
  // What NetSuite has no longer, or has changed on a day before the opening, is known by its exception alone.
  const isRaised = (await openExceptionOf(tx, connection.name, 'movement-foreign', document)) !== null;
  if (lines.length === 0 && !isRaised && (stood ?? []).length === 0)
    throw refuseDecision(
      'STOCK_UNKNOWN',
      `NetSuite has no movement ${document} at a location of ${connection.name}: it is named by its number or its internal id.`,
    );
  if (stood?.length === 0)
    throw refuseDecision(
      'STOCK_NOT_OPEN',
      `Nothing of movement ${document} is open: it is what was planned, or all of it is answered or countered.`,
    );
  if (choice === 'counter') return;
  const pools = poolsOf(stockSettings(connection));
  const moved = lines.map(({ item, location, units }) => ({ item, units, at: placeAt(pools, location) }));
  // It was moved to another day, and answers these rows as it did.
  const answered = new Set(
    (await answersOf(tx, connection.name, rows)).flatMap((one) => (one.document === document ? one.row : [])),
  );
  const others = rows.filter((row) => !answered.has(row));
  const waiting = await requireWaiting(tx, connection, others);
  for (const row of others) {
    const isMoved = (waiting.get(row) ?? []).some(({ pool, item, place, units }) =>
      moved.some(
        (line) =>
          line.item === item &&
          line.at?.pool === pool &&
          line.at.place === place &&
          Math.sign(line.units) === Math.sign(units),
      ),
    );
    if (!isMoved)
      throw refuseDecision(
        'STOCK_NOT_OPEN',
        `Movement ${document} cannot answer row ${row}: it moved nothing of that item there in that direction.`,
      );
  }
}

function requirePool(connection: Connection, pool: string): void {
  const names = stockSettings(connection).pools.map(({ name }) => name);
  if (!names.includes(pool))
    throw refuseDecision('STOCK_UNKNOWN', `${connection.name} has no pool ${pool}; there are ${names.join(', ')}.`);
}

async function requireItems(tx: Database, { name }: Connection, items: readonly string[]): Promise<void> {
  const known = await itemsNamed(tx, name, items);
  const missing = items.find((item) => !known.has(item));
  if (missing !== undefined)
    throw refuseDecision('STOCK_UNKNOWN', `Stock knows no item ${missing}: it is named by its itemid in NetSuite.`);
}

/** Before Amazon's side is there nobody has seen what he approves. */
async function requireOpeningTaken(tx: Database, connection: Connection): Promise<void> {
  if (await isOpeningTaken(tx, connection.name)) return;
  const before = addDays(stockSettings(connection).from, -1);
  throw refuseDecision(
    'STOCK_NOT_OPEN',
    `Amazon's summary of ${renderDay(before)} has not come for every pool yet, so that nobody has seen what would be approved. It is final from ${renderMinute(finalAt(before))} on: approve once npx tieout stock opening shows the difference.`,
  );
}

/** What no SKU is and what never moved at the pools has no difference to approve, whatever else NetSuite has of it. */
async function requireOpeningItems(tx: Database, { name }: Connection, items: readonly string[]): Promise<void> {
  const known = await itemsNamed(tx, name, items);
  const missing = items.find((item) => !known.has(item));
  if (missing === undefined) return;
  const isMapped = (await skusMappedTo(tx, name, missing)).length > 0;
  throw refuseDecision(
    isMapped ? 'STOCK_NOT_OPEN' : 'STOCK_UNKNOWN',
    isMapped
      ? `There is no difference of ${missing} to approve: stock has read nothing of it yet.`
      : `There is no difference of ${missing} to approve: no SKU is mapped to it, and nothing of it moved at a location of the pools. An item is named by its itemid in NetSuite.`,
  );
}

/** Of a gap no more than is left of it is closed. */
async function requireGap(
  tx: Database,
  connection: Connection,
  { pool, item, place, units }: Of<'closeGap'>,
  left: number,
): Promise<void> {
  requirePool(connection, pool);
  if (left === 0) {
    await requireItems(tx, connection, [item]);
    throw refuseDecision('STOCK_NOT_OPEN', `There is no gap of ${item} at ${pool} ${place}.`);
  }
  if (Math.sign(left) !== Math.sign(units) || Math.abs(units) > Math.abs(left))
    throw refuseDecision('STOCK_NOT_OPEN', `The gap of ${item} at ${pool} ${place} is ${left}, not ${units}.`);
}

async function requireHeld(tx: Database, { name }: Connection, externalId: string): Promise<void> {
  const document = await loadDocument(tx, externalId);
  if (document === null || document.key.connection !== name)
    throw refuseDecision('STOCK_UNKNOWN', `${name} has no document ${externalId}.`);
  if (!hasPlan(document, 'adjustment') || document.plan.hold === null)
    throw refuseDecision('STOCK_NOT_OPEN', `${externalId} is not held: there is nothing to approve.`);
}
