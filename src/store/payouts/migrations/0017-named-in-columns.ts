import { sql, type Kysely } from 'kysely';

/** What a key or an id says by its spelling stands in columns: which kind of document was settled, by which journal, and who waits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table settled_differences add column document_purpose text, add column journal text;
    update settled_differences set document_purpose = split_part(document, '_', 3),
      journal = case when number is not null then 'AMZ_' || connection || '_JE_' || settlement_id || '-v' || number || '_1' end;
    alter table settled_differences alter column document_purpose set not null;
    alter table settled_set_offs add column journal text;
    update settled_set_offs set journal = 'AMZ_' || connection || '_JE_' || settlement_id || '-v' || number || '_1';
    alter table settled_set_offs alter column journal set not null;
    alter table waits add column order_id text, add column settlement_id text;
    update waits set order_id = split_part(workflow_id, ':', 3) where workflow_id like 'order:%';
    update waits set settlement_id = split_part(workflow_id, ':', 3) where workflow_id like 'payout:%';
  `.execute(db);
}
