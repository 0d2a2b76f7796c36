/**
 * Two roles: the owner of the tables, who migrates, and the product's, whom workers and commands use. The product's role
 * reads and changes rows; it can neither create nor alter nor empty a table, nor run a program.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';

/** Postgres 17 is the first with a right to ANALYZE and VACUUM that is not the owner's. */
const FIRST_WITH_MAINTAIN = 170_000;

/**
 * What Postgres keeps of a password (RFC 5802, in the form of its catalogue: `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey`).
 * Handed over in place of the password, so that the password itself stands in no statement, no file of the server and no
 * log. Iterations make guessing slow; passwords of 32 random bytes are not guessed, so a single one keeps nothing back
 * and every new connection quick.
 */
export function scramVerifier(password: string, iterations = 1): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyed = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}

/** Lets a role work with all tables that are there and all that the owner, who says this, makes later. Granting again changes nothing. */
export async function grantProductRole<DB>(db: Kysely<DB>, role: string): Promise<void> {
  await oneAtATime(db, async (tx) => {
    const { rows } = await sql<{
      schema: string;
      version: number;
    }>`select current_schema() as schema, current_setting('server_version_num')::int as version`.execute(tx);
    const { schema, version } = rows[0]!;
    const rights = sql.raw(`select, insert, update, delete${version >= FIRST_WITH_MAINTAIN ? ', maintain' : ''}`);
    const [into, to] = [sql.id(schema), sql.id(role)];
    await sql`grant usage on schema ${into} to ${to}`.execute(tx);
    await sql`grant ${rights} on all tables in schema ${into} to ${to}`.execute(tx);
    await sql`grant usage, select on all sequences in schema ${into} to ${to}`.execute(tx);
    await sql`alter default privileges in schema ${into} grant ${rights} on tables to ${to}`.execute(tx);
    await sql`alter default privileges in schema ${into} grant usage, select on sequences to ${to}`.execute(tx);
  });
}

/** Which migrations ran is for the owner to write, and a role may read it; to the record of what people did it may only add. */
export async function keepFrom<DB>(db: Kysely<DB>, role: string): Promise<void> {
  await oneAtATime(db, async (tx) => {
    await sql`revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${sql.id(role)}`.execute(
      tx,
    );
    await sql`revoke update, delete on audit from ${sql.id(role)}`.execute(tx);
  });
}

/** Postgres refuses two changes at a time to the rights of one table; several processes may begin at once. */
async function oneAtATime<DB>(db: Kysely<DB>, work: (tx: Kysely<DB>) => Promise<unknown>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('tieout product role', 0))`.execute(tx);
    await work(tx);
  });
}

/** Makes a role that may sign in, where there is none of that name; one that is there keeps its password. For passwords that people choose, with the iterations that Postgres takes by default. */
export async function makeRoleIfMissing<DB>(db: Kysely<DB>, role: string, password: string): Promise<void> {
  const known = await sql`select 1 from pg_roles where rolname = ${role}`.execute(db);
  if (known.rows.length > 0) return;
  await sql`create role ${sql.id(role)} login password ${sql.lit(scramVerifier(password, 4096))}`
    .execute(db)
    .catch((error: unknown) => {
      // 42710, 23505: made by another process since.
      const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
      if (code !== '42710' && code !== '23505') throw error;
    });
}
