/**
 * A client by another hand, unmodified, against the simulator: npm `@brokenrubik/netsuite-sdk` (ISC). It signs in by OAuth 2.0
 * client credentials with PS256 and an assertion of exactly 60 minutes. It builds NetSuite's host names itself, so the
 * simulator speaks under that name (`publicUrl`) and `fetch` is led to its port: every request goes over HTTP.
 */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NetSuiteClient, type NetSuiteValidationError } from '@brokenrubik/netsuite-sdk';
import {
  startNetSuiteSimulator,
  type RunningNetSuiteSimulator,
} from '../../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { exampleSeed } from './example-seed.ts';

const HOST = 'https://sim-1.suitetalk.api.netsuite.com';
const ownFetch = globalThis.fetch;
const seen: string[] = [];
const ids: Record<string, string> = {};
let simulator: RunningNetSuiteSimulator;
let client: NetSuiteClient;

beforeAll(async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const now = Date.parse('2026-11-20T12:00:00Z');
  simulator = await startNetSuiteSimulator({
    seed: exampleSeed(),
    port: 0,
    publicUrl: HOST,
    certificates: { mapping: publicKey },
    clock: { now: () => now, real: Date.now },
    switches: { autoApply: false },
    log: (line) => seen.push(line),
  });
  globalThis.fetch = (input, init) => ownFetch(String(input).replace(HOST, `http://127.0.0.1:${simulator.port}`), init);
  client = new NetSuiteClient({
    accountId: 'SIM_1',
    clientId: simulator.clientId,
    certificateId: simulator.certificateId,
    privateKey,
  });
  for (const [table, column] of [
    ['account', 'acctnumber'],
    ['item', 'itemid'],
    ['customer', 'entityid'],
    ['location', 'name'],
  ]) {
    for (const { id, name } of await client.suiteqlAll<{ id: string; name?: string }>(
      `SELECT id, ${column} AS name FROM ${table} ORDER BY id`,
    ))
      if (name !== undefined) ids[name] = id;
  }
});
afterAll(() => {
  globalThis.fetch = ownFetch;
  return simulator.close();
});

const ref = (name: string): { id: string } => ({ id: ids[name] ?? `no ${name}` });
const transform = async (from: string, id: string, target: string, body: object): Promise<string> => {
  const { status, headers } = await client.requestRaw(
    `/services/rest/record/v1/${from}/${id}/!transform/${target}`,
    'POST',
    { body },
  );
  expect(status).toBe(204);
  return headers['location']?.split('/').pop() ?? '';
};

test('signs in once and asks under the host name that it makes of the account', () => {
  expect(client.hasValidToken()).toBe(true);
  expect(seen.filter((line) => line.includes('/auth/oauth2/v1/token'))).toEqual([
    'POST /services/rest/auth/oauth2/v1/token 200',
  ]);
});

describe('order to cash', () => {
  let order: string;
  let invoice: string;

  test('makes a sales order and reads it back, with and without its lines', async () => {
    const made = await client.createRecord('salesOrder', {
      entity: ref('Amazon US'),
      tranDate: '2026-10-20',
      orderStatus: { id: 'B' },
      externalId: 'SDK_SO_1',
      otherRefNum: '111-1111111-1111111',
      item: {
        items: [
          { item: ref('SKU-A'), quantity: 2, amount: 80, location: ref('FBA US') },
          { item: ref('AMZ-SHIPPING'), quantity: 1, amount: 5.99 },
        ],
      },
    });
    expect(made).toMatchObject({ success: true, location: `${HOST}/services/rest/record/v1/salesorder/${made.id}` });
    order = made.id;
    const whole = await client.getRecord<{
      entity: { refName: string };
      item: { items: { quantity: number; amount: number }[] };
    }>('salesOrder', order, { expandSubResources: true });
    expect([whole.entity.refName, whole.item.items.map(({ quantity, amount }) => [quantity, amount])]).toEqual([
      'Amazon US',
      [
        [2, 80],
        [1, 5.99],
      ],
    ]);
    expect(await client.getRecord('salesOrder', 'eid:SDK_SO_1', { fields: 'otherRefNum' })).toMatchObject({
      id: order,
      otherRefNum: '111-1111111-1111111',
    });
    const page = await client.listRecords('salesOrder', {
      limit: 50,
      offset: 0,
      q: 'otherRefNum START_WITH "111-" AND tranDate ON_OR_AFTER "10/1/2026"',
    });
    expect([page.totalResults, page.items[0]?.id]).toEqual([1, order]);
  });

  test('fulfils and bills it by transforms', async () => {
    await transform('salesOrder', order, 'itemFulfillment', {
      tranDate: '2026-10-21',
      shipStatus: { id: 'C' },
      externalId: 'SDK_IF_1',
    });
    invoice = await transform('salesOrder', order, 'invoice', { tranDate: '2026-10-21', externalId: 'SDK_INV_1' });
    const {
      items: [row],
    } = await client.suiteql<Record<string, string>>(
      `SELECT status, foreigntotal, foreignamountunpaid FROM transaction WHERE id = ${invoice}`,
    );
    expect(row).toMatchObject({ status: 'A', foreigntotal: '85.99', foreignamountunpaid: '85.99' });
    expect(
      (await client.suiteql<{ id: string }>("SELECT id FROM transaction WHERE status = 'SalesOrd:G'")).items.map(
        ({ id }) => id,
      ),
    ).toEqual([order]);
  });

  test('pays it, and the money is in the account that the payment names', async () => {
    const { id } = await client.createRecord('customerPayment', {
      customer: ref('Amazon US'),
      account: ref('1180'),
      tranDate: '2026-10-31',
      externalId: 'SDK_PAY_1',
      apply: { items: [{ doc: { id: invoice }, apply: true, amount: 85.99 }] },
    });
    const lines = await client.suiteqlAll<{ account: string; foreignamount: string }>(
      `SELECT BUILTIN.DF(expenseaccount) AS account, foreignamount FROM transactionline WHERE transaction = ${id} ORDER BY id`,
    );
    expect(lines.map(({ account, foreignamount }) => [account, foreignamount])).toEqual([
      ['1180 Amazon clearing', '85.99'],
      ['1100 A/R Amazon', '-85.99'],
    ]);
  });
});

