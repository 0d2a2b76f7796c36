import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createNetSuiteClient } from '../../../src/clients/netsuite/create-netsuite-client.ts';
import type { JsonObject, NetSuiteClient } from '../../../src/clients/netsuite/netsuite-client.ts';
import { createLocalSlots } from '../../../src/clients/netsuite/slots.ts';
import { decimal } from '../../../src/clients/netsuite/write-json.ts';
import type { NetSuiteCall } from '../../../src/clients/netsuite/rest-session.ts';
import {
  startNetSuiteSimulator,
  type RunningNetSuiteSimulator,
} from '../../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { exampleSeed } from '../../simulators/netsuite/example-seed.ts';

let simulator: RunningNetSuiteSimulator;
let client: NetSuiteClient;
let calls: NetSuiteCall[];

beforeEach(async () => {
  simulator = await startNetSuiteSimulator({
    seed: exampleSeed(),
    port: 0,
    clock: { now: () => Date.parse('2026-11-20T12:00:00Z'), real: Date.now },
  });
  calls = [];
  client = createNetSuiteClient({
    account: simulator.account,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    clientId: simulator.clientId,
    certificateId: simulator.certificateId,
    privateKeyPem: simulator.privateKeyPem!,
    slots: createLocalSlots(3),
    timeoutMs: 1000,
    now: Date.now,
    log: (call) => calls.push(call),
  });
});
afterEach(() => simulator.close());

