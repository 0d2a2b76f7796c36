/** What the display says about the vendors' limits; measured by workers, never decisive for anything. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { allowedSlots, SLOT_POLICY, type LastRefusal } from './slot-allowance.ts';
import { LAST_REFUSAL, lockSpaceOf } from './slot-locks.ts';

export interface NetSuiteGauge {
  /** Calls that run now, over all processes. */
  busy: number;
  /** Slots of the account, and how many of them are in use while NetSuite throttles. */
  size: number;
  allowed: number;
  throttledLastHour: number;
}

export interface AmazonGauge {
  /** `searchOrders`: what is left of the burst, and the burst. */
  tokens: number;
  burst: number;
  /** Seconds of real time since the last poll; null before the first. */
  polledSecondsAgo: number | null;
}

/** As documented; an answer may show that a seller's rate is better. */
const SEARCH_ORDERS = { operation: 'orders.searchOrders', tokensPerSecond: 0.0056, burst: 20 };

/** @param size slots of the account, as configured */
export async function netsuiteGauge(db: Database, account: string, size: number): Promise<NetSuiteGauge> {
  // Postgres shows the two numbers of an advisory lock as unsigned; the turn of the account is no slot.
  const space = String(lockSpaceOf(account) >>> 0);
  const { rows } = await sql<{ busy: number; refused: number } & (LastRefusal | { allowed: null })>`
    select
      (select count(*)::int from pg_locks where locktype = 'advisory' and objsubid = 2 and granted and classid = ${space}::oid and objid < 100000
         and database = (select oid from pg_database where datname = current_database())) as busy,
      (select coalesce(sum(calls), 0)::int from netsuite_refusals where account = ${account} and minute > clock_timestamp() - interval '1 hour') as refused,
      ${sql.raw(LAST_REFUSAL)}
    from (values (${account})) as asked(name) left join netsuite_slots on account = name`.execute(db);
  const row = rows[0]!;
  return {
    busy: row.busy,
    size,
    allowed: allowedSlots(row.allowed === null ? null : row, size, SLOT_POLICY),
    throttledLastHour: row.refused,
  };
}

/** As of the last poll, refilled since then at the rate shown; a full bucket before the first. */
export async function amazonGauge(db: Database, connection: string): Promise<AmazonGauge> {
  const { burst } = SEARCH_ORDERS;
  const { rows } = await sql<{ tokens: number; ago: number }>`
    select floor(least(${burst}::float8, tokens + rate * since))::int as tokens, floor(since)::int as ago
    from (select tokens, rate, greatest(0, extract(epoch from clock_timestamp() - polled_at)::float8) as since from amazon_polls where connection = ${connection}) as poll`.execute(
    db,
  );
  const [poll] = rows;
  return poll
    ? { tokens: poll.tokens, burst, polledSecondsAgo: poll.ago }
    : { tokens: burst, burst, polledSecondsAgo: null };
}

/**
 * Notes a call to Amazon where it was a poll for orders.
 * @param call `rate` is tokens a second as the answer showed it, else null
 * @param amazonNow epoch milliseconds where Amazon lives: the bucket refills by that clock, which jumps beside a simulator
 */
export async function noteAmazonCall(
  db: Database,
  connection: string,
  call: { operation: string; status: number; rate: number | null },
  amazonNow: number,
): Promise<void> {
  if (call.operation !== SEARCH_ORDERS.operation) return;
  const { burst, tokensPerSecond } = SEARCH_ORDERS;
  const empty = call.status === 429;
  const at = new Date(amazonNow).toISOString();
  await sql`
    insert into amazon_polls as known (connection, tokens, rate, counted_at, polled_at)
    values (${connection}, ${empty ? 0 : burst - 1}, coalesce(${call.rate}::float8, ${tokensPerSecond}), ${at}, clock_timestamp())
    on conflict (connection) do update set
      tokens = case when ${empty} then 0 else
        greatest(0, least(${burst}::float8, known.tokens + known.rate * greatest(0, extract(epoch from excluded.counted_at - known.counted_at)::float8)) - 1) end,
      rate = coalesce(${call.rate}::float8, known.rate), counted_at = greatest(known.counted_at, excluded.counted_at), polled_at = excluded.polled_at`.execute(
    db,
  );
}
