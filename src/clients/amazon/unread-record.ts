import { createHash } from 'node:crypto';
import type { Instant } from '../../domain/money/instant.ts';

/** A record of an answer that Amazon's model does not allow: it is put aside, and the rest is read. */
export interface UnreadRecord {
  record: 'order' | 'transaction' | 'event group' | 'report' | 'inbound shipment' | 'inbound item' | 'inventory of';
  /** Where it has none, what its text hashes to, so that the same one is known again. */
  id: string;
  /** Of which it tells, as far as that can be read. */
  orderId: string | null;
  field: string;
  text: string;
  why: string;
  /** When Amazon changed it, or it happened; null where that cannot be read. */
  since: Instant | null;
  /** Of an event group or a report: the time of its settlement, as far as that can be read. */
  span?: { start: Instant; end: Instant };
}

/** The same for the same record, whatever cannot be read of it. */
export function fingerprint(payload: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([payload]))
    .digest('hex')
    .slice(0, 12);
}
