/** All that the store knows of one payout, for its page in the terminal. Reads only. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { documentsOfSettlement, type StoredDocument } from '../documents/documents.ts';
import { exceptionsOfPayout, type StoredException } from '../exceptions/exceptions.ts';
import { movementsOf, type StoredMovement } from './planned-movements.ts';
import { loadSettlement, type StoredSettlement } from './settlements.ts';

export interface PayoutStatus {
  settlement: StoredSettlement;
  /** Staged rows, and their sum. */
  rows: number;
  sum: bigint;
  documents: StoredDocument[];
  movements: StoredMovement[];
  applications: { planned: number; applied: number };
  /** Invoices of which a minor unit went to `variance` by itself, since Amazon rounds a share otherwise. */
  roundings: number;
  /** Documents of which Amazon rounds net and tax otherwise, and the total is the same. */
  taxRoundings: number;
  /** Open exceptions that hold it up, or are about it. */
  exceptions: StoredException[];
}

/** Null when no report of that settlement was found. */
export async function payoutStatus(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<PayoutStatus | null> {
  const settlement = await loadSettlement(db, connection, settlementId);
  if (settlement === null) return null;
  const [documents, movements, totals, exceptions] = await Promise.all([
    documentsOfSettlement(db, connection, settlementId),
    movementsOf(db, connection, settlementId),
    totalsOf(db, connection, settlementId),
    exceptionsOfPayout(db, connection, settlementId),
  ]);
  return { settlement, ...totals, documents, movements, exceptions };
}

async function totalsOf(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<Pick<PayoutStatus, 'rows' | 'sum' | 'applications' | 'roundings' | 'taxRoundings'>> {
  const { rows } = await sql<{
    rows: bigint;
    sum: bigint | null;
    planned: bigint;
    applied: bigint;
    roundings: bigint;
    tax_roundings: bigint;
  }>`
    select (select count(*) from settlement_rows where connection = ${connection} and settlement_id = ${settlementId}) as rows,
      (select sum(amount)::bigint from settlement_rows where connection = ${connection} and settlement_id = ${settlementId}) as sum,
      (select count(*) from applications where connection = ${connection} and settlement_id = ${settlementId}) as planned,
      (select count(*) from applications where connection = ${connection} and settlement_id = ${settlementId} and applied) as applied,
      (select count(*) from settled_differences where connection = ${connection} and settlement_id = ${settlementId} and decided_by = 'rounding') as roundings,
      (select count(*) from audit where connection = ${connection} and action = 'tax-rounding' and detail ->> 'settlementId' = ${settlementId}) as tax_roundings`.execute(
    db,
  );
  const row = rows[0]!;
  return {
    rows: Number(row.rows),
    sum: row.sum ?? 0n,
    applications: { planned: Number(row.planned), applied: Number(row.applied) },
    roundings: Number(row.roundings),
    taxRoundings: Number(row.tax_roundings),
  };
}

/** Payouts of a connection and how many of them are tied. */
export async function countPayouts(db: Database, connection: string): Promise<{ found: number; tied: number }> {
  const { rows } = await sql<{ found: bigint; tied: bigint }>`
    select count(*) as found, count(*) filter (where state = 'tied') as tied from settlements where connection = ${connection} and state <> 'left-alone'`.execute(
    db,
  );
  return { found: Number(rows[0]!.found), tied: Number(rows[0]!.tied) };
}
