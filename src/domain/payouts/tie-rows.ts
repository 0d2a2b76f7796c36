/**
 * Ties the order and refund rows of a settlement to the documents that own their amounts: sales by order and shipment
 * id; where either side has none, by order, item and amount, the oldest open first; refunds by order, item and amount,
 * the nearest instant first. Claims (A-to-z, chargeback) look like refunds at Amazon, so a credit memo may exist for one.
 *
 * Money that came is an invoice's, money that went a credit memo's: a sale below zero has the memo of its shipment, a
 * refund that Amazon takes back an invoice of its own.
 */
import { asShown, kindOf, type SalesPurpose } from '../documents/document-kinds.ts';
import { epochMsOf, type Instant } from '../money/instant.ts';
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
  /** A row of tax; a document may own it (`rows-of-tax.ts`). */
  tax?: true;
  /** A row of tax by which Amazon says that it withheld it. */
  withheld?: true;
  /** The document that a payment has applied for it: it stays. */
  held?: string | null;
  /** Its journal has cleared it, so that even a claim needs its document. */
  cleared?: boolean;
}

/** An invoice or a credit memo as the store knows it; `total` is what the document says, credit memos as a positive credit. */
export interface TieableDocument {
  externalId: string;
  purpose: SalesPurpose;
  /** Made of a shipment or of a refund. */
  of: 'sale' | 'refund';
  orderId: string;
  shipmentId: string | null;
  at: Instant;
  total: bigint;
  /** Whether tax that the seller owes is in its total; absent where it is not. */
  carriesTax?: true;
  /** Of its items; empty where they are not known. */
  skus: readonly string[];
  /** False while it is written down and NetSuite does not hold it yet. */
  posted: boolean;
  /** Rows of another settlement have settled it. */
  settledElsewhere: boolean;
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
  documentPurpose: SalesPurpose | null;
  /** A document that is theirs and not posted yet: a claim clears against it all the same. */
  awaits: string | null;
}

export function tieRows(rows: readonly TieableRow[], documents: readonly TieableDocument[]): TiedGroup[] {
  const groups = groupRows(rows);
  const open = new OpenDocuments(documents);
  for (const group of groups) {
    const held = group.rows[0]!.held ?? null;
    if (held !== null)
      open.give(
        group,
        documents.find(({ externalId }) => externalId === held),
      );
  }
  tieByName(groups, open);
  tieByAmount(groups, open);
  tieBySecond(groups, open);
  return groups;
}

/** Documents that no group has taken. */
class OpenDocuments {
  readonly #byOrder = new Map<string, TieableDocument[]>();
  readonly #taken = new Set<TieableDocument>();

