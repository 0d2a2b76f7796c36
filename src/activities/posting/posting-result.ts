/** What posting a document takes, and what came of it. */
import type { RejectionClass } from '../../clients/netsuite/netsuite-client.ts';
import type { DocumentIntent } from '../../store/documents/documents.ts';

export type PostingResult =
  | { result: 'posted'; externalId: string; netsuiteId: string }
  /** The connection only plans. */
  | { result: 'planned'; externalId: string }
  /** A person must act; `sentence` says why, `class` what a refusal is about. */
  | {
      result: 'stopped';
      externalId: string;
      why: 'period' | 'refused' | 'differs' | 'taxed';
      sentence: string;
      class?: RejectionClass;
    };

export type PostingIntent = DocumentIntent & {
  /** The caller has just seen that nothing is written down under the key, which spares looking. */
  unwritten?: boolean;
  /** Type, day and total of what NetSuite made of it are read back and compared at once, not only when its payout is proven. */
  compared?: boolean;
  /** What was written down and never sent is made anew: settings may have changed since the connection only planned. */
  anew?: boolean;
};

/** Asked just before a document is sent: what holds it, or null. */
export type Gate<Held> = () => Promise<Held | null>;
