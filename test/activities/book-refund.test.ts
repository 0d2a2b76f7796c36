/**
 * A refund that a person books from a settlement's rows, and what Finances tells of it before, meanwhile and after: one
 * booking. Store and steps are real; nothing of it needs Amazon or NetSuite, and no workflow is waited for.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { stringify } from 'yaml';
import { decideBookRefund } from '../../src/activities/decisions/book-refund.ts';
import type { Connection } from '../../src/activities/connection.ts';
import { keepRefund } from '../../src/activities/intake/keep-refunds.ts';
import { writeRefundDown } from '../../src/activities/orders/write-refund-down.ts';
import { tieSettlement } from '../../src/activities/payouts/tie-settlement.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import type { RefundFact } from '../../src/domain/orders/order-facts.ts';
import { demoConnectionSettings } from '../../src/local/demo-month/connection-settings.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { loadRefunds } from '../../src/store/orders/refunds.ts';
import { recordSettlement, setSettlementState } from '../../src/store/payouts/settlements.ts';
import { stageRows } from '../../src/store/payouts/settlement-rows.ts';
import { unclearOfOthers } from '../../src/store/orders/unclear-refunds.ts';
import type { DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import { report, sale } from '../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../store/fresh-postgres.ts';
import { connectionForTest } from './connection-for-test.ts';

const ORDER = '117-0000001-0000001';
const [AT, LATER] = ['2026-10-05T12:00:00Z', '2026-10-06T12:00:00Z'];
const NOW = '2026-10-09T12:00:00Z';

let postgres: FreshPostgres;
let name: string;
let connection: Connection;
let connections = 0;

beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(() => use('live'));

function use(posting: 'live' | 'plan'): void {
  connections += 1;
  name = `demo-${connections}`;
  const world = worldFromSettlements([
    report(
      {
        id: '1',
        start: '2026-10-01T07:00:00Z',
        end: '2026-10-08T07:00:00Z',
        deposit: '2026-10-10T07:00:00Z',
        total: '1.00',
      },
      sale({ order: '1', at: AT, item: '1', sku: 'A', quantity: 1 }, [['ItemPrice', 'Principal', '1.00']]),
    ),
  ]);
  const { netsuite, ...rest } = demoConnectionSettings(world);
  const settings = parseConfig(
    'book.yaml',
    stringify({
      connections: [{ name, ...rest, amazon: { region: 'na' }, netsuite, posting, shippedBeforeCutOver: 'documents' }],
    }),
  ).connections[0]!;
  // Orders are told; none of their workflows is looked at here.
  const temporal = { workflow: { signalWithStart: async () => {} } } as unknown as Connection['temporal'];
  connection = connectionForTest({ store: postgres.store, settings, temporal, now: async () => NOW });
}

type Row = [type: 'A-to-z Guarantee Refund' | 'Refund', postedAt: string, network?: 'AFN' | 'MFN'];
/** A settlement whose rows have their meaning; each row is 25.00 that the buyer got. */
async function settlement(rows: readonly Row[]): Promise<void> {
  await recordSettlement(
    postgres.store.db,
    name,
    {
      settlementId: '1',
      start: '2026-10-01T07:00:00Z',
      end: '2026-10-08T07:00:00Z',
      depositDate: '2026-10-10T07:00:00Z',
      total: -2500n * BigInt(rows.length),
      currency: 'USD',
      variant: 'V2',
      columns: 24,
    },
    'x',
    AT,
  );
  await setSettlementState(postgres.store.db, name, '1', 'staged', { mapVersion: 2 });
  await stageRows(postgres.store, name, '1', async (put) =>
    rows.forEach(([transactionType, postedAt, fulfillmentId = 'AFN'], index) =>
      put({
        line: index + 3,
        ordinal: 0,
        transactionType,
        amountType: 'ItemPrice',
        amountDescription: 'Principal',
        amount: -2500n,
        orderId: ORDER,
        merchantOrderId: ORDER,
        adjustmentId: 'a',
        shipmentId: null,
        marketplaceName: 'Amazon.com',
        fulfillmentId,
        postedAt,
        orderItemCode: '81',
        merchantAdjustmentItemId: null,
        sku: 'PAN',
        quantity: 1,
        promotionId: null,
      }),
    ),
  );
  for (const [type, role] of [
    ['Refund', 'refunds'],
    ['A-to-z Guarantee Refund', 'chargebacks-and-claims'],
  ] as const) {
    await postgres.store.db
      .updateTable('settlement_rows')
      .set({ role })
      .where('connection', '=', name)
      .where('transaction_type', '=', type)
      .execute();
  }
}
const tie = () => tieSettlement(connection, { connection: name, settlementId: '1' });
const tell = (transactionId: string, postedAt = AT, more: Partial<RefundFact> = {}) =>
  keepRefund(
    connection,
    {
      orderId: ORDER,
      postedAt,
      transactionId,
      marketplaceName: 'Amazon.com',
      currency: 'USD',
      items: [{ orderItemId: null, sku: 'PAN', quantity: 1, amounts: { principal: -2500n } }],
      ...more,
    },
    'new',
    NOW,
  );
