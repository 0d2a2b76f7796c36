/** Roles and database of a cluster of ours. */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { scramVerifier } from '../store/roles.ts';
import { SUPERUSER } from './postgres-cluster.ts';
import type { ClusterPasswords } from './postgres-passwords.ts';

export const OWNER = 'tieout_owner';
export const PRODUCT = 'tieout_product';
const DATABASE = 'tieout';

export const urlOf = (port: number, role: string, password: string) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${DATABASE}`;

/** Makes what is missing and hands over what an earlier version gave to the superuser; answers with the server's version. */
export async function setUpRoles(port: number, passwords: ClusterPasswords): Promise<string> {
  const client = await onceItAnswers(port, passwords.superuser, 'postgres');
  try {
    const { rows } = await client.query<{ version: string; roles: string[]; owner: string | null }>(
      `select current_setting('server_version') as version, array(select rolname::text from pg_roles) as roles, (select pg_get_userbyid(datdba)::text from pg_database where datname = '${DATABASE}') as owner`,
    );
    const { version, roles, owner } = rows[0]!;
    // The owner may make databases, for several worlds in one cluster.
    for (const [role, password, rights] of [
      [OWNER, passwords.owner, ' createdb'],
      [PRODUCT, passwords.product, ''],
    ] as const) {
      // Said at every start: the file of passwords may be a new one.
      await client.query(
        `${roles.includes(role) ? 'alter' : 'create'} role ${role} login${rights} password '${scramVerifier(password)}'`,
      );
    }
    if (owner === null) await client.query(`create database ${DATABASE} owner ${OWNER}`);
    else if (owner !== OWNER) await handOver(client, port, passwords.superuser);
    await client.query(`revoke all on database ${DATABASE} from public`);
    await client.query(`grant connect on database ${DATABASE} to ${PRODUCT}`);
    return version;
  } finally {
    await client.end();
  }
}

/** Tables take the sequences of their columns with them. Not by REASSIGN OWNED: what the first superuser owns in part belongs to the system. */
async function handOver(client: pg.Client, port: number, password: string): Promise<void> {
  const inside = await onceItAnswers(port, password, DATABASE);
  try {
    await inside.query(`do $$ declare found regclass; begin
      for found in select oid::regclass from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') loop
        execute format('alter table %s owner to ${OWNER}', found);
      end loop; end $$`);
  } finally {
    await inside.end();
  }
  await client.query(`alter database ${DATABASE} owner to ${OWNER}`);
}

/** Waits out the moments after start in which Postgres still recovers; a password that is refused is not tried again. */
async function onceItAnswers(port: number, password: string, database: string): Promise<pg.Client> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: SUPERUSER, password, database });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      if (attempt > 100 || isRefusedPassword(error)) throw error;
      await wait(100);
    }
  }
}

/** Postgres manual, appendix A: 28P01 is invalid_password. */
export const isRefusedPassword = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '28P01';
