import { sql, type Kysely } from 'kysely';

/** Under `theirs` an order leaves in several fulfilments: a day that is past has those up to it. Until the next reading, all left at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table stock_transfer_orders add column fulfilments jsonb not null default '[]';
    update stock_transfer_orders set fulfilments = coalesce(
      (select jsonb_agg(jsonb_build_object('day', fulfilled, 'item', line->>'item', 'units', line->'units'))
         from jsonb_array_elements(open) line), '[]')
      where fulfilled is not null;
    alter table stock_transfer_orders alter column fulfilments drop default;
  `.execute(db);
}
