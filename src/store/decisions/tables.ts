/** Tables of decisions, and of who waits for them. */
import type { Generated } from 'kysely';
import type { Instant } from '../columns.ts';

export interface DecisionsTable {
  id: Generated<number>;
  connection: string;
  kind: string;
  key: string;
  spelled: string;
  choice: string;
  units: Generated<number>;
  same_as: string | null;
  decided_by: string;
  why: string | null;
  decided_at: Instant;
}

export interface WaitsTable {
  connection: string;
  kind: string;
  key: string;
  workflow_id: string;
  /** Of these the one whose workflow waits. */
  order_id: string | null;
  settlement_id: string | null;
  since: Instant;
  amount: bigint | null;
  currency: string | null;
}
