/** The ledger's summary: what Amazon held at the end of each day, by country. */
import { sql } from 'kysely';
import type { LedgerBalance } from '../../domain/stock/stock-facts.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';

/** Balances of whole days; a later summary replaces an earlier one. `days` have come, also those without a row. */
export async function saveBalances(
  db: Database,
  connection: string,
  { balances, days }: { balances: readonly LedgerBalance[]; days: readonly string[] },
  at: Instant,
): Promise<void> {
  if (days.length === 0) return;
  await db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('ledger_balances')
      .where('connection', '=', connection)
      .where('day', 'in', days)
      .execute();
    for (const some of inBatches(balances, 4000))
      await transaction
        .insertInto('ledger_balances')
        .values(
          some.map((balance) => ({
            connection,
            day: balance.day,
            fnsku: balance.fnsku,
            sku: balance.sku,
            disposition: balance.disposition,
            country: balance.country,
            asin: balance.asin,
            starting: balance.starting,
            in_transit: balance.inTransit,
            ending: balance.ending,
            events: balance.events,
          })),
        )
        .execute();
    await transaction
      .insertInto('ledger_days')
      .values(days.map((day) => ({ connection, day, digest: '', rows: 0, summary_at: at })))
      .onConflict((conflict) => conflict.columns(['connection', 'day']).doUpdateSet({ summary_at: at }))
      .execute();
  });
}

/** The last balance of each FNSKU, SKU, disposition and country on a day or before: one without a row keeps its last. */
export async function loadBalancesOn(db: Database, connection: string, day: string): Promise<LedgerBalance[]> {
  const { rows } = await sql<Omit<LedgerBalance, 'inTransit'> & { in_transit: number }>`
    select distinct on (fnsku, sku, disposition, country) day, fnsku, sku, asin, disposition, country, starting, in_transit, ending, events
    from ledger_balances where connection = ${connection} and day <= ${day}
    order by fnsku, sku, disposition, country, day desc`.execute(db);
  return rows.map(({ in_transit: inTransit, ...balance }) => ({ ...balance, inTransit }));
}

/** Days whose summary has come, from a day on. */
export async function loadSummarisedDays(db: Database, connection: string, from: string): Promise<string[]> {
  const days = await db
    .selectFrom('ledger_days')
    .select('day')
    .where('connection', '=', connection)
    .where('day', '>=', from)
    .where('summary_at', 'is not', null)
    .orderBy('day')
    .execute();
  return days.map(({ day }) => day);
}