const tellUnclear = (transactionId: string, postedAt = AT) =>
  tell(transactionId, postedAt, {
    incomplete: true,
    items: [{ orderItemId: null, sku: 'PAN', quantity: 1, amounts: { principal: -2000n } }],
  });
const book = (settlementId = '1') =>
  new MockActivityEnvironment(undefined, { logger: new DefaultLogger('ERROR') }).run(decideBookRefund, connection, {
    connection: name,
    policy: {} as never,
    decision: { orderId: ORDER, settlementId, by: 'maria', why: 'case 1234' },
  }) as Promise<DecisionResult>;
const writeAllDown = async () => {
  for (const { key } of await loadRefunds(postgres.store.db, name, ORDER))
    await writeRefundDown(postgres.store.db, connection, { connection: name, orderId: ORDER, refund: key });
};
/** NetSuite has taken all that was written down. */
const post = async () => {
  await writeAllDown();
  await postgres.store.db
    .updateTable('documents')
    .set({ state: 'posted', netsuite_id: '1' })
    .where('connection', '=', name)
    .execute();
};
const memos = async () =>
  (
    await postgres.store.db
      .selectFrom('documents')
      .select(['business_key', 'total'])
      .where('connection', '=', name)
      .where('purpose', '=', 'CM')
      .orderBy('business_key')
      .execute()
  ).map((row) => `${row.business_key.slice(ORDER.length + 1)} ${row.total}`);
const open = async () =>
  (await openExceptions(postgres.store.db, name)).map(({ code, payout, remedy }) => `${code} ${payout} ${remedy.kind}`);

