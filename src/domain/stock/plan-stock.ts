/** The one entry to the rules of stock: what is new to answer, to post, to wait for and to look at. */
import { externalIdOf } from '../identifiers/external-id.ts';
import type { Day } from '../money/instant.ts';
import { answerAdjustments, waitUnknown } from './answer-adjustments.ts';
import { answerPairs } from './answer-pairs.ts';
import { answerReceipts } from './answer-receipts.ts';
import { answerRedefinitions } from './answer-redefinitions.ts';
import { answerSameDay } from './answer-same-day.ts';
import { answerRemovals } from './answer-removals.ts';
import { answerReturns, openReturns } from './answer-returns.ts';
import { answerShipments } from './answer-shipments.ts';
import { AnswerRules, type AnswerKind } from './answer-table.ts';
import { joined, type Booking } from './booking.ts';
import { grouped } from './grouped.ts';
import { buildDocuments, inPostingOrder, type BuiltDocuments } from './build-documents.ts';
import { closeAuthorisations } from './close-authorisations.ts';
import { completeDays } from './day-complete.ts';
import { carryOutInbound } from './decided-inbound.ts';
import { answerDecided } from './decided-rows.ts';
import { emptyRemoval } from './empty-removal.ts';
import { foreignMovements, takenByOthers } from './foreign.ts';
import { InboundBook } from './inbound-book.ts';
import { dueInTransit, shortShipments, standWhatWaits } from './inbound-due.ts';
import type { Answer, KeptStock } from './kept-stock.ts';
import { openMovements, releasedAnswers } from './open-movements.ts';
import { compare, inOrder, openRows, settledByNothing, take, type OpenPart, type Wait } from './open-rows.ts';
import { openingDue, openingUnits, takeOpening } from './opening.ts';
import { withFoundShipments } from './opening-shipments.ts';
import { answerOwnRows, halvesWithout, newOwnRows } from './own-rows.ts';
import { planningIndexes, type Planning, type PlanningIndexes } from './planning.ts';
import { withRedated } from './redated.ts';
import { decisionsOf, type StockDecision } from './stock-decisions.ts';
import type { StockFacts, StockPlan, StockPolicy } from './stock-plan.ts';
import type { Waiting } from './waiting.ts';
import { pairUndone } from './undone.ts';
import { problemsOfDocuments, problemsOfHomeless, problemsOfWaits } from './waiting-problems.ts';

export function planStock(
  facts: StockFacts,
  before: KeptStock,
  decisions: readonly StockDecision[],
  policy: StockPolicy,
  today: Day,
  { items, costs }: PlanningIndexes = planningIndexes(facts, policy),
): StockPlan {
  const { balances } = facts;
  const released = releasedBefore(facts, before, { decisions, policy });
  const gone = new Set(released);
  const taken =
    before.opening === null
      ? takeOpening(balances, facts, { policy, rows: before.rows })
      : withFoundShipments(before.opening, facts, { ...before, from: policy.from });
  const kept: KeptStock = {
    ...before,
    answers: before.answers.filter((answer) => !gone.has(answer)),
    opening: taken ?? before.opening,
  };
  const planning: Planning = {
    policy,
    facts: withOwnCounts(facts, kept),
    kept,
    decisions,
    today,
    costs,
    items,
  };
  const rows = newOwnRows(balances, planning);
  const complete = completeDays(kept.rows, {
    pools: policy.pools,
    balances,
    summarised: facts.summarised,
    settled: kept.settled,
  });
  const rules = new AnswerRules(decisionsOf(decisions, 'mapMovement'));
  const held = grouped(kept.answers, ({ row }) => row);
  const sameDay = answerSameDay(rows.length === 0 ? kept.rows : [...kept.rows, ...rows], held, rules, planning);
  planning.facts = { ...planning.facts, movements: sameDay.movements };
  planning.kept = { ...kept, rows: kept.rows.length === sameDay.rows.length ? kept.rows : sameDay.rows };
  const { parts, homeless } = openRows(sameDay.rows, held, { ...planning, opening: kept.opening, rules, complete });
  const left = answerAll(parts, planning);
  const answered = { ...left, answers: sameDay.answers.concat(left.answers) };
  const built = buildDocuments(answered.bookings, planning);
  // Rows that are answered on their day are none of before `stock.from`.
  const opened = buildDocuments(dueOfOpening(built, left.answers, planning), planning);
  const waits = stillOpen([...answered.waits, ...built.waits]);
  const approvals = new Set(decisionsOf(decisions, 'approveAdjustment').map(({ document }) => document));
  const isHeld = ({ hold }: { hold: string | null }) => hold !== null;
  const heldBefore = kept.documents.filter(isHeld);
  const isApproved = (document: (typeof heldBefore)[number]) => approvals.has(externalIdOf(document.key));
  return {
    rows,
    answers: [...answered.answers, ...built.answers],
    offsets: [...answered.offsets, ...built.offsets],
    documents: [...built.documents, ...opened.documents].sort(inPostingOrder),
    released,
    approved: heldBefore.filter(isApproved).map(({ key }) => externalIdOf(key)),
    closures: answered.closures,
    inboundDecided: answered.inboundDecided,
    inbound: answered.book.standings(),
    waiting: [...waits.map(waitingOf), ...homeless.map(homelessWaiting)],
    problems: [
      ...answered.problems,
      ...problemsOfWaits(waits, planning),
      ...problemsOfHomeless(homeless, planning),
      ...problemsOfDocuments(
        [
          ...heldBefore.filter((document) => !isApproved(document)),
          ...[...built.documents, ...opened.documents].filter(isHeld),
        ],
        [...built.unpriced, ...opened.unpriced],
        planning,
      ),
      ...shortShipments(answered.book, planning, [...kept.inboundDecided, ...answered.inboundDecided]),
    ],
    takenByOthers: answered.takenByOthers,
    opening: taken,
    complete,
  };
}

