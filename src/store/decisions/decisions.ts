/** Decisions of people, who waits for one, and the append-only record of every action. */
import { sql } from 'kysely';
import { parseWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { lastAuditOf, lockAudit, recordAudit } from '../audit/audit-log.ts';
import type { Database } from '../database.ts';

export type DecisionKind = 'sku' | 'amount';
/** Nobody waits for one about Finances: a month is worked out again. */
type StoredKind = DecisionKind | 'finances';
const ACTIONS: Readonly<Record<StoredKind, string>> = {
  sku: 'map-sku',
  amount: 'map-amount',
  finances: 'map-finances',
};
/** What a workflow may be written down as waiting for: a decision, or the end of an exception by its number. */
export type WaitKind = DecisionKind | 'exception';
/**
 * `key` is how it is found (an amount's folded triple, whose amount type or description may end in `…`), `spelled` how people
 * read it: a SKU, or a JSON array of three. `sameAs` is the known key that an amount's key is a new spelling of; `choice` is
 * then the role of that one when it was decided. `units` are those of the item that one of a SKU is; 1 of an amount.
 */
export interface Decision {
  kind: DecisionKind;
  key: string;
  spelled: string;
  choice: string;
  units: number;
  sameAs: [string, string, string] | null;
  by: string;
  why: string | null;
}

export async function findDecision(
  db: Database,
  connection: string,
  kind: DecisionKind,
  key: string,
): Promise<Pick<Decision, 'choice' | 'units'> | null> {
  const row = await db
    .selectFrom('decisions')
    .select(['choice', 'units'])
    .where('connection', '=', connection)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

/** Those about SKUs and amounts, in the order in which they were first taken. */
export async function allDecisions(db: Database, connection: string): Promise<Decision[]> {
  const rows = await db
    .selectFrom('decisions')
    .selectAll()
    .where('connection', '=', connection)
    .where('kind', 'in', ['sku', 'amount'] satisfies DecisionKind[])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    kind: row.kind as DecisionKind,
    key: row.key,
    spelled: row.spelled,
    choice: row.choice,
    units: row.units,
    sameAs: row.same_as === null ? null : (JSON.parse(row.same_as) as [string, string, string]),
    by: row.decided_by,
    why: row.why,
  }));
}

/** What the connection decided about Finances' words; `spelled` is a JSON array of transaction type and path. */
export async function decisionsOnFinances(
  db: Database,
  connection: string,
): Promise<{ transactionType: string; path: string; role: Role }[]> {
  const rows = await db
    .selectFrom('decisions')
    .select(['spelled', 'choice'])
    .where('connection', '=', connection)
    .where('kind', '=', 'finances' satisfies StoredKind)
    .orderBy('id')
    .execute();
  return rows.map(({ spelled, choice }) => {
    const [transactionType, path] = JSON.parse(spelled) as [string, string];
    return { transactionType, path, role: choice as Role };
  });
}

/**
 * Stores a decision and its audit entry together; a later decision for the same key replaces the choice, never the record.
 * The same once more is no other: an attempt that runs again finds what it wrote. Returns the audit number.
 */
export async function storeDecision(
  db: Database,
  connection: string,
  decision: Omit<Decision, 'kind' | 'sameAs' | 'units'> & Partial<Omit<Decision, 'kind'>> & { kind: StoredKind },
  at: string,
  /** What the record says beside the decision itself. */
  beside: object = {},
): Promise<number> {
  const { sameAs = null, units = 1 } = decision;
  const answer = {
    spelled: decision.spelled,
    choice: decision.choice,
    units,
    same_as: sameAs && JSON.stringify(sameAs),
    decided_by: decision.by,
    why: decision.why,
    decided_at: at,
  };
  const action = ACTIONS[decision.kind];
  return db.transaction().execute(async (tx) => {
    // Two attempts at once: where there is no decision yet there is no row that one could wait for.
    await lockAudit(tx);
    const known = await tx
      .selectFrom('decisions')
      .selectAll()
      .where('connection', '=', connection)
      .where('kind', '=', decision.kind)
      .where('key', '=', decision.key)
      .executeTakeFirst();
    const before =
      known && isSame(known, answer) ? await lastAuditOf(tx, connection, action, { key: decision.spelled }) : null;
    if (before !== null) return before;
    await tx
      .insertInto('decisions')
      .values({ connection, kind: decision.kind, key: decision.key, ...answer })
      .onConflict((conflict) => conflict.columns(['connection', 'kind', 'key']).doUpdateSet(answer))
      .execute();
    return recordAudit(tx, connection, {
      action,
      detail: {
        key: decision.spelled,
        choice: decision.choice,
        ...(units === 1 ? {} : { units }),
        ...(sameAs === null ? {} : { sameAs }),
        ...beside,
      },
      by: decision.by,
      why: decision.why,
      at,
    });
  });
}