describe('a refund that Finances never tells', () => {
  test('is booked once, and its settlement ties', async () => {
    await settlement([['Refund', AT]]);
    expect(await tie()).toMatchObject({ missing: 1 });
    expect(await open()).toEqual(['document-missing 1 book-refund']);
    const first = await book();
    expect(first).toMatchObject({
      choice: 'book-refund',
      released: 1,
      detail: `1 refund of order ${ORDER}, 25.00 USD, is booked as settlement 1 pays it`,
    });
    expect(await open()).toEqual([]);
    expect(await book()).toMatchObject({ audit: first.audit, released: 0 });
    await post();
    expect(await tie()).toMatchObject({ missing: 0 });
    expect(await book()).toMatchObject({ audit: first.audit });
    expect([await memos(), await open()]).toEqual([['20261005T120000 2500'], []]);
  });
  test('is raised as on its way while its memo is not posted, and booked once by two people at once', async () => {
    await settlement([
      ['Refund', AT],
      ['Refund', LATER],
    ]);
    await tie();
    const [one, two] = await Promise.all([book(), book()]);
    expect(one.audit).toBe(two.audit);
    await tie();
    expect(await open()).toEqual(['document-missing 1 status', 'document-missing 1 status']);
    await post();
    await tie();
    expect([await memos(), await open()]).toEqual([['20261005T120000 2500', '20261006T120000 2500'], []]);
  });
  test('of a report that is issued again keeps its memo', async () => {
    await settlement([['Refund', AT]]);
    await tie();
    const { audit } = await book();
    await post();
    await settlement([['Refund', AT]]);
    await expect(book()).rejects.toThrow('Settlement 1 is still being read');
    expect(await tie()).toMatchObject({ missing: 0 });
    expect((await book()).audit).toBe(audit);
    // One unit more of that second: it misses a memo of its own, which a person may book as well.
    await settlement([
      ['Refund', AT],
      ['Refund', AT],
    ]);
    expect(await tie()).toMatchObject({ missing: 1 });
    expect((await book()).audit).not.toBe(audit);
    await post();
    expect(await tie()).toMatchObject({ missing: 0 });
    expect(await memos()).toEqual(['20261005T120000 2500', '20261005T120000-2 2500']);
  });
  test('told at the very moment: one of the two has the word, and there is one memo', async () => {
    const ends = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      use('live');
      await settlement([['Refund', AT]]);
      await tie();
      // At random, and now and then one clearly before the others: on a slow machine chance alone may never bring both.
      const pause = (index: number) => {
        const late = [index > 0 ? 40 : 0, index === 0 ? 40 : 0, Math.random() * 6][Math.min(round % 5, 2)];
        return new Promise((resolve) => setTimeout(resolve, late));
      };
      const [said] = await Promise.allSettled(
        [() => book(), () => tell('T1'), () => tell('T1')].map(async (step, index) => {
          await pause(index);
          return step();
        }),
      );
      await tell('T1');
      await post();
      expect(await memos()).toEqual(['20261005T120000 2500']);
      expect(await tie()).toMatchObject({ missing: 0 });
      ends.add(said!.status);
      if (said!.status === 'rejected') expect(String(said!.reason)).toContain('its documents are on their way');
    }
    // Both happened, so both were tried.
    expect([...ends].sort()).toEqual(['fulfilled', 'rejected']);
  }, 60_000);
  test('told late, of another instant or in two records, is the one that was booked', async () => {
    await settlement([['Refund', AT]]);
    await tie();
    await book();
    await tell('T1', LATER);
    await tell('T2', AT, { items: [{ orderItemId: null, sku: null, quantity: null, amounts: { other: -100n } }] });
    await post();
    expect(await memos()).toEqual(['20261005T120000 2500']);
    expect(await loadRefunds(postgres.store.db, name, ORDER)).toHaveLength(1);
  });
  test('while another one of the order is told as always: each has its memo', async () => {
    await settlement([
      ['Refund', AT],
      ['Refund', LATER],
    ]);
    await tie();
    await tell('T2', LATER);
    await book();
    await tell('T1', AT);
    await post();
    expect(await memos()).toEqual(['20261005T120000 2500', '20261006T120000 2500']);
  });
});