/** What the opening has still to book, with what this run answers. */
function dueOfOpening(built: BuiltDocuments, answers: readonly Answer[], planning: Planning): Booking[] {
  const { kept } = planning;
  if (kept.opening === null) return [];
  const units = openingUnits({
    ...planning,
    opening: kept.opening,
    answers: [...kept.answers, ...answers],
    offsets: [...kept.offsets, ...built.offsets],
  });
  return openingDue(units, planning);
}

/** Of rows of which nobody has said what they are. */
const UNKNOWN = 'unknown';

/** Each kind of row by its rule; what a rule leaves open waits. */
function answerAll(all: readonly OpenPart[], planning: Planning) {
  const { facts, kept, policy } = planning;
  const movements = openMovements(facts, kept, policy, kept.opening);
  const uncountable = inOrder(all.filter(({ item }) => facts.uncountable.has(item)));
  const halves = inOrder(halvesWithout(all, uncountable));
  const unposted = new Set([...uncountable, ...halves]);
  const parts = all.filter((part) => !unposted.has(part));
  const undone = settleOpposites(parts);
  const own = answerOwnRows(inOrder(parts.filter(({ row }) => row.own !== null)), planning);
  const decided = answerDecided(parts, movements, planning);
  const paired = pairUndone(movements, planning);
  const byKind = grouped(
    parts.filter(({ row }) => row.own === null),
    ({ answer }) => answer?.answer ?? UNKNOWN,
  );
  const open = (kind: AnswerKind | typeof UNKNOWN) => (byKind.get(kind) ?? []).filter((part) => part.open !== 0);
  const of = (kind: AnswerKind | typeof UNKNOWN) => inOrder(open(kind));

  const book = new InboundBook(facts, kept, policy.inbound);
  const receipts = answerReceipts(of('receipt'), movements, book, planning);
  const inbound = carryOutInbound(receipts.waits, book, planning);
  const returned = openReturns(facts.returns, kept.answers);
  const outcome = joined([
    {
      answers: undone,
      offsets: paired,
      bookings: own,
      waits: [...waiting(uncountable, 'item-not-countable'), ...waiting(halves, 'mapped-from')],
    },
    decided,
    receipts,
    answerReturns(of('return'), returned, facts.authorisations, planning),
    answerShipments(open('fulfilment'), movements, planning),
    answerRemovals(of('removal'), planning),
    answerPairs(of('pair'), planning),
    redefinitions(of('redefinition'), planning),
    answerAdjustments(of('adjust'), planning),
    waitUnknown(of(UNKNOWN)),
    { problems: withRedated(foreignMovements(movements, planning), planning) },
  ]);
  const bookings: Booking[] = [...outcome.bookings, ...inbound.bookings];
  bookings.push(...dueInTransit(book, bookings, planning));
  bookings.push(...emptyRemoval(bookings, planning));
  standWhatWaits(stillOpen(receipts.waits), book, planning);
  return {
    ...outcome,
    takenByOthers: takenByOthers(movements, planning),
    bookings,
    book,
    inboundDecided: inbound.decided,
    closures: closeAuthorisations(returned, facts.authorisations, planning),
  };
}

