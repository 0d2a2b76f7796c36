/**
 * Where each SKU of each inbound shipment stands, in Amazon's units: shipped, received from in transit, decided. What is in
 * transit is shipped − received − decided; receipts come from the ledger, never from the shipment's own figure. What a
 * person took from the warehouse for it, or somebody's purchase receipt brought, before Amazon listed the shipment, was
 * received too, and is not sent into transit any more. What was found came out of nothing: the shipment is still to leave the
 * warehouse, and closes short of it.
 */
import { grouped } from './grouped.ts';
import type { Answer, KeptStock, StockDocument } from './kept-stock.ts';
import type { Place } from './pools.ts';
import { externalIdOf } from '../identifiers/external-id.ts';
import { isCalledOff } from './inbound-statuses.ts';
import type { BeyondShipped, InboundFact, InboundStanding, StockFacts, StockPolicy } from './stock-plan.ts';
import { TransitUnits } from './transit-units.ts';

/** What is kept that says where shipments stand. */
type ReceivedStock = Pick<KeptStock, 'rows' | 'answers' | 'documents' | 'inboundDecided' | 'opening'>;

export class InboundBook {
  readonly #shipments: ReadonlyMap<string, InboundFact>;
  readonly #standings = new Map<string, InboundStanding>();
  readonly #ofShipment = new Map<string, string[]>();
  readonly #inbound: StockPolicy['inbound'];
  /** Those that left the seller, or of which Amazon received something: of others nothing is on its way. */
  readonly #begun: ReadonlySet<string>;
  readonly transit: TransitUnits;

