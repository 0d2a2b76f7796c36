import { kindOf } from '../../domain/documents/document-kinds.ts';
import { effectsOf } from '../../domain/stock/document-effects.ts';
import type { InboundStanding, ItemUnits } from '../../domain/stock/stock-plan.ts';
import { loadDocumentsOfShipments } from '../../store/stock/find-documents.ts';
import { loadInbound, type KeptInboundShipment } from '../../store/stock/inbound.ts';
import { loadStockRun } from '../../store/stock/standings.ts';
import type { KeptDocument } from '../../store/stock/stock-documents.ts';
import type { ViewSource } from '../view-source.ts';

/** A shipment on its way to Amazon. Units are Amazon's. */
export interface InboundView extends InboundUnits {
  connection: string;
  shipment: string;
  name: string;
  status: string;
  pool: string;
  destination: string;
  items: ({ sku: string; fnsku: string } & InboundUnits)[];
  /** Under `inbound: theirs`, once it is over: what its transfer orders have under way and Amazon does not, in NetSuite's units. */
  beyond: ItemUnits[];
  /** Documents of ours about it, by day. */
  documents: InboundDocument[];
  /** When it last said something else than before. */
  changedAt: string;
}

/** What the shipment says, and where it stands by the ledger and what was decided; null before it was planned. */
interface InboundUnits {
  shipped: number;
  received: number;
  standing: {
    received: number;
    decided: number;
    inTransit: number;
    /** Received above what was shipped, and not decided. */
    over: number;
  } | null;
}

export interface InboundDocument {
  externalId: string;
  /** `transfer`, `adjustment`, `item receipt`. */
  kind: string;
  day: string;
  state: string;
  netsuiteId: string | null;
  /** In NetSuite's units, by item and place. */
  effects: { item: string; place: string; units: number }[];
}

/** Inbound shipments, the newest first; one of them where `shipment` names it. */
export async function inboundView(
  { store: { db } }: ViewSource,
  connections: readonly string[],
  shipment: string | null,
): Promise<InboundView[]> {
  const views: InboundView[] = [];
  for (const connection of connections) {
    const kept = (await loadInbound(db, connection)).filter(
      ({ shipmentId }) => shipment === null || shipmentId === shipment,
    );
    const standings = (await loadStockRun(db, connection))?.inbound ?? null;
    const documents = await loadDocumentsOfShipments(
      db,
      connection,
      kept.map(({ shipmentId }) => shipmentId),
    );
    for (const one of kept) views.push({ connection, ...shipmentView(one, standings, documents) });
  }
  return views.reverse();
}

function shipmentView(
  kept: KeptInboundShipment,
  standings: readonly InboundStanding[] | null,
  documents: readonly KeptDocument[],
): Omit<InboundView, 'connection'> {
  const own = standings?.filter(({ shipmentId }) => shipmentId === kept.shipmentId) ?? null;
  const items = kept.items.map(({ sku, fnsku, shipped, received }) => ({
    sku,
    fnsku,
    ...unitsOf({ shipped, received }, own?.filter((one) => one.sku === sku) ?? null),
  }));
  return {
    shipment: kept.shipmentId,
    name: kept.name,
    status: kept.status,
    pool: kept.pool,
    destination: kept.destination,
    ...unitsOf({ shipped: sum(kept.items, 'shipped'), received: sum(kept.items, 'received') }, own),
    items: [
      ...items,
      // Received under a SKU that the shipment does not name.
      ...(own ?? [])
        .filter(({ sku }) => !kept.items.some((item) => item.sku === sku))
        .map((one) => ({ sku: one.sku, fnsku: '', ...unitsOf({ shipped: 0, received: 0 }, [one]) })),
    ],
    beyond: (own ?? []).flatMap(({ beyond = [] }) => beyond),
    documents: documents.filter(({ document }) => document.shipmentId === kept.shipmentId).map(documentView),
    changedAt: kept.changedAt,
  };
}

function unitsOf(
  said: { shipped: number; received: number },
  standings: readonly InboundStanding[] | null,
): InboundUnits {
  const standing =
    standings === null
      ? null
      : {
          received: sum(standings, 'received'),
          decided: sum(standings, 'decided'),
          inTransit: sum(standings, 'inTransit'),
          over: sum(standings, 'over'),
        };
  return { ...said, standing };
}

function documentView({ document, externalId, state, netsuiteId }: KeptDocument): InboundDocument {
  return {
    externalId,
    kind: kindOf(document.key.purpose).name,
    day: document.day,
    state: document.hold === null ? state : 'waits for an approval',
    netsuiteId,
    effects: effectsOf(document).map(({ item, place, units }) => ({ item, place, units })),
  };
}

function sum<What extends string>(of: readonly Readonly<Record<What, number>>[], what: What): number {
  return of.reduce((units, one) => units + one[what], 0);
}
