/** Each decision of a person by itself: stored once, told to those that wait, and refused with nothing stored. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { checkItem } from '../../../src/activities/decisions/check-item.ts';
import { decideSku } from '../../../src/activities/decisions/decide.ts';
import { decideDeposit } from '../../../src/activities/decisions/match-deposit.ts';
import { decideOpenChain } from '../../../src/activities/decisions/open-chain.ts';
import { decideReadAgain } from '../../../src/activities/decisions/read-again.ts';
import { decideDifference } from '../../../src/activities/decisions/settle-difference.ts';
import { takeInOrders } from '../../../src/activities/intake/take-in-orders.ts';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { provePayout } from '../../../src/activities/payouts/prove-payout.ts';
import { account as fee, report } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import {
  bring,
  FILES,
  FIRST,
  openWorkedExample,
  ORDER,
  postOrder,
  takeEverythingIn,
  takeInStatement,
  upTo,
  without,
} from '../worked-example.ts';

const SAID = { by: 'maria', why: 'case 1234' };
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const audits = async () =>
  Number(
    (
      await postgres.store.db
        .selectFrom('audit')
        .select(({ fn }) => fn.countAll().as('rows'))
        .where('connection', '=', account.name)
        .executeTakeFirstOrThrow()
    ).rows,
  );
const refusal = (type: string) => ({ type, nonRetryable: true });

test('checkItem tells an item that NetSuite has, one that it does not have, and one that is inactive', async () => {
  account = await openWorkedExample(postgres, {
    seed: (seed) => ({
      ...seed,
      items: seed.items.map((item) => (item.itemId === 'SKU-B' ? { ...item, inactive: true } : item)),
    }),
  });
  expect(await account.run(checkItem, { item: 'SKU-A' })).toMatchObject({ itemId: 'SKU-A', problem: null });
  expect(await account.run(checkItem, { item: 'NO-SUCH' })).toMatchObject({ problem: { type: 'ITEM_UNKNOWN' } });
  expect(await account.run(checkItem, { item: 'SKU-B' })).toMatchObject({ problem: { type: 'ITEM_INACTIVE' } });
});

test('decideSku tells every order that waits for the SKU, also one whose workflow is lost', async () => {
  account = await openWorkedExample(postgres, { world: without('SKU-B') });
  await takeEverythingIn(account);
  await account.run(tellOrders);
  await account.run(postSalesOrder, { orderId: ORDER, claim: null });
  account.told();
  const decision = { sku: 'SKU-B', item: 'SKU-A', by: 'maria', why: 'the same mug' };
  const decided = await account.run(decideSku, { decision });
  expect([decided, account.told()]).toEqual([
    { audit: expect.any(Number), released: 1, choice: 'SKU-A' },
    [`${ORDER} skuMapped`],
  ]);
  account.loseWorkflows();
  // The same once more is told anew, and stands in the record once.
  expect(await account.run(decideSku, { decision })).toEqual({ audit: decided.audit, released: 1, choice: 'SKU-A' });
  const other = await account.run(decideSku, { decision: { ...decision, by: 'ben' } });
  expect(other.audit).toBeGreaterThan(decided.audit);
  expect(account.told()).toContain(`orderLifecycle ${ORDER} dispatched`);
  expect(await account.run(postSalesOrder, { orderId: ORDER, claim: null })).toEqual({ result: 'posted' });
  expect(await account.open()).toEqual([]);
});

describe('decideDeposit', () => {
  const decide = (lines: { number: number }[]) =>
    account.run(decideDeposit, { decision: { settlementId: FIRST, movement: 'payout', lines, ...SAID } });
  test('takes a line for a payout once, and what it leaves goes to variance', async () => {
    account = await openWorkedExample(postgres);
    await takeEverythingIn(account);
    await upTo(account, 'match');
    await takeInStatement(account);
    const { number } = await postgres.store.db
      .selectFrom('bank_lines')
      .select('number')
      .where('connection', '=', account.name)
      .where('amount', '=', 1150n)
      .executeTakeFirstOrThrow();
    const first = await decide([{ number }]);
    expect(first).toMatchObject({ choice: 'payout', detail: expect.stringContaining('8.52 USD go to variance') });
    expect(await decide([{ number }])).toMatchObject({ audit: first.audit });
    expect(await audits()).toBe(1);
  });

  test('refuses a settlement, a movement or a line that there is not', async () => {
    account = await openWorkedExample(postgres);
    await expect(decide([{ number: 1 }])).rejects.toMatchObject(refusal('DIFFERENCE_UNKNOWN'));
    await takeEverythingIn(account);
    await upTo(account, 'match');
    await expect(decide([{ number: 999_999 }])).rejects.toMatchObject(refusal('DIFFERENCE_UNKNOWN'));
    expect(await audits()).toBe(0);
  });
});

describe('decideOpenChain', () => {
  /** Begins two weeks after the first file ended; what it releases nobody has seen held. */
  const AFTER_A_GAP = report(
    {
      id: '26100000009',
      start: '2026-11-12T20:00:00Z',
      end: '2026-11-19T20:00:00Z',
      deposit: '2026-11-21T20:00:00Z',
      total: '20.00',
    },
    [fee('Previous Reserve Amount Balance', '20.00', '2026-11-12T20:00:00Z')],
  );
  const decide = (settlementId: string) => account.run(decideOpenChain, { decision: { settlementId, ...SAID } });

  test('opens the chain of a settlement after a gap once, and its payout begins again', async () => {
    account = await openWorkedExample(postgres);
    await bring(account, FILES[0]!);
    await bring(account, AFTER_A_GAP);
    await upTo(account, 'journal');
    await upTo(account, 'journal', '26100000009');
    await account.run(provePayout, { settlementId: '26100000009' });
    expect(await account.open()).toContain('chain-broken');
    const first = await decide('26100000009');
    expect(account.told()).toContain('payout 26100000009 reportFound');
    expect([await decide('26100000009'), await audits()]).toEqual([first, 1]);
    expect(await account.open()).not.toContain('chain-broken');
  });

  test('refuses a settlement before which nothing is missing', async () => {
    account = await openWorkedExample(postgres);
    await bring(account, FILES[0]!);
    await expect(decide(FIRST)).rejects.toMatchObject(refusal('CHAIN_NOT_BROKEN'));
    expect(await audits()).toBe(0);
  });
});

