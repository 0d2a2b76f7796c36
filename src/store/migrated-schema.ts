/** The tables as a process finds them at its start: brought up to date where it may, else looked at. */
import { sql, type Kysely } from 'kysely';
import { TieoutError } from '../errors/tieout-error.ts';
import { openStore } from './database.ts';
import { migrate, MIGRATION_NAMES } from './migrate.ts';
import { grantProductRole, keepFrom, makeRoleIfMissing } from './roles.ts';

/**
 * With the owner's address the owner migrates, and the role of `databaseUrl` may work with the tables afterwards; where it
 * does not exist it is made. Without it, a role that owns the tables migrates itself (a single address is enough), and
 * one that does not finds them as this version needs them, or is refused.
 * @throws TieoutError `postgres`
 */
export async function prepareSchema(databaseUrl: string, ownerUrl: string | null): Promise<void> {
  const store = openStore(ownerUrl ?? databaseUrl, { max: 1 });
  try {
    if (ownerUrl === null) await prepareAlone(store.db);
    else await prepareFor(store.db, databaseUrl, ownerUrl);
  } finally {
    await store.close();
  }
}

async function prepareFor<DB>(db: Kysely<DB>, databaseUrl: string, ownerUrl: string): Promise<void> {
  const product = userOf(databaseUrl);
  if (product.name === userOf(ownerUrl).name) return migrate(db);
  await makeRoleIfMissing(db, product.name, product.password);
  await grantProductRole(db, product.name);
  await migrate(db);
  await keepFrom(db, product.name);
}

async function prepareAlone<DB>(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ known: boolean; owns: boolean | null }>`
    select to_regclass('kysely_migration') is not null as known, coalesce(
      (select pg_has_role(relowner, 'usage') from pg_class where oid = to_regclass('kysely_migration')), has_schema_privilege(current_schema(), 'create')) as owns`.execute(
    db,
  );
  const { known, owns } = rows[0]!;
  if (owns === true) return migrate(db);
  const ran = known
    ? (await sql<{ name: string }>`select name from kysely_migration`.execute(db)).rows.map(({ name }) => name)
    : [];
  const missing = MIGRATION_NAMES.filter((name) => !ran.includes(name));
  const newer = ran.filter((name) => !MIGRATION_NAMES.includes(name));
  if (missing.length === 0 && newer.length === 0) return;
  throw new TieoutError({
    code: 'postgres',
    what: 'The tables are not those of this version.',
    notDone: 'Nothing was started.',
    where: [
      ...(missing.length === 0 ? [] : [`not migrated yet: ${missing.join(', ')}`]),
      ...(newer.length === 0 ? [] : [`of a newer version: ${newer.join(', ')}`]),
    ],
    why: 'the role of DATABASE_URL does not own the tables',
    do: [
      missing.length === 0
        ? 'run the version that migrated them'
        : 'let their owner migrate them: DATABASE_OWNER_URL=postgres://OWNER:PASSWORD@HOST/DATABASE node --import tsx src/workers/migrate-main.ts',
    ],
  });
}

function userOf(url: string): { name: string; password: string } {
  const { username, password } = new URL(url);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}
