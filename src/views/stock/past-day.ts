/** A day that is past, by all that is known now: the equation of each item at a place, and what was in transit. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, type Day } from '../../domain/money/instant.ts';
import { Balances } from '../../domain/stock/balances.ts';
import { effectsOf } from '../../domain/stock/document-effects.ts';
import { equationsOn, isOfAmazon } from '../../domain/stock/equation-on.ts';
import { openOfOrdersOn, orderedSides, standingsOn } from '../../domain/stock/in-transit-on.ts';
import type { StockDocument } from '../../domain/stock/kept-stock.ts';
import { unitsAtPlaces } from '../../domain/stock/open-movements.ts';
import { openingBooked } from '../../domain/stock/opening.ts';
import { asPosted } from '../../domain/stock/planned-movements.ts';
import { placeOf, poolOf } from '../../domain/stock/pools.ts';
import type { SkuItems } from '../../domain/stock/sku-items.ts';
import { heldByItem } from '../../domain/stock/sku-units.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { InboundStanding, StockEquation, StockPolicy, Units } from '../../domain/stock/stock-plan.ts';
import { summedUnits } from '../../domain/stock/summed-units.ts';
import { transitAstride, type DatedDocument } from '../../domain/stock/transit-astride.ts';
import type { TransitAstride } from '../../domain/stock/transit-part.ts';
import type { Database } from '../../store/database.ts';
import {
  documentsSince,
  loadAnswersAcross,
  loadOffsetsAcross,
  sumAnsweredSince,
  type Span,
} from '../../store/stock/across-days.ts';
import { plannedFulfilments } from '../../store/stock/dispatched.ts';
import { asNetSuiteHas, loadDocumentsOfShipments, loadOpeningDocuments } from '../../store/stock/find-documents.ts';
import { loadInbound } from '../../store/stock/inbound.ts';
import { loadInboundDecided, loadOpening } from '../../store/stock/kept-stock.ts';
import { loadBalancesOn } from '../../store/stock/ledger-balances.ts';
import { daysOfDocuments, sumMovements } from '../../store/stock/netsuite-movements.ts';
import type { NetSuiteStock } from '../../store/stock/netsuite-stock.ts';
import { loadReceipts } from '../../store/stock/receipts.ts';
import { loadStandings } from '../../store/stock/standings.ts';
import { loadStockDecisions } from '../../store/stock/stock-decisions.ts';
import { loadOpenDocuments, type KeptDocument } from '../../store/stock/stock-documents.ts';

export interface PastDay {
  /** Null where something was read that no run has worked out yet. */
  equations: StockEquation[] | null;
  inbound: InboundStanding[];
  /** NetSuite's side of it, by pool and item. */
  inTransit: Units[];
  /** What of it one side had by then and the other had not. */
  astride: TransitAstride[];
}

interface Asked {
  policy: StockPolicy;
  items: SkuItems;
  netsuite: NetSuiteStock | null;
  day: Day;
  /** The last whole day, which is no earlier. */
  last: Day;
}

/** Reads in one snapshot: the transaction of the caller. */
export async function loadPastDay(tx: Database, settings: ConnectionSettings, asked: Asked): Promise<PastDay> {
  const planned = await loadPlanned(tx, settings, asked);
  const moved = unitsAtPlaces(asked.policy.pools, [
    ...(await sumMovements(tx, settings.name, asked.day)),
    ...planned.movements.filter(({ day }) => day <= asked.day),
  ]);
  const booked = planned.documents.filter(({ day }) => day <= asked.day).flatMap(effectsOf);
  const netsuite = summedUnits([...moved, ...booked]);
  const [equations, transit] = [
    await equationsOfDay(tx, settings.name, { ...asked, planned: planned.movements, stood: netsuite }),
    await inTransitOn(tx, settings.name, asked),
  ];
  const located = netsuite.filter(({ place }) => place === 'inTransit');
  return {
    equations,
    inbound: transit.inbound,
    inTransit: summedUnits([...located, ...transit.ordered]).filter(({ units }) => units !== 0),
    astride: transit.astride,
  };
}

/** What counts as NetSuite's in `posting: plan`; else nothing. */
async function loadPlanned(
  tx: Database,
  settings: ConnectionSettings,
  { policy, items }: Asked,
): Promise<{ movements: NetSuiteMovement[]; documents: StockDocument[] }> {
  if (policy.posting !== 'plan') return { movements: [], documents: [] };
  const { name: connection, marketplaces } = settings;
  const zoneOf = (marketplaceId: string | null) => timeZoneOf(settings, marketplaceId);
  return {
    movements: asPosted(await plannedFulfilments(tx, connection), { connection, items, marketplaces, zoneOf }),
    documents: (await loadOpenDocuments(tx, connection)).map(({ document }) => document),
  };
}

