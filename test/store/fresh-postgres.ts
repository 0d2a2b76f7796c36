import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { takePort } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { prepareSchema } from '../../src/store/migrated-schema.ts';

/** `url` and `store` are of the product's role; `ownerUrl` of the tables' owner. */
export interface FreshPostgres {
  url: string;
  ownerUrl: string;
  store: Store;
  /** What the product's role may not do: empty or change a table. */
  asOwner(statement: string): Promise<void>;
  stop(): Promise<void>;
}

/** Nobody but the product itself, or the test, learns what is in the tables. */
export const NO_AUTOVACUUM = `do $$ declare found regclass; begin
  for found in select oid::regclass from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop execute format('alter table %s set (autovacuum_enabled = false)', found); end loop; end $$`;

/** A real Postgres with our tables and nothing in them. */
export async function startFreshPostgres(): Promise<FreshPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-store-'));
  // Walked through by the user that Postgres runs as where we are root.
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({
    port: (await takePort(0))!,
    dataFolder: join(folder, 'postgres'),
    logFolder: folder,
    fresh: true,
  });
  await prepareSchema(postgres.url, postgres.ownerUrl);
  const store = openStore(postgres.url);
  return {
    url: postgres.url,
    ownerUrl: postgres.ownerUrl,
    store,
    async asOwner(statement) {
      const client = new pg.Client({ connectionString: postgres.ownerUrl });
      await client.connect();
      await client.query(statement).finally(() => client.end());
    },
    async stop() {
      await store.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
