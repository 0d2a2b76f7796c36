/** The record of what people did, read back, and whether it still stands as it was written. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { Database } from '../database.ts';

/** `at` to the microsecond in UTC, as the hash has it. */
export interface AuditRow {
  id: number;
  connection: string;
  action: string;
  detail: unknown;
  by: string;
  why: string | null;
  at: string;
  previous: string | null;
  hash: string;
}

/** What an end of the chain says of all before it: kept elsewhere, it shows whether anything was cut off. */
export interface ChainEnd {
  number: number;
  hash: string;
}

export type ChainFound =
  | { entries: number; end: ChainEnd | null; broken: null }
  | { entries: number; end: ChainEnd | null; broken: { number: number; what: string } };

const PAGE = 1000;
const COLUMNS = sql`id, connection, action, detail, decided_by as by, why, previous, hash,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;

/** Rows from a number on, oldest first. */
async function auditPage(db: Database, after: number): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${COLUMNS} from audit where id > ${after} order by id limit ${PAGE}`.execute(db);
  return rows;
}

/** The last entries of a connection, the newest first. */
export async function lastAudit(db: Database, connection: string, most: number | null): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${COLUMNS} from audit where connection = ${connection} order by id desc limit ${most}`.execute(db);
  return rows;
}

/** What was decided in a connection between two instants, and about a month whenever that was; oldest first. */
export async function auditOfMonth(
  db: Database,
  connection: string,
  { from, until, period }: { from: string; until: string; period: string },
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${COLUMNS} from audit where connection = ${connection}
      and ((at >= ${from} and at < ${until}) or detail ->> 'period' = ${period}) order by id`.execute(db);
  return rows;
}

/** SHA-256 of the hash before and what the row says, worked out apart from the database that wrote it. */
export function auditHash({ previous, hash: _written, ...said }: AuditRow): string {
  return createHash('sha256')
    .update((previous ?? '') + canonicalJson(said))
    .digest('hex');
}

/**
 * Goes through the whole chain, of all connections: each row's hash is worked out again, and must be the next one's
 * `previous`. What was cut off at the end leaves no trace in the rest: `expected`, an end that was noted before, must
 * still be there.
 */
export async function verifyAudit(db: Database, expected: ChainEnd | null = null): Promise<ChainFound> {
  let end: ChainEnd | null = null;
  let entries = 0;
  let seen = expected === null;
  const broken = (number: number, what: string): ChainFound => ({ entries, end, broken: { number, what } });
  for (let page = await auditPage(db, 0); page.length > 0; page = await auditPage(db, end!.number)) {
    for (const row of page) {
      if (row.previous !== (end?.hash ?? null))
        return broken(
          row.id,
          end === null
            ? 'the first entries are gone'
            : `it does not follow entry ${end.number}: entries between them are gone, or ${end.number} was written anew`,
        );
      if (auditHash(row) !== row.hash) return broken(row.id, 'it says something else than when it was written');
      if (expected?.number === row.id) {
        if (expected.hash !== row.hash) return broken(row.id, 'its hash is not the one that was noted');
        seen = true;
      }
      end = { number: row.id, hash: row.hash };
      entries += 1;
    }
  }
  if (!seen) return broken(expected!.number, 'it is gone, though it was noted');
  return { entries, end, broken: null };
}
