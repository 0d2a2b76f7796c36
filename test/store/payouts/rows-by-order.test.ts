import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rowsByOrder } from '../../../src/store/payouts/rows-by-order.ts';
import type { StagedRow } from '../../../src/store/payouts/settlement-rows.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

let postgres: FreshPostgres;

beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

const read = (settlementId: string) =>
  postgres.store.db.transaction().execute(async (tx) => {
    const batches: StagedRow[][] = [];
    for await (const batch of rowsByOrder(tx, 'c', settlementId)) {
      batches.push(batch);
      // Other statements run between two batches, and what they write is not seen.
      await tx
        .updateTable('settlement_rows')
        .set({ booked: 'clearing' })
        .where('settlement_id', '=', settlementId)
        .where('line', '=', batch[0]!.line)
        .execute();
    }
    return batches;
  });
/** `order` is an SQL expression over `line`. */
const fill = (settlementId: string, rows: number, order: string) =>
  postgres.store.pool.query(
    `
  insert into settlement_rows (connection, settlement_id, line, ordinal, transaction_type, amount_type, amount_description, amount, posted_at, order_id)
  select 'c', $1, line, 0, 'Order', 'b', 'c', 1, now(), ${order} from generate_series(1, ${rows}) line`,
    [settlementId],
  );

test('an order that stands in several places of the file, or has more rows than a batch, comes whole and in its order', async () => {
  // 700 order ids come again and again through the file; one row in 50 names no order; order 9 has 5,000 rows.
  await fill(
    '1',
    12_000,
    "case when line % 50 = 0 then null when line > 7000 then '9' else '1' || lpad((line % 700)::text, 4, '0') end",
  );
  const batches = await read('1');
  expect(batches.length).toBeGreaterThan(3);
  expect(
    batches
      .flat()
      .map(({ line }) => line)
      .sort((a, b) => a - b),
  ).toEqual(Array.from({ length: 12_000 }, (_, index) => index + 1));
  const seenIn = new Map<string, Set<number>>();
  batches.forEach((batch, index) =>
    batch.forEach(
      ({ orderId }) => orderId !== null && seenIn.set(orderId, (seenIn.get(orderId) ?? new Set()).add(index)),
    ),
  );
  expect([...seenIn.values()].filter((places) => places.size > 1)).toEqual([]);
  const large = batches
    .flat()
    .filter(({ orderId }) => orderId === '9')
    .map(({ line }) => line);
  expect(large).toEqual([...large].sort((a, b) => a - b));
  expect(batches.flat().every(({ booked }) => booked === null)).toBe(true);
  // Those that name no order are the last.
  expect(
    batches
      .flat()
      .slice(-240)
      .every(({ orderId }) => orderId === null),
  ).toBe(true);
});

test.each([
  [0, 0],
  [1, 1],
  [2000, 1],
  [4000, 2],
])('%d rows without an order come in %d batches', async (rows, batches) => {
  if (rows > 0) await fill(`n${rows}`, rows, 'null');
  const got = await read(`n${rows}`);
  expect([got.flat().length, got.length]).toEqual([rows, batches]);
});
