import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takePort } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';

export interface FreshPostgres { url: string; store: Store; stop(): Promise<void> }

/** A real Postgres with our tables and nothing in them. */
export async function startFreshPostgres(): Promise<FreshPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-store-'));
  const postgres = await startPostgres({ port: (await takePort(0))!, dataFolder: join(folder, 'postgres'), logFolder: folder, fresh: true });
  const store = openStore(postgres.url);
  await migrate(store.db);
  return {
    url: postgres.url, store,
    async stop() {
      await store.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
