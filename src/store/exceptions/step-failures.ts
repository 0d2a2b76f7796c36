/**
 * Steps that failed and have not worked since. Kept here and not in a process: the next try may run in another one, and a
 * failure outlasts a restart.
 */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface StepFailure {
  connection: string;
  /** See `stepKey` of the domain. */
  key: string;
  workflowId: string;
  /** When this run of the step was asked for, and the try that failed last. Epoch milliseconds of real time. */
  scheduledMs: number;
  firstFailedMs: number;
  /** When a try last said what went wrong; before the first did, when the step was asked for. */
  heardMs: number;
  attempt: number;
}

/** Writes a failure down. Returns when this run of the step failed first, in epoch milliseconds; where it `goesOn` from run to run, when it did since it last worked. */
export async function noteStepFailure(
  db: Database,
  {
    connection,
    key,
    workflowId,
    scheduledMs,
    firstFailedMs,
    heardMs,
    attempt,
    goesOn = false,
  }: StepFailure & { goesOn?: boolean },
): Promise<number> {
  const { rows } = await sql<{ first_failed_ms: bigint }>`
    insert into step_failures as known (connection, key, workflow_id, scheduled_ms, first_failed_ms, heard_ms, attempt)
    values (${connection}, ${key}, ${workflowId}, ${scheduledMs}, ${firstFailedMs}, ${heardMs}, ${attempt})
    on conflict (connection, key) do update set workflow_id = excluded.workflow_id, scheduled_ms = excluded.scheduled_ms, heard_ms = excluded.heard_ms, attempt = excluded.attempt,
      first_failed_ms = case when known.scheduled_ms = excluded.scheduled_ms or ${goesOn}::boolean then known.first_failed_ms else excluded.first_failed_ms end
    returning first_failed_ms`.execute(db);
  return Number(rows[0]!.first_failed_ms);
}

export async function loadStepFailure(db: Database, connection: string, key: string): Promise<StepFailure | null> {
  const row = await db
    .selectFrom('step_failures')
    .selectAll()
    .where('connection', '=', connection)
    .where('key', '=', key)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** It worked, or nobody runs it any more: the failure and what was raised about it are over. */
export async function endStepFailure(
  db: Database,
  connection: string,
  key: string,
  resolution: string,
  at: string,
): Promise<void> {
  await sql`
    with gone as (delete from step_failures where connection = ${connection} and key = ${key})
    update exceptions set closed_at = ${at}, resolution = ${resolution} where connection = ${connection} and code = 'step-failing' and key = ${key} and closed_at is null`.execute(
    db,
  );
}

/** What is raised as failing for long, with the exception's number and the workflow that runs it: whoever finds that workflow ended may end the failure. */
export async function openStepFailures(db: Database): Promise<(StepFailure & { exception: number; what: string })[]> {
  const rows = await db
    .selectFrom('exceptions as e')
    .innerJoin('step_failures as f', (join) =>
      join.onRef('f.connection', '=', 'e.connection').onRef('f.key', '=', 'e.key'),
    )
    .selectAll('f')
    .select(['e.id', 'e.what'])
    .where('e.code', '=', 'step-failing')
    .where('e.closed_at', 'is', null)
    .orderBy('e.id')
    .execute();
  return rows.map((row) => ({ ...fromRow(row), exception: row.id, what: row.what }));
}

/** How many steps of each connection have failed and not worked since, raised or not. */
export async function failingStepCounts(db: Database): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('step_failures')
    .select(['connection', (count) => count.fn.countAll<bigint>().as('steps')])
    .groupBy('connection')
    .execute();
  return new Map(rows.map(({ connection, steps }) => [connection, Number(steps)]));
}

function fromRow(row: {
  connection: string;
  key: string;
  workflow_id: string;
  scheduled_ms: bigint;
  first_failed_ms: bigint;
  heard_ms: bigint;
  attempt: number;
}): StepFailure {
  return {
    connection: row.connection,
    key: row.key,
    workflowId: row.workflow_id,
    scheduledMs: Number(row.scheduled_ms),
    firstFailedMs: Number(row.first_failed_ms),
    heardMs: Number(row.heard_ms),
    attempt: row.attempt,
  };
}
