/** Decisions of people, who waits for one, and the append-only record of every action. */
import type { Database } from './database.ts';

export type DecisionKind = 'sku' | 'amount';
/** `key` is how it is found (an amount's folded triple), `spelled` how people read it: a SKU, or a JSON array of three. */
export interface Decision { kind: DecisionKind; key: string; spelled: string; choice: string; by: string; why: string | null }

export async function findDecision(db: Database, connection: string, kind: DecisionKind, key: string): Promise<string | null> {
  const row = await db.selectFrom('decisions').select('choice').where('connection', '=', connection).where('kind', '=', kind).where('key', '=', key).executeTakeFirst();
  return row?.choice ?? null;
}

export async function allDecisions(db: Database, connection: string): Promise<Decision[]> {
  const rows = await db.selectFrom('decisions').selectAll().where('connection', '=', connection).orderBy('id').execute();
  return rows.map((row) => ({ kind: row.kind as DecisionKind, key: row.key, spelled: row.spelled, choice: row.choice, by: row.decided_by, why: row.why }));
}

/** Stores a decision and its audit entry together; a later decision for the same key replaces the choice, never the record. Returns the audit number. */
export async function storeDecision(db: Database, connection: string, decision: Decision, at: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await tx.insertInto('decisions')
      .values({ connection, kind: decision.kind, key: decision.key, spelled: decision.spelled, choice: decision.choice, decided_by: decision.by, why: decision.why, decided_at: at })
      .onConflict((conflict) => conflict.columns(['connection', 'kind', 'key']).doUpdateSet({ choice: decision.choice, decided_by: decision.by, why: decision.why, decided_at: at }))
      .execute();
    const audit = await tx.insertInto('audit')
      .values({ connection, action: decision.kind === 'sku' ? 'map-sku' : 'map-amount', detail: JSON.stringify({ key: decision.spelled, choice: decision.choice }), decided_by: decision.by, why: decision.why, at })
      .returning('id').executeTakeFirstOrThrow();
    return audit.id;
  });
}

export async function registerWait(db: Database, connection: string, kind: DecisionKind, key: string, workflowId: string, since: string): Promise<void> {
  await db.insertInto('waits').values({ connection, kind, key, workflow_id: workflowId, since }).onConflict((conflict) => conflict.doNothing()).execute();
}

export async function endWaits(db: Database, connection: string, workflowId: string): Promise<void> {
  await db.deleteFrom('waits').where('connection', '=', connection).where('workflow_id', '=', workflowId).execute();
}

export async function waitersFor(db: Database, connection: string, kind: DecisionKind, key: string): Promise<string[]> {
  const rows = await db.selectFrom('waits').select('workflow_id').where('connection', '=', connection).where('kind', '=', kind).where('key', '=', key).orderBy('since').execute();
  return rows.map((row) => row.workflow_id);
}

export async function waitedKeys(db: Database, connection: string, kind: DecisionKind): Promise<string[]> {
  const rows = await db.selectFrom('waits').select('key').distinct().where('connection', '=', connection).where('kind', '=', kind).orderBy('key').execute();
  return rows.map((row) => row.key);
}
