/** All that planning reads of the store: what Amazon and NetSuite said, what is kept, what people decided. Asks no vendor. */
import { stockPolicyOf } from '../../config/stock-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, dayIn, type Day, type Instant } from '../../domain/money/instant.ts';
import { Balances } from '../../domain/stock/balances.ts';
import { effectsOf } from '../../domain/stock/document-effects.ts';
import type { Closure, KeptStock } from '../../domain/stock/kept-stock.ts';
import { UNSEEN_DAYS } from '../../domain/stock/answer-shipments.ts';
import { releasedAnswers } from '../../domain/stock/open-movements.ts';
import { aloneSince, shippedWithout } from '../../domain/stock/own-fulfilments.ts';
import { skuMappingsOf } from '../../domain/stock/sku-mappings.ts';
import { planningIndexes, type PlanningIndexes } from '../../domain/stock/planning.ts';
import type { StockDecision } from '../../domain/stock/stock-decisions.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { StockFacts, StockPolicy, Units, UnrisenReceipt } from '../../domain/stock/stock-plan.ts';
import { summedUnits } from '../../domain/stock/summed-units.ts';
import { dayIsFinal } from '../../domain/stock/summary-days.ts';
import type { Database } from '../../store/database.ts';
import { readMark } from '../../store/intake/marks.ts';
import { openClosures } from '../../store/stock/closures.ts';
import { loadDocumentNotes, type DocumentNote } from '../../store/stock/document-notes.ts';
import { loadInbound } from '../../store/stock/inbound.ts';
import { loadKeptStock, type LoadedStock } from '../../store/stock/kept-stock.ts';
import { loadBalancesFrom, loadSummarisedDays } from '../../store/stock/ledger-balances.ts';
import { loadMatchedSkus, loadNetSuiteStock, type NetSuiteStock } from '../../store/stock/netsuite-stock.ts';
import { loadReceiptsBefore } from '../../store/stock/receipts.ts';
import { loadReportLines } from '../../store/stock/report-lines.ts';
import { loadDecidedSkus } from '../../store/stock/sku-mappings.ts';
import { loadStockDecisions } from '../../store/stock/stock-decisions.ts';
import type { KeptDocument } from '../../store/stock/stock-documents.ts';
import type { Connection } from '../connection.ts';
import { alteredFulfilments, plannedMovements, unfulfilledOf } from './dispatched-facts.ts';
import { movementFacts } from './movement-facts.ts';
import { MONTHS_MARK } from './take-in-balances.ts';
import { readMarkOf, stockSettings } from './stock-reading.ts';

export interface PlanningFacts {
  policy: StockPolicy;
  today: Day;
  facts: StockFacts;
  /** Of these facts. */
  indexes: PlanningIndexes;
  loaded: LoadedStock;
  decisions: StockDecision[];
  netsuite: NetSuiteStock;
  notes: DocumentNote[];
  /** What is only planned, and counts as NetSuite's in `posting: plan`. */
  planned: NetSuiteMovement[];
  /** The last day whose summary cannot change any more, by when it was read; null before the first. */
  lastDay: Day | null;
}

/** Authorisations whose units were refunded so long ago are closed (stock.md, *Inbound, returns, removals*), and lines of reports that old tell nothing more. */
export const RETURNS_BACK_DAYS = 130;

/** Rows that one run takes: some days of a large seller. A first reading of weeks is caught up with day by day, as if read then. */
export const ROWS_AT_ONCE = 50_000;

/**
 * Null before both sides were read for the first time. Runs in the transaction that writes what is planned.
 * @param through the last day that is looked at, which then is today; null: all
 */
