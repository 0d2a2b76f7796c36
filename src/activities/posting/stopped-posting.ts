import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import type { PostingResult } from './post-document.ts';

export type StoppedPosting = Extract<PostingResult, { result: 'stopped' }>;

/** A document that is not even sent: the period of its day takes nothing. */
export function closedPeriod(externalId: string, { sentence }: { sentence: string }): StoppedPosting {
  return { result: 'stopped', externalId, why: 'period', sentence };
}

const CODES = { period: 'period-closed', refused: 'netsuite-refused', differs: 'document-differs' } as const satisfies Record<StoppedPosting['why'], ExceptionCode>;

/** A posting that a person must look at, as an exception: `document` is what people call it. */
export function explainStopped({ why, externalId, sentence }: StoppedPosting, document: string) {
  return { code: CODES[why], key: externalId, what: `${why === 'differs' ? 'Not posted:' : 'NetSuite refused'} ${document}: ${sentence}` };
}
