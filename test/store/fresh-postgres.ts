import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takePort } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { prepareSchema } from '../../src/store/migrated-schema.ts';

/** `url` and `store` are of the product's role; `ownerUrl` of the tables' owner. */
export interface FreshPostgres { url: string; ownerUrl: string; store: Store; stop(): Promise<void> }

/** A real Postgres with our tables and nothing in them. */
export async function startFreshPostgres(): Promise<FreshPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-store-'));
  // Walked through by the user that Postgres runs as where we are root.
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({ port: (await takePort(0))!, dataFolder: join(folder, 'postgres'), logFolder: folder, fresh: true });
  await prepareSchema(postgres.url, postgres.ownerUrl);
  const store = openStore(postgres.url);
  return {
    url: postgres.url, ownerUrl: postgres.ownerUrl, store,
    async stop() {
      await store.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
