/** An account whose tax codes add tax to what is posted: the order stops with that document, once. By hand: 120.00 and 20 % of it. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { loadDocument } from '../../../src/store/documents/documents.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { report, sale } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openAccount, type AccountUnderTest } from '../account-under-test.ts';
import { takeEverythingIn } from '../worked-example.ts';

const ORDER = '202-1000031-0000001';
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

test('a total above its lines stops the order, names the customer, and goes on once it is mended', async () => {
  const head = { id: '30100000131', start: '2026-10-20T00:00:00Z', end: '2026-11-04T00:00:00Z' };
  const of = { marketplace: 'Amazon.co.uk', order: ORDER, shipment: 'GBa', at: '2026-10-28T12:00:00Z' };
  account = await openAccount(postgres, {
    world: worldFromSettlements([
      report(
        { ...head, deposit: '2026-11-06T00:00:00Z', total: '120.00', currency: 'GBP' },
        sale({ ...of, item: '81001', sku: 'POT', quantity: 1 }, [
          ['ItemPrice', 'Principal', '100.00'],
          ['ItemPrice', 'Tax', '20.00'],
        ]),
      ),
    ]),
    now: '2026-11-20T12:00:00Z',
    settings: { tax: { registrations: ['GB'], items: { GB: 'AMZ-VAT-GB' }, rates: { GB: { standard: 20 } } } },
  });
  await takeEverythingIn(account);
  await account.netsuitePage('POST', '/admin/switches', { defaultTaxPercent: 20 });
  const key = `AMZ_${account.name}_SO_${ORDER}_1`;
  account.writes();
  for (const _ of [1, 2])
    expect(await account.run(postSalesOrder, { orderId: ORDER, claim: null })).toMatchObject({ result: 'stopped' });
  // Tried again while it stands, it is compared and not sent once more.
  expect(account.writes()).toEqual(['POST salesOrder']);
  const [raised] = await openExceptions(account.connection.db, account.name);
  expect(raised).toMatchObject({
    code: 'taxed-by-netsuite',
    key,
    evidence: { what: expect.stringContaining('total 144 for 120.00') },
    remedy: { kind: 'try-again', of: 'order', id: ORDER, first: expect.stringContaining('the customer Amazon GB') },
  });

  await account.netsuitePage('POST', '/admin/switches', { defaultTaxPercent: 0 });
  const [held] = await account.connection.netsuite.suiteql('SELECT id FROM transaction WHERE externalid = ?', [key]);
  await account.deleteDocument('salesOrder', held!['id']!);
  expect(await account.run(postSalesOrder, { orderId: ORDER, claim: null })).toEqual({ result: 'posted' });
  expect((await loadDocument(account.connection.db, key))?.state).toBe('posted');
  expect(await account.open()).toEqual([]);
});
