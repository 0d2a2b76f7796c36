import { expect, test } from '@jest/globals';
import { openStore } from '../../src/store/database.ts';
import { startFreshPostgres } from './fresh-postgres.ts';

test('a session that hangs inside a transaction is ended after a while, and tells its dates in UTC', async () => {
  const postgres = await startFreshPostgres();
  const store = openStore(postgres.url);
  try {
    const setting = async (name: string) =>
      (await store.pool.query<{ value: string }>('select current_setting($1) as value', [name])).rows[0]!.value;
    expect(await setting('idle_in_transaction_session_timeout')).toBe('5min');
    expect(await setting('TimeZone')).toBe('UTC');
  } finally {
    await store.close();
    await postgres.stop();
  }
}, 60_000);
