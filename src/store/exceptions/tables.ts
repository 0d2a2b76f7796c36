/** Tables of exceptions, of what people wrote about them, and of steps that fail. */
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
  /** How often it has been opened. */
  opened: Generated<number>;
  /** Since when it is open, where it was opened before. */
  reopened_at: Instant | null;
}

/** A word of a person about one opening of an exception. */
export interface ExceptionNotesTable {
  audit: number;
  exception: number;
  opened: number;
  by: string;
  why: string;
  at: Instant;
  reason: string | null;
  reference: string | null;
  assignee: string | null;
  snoozed_until: string | null;
  comes_back_at: Instant | null;
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
