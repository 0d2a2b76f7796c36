/**
 * `externalId`, the idempotency key in NetSuite, where it is unique across all transaction types:
 * `AMZ_{connection}_{PURPOSE}_{businessKey}_{part}`.
 */
import { PURPOSES, type Purpose } from '../documents/document-kinds.ts';
import { compactInstant, type Instant } from '../money/instant.ts';
import { keyPart } from './key-part.ts';

export interface DocumentKey<P extends Purpose = Purpose> {
  connection: string;
  purpose: P;
  businessKey: string;
  /** From 1. */
  part: number;
}

const CONNECTION = /^[a-z0-9-]{1,20}$/;
const EXTERNAL_ID = new RegExp(`^AMZ_([a-z0-9-]{1,20})_(${PURPOSES.join('|')})_([A-Za-z0-9-]+)_([1-9]\\d*)$`);

export function isConnectionName(text: string): boolean {
  return CONNECTION.test(text);
}

export function externalIdOf({ connection, purpose, businessKey, part }: DocumentKey): string {
  const id = `AMZ_${connection}_${purpose}_${businessKey}_${part}`;
  if (!EXTERNAL_ID.test(id)) throw new Error(`bug: "${id}" is not an external id`);
  return id;
}

/** Inverse of {@link externalIdOf}; null when the text is not one of ours. */
export function parseExternalId(text: string): DocumentKey | null {
  const match = EXTERNAL_ID.exec(text);
  if (!match) return null;
  return { connection: match[1]!, purpose: match[2] as Purpose, businessKey: match[3]!, part: Number(match[4]) };
}

/** `{PURPOSE} {businessKey} {part}`: how each memo begins, so that duplicates can be looked for without our keys. */
export function memoStart({ purpose, businessKey, part }: Omit<DocumentKey, 'connection'>): string {
  return `${purpose} ${businessKey} ${part}`;
}

/** Business key of a fulfilment and its invoice: `{orderId}-{shipmentId}`, without one its instant. */
export function shipmentKey(orderId: string, shipmentId: string | null, shippedAt: Instant): string {
  return `${keyPart(orderId)}-${shipmentId === null ? compactInstant(shippedAt) : keyPart(shipmentId)}`;
}

/**
 * Business key of a refund's documents: `{orderId}-{refund posted instant}`; the n-th of one order and second, from 2 on,
 * `…-{n}`: Amazon told of it after the documents of those before it had been written down.
 */
export function refundKey(orderId: string, postedAt: Instant, number = 1): string {
  return `${keyPart(orderId)}-${compactInstant(postedAt)}${number === 1 ? '' : `-${number}`}`;
}

const REFUND_KEY = /^(.+)-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(?:-([2-9]|[1-9]\d+))?$/;

/** Inverse of {@link refundKey}, with the order as its key has it ({@link keyPart}); null when the text is no business key of a refund. */
export function parseRefundKey(businessKey: string): { orderId: string; postedAt: Instant; number: number } | null {
  const match = REFUND_KEY.exec(businessKey);
  if (!match) return null;
  const [, orderId, year, month, day, hour, minute, second, number] = match;
  return {
    orderId: orderId!,
    postedAt: `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
    number: Number(number ?? 1),
  };
}
