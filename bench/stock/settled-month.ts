/** A month that is over, in the store: every SKU at both sides, rows with their fulfilments, answered and settled. */
import { sql } from 'kysely';
import { readMarkOf } from '../../src/activities/stock/stock-reading.ts';
import { MONTHS_MARK } from '../../src/activities/stock/take-in-balances.ts';
import { addDays, type Day } from '../../src/domain/money/instant.ts';
import type { Database } from '../../src/store/database.ts';
import { writeMark } from '../../src/store/intake/marks.ts';
import { saveOpening } from '../../src/store/stock/kept-stock.ts';
import { saveMatchedSkus, saveNetSuiteStock } from '../../src/store/stock/netsuite-stock.ts';
import { saveStockRun } from '../../src/store/stock/standings.ts';

const HELD = 1000;
const LOCATION = 'FBA US';

/** @param days of `aDay` rows each, from `from` on; all of them shipments of one unit */
export async function writeSettledMonth(
  db: Database,
  connection: string,
  { skus, days, aDay, from, now }: { skus: number; days: number; aDay: number; from: Day; now: string },
): Promise<void> {
  const names = Array.from({ length: skus }, (_, index) => skuOf(index));
  const opened = addDays(from, -1);
  await saveMatchedSkus(
    db,
    connection,
    names.map((sku) => ({ sku, item: sku, matchedOn: opened })),
  );
  await writeMark(db, connection, readMarkOf('ledger'), now);
  await writeMark(db, connection, MONTHS_MARK, now);
  await saveOpening(db, connection, {
    taken: `${from}T12:00:00Z`,
    amazon: names.map((sku) => ({ pool: 'us', sku, place: 'sellable', units: HELD })),
    netsuite: [
      {
        pool: null,
        items: null,
        units: names.map((item) => ({ pool: 'us', item, place: 'sellable', units: HELD })),
        movements: [],
        last: null,
      },
    ],
    inbound: [],
  });
  await saveNetSuiteStock(db, connection, {
    currency: 'USD',
    readAt: now,
    items: names.map((item, index) => ({
      item,
      netsuiteId: String(index),
      members: null,
      uncountable: null,
      lastPurchasePrice: null,
      averages: [{ location: LOCATION, cost: '6.00' }],
    })),
    onHand: names.map((item) => ({ location: LOCATION, item, onHand: HELD, committed: 0, available: HELD })),
    authorisations: [],
    transferOrders: [],
  });
  await writeRows(db, connection, { skus, days, aDay, from, opened });
  await sql`insert into ledger_days (connection, day, digest, rows, summary_at)
    select ${connection}, (${opened}::date + d)::text, 'x', 0, ${now} from generate_series(0, ${days}::int) d`.execute(
    db,
  );
  // Each of these days was the last one once: only what comes after them is squared.
  await saveStockRun(db, connection, {
    day: addDays(from, days - 1),
    plannedAt: now,
    through: null,
    waiting: [],
    inbound: [],
    gaps: [],
  });
  await sql`analyze`.execute(db);
}

/** In the database: a million rows that nobody measures. Row n of a day is of SKU (day × aDay + n) mod skus. */
async function writeRows(
  db: Database,
  connection: string,
  { skus, days, aDay, from, opened }: { skus: number; days: number; aDay: number; from: Day; opened: Day },
): Promise<void> {
  const rows = sql`(select d, n, (${from}::date + d)::text as day, 'SKU-' || lpad(((d::bigint * ${aDay}::int + n) % ${skus}::int)::text, 5, '0') as sku
    from generate_series(0, ${days - 1}::int) d, generate_series(0, ${aDay - 1}::int) n) r`;
  const rowId = sql`day || '|X' || sku || '|' || sku || '|Shipments|||PDX9|US|SELLABLE|-1#1'`;
  await sql`insert into netsuite_movements (connection, netsuite_id, line, type, tran_id, external_id, memo, day, item, location, units, settled)
    select ${connection}, (n + 1)::text, 1, 'InvAdjst', '', null, '', ${opened}, 'SKU-' || lpad(n::text, 5, '0'), ${LOCATION}, ${HELD}::int, true
    from generate_series(0, ${skus - 1}::int) n`.execute(db);
  await sql`insert into netsuite_movements (connection, netsuite_id, line, type, tran_id, external_id, memo, day, item, location, units, settled)
    select ${connection}, (1000000 + d * 100000 + n)::text, 1, 'ItemShip', '', 'AMZ_' || ${connection} || '_IF_' || d || '-' || n || '_1', '', day, sku, ${LOCATION}, -1, true from ${rows}`.execute(
    db,
  );
  await sql`insert into ledger_rows (connection, row_id, day, fnsku, sku, event_type, reason, reference, centre, country, disposition, quantity, asin, title, pool, origin, seen, settled)
    select ${connection}, ${rowId}, day, 'X' || sku, sku, 'Shipments', '', '', 'PDX9', 'US', 'SELLABLE', -1, '', 'Stoneware mug, 350 ml', 'us', 'ledger', day, true from ${rows}`.execute(
    db,
  );
  await sql`insert into stock_answers (connection, row_id, item, units, kind, document, line, per_sku, settled)
    select ${connection}, ${rowId}, sku, -1, 'movement', (1000000 + d * 100000 + n)::text, 1, 1, true from ${rows}`.execute(
    db,
  );
  await sql`insert into stock_settled (connection, pool, item, place, units)
    select ${connection}, 'us', sku, 'sellable', -count(*) from ${rows} group by sku`.execute(db);
  await sql`insert into ledger_balances (connection, day, fnsku, sku, disposition, country, asin, starting, in_transit, ending, events)
    select ${connection}, ${opened}, 'X' || sku, sku, 'SELLABLE', 'US', '', ${HELD}::int, 0, ${HELD}::int, 0 from (select 'SKU-' || lpad(n::text, 5, '0') as sku from generate_series(0, ${skus - 1}::int) n) s`.execute(
    db,
  );
  await sql`insert into ledger_balances (connection, day, fnsku, sku, disposition, country, asin, starting, in_transit, ending, events)
    select ${connection}, day, 'X' || sku, sku, 'SELLABLE', 'US', '', ${HELD}::int - number + 1, 0, ${HELD}::int - number, -1
    from (select *, (row_number() over (partition by sku order by day))::int as number from ${rows}) r`.execute(db);
}

const skuOf = (index: number): string => `SKU-${String(index).padStart(5, '0')}`;
