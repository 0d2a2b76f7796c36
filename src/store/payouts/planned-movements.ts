/** Movements of payouts as they are planned and seen. */
import type { MovementState } from '../../domain/matching/movement.ts';
import type { Database } from '../database.ts';

export interface StoredMovement {
  externalId: string;
  settlementId: string;
  kind: 'payout' | 'micro-deposit' | 'charge';
  amount: bigint;
  currency: string;
  traceId: string | null;
  bankLine: string | null;
  date: string | null;
  state: MovementState;
  postedOn: string;
}

export async function planMovement(
  db: Database,
  connection: string,
  movement: Omit<StoredMovement, 'traceId' | 'bankLine' | 'date' | 'state'>,
): Promise<void> {
  await db
    .insertInto('movements')
    .values({
      connection,
      external_id: movement.externalId,
      settlement_id: movement.settlementId,
      kind: movement.kind,
      amount: movement.amount,
      currency: movement.currency,
      trace_id: null,
      bank_line: null,
      date: null,
      state: 'expected',
      posted_on: movement.postedOn,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** One that a re-issued report no longer names, and nobody has seen. */
export async function dropMovement(db: Database, connection: string, externalId: string): Promise<void> {
  await db
    .deleteFrom('movements')
    .where('connection', '=', connection)
    .where('external_id', '=', externalId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('movement_documents as d')
            .select('d.id')
            .whereRef('d.connection', '=', 'movements.connection')
            .whereRef('d.movement', '=', 'movements.external_id'),
        ),
      ),
    )
    .execute();
}

/** What a re-issued report says of one that was seen. */
export async function changeMovement(
  db: Database,
  connection: string,
  externalId: string,
  amount: bigint,
): Promise<void> {
  await db
    .updateTable('movements')
    .set({ amount })
    .where('connection', '=', connection)
    .where('external_id', '=', externalId)
    .execute();
}

export async function movementsOf(db: Database, connection: string, settlementId: string): Promise<StoredMovement[]> {
  const rows = await db
    .selectFrom('movements')
    .selectAll()
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .orderBy('external_id')
    .execute();
  return rows.map(movementFromRow);
}

export async function allMovements(db: Database, connection: string): Promise<StoredMovement[]> {
  const rows = await db
    .selectFrom('movements')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('external_id')
    .execute();
  return rows.map(movementFromRow);
}

function movementFromRow(row: {
  external_id: string;
  settlement_id: string;
  kind: string;
  amount: bigint;
  currency: string;
  trace_id: string | null;
  bank_line: string | null;
  date: string | null;
  state: string;
  posted_on: string;
}): StoredMovement {
  return {
    externalId: row.external_id,
    settlementId: row.settlement_id,
    kind: row.kind as StoredMovement['kind'],
    amount: row.amount,
    currency: row.currency,
    traceId: row.trace_id,
    bankLine: row.bank_line,
    date: row.date,
    state: row.state as MovementState,
    postedOn: row.posted_on,
  };
}

export async function setTraceId(db: Database, connection: string, externalId: string, traceId: string): Promise<void> {
  await db
    .updateTable('movements')
    .set({ trace_id: traceId })
    .where('connection', '=', connection)
    .where('external_id', '=', externalId)
    .execute();
}
