import type { StockSquared, ToSquare } from '../../contracts/stock/stock-activities.ts';
import type { Day } from '../../domain/money/instant.ts';
import { AnswerRules } from '../../domain/stock/answer-table.ts';
import { Balances } from '../../domain/stock/balances.ts';
import { completeDays } from '../../domain/stock/day-complete.ts';
import { agrees, sidesOf } from '../../domain/stock/drift.ts';
import { stockEquations } from '../../domain/stock/equation.ts';
import { openGaps } from '../../domain/stock/gaps.ts';
import { netsuiteInTransit, transitSides } from '../../domain/stock/in-transit.ts';
import type { OpeningStand, StockDocument } from '../../domain/stock/kept-stock.ts';
import { lineKey, unitsAtPlaces } from '../../domain/stock/open-movements.ts';
import { redatedMovements } from '../../domain/stock/redated.ts';
import { settledBy } from '../../domain/stock/settled.ts';
import { decisionsOf } from '../../domain/stock/stock-decisions.ts';
import type { StockEquation, Units } from '../../domain/stock/stock-plan.ts';
import { effectsOf } from '../../domain/stock/document-effects.ts';
import type { Database } from '../../store/database.ts';
import { neverRose } from '../../store/stock/document-notes.ts';
import { loadSettled } from '../../store/stock/kept-stock.ts';
import { loadBalancesOn } from '../../store/stock/ledger-balances.ts';
import { daysOfDocuments, sumMovements } from '../../store/stock/netsuite-movements.ts';
import { settle } from '../../store/stock/settling.ts';
import { forgetFound } from '../../store/stock/planning-inputs.ts';
import { loadStockRun, saveStandings, saveStockRun, type StockRun } from '../../store/stock/standings.ts';
import { aloneOnStock } from '../../store/stock/stock-lock.ts';
import type { Connection } from '../connection.ts';
import { unlessNothingNew, type Looked } from './nothing-new.ts';
import { loadPlanningFacts, type PlanningFacts } from './planning-facts.ts';

/**
 * The equation of the last day whose summary has come, of every item and place, and what of it is settled from now on. Its
 * terms come to the difference or it throws: that is arithmetic, and where it fails it is a bug (stock.md, *One idea*).
 */
export async function squareStock(connection: Connection, { complete }: ToSquare): Promise<StockSquared> {
  const { result } = await unlessNothingNew(connection, 'square', () =>
    aloneOnStock(connection.db, connection.name, (tx) => squareIn(tx, connection, complete)),
  );
  return result;
}

async function squareIn(
  tx: Database,
  connection: Connection,
  complete: ToSquare['complete'],
): Promise<Looked<StockSquared>> {
  const { name } = connection;
  const run = await loadStockRun(tx, name);
  const known = await loadPlanningFacts(connection, tx, run?.through ?? null);
  const opening = known?.loaded.kept.opening ?? null;
  const day = known?.lastDay ?? null;
  if (known === null || run === null || opening === null || day === null)
    return { result: { day: null, agree: 0, all: 0 }, isQuiet: false };
  const documents = await documentsInNetSuite(tx, name, known);
  const settled = await loadSettled(tx, name);
  const equations = await equationsOf(tx, name, { known, opening, documents, settled, day });
  await saveStandings(tx, name, equations);
  await saveStockRun(tx, name, { ...run, day, gaps: openGaps(equations, run.gaps) });
  // A plan may still be answered by what is posted in its place.
  const more = known.policy.posting === 'live' ? await settleUpTo(tx, name, { known, documents, day, complete }) : 0;
  if (more > 0) await forgetFound(tx, name);
  const sides = [...equations.map(sidesOf), ...sidesInTransit(known, run.inbound)];
  const agree = sides.filter(agrees).length;
  return { result: { day, agree, all: sides.length }, isQuiet: more === 0 && run.through === null };
}