export async function loadPlanningFacts(
  connection: Connection,
  tx: Database,
  through: Day | null,
): Promise<PlanningFacts | null> {
  const { name, settings } = connection;
  const policy = stockPolicyOf(settings, stockSettings(connection));
  const zone = timeZoneOf(settings, null);
  const today = earlier(dayIn(await connection.now(), zone), through);
  const back = addDays(today, -RETURNS_BACK_DAYS);
  const [readAt, netsuite, loaded, decisions, notes] = await Promise.all([
    readMark(tx, name, readMarkOf('ledger')),
    loadNetSuiteStock(tx, name),
    loadKeptStock(tx, name, { usedFrom: back, through }),
    loadStockDecisions(tx, name),
    loadDocumentNotes(tx, name),
  ]);
  if (readAt === null || netsuite === null) return null;
  const [closing, matched, decided, movements, { lastDay, ...summaries }, returns, removals, inbound, receivedBefore] =
    await Promise.all([
      openClosures(tx, name),
      loadMatchedSkus(tx, name),
      loadDecidedSkus(tx, name),
      movementFacts(connection, tx, { policy, loaded, notes, readAt: netsuite.readAt, through }),
      summariesFor(tx, name, { policy, kept: loaded.kept, today }),
      loadReportLines(tx, name, 'returns', { from: back }),
      loadReportLines(tx, name, 'removals', { from: back }),
      loadInbound(tx, name),
      loadReceiptsBefore(tx, name),
    ]);
  const mappings = skuMappingsOf({ matched, decided, items: netsuite.items }, zone);
  const costs = netsuite.items.map(({ item, averages, lastPurchasePrice }) => ({ item, averages, lastPurchasePrice }));
  const indexes = planningIndexes({ costs, mappings }, policy);
  const { items } = indexes;
  const released = releasedAnswers({ ...movements, standingFor: new Map() }, loaded.kept, policy, decisions);
  const [unfulfilled, planned, altered] = await Promise.all([
    unfulfilledOf(connection, tx, items),
    plannedMovements(connection, tx, items),
    alteredFulfilments(connection, tx, {
      rows: shippedWithout(loaded.kept, new Set(released), addDays(today, -policy.graceDays)),
      alone: aloneSince(addDays(today, -UNSEEN_DAYS), movements.movements, loaded.kept),
      movements: movements.movements,
      items,
      readAt: netsuite.readAt,
    }),
  ]);
  const facts: StockFacts = {
    readAt,
    mappings,
    uncountable: new Map(
      netsuite.items.flatMap(({ item, uncountable }) => (uncountable === null ? [] : [[item, uncountable]])),
    ),
    ...summaries,
    returns,
    authorisations: stillOpen(netsuite.authorisations, loaded.documents, closing),
    removals,
    inbound,
    receivedBefore,
    transferOrders: stillToCome(netsuite.transferOrders, loaded.documents),
    transit: policy.inbound === 'theirs' ? unitsInTransit(netsuite, loaded.documents, policy) : [],
    ...movements,
    gone: movements.gone.filter(({ document }) => !planned.some(({ netsuiteId }) => netsuiteId === document)),
    movements: [...movements.movements, ...planned],
    unfulfilled,
    ...altered,
    costs,
    notRestocked: unrisenReceipts(loaded.documents, notes, zone),
    unseenReceipts: unseenReceipts(loaded.documents, notes),
  };
  return {
    policy,
    today,
    facts,
    indexes,
    loaded,
    decisions,
    netsuite,
    notes,
    planned,
    lastDay: lastDay && earlier(lastDay, through),
  };
}

const earlier = (day: Day, other: Day | null): Day => (other !== null && other < day ? other : day);

/**
 * Balances of the days that may still be found complete, of the opening and of new mappings. The summary of the day before
 * `stock.from` counts for the opening once it cannot change any more.
 */
async function summariesFor(
  tx: Database,
  name: string,
  { policy, kept, today }: { policy: StockPolicy; kept: KeptStock; today: Day },
): Promise<Pick<StockFacts, 'balances' | 'summarised'> & Pick<PlanningFacts, 'lastDay'>> {
  const opened = addDays(policy.from, -1);
  const recent = addDays(today, -policy.graceDays - MAPPED_DAYS);
  const from = kept.opening === null || recent < opened ? opened : recent;
  const [balances, days, months] = await Promise.all([
    loadBalancesFrom(tx, name, from),
    loadSummarisedDays(tx, name, from),
    readMark(tx, name, MONTHS_MARK),
  ]);
  const isKnown = (day: Day, readAt: Instant) => day !== opened || (months !== null && dayIsFinal(day, readAt));
  const known = new Set(days.filter(({ day, readAt }) => isKnown(day, readAt)).map(({ day }) => day));
  const final = days.filter(({ day, readAt }) => isKnown(day, readAt) && dayIsFinal(day, readAt));
  return {
    balances: new Balances(balances),
    summarised: new Map(policy.pools.map((pool) => [pool.name, known])),
    lastDay: final.at(-1)?.day ?? null,
  };
}

