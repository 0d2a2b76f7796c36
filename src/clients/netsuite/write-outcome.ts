import { headerOf, type HttpAnswer } from '../http/http-exchange.ts';
import { classifyRefusal } from './classify-refusal.ts';
import { readErrorBody } from './error-body.ts';
import type { WriteOutcome } from './netsuite-client.ts';

const THROTTLED: WriteOutcome = { outcome: 'throttled', reason: 'concurrency limit' };

/**
 * What an answer to a write proves. Posted needs positive proof: 2xx with the id. Anything that cannot be read is
 * unknown, because the document may be there.
 * @param knownId the id of the record that was changed, for a write that creates none
 */
export function writeOutcomeOf(answer: HttpAnswer, knownId: string | null): WriteOutcome {
  const { status, text } = answer;
  // 202 would be the receipt of an asynchronous job, which we never ask for.
  if (status >= 200 && status < 300 && status !== 202) {
    const id = knownId ?? idOfLocation(headerOf(answer, 'location'));
    return id ? { outcome: 'posted', id } : { outcome: 'unknown', reason: `HTTP ${status} without a Location` };
  }
  if (status === 429) return THROTTLED;
  if (status < 400 || status >= 500) return { outcome: 'unknown', reason: `HTTP ${status}` };
  const failure = readErrorBody(status, text);
  if (status === 401) return { outcome: 'unauthorised', failure: failure ?? { status, title: '', details: [] } };
  if (!failure) return { outcome: 'unknown', reason: `HTTP ${status} with an unreadable answer` };
  const refusal = classifyRefusal(failure);
  if (refusal === 'throttled') return THROTTLED;
  if (refusal === 'duplicate') return { outcome: 'duplicate', failure };
  if (status === 403 && refusal === 'other') return { outcome: 'unauthorised', failure };
  return { outcome: 'rejected', class: refusal, failure };
}

/** `…/record/v1/journalEntry/4711` is record 4711 (NSHELP section_1545141395). */
function idOfLocation(location: string | null): string | null {
  return /\/([A-Za-z0-9_-]+)\/?$/.exec(location ?? '')?.[1] ?? null;
}
