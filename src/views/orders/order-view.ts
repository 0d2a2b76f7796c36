import { timeZoneOf } from '../../config/time-zone.ts';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { isKind } from '../../domain/documents/document-plans.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { explainOrder, type OrderEvent } from '../../domain/orders/explain-order.ts';
import { packsOf } from '../../domain/orders/item-units.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { orderStatus, type OrderSettled, type OrderStatus } from '../../store/orders/order-status.ts';
import { documentView, type DocumentView } from '../documents/posted-document.ts';
import { linkTo, type ConnectionSource } from '../view-source.ts';

/** What one payout settles of an order. */
export interface OrderPayoutView {
  settlementId: string;
  state: string;
  rows: number;
  amount: string;
  currency: string;
  bankLine: { date: string; amount: string } | null;
}

export interface OrderView {
  connection: string;
  orderId: string;
  /** In words: `settled`, `waits for Operations`. */
  state: string;
  amount: string | null;
  currency: string | null;
  documents: DocumentView[];
  /** SKUs that are packs, and how many units of its item one of each is in the Sales Order. */
  packs: { sku: string; units: number }[];
  payouts: OrderPayoutView[];
  claims: OrderStatus['claims'];
  waitsFor: string | null;
  /** The command that moves it on. */
  next: string | null;
  /** Numbers of the open exceptions about it. */
  exceptions: number[];
  workflowId: string;
  link: string | null;
  /** What happened at Amazon and in NetSuite, and what happened to the money; by days. */
  events: OrderEvent[];
  money: OrderEvent[];
}

/** @throws TieoutError `not-found` where neither Amazon, NetSuite nor a settlement named the order */
export async function orderView(source: ConnectionSource, orderId: string): Promise<OrderView> {
  const { name: connection } = source.settings;
  const status = await orderStatus(source.store.db, connection, orderId);
  if (status === null) throw unknownOrder(connection, orderId);
  const story = explainOrder(status, timeZoneOf(source.settings, status.order?.fact.marketplaceId ?? null));
  const workflowId = orderWorkflowId(connection, orderId);
  return {
    connection,
    orderId,
    state: story.state,
    amount: story.amount === null ? null : formatMinor(story.amount.minor, story.amount.currency),
    currency: story.amount?.currency ?? null,
    documents: status.documents.map(documentView),
    packs: packsOf(status.documents.flatMap((document) => (isKind(document, 'SO') ? document.plan.lines : []))),
    payouts: status.settled.map(payoutOf),
    claims: status.claims,
    waitsFor: story.waitsFor,
    next: story.next,
    exceptions: status.exceptions.map(({ id }) => id),
    workflowId,
    link: linkTo(source, workflowId),
    events: story.events,
    money: story.money,
  };
}

function payoutOf({
  settlementId,
  state,
  rows,
  amount,
  currency,
  bankDate,
  bankAmount,
}: OrderSettled): OrderPayoutView {
  return {
    settlementId,
    state,
    rows,
    amount: formatMinor(amount, currency),
    currency,
    bankLine:
      bankDate === null || bankAmount === null ? null : { date: bankDate, amount: formatMinor(bankAmount, currency) },
  };
}

function unknownOrder(connection: string, orderId: string): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `Order ${orderId} is not known.`,
    notDone: 'Nothing was done.',
    where: [`connection ${connection}`],
    do: ['compare it with Seller Central; an order shows up within one poll after it was placed'],
  });
}