  constructor(documents: readonly TieableDocument[]) {
    for (const document of documents)
      this.#byOrder.set(document.orderId, [...(this.#byOrder.get(document.orderId) ?? []), document]);
    for (const known of this.#byOrder.values()) known.sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  }

  /** Of the group's order and of its side: shipments for sales, refunds for refunds and claims. */
  of(group: TiedGroup): TieableDocument[] {
    return (this.#byOrder.get(group.orderId) ?? []).filter(
      (document) => document.of === (group.kind === 'sale' ? 'sale' : 'refund') && !this.#taken.has(document),
    );
  }

  has(document: TieableDocument): boolean {
    return !this.#taken.has(document);
  }

  give(group: TiedGroup, document: TieableDocument | undefined): void {
    if (!document) return;
    this.#taken.add(document);
    if (document.posted) Object.assign(group, { document: document.externalId, documentPurpose: document.purpose });
    else group.awaits = document.externalId;
  }
}

const isTied = (group: TiedGroup): boolean => group.document !== null || group.awaits !== null;
/** Whether money that came is a document's, which then credits what was sold, or money that went. */
const isOnItsSide = ({ purpose }: TieableDocument, amount: bigint): boolean =>
  kindOf(purpose).lines.side === (amount < 0n ? 'debit' : 'credit');
const sizeOf = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/** The document of the same shipment (one below zero has a memo beside an invoice of nothing); that of a refund's own second and amount. */
function tieByName(groups: TiedGroup[], open: OpenDocuments): void {
  // A group that is split adds one behind; it comes to its turn.
  for (const group of groups) {
    if (isTied(group)) continue;
    if (group.kind === 'sale') {
      const ofShipment =
        group.shipmentId === null ? [] : open.of(group).filter((document) => document.shipmentId === group.shipmentId);
      open.give(group, ofShipment.find(({ total }) => total !== 0n) ?? ofShipment[0]);
      continue;
    }
    const ofSecond = open
      .of(group)
      .filter(
        (document) =>
          document.at === group.postedAt && isOnItsSide(document, group.amount) && !document.settledElsewhere,
      );
    const whole = ofSecond.find(({ total }) => total === sizeOf(group.amount));
    if (whole) open.give(group, whole);
    else if (group.kind === 'refund') splitBySecond(group, ofSecond, groups, open);
  }
}

/**
 * Units refunded in one second may have documents of their own, where Finances told of some after the others' were
 * written down: the rows are divided among them. What is left waits for its own document where it is units of its own.
 */
function splitBySecond(
  group: TiedGroup,
  ofSecond: readonly TieableDocument[],
  groups: TiedGroup[],
  open: OpenDocuments,
): void {
  let left = group.rows;
  const shares: { document: TieableDocument; rows: TieableRow[] }[] = [];
  for (const document of ofSecond) {
    const rows = rowsOf(left, asShown(document.purpose, document.total));
    if (rows === null) continue;
    shares.push({ document, rows });
    left = left.filter((row) => !rows.includes(row));
  }
  if (
    shares.length === 0 ||
    (left.length > 0 &&
      !areOtherUnits(
        left,
        shares.flatMap(({ rows }) => rows),
      ))
  )
    return;
  const [first, ...others] = shares;
  Object.assign(group, { rows: first!.rows, amount: sumMinor(first!.rows.map((row) => row.amount)) });
  open.give(group, first!.document);
  for (const { document, rows } of others) {
    const share = groupOf(rows);
    open.give(share, document);
    groups.push(share);
  }
  if (left.length > 0) groups.push(groupOf(left));
}

/** Some of the rows that come to just this amount; null where none do. */
function rowsOf(rows: readonly TieableRow[], amount: bigint): TieableRow[] | null {
  const sums = new Map<bigint, TieableRow[]>([[0n, []]]);
  for (const row of rows) {
    for (const [sum, some] of Array.from(sums))
      if (!sums.has(sum + row.amount)) sums.set(sum + row.amount, [...some, row]);
  }
  return amount === 0n ? null : (sums.get(amount) ?? null);
}

/** Rows of other items, or such as each have their like among those: the same unit once more. */
function areOtherUnits(rows: readonly TieableRow[], those: readonly TieableRow[]): boolean {
  const skus = new Set(those.map(({ sku }) => sku));
  return (
    rows.every((row) => !skus.has(row.sku)) ||
    rows.every((row) => those.some(({ sku, amount }) => sku === row.sku && amount === row.amount))
  );
}

/** Sales: the oldest open one first. Refunds and claims: whichever are nearest to each other. */
function tieByAmount(groups: readonly TiedGroup[], open: OpenDocuments): void {
  const pairs = groups
    .filter((group) => !isTied(group))
    .flatMap((group) =>
      open
        .of(group)
        .filter((document) => mayBe(group, document))
        .map((document) => ({
          group,
          document,
          distance: group.kind === 'sale' ? 0 : Math.abs(epochMsOf(document.at) - epochMsOf(group.postedAt)),
        })),
    );
  pairs.sort(
    (a, b) =>
      a.distance - b.distance ||
      byText(a.group.postedAt, b.group.postedAt) ||
      byText(a.document.at, b.document.at) ||
      byText(a.document.externalId, b.document.externalId),
  );
  for (const { group, document } of pairs) if (!isTied(group) && open.has(document)) open.give(group, document);
}

/** The same amount on the same side, and the same items where both know them; not where both name a shipment. */
function mayBe(group: TiedGroup, document: TieableDocument): boolean {
  if (document.settledElsewhere || !isOnItsSide(document, group.amount) || document.total !== sizeOf(group.amount))
    return false;
  if (group.kind === 'sale' && group.shipmentId !== null && document.shipmentId !== null) return false;
  const skus = new Set(group.rows.flatMap(({ sku }) => sku ?? []));
  return (
    skus.size === 0 ||
    document.skus.length === 0 ||
    (skus.size === new Set(document.skus).size && document.skus.every((sku) => skus.has(sku)))
  );
}

/** What is left of one second is of one event, whatever it comes to on either side: settled for more or less than the document. */
function tieBySecond(groups: readonly TiedGroup[], open: OpenDocuments): void {
  for (const group of groups) {
    if (isTied(group) || group.kind === 'sale') continue;
    open.give(
      group,
      open.of(group).find((document) => document.at === group.postedAt && !document.settledElsewhere),
    );
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sales by order and shipment (without one: by order and instant), refunds and claims by order and instant; what is held by itself. */
function groupRows(rows: readonly TieableRow[]): TiedGroup[] {
  const groups = new Map<string, TieableRow[]>();
  for (const row of rows) {
    const id = row.kind === 'sale' ? (row.shipmentId ?? row.postedAt) : row.postedAt;
    const key = JSON.stringify([row.kind, row.orderId, id, row.held ?? null]);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map(groupOf);
}

function groupOf(members: TieableRow[]): TiedGroup {
  const first = members[0]!;
  return {
    orderId: first.orderId,
    kind: first.kind,
    shipmentId: first.shipmentId,
    postedAt: first.postedAt,
    rows: members,
    amount: sumMinor(members.map((row) => row.amount)),
    document: null,
    documentPurpose: null,
    awaits: null,
  };
}
