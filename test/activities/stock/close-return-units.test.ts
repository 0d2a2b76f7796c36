/** Units of return authorisations that will not come, closed in NetSuite. The authorisation is of three SKU-A and a shipping charge. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { closeReturnUnits } from '../../../src/activities/stock/close-return-units.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { CONNECTION, openStockPosting, type StockPostingUnderTest } from './stock-posting.ts';

let postgres: FreshPostgres;
let shop: StockPostingUnderTest;
let authorisation: string;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(async () => {
  for (const table of ['stock_closures', 'exceptions'] as const) await postgres.store.db.deleteFrom(table).execute();
  shop = await openStockPosting(postgres);
  authorisation = await shop.authorised();
});
afterEach(() => shop.close());

const close = () => closeReturnUnits(shop.connection, { connection: CONNECTION, authorisation });
const wanted = (units: number) =>
  postgres.store.db
    .insertInto('stock_closures')
    .values({ connection: CONNECTION, authorisation, order_id: '113-1', item: 'SKU-A', units, why: 'never-came' })
    .execute();
const marked = async () =>
  (await postgres.store.db.selectFrom('stock_closures').select('closed_at').orderBy('id').execute()).map(
    (row) => row.closed_at,
  );
const lines = async () =>
  (
    await shop.bare.query(
      "SELECT BUILTIN.DF(item) item, ABS(quantity) quantity, isclosed FROM transactionline WHERE transaction = ? AND mainline = 'F' ORDER BY id",
      [authorisation],
    )
  ).map(({ item, quantity, isclosed }) => `${item} ${quantity} ${isclosed === 'T' ? 'closed' : 'open'}`);
const receive = async (quantity: number) =>
  shop.bare.create(`returnAuthorization/${authorisation}/!transform/itemReceipt`, {
    tranDate: '2026-10-28',
    item: { items: [{ orderLine: (await shop.warehouse.lineIds(authorisation))[0], quantity }] },
  });
const CLOSED = ['SKU-A 3 closed', 'AMZ-SHIPPING 1 open'];
const OPEN = ['SKU-A 3 open', 'AMZ-SHIPPING 1 open'];
const NOW = '2026-11-20T12:00:00Z';

test('a line of which no unit will come is closed, and nothing is posted', async () => {
  await wanted(3);
  const before = await shop.onHand('sellable');
  await close();
  expect([await lines(), await marked(), await shop.onHand('sellable')]).toEqual([CLOSED, [NOW], before]);
});

test('a part of a line waits: it is closed when the rest was received', async () => {
  await wanted(1);
  await close();
  expect([await lines(), await marked()]).toEqual([OPEN, [null]]);
  await receive(2);
  await close();
  expect([await lines(), await marked()]).toEqual([CLOSED, [NOW]]);
});

test('a credited line is closed too, whose quantity NetSuite would not lower', async () => {
  await shop.bare.create(`returnAuthorization/${authorisation}/!transform/creditMemo`, { tranDate: '2026-10-22' });
  const [line] = await shop.warehouse.lineIds(authorisation);
  const lowered = await shop.bare.call('PATCH', `/record/v1/returnAuthorization/${authorisation}`, {
    item: { items: [{ line, quantity: 2 }] },
  });
  expect(lowered.status).toBe(400);
  await wanted(3);
  await close();
  expect(await lines()).toEqual(CLOSED);
});

test('run again after it died between NetSuite and the store, it closes nothing more', async () => {
  const { goods } = shop.warehouse;
  authorisation = await shop.authorised([goods('SKU-A', 1, 40), goods('SKU-A', 1, 40)]);
  await wanted(1);
  await close();
  const once = ['SKU-A 1 closed', 'SKU-A 1 open', 'AMZ-SHIPPING 1 open'];
  expect(await lines()).toEqual(once);
  await postgres.store.db.updateTable('stock_closures').set({ closed_at: null }).execute();
  await close();
  expect([await lines(), await marked()]).toEqual([once, [NOW]]);
});

test('an answer that is lost is tried again', async () => {
  await wanted(3);
  await shop.admin('/faults', { kind: 'lost-after-commit', match: { method: 'PATCH' } });
  await expect(close()).rejects.toMatchObject({ type: 'NETSUITE_CLOSING' });
  expect(await marked()).toEqual([null]);
  await close();
  expect([await lines(), await marked()]).toEqual([CLOSED, [NOW]]);
});

test('what NetSuite refuses is one exception, which ends when it is closed', async () => {
  await wanted(3);
  await shop.admin('/faults', { kind: 'workflow-lock', match: { method: 'PATCH' } });
  await close();
  expect([await shop.open(), await marked()]).toEqual([[`netsuite-refused close ${authorisation}`], [null]]);
  await close();
  expect([await shop.open(), await marked()]).toEqual([[], [NOW]]);
});

test('in posting: plan nothing is sent', async () => {
  shop.connection.settings.posting = 'plan';
  await wanted(3);
  await close();
  expect([await lines(), await marked()]).toEqual([OPEN, [null]]);
});