/** A mapping moves what Amazon has at the end of its day, and what a later summary of that day adds, for so many days more. */
const MAPPED_DAYS = 7;

/** Receipts of returns that raised nothing; NetSuite numbers what it takes upwards. */
function unrisenReceipts(
  documents: readonly KeptDocument[],
  notes: readonly DocumentNote[],
  zone: string,
): UnrisenReceipt[] {
  const restocked = new Map(notes.map((note) => [note.externalId, note.restocked]));
  const receipts = documents.filter(isOfReturn).flatMap(({ externalId, netsuiteId, postedAt }) =>
    netsuiteId === null || postedAt === null
      ? []
      : {
          document: externalId,
          number: BigInt(netsuiteId),
          rose: restocked.get(externalId) ?? null,
          tried: dayIn(postedAt, zone),
        },
  );
  const risen = receipts.filter(({ rose }) => rose === true);
  return receipts
    .filter(({ rose }) => rose === false)
    .map(({ document, number, tried }) => ({
      document,
      isOver: risen.some((later) => later.number > number),
      tried,
    }));
}

function unseenReceipts(documents: readonly KeptDocument[], notes: readonly DocumentNote[]): string[] {
  const seen = new Set(notes.flatMap(({ externalId, restocked }) => (restocked === null ? [] : [externalId])));
  return documents.flatMap((one) => (isOfReturn(one) && !seen.has(one.externalId) ? [one.externalId] : []));
}

const isOfReturn = ({ document }: KeptDocument): boolean => 'of' in document && document.of.kind === 'authorisation';

/** Receipts of ours that NetSuite does not have yet take from what is open there, and so does what is still to be closed. */
function stillOpen(
  authorisations: StockFacts['authorisations'],
  documents: readonly KeptDocument[],
  closing: readonly Pick<Closure, 'authorisation' | 'item' | 'units'>[],
): StockFacts['authorisations'] {
  const planned = unitsInReceipts('authorisation', documents);
  for (const { authorisation, item, units } of closing) {
    const key = keyOf(authorisation, item);
    planned.set(key, (planned.get(key) ?? 0) + units);
  }
  return authorisations.map((one) => {
    const key = keyOf(one.netsuiteId, one.item);
    const taken = Math.min(one.open, planned.get(key) ?? 0);
    planned.set(key, (planned.get(key) ?? 0) - taken);
    return { ...one, open: one.open - taken };
  });
}

function stillToCome(
  orders: StockFacts['transferOrders'],
  documents: readonly KeptDocument[],
): StockFacts['transferOrders'] {
  const planned = unitsInReceipts('transfer-order', documents);
  return orders.map((order) => ({
    ...order,
    open: order.open.map((line) => {
      const key = keyOf(order.netsuiteId, line.item, line.fulfilment);
      return { ...line, units: line.units - (planned.get(key) ?? 0) };
    }),
  }));
}

/** At the location, with what documents of ours move there that were not in NetSuite when it was read. */
function unitsInTransit(
  { onHand, readAt }: NetSuiteStock,
  documents: readonly KeptDocument[],
  { pools }: StockPolicy,
): Units[] {
  const held = pools.flatMap(({ name: pool, locations }) =>
    onHand
      .filter(({ location }) => location === locations.inTransit)
      .map(({ item, onHand: units }) => ({ pool, place: 'inTransit' as const, item, units })),
  );
  const coming = documents
    .filter(({ postedAt }) => postedAt === null || postedAt >= readAt)
    .flatMap(({ document }) => effectsOf(document))
    .filter(({ place }) => place === 'inTransit');
  return summedUnits([...held, ...coming]);
}

const keyOf = (source: string, item: string, fulfilment = ''): string => [source, item, fulfilment].join(' ');

function unitsInReceipts(
  kind: 'authorisation' | 'transfer-order',
  documents: readonly KeptDocument[],
): Map<string, number> {
  const units = new Map<string, number>();
  for (const { document, state } of documents) {
    if (!('of' in document) || document.of.kind !== kind || state === 'posted') continue;
    for (const line of document.lines) {
      const key = keyOf(document.of.netsuiteId, line.item, document.of.fulfilment);
      units.set(key, (units.get(key) ?? 0) + line.units);
    }
  }
  return units;
}
