/** Amazon's VAT reports as they were taken in, by month. */
import { sql } from 'kysely';
import type { Instant } from '../../domain/money/instant.ts';
import type { AmazonVatRow } from '../../domain/tax/vat-facts.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface StoredVatReport {
  /** When Amazon made it. */
  madeAt: Instant;
  rows: AmazonVatRow[];
}

/** Takes the place of what was stored of the month. */
export async function storeVatReport(
  db: Database,
  connection: string,
  month: string,
  { madeAt, rows }: StoredVatReport,
): Promise<void> {
  const report = { made_at: madeAt, rows: factToJson(rows) };
  await db
    .insertInto('vat_reports')
    .values({ connection, month, ...report })
    .onConflict((conflict) => conflict.columns(['connection', 'month']).doUpdateSet(report))
    .execute();
}

export async function loadVatReport(db: Database, connection: string, month: string): Promise<StoredVatReport | null> {
  const row = await db
    .selectFrom('vat_reports')
    .select(['made_at', 'rows'])
    .where('connection', '=', connection)
    .where('month', '=', month)
    .executeTakeFirst();
  return row ? { madeAt: row.made_at, rows: factFromJson<AmazonVatRow[]>(row.rows) } : null;
}

export async function storedVatMonths(db: Database, connection: string): Promise<Set<string>> {
  const rows = await db.selectFrom('vat_reports').select('month').where('connection', '=', connection).execute();
  return new Set(rows.map(({ month }) => month));
}

/** Deletes those of months before this one. */
export async function purgeVatReports(db: Database, connection: string, month: string): Promise<void> {
  await sql`delete from vat_reports where connection = ${connection} and month < ${month}`.execute(db);
}