/** As planning has just left them. */
function sidesInTransit({ policy, netsuite, loaded, indexes, today }: PlanningFacts, inbound: StockRun['inbound']) {
  const planned = policy.posting === 'plan' ? loaded.documents.filter(({ state }) => state !== 'posted') : [];
  const inTransit = netsuiteInTransit(policy, {
    ...netsuite,
    standings: inbound,
    planned: planned.map(({ document }) => document),
  });
  return transitSides({ inbound, inTransit }, { items: indexes.items, day: today, leave: policy.leave });
}

/**
 * Plans of ours that NetSuite holds, on the day on which it has them; in `posting: plan` all of them count. What was deleted there is a movement against its
 * plan; a receipt that raised nothing never moved anything.
 */
async function documentsInNetSuite(
  tx: Database,
  name: string,
  { loaded, policy, netsuite, notes }: PlanningFacts,
): Promise<StockDocument[]> {
  if (policy.posting === 'plan') return loaded.documents.map(({ document }) => document);
  const posted = loaded.documents.filter(({ state, netsuiteId }) => state === 'posted' && netsuiteId !== null);
  const days = await daysOfDocuments(
    tx,
    name,
    posted.map(({ netsuiteId }) => netsuiteId!),
  );
  return posted
    .filter(
      ({ netsuiteId, postedAt, externalId }) =>
        days.has(netsuiteId!) || (postedAt! < netsuite.readAt && !neverRose(notes, externalId)),
    )
    .map(({ document, netsuiteId }) => ({ ...document, day: days.get(netsuiteId!) ?? document.day }));
}

async function equationsOf(
  tx: Database,
  name: string,
  {
    known: { policy, facts, indexes, loaded, decisions, planned: fulfilments },
    opening,
    documents,
    settled,
    day,
  }: {
    known: PlanningFacts;
    opening: OpeningStand;
    documents: readonly StockDocument[];
    settled: readonly Units[];
    day: Day;
  },
): Promise<StockEquation[]> {
  const [balances, stood] = await Promise.all([loadBalancesOn(tx, name, day), sumMovements(tx, name, day)]);
  const moved = unitsAtPlaces(policy.pools, [...stood, ...fulfilments.filter((one) => one.day <= day)]);
  const planned = policy.posting === 'plan' ? documents.filter((one) => one.day <= day).flatMap(effectsOf) : [];
  return stockEquations({
    policy,
    decisions,
    items: indexes.items,
    balances: new Balances(balances),
    opening,
    rows: loaded.kept.rows,
    settled,
    answers: loaded.kept.answers,
    offsets: loaded.kept.offsets,
    documents,
    facts,
    netsuite: [...moved, ...planned],
    day,
  });
}

/** Returns how many rows are settled from now on. */
async function settleUpTo(
  tx: Database,
  name: string,
  {
    known: { policy, facts, indexes, loaded, decisions, today },
    documents,
    day,
    complete,
  }: { known: PlanningFacts; documents: readonly StockDocument[]; day: Day; complete: ToSquare['complete'] },
): Promise<number> {
  const { rows, answers, offsets } = loaded.kept;
  const open = new Set(rows.map(({ id }) => id));
  const completeNow = () =>
    completeDays(rows, {
      pools: policy.pools,
      balances: facts.balances,
      summarised: facts.summarised,
      settled: loaded.kept.settled,
    });
  const redated = redatedMovements({ facts, kept: loaded.kept, decisions, policy });
  const settled = settledBy({
    policy,
    asked: new Set(redated.flatMap(({ movement, now }) => [lineKey(now), movement.externalId ?? ''])),
    rules: new AnswerRules(decisionsOf(decisions, 'mapMovement')),
    items: indexes.items,
    rows,
    answers: answers.filter(({ row }) => open.has(row)),
    offsets,
    documents,
    movements: facts.movements,
    complete: complete ? new Set(complete) : completeNow(),
    day,
    today,
  });
  if (settled.rows.length > 0) await settle(tx, name, settled);
  return settled.rows.length;
}