  constructor(
    { inbound: shipments, transit }: Pick<StockFacts, 'inbound' | 'transit'>,
    kept: ReceivedStock,
    inbound: StockPolicy['inbound'],
  ) {
    this.#inbound = inbound;
    this.transit = new TransitUnits(inbound === 'theirs' ? transit : null);
    this.#shipments = new Map(shipments.map((shipment) => [shipment.shipmentId, shipment]));
    const sent = shipments.filter((one) => one.sent !== null).map(({ shipmentId }) => shipmentId);
    const receipts = kept.rows.filter(({ eventType }) => eventType === 'Receipts');
    this.#begun = new Set([...sent, ...receipts.map(({ reference }) => reference)]);
    for (const { shipmentId, pool, status, items } of shipments) {
      for (const { sku, shipped } of items) {
        const before = this.#at(shipmentId, pool, sku);
        before.shipped += isCalledOff(status) ? 0 : shipped;
      }
    }
    for (const { shipmentId, pool, sku, shipped, open } of kept.opening?.inbound ?? [])
      if (this.#shipments.has(shipmentId)) this.#at(shipmentId, pool, sku).received += shipped - open;
    for (const { shipmentId, sku, choice, units } of kept.inboundDecided) {
      const shipment = this.#shipments.get(shipmentId);
      if (shipment && (choice === 'lost' || choice === 'returned'))
        this.#at(shipmentId, shipment.pool, sku).decided += units;
    }
    this.#countReceipts(kept);
  }

  /** A shipment that its receipts may name. */
  shipment(shipmentId: string): InboundFact | undefined {
    return this.#shipments.get(shipmentId);
  }

  standings(): InboundStanding[] {
    return [...this.#standings.values()].map((standing) => ({
      ...standing,
      inTransit: this.#begun.has(standing.shipmentId) ? Math.max(0, inTransitOf(standing)) : 0,
    }));
  }

  /** SKUs that it names, or of which something was received or decided. */
  skusOf(shipmentId: string): string[] {
    return this.#ofShipment.get(shipmentId) ?? [];
  }

  shipped(shipmentId: string, sku: string): number {
    return this.#standings.get(keyOf(shipmentId, sku))?.shipped ?? 0;
  }

  /** Units that may still come; below zero never. */
  open(shipmentId: string, sku: string): number {
    const standing = this.#standings.get(keyOf(shipmentId, sku));
    return standing === undefined ? 0 : Math.max(0, inTransitOf(standing));
  }

  receive(shipmentId: string, sku: string, units: number): void {
    this.#at(shipmentId, this.#shipments.get(shipmentId)!.pool, sku).received += units;
  }
  decide(shipmentId: string, sku: string, units: number): void {
    this.#at(shipmentId, this.#shipments.get(shipmentId)!.pool, sku).decided += units;
  }
  /**
   * What Amazon has and nothing answers yet is not on its way: under `theirs` up to what was shipped it may wait, since the
   * transfer order has less.
   */
  arrive(shipmentId: string, sku: string, units: number): void {
    if (this.#inbound === 'theirs') this.receive(shipmentId, sku, Math.min(units, this.open(shipmentId, sku)));
  }
  /** What waits above what was shipped, once all decisions are carried out. */
  setOver(shipmentId: string, sku: string, units: number): void {
    this.#at(shipmentId, this.#shipments.get(shipmentId)!.pool, sku).over = units;
  }
  /** What left with its transfer orders, and what they have and Amazon does not once all decisions are carried out. */
  setOrders(
    { shipmentId, pool }: InboundFact,
    { lefts, beyond }: { lefts: readonly { sku: string; left: number }[]; beyond: readonly BeyondShipped[] },
  ): void {
    for (const { sku, left } of lefts) this.#at(shipmentId, pool, sku).left = left;
    for (const [sku, own] of grouped(beyond, (one) => one.sku))
      this.#at(shipmentId, pool, sku).beyond = own.map(({ item, units }) => ({ item, units }));
  }

  #at(shipmentId: string, pool: string, sku: string): InboundStanding {
    const key = keyOf(shipmentId, sku);
    const known = this.#standings.get(key);
    if (known) return known;
    const fresh = { shipmentId, pool, sku, shipped: 0, received: 0, decided: 0, inTransit: 0, over: 0 };
    this.#standings.set(key, fresh);
    this.#ofShipment.set(shipmentId, [...this.skusOf(shipmentId), sku]);
    return fresh;
  }

  #countReceipts(kept: ReceivedStock): void {
    const fromTransit = documentsOf(kept, 'inTransit');
    const isFromTransit = ({ by }: Answer) => by.kind === 'document' && fromTransit.has(by.document);
    const ofRow = grouped(kept.answers, ({ row }) => row);
    const received = kept.rows.filter(
      ({ id, eventType, reference }) => eventType === 'Receipts' && ofRow.has(id) && this.#shipments.has(reference),
    );
    const unitsOf = (counts: (answer: Answer) => boolean) =>
      received.flatMap(({ id, reference, sku }) => {
        const own = ofRow.get(id)!.filter(counts);
        return own.length === 0 ? [] : [{ shipmentId: reference, sku, units: skuUnits(own) }];
      });
    // Of what is given up and what was under way before, nothing can have come without having been in transit.
    const neverSent = new Map([...this.#standings].map(([key, standing]) => [key, inTransitOf(standing)]));
    for (const { shipmentId, sku, units } of unitsOf(isFromTransit)) {
      this.receive(shipmentId, sku, units);
      const key = keyOf(shipmentId, sku);
      neverSent.set(key, (neverSent.get(key) ?? 0) - Math.max(0, units));
    }
    if (this.#inbound === 'theirs') {
      for (const { shipmentId, sku, units } of unitsOf((answer) => !isFromTransit(answer)))
        this.arrive(shipmentId, sku, units);
      return;
    }
    const fromSource = documentsOf(kept, 'source');
    const hasCome = ({ by }: Answer) =>
      by.kind === 'movement' ||
      (by.kind === 'document' && !fromTransit.has(by.document) && fromSource.has(by.document));
    for (const [key, own] of grouped(unitsOf(hasCome), (one) => keyOf(one.shipmentId, one.sku))) {
      const units = own.reduce((sum, one) => sum + one.units, 0);
      this.receive(own[0]!.shipmentId, own[0]!.sku, Math.max(0, Math.min(units, neverSent.get(key) ?? 0)));
    }
  }
}

/** Units of the SKU that answers of one row come to: its items move together, so that one of them tells. */
export function skuUnits(answers: readonly Pick<Answer, 'item' | 'units' | 'perSku'>[]): number {
  const [first] = answers as [Answer];
  return answers.filter(({ item }) => item === first.item).reduce((sum, one) => sum + one.units, 0) / first.perSku;
}

/** External ids of documents that take what was received out of a place, or put it back; a receipt takes what is in transit at no location. */
function documentsOf({ documents }: ReceivedStock, place: Place): ReadonlySet<string> {
  const moves = (document: StockDocument) =>
    'of' in document
      ? place === 'inTransit' && document.of.kind === 'transfer-order'
      : 'from' in document && [document.from.place, document.to.place].includes(place);
  return new Set(documents.filter(moves).map(({ key }) => externalIdOf(key)));
}

const keyOf = (shipmentId: string, sku: string): string => `${shipmentId} ${sku}`;
const inTransitOf = ({ shipped, received, decided }: InboundStanding): number => shipped - received - decided;