async function equationsOfDay(
  tx: Database,
  connection: string,
  {
    policy,
    items,
    day,
    last,
    planned,
    stood,
  }: Asked & { planned: readonly NetSuiteMovement[]; stood: readonly Units[] },
): Promise<StockEquation[] | null> {
  const standings = await loadStandings(tx, connection, last);
  const amazon = heldByItem(new Balances(await loadBalancesOn(tx, connection, day)), items, policy.pools, day);
  if (day === last) return isOfAmazon(standings, amazon, policy) ? standings : null;
  const opening = await loadOpening(tx, connection);
  if (opening === null) return [];
  const span: Span = {
    day,
    last,
    opened: addDays(policy.from, -1),
    posting: policy.posting,
    planned: new Map(planned.map((movement) => [movement.netsuiteId, movement.day])),
  };
  const openings = await loadOpeningDocuments(tx, connection);
  const opened = await documentsSince(
    tx,
    connection,
    span,
    openings.map(({ externalId }) => externalId),
  );
  const since = await sumAnsweredSince(tx, connection, span);
  return equationsOn({
    policy,
    opening,
    day,
    last: standings,
    amazon,
    netsuite: stood,
    answers: await loadAnswersAcross(tx, connection, span),
    offsets: await loadOffsetsAcross(tx, connection, span),
    answeredSince: since.flatMap(({ pool: known, country, disposition, item, units }): Units[] => {
      const pool = known ?? poolOf(policy.pools, country)?.name;
      return pool === undefined ? [] : [{ pool, item, place: placeOf(disposition), units }];
    }),
    openedSince: openingBooked(
      openings.filter(({ externalId }) => opened.has(externalId)).map(({ document }) => document),
    ),
  });
}

async function inTransitOn(
  tx: Database,
  connection: string,
  { policy, items, netsuite, day }: Asked,
): Promise<{ inbound: InboundStanding[]; ordered: Units[]; astride: TransitAstride[] }> {
  const shipments = await loadInbound(tx, connection);
  const ids = shipments.map(({ shipmentId }) => shipmentId);
  const documents = await loadDocumentsOfShipments(tx, connection, ids);
  const receipts = await loadReceipts(tx, connection);
  const rows = receipts.rows.filter((row) => row.day <= day);
  const by = new Set(rows.map(({ id }) => id));
  const received = {
    shipments,
    rows,
    answers: receipts.answers.filter(({ row }) => by.has(row)),
    documents: documents.map(({ document }) => document),
    inboundDecided: await loadInboundDecided(tx, connection),
    opening: await loadOpening(tx, connection),
    decisions: await loadStockDecisions(tx, connection),
  };
  const inbound = standingsOn(day, received, policy);
  const orders = policy.inbound === 'theirs' ? (netsuite?.transferOrders ?? []) : [];
  const pools = new Map(shipments.map(({ shipmentId, pool }) => [shipmentId, pool]));
  const ofOrders = {
    posted: await asNetSuiteHas(tx, connection, documents),
    planned:
      policy.posting === 'plan'
        ? documents.filter(({ state }) => state !== 'posted').map(({ document }) => document)
        : [],
  };
  const openOn = (of: Day) => openOfOrdersOn(of, orders, ofOrders, (id) => pools.get(id));
  const [ordered, orderedBefore] = [openOn(day), openOn(addDays(policy.from, -1))];
  const astride = transitAstride(day, {
    ...receipts,
    shipments,
    orders,
    ordered:
      policy.inbound === 'theirs'
        ? orderedSides(day, { inbound, ordered, orderedBefore, items, policy, opening: received.opening })
        : [],
    decisions: received.decisions,
    documents: await datedDocuments(tx, connection, policy, [
      ...documents,
      ...(await loadOpeningDocuments(tx, connection)),
    ]),
  });
  return { inbound, ordered, astride };
}

/** Those that NetSuite has, or is to have; what was deleted there is a movement of somebody else. */
async function datedDocuments(
  tx: Database,
  connection: string,
  { posting }: StockPolicy,
  documents: readonly KeptDocument[],
): Promise<DatedDocument[]> {
  const ids = documents.flatMap(({ netsuiteId }) => netsuiteId ?? []);
  const days = await daysOfDocuments(tx, connection, ids);
  return documents.flatMap(({ document, netsuiteId, trueDay, state }): DatedDocument[] => {
    const own = trueDay ?? document.day;
    const booked = days.get(netsuiteId ?? '') ?? (posting === 'plan' ? document.day : null);
    return booked === null && state === 'posted' ? [] : [{ document, own, booked }];
  });
}
