/** Everything that a run leaves behind anywhere, as text: what Temporal, Postgres, NetSuite and the logs would show to whoever reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { WorldUnderTest } from './world-under-test.ts';

/** Text by place, such as `table orders` or `history order:demo-us:…`. */
export type Kept = ReadonlyMap<string, string>;

export async function everythingKept(world: WorldUnderTest): Promise<Kept> {
  return new Map([
    ...(await temporalKeeps(world)),
    ...(await databaseKeeps(world)),
    ...(await netSuiteKeeps(world)),
    ...logsKeep(world),
  ]);
}

/** Where any of the values stands, as whole words: `table orders: Zoë Hart`. */
export function whereStands(values: Iterable<string>, kept: Kept): string[] {
  const patterns = [...values].map((value) => ({
    value,
    pattern: new RegExp(`(?<![\\p{L}\\d])${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\d])`, 'u'),
  }));
  return [...kept]
    .flatMap(([place, text]) =>
      patterns.filter(({ pattern }) => pattern.test(text)).map(({ value }) => `${place}: ${value}`),
    )
    .sort();
}

/** Of every run: the history with its payloads and failures, memo, search attributes and summaries, pending work, and the page that a person reads. */
async function temporalKeeps({ client }: WorldUnderTest): Promise<[string, string][]> {
  const kept: [string, string][] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const page = await handle.query<object>('__temporal_workflow_metadata');
    kept.push(
      [`history ${workflowId} ${runId}`, textOf(await handle.fetchHistory())],
      [`description ${workflowId} ${runId}`, textOf((await handle.describe()).raw)],
      [`page ${workflowId} ${runId}`, textOf(page)],
    );
  }
  return kept;
}

/** Every column of every table. Bytes count as what they hold: text, unpacked where it is gzip. */
async function databaseKeeps({ store }: WorldUnderTest): Promise<[string, string][]> {
  const tables = await store.pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  return Promise.all(
    tables.rows.map(async ({ name }): Promise<[string, string]> => {
      const { rows } = await store.pool.query<Record<string, unknown>>(`select * from ${name}`);
      return [`table ${name}`, textOf(rows)];
    }),
  );
}

/** Every document that we posted, as NetSuite shows it. */
async function netSuiteKeeps({ store, netsuite }: WorldUnderTest): Promise<[string, string][]> {
  const documents = await store.db
    .selectFrom('documents')
    .select(['external_id', 'record_type', 'netsuite_id'])
    .where('netsuite_id', 'is not', null)
    .execute();
  return Promise.all(
    documents.map(async (document): Promise<[string, string]> => [
      `NetSuite ${document.external_id}`,
      textOf(await netsuite.get(document.record_type, document.netsuite_id!)),
    ]),
  );
}

/** What the worker processes, Postgres and the Temporal server wrote beside the world. */
function logsKeep({ places: { folder } }: WorldUnderTest): [string, string][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => [`log ${name}`, readFileSync(join(folder, name), 'utf8')]);
}

/** Every text in a value, however deep, and every text that its bytes hold. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return unpacked(value).toString('utf8');
  if (value === null || typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, inside]) => `${name} ${textOf(inside)}`)
    .join('\n');
}

function unpacked(bytes: Uint8Array): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : Buffer.from(bytes);
}
