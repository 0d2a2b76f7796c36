import { sql, type Kysely } from 'kysely';

/** Exceptions hold their subject, the payout that they are about and what ends them as data; the owner is the catalogue's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table exceptions add column subject_kind text, add column subject_id text, add column payout text, add column remedy jsonb;
    update exceptions set subject_kind = split_part(subject, ':', 1), subject_id = substr(subject, position(':' in subject) + 1),
      payout = case when subject like 'payout:%' then substr(subject, 8) when code = 'document-missing' and key ~ '^[0-9]+:' then split_part(key, ':', 1) end,
      remedy = jsonb_build_object('kind', 'look', 'where', act);
    alter table exceptions alter column subject_kind set not null, alter column subject_id set not null, alter column remedy set not null,
      drop column subject, drop column act, drop column owner;
    create index on exceptions (connection, payout) where closed_at is null;
  `.execute(db);
}