describe('decideReadAgain', () => {
  const decide = (from: string) => account.run(decideReadAgain, { decision: { what: 'orders', from, ...SAID } });

  test('sets the mark back once: the next look reads what is known by its key', async () => {
    account = await openWorkedExample(postgres);
    await account.run(takeInOrders);
    await account.run(tellOrders);
    const first = await decide('2026-10-20T00:00:00Z');
    expect(first.readAgain).toMatchObject({ from: '2026-10-20T00:00:00Z', known: 1 });
    expect(await decide('2026-10-20T00:00:00Z')).toEqual(first);
    expect(await audits()).toBe(1);
    expect(await account.run(takeInOrders)).toMatchObject({ seen: 1 });
    expect(await account.run(takeInOrders)).toEqual({ seen: 0, news: 0 });
  });

  test('what is read again and has not changed is no news, and tells nobody', async () => {
    account = await openWorkedExample(postgres);
    await account.run(takeInOrders);
    await account.run(tellOrders);
    await decide('2026-10-20T00:00:00Z');
    expect(await account.run(takeInOrders)).toEqual({ seen: 1, news: 0 });
    expect(await account.run(tellOrders)).toMatchObject({ told: 0 });
  });

  test('refuses an instant that lies ahead of what was read', async () => {
    account = await openWorkedExample(postgres);
    await account.run(takeInOrders);
    await expect(decide('2027-01-01T00:00:00Z')).rejects.toMatchObject(refusal('DECISION_SHAPE'));
    expect(await audits()).toBe(0);
  });
});

describe('decideDifference', () => {
  const decide = (choice: 'variance' | 'leave') =>
    account.run(decideDifference, {
      decision: { document: `AMZ_${account.name}_INV_${ORDER}-Dk4pQ7mWx_1`, choice, ...SAID },
    });

  test('settles an invoice for which Amazon pays a cent less, once, and tells its payout', async () => {
    account = await openWorkedExample(postgres);
    await takeEverythingIn(account);
    await postOrder(account);
    // The report comes again with a cent less of the first item's price and a cent less of its commission: the total stays.
    const text = new TextDecoder()
      .decode(FILES[0]!.bytes)
      .replace('\tPrincipal\t40.00\t', '\tPrincipal\t39.50\t')
      .replace('\tCommission\t-6.15\t', '\tCommission\t-5.65\t');
    await bring(account, { bytes: new TextEncoder().encode(text) });
    await upTo(account, 'apply');
    expect(await account.open()).toContain('document-differs');
    account.told();
    const first = await decide('variance');
    expect(first).toMatchObject({ released: 1, choice: 'variance', detail: expect.stringContaining('0.50 USD') });
    expect(account.told()).toEqual([`payout ${FIRST} differenceSettled`]);
    expect(await decide('variance')).toMatchObject({ audit: first.audit });
    expect(await audits()).toBe(1);
    await expect(decide('leave')).rejects.toMatchObject(refusal('DIFFERENCE_UNKNOWN'));
  });

  test('refuses a document on which nothing is open', async () => {
    account = await openWorkedExample(postgres);
    await takeEverythingIn(account);
    await postOrder(account);
    await expect(decide('leave')).rejects.toMatchObject(refusal('DIFFERENCE_UNKNOWN'));
  });
});
