import { orderSubject } from '../../domain/exceptions/exception.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
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
    remedy: { kind: 'try-again', first: stopped.first, of: 'order', id: orderId },
    evidence: { what: stopped.what, atStake: atStake?.amount ?? null, currency: atStake?.currency ?? null },
  });
  return { result: 'stopped', exception, sentence: stopped.what };
}
