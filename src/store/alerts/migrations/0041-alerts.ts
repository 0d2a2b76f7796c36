import { sql, type Kysely } from 'kysely';

/**
 * What is told over which channel. `alert_events`: one row for each thing and channel, whatever finds it how often; `failed`
 * and `planned` ones go into the next message. `alert_messages`: what was sent as it was sent, since a webhook is sent the same
 * again where an answer was lost. `retold_in`: the digest that told again what may not have come. `alert_channels`: since when
 * a channel is there, and how it fails. Milliseconds are of real time, beside a demo clock too.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table alert_channels (
      connection text not null, channel text not null, since timestamptz not null, failing_since_ms bigint, tries integer not null default 0,
      again_ms bigint, problem text, taken_at timestamptz, primary key (connection, channel));
    create table alert_messages (
      id text primary key, connection text not null, channel text not null, state text not null, sending_ms bigint not null, made_at timestamptz not null, message text not null);
    create index on alert_messages (connection, channel) where state = 'sending';
    create table alert_events (
      connection text not null, channel text not null, key text not null, kind text not null,
      exception integer references exceptions (id) on delete cascade, opened integer, state text not null, planned_at timestamptz not null,
      message text, retold_in text, primary key (connection, channel, key));
    create index on alert_events (exception);
    create index on alert_events (connection, channel) where state <> 'sent';
  `.execute(db);
}
