/** The day of a document against NetSuite's periods, attempt by attempt: on a real Postgres and the NetSuite simulator. September is locked there, October to December are open. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { postDocument } from '../../../src/activities/posting/post-document.ts';
import type { PostingResult } from '../../../src/activities/posting/posting-result.ts';
import { createNetSuiteClient } from '../../../src/clients/netsuite/create-netsuite-client.ts';
import { createLocalSlots } from '../../../src/clients/netsuite/slots.ts';
import { decimal } from '../../../src/clients/netsuite/write-json.ts';
import type { ConnectionSettings } from '../../../src/config/connection.ts';
import type { DocumentIntent } from '../../../src/store/documents/documents.ts';
import {
  startNetSuiteSimulator,
  type RunningNetSuiteSimulator,
} from '../../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { exampleSeed } from '../../simulators/netsuite/example-seed.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { connectionForTest } from '../connection-for-test.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
let postgres: FreshPostgres;
let simulator: RunningNetSuiteSimulator;
let connection: Connection;
let later = 0;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(async () => {
  await postgres.store.db.deleteFrom('documents').execute();
  later = 0;
  simulator = await startNetSuiteSimulator({
    seed: exampleSeed(),
    port: 0,
    clock: { now: () => NOON, real: Date.now },
  });
  const netsuite = createNetSuiteClient({
    account: simulator.account,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    clientId: simulator.clientId,
    certificateId: simulator.certificateId,
    privateKeyPem: simulator.privateKeyPem!,
    slots: createLocalSlots(3),
    timeoutMs: 1000,
    now: Date.now,
    log: () => {},
  });
  connection = connectionForTest({
    store: postgres.store,
    settings: {
      name: 'demo-us',
      posting: 'live',
      postingMode: 'invoice',
      closedPeriod: 'first-open-day',
      lostAnswerWaits: ['1s', '10m'],
    } as ConnectionSettings,
    netsuite,
    realNow: () => NOON + later,
    latest: () => '2026-11-20T12:00:00Z',
    failPoint: () => {},
  });
});
afterEach(() => simulator.close());

const ask = async (path: string, body: object) => {
  const { ok, status } = await fetch(simulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!ok) throw new Error(`${path}: ${status}`);
};
const setPeriod = (month: string, closed: boolean) =>
  ask('/admin/periods', { month, closed, allLocked: false, arLocked: false });
const journal = (date: string): DocumentIntent => ({
  key: { connection: 'demo-us', purpose: 'JE', businessKey: '1', part: 1 },
  recordType: 'journalEntry',
  date,
  currency: 'USD',
  total: 1230n,
  orderId: null,
  settlementId: '1',
  plan: { part: 1, of: 1, mapVersion: 1, date, lines: [] },
});
async function post(intent: DocumentIntent): Promise<PostingResult> {
  const { lookups } = connection.netsuite;
  const account = async (number: string) => ({ id: (await lookups.accountByNumber(number))!.id });
  return postDocument(connection, intent, async (dated) => ({
    kind: 'create',
    body: {
      externalId: 'AMZ_demo-us_JE_1_1',
      ...dated,
      memo: 'JE 1 1',
      currency: { id: (await lookups.currencyByCode('USD'))!.id },
      subsidiary: { id: (await lookups.subsidiaryByName('Example Inc'))!.id },
      line: {
        items: [
          { account: await account('6110'), debit: decimal('12.30') },
          { account: await account('1190'), credit: decimal('12.30') },
        ],
      },
    },
  }));
}
const stored = () => postgres.store.db.selectFrom('documents').select(['state', 'date', 'true_day']).executeTakeFirst();
const held = () =>
  connection.netsuite.suiteql(
    "SELECT TO_CHAR(trandate, 'YYYY-MM-DD') AS day, memo FROM transaction WHERE externalid = 'AMZ_demo-us_JE_1_1' ORDER BY id",
  );

describe('the record of a document', () => {
  const charge = (recordType: 'check' | 'creditCardCharge'): DocumentIntent => ({
    key: { connection: 'demo-us', purpose: 'CHG', businessKey: '1', part: 1 },
    recordType,
    date: '2026-10-31',
    currency: 'USD',
    total: 1230n,
    orderId: null,
    settlementId: '1',
    plan: { kind: 'charge', account: 'card', against: 'amazon-charges', amount: -1230n, traceId: null, bankLine: null },
  });
  async function postCharge(intent: DocumentIntent, cardNumber: string): Promise<PostingResult> {
    const { lookups } = connection.netsuite;
    const account = async (number: string) => ({ id: (await lookups.accountByNumber(number))!.id });
    return postDocument(connection, intent, async (dated) => ({
      kind: 'create',
      body: {
        externalId: 'AMZ_demo-us_CHG_1_1',
        ...dated,
        memo: 'CHG 1 1',
        account: await account(cardNumber),
        currency: { id: (await lookups.currencyByCode('USD'))!.id },
        subsidiary: { id: (await lookups.subsidiaryByName('Example Inc'))!.id },
        entity: { id: (await lookups.entityByName('vendor', 'Amazon Services'))!.id },
        expense: { items: [{ account: await account('2110'), amount: decimal('12.30') }] },
      },
    }));
  }

  test('is that of its account as it is now: a charge that was refused as a check is posted once the account is a card', async () => {
    await ask('/faults', { kind: 'workflow-lock', match: { externalId: '_CHG_1_1$' } });
    expect(await postCharge(charge('check'), '1000')).toMatchObject({ result: 'stopped', why: 'refused' });
    expect(await postCharge(charge('creditCardCharge'), '2000')).toMatchObject({ result: 'posted' });
    expect(
      await connection.netsuite.suiteql("SELECT type FROM transaction WHERE externalid = 'AMZ_demo-us_CHG_1_1'"),
    ).toEqual([{ type: 'CardChrg' }]);
    expect(await postgres.store.db.selectFrom('documents').select('record_type').execute()).toEqual([
      { record_type: 'creditCardCharge' },
    ]);
  });
});

describe('the day of a document', () => {
  test('is never asked for again once it is posted', async () => {
    const first = await post(journal('2026-10-31'));
    await setPeriod('2026-10', true);
    connection.settings.closedPeriod = 'wait';
    expect(await post(journal('2026-10-31'))).toEqual(first);
    expect(first).toMatchObject({ result: 'posted' });
  });

  test('is moved once: refused for something else, it stays where it was put, though its own month is opened meanwhile', async () => {
    await ask('/faults', { kind: 'workflow-lock', match: { externalId: '_JE_1_1$' } });
    expect(await post(journal('2026-09-30'))).toMatchObject({ result: 'stopped', why: 'refused' });
    expect(await stored()).toEqual({ state: 'rejected', date: '2026-10-01', true_day: '2026-09-30' });
    await setPeriod('2026-09', false);
    expect(await post(journal('2026-09-30'))).toMatchObject({ result: 'posted' });
    expect(await held()).toEqual([{ day: '2026-10-01', memo: 'JE 1 1 · true day 2026-09-30' }]);
  });

  test('is moved on where that month is closed too, and its true day stays the first', async () => {
    await ask('/faults', { kind: 'workflow-lock', match: { externalId: '_JE_1_1$' } });
    await post(journal('2026-09-30'));
    await setPeriod('2026-10', true);
    expect(await post(journal('2026-09-30'))).toMatchObject({ result: 'posted' });
    expect(await held()).toEqual([{ day: '2026-11-01', memo: 'JE 1 1 · true day 2026-09-30' }]);
    expect(await stored()).toEqual({ state: 'posted', date: '2026-11-01', true_day: '2026-09-30' });
  });

  test('stays that of a call that may still arrive: then it waits, and goes on once the month is open', async () => {
    await ask('/faults', { kind: 'lost-before-commit', match: { externalId: '_JE_1_1$' } });
    await expect(post(journal('2026-10-31'))).rejects.toMatchObject({ type: 'NETSUITE_UNKNOWN' });
    await setPeriod('2026-10', true);
    later = 11 * 60_000;
    expect(await post(journal('2026-10-31'))).toMatchObject({
      result: 'stopped',
      why: 'period',
      sentence: 'the period Oct 2026 is closed in NetSuite',
    });
    expect(await stored()).toEqual({ state: 'unknown', date: '2026-10-31', true_day: null });
    await setPeriod('2026-10', false);
    expect(await post(journal('2026-10-31'))).toMatchObject({ result: 'posted' });
    expect(await held()).toEqual([{ day: '2026-10-31', memo: 'JE 1 1' }]);
  });

  test('is judged anew where a month was closed within the minute for which periods are kept', async () => {
    await connection.netsuite.lookups.periodsFrom('2026-10-31');
    await setPeriod('2026-10', true);
    await expect(post(journal('2026-10-31'))).rejects.toMatchObject({ type: 'NETSUITE_PERIOD' });
    expect(await post(journal('2026-10-31'))).toMatchObject({ result: 'posted' });
    expect(await held()).toEqual([{ day: '2026-11-01', memo: 'JE 1 1 · true day 2026-10-31' }]);
  });

  test('waits where no later period is open, and says so', async () => {
    await setPeriod('2026-12', true);
    expect(await post(journal('2026-12-05'))).toMatchObject({
      result: 'stopped',
      why: 'period',
      sentence: 'the period Dec 2026 is closed in NetSuite, and no later period is open',
    });
    expect(await stored()).toEqual({ state: 'planned', date: '2026-12-05', true_day: null });
    expect(await held()).toEqual([]);
  });
});
