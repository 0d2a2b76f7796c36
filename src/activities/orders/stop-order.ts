import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import type { ExceptionCode } from '../../domain/exceptions/exception.ts';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { raise } from '../../store/exceptions.ts';
import type { Dependencies } from '../dependencies.ts';
import type { PostingResult } from '../posting/post-document.ts';
import type { Stopped } from './order-results.ts';

const CODES: Record<'period' | 'refused' | 'differs', { code: ExceptionCode; owner: 'finance' | 'operations' }> = {
  period: { code: 'period-closed', owner: 'finance' },
  refused: { code: 'netsuite-refused', owner: 'operations' },
  differs: { code: 'document-differs', owner: 'finance' },
};

/** A document that a person must look at: one exception in the inbox, the workflow waits for `tryAgain`. */
export async function stopOrder(
  deps: Dependencies, connection: string, orderId: string,
  posting: Extract<PostingResult, { result: 'stopped' }>, atStake: { amount: bigint; currency: string } | null,
): Promise<Stopped> {
  const { code, owner } = CODES[posting.why];
  const purpose = parseExternalId(posting.externalId)?.purpose ?? 'document';
  const what = `${posting.why === 'differs' ? 'Not posted:' : 'NetSuite refused'} ${purpose} of order ${orderId}: ${posting.sentence}`;
  const exception = await raise(deps.store.db, connection, {
    code, key: posting.externalId, owner, what, act: `Mend it, then send tryAgain to ${orderWorkflowId(connection, orderId)}`,
    atStake: atStake?.amount ?? null, currency: atStake?.currency ?? null, subject: `order:${orderId}`,
  }, await deps.now());
  return { result: 'stopped', exception, sentence: what };
}
