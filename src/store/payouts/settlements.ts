/** Settlements: their heads, and how far each has come. Their rows are in settlement-rows.ts. */
import type { SettlementHeader } from '../../domain/settlement/settlement.ts';
import { keptBy, type PayoutState } from '../../domain/payouts/payout-states.ts';
import type { Database } from '../database.ts';

export interface StoredSettlement extends SettlementHeader {
  revision: number;
  sha256: string;
  state: PayoutState;
  rowCount: number;
  mapVersion: number | null;
  foundAt: string;
  tiedAt: string | null;
  /** When its rows and its file were deleted, past their retention; nothing is made of it any more. */
  purgedAt: string | null;
}

/** Writes a settlement down as found; one that is known stays as it is. Returns what the store holds. */
export async function recordSettlement(
  db: Database,
  connection: string,
  header: SettlementHeader,
  sha256: string,
  at: string,
): Promise<StoredSettlement> {
  await db
    .insertInto('settlements')
    .values({
      connection,
      settlement_id: header.settlementId,
      revision: 0,
      sha256,
      state: 'found',
      currency: header.currency,
      total: header.total,
      period_start: header.start,
      period_end: header.end,
      deposit_at: header.depositDate,
      variant: header.variant,
      columns: header.columns,
      row_count: 0,
      map_version: null,
      found_at: at,
      tied_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await loadSettlement(db, connection, header.settlementId))!;
}

export async function loadSettlement(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<StoredSettlement | null> {
  const row = await db
    .selectFrom('settlements')
    .selectAll()
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Those that are ours, or of which nobody knows yet; none whose rows are purged. */
export async function listSettlements(db: Database, connection: string): Promise<StoredSettlement[]> {
  const rows = await db
    .selectFrom('settlements')
    .selectAll()
    .where('connection', '=', connection)
    .where('state', '<>', 'left-alone')
    .where('purged_at', 'is', null)
    .orderBy('period_start')
    .orderBy('settlement_id')
    .execute();
  return rows.map(fromRow);
}

export async function settlementsLeftAlone(db: Database, connection: string): Promise<StoredSettlement[]> {
  const rows = await db
    .selectFrom('settlements')
    .selectAll()
    .where('connection', '=', connection)
    .where('state', '=', 'left-alone')
    .where('purged_at', 'is', null)
    .orderBy('settlement_id')
    .execute();
  return rows.map(fromRow);
}

function fromRow(row: {
  settlement_id: string;
  revision: number;
  sha256: string;
  state: PayoutState;
  currency: string;
  total: bigint;
  period_start: string;
  period_end: string;
  deposit_at: string;
  variant: string;
  columns: number;
  row_count: number;
  map_version: number | null;
  found_at: string;
  tied_at: string | null;
  purged_at: string | null;
}): StoredSettlement {
  return {
    settlementId: row.settlement_id,
    revision: row.revision,
    sha256: row.sha256,
    state: row.state,
    currency: row.currency,
    total: row.total,
    start: row.period_start,
    end: row.period_end,
    depositDate: row.deposit_at,
    variant: row.variant as SettlementHeader['variant'],
    columns: row.columns,
    rowCount: row.row_count,
    mapVersion: row.map_version,
    foundAt: row.found_at,
    tiedAt: row.tied_at,
    purgedAt: row.purged_at,
  };
}

export async function setSettlementState(
  db: Database,
  connection: string,
  settlementId: string,
  state: PayoutState,
  more: { mapVersion?: number; rowCount?: number; tiedAt?: string } = {},
): Promise<void> {
  await db
    .updateTable('settlements')
    .set({
      state,
      ...(more.mapVersion === undefined ? {} : { map_version: more.mapVersion }),
      ...(more.rowCount === undefined ? {} : { row_count: more.rowCount }),
      ...(more.tiedAt === undefined ? {} : { tied_at: more.tiedAt }),
    })
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .execute();
}

/** How far a step has come; nothing is changed where its state is one that the step leaves as it is. */
export async function advanceSettlement(
  db: Database,
  connection: string,
  settlementId: string,
  state: PayoutState,
  more: { mapVersion?: number } = {},
): Promise<void> {
  await db
    .updateTable('settlements')
    .set({ state, ...(more.mapVersion === undefined ? {} : { map_version: more.mapVersion }) })
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('state', 'not in', keptBy(state))
    .execute();
}

/** Sets it to work again where it is at rest in one of some states; false where it is not, or no longer. */
export async function resumeSettlement(
  db: Database,
  connection: string,
  settlementId: string,
  from: readonly PayoutState[],
): Promise<boolean> {
  const resumed = await db
    .updateTable('settlements')
    .set({ state: 'works' })
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('state', 'in', from)
    .executeTakeFirst();
  return resumed.numUpdatedRows === 1n;
}
