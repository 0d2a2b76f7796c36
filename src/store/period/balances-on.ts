/** Accounts at the end of a day, as they were last read from NetSuite. One row a day that somebody asked for, or that a close looked at. */
import { sql } from 'kysely';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { AccountOnDay } from '../../domain/period/standing-on.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface BalancesOn {
  day: Day;
  readAt: Instant;
  /** What was still to come of the day when it was read, in sentences. */
  unfinished: string[];
  accounts: AccountOnDay[];
}

/** Takes the place of what was read of the day before; an older reading that ends later takes none. */
export async function saveBalancesOn(db: Database, connection: string, { day, readAt, ...standing }: BalancesOn) {
  await sql`
    insert into balances_on (connection, day, read_at, standing) values (${connection}, ${day}, ${readAt}, ${factToJson(standing)}::jsonb)
    on conflict (connection, day) do update set read_at = excluded.read_at, standing = excluded.standing
      where balances_on.read_at <= excluded.read_at`.execute(db);
}

/** Null where the day was never read. */
export async function loadBalancesOn(db: Database, connection: string, day: Day): Promise<BalancesOn | null> {
  const row = await db
    .selectFrom('balances_on')
    .select(['read_at', 'standing'])
    .where('connection', '=', connection)
    .where('day', '=', day)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { day, readAt: row.read_at, ...factFromJson<Pick<BalancesOn, 'unfinished' | 'accounts'>>(row.standing) };
}

/** Readings from before an instant: they are made again by whoever asks. */
export async function purgeBalancesOn(db: Database, connection: string, before: Instant): Promise<void> {
  await db.deleteFrom('balances_on').where('connection', '=', connection).where('read_at', '<', before).execute();
}
