/** The ledger's summary: what Amazon held at the end of each day, by country. */
import { sql, type RawBuilder } from 'kysely';
import type { LedgerBalance } from '../../domain/stock/stock-facts.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';
import { noteChange } from './planning-inputs.ts';

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
      .where('monthly', '=', false)
      .execute();
    await insertBalances(transaction, connection, { balances, monthly: false });
    await transaction
      .insertInto('ledger_days')
      .values(days.map((day) => ({ connection, day, digest: '', rows: 0, summary_at: at })))
      .onConflict((conflict) => conflict.columns(['connection', 'day']).doUpdateSet({ summary_at: at }))
      .execute();
  });
}

/** Balances at the end of months; a row of the day itself says the same. */
export async function saveMonths(db: Database, connection: string, balances: readonly LedgerBalance[]): Promise<void> {
  await insertBalances(db, connection, { balances, monthly: true });
}

async function insertBalances(
  db: Database,
  connection: string,
  { balances, monthly }: { balances: readonly LedgerBalance[]; monthly: boolean },
): Promise<void> {
  for (const some of inBatches(balances, 4000))
    await db
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
          monthly,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['connection', 'day', 'fnsku', 'sku', 'disposition', 'country'])
          .doUpdateSet(({ ref }) => ({
            asin: ref('excluded.asin'),
            starting: ref('excluded.starting'),
            in_transit: ref('excluded.in_transit'),
            ending: ref('excluded.ending'),
            events: ref('excluded.events'),
            monthly: ref('excluded.monthly'),
          }))
          .where('ledger_balances.monthly', '=', true),
      )
      .execute();
  await noteChange(db, connection, 'balances');
}

/** The last balance of each FNSKU, SKU, disposition and country on a day or before: one without a row keeps its last. */
export function loadBalancesOn(db: Database, connection: string, day: string): Promise<LedgerBalance[]> {
  return lastBalances(db, connection, sql`day <= ${day}`);
}

/** Balances of the days from one on, and the last of each before it; of each day by SKU. */
export async function loadBalancesFrom(db: Database, connection: string, day: string): Promise<LedgerBalance[]> {
  const { rows } = await sql<BalanceRow>`
    select ${BALANCE} from ledger_balances where connection = ${connection} and day >= ${day} order by day, sku, fnsku`.execute(
    db,
  );
  return [...(await lastBalances(db, connection, sql`day < ${day}`)), ...rows.map(balanceOf)];
}

type BalanceRow = Omit<LedgerBalance, 'inTransit'> & { in_transit: number };
const BALANCE = sql.raw('day, fnsku, sku, asin, disposition, country, starting, in_transit, ending, events');
const balanceOf = ({ in_transit: inTransit, ...balance }: BalanceRow): LedgerBalance => ({ ...balance, inTransit });

async function lastBalances(db: Database, connection: string, until: RawBuilder<unknown>): Promise<LedgerBalance[]> {
  const { rows } = await sql<BalanceRow>`
    select distinct on (sku, fnsku, disposition, country) ${BALANCE}
    from ledger_balances where connection = ${connection} and ${until}
    order by sku, fnsku, disposition, country, day desc`.execute(db);
  return rows.map(balanceOf);
}

/** Days whose summary has come, from a day on, with when it was last read. */
export async function loadSummarisedDays(
  db: Database,
  connection: string,
  from: string,
): Promise<{ day: string; readAt: Instant }[]> {
  const days = await db
    .selectFrom('ledger_days')
    .select(['day', 'summary_at'])
    .where('connection', '=', connection)
    .where('day', '>=', from)
    .where('summary_at', 'is not', null)
    .orderBy('day')
    .execute();
  return days.map(({ day, summary_at: readAt }) => ({ day, readAt: readAt! }));
}
