/** Which documents of an order settlement rows may find, and what each is made of. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { invoiceOf, memoOf } from './written-down.ts';
import { planDocument } from '../../../src/store/documents/documents.ts';
import { saveShipments } from '../../../src/store/orders/shipments.ts';
import { putRefund } from '../../../src/store/orders/refunds.ts';
import { postedSalesDocuments, writtenSalesDocuments } from '../../../src/store/documents/sales-documents.ts';
import { startFreshPostgres, type FreshPostgres } from '../fresh-postgres.ts';

const ORDER = '113-6000001-0000001';
const SHIPPED = '2026-10-02T15:00:00Z';
const REFUNDED = '2026-10-09T16:00:00Z';
let postgres: FreshPostgres;
beforeAll(async () => {
  postgres = await startFreshPostgres();
  const { db } = postgres.store;
  await saveShipments(db, 'us', [
    {
      orderId: ORDER,
      shipmentId: 'Na',
      shippedAt: SHIPPED,
      marketplaceName: 'Amazon.com',
      currency: 'USD',
      items: [{ orderItemId: '90001', sku: 'PEN', quantity: 1, amounts: { principal: 1000n } }],
    },
  ]);
  await putRefund(db, 'us', `${ORDER}-20261009T160000`, {
    orderId: ORDER,
    postedAt: REFUNDED,
    transactionId: 'T1',
    marketplaceName: 'Amazon.com',
    currency: 'USD',
    items: [{ orderItemId: null, sku: 'BOOK', quantity: 1, amounts: { principal: 5000n } }],
  });
  const key = <P extends 'INV' | 'CM'>(purpose: P, businessKey: string) =>
    ({ connection: 'us', purpose, businessKey, part: 1 }) as const;
  const of = (total: bigint) => ({ orderId: ORDER, date: '2026-10-02', total });
  await planDocument(db, invoiceOf(key('INV', `${ORDER}-Na`), of(0n)));
  await planDocument(db, memoOf(key('CM', `${ORDER}-Na`), of(100n)));
  await planDocument(db, invoiceOf(key('INV', `${ORDER}-20261009T160000`), of(5000n)));
  await db.updateTable('documents').set({ state: 'posted', netsuite_id: '7' }).where('purpose', '=', 'CM').execute();
}, 60_000);
afterAll(() => postgres?.stop());

test('a sale below zero has an invoice of nothing and the memo of its shipment; a refund that was taken back an invoice of its own', async () => {
  const found = await writtenSalesDocuments(postgres.store.db, 'us', [ORDER]);
  expect(
    found
      .map(({ purpose, of, shipmentId, at, total, skus, posted }) => [purpose, of, shipmentId, at, total, skus, posted])
      .sort((a, b) => Number(a[4]) - Number(b[4])),
  ).toEqual([
    ['INV', 'sale', 'Na', SHIPPED, 0n, ['PEN'], false],
    ['CM', 'sale', 'Na', SHIPPED, 100n, ['PEN'], true],
    ['INV', 'refund', null, REFUNDED, 5000n, ['BOOK'], false],
  ]);
});
test('what NetSuite does not hold yet can be applied by nobody', async () => {
  expect(
    (await postedSalesDocuments(postgres.store.db, 'us', [ORDER])).map(({ externalId, netsuiteId }) => [
      externalId,
      netsuiteId,
    ]),
  ).toEqual([[`AMZ_us_CM_${ORDER}-Na_1`, '7']]);
});
