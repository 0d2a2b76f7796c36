/** What intake reads and whom it tells, each step by itself: a second look finds nothing new and tells nobody. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { importStatement } from '../../../src/activities/bank/import-statement.ts';
import { takeInEventGroups } from '../../../src/activities/intake/take-in-event-groups.ts';
import { takeInOrders } from '../../../src/activities/intake/take-in-orders.ts';
import { takeInRefunds } from '../../../src/activities/intake/take-in-refunds.ts';
import { takeInSettlements } from '../../../src/activities/intake/take-in-settlements.ts';
import { takeInShipments } from '../../../src/activities/intake/take-in-shipments.ts';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { tellPayouts } from '../../../src/activities/intake/tell-payouts.ts';
import { importSettlement } from '../../../src/activities/payouts/import-settlement.ts';
import { provePayout } from '../../../src/activities/payouts/prove-payout.ts';
import { STATEMENT_REFUSED } from '../../../src/contracts/bank/statement-import.ts';
import { REPORT_REFUSED } from '../../../src/contracts/payouts/settlement-import.ts';
import { saveFile } from '../../../src/store/files/files.ts';
import { account as fee, report } from '../../end-to-end/report.ts';
import { eventGroups } from '../../../src/store/payouts/event-groups.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import {
  bring,
  FILES,
  FIRST,
  openWorkedExample,
  ORDER,
  postOrder,
  SECOND,
  takeEverythingIn,
  takeInStatement,
  upTo,
} from '../worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(async () => {
  account = await openWorkedExample(postgres);
});
afterEach(() => account?.close());

const twice = async <T>(step: () => Promise<T>): Promise<T[]> => [await step(), await step()];
const count = async (table: 'orders' | 'shipments' | 'refunds' | 'settlements' | 'event_groups') =>
  Number(
    (
      await postgres.store.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('rows'))
        .where('connection', '=', account.name)
        .executeTakeFirstOrThrow()
    ).rows,
  );
const save = (bytes: Uint8Array) => saveFile(postgres.store.db, 'file', [bytes], '2026-11-20T12:00:00Z');

describe('what Amazon tells is kept once', () => {
  test('takeInOrders: what is new is news, and the next look begins where this one ended', async () => {
    expect(await account.run(takeInOrders)).toEqual({ seen: 1, news: 1 });
    expect(await account.run(takeInOrders)).toEqual({ seen: 0, news: 0 });
    expect(await count('orders')).toBe(1);
  });

  test('takeInShipments', async () => {
    expect(await account.run(takeInShipments)).toEqual({ seen: 1 });
    await account.run(takeInShipments);
    expect(await count('shipments')).toBe(1);
  });

  test('takeInRefunds', async () => {
    expect(await account.run(takeInRefunds)).toEqual({ seen: 1 });
    await account.run(takeInRefunds);
    expect(await count('refunds')).toBe(1);
  });

  test('takeInSettlements: each report once, and none that ended before the cut-over', async () => {
    expect(await twice(() => account.run(takeInSettlements))).toEqual([{ found: 2 }, { found: 0 }]);
    expect(await count('settlements')).toBe(2);
    await account.close();
    account = await openWorkedExample(postgres, { settings: { cutOver: '2026-10-29T20:00:00Z' } });
    expect(await account.run(takeInSettlements)).toEqual({ found: 1 });
  });

  test('takeInEventGroups: all since the cut-over once a day, and while a payout is not tied its transfers each time', async () => {
    expect(await twice(() => account.run(takeInEventGroups))).toEqual([{ groups: 2 }, { groups: 0 }]);
    await account.run(takeInSettlements);
    expect(await twice(() => account.run(takeInEventGroups))).toEqual([{ groups: 2 }, { groups: 2 }]);
    expect(await count('event_groups')).toBe(2);
    const [first] = await eventGroups(postgres.store.db, account.name);
    expect(first).toMatchObject({ processing: 'Closed', beginningBalance: 0n, total: 2002n });
  });

  test('takeInEventGroups: open ones too, but none that ended before the cut-over', async () => {
    await account.close();
    account = await openWorkedExample(postgres, {
      now: '2026-11-05T12:00:00Z',
      settings: { cutOver: '2026-10-29T20:00:00Z' },
    });
    expect(await account.run(takeInEventGroups)).toEqual({ groups: 1 });
    expect(await eventGroups(postgres.store.db, account.name)).toMatchObject([
      { processing: 'Open', endedAt: null, beginningBalance: 2000n },
    ]);
  });
});

describe('tellOrders', () => {
  test('starts the workflow with its news, and is silent when there are none', async () => {
    await takeEverythingIn(account);
    expect(await account.run(tellOrders)).toEqual({ told: 1, waitedSkus: 0 });
    // In one signal each; what is dispatched has a price, so its first sight needs none.
    expect(account.told()).toEqual([`orderLifecycle ${ORDER} dispatched`, `orderLifecycle ${ORDER} refunded`]);
    expect(await account.run(tellOrders)).toEqual({ told: 0, waitedSkus: 0 });
    expect(account.told()).toEqual([]);
  });

  test('news stays untold until Temporal has taken it', async () => {
    await takeEverythingIn(account);
    const { workflow } = account.connection.temporal;
    const take = workflow.signalWithStart;
    workflow.signalWithStart = async () => {
      throw new Error('Temporal is away');
    };
    await expect(account.run(tellOrders)).rejects.toThrow('Temporal is away');
    workflow.signalWithStart = take;
    expect(await account.run(tellOrders)).toMatchObject({ told: 1 });
  });
});

describe('tellPayouts', () => {
  test('starts the payout of each report that was found, and none that is at work', async () => {
    await takeEverythingIn(account);
    expect(await account.run(tellPayouts)).toEqual({ started: 2, told: 0 });
    expect(account.told()).toEqual([`payout ${FIRST} reportFound`, `payout ${SECOND} reportFound`]);
    await upTo(account, 'stage');
    await upTo(account, 'stage', SECOND);
    expect(await account.run(tellPayouts)).toEqual({ started: 0, told: 0 });
  });

  test('tells a payout that waits when its bank line comes, once', async () => {
    await takeEverythingIn(account);
    await postOrder(account);
    await upTo(account, 'match');
    await account.run(provePayout, { settlementId: FIRST });
    await upTo(account, 'stage', SECOND);
    expect(await account.run(tellPayouts)).toMatchObject({ told: 0 });
    await takeInStatement(account);
    account.told();
    expect(await account.run(tellPayouts)).toEqual({ started: 0, told: 1 });
    expect(account.told()).toEqual([`payout ${FIRST} bankLineSeen`]);
    expect(await account.run(tellPayouts)).toEqual({ started: 0, told: 0 });
  });

  test('starts a payout again whose report was issued again', async () => {
    await takeEverythingIn(account);
    await upTo(account, 'journal');
    await upTo(account, 'stage', SECOND);
    const text = new TextDecoder().decode(FILES[0]!.bytes).replaceAll('SKU-B', 'SKU-C');
    await bring(account, { bytes: new TextEncoder().encode(text) });
    expect(await account.run(tellPayouts)).toEqual({ started: 1, told: 0 });
    expect(account.told()).toEqual([`payout ${FIRST} reportFound`]);
  });
});

describe('importSettlement', () => {
  const own = (start: string, end: string) =>
    report({ id: '26100000009', start, end, deposit: end, total: '-5.00' }, [fee('Storage Fee', '-5.00', start)]);
  const NEWER = own('2026-11-12T20:00:00Z', '2026-11-19T20:00:00Z');

  test('writes a settlement down once; the same bytes are known, others are a report issued again', async () => {
    const sha256 = await save(NEWER.bytes);
    const result = { settlementId: '26100000009', known: false, reissued: false, rows: 1 };
    expect(await twice(() => account.run(importSettlement, { sha256 }))).toEqual([result, result]);
    await upTo(account, 'stage', '26100000009');
    expect(await account.run(importSettlement, { sha256 })).toEqual({ ...result, known: true });
    const other = await save(own('2026-11-12T20:00:00Z', '2026-11-19T21:00:00Z').bytes);
    expect(await account.run(importSettlement, { sha256: other })).toEqual({ ...result, reissued: true });
    expect(await count('settlements')).toBe(1);
  });

  test.each<[string, Uint8Array]>([
    ['ended before the cut-over', own('2026-09-01T20:00:00Z', '2026-09-15T20:00:00Z').bytes],
    ['is no settlement report', new TextEncoder().encode('sku\tprice\nA\t1.00\n')],
    ['is cut off', NEWER.bytes.slice(0, -40)],
  ])('refuses a file that %s, and writes nothing down', async (_, bytes) => {
    const sha256 = await save(bytes);
    await expect(account.run(importSettlement, { sha256 })).rejects.toMatchObject({
      type: REPORT_REFUSED,
      nonRetryable: true,
    });
    expect(await count('settlements')).toBe(0);
  });
});

test('importStatement refuses a file that it cannot read, by name and without a line', async () => {
  const sha256 = await save(new TextEncoder().encode('one;two\n1;2\n'));
  await expect(account.run(importStatement, { sha256, name: 'bank.csv', account: 'bank' })).rejects.toMatchObject({
    type: STATEMENT_REFUSED,
    nonRetryable: true,
  });
});
