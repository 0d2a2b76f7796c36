/**
 * The worked example of two settlements, the first of them tied, and what somebody then alters in NetSuite. By hand: its journal has
 * commission 9.90, fulfilment 13.07, storage 3.00 and a reserve of 20.00 against clearing 65.99 and 20.02 under way; its deposit 20.02; invoice 65.99.
 */
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from '@jest/globals';
import { decideDifference } from '../../../src/activities/decisions/settle-difference.ts';
import { decideTryAgain } from '../../../src/activities/decisions/try-again.ts';
import type { Connection } from '../../../src/activities/connection.ts';
import { sweepDocuments, sweepMonth } from '../../../src/activities/documents/sweep-documents.ts';
import { provePayout } from '../../../src/activities/payouts/prove-payout.ts';
import { decimal } from '../../../src/clients/netsuite/write-json.ts';
import type { JsonObject } from '../../../src/clients/netsuite/netsuite-client.ts';
import type { Telling } from '../../../src/contracts/activity-inputs.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { loadSettlement } from '../../../src/store/payouts/settlements.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { FIRST, openWorkedExample, postOrder, takeEverythingIn, takeInStatement, upTo } from '../worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

beforeEach(async () => {
  account = await openWorkedExample(postgres);
  await takeEverythingIn(account);
  await postOrder(account);
  await takeInStatement(account);
  await upTo(account, 'movements');
  expect(await account.run(provePayout, { settlementId: FIRST })).toEqual({ tied: true });
  account.told();
}, 60_000);

const sweep = (only?: string) => account.run(sweepDocuments, { after: '', ...(only === undefined ? {} : { only }) });
const key = (purpose: string) => `AMZ_${account.name}_${purpose}_${FIRST}_1`;
const idOf = async (externalId: string) =>
  (await account.connection.netsuite.suiteql('SELECT id FROM transaction WHERE externalid = ?', [externalId]))[0]![
    'id'
  ]!;
const patch = async (type: string, externalId: string, body: JsonObject) =>
  expect(await account.connection.netsuite.patch(type, await idOf(externalId), body)).toMatchObject({
    outcome: 'posted',
  });
const said = async () =>
  (await openExceptions(account.connection.db, account.name)).map(({ code, evidence }) => `${code}: ${evidence.what}`);
const state = async () => (await loadSettlement(account.connection.db, account.name, FIRST))!.state;
const lineOf = async (externalId: string, amount: string) =>
  Number(
    (
      await account.connection.netsuite.suiteql(
        'SELECT tl.id AS id FROM transactionline tl JOIN transaction t ON t.id = tl.transaction WHERE t.externalid = ? AND tl.foreignamount = ?',
        [externalId, amount],
      )
    )[0]!['id'],
  );
const invoice = async () =>
  (
    await account.connection.netsuite.suiteql(
      `SELECT externalid FROM transaction WHERE externalid LIKE 'AMZ_${account.name}_INV_%'`,
    )
  )[0]!['externalid']!;

test('what NetSuite holds as it was posted raises nothing, and nothing is written', async () => {
  account.writes();
  const page = await sweep();
  expect(page).toEqual({ after: null, read: 6, altered: 0 });
  expect(await sweep()).toEqual(page);
  expect([await said(), account.told(), account.writes()]).toEqual([[], [], []]);
});

test('a journal whose fees are exchanged, its total as it was, unties its payout until it is put back', async () => {
  await sweep();
  const [commission, storage] = [await lineOf(key('JE'), '9.9'), await lineOf(key('JE'), '3')];
  const fees = (one: string, other: string) =>
    patch('journalEntry', key('JE'), {
      line: {
        items: [
          { line: commission, debit: decimal(one) },
          { line: storage, debit: decimal(other) },
        ],
      },
    });
  await fees('3.00', '9.90');
  expect(await sweep()).toMatchObject({ altered: 1 });
  const [exception] = await said();
  expect(exception).toMatch(
    /^document-altered: AMZ_\S+_JE_26100000001_1 has (3\.00|9\.90) USD on account 6\d+\S* in NetSuite, and had (9\.90|3\.00) USD$/,
  );
  expect([await state(), account.told()]).toEqual(['works', [`payout ${FIRST} documentsPosted`]]);
  expect(await account.run(provePayout, { settlementId: FIRST })).toMatchObject({ tied: false });
  expect(await state()).toBe('held');
  // Told once, however often it is found.
  await sweep();
  expect(account.told()).toEqual([]);
  await fees('9.90', '3.00');
  expect(await sweep(key('JE'))).toEqual({ after: null, read: 1, altered: 0 });
  expect(account.told()).toEqual([`payout ${FIRST} documentsPosted`]);
  expect(await account.run(provePayout, { settlementId: FIRST })).toEqual({ tied: true });
  expect([await said(), await state()]).toEqual([[], 'tied']);
});

