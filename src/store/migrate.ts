import { Migrator, type Kysely } from 'kysely';
import * as mainPath from './migrations/0001-main-path.ts';

/** Brings the schema up to date; several processes may call it at once (kysely takes an advisory lock). */
export async function migrate<DB>(db: Kysely<DB>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ '0001-main-path': mainPath }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
