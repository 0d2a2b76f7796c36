import { sql, type Kysely } from 'kysely';

/** Standings of the last whole day alone: those of a day that is past are worked out when they are asked for, by all that is known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    delete from stock_standings s using stock_standings later
      where later.connection = s.connection and later.pool = s.pool and later.item = s.item and later.place = s.place and later.day > s.day;
    delete from stock_standings where parts = 'null';
    alter table stock_standings drop constraint stock_standings_pkey, drop column day, add primary key (connection, pool, item, place);
  `.execute(db);
}
