/** `look-again.ts SKUS DAYS ROWS-A-DAY` prints how long planning and squaring take over a settled month: looked at, and when nothing is new. */
import { planStock } from '../../src/activities/stock/plan-stock.ts';
import { squareStock } from '../../src/activities/stock/square-stock.ts';
import { addDays } from '../../src/domain/money/instant.ts';
import { openStockConnection } from '../../test/activities/stock/stock-connection.ts';
import { boundHeap } from '../../src/workers/bounded-heap.ts';
import { startFreshPostgres } from '../../test/store/fresh-postgres.ts';
import { writeSettledMonth } from './settled-month.ts';

export interface LookingAgain {
  /** Seconds of planning and squaring together. */
  looked: number;
  spared: number;
  /** Items that agree at the end of the last day, of all. */
  agree: number;
  all: number;
}

/** Of the connection that tests have. */
const FROM = '2026-10-01';
const [skus, days, aDay] = process.argv.slice(2).map(Number) as [number, number, number];
boundHeap();
const postgres = await startFreshPostgres();
try {
  const { connection, name, at } = openStockConnection(postgres);
  const input = { connection: name };
  const now = `${addDays(FROM, days + 1)}T12:00:00Z`;
  at(now);
  await writeSettledMonth(postgres.store.db, name, {
    skus,
    days,
    aDay,
    from: FROM,
    now,
  });
  const look = async () => {
    const begin = performance.now();
    const { complete = [] } = await planStock(connection, input);
    const squared = await squareStock(connection, { ...input, complete });
    return { ...squared, seconds: (performance.now() - begin) / 1000 };
  };
  // The first one writes where everything stands.
  await look();
  await connection.db
    .deleteFrom('marks')
    .where('connection', '=', name)
    .where('source', 'in', ['stock-planned', 'stock-squared'])
    .execute();
  const looked = await look();
  const spared = await look();
  process.stdout.write(
    JSON.stringify({
      looked: looked.seconds,
      spared: spared.seconds,
      agree: spared.agree,
      all: spared.all,
    } satisfies LookingAgain),
  );
} finally {
  await postgres.stop();
}
