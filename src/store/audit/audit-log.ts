/**
 * The record of what people did: append-only and chained by hash, both by the database (`migrations/0027-audit-chain.ts`),
 * so that no writer can leave it out.
 */
import { sql } from 'kysely';
import type { ActTaken } from '../../domain/period/four-eyes.ts';
import type { Database } from '../database.ts';

export interface AuditEntry {
  /** The update's name as a command has it (`map-sku`), or what else was done (`import-statement`). */
  action: string;
  detail: object;
  by: string;
  why: string | null;
  at: string;
}

/** Number of the last record of an action about just this, or null. */
export async function lastAuditOf(
  db: Database,
  connection: string,
  action: string,
  about: Readonly<Record<string, string | readonly string[]>>,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from audit where connection = ${connection} and action = ${action} and detail @> ${JSON.stringify(about)}::jsonb order by id desc limit 1`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

/**
 * Adds to the record of what people did. Returns its number: the database gives it, and the entry's place in the chain.
 * Whoever writes waits for whoever else writes to commit.
 */
export async function recordAudit(db: Database, connection: string, entry: AuditEntry): Promise<number> {
  const audit = await db
    .insertInto('audit')
    .values({
      connection,
      action: entry.action,
      detail: JSON.stringify(entry.detail),
      decided_by: entry.by,
      why: entry.why,
      at: entry.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return audit.id;
}

/** The same for an act that has a name of its own (`act`): an attempt that runs again finds what it wrote. */
export async function recordAuditOnce(
  db: Database,
  connection: string,
  act: string,
  entry: AuditEntry,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await lockAudit(tx);
    return (
      (await lastAuditOf(tx, connection, entry.action, { act })) ??
      (await recordAudit(tx, connection, { ...entry, detail: { ...entry.detail, act } }))
    );
  });
}

/** Who took some kinds of acts since an instant, and for which month and item, where that is said; in their order. */
export async function approversSince(
  db: Database,
  connection: string,
  actions: readonly string[],
  from: string,
): Promise<ActTaken[]> {
  const { rows } = await sql<ActTaken>`
    select action, decided_by as by, id as audit, detail->>'period' as period, detail->>'item' as item, detail->>'currency' as currency
    from audit where connection = ${connection} and action = any(${[...actions]}) and at >= ${from} order by id`.execute(
    db,
  );
  return rows;
}

/** As the database locks it for each entry. */
export async function lockAudit(tx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('tieout audit', 0))`.execute(tx);
}
