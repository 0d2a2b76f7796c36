import type { OfConnection } from '../../contracts/activity-inputs.ts';
import { DOCUMENTS_AT_ONCE, type StockPlanned } from '../../contracts/stock/stock-activities.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { addDays, type Day } from '../../domain/money/instant.ts';
import { gapsLeft, lastingGaps } from '../../domain/stock/gaps.ts';
import type { KeptStock, OpeningStand } from '../../domain/stock/kept-stock.ts';
import { openOfOrdersOn } from '../../domain/stock/in-transit-on.ts';
import { ASTRIDE_DAYS } from '../../domain/stock/open-rows.ts';
import { placeAt, unitsAtPlaces } from '../../domain/stock/open-movements.ts';
import { planStock as plan } from '../../domain/stock/plan-stock.ts';
import { inPostingOrder } from '../../domain/stock/build-documents.ts';
import { isPoolRead, itemsRead, standsToRead } from '../../domain/stock/opening-stands.ts';
import { decisionsOf } from '../../domain/stock/stock-decisions.ts';
import { sendable, withWaiting } from '../../domain/stock/stock-missing.ts';
import type { InboundFact, StockProblem, Units } from '../../domain/stock/stock-plan.ts';
import type { UnitCosts } from '../../domain/stock/unit-cost.ts';
import type { Database } from '../../store/database.ts';
import { openClosures } from '../../store/stock/closures.ts';
import { asNetSuiteHas, loadDocumentsOfShipments } from '../../store/stock/find-documents.ts';
import { lastDayWithin, saveOpening, saveStockPlan } from '../../store/stock/kept-stock.ts';
import { lastDocumentBefore, settleMovementsBefore, sumMovements } from '../../store/stock/netsuite-movements.ts';
import { openAgain } from '../../store/stock/settling.ts';
import { loadStockRun, saveStockRun, touchStockRun } from '../../store/stock/standings.ts';
import { forgetFound } from '../../store/stock/planning-inputs.ts';
import { withdrawCounters } from '../../store/stock/withdrawn-counters.ts';
import { aloneOnStock } from '../../store/stock/stock-lock.ts';
import type { Connection } from '../connection.ts';
import { withoutUnapproved } from './approved-opening.ts';
import { loadPlanningFacts, ROWS_AT_ONCE, type PlanningFacts } from './planning-facts.ts';
import { unlessNothingNew, type Looked } from './nothing-new.ts';
import { raiseStockProblems } from './raise-stock-problems.ts';

/**
 * Answers what is open and plans its documents, in one transaction with all that it reads: two at once answer nothing twice.
 * Then says what may be sent, and raises what a person must look at. Idempotent: over the same facts it adds nothing.
 */
export async function planStock(connection: Connection, _input: OfConnection): Promise<StockPlanned> {
  const { db, name } = connection;
  const { result, isSpared } = await unlessNothingNew(connection, 'plan', async () => {
    const planned = await aloneOnStock(db, name, (tx) => planIn(tx, connection));
    if (planned === null) return { result: NOTHING, isQuiet: false };
    const { problems, isQuiet, ...rest } = planned;
    // What comes later may end what a part of the days shows.
    if (!rest.isBehind) await raiseStockProblems(connection, problems);
    return { result: { ...rest, problems: problems.length }, isQuiet };
  });
  if (isSpared) await touchStockRun(db, name, connection.latest());
  return result;
}

const NOTHING: StockPlanned = {
  documents: 0,
  send: [],
  more: false,
  isBehind: false,
  close: [],
  complete: [],
  waiting: 0,
  problems: 0,
};

type PlannedIn = Omit<StockPlanned, 'problems'> & Pick<Looked<unknown>, 'isQuiet'> & { problems: StockProblem[] };

async function planIn(tx: Database, connection: Connection): Promise<PlannedIn | null> {
  const { name } = connection;
  const before = await loadStockRun(tx, name);
  await openAgain(tx, name);
  const withdrawn = await withdrawCounters(tx, name, connection.latest());
  const through = await lastDayWithin(tx, name, { after: before?.through ?? null, rows: ROWS_AT_ONCE });
  const known = await loadPlanningFacts(connection, tx, through);
  if (known === null) return null;
  const { facts, indexes, loaded, decisions, policy, today, netsuite } = known;
  const kept = await withOpening(tx, connection, known);
  const made = plan(facts, kept, decisions, policy, today, indexes);
  await saveStockPlan(tx, name, made, { currency: netsuite.currency, numbers: loaded.numbers });
  await saveStockRun(tx, name, {
    day: before?.day ?? null,
    plannedAt: connection.latest(),
    through,
    waiting: made.waiting,
    inbound: made.inbound,
    gaps: before?.gaps ?? [],
  });
  const { costs } = indexes;
  const sending =
    policy.posting === 'plan'
      ? { send: [], problems: [], behind: new Map<string, string[]>() }
      : await documentsToSend(tx, known, made, costs);
  const all = [...unseenReceipts(known), ...sending.send.map(({ key }) => externalIdOf(key))];
  const close = policy.posting === 'plan' ? [] : await openClosures(tx, name);
  const isOpened = policy.pools.every((pool) => isPoolRead(kept.opening?.netsuite ?? [], pool.name));
  const added = [made.rows, made.answers, made.offsets, made.documents, made.released, made.approved];
  const isSame = withdrawn === 0 && [...added, made.closures, made.inboundDecided].every((some) => some.length === 0);
  if (!isSame) await forgetFound(tx, name);
  return {
    isQuiet: isSame && through === null && all.length === 0 && close.length === 0 && isOpened,
    documents: made.documents.length,
    send: all.slice(0, DOCUMENTS_AT_ONCE),
    more: all.length > DOCUMENTS_AT_ONCE,
    isBehind: through !== null,
    close: [...new Set(close.map(({ authorisation }) => authorisation))],
    complete: [...made.complete],
    waiting: made.waiting.length,
    problems: [
      ...made.problems.map((problem) => withWaiting(problem, sending.behind)),
      ...sending.problems,
      ...lastingGaps(
        gapsLeft(before?.gaps ?? [], decisionsOf(decisions, 'closeGap'), before?.day ?? null),
        costs,
        today,
      ),
    ],
  };
}

