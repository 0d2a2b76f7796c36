/**
 * What `pg_dump --format=custom` and `pg_restore` do with the product's tables, without the programs, which no package
 * brings: every row as one moment had it, and nothing of what Postgres knows about them (its statistics are not dumped).
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { prepareSchema } from '../../../src/store/migrated-schema.ts';

interface Dumped {
  tables: { name: string; columns: string[] }[];
  sequences: { name: string; value: string }[];
}

/** While the product goes on. */
export async function dumpTables(databaseUrl: string, folder: string): Promise<number> {
  return connected(databaseUrl, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const tables = (
      await client.query<{ name: string; columns: string[] }>(
        `select table_name as name, array_agg(column_name::text order by ordinal_position) as columns from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%' group by table_name order by table_name`,
      )
    ).rows;
    for (const { name, columns } of tables) {
      await pipeline(
        client.query(copyTo(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`)),
        createWriteStream(join(folder, `${name}.copy`)),
      );
    }
    const sequences = (
      await client.query<{ name: string; value: string }>(
        `select sequencename::text as name, last_value::text as value from pg_sequences where schemaname = 'public' and last_value is not null`,
      )
    ).rows;
    await client.query('commit');
    writeFileSync(join(folder, 'dump.json'), JSON.stringify({ tables, sequences } satisfies Dumped));
    return tables.length;
  });
}

/** Into a database of its own making: what was there is gone. Nobody may be at work. */
export async function restoreTables(databaseUrl: string, ownerUrl: string, folder: string): Promise<void> {
  const { tables, sequences } = JSON.parse(readFileSync(join(folder, 'dump.json'), 'utf8')) as Dumped;
  await connected(ownerUrl, (client) => client.query('drop schema public cascade; create schema public'));
  await prepareSchema(databaseUrl, ownerUrl);
  await connected(ownerUrl, async (client) => {
    for (const { name, columns } of tables) {
      await pipeline(
        createReadStream(join(folder, `${name}.copy`)),
        client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`)),
      );
    }
    for (const { name, value } of sequences)
      await client.query('select setval($1::regclass, $2::bigint)', [quoted(name), value]);
  });
}

/** Tables that hold rows and of which the planner knows nothing. */
export async function unknownToThePlanner(databaseUrl: string): Promise<string[]> {
  return connected(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples < 0 and pg_relation_size(oid) > 0 order by 1`,
    );
    return rows.map(({ name }) => name);
  });
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
