import { orderSubject } from '../../domain/exceptions/exception.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { marketplaceOf } from '../../config/time-zone.ts';
import { loadOrder } from '../../store/orders/orders.ts';
import type { Connection } from '../connection.ts';
import { explainStopped, type StoppedPosting } from '../posting/stopped-posting.ts';
import type { Stopped } from '../../contracts/orders/order-activities.ts';

/** A document that a person must look at: one exception in the inbox, the workflow waits for `tryAgain`. */
export async function stopOrder(
  connection: Connection,
  orderId: string,
  posting: StoppedPosting,
  atStake: { amount: bigint; currency: string } | null,
): Promise<Stopped> {
  const stopped = explainStopped(
    posting,
    `${parseExternalId(posting.externalId)?.purpose ?? 'document'} of order ${orderId}`,
  );
  const exception = await connection.raise({
    code: stopped.code,
    key: stopped.key,
    subject: orderSubject(orderId),
    remedy: {
      kind: 'try-again',
      first: posting.why === 'taxed' ? await untaxed(connection, orderId) : stopped.first,
      of: 'order',
      id: orderId,
    },
    evidence: { what: stopped.what, atStake: atStake?.amount ?? null, currency: atStake?.currency ?? null },
  });
  return { result: 'stopped', exception, sentence: stopped.what };
}

/** What a person does where NetSuite has added tax of its own. */
async function untaxed({ db, name, settings }: Connection, orderId: string): Promise<string> {
  const order = await loadOrder(db, name, orderId);
  const { customer } = marketplaceOf(settings, order?.fact.marketplaceId ?? null);
  return `Give the customer ${customer} and the items of the connection a tax code of 0 % in NetSuite, and the document too (or delete it there)`;
}
