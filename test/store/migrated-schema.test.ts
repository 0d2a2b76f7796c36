import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openStore } from '../../src/store/database.ts';
import { prepareSchema } from '../../src/store/migrated-schema.ts';
import { startFreshPostgres, type FreshPostgres } from './fresh-postgres.ts';

let postgres: FreshPostgres;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

/** A database of its own in the same cluster: addresses of it for the product's role and for the owner. */
async function database(name: string): Promise<{ url: string; ownerUrl: string }> {
  await asOwner(postgres.ownerUrl, `create database ${name}`);
  const inside = (address: string) => Object.assign(new URL(address), { pathname: `/${name}` }).href;
  return { url: inside(postgres.url), ownerUrl: inside(postgres.ownerUrl) };
}
async function asOwner(url: string, statement: string) {
  const store = openStore(url, { max: 1 });
  try {
    return (await sql.raw<Record<string, unknown>>(statement).execute(store.db)).rows;
  } finally {
    await store.close();
  }
}

test('a role that owns nothing is told to let the owner migrate, and which migrations are missing', async () => {
  const { url, ownerUrl } = await database('unmigrated');
  await expect(prepareSchema(url, null)).rejects.toMatchObject({
    notice: {
      code: 'postgres',
      what: 'The tables are not those of this version.',
      where: [expect.stringMatching(/^not migrated yet: 0001-main-path, 0002-revisions, /)],
      do: [
        expect.stringMatching(/^let their owner migrate them: DATABASE_OWNER_URL=.* src\/workers\/migrate-main\.ts$/),
      ],
    },
  });
  await prepareSchema(url, ownerUrl);
  await prepareSchema(url, null);
});

test('with one migration left, that one is named', async () => {
  const { url, ownerUrl } = await database('behind');
  await prepareSchema(url, ownerUrl);
  await asOwner(ownerUrl, "delete from kysely_migration where name = '0012-true-day'");
  await expect(prepareSchema(url, null)).rejects.toMatchObject({
    notice: { where: [expect.stringMatching(/^not migrated yet: 0012-true-day/)] },
  });
});

test('tables of a newer version are refused: what wrote them knows more than we do', async () => {
  const { url, ownerUrl } = await database('ahead');
  await prepareSchema(url, ownerUrl);
  await asOwner(ownerUrl, "insert into kysely_migration values ('9999-later', 'now')");
  await expect(prepareSchema(url, null)).rejects.toMatchObject({
    notice: { where: ['of a newer version: 9999-later'], do: ['run the version that migrated them'] },
  });
});

test('a single address is enough: its role owns the tables and migrates', async () => {
  const { ownerUrl } = await database('single');
  await prepareSchema(ownerUrl, null);
  await prepareSchema(ownerUrl, null);
  expect(await asOwner(ownerUrl, 'select count(*)::int as orders from orders')).toEqual([{ orders: 0 }]);
});

test('several processes may prepare at once', async () => {
  const { url, ownerUrl } = await database('at_once');
  await Promise.all(Array.from({ length: 5 }, () => prepareSchema(url, ownerUrl)));
  await prepareSchema(url, null);
});
