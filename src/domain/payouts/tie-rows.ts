/**
 * Ties the order and refund rows of a settlement to the documents that own their amounts: sales by order and shipment
 * id; where either side has none, by order, item and amount, the oldest open first; refunds by order, item and amount,
 * the nearest instant first. Claims (A-to-z, chargeback) look like refunds at Amazon, so a credit memo may exist for one.
 */
import type { Instant } from '../money/instant.ts';
import { epochMsOf } from '../money/instant.ts';
import { sumMinor } from '../money/money.ts';

/** One row that a document should own. `line` and `ordinal` name it in the file. */
export interface TieableRow {
  line: number;
  ordinal: number;
  kind: 'sale' | 'refund' | 'claim';
  orderId: string;
  shipmentId: string | null;
  sku: string | null;
  postedAt: Instant;
  amount: bigint;
}

/** An invoice or a credit memo as the store knows it; `total` is what the document says, credit memos as a positive credit. */
export interface TieableDocument {
  externalId: string;
  kind: 'invoice' | 'credit-memo';
  orderId: string;
  shipmentId: string | null;
  at: Instant;
  total: bigint;
}

/** Rows that belong to one document (or to none yet). */
export interface TiedGroup {
  orderId: string;
  kind: TieableRow['kind'];
  shipmentId: string | null;
  postedAt: Instant;
  rows: TieableRow[];
  /** Signed as in the settlement. */
  amount: bigint;
  document: string | null;
}

export function tieRows(rows: readonly TieableRow[], documents: readonly TieableDocument[]): TiedGroup[] {
  const byOrder = new Map<string, TieableDocument[]>();
  for (const document of documents) byOrder.set(document.orderId, [...(byOrder.get(document.orderId) ?? []), document]);
  const groups = groupRows(rows);
  const taken = new Set<string>();
  const passes = [matchShipment, matchAmount] as const;
  for (const pass of passes) {
    for (const group of groups) {
      if (group.document !== null) continue;
      const open = (byOrder.get(group.orderId) ?? []).filter((document) => isRightKind(document, group) && !taken.has(document.externalId));
      const document = pass(group, open);
      if (!document) continue;
      group.document = document.externalId;
      taken.add(document.externalId);
    }
  }
  return groups;
}

function isRightKind(document: TieableDocument, group: TiedGroup): boolean {
  return document.kind === (group.kind === 'sale' ? 'invoice' : 'credit-memo');
}

/** The document that names the same shipment, or the same instant of a refund. */
function matchShipment(group: TiedGroup, open: readonly TieableDocument[]): TieableDocument | undefined {
  if (group.kind === 'sale') return group.shipmentId === null ? undefined : open.find((document) => document.shipmentId === group.shipmentId);
  return open.find((document) => document.at === group.postedAt && document.total === -group.amount);
}

/** Where an id is missing on either side: the same amount, the oldest open sale first, the nearest refund first. */
function matchAmount(group: TiedGroup, open: readonly TieableDocument[]): TieableDocument | undefined {
  const total = group.kind === 'sale' ? group.amount : -group.amount;
  const same = open.filter((document) => document.total === total
    && (group.kind !== 'sale' || group.shipmentId === null || document.shipmentId === null));
  const distance = (document: TieableDocument) =>
    group.kind === 'sale' ? epochMsOf(document.at) : Math.abs(epochMsOf(document.at) - epochMsOf(group.postedAt));
  return [...same].sort((a, b) => distance(a) - distance(b) || (a.externalId < b.externalId ? -1 : 1))[0];
}

/** Sales by order and shipment (without one: by order and instant), refunds and claims by order and instant. */
function groupRows(rows: readonly TieableRow[]): TiedGroup[] {
  const groups = new Map<string, TieableRow[]>();
  for (const row of rows) {
    const id = row.kind === 'sale' ? (row.shipmentId ?? row.postedAt) : row.postedAt;
    const key = JSON.stringify([row.kind, row.orderId, id]);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((members) => {
    const first = members[0]!;
    return {
      orderId: first.orderId, kind: first.kind, shipmentId: first.shipmentId, postedAt: first.postedAt, rows: members,
      amount: sumMinor(members.map((row) => row.amount)), document: null,
    };
  });
}
