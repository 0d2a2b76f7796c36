/** Accruals of months, and the parts of journals that stand in their place: both under one lock (close.md, *Accruals*). */
import { sql } from 'kysely';
import { PURPOSES, kindOf } from '../../domain/documents/document-kinds.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { FoundSettlement } from '../../domain/period/unsettled.ts';
import type { Database } from '../database.ts';
import { storedDocumentsOf, type StoredDocument } from '../documents/documents.ts';

/**
 * One transaction in which what is written down first decides between part and accrual: journals and accruals of a connection
 * and currency are planned one after the other.
 */
export async function alonePartOrAccrual<T>(
  db: Database,
  connection: string,
  currency: string,
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await lockPartOrAccrual(tx, connection, currency);
    return work(tx);
  });
}

export async function lockPartOrAccrual(tx: Database, connection: string, currency: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`part or accrual ${connection} ${currency}`}, 0))`.execute(
    tx,
  );
}

export interface DecidedAccrual {
  currency: string;
  choice: 'post' | 'none';
  /** What was unsettled when it was decided, debit positive. */
  amount: bigint;
  transactions: number;
  by: string;
  why: string;
  audit: number;
  at: Instant;
}

export async function accrualsOf(db: Database, connection: string, period: string): Promise<DecidedAccrual[]> {
  const rows = await db
    .selectFrom('close_accruals')
    .selectAll()
    .where('connection', '=', connection)
    .where('period', '=', period)
    .orderBy('currency')
    .execute();
  return rows.map(({ currency, choice, amount, transactions, decided_by: by, why, audit, at }) => ({
    currency,
    choice,
    amount,
    transactions,
    by,
    why,
    audit,
    at,
  }));
}

/** One that was set to none may be approved later; what is approved stays. */
export async function recordAccrual(
  tx: Database,
  connection: string,
  period: string,
  { currency, by, ...decided }: DecidedAccrual,
): Promise<void> {
  const values = { ...decided, decided_by: by };
  await tx
    .insertInto('close_accruals')
    .values({ connection, period, currency, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['connection', 'period', 'currency'])
        .doUpdateSet(values)
        .where('close_accruals.choice', '=', 'none'),
    )
    .execute();
}

/** Months of a currency whose accrual is planned. */
export async function accruedMonths(db: Database, connection: string, currency: string): Promise<string[]> {
  const rows = await db
    .selectFrom('close_accruals')
    .select('period')
    .where('connection', '=', connection)
    .where('currency', '=', currency)
    .where('choice', '=', 'post')
    .orderBy('period')
    .execute();
  return rows.map(({ period }) => period);
}

/** Months in which a settlement's journal makes parts, as they were claimed. */
export async function claimedMonths(db: Database, connection: string, settlementId: string): Promise<string[]> {
  const row = await db
    .selectFrom('settlements')
    .select('part_months')
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .executeTakeFirst();
  return row?.part_months ?? [];
}

export async function claimMonths(
  tx: Database,
  connection: string,
  settlementId: string,
  months: readonly string[],
): Promise<void> {
  await tx
    .updateTable('settlements')
    .set({ part_months: JSON.stringify(months) })
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .execute();
}

/** All that were ever found, with the months in which their journals make parts. */
export async function foundSettlements(db: Database, connection: string): Promise<FoundSettlement[]> {
  const rows = await db
    .selectFrom('settlements')
    .select(['settlement_id', 'currency', 'period_start', 'period_end', 'part_months', 'state'])
    .where('connection', '=', connection)
    .orderBy('settlement_id')
    .execute();
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    currency: row.currency,
    start: row.period_start,
    end: row.period_end,
    months: row.part_months,
    isOurs: row.state !== 'left-alone',
  }));
}

const OF_MONTHS = PURPOSES.filter((purpose) => kindOf(purpose).of === 'month');

/** Accruals and reversals, dated within days where those are said, in the order in which they are posted. */
export async function accrualDocuments(
  db: Database,
  connection: string,
  within: { from?: string; until?: string } = {},
): Promise<StoredDocument<'accrual'>[]> {
  return (await storedDocumentsOf(db, connection, { purposes: OF_MONTHS, ...within })) as StoredDocument<'accrual'>[];
}
