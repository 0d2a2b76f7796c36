import type { Generated } from 'kysely';
import type { Instant, Json } from '../columns.ts';

/** `previous` and `hash` are the database's: nobody writes them. */
export interface AuditTable {
  id: Generated<number>;
  connection: string;
  action: string;
  detail: Json;
  decided_by: string;
  why: string | null;
  at: Instant;
  previous: Generated<string | null>;
  hash: Generated<string>;
}