/** What is planned and not posted, that of this run included, as far as the units are there. */
async function documentsToSend(
  tx: Database,
  { loaded, policy, today, netsuite, notes, decisions }: PlanningFacts,
  made: ReturnType<typeof plan>,
  costs: UnitCosts,
) {
  const approved = new Set(made.approved);
  const earlier = await withoutUnapproved(
    tx,
    loaded.documents.filter(({ state }) => state !== 'posted'),
    decisions,
  );
  const wanted = [
    ...earlier.map((document) => (approved.has(externalIdOf(document.key)) ? { ...document, hold: null } : document)),
    ...made.documents,
  ];
  return sendable(wanted.sort(inPostingOrder), onHandUnits(netsuite.onHand, policy), {
    refused: new Set(notes.flatMap(({ externalId, short }) => (short ? [externalId] : []))),
    taken: made.takenByOthers,
    graceDays: policy.graceDays,
    costs,
    today,
  });
}

/** Receipts that were posted by a process that died before it had seen whether units rose: sent again they are only looked at. */
function unseenReceipts({ loaded, notes }: PlanningFacts): string[] {
  const seen = new Set(notes.flatMap(({ externalId, restocked }) => (restocked === null ? [] : [externalId])));
  return loaded.documents
    .filter(({ document, state, externalId }) => 'of' in document && state === 'posted' && !seen.has(externalId))
    .map(({ externalId }) => externalId);
}

function onHandUnits(onHand: PlanningFacts['netsuite']['onHand'], { pools }: PlanningFacts['policy']): Units[] {
  return pools.flatMap(({ name: pool, locations }) =>
    (Object.keys(locations) as (keyof typeof locations)[]).flatMap((place) =>
      onHand
        .filter(({ location }) => location === locations[place])
        .map(({ item, onHand: units }) => ({ pool, place, item, units })),
    ),
  );
}

/**
 * NetSuite's side of the opening is its stand at the end of the day before, read of each pool and item with the approval of
 * that; in `posting: plan` it counts as approved (stock.md, *Opening*). What is dated earlier than that is not looked at one by
 * one any more.
 */
async function withOpening(
  tx: Database,
  { name }: Connection,
  { loaded: { kept }, decisions, policy, facts, netsuite }: PlanningFacts,
): Promise<KeptStock> {
  const wanted = kept.opening === null ? [] : standsToRead(kept.opening, decisions, policy);
  if (kept.opening === null || wanted.length === 0) return kept;
  const before: Day = addDays(policy.from, -1);
  const stood = unitsAtPlaces(policy.pools, await sumMovements(tx, name, before)).filter(({ units }) => units !== 0);
  const underWay = await underWayOn(tx, name, before, netsuite.transferOrders, facts.inbound);
  const last = await lastDocumentBefore(tx, name, policy.from);
  const netsuiteStands = [...kept.opening.netsuite];
  for (const { pool, items } of wanted) {
    const read = new Set(itemsRead(netsuiteStands, pool));
    const isOf = (one: { pool: string; item: string }) =>
      one.pool === pool && (items === null ? !read.has(one.item) : items.includes(one.item));
    const movements = facts.movements.filter(({ day, item, location }) => {
      const at = day < policy.from ? placeAt(policy.pools, location) : undefined;
      return at !== undefined && isOf({ pool: at.pool, item });
    });
    netsuiteStands.push({
      pool,
      items,
      units: stood.filter(isOf),
      underWay: underWay.filter(isOf),
      movements: movements.map(({ netsuiteId, line }) => ({ document: netsuiteId, line })),
      last,
    });
    const { locations } = policy.pools.find((one) => one.name === pool)!;
    await settleMovementsBefore(tx, name, addDays(policy.from, -ASTRIDE_DAYS), {
      locations: [locations.sellable, locations.unsellable, locations.inTransit, locations.removal],
      items: items === null ? { but: [...read] } : { only: items },
    });
  }
  const opening: OpeningStand = { ...kept.opening, netsuite: netsuiteStands };
  await saveOpening(tx, name, opening);
  return { ...kept, opening };
}

/** What transfer orders had fulfilled and not received at the end of a day. */
async function underWayOn(
  tx: Database,
  connection: string,
  day: Day,
  orders: PlanningFacts['netsuite']['transferOrders'],
  inbound: readonly InboundFact[],
): Promise<Units[]> {
  const shipments = orders.map(({ shipmentId }) => shipmentId);
  const documents = await loadDocumentsOfShipments(tx, connection, shipments);
  const open = openOfOrdersOn(
    day,
    orders,
    { posted: await asNetSuiteHas(tx, connection, documents) },
    (shipmentId) => inbound.find((one) => one.shipmentId === shipmentId)?.pool,
  );
  return open.map(({ pool, item, place, units }) => ({ pool, item, place, units }));
}
