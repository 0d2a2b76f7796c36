import { sql, type Kysely } from 'kysely';

/** A refund may be several transactions of Finances, and may be a claim that a settlement's journal owns. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table refund_transactions (connection text not null, transaction_id text not null, refund_key text not null, primary key (connection, transaction_id));
    create index on refund_transactions (connection, refund_key);
    insert into refund_transactions select connection, transaction_id, refund_key from refunds;
    alter table refunds drop column transaction_id, add column claim_settlement text, add column claim_at timestamptz;
    create index on refunds (connection, claim_settlement) where claim_settlement is not null;
  `.execute(db);
}
