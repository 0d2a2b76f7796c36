import { mayStop } from '../../config/tax-policy.ts';
import type { ConnectionSettings } from '../../config/connection.ts';
import { isMultiChannelSale } from '../../domain/identifiers/multi-channel.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import { isMultiChannel } from '../../domain/orders/sales-order.ts';
import { givesBackTooMuchTax } from '../../domain/tax/above-price.ts';
import { loadOrder } from '../../store/orders/orders.ts';
import type { Connection } from '../connection.ts';
import { raiseNotListed } from '../payouts/leave-alone.ts';
import { keepRefund, unknownRefunds } from './keep-refunds.ts';
import { keepTransactions, marketplaceElsewhere } from './keep-transactions.ts';
import { raiseDrift } from './raise-drift.ts';
import { raiseUnread, resolveRead } from './raise-unread.ts';

type Page = Awaited<ReturnType<Connection['amazon']['listTransactions']>>;

/**
 * Keeps a page of Finances, whoever read it: each transaction as it is told, and refunds besides. Of a sale that another system
 * owns, and of a marketplace that the connection does not list, a refund is kept and told nobody: no document of ours is ever
 * made for it. Idempotent: a transaction counts once.
 * @returns how many refunds since the cut-over it has
 */
export async function keepFinances(connection: Connection, page: Page, now: string): Promise<number> {
  const { settings } = connection;
  await keepTransactions(connection, page.transactions);
  const ours = page.refunds
    .filter((refund) => refund.postedAt >= settings.cutOver)
    .map((refund) => withoutBadTax(settings, refund));
  for (const refund of await unknownRefunds(connection, ours)) {
    const elsewhere = marketplaceElsewhere(settings, refund.marketplaceName);
    const state = elsewhere === null ? await whoseRefund(connection, refund) : 'left-alone';
    if (elsewhere !== null) await raiseNotListed(connection, [elsewhere], `a refund of order ${refund.orderId}`);
    await keepRefund(connection, refund, state, now);
  }
  if (page.drift.length > 0) await raiseDrift(connection, page.drift);
  await raiseUnread(connection, page.unread, { what: 'refunds', since: settings.cutOver });
  await resolveRead(
    connection,
    'transaction',
    page.transactions.map(({ transactionId }) => transactionId),
  );
  return ours.length;
}

/**
 * Whether a refund is ours to book: by the order in the store, by what Finances says of who fulfilled it, by the order at
 * Amazon, and where nobody knows by the settlement's row, which is awaited.
 */
async function whoseRefund(connection: Connection, refund: RefundFact): Promise<'new' | 'awaits-row' | 'left-alone'> {
  const { settings, amazon } = connection;
  if (isMultiChannelSale(refund.orderId, refund.marketplaceName)) return 'left-alone';
  const known = await loadOrder(connection.db, connection.name, refund.orderId);
  if (known !== null) return known.state === 'left-alone' || isMultiChannel(known.fact) ? 'left-alone' : 'new';
  if (settings.merchantFulfilled === 'ours') return 'new';
  if (refund.fulfilledBy !== undefined) return refund.fulfilledBy === 'MERCHANT' ? 'left-alone' : 'new';
  const { order, unread } = await amazon.getOrder(refund.orderId);
  await raiseUnread(connection, unread, { what: 'orders', since: settings.cutOver });
  if (order === null) return 'awaits-row';
  return order.fulfilledBy === 'MERCHANT' || isMultiChannel(order) ? 'left-alone' : 'new';
}

/** One that gives back more tax than price cannot be booked as it is told: a person looks, as at one with an unknown part. */
function withoutBadTax(settings: ConnectionSettings, refund: RefundFact): RefundFact {
  if (!mayStop(settings, refund.marketplaceName) || !refund.items.some(givesBackTooMuchTax)) return refund;
  return { ...refund, incomplete: true };
}
