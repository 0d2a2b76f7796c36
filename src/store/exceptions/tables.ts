/** Tables of exceptions, and of steps that fail. */
import type { Generated } from 'kysely';
import type { Instant, Json } from '../columns.ts';

export interface ExceptionsTable {
  id: Generated<number>;
  connection: string;
  code: string;
  key: string;
  subject_kind: string;
  subject_id: string;
  payout: string | null;
  what: string;
  remedy: Json;
  at_stake: bigint | null;
  currency: string | null;
  opened_at: Instant;
  closed_at: Instant | null;
  resolution: string | null;
}

/** A step that has failed and not worked since; real time in milliseconds. */
export interface StepFailuresTable {
  connection: string;
  key: string;
  workflow_id: string;
  scheduled_ms: bigint;
  first_failed_ms: bigint;
  heard_ms: bigint;
  attempt: number;
}
