import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { mayStop } from '../../config/tax-policy.ts';
import type { Stopped } from '../../contracts/orders/order-activities.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';
import { postDocument } from '../posting/post-document.ts';
import type { PostingCall } from '../posting/posting-call.ts';
import type { PostingIntent } from '../posting/posting-result.ts';
import { heldByMarketplace, releaseHeld } from '../tax/stopped-marketplace.ts';
import { stopOrder } from './stop-order.ts';

/**
 * Posts a document of an order that carries a price, unless its marketplace is stopped; what a person must look at stops the
 * order. Idempotent, as `postDocument` is.
 */
export async function postOfOrder(
  connection: Connection,
  { orderId, marketplace }: { orderId: string; marketplace: string | null },
  intent: PostingIntent,
  call: (dated: JsonObject) => Promise<PostingCall>,
): Promise<{ result: 'posted' | 'planned' } | Stopped> {
  const { db, name, settings } = connection;
  const gated = mayStop(settings, marketplace);
  const externalId = externalIdOf(intent.key);
  const taxed =
    gated && intent.unwritten !== true && (await openExceptionOf(db, name, 'taxed-by-netsuite', externalId)) !== null;
  const gate = () => heldByMarketplace(connection, { orderId, marketplace, externalId });
  const posting = await postDocument(connection, { ...intent, anew: gated, gate }, call);
  if (posting.result === 'held') return { ...posting, result: 'stopped' };
  if (posting.result === 'stopped')
    return stopOrder(connection, orderId, posting, { amount: intent.total, currency: intent.currency });
  // What NetSuite had taxed is mended: with it ends the stop of its marketplace.
  if (taxed && posting.result === 'posted') await releaseHeld(connection);
  return { result: posting.result };
}
