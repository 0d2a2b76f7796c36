import { heartbeat } from '@temporalio/activity';
import type { ConnectionSettings } from '../../config/connection.ts';
import { mayStop } from '../../config/tax-policy.ts';
import { isMultiChannelSale } from '../../domain/identifiers/multi-channel.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import { givesBackTooMuchTax } from '../../domain/tax/above-price.ts';
import { isMultiChannel } from '../../domain/orders/sales-order.ts';
import { loadOrder } from '../../store/orders/orders.ts';
import { settleAwaitedRefunds } from '../../store/orders/refunds.ts';
import { unclearOfOthers } from '../../store/orders/unclear-refunds.ts';
import type { Connection } from '../connection.ts';
import { raiseNotListed } from '../payouts/leave-alone.ts';
import { beginReading } from './begin-reading.ts';
import { keepRefund, unknownRefunds } from './keep-refunds.ts';
import { keepTransactions, marketplaceElsewhere } from './keep-transactions.ts';
import { raiseDrift } from './raise-drift.ts';
import { readPages } from './read-pages.ts';

/** Finances shows events up to 48 hours late. */
export const OVERLAP_MS = 72 * 3_600_000;

/**
 * Transactions of every kind from Finances since the last time, which tells those of the whole region, in one reading of its
 * pages: each is kept as it is told, and refunds are taken in besides. Of a sale that another system owns, and
 * of a marketplace that the connection does not list, a refund is kept and told nobody: no document of ours is ever made for
 * it. Idempotent: a transaction counts once.
 */
export async function takeInRefunds(connection: Connection): Promise<{ seen: number }> {
  const { settings, amazon } = connection;
  const begin = await beginReading(connection, 'refunds', OVERLAP_MS);
  if (begin === null) return { seen: 0 };
  const now = await connection.now();
  await settleAwaitedRefunds(connection.db, connection.name);
  for (const refund of await unclearOfOthers(connection.db, connection.name))
    await keepRefund(connection, refund, 'left-alone', now);
  let seen = 0;
  await readPages(connection, 'refunds', begin, async (since, token) => {
    const page = await amazon.listTransactions({ postedAfter: since, ...(token === null ? {} : { nextToken: token }) });
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
    seen += ours.length;
    if (page.drift.length > 0) await raiseDrift(connection, page.drift);
    heartbeat(seen);
    return { nextToken: page.nextToken, upTo: page.upTo };
  });
  return { seen };
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
  const order = await amazon.getOrder(refund.orderId);
  if (order === null) return 'awaits-row';
  return order.fulfilledBy === 'MERCHANT' || isMultiChannel(order) ? 'left-alone' : 'new';
}

/** One that gives back more tax than price cannot be booked as it is told: a person looks, as at one with an unknown part. */
function withoutBadTax(settings: ConnectionSettings, refund: RefundFact): RefundFact {
  if (!mayStop(settings, refund.marketplaceName) || !refund.items.some(givesBackTooMuchTax)) return refund;
  return { ...refund, incomplete: true };
}
