/** The seller's tax in documents of a month beside the account of its jurisdiction, as NetSuite's side tells it. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { takeInOrders } from '../../../src/activities/intake/take-in-orders.ts';
import { takeInShipments } from '../../../src/activities/intake/take-in-shipments.ts';
import { billShipment } from '../../../src/activities/orders/bill-shipment.ts';
import { postFulfilment } from '../../../src/activities/orders/post-fulfilment.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { readTaxTie } from '../../../src/activities/tax/read-tax-tie.ts';
import { decimal } from '../../../src/clients/netsuite/write-json.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { loadShipments } from '../../../src/store/orders/shipments.ts';
import { report, sale } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openAccount, type AccountUnderTest } from '../account-under-test.ts';

const ORDER = '202-1000001-0000001';
/** 100.00 and 20.00 of tax, dispatched on 28 October. */
const WORLD = worldFromSettlements([
  report(
    {
      id: '30100000103',
      start: '2026-10-20T00:00:00Z',
      end: '2026-11-04T00:00:00Z',
      deposit: '2026-11-06T00:00:00Z',
      total: '120.00',
      currency: 'GBP',
    },
    sale(
      {
        marketplace: 'Amazon.co.uk',
        order: ORDER,
        shipment: 'GBa',
        at: '2026-10-28T12:00:00Z',
        item: '71001',
        sku: 'POT',
        quantity: 1,
      },
      [
        ['ItemPrice', 'Principal', '100.00'],
        ['ItemPrice', 'Tax', '20.00'],
      ],
    ),
  ),
]);
const TAX = { registrations: ['GB'], items: { GB: 'AMZ-VAT-GB' }, rates: { GB: { standard: 20 } } };

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const open = (tax: object) => openAccount(postgres, { world: WORLD, now: '2026-11-20T12:00:00Z', settings: { tax } });

test('readTaxTie holds our invoice against the account of its month, and names what others booked there', async () => {
  account = await open(TAX);
  await billed();
  await somebodysJournal('2026-10-31', '7.50');
  await somebodysJournal('2026-11-01', '1.00');
  account.writes();

  const GB = { jurisdiction: 'GB', currency: 'GBP', account: '2211' };
  const journal = (day: string, amount: string) => ({ name: expect.any(String), type: 'Journal', day, amount });
  const AGREES = { difference: '0.00', ties: true, differing: [], differingCount: 0, othersCount: 1 };
  expect(await account.run(readTaxTie, { month: '2026-10' })).toEqual([
    {
      ...GB,
      ...AGREES,
      documents: '20.00',
      booked: '20.00',
      foreign: '-7.50',
      others: [journal('2026-10-31', '-7.50')],
    },
  ]);
  expect(await account.run(readTaxTie, { month: '2026-11' })).toEqual([
    { ...GB, ...AGREES, documents: '0.00', booked: '0.00', foreign: '-1.00', others: [journal('2026-11-01', '-1.00')] },
  ]);
  expect(await account.run(readTaxTie, { month: '2026-09' })).toEqual([]);
  expect(account.writes()).toEqual([]);
});

test('readTaxTie names an invoice that NetSuite no longer has', async () => {
  account = await open(TAX);
  await billed();
  const externalId = `AMZ_${account.name}_INV_${ORDER}-GBa_1`;
  const held = await account.connection.netsuite.lookups.transactionByExternalId(externalId);
  await account.deleteDocument('invoice', held!.id);
  expect(await account.run(readTaxTie, { month: '2026-10' })).toMatchObject([
    {
      documents: '20.00',
      booked: '0.00',
      difference: '-20.00',
      ties: false,
      differing: [{ document: externalId, documents: '20.00', booked: '0.00' }],
    },
  ]);
});

test('readTaxTie has nothing where NetSuite lacks the item, and asks nothing without registrations', async () => {
  account = await open({ ...TAX, items: { GB: 'NO-SUCH-ITEM' } });
  expect(await account.run(readTaxTie, { month: '2026-10' })).toEqual([]);
  await account.close();
  account = await open({ registrations: [] });
  account.calls();
  expect(await account.run(readTaxTie, { month: '2026-10' })).toEqual([]);
  expect(account.calls()).toEqual([]);
});

async function billed(): Promise<void> {
  await account.run<object, unknown>(takeInOrders);
  await account.run<object, unknown>(takeInShipments);
  const [shipment] = await loadShipments(account.connection.db, account.name, ORDER);
  await account.run(postSalesOrder, { orderId: ORDER, claim: null });
  await account.run(postFulfilment, { orderId: ORDER, shipment: shipment!.key });
  await account.run(billShipment, { orderId: ORDER, shipment: shipment!.key });
}

/** The return of a quarter, cleared by hand: a debit on the account of tax. */
async function somebodysJournal(tranDate: string, amount: string): Promise<void> {
  const { netsuite } = account.connection;
  const [tax, equity, currency, subsidiary] = await Promise.all([
    netsuite.lookups.accountByNumber('2211'),
    netsuite.lookups.accountByNumber('3900'),
    netsuite.lookups.currencyByCode('GBP'),
    netsuite.lookups.subsidiaryByName('Simulated Seller'),
  ]);
  const outcome = await netsuite.create('journalEntry', {
    tranDate,
    memo: 'VAT return',
    currency: { id: currency!.id },
    subsidiary: { id: subsidiary!.id },
    line: {
      items: [
        { account: { id: tax!.id }, debit: decimal(amount) },
        { account: { id: equity!.id }, credit: decimal(amount) },
      ],
    },
  });
  if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
}
