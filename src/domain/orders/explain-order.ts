/** Where an order stands, in words: its events by date, what it waits for, and the command that moves it on. */
import { isSalesPurpose, type Purpose } from '../documents/document-kinds.ts';
import { renderDocument } from '../identifiers/render-document.ts';
import { dayIn, type Day, type Instant } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { renderAmount } from '../money/render-amount.ts';
import { quoted } from '../exceptions/render-remedy.ts';
import { planSalesOrder } from './sales-order.ts';
import type { OrderFact } from './order-facts.ts';

/** A document as the outbox holds it. */
export interface OrderDocument {
  externalId: string;
  key: { purpose: Purpose };
  state: string;
  netsuiteId: string | null;
  tranId: string | null;
  date: Day;
  trueDay: Day | null;
  total: bigint;
  currency: CurrencyCode;
}

export interface KnownOrder {
  orderId: string;
  order: { fact: OrderFact; state: string; blockedBy: string | null } | null;
  documents: readonly OrderDocument[];
  settled: readonly {
    settlementId: string;
    firstRow: Instant;
    bankDate: Day | null;
    bankAmount: bigint | null;
    currency: CurrencyCode;
  }[];
  applied: readonly { document: string; amount: bigint }[];
  /** Refunds that are claims of a settlement, whose journal owns them. */
  claims: readonly { postedAt: Instant; settlementId: string }[];
  exceptions: readonly { id: number; code?: string }[];
}

export interface OrderEvent {
  date: Day;
  what: string;
}

export interface OrderStory {
  state: string;
  amount: { minor: bigint; currency: CurrencyCode } | null;
  /** At Amazon and in NetSuite. */
  events: OrderEvent[];
  /** In payouts and at the bank. */
  money: OrderEvent[];
  waitsFor: string | null;
  next: string | null;
}

/** `timeZone` is that of the books. */
export function explainOrder(known: KnownOrder, timeZone: string): OrderStory {
  const { order, exceptions } = known;
  const stopped = exceptions[0];
  const standing = standingOf(known);
  return {
    state: standing.state,
    amount: amountOf(known),
    events: eventsOf(known, timeZone),
    money: moneyOf(known, timeZone),
    waitsFor: standing.waitsFor,
    next:
      standing.next ??
      (stopped === undefined || order?.state === 'cancelled' ? null : `npx tieout exceptions ${stopped.id}`),
  };
}

type Standing = Pick<OrderStory, 'state' | 'waitsFor' | 'next'>;

function standingOf(known: KnownOrder): Standing {
  const { order, documents, exceptions } = known;
  const at = (state: string, waitsFor: string | null, next: string | null = null): Standing => ({
    state,
    waitsFor,
    next,
  });
  const open = documents.filter((document) => isSalesPurpose(document.key.purpose) && !isSettled(known, document));
  const billed = documents.some((document) => isSalesPurpose(document.key.purpose));
  switch (order?.state) {
    case undefined:
      // Known by a refund or a settlement alone.
      if (documents.length === 0 && known.claims.length > 0) return at('settled as a claim', null);
      if (documents.length === 0)
        return at(
          'not taken in',
          isUnread(known) ? 'Amazon to tell it so that it can be read' : 'Amazon to show it to an intake',
        );
      return open.length === 0 ? at('settled', null) : at('refunded', 'a payout that settles it');
    case 'cancelled':
      return at('cancelled', null);
    case 'left-alone':
      return documents.length === 0
        ? at('left to another system', null)
        : at('booked here, owned by another system', 'a person to take our documents back in NetSuite');
    case 'pending':
      return at('pending at Amazon', 'Amazon: it has no price yet');
    case 'planned':
      return at('planned only', 'posting to be set to live');
    case 'seen':
      return at('seen', 'its Sales Order, which comes by itself');
    case 'waits': {
      const sku = order.blockedBy?.split(', ')[0] ?? 'SKU';
      return at(
        'waits for Operations',
        `a NetSuite item for SKU ${order.blockedBy ?? ''}`.trimEnd(),
        `npx tieout map-sku ${quoted(sku)} ITEM --why "…"`,
      );
    }
  }
  if (
    order?.state === 'stopped' ||
    documents.some((document) => document.state === 'rejected' || document.state === 'conflict')
  )
    return at('waits for a person', exceptions.length === 0 ? 'a look at NetSuite' : 'what NetSuite refused');
  if (order?.state === 'ordered')
    return at(
      billed ? 'dispatched in part' : 'ordered',
      isUnread(known) ? 'its row of the shipments report, which cannot be read' : 'Amazon to dispatch it',
    );
  if (open.length > 0) return at('dispatched and billed', 'a payout that settles it');
  return at(billed ? 'settled' : 'dispatched', null);
}

/** Something that Amazon tells of it cannot be read; what stops it else is said first. */
const isUnread = ({ exceptions }: KnownOrder): boolean => exceptions.some(({ code }) => code === 'input-unreadable');

/** Payouts have applied a document's whole amount; one of nothing needs none. */
function isSettled({ applied }: KnownOrder, document: OrderDocument): boolean {
  return (
    sumMinor(
      applied
        .filter((application) => application.document === document.externalId)
        .map((application) => application.amount),
    ) === document.total
  );
}

function amountOf({ order, documents }: KnownOrder): OrderStory['amount'] {
  const placed = documents.find((document) => document.key.purpose === 'SO');
  if (placed) return { minor: placed.total, currency: placed.currency };
  if (order === null) return null;
  const plan = planSalesOrder('status', order.fact, 'UTC');
  return plan === null ? null : { minor: plan.total, currency: plan.currency };
}

function eventsOf({ order, documents }: KnownOrder, timeZone: string): OrderEvent[] {
  const seen = order === null ? [] : [{ date: dayIn(order.fact.purchasedAt, timeZone), what: 'ordered at Amazon' }];
  const [placed, later] = [
    documents.filter((document) => document.key.purpose === 'SO'),
    documents.filter((document) => document.key.purpose !== 'SO'),
  ].map((some) =>
    joinedByDay(some.map((document) => ({ date: document.date, what: renderBooked(document) })).sort(byDay)),
  );
  return [...seen, ...placed!, ...later!];
}

/** Booked on another day than its own, since the period of that day was closed. */
function renderBooked(document: OrderDocument): string {
  return document.trueDay === null
    ? renderDocument(document)
    : `${renderDocument(document)} (true day ${document.trueDay})`;
}

function moneyOf({ settled, claims }: KnownOrder, timeZone: string): OrderEvent[] {
  const asClaims = claims.map(({ postedAt, settlementId }) => ({
    date: dayIn(postedAt, timeZone),
    what: `refund is the claim in payout ${settlementId}`,
  }));
  return [
    ...asClaims,
    ...settled.flatMap(({ settlementId, firstRow, bankDate, bankAmount, currency }) => [
      { date: dayIn(firstRow, timeZone), what: `in payout ${settlementId}` },
      ...(bankDate === null || bankAmount === null
        ? []
        : [{ date: bankDate, what: `bank line ${renderAmount(bankAmount, currency)}` }]),
    ]),
  ].sort(byDay);
}

/** Documents of one day on one line: `IF 4711, INV 4490`. */
function joinedByDay(events: readonly OrderEvent[]): OrderEvent[] {
  const joined: OrderEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (last?.date === event.date) last.what += `, ${event.what}`;
    else joined.push({ ...event });
  }
  return joined;
}

function byDay(a: OrderEvent, b: OrderEvent): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
}