describe('a refund with an unknown part', () => {
  test('is raised once, however often it is told, and ends when it is told in full', async () => {
    await tellUnclear('T1');
    const [first] = await openExceptions(postgres.store.db, name);
    await tellUnclear('T1');
    await tellUnclear('T1');
    expect(await openExceptions(postgres.store.db, name)).toEqual([first]);
    await tell('T1');
    expect(await open()).toEqual([]);
    await tellUnclear('T1');
    expect(await open()).toEqual([]);
    await writeAllDown();
    expect(await memos()).toEqual(['20261005T120000 2500']);
  });
  test('waits for its settlement, is named with it, and ends when it is booked; told again it stays so', async () => {
    await tellUnclear('T1', '2026-09-20T12:00:00Z');
    await expect(book()).rejects.toThrow('No settlement 1 is known yet: wait for the one that pays the refund');
    // Deferred: paid long after it was posted.
    await settlement([['Refund', AT]]);
    await tie();
    await tie();
    expect(await open()).toEqual(['refund-unclear 1 book-refund', 'document-missing 1 book-refund']);
    await book();
    await tellUnclear('T1', '2026-09-20T12:00:00Z');
    expect(await open()).toEqual([]);
    await tell('T1', '2026-09-20T12:00:00Z');
    await post();
    await tie();
    expect([await memos(), await open()]).toEqual([['20261005T120000 2500'], []]);
  });
  test('told for the first time after it was booked is not raised', async () => {
    await settlement([['Refund', AT]]);
    await tie();
    await book();
    await tellUnclear('T1', LATER);
    expect(await open()).toEqual([]);
  });
  test('ends by the same word where its rows have found a document', async () => {
    await tellUnclear('T1');
    await tell('T2', LATER);
    await post();
    await settlement([['Refund', LATER]]);
    await tie();
    expect(await book()).toMatchObject({
      released: 0,
      detail: `every refund of order ${ORDER} in settlement 1 has its document; nothing more is awaited`,
    });
    expect([await memos(), await open()]).toEqual([['20261006T120000 2500'], []]);
  });
});

describe('a refund with an unknown part that is none of ours to book', () => {
  test('is the claim that the journal has, by the same word: nothing is booked, and it is told again in vain', async () => {
    await tellUnclear('T1', LATER);
    await settlement([['A-to-z Guarantee Refund', AT]]);
    await tie();
    const said = await book();
    expect(said).toMatchObject({
      released: 0,
      detail: expect.stringContaining('is the claim that settlement 1 has in its journal'),
    });
    expect((await book()).audit).toBe(said.audit);
    await tell('T1', LATER);
    await post();
    await tie();
    expect((await loadRefunds(postgres.store.db, name, ORDER)).map(({ state, claim }) => [state, claim])).toEqual([
      ['claim', { settlementId: '1', postedAt: AT }],
    ]);
    expect([await memos(), await open()]).toEqual([[], []]);
  });
  test('is left alone once the rows say that another system sold it', async () => {
    await tellUnclear('T1', AT);
    await settlement([['Refund', AT, 'MFN']]);
    await tie();
    const others = await unclearOfOthers(postgres.store.db, name);
    expect(others.map(({ transactionId }) => transactionId)).toEqual(['T1']);
    for (const refund of others) await keepRefund(connection, refund, 'left-alone', NOW);
    expect((await loadRefunds(postgres.store.db, name, ORDER)).map(({ state }) => state)).toEqual(['left-alone']);
    expect([await unclearOfOthers(postgres.store.db, name), await open()]).toEqual([[], []]);
  });
});

describe('nothing is booked', () => {
  test.each<[string, Row[], string]>([
    ['of a claim', [['A-to-z Guarantee Refund', AT]], 'is a claim: its journal owns it'],
    ['of a sale of another system', [['Refund', AT, 'MFN']], 'a sale of another system'],
    ['of an order that the settlement does not name', [], 'refunds nothing of order'],
  ])('%s', async (_, rows, sentence) => {
    await settlement(rows);
    await tie();
    await expect(book()).rejects.toThrow(sentence);
    expect(await loadRefunds(postgres.store.db, name, ORDER)).toEqual([]);
  });
  test('of a refund that has its memo, or whose memo is on its way', async () => {
    await settlement([['Refund', AT]]);
    await tell('T1');
    await tie();
    expect(await open()).toEqual(['document-missing 1 status']);
    await expect(book()).rejects.toThrow('its documents are on their way');
    await writeAllDown();
    await expect(book()).rejects.toThrow('its documents are on their way');
    await post();
    await tie();
    await expect(book()).rejects.toThrow(`Every refund of order ${ORDER} in settlement 1 has its document.`);
    expect(await memos()).toHaveLength(1);
  });
  test('by a connection that only plans', async () => {
    use('plan');
    await settlement([['Refund', AT]]);
    await tie();
    await expect(book()).rejects.toThrow('only plans (posting: plan)');
  });
});
