import { randomBytes } from 'node:crypto';
import type { DemoClock } from '../clock.ts';
import type { AmazonWorld, WorldOrder, WorldShipment } from './world.ts';
import { instantOf, MINUTE } from './instants.ts';
import { StockBook } from './stock/stock-book.ts';

/** A report that somebody asked for with `createReport`. */
export interface RequestedReport {
  reportId: string;
  reportType: string;
  marketplaceIds: string[];
  createdAt: string;
  dataStart: string;
  dataEnd: string;
  /** Real milliseconds of its creation, and how often its state was asked for: it is done after two looks or a moment. */
  createdRealMs: number;
  looks: number;
  outcome: 'DONE' | 'CANCELLED' | 'FATAL';
  documentId: string | null;
  /** What was asked for, as one text: the same again within a while is cancelled. Null where that does not count. */
  asked: string | null;
}

/** A document in the store, unpacked; `gzip` says how it is delivered. */
export interface StoredDocument {
  bytes: Uint8Array;
  gzip: boolean;
  contentType: string;
  createdAt: string;
}

/** What the simulator remembers beside the world, which never changes; events of stock may be added to its book. */
export class AmazonState {
  readonly world: AmazonWorld;
  readonly clock: DemoClock;
  readonly reports = new Map<string, RequestedReport>();
  readonly documents = new Map<string, StoredDocument>();
  readonly ordersById: ReadonlyMap<string, WorldOrder>;
  readonly shipmentsByOrder: ReadonlyMap<string, WorldShipment[]>;
  readonly stock: StockBook;
  readonly calls = new Map<string, number>();
  /** Access tokens and signed document addresses with the real milliseconds at which they die. */
  readonly #tokens = new Map<string, number>();
  readonly #addresses = new Map<string, { documentId: string; encoded: boolean; diesAt: number }>();

  constructor(world: AmazonWorld, clock: DemoClock) {
    this.world = world;
    this.clock = clock;
    this.stock = new StockBook(world);
    this.ordersById = new Map(world.orders.map((order) => [order.orderId, order]));
    const byOrder = new Map<string, WorldShipment[]>();
    for (const shipment of world.shipments)
      byOrder.set(shipment.orderId, [...(byOrder.get(shipment.orderId) ?? []), shipment]);
    this.shipmentsByOrder = byOrder;
  }

  now(): string {
    return instantOf(this.clock.now());
  }

  /** Access tokens live an hour of real time. */
  issueToken(): string {
    const token = `Atza|${randomBytes(48).toString('base64url')}`;
    this.#tokens.set(token, this.clock.real() + 60 * MINUTE);
    return token;
  }

  tokenState(token: string): 'valid' | 'expired' | 'unknown' {
    const diesAt = this.#tokens.get(token);
    if (diesAt === undefined) return 'unknown';
    return this.clock.real() < diesAt ? 'valid' : 'expired';
  }

  /** A signed address lives five minutes of real time. */
  signAddress(documentId: string, encoded: boolean): string {
    const key = randomBytes(18).toString('base64url');
    this.#addresses.set(key, { documentId, encoded, diesAt: this.clock.real() + 5 * MINUTE });
    return key;
  }

  signedDocument(key: string): { document: StoredDocument; encoded: boolean } | null {
    const address = this.#addresses.get(key);
    if (!address || this.clock.real() >= address.diesAt) return null;
    const document = this.documents.get(address.documentId);
    return document ? { document, encoded: address.encoded } : null;
  }
}
