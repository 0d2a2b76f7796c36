import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import type { PostingResult } from './posting-result.ts';

export type StoppedPosting = Extract<PostingResult, { result: 'stopped' }>;

const CODES = {
  period: 'period-closed',
  refused: 'netsuite-refused',
  differs: 'document-differs',
  taxed: 'taxed-by-netsuite',
} as const satisfies Record<StoppedPosting['why'], ExceptionCode>;

/** A posting that a person must look at, as an exception: `document` is what people call it, `first` what comes before trying again. */
export function explainStopped({ why, externalId, sentence }: StoppedPosting, document: string) {
  const first =
    why === 'period' ? 'Open the period in NetSuite, or set closedPeriod: first-open-day and start again' : 'Mend it';
  return {
    code: CODES[why],
    key: externalId,
    first,
    what: `${why === 'refused' ? 'NetSuite refused' : 'Not posted:'} ${document}: ${sentence}`,
  };
}
