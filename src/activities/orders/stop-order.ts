import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { CATALOGUE } from '../../errors/catalogue.ts';
import { raise } from '../../store/exceptions.ts';
import type { Dependencies } from '../dependencies.ts';
import { explainStopped, type StoppedPosting } from '../posting/stopped-posting.ts';
import type { Stopped } from './order-results.ts';

/** A document that a person must look at: one exception in the inbox, the workflow waits for `tryAgain`. */
export async function stopOrder(
  deps: Dependencies, connection: string, orderId: string, posting: StoppedPosting, atStake: { amount: bigint; currency: string } | null,
): Promise<Stopped> {
  const stopped = explainStopped(posting, `${parseExternalId(posting.externalId)?.purpose ?? 'document'} of order ${orderId}`);
  const exception = await raise(deps.store.db, connection, {
    ...stopped, owner: CATALOGUE[stopped.code].owner, act: `Mend it, then send tryAgain to ${orderWorkflowId(connection, orderId)}`,
    atStake: atStake?.amount ?? null, currency: atStake?.currency ?? null, subject: `order:${orderId}`,
  }, await deps.now());
  return { result: 'stopped', exception, sentence: stopped.what };
}