/** What has no other half after its days, and a person says is an adjustment by itself. */
function redefinitions(parts: readonly OpenPart[], planning: Planning) {
  const rules = new AnswerRules(decisionsOf(planning.decisions, 'mapMovement'));
  const paired = answerRedefinitions(parts, planning);
  const isAdjusted = ({ part, reason }: Wait) =>
    reason === 'ledger-unknown' && rules.decided(part.row)?.answer === 'adjust';
  const alone = answerAdjustments(
    paired.waits.filter(isAdjusted).map(({ part }) => part),
    planning,
  );
  return joined([{ ...paired, waits: paired.waits.filter((wait) => !isAdjusted(wait)) }, alone]);
}

/** A row that was taken back before anything answered it, and its opposite, are due nothing. */
function settleOpposites(parts: readonly OpenPart[]): Answer[] {
  const opposites = inOrder(parts.filter(({ row }) => row.opposes !== null));
  const takenBack = parts.filter(({ row }) => row.takenBack !== null);
  const originals = new Map(takenBack.map((part) => [`${part.row.id} ${part.item}`, part]));
  return opposites.flatMap((opposite) => {
    const original = originals.get(`${opposite.row.opposes!} ${opposite.item}`);
    if (original === undefined || original.inBase || Math.sign(original.open) !== -Math.sign(opposite.open)) return [];
    const units = Math.sign(original.open) * Math.min(Math.abs(original.open), Math.abs(opposite.open));
    if (units === 0) return [];
    return settledByNothing(`${opposite.row.id} ${opposite.item}`, [take(original, units), take(opposite, -units)]);
  });
}

/** Answers that hold no longer: by what NetSuite no longer has, of rows that Amazon took back, by receipts that did not rise. */
function releasedBefore(
  facts: StockFacts,
  kept: KeptStock,
  { decisions, policy }: { decisions: readonly StockDecision[]; policy: StockPolicy },
): Answer[] {
  if (kept.answers.length === 0) return [];
  const takenBack = new Set(kept.rows.filter((row) => row.takenBack !== null).map(({ id }) => id));
  const decided = new Set([
    ...decisionsOf(decisions, 'answerRows').flatMap(({ rows }) => rows),
    ...decisionsOf(decisions, 'explainForeign').flatMap(({ rows }) => rows),
  ]);
  const unrisen = new Map(facts.notRestocked.map(({ document, isOver }) => [document, isOver]));
  const inNetSuite = new Set(releasedAnswers(facts, kept, policy, decisions));
  return kept.answers.filter(
    (answer) =>
      inNetSuite.has(answer) ||
      (answer.by.kind === 'movement' && takenBack.has(answer.row)) ||
      (answer.by.kind === 'document' &&
        unrisen.has(answer.by.document) &&
        (unrisen.get(answer.by.document)! || decided.has(answer.row))),
  );
}

/**
 * Rules take from what is open of authorisations and transfer orders; what was handed in stays as it is. A receipt that did
 * not rise is one as long as it stands for rows.
 */
function withOwnCounts(facts: StockFacts, { answers }: KeptStock): StockFacts {
  const answering = new Set(answers.flatMap(({ by }) => (by.kind === 'document' ? [by.document] : [])));
  return {
    ...facts,
    notRestocked: facts.notRestocked.filter(({ document }) => answering.has(document)),
    authorisations: facts.authorisations
      .map((one) => ({ ...one }))
      .sort((a, b) => compare(`${a.day} ${a.netsuiteId}`, `${b.day} ${b.netsuiteId}`)),
    transferOrders: facts.transferOrders.map((order) => ({ ...order, open: order.open.map((line) => ({ ...line })) })),
  };
}

const waiting = (parts: readonly OpenPart[], reason: Wait['reason']): Wait[] => parts.map((part) => ({ part, reason }));

function stillOpen(waits: readonly Wait[]): Wait[] {
  const last = new Map(waits.filter(({ part }) => part.open !== 0).map((wait) => [wait.part, wait]));
  return [...last.values()];
}

function waitingOf({ part, reason }: Wait): Waiting {
  const { row, pool, item, place, open } = part;
  return { row: row.id, pool, day: part.day, sku: row.sku, item, place, units: open, reason };
}

function homelessWaiting({
  row,
  pool,
  reason,
}: {
  row: OpenPart['row'];
  pool: string | null;
  reason: Waiting['reason'];
}): Waiting {
  return {
    row: row.id,
    pool,
    day: row.day,
    sku: row.sku,
    item: null,
    place: row.disposition === 'SELLABLE' ? 'sellable' : 'unsellable',
    units: row.quantity,
    reason,
  };
}