/** All of it but when. */
function isSame(
  known: Record<'spelled' | 'choice' | 'same_as' | 'decided_by' | 'why', string | null> & { units: number },
  answer: typeof known,
): boolean {
  return (['spelled', 'choice', 'units', 'same_as', 'decided_by', 'why'] as const).every(
    (column) => known[column] === answer[column],
  );
}

/** Number of the record of the same decision about a movement, or null. */
export async function lastMatchOf(
  db: Database,
  connection: string,
  { settlementId, movement, lines }: { settlementId: string; movement: string; lines: readonly object[] },
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from audit where connection = ${connection} and action = 'match-deposit' and detail->>'settlementId' = ${settlementId} and detail->>'movement' = ${movement}
      and detail->'lines' = ${JSON.stringify(lines)}::jsonb order by id desc limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** The last record of a mark that was set back, to an instant or by an act: its number, and where the mark stood. */
export async function lastReadAgain(
  db: Database,
  connection: string,
  about: { what: string; from: string } | { act: string },
): Promise<{ audit: number; to: string } | null> {
  const { rows } = await sql<{ audit: number; to: string }>`
    select id as audit, detail->>'to' as to from audit
    where connection = ${connection} and action = 'read-again' and detail @> ${JSON.stringify(about)}::jsonb order by id desc limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** `worth` is what waits with it, where that can be said. */
export async function registerWait(
  db: Database,
  connection: string,
  kind: WaitKind,
  key: string,
  workflowId: string,
  since: string,
  worth: { amount: bigint; currency: string } | null = null,
): Promise<void> {
  await db
    .insertInto('waits')
    .values({
      connection,
      kind,
      key,
      workflow_id: workflowId,
      ...waiterOf(workflowId),
      since,
      amount: worth?.amount ?? null,
      currency: worth?.currency ?? null,
    })
    // A worker of the version before wrote neither.
    .onConflict((conflict) =>
      conflict.columns(['connection', 'kind', 'key', 'workflow_id']).doUpdateSet(waiterOf(workflowId)),
    )
    .execute();
}

function waiterOf(workflowId: string): { order_id: string | null; settlement_id: string | null } {
  const parsed = parseWorkflowId(workflowId);
  return {
    order_id: parsed?.kind === 'order' ? parsed.key : null,
    settlement_id: parsed?.kind === 'payout' ? parsed.key : null,
  };
}

/** A workflow waits no longer, but for what is in `still`; gives the keys for which nobody waits any more. */
export async function endWaits(
  db: Database,
  connection: string,
  kind: WaitKind,
  workflowId: string,
  still: readonly string[] = [],
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    with ended as (delete from waits where connection = ${connection} and kind = ${kind} and workflow_id = ${workflowId} and not key = any(${still}) returning key)
    select e.key from ended e where not exists (select 1 from waits w where w.connection = ${connection} and w.kind = ${kind} and w.key = e.key and w.workflow_id <> ${workflowId}) order by e.key`.execute(
    db,
  );
  return rows.map(({ key }) => key);
}

/** How many wait for a decision, and what they are worth in the currency of the most. */
export async function waitingFor(
  db: Database,
  connection: string,
  kind: WaitKind,
  key: string,
): Promise<{ count: number; amount: bigint | null; currency: string | null }> {
  const { rows } = await sql<{ count: bigint; amount: bigint | null; currency: string | null }>`
    select sum(count(*)) over ()::bigint as count, sum(amount)::bigint as amount, currency from waits
    where connection = ${connection} and kind = ${kind} and key = ${key} group by currency order by count(*) desc limit 1`.execute(
    db,
  );
  const row = rows[0];
  return { count: Number(row?.count ?? 0n), amount: row?.amount ?? null, currency: row?.currency ?? null };
}

export async function waitersFor(db: Database, connection: string, kind: WaitKind, key: string): Promise<string[]> {
  const rows = await db
    .selectFrom('waits')
    .select('workflow_id')
    .where('connection', '=', connection)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .orderBy('since')
    .execute();
  return rows.map((row) => row.workflow_id);
}

export async function waitedKeys(db: Database, connection: string, kind: WaitKind): Promise<string[]> {
  const rows = await db
    .selectFrom('waits')
    .select('key')
    .distinct()
    .where('connection', '=', connection)
    .where('kind', '=', kind)
    .orderBy('key')
    .execute();
  return rows.map((row) => row.key);
}
