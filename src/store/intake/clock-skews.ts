/** How far other clocks are from ours, as measured at the last look. */
import { sql } from 'kysely';
import type { Clock } from '../../domain/clocks/render-skew.ts';
import type { Database } from '../database.ts';

export interface MeasuredSkew {
  clock: Clock;
  skewMs: number;
}
export interface NotedSkew extends MeasuredSkew {
  raised: boolean;
}

/**
 * Keeps what was measured, measures Postgres's own clock, and says of which an exception is open: one statement a look.
 * @param ours epoch milliseconds of our clock as the statement goes out
 */
export async function noteSkews(
  db: Database,
  connection: string,
  vendors: readonly MeasuredSkew[],
  ours: number,
): Promise<NotedSkew[]> {
  const rows = [
    ...vendors.map(({ clock, skewMs }) => sql`(${clock}, ${skewMs}::float8)`),
    sql`('Postgres', extract(epoch from clock_timestamp())::float8 * 1000 - ${ours}::float8)`,
  ];
  const { rows: noted } = await sql<{ clock: Clock; skew: number; raised: boolean }>`
    with measured (clock, skew) as (values ${sql.join(rows)}),
    kept as (
      insert into clock_skews (connection, vendor, skew_ms, measured_at) select ${connection}, clock, round(skew), clock_timestamp() from measured
      on conflict (connection, vendor) do update set skew_ms = excluded.skew_ms, measured_at = excluded.measured_at)
    select clock, round(skew) as skew, exists (
      select from exceptions where connection = ${connection} and code = 'clock-skew' and key = clock and closed_at is null) as raised
    from measured`.execute(db);
  return noted.map(({ clock, skew, raised }) => ({ clock, skewMs: skew, raised }));
}

export async function readSkews(db: Database, connection: string): Promise<MeasuredSkew[]> {
  const { rows } = await sql<{ clock: Clock; skew: number }>`
    select vendor as clock, skew_ms::float8 as skew from clock_skews where connection = ${connection} order by vendor`.execute(
    db,
  );
  return rows.map(({ clock, skew }) => ({ clock, skewMs: skew }));
}
