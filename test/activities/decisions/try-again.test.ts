/** What a person tells an order or a payout to try again: it is told, it stands in the record once, and one that nobody knows is refused. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { asPerson } from '../../../src/activities/decisions/as-person.ts';
import { recordGiven, requireGiver } from '../../../src/activities/decisions/given-by.ts';
import { decideTryAgain, recordSignal } from '../../../src/activities/decisions/try-again.ts';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import type { Connection } from '../../../src/activities/connection.ts';
import type { TryAgain } from '../../../src/contracts/decisions/decisions.ts';
import { lastAudit } from '../../../src/store/audit/audit-chain.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { FIRST, openWorkedExample, ORDER, takeEverythingIn } from '../worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const record = async () =>
  (await lastAudit(postgres.store.db, account.name, null))
    .reverse()
    .map(({ action, by, why, detail }) => [action, by, why, detail]);
const again = (decision: Pick<TryAgain, 'of' | 'id'>, act = 'act-1') =>
  account.run(decideTryAgain, { decision: { ...decision, by: 'olga' }, act });

test('an order and a payout are told, one whose workflow is lost begins again, and an attempt more is the same act', async () => {
  account = await openWorkedExample(postgres);
  await takeEverythingIn(account);
  await account.run(tellOrders);
  account.told();
  const first = await again({ of: 'order', id: ORDER });
  expect(account.told()).toEqual([`${ORDER} tryAgain`]);
  expect((await again({ of: 'order', id: ORDER })).audit).toBe(first.audit);
  account.loseWorkflows();
  account.told();
  const second = await again({ of: 'order', id: ORDER }, 'act-2');
  expect(second.audit).toBeGreaterThan(first.audit);
  expect(account.told()).toContain(`orderLifecycle ${ORDER} dispatched`);
  await again({ of: 'payout', id: FIRST }, 'act-3');
  expect(account.told()).toEqual([`payout ${FIRST} lookAgain`]);
  await expect(again({ of: 'order', id: '112-0000000-0000000' }, 'act-4')).rejects.toMatchObject({
    type: 'NOT_AT_WORK',
  });
  await expect(again({ of: 'payout', id: '29999999999' }, 'act-5')).rejects.toMatchObject({ type: 'NOT_AT_WORK' });
  expect(await record()).toEqual([
    ['try-again', 'olga', null, { of: 'order', id: ORDER, act: 'act-1' }],
    ['try-again', 'olga', null, { of: 'order', id: ORDER, act: 'act-2' }],
    ['try-again', 'olga', null, { of: 'payout', id: FIRST, act: 'act-3' }],
  ]);
});

test('a signal by hand and a file that somebody gave stand in the record once, and who may not give one is refused', async () => {
  account = await openWorkedExample(postgres);
  const people: Connection['people'] = new Map([
    ['olga', ['operator']],
    ['vic', ['viewer']],
  ]);
  const connection: Connection = { ...account.connection, people, db: postgres.store.db };
  const sent = { connection: account.name, signal: 'tryAgain', workflow: `order:${account.name}:${ORDER}`, act: 's' };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await recordSignal(connection, { ...sent, by: null, why: null });
    await recordGiven(connection, 'importStatement', { given: { by: 'olga', act: 'f' } }, { file: 'october.ofx' });
  }
  await recordSignal(connection, { ...sent, by: 'vic', why: 'to see', act: 't' });
  await recordGiven(connection, 'importStatement', {}, { file: 'fetched.ofx' });
  requireGiver(connection, 'importStatement', {});
  requireGiver(connection, 'importStatement', { given: { by: 'olga', act: 'g' } });
  for (const by of ['vic', 'nobody'])
    expect(() => requireGiver(connection, 'importSettlement', { given: { by, act: 'h' } })).toThrow(
      'wants an operator',
    );
  expect((await record()).map(([action, by, why]) => [action, by, why])).toEqual([
    ['signal', 'sent outside', 'no reason given'],
    ['import-statement', 'olga', null],
    ['signal', 'vic', 'to see'],
  ]);
  expect((await record())[2]![3]).toMatchObject({ unchecked: expect.stringContaining('vic is a viewer there') });
});

test('a decision that its person may not take never reaches what would take it', async () => {
  account = await openWorkedExample(postgres);
  const taken: string[] = [];
  const decide = asPerson(
    'approveOpening',
    async (_: Connection, { decision }: { connection: string; decision: { by: string } }) => taken.push(decision.by),
  );
  const people: Connection['people'] = new Map([
    ['olga', ['operator']],
    ['cyd', ['controller']],
  ]);
  const connection = { ...account.connection, people };
  expect(() => decide(connection, { connection: account.name, decision: { by: 'olga' } })).toThrow(
    'wants a controller',
  );
  await decide(connection, { connection: account.name, decision: { by: 'cyd' } });
  await decide({ ...connection, people: null }, { connection: account.name, decision: { by: 'anyone' } });
  expect(taken).toEqual(['cyd', 'anyone']);
});