test('one that was never read back is held against its plan', async () => {
  const amount = await lineOf(key('DEP'), '-20.02');
  await patch('deposit', key('DEP'), { other: { items: [{ line: amount, amount: decimal('21.02') }] } });
  await sweep();
  expect(await said()).toEqual([
    `document-altered: ${key('DEP')} comes to 21.02 USD there, and was posted with 20.02 USD`,
  ]);
});

test('one that was deleted, and one that was dated otherwise, are each named', async () => {
  await sweep();
  await account.deleteDocument('deposit', await idOf(key('DEP')));
  const bill = await invoice();
  const [{ day }] = (await account.connection.netsuite.suiteql(
    `SELECT TO_CHAR(trandate, 'YYYY-MM-DD') AS day FROM transaction WHERE externalid = '${bill}'`,
  )) as [{ day: string }];
  await patch('invoice', bill, { tranDate: '2026-10-01' });
  expect(await sweep()).toMatchObject({ altered: 2 });
  expect((await said()).sort()).toEqual([
    `document-altered: ${bill} is dated 2026-10-01 there, and was booked on ${day}`,
    `document-altered: NetSuite no longer holds ${key('DEP')}`,
  ]);
  expect(await account.run(provePayout, { settlementId: FIRST })).toMatchObject({ tied: false });
});

test('what is right as it stands is left by a person, and asked about anew once it is altered otherwise', async () => {
  await sweep();
  const bill = await invoice();
  const dated = (tranDate: string) => patch('invoice', bill, { tranDate });
  await dated('2026-10-01');
  await sweep();
  const decision = { document: bill, choice: 'leave' as const, by: 'maria', why: 'as the buyer asked' };
  const left = await account.run(decideDifference, { decision });
  expect(left).toMatchObject({ choice: 'leave', detail: `${bill} stays as it stands in NetSuite` });
  expect(await account.run(decideDifference, { decision })).toMatchObject({ audit: left.audit });
  expect(await sweep()).toMatchObject({ altered: 0 });
  expect(await said()).toEqual([]);
  await dated('2026-10-02');
  expect(await sweep()).toMatchObject({ altered: 1 });
});

test('a signature reads every document of its month line by line: an invoice whose total is as it was', async () => {
  const month = (period: string) =>
    account.run((connection: Connection, { policy }: Telling) => sweepMonth(connection, policy, period));
  await month('2026-10');
  const bill = await invoice();
  const [mug, bottle] = [await lineOf(bill, '-40'), await lineOf(bill, '-25')];
  const amounts = (one: string, other: string) =>
    patch('invoice', bill, {
      item: {
        items: [
          { line: mug, amount: decimal(one) },
          { line: bottle, amount: decimal(other) },
        ],
      },
    });
  await amounts('60.00', '5.00');
  await month('2026-09');
  expect(await said()).toEqual([]);
  await month('2026-10');
  expect(await said()).toEqual([expect.stringMatching(new RegExp(`^document-altered: ${bill} has `))]);
  await amounts('40.00', '25.00');
  await month('2026-10');
  expect(await said()).toEqual([]);
});

test('a person who has put it back is recorded once, and nobody is asked about what is as it was', async () => {
  await sweep();
  const bill = await invoice();
  const again = (id: string, act: string) =>
    account.run(decideTryAgain, { decision: { of: 'document', id, by: 'ben' }, act });
  await expect(again(bill, 'act-1')).rejects.toMatchObject({ type: 'NOT_AT_WORK' });
  await patch('invoice', bill, { tranDate: '2026-10-01' });
  await sweep();
  expect(await again(bill, 'act-2')).toEqual(await again(bill, 'act-2'));
});