const admin = (path: string, body: object) =>
  fetch(simulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const accountRef = async (number: string) => ({ id: (await client.lookups.accountByNumber(number))!.id });

async function journal(externalId: string, debit = '12.30', more: JsonObject = {}): Promise<JsonObject> {
  return {
    externalId,
    tranDate: '2026-10-31',
    memo: 'JE 1 1',
    currency: { id: (await client.lookups.currencyByCode('USD'))!.id },
    subsidiary: { id: (await client.lookups.subsidiaryByName('Example Inc'))!.id },
    postingPeriod: { id: (await client.lookups.periodsFrom('2026-10-31'))[0]!.id },
    line: {
      items: [
        { account: await accountRef('6110'), debit: decimal(debit) },
        { account: await accountRef('1190'), credit: decimal('12.30') },
      ],
    },
    ...more,
  };
}

describe('a journal', () => {
  test('is posted to the cent, found by its external id, and a second one is a duplicate', async () => {
    const posted = await client.create('journalEntry', await journal('AMZ_us_JE_1_1'));
    expect(posted).toMatchObject({ outcome: 'posted' });
    const head = await client.lookups.transactionByExternalId('AMZ_us_JE_1_1');
    expect(head).toMatchObject({ type: 'Journal', date: '2026-10-31', posting: true, memo: 'JE 1 1', currency: 'USD' });
    expect(head!.id).toBe(posted.outcome === 'posted' ? posted.id : '');
    expect(await client.create('journalEntry', await journal('AMZ_us_JE_1_1'))).toMatchObject({ outcome: 'duplicate' });
    const rows = await client.suiteql(
      'SELECT SUM(tl.foreignamount) AS balance FROM transactionline tl WHERE tl.transaction = ? AND tl.expenseaccount = ?',
      [head!.id, (await accountRef('6110')).id],
    );
    expect(Number(rows[0]!['balance']).toFixed(2)).toBe('12.30');
  });

  test('whose answer is lost is unknown, and is there; one that was lost on the way is not', async () => {
    const body = await journal('AMZ_us_JE_2_1');
    await admin('/faults', { kind: 'lost-after-commit', match: { type: 'journalEntry' } });
    expect(await client.create('journalEntry', body)).toMatchObject({ outcome: 'unknown' });
    expect(await client.lookups.transactionByExternalId('AMZ_us_JE_2_1')).not.toBeNull();
    await admin('/faults', { kind: 'lost-before-commit', match: { type: 'journalEntry' } });
    expect(await client.create('journalEntry', { ...body, externalId: 'AMZ_us_JE_3_1' })).toMatchObject({
      outcome: 'unknown',
    });
    expect(await client.lookups.transactionByExternalId('AMZ_us_JE_3_1')).toBeNull();
  });

  test.each([
    ['500-after-commit', { outcome: 'unknown' }],
    ['429', { outcome: 'throttled' }],
    ['changed', { outcome: 'rejected', class: 'changed' }],
    ['workflow-lock', { outcome: 'rejected', class: 'locked' }],
    ['slow', { outcome: 'unknown' }],
    ['401', { outcome: 'posted' }],
  ])('that meets %s ends as it must', async (kind, outcome) => {
    const body = await journal('AMZ_us_JE_4_1');
    await admin('/faults', { kind, match: { type: 'journalEntry' }, delayMs: 1500 });
    expect(await client.create('journalEntry', body)).toMatchObject(outcome);
  });

  test('that NetSuite refuses says why', async () => {
    expect(await client.create('journalEntry', await journal('U_1', '12.31'))).toMatchObject({
      outcome: 'rejected',
      class: 'unbalanced',
    });
    expect(await client.create('journalEntry', await journal('U_2', '12.30', { memmo: 'x' }))).toMatchObject({
      outcome: 'rejected',
      class: 'bug',
    });
    const closed = (await client.lookups.periodsFrom('2026-08-15'))[0]!;
    expect(closed.closed).toBe(true);
    expect(
      await client.create(
        'journalEntry',
        await journal('U_3', '12.30', { tranDate: '2026-08-15', postingPeriod: { id: closed.id } }),
      ),
    ).toMatchObject({ outcome: 'rejected', class: 'period' });
    expect(
      await client.create('journalEntry', await journal('U_4', '12.30', { tranDate: '2031-01-15' })),
    ).toMatchObject({ outcome: 'rejected', class: 'period' });
    expect(
      await client.create(
        'journalEntry',
        await journal('U_5', '12.30', { line: { items: [{ account: { id: '99999' }, debit: decimal('1.00') }] } }),
      ),
    ).toMatchObject({ outcome: 'rejected', class: 'mapping' });
  });
});

describe('an order', () => {
  test('becomes a fulfilment and an invoice by transforms, and its line ids are looked up', async () => {
    const { lookups } = client;
    const location = { id: (await lookups.locationByName('FBA US'))!.id };
    const [a, b] = await Promise.all(
      ['SKU-A', 'SKU-B'].map(async (sku) => ({ id: (await lookups.itemByName(sku))!.id })),
    );
    const order = await client.create('salesOrder', {
      externalId: 'AMZ_us_SO_1_1',
      entity: { id: (await lookups.entityByName('customer', 'Amazon US'))!.id },
      tranDate: '2026-10-20',
      orderStatus: { id: 'B' },
      item: {
        items: [
          { item: a!, quantity: 2, amount: decimal('80.00'), location },
          { item: b!, quantity: 1, amount: decimal('25.00'), location },
        ],
      },
    });
    const id = order.outcome === 'posted' ? order.id : '';
    const lines = await lookups.salesOrderLines(id);
    expect(
      lines.map(({ item, quantity, fulfilled, billed, closed }) => [item, quantity, fulfilled, billed, closed]),
    ).toEqual([
      [a!.id, 2, 0, 0, false],
      [b!.id, 1, 0, 0, false],
    ]);
    const shipped = (quantity: number) => ({
      externalId: `AMZ_us_IF_1_${quantity}`,
      tranDate: '2026-10-28',
      shipStatus: { id: 'C' },
      item: {
        items: [
          { orderLine: Number(lines[0]!.orderLine), quantity, location, itemReceive: true },
          { orderLine: Number(lines[1]!.orderLine), itemReceive: false },
        ],
      },
    });
    expect(await client.transform({ type: 'salesOrder', id }, 'itemFulfillment', shipped(3))).toMatchObject({
      outcome: 'rejected',
      class: 'over-fulfil',
    });
    expect(await client.transform({ type: 'salesOrder', id }, 'itemFulfillment', shipped(1))).toMatchObject({
      outcome: 'posted',
    });
    expect((await lookups.salesOrderLines(id))[0]).toMatchObject({ fulfilled: 1, billed: 0 });
    expect(await client.transform({ type: 'salesOrder', id }, 'journalEntry', {})).toMatchObject({
      outcome: 'rejected',
      class: 'state',
    });
    const record = await client.get('salesOrder', 'eid:AMZ_us_SO_1_1', { numbersAsText: true });
    expect(record).toMatchObject({ id, item: { items: [{ quantity: '2' }, { quantity: '1' }] } });
    expect(await client.get('salesOrder', 'eid:AMZ_us_SO_9_1')).toBeNull();
  });

  test('without its customer is refused as a missing field', async () => {
    expect(await client.create('salesOrder', { externalId: 'AMZ_us_SO_2_1', tranDate: '2026-10-20' })).toMatchObject({
      outcome: 'rejected',
      class: 'mandatory-field',
    });
  });
});

describe('look-ups', () => {
  test('that many ask at once cost one query a kind, and what is known costs none', async () => {
    const names = ['SKU-A', 'SKU-B', '012345678905', 'SKU-OLD', 'SKU-NONE'];
    const items = await Promise.all(names.map((name) => client.lookups.itemByName(name)));
    expect(items.map((item) => item && [item.itemId, item.inactive])).toEqual([
      ['SKU-A', false],
      ['SKU-B', false],
      ['SKU-A', false],
      ['SKU-OLD', true],
      null,
    ]);
    expect(calls).toHaveLength(1);
    await Promise.all([client.lookups.itemByName('SKU-A'), client.lookups.itemByName('SKU-B')]);
    expect(calls).toHaveLength(1);
  });

  test('of accounts, entities, places and money find ids by names', async () => {
    const { lookups } = client;
    expect(await lookups.accountByNumber('1180')).toMatchObject({
      number: '1180',
      name: expect.stringContaining('Amazon clearing'),
      type: 'Bank',
      inactive: false,
    });
    expect(await lookups.accountByNumber('6999')).toMatchObject({ inactive: true });
    expect(await lookups.entityByName('vendor', 'Amazon Services')).toMatchObject({ inactive: false });
    expect(await lookups.entityByName('customer', 'Amazon Services')).toBeNull();
    expect(await lookups.locationByName('Merchant')).toMatchObject({ inactive: false });
    expect(await lookups.currencyByCode('CAD')).not.toBeNull();
    expect((await lookups.periodsFrom('2026-09-30')).slice(0, 2)).toMatchObject([
      { start: '2026-09-01', end: '2026-09-30', allLocked: true, closed: false },
      { start: '2026-10-01', end: '2026-10-31', allLocked: false, closed: false },
    ]);
    expect(await lookups.periodsFrom('2031-01-01')).toEqual([]);
  });
});
