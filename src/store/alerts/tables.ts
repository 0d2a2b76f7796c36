/** Tables of what is told to whom. */
import type { Generated } from 'kysely';
import type { Instant } from '../columns.ts';

export interface AlertChannelsTable {
  connection: string;
  channel: string;
  since: Instant;
  failing_since_ms: bigint | null;
  tries: Generated<number>;
  again_ms: bigint | null;
  problem: string | null;
  taken_at: Instant | null;
}

export interface AlertMessagesTable {
  id: string;
  connection: string;
  channel: string;
  state: 'sending' | 'sent' | 'unknown';
  sending_ms: bigint;
  made_at: Instant;
  message: string;
}

export interface AlertEventsTable {
  connection: string;
  channel: string;
  key: string;
  kind: string;
  exception: number | null;
  opened: number | null;
  state: 'planned' | 'sending' | 'sent' | 'unknown' | 'failed';
  planned_at: Instant;
  message: string | null;
  retold_in: string | null;
}