describe('a journal', () => {
  const body = (debit: number, credit: number, more: object = {}): object => ({
    subsidiary: { id: '1' },
    tranDate: '2026-10-31',
    line: {
      items: [
        { account: ref('6110'), debit, department: { id: '41' } },
        { account: ref('1180'), credit },
      ],
    },
    ...more,
  });

  test('is made, changed, upserted and deleted', async () => {
    const { id } = await client.createRecord('journalEntry', { ...body(9.9, 9.9), externalId: 'SDK_JE_1' });
    expect(await client.updateRecord('journalEntry', id, { memo: 'fees' })).toMatchObject({ success: true, id });
    expect(await client.upsertRecord('journalEntry', 'SDK_JE_1', { memo: 'fees of October' })).toMatchObject({
      success: true,
      id,
    });
    expect(await client.getRecord('journalEntry', id)).toMatchObject({
      memo: 'fees of October',
      createdDate: '2026-11-20T12:00:00Z',
    });
    expect((await client.deleteRecord('journalEntry', id)).success).toBe(true);
    await expect(client.getRecord('journalEntry', id)).rejects.toMatchObject({
      name: 'NetSuiteNotFoundError',
      status: 404,
    });
  });

  test('tells the SDK which of its names NetSuite dropped', async () => {
    const { propertyValidation } = await client.createRecord('journalEntry', { ...body(1, 1), class: { id: '71' } });
    expect(propertyValidation).toEqual(['Unknown field name class. The field does not exist on this record instance.']);
  });

  test("that does not balance arrives as the SDK's validation error, with NetSuite's sentence", async () => {
    const refused = (await client
      .createRecord('journalEntry', body(13, 15))
      .catch((error: NetSuiteValidationError) => error)) as NetSuiteValidationError;
    expect(refused).toMatchObject({
      name: 'NetSuiteValidationError',
      status: 400,
      errorCode: 'USER_ERROR',
      errorDetails: [{ detail: 'Error while accessing a resource. The amounts in a journal entry must balance.' }],
    });
  });
});

describe('SuiteQL', () => {
  test('is read page by page along the links', async () => {
    for (let number = 0; number < 5; number += 1)
      await client.createRecord('journalEntry', {
        subsidiary: { id: '1' },
        tranDate: '2026-10-31',
        memo: 'page',
        line: {
          items: [
            { account: ref('6110'), debit: 1 },
            { account: ref('1180'), credit: 1 },
          ],
        },
      });
    const first = await client.suiteql("SELECT id FROM transaction WHERE memo = 'page' ORDER BY id", {
      limit: 2,
      offset: 0,
    });
    expect(first).toMatchObject({ count: 2, hasMore: true, totalResults: 5 });
    expect(await client.suiteqlAll("SELECT id FROM transaction WHERE memo = 'page' ORDER BY id")).toHaveLength(5);
    expect((await client.suiteql('SELECT id, companyname FROM customer WHERE ROWNUM <= 2')).items).toHaveLength(2);
  });

  test('refuses an unknown column with the parameter that was wrong', async () => {
    await expect(client.suiteql('select not_existing_field from customer')).rejects.toMatchObject({
      errorDetails: [
        {
          errorCode: 'INVALID_PARAMETER',
          errorQueryParam: 'q',
          detail: expect.stringContaining(
            "Unknown identifier 'not_existing_field'. Available identifiers are: {customer=customer}",
          ),
        },
      ],
    });
  });
});

test('is told at once that batches are not built, and that fields and expanded lists exclude each other', async () => {
  await expect(client.batchCreate('journalEntry', [{ memo: 'x' }])).rejects.toMatchObject({ status: 501 });
  await expect(
    client.getRecord('salesOrder', 'eid:SDK_SO_1', { fields: 'memo', expandSubResources: true }),
  ).rejects.toMatchObject({ errorDetails: [{ errorCode: 'INVALID_PARAMETER' }] });
});
