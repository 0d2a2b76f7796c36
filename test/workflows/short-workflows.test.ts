/** Workflows that look once and end: what is asked in which order, and what is only asked where there is a reason. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, type Workflow } from '@temporalio/common';
import { ALERTS, type AlertSent } from '../../src/contracts/alerts/alerts.ts';
import { STATEMENT_IMPORT, STATEMENT_REFUSED } from '../../src/contracts/bank/statement-import.ts';
import type { Telling } from '../../src/contracts/activity-inputs.ts';
import { DOCUMENT_SWEEP } from '../../src/contracts/documents/document-sweep.ts';
import { HOUSEKEEPING } from '../../src/contracts/housekeeping/housekeeping.ts';
import { ORDER_INTAKE } from '../../src/contracts/intake/order-intake.ts';
import { PAYOUT_INTAKE } from '../../src/contracts/intake/payout-intake.ts';
import { REPORT_REFUSED, SETTLEMENT_IMPORT } from '../../src/contracts/payouts/settlement-import.ts';
import { POPULATION_INTAKE, type MonthOrdersTaken } from '../../src/contracts/period/population-intake.ts';
import { RECONCILER } from '../../src/contracts/reconciler/reconciler.ts';
import { CONNECTION_CHECK } from '../../src/contracts/setup/connection-check.ts';
import { TIE_OUT, type TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { amazonQueue, netsuiteQueue, storeQueue } from '../../src/contracts/task-queues.ts';
import type { WorkflowContract } from '../../src/contracts/workflow.ts';
import type { Script } from './fake-activities.ts';
import { openWorkflows, type WorkflowsUnderTest } from './workflows-under-test.ts';

let workflows: WorkflowsUnderTest;
beforeAll(async () => {
  workflows = await openWorkflows();
}, 60_000);
afterAll(() => workflows.close());

const SHA = 'a'.repeat(64);
const telling = (): Telling => ({ connection: workflows.connection, policy: workflows.policy });
const start = <W extends Workflow>(contract: WorkflowContract<W>, script: Script) =>
  workflows.start(contract, [], telling() as Parameters<W>[0], script);
/** Type of the failure that a workflow ends in. */
const failureOf = (result: Promise<unknown>) =>
  result.then(
    () => null,
    (error: WorkflowFailedError) => (error.cause?.cause as ApplicationFailure | undefined)?.type,
  );

describe('a look at what people are to be told', () => {
  const TOLD: AlertSent = { result: 'sent', problem: null, more: false };

  test.concurrent('sends over each channel over which something waits, on the queue of the store', async () => {
    const look = await start(ALERTS, {
      planAlerts: [{ channels: ['books', 'pager'] }],
      sendAlert: [TOLD, TOLD],
    });
    expect(await look.result()).toBe('books told; pager told.');
    expect(look.calls.map(({ activity, queue }) => [activity, queue])).toEqual([
      ['planAlerts', storeQueue()],
      ['sendAlert', storeQueue()],
      ['sendAlert', storeQueue()],
    ]);
    const sent = look.calls.slice(1).map(({ input }) => input as { channel: string });
    expect(sent.map(({ channel }) => channel).sort()).toEqual(['books', 'pager']);
    expect(sent).toMatchObject([{ despitePause: false }, { despitePause: false }]);
  });

  test.concurrent('goes on as long as a channel has more, and says what the last message met', async () => {
    const look = await start(ALERTS, {
      planAlerts: [{ channels: ['books'] }],
      sendAlert: [
        { ...TOLD, more: true },
        { result: 'not taken', problem: 'it answers 503', more: false },
      ],
    });
    expect(await look.result()).toBe('books not taken (it answers 503).');
    expect(look.steps()).toEqual(['planAlerts', 'sendAlert', 'sendAlert']);
  });

  test.concurrent('sends nothing where nothing waits, and no more than a few messages at once', async () => {
    expect(await (await start(ALERTS, { planAlerts: [{ channels: [] }] })).result()).toBe('Nothing to tell.');
    const busy = await start(ALERTS, {
      planAlerts: [{ channels: ['books'] }],
      sendAlert: [1, 2, 3].map(() => ({ ...TOLD, more: true })),
    });
    expect(await busy.result()).toBe('books told.');
  });

  test.concurrent('tells of a test over the channel that is asked for, though that rests', async () => {
    const look = await workflows.start(
      ALERTS,
      [],
      { ...telling(), test: 'pager' },
      {
        planAlerts: [{ channels: ['pager'] }],
        sendAlert: [TOLD],
      },
    );
    expect(await look.result()).toBe('pager told.');
    expect(look.calls.map(({ input }) => input)).toMatchObject([
      { test: { channel: 'pager', act: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
      { channel: 'pager', despitePause: true },
    ]);
  });
});

describe('a look at Amazon for orders', () => {
  const LOOK: Script = {
    takeInOrders: [{ seen: 5, news: 2 }],
    takeInShipments: [{ seen: 0 }],
    takeInRefunds: [{ seen: 1 }],
    tellOrders: [{ told: 3, waitedSkus: 0 }],
  };

  test.concurrent('reads each family on its queue, then tells the orders', async () => {
    const look = await start(ORDER_INTAKE, LOOK);
    expect(await look.result()).toBe('5 orders, 0 shipments, 1 refunds read; 3 orders told.');
    const { connection } = workflows;
    const calls = look.calls.map(({ activity, queue }) => [activity, queue]);
    // The sources are read beside each other.
    expect(calls.slice(0, 3).sort()).toEqual([
      ['takeInOrders', amazonQueue(connection, 'orders')],
      ['takeInRefunds', amazonQueue(connection, 'finances')],
      ['takeInShipments', amazonQueue(connection, 'reports')],
    ]);
    expect(calls.slice(3)).toEqual([['tellOrders', storeQueue()]]);
    expect(await look.details()).toContain('3 orders told');
  });

  test.concurrent(
    'asks NetSuite only about lines of what was dispatched, and about SKUs that orders wait for',
    async () => {
      const look = await start(ORDER_INTAKE, {
        ...LOOK,
        takeInShipments: [{ seen: 2 }],
        rememberOrderLines: [{ orders: 2 }],
        tellOrders: [{ told: 3, waitedSkus: 1 }],
        recheckWaitingSkus: [{ released: 1 }],
      });
      await look.result();
      expect(look.steps().slice(3)).toEqual(['rememberOrderLines', 'tellOrders', 'recheckWaitingSkus']);
    },
  );
});

test.concurrent(
  'a look at Amazon for settlements reads reports and transfers, then starts and tells the payouts',
  async () => {
    const look = await start(PAYOUT_INTAKE, {
      takeInSettlements: [{ found: 2 }],
      takeInEventGroups: [{ groups: 3 }],
      tellPayouts: [{ started: 2, told: 1 }],
    });
    expect(await look.result()).toBe('2 settlements found, 3 transfers read; 2 payouts started, 1 told.');
    expect(look.steps().slice(0, 2).sort()).toEqual(['takeInEventGroups', 'takeInSettlements']);
    expect(look.steps().slice(2)).toEqual(['tellPayouts']);
  },
);

describe('a look at Amazon for what months are closed against', () => {
  const LOOK: Script = {
    takeInOpenTransactions: [{ pages: 4 }],
    tellOrders: [{ told: 1, waitedSkus: 0 }],
    takeInAmazonBalances: [{ days: 1 }],
    takeInMonthOrders: [{ result: 'read', month: '2026-10', orders: 342 }],
  };

  test.concurrent('reads each family on its queue, and tells the orders whose refunds it found', async () => {
    const look = await start(POPULATION_INTAKE, LOOK);
    expect(await look.result()).toBe(
      "Open transactions: 4 pages read again; Amazon's balances of 1 days; all-orders report of 2026-10: 342 orders.",
    );
    const { connection } = workflows;
    expect(look.calls.map(({ activity, queue }) => [activity, queue])).toEqual([
      ['takeInOpenTransactions', amazonQueue(connection, 'finances')],
      ['tellOrders', storeQueue()],
      ['takeInAmazonBalances', amazonQueue(connection, 'finances')],
      ['takeInMonthOrders', amazonQueue(connection, 'reports')],
    ]);
  });
  test.concurrent('tells nobody where nothing was read again', async () => {
    const look = await start(POPULATION_INTAKE, { ...LOOK, takeInOpenTransactions: [{ pages: 0 }] });
    expect(await look.result()).toContain('0 pages read again');
    expect(look.steps()).not.toContain('tellOrders');
  });
  test.concurrent.each<[string, MonthOrdersTaken]>([
    ['not due', { result: 'not-due' }],
    ['of 2026-10: none', { result: 'none', month: '2026-10' }],
    ['of 2026-10: refused', { result: 'refused', month: '2026-10' }],
  ])('says of the report that it is %s', async (said, taken) => {
    const look = await start(POPULATION_INTAKE, { ...LOOK, takeInMonthOrders: [taken] });
    expect(await look.result()).toContain(`all-orders report ${said}.`);
  });
});

test.concurrent(
  'the reconciler takes up orders, tells what was read and never told, and takes up payouts',
  async () => {
    const look = await start(RECONCILER, {
      takeUpOrders: [{ started: 2, told: 1 }],
      tellOrders: [{ told: 4, waitedSkus: 0 }],
      takeUpPayouts: [{ started: 1, told: 0 }],
    });
    expect(await look.result()).toBe('2 orders and 1 payouts had no workflow and have one; 1 and 0 were told again.');
    expect(look.steps()).toEqual(['takeUpOrders', 'tellOrders', 'takeUpPayouts']);
  },
);

describe('a statement file', () => {
  const file = () => ({ ...telling(), sha256: SHA, name: 'july.ofx', account: 'bank' as const });
  const read = { account: '6789', from: '2026-07-01', to: '2026-07-31', lines: 12, fresh: 3 };

  test.concurrent('with new lines tells the payouts that wait for one', async () => {
    const imported = await workflows.start(STATEMENT_IMPORT, [SHA], file(), {
      importStatement: [read],
      tellPayouts: [{ started: 0, told: 1 }],
    });
    expect(await imported.result()).toEqual(read);
    expect(imported.steps()).toEqual(['importStatement', 'tellPayouts']);
    expect(imported.calls[0]!.input).toMatchObject({ sha256: SHA, name: 'july.ofx', account: 'bank' });
  });

  test.concurrent('in which every line is known tells nobody', async () => {
    const imported = await workflows.start(STATEMENT_IMPORT, [SHA], file(), {
      importStatement: [{ ...read, fresh: 0 }],
    });
    expect(await imported.result()).toEqual({ ...read, fresh: 0 });
  });

  test.concurrent('that cannot be read fails by the type of its refusal, and tells nobody', async () => {
    const refused = ApplicationFailure.nonRetryable('no headers', STATEMENT_REFUSED);
    const imported = await workflows.start(STATEMENT_IMPORT, [SHA], file(), { importStatement: [refused] });
    expect(await failureOf(imported.result())).toBe(STATEMENT_REFUSED);
    expect(imported.steps()).toEqual(['importStatement']);
  });
});

describe('a settlement file', () => {
  const file = () => ({ ...telling(), sha256: SHA });

  test.concurrent('is taken in and starts its payout, also when it was known', async () => {
    const result = { settlementId: '27000000001', known: true, reissued: false, rows: 17 };
    const imported = await workflows.start(SETTLEMENT_IMPORT, [SHA], file(), {
      importSettlement: [result],
      tellPayouts: [{ started: 1, told: 0 }],
    });
    expect(await imported.result()).toEqual(result);
    expect(imported.steps()).toEqual(['importSettlement', 'tellPayouts']);
  });

  test.concurrent('that is refused fails by the type of its refusal, and starts nothing', async () => {
    const refused = ApplicationFailure.nonRetryable('ends before the cut-over', REPORT_REFUSED);
    const imported = await workflows.start(SETTLEMENT_IMPORT, [SHA], file(), { importSettlement: [refused] });
    expect(await failureOf(imported.result())).toBe(REPORT_REFUSED);
  });
});

test.concurrent('housekeeping says what it deleted', async () => {
  const purged = { orders: 4, settlements: 1, files: 2, events: 9, bankLines: 3 };
  const run = await start(HOUSEKEEPING, { purgePastRetention: [purged] });
  const sentence = 'Past their retention, and deleted: 4 orders, 1 settlements, 2 files, 3 bank lines, 9 events.';
  expect(await run.result()).toBe(sentence);
  expect(await run.details()).toBe(sentence);
});

test.concurrent('a sweep reads page by page, and says what was altered', async () => {
  const run = await start(DOCUMENT_SWEEP, {
    sweepDocuments: [
      { after: 'AMZ_shop_INV_9_1', read: 1000, altered: 1 },
      { after: null, read: 7, altered: 0 },
    ],
  });
  const sentence = '1,007 documents read back: 1 altered in NetSuite, named under `npx tieout exceptions`.';
  expect(await run.result()).toBe(sentence);
  expect(await run.details()).toBe(sentence);
  expect(run.calls.map(({ input }) => (input as { after: string }).after)).toEqual(['', 'AMZ_shop_INV_9_1']);
});

test.concurrent('the tie-out is what NetSuite answers on its own queue', async () => {
  const tieOut = { connection: 'demo-us', payouts: [], balances: { clearing: '0.00' } } as unknown as TieOut;
  const run = await start(TIE_OUT, { readTieOut: [tieOut] });
  expect(await run.result()).toEqual(tieOut);
  expect(run.calls[0]!.queue).toBe(netsuiteQueue(workflows.connection));
});

describe('the check of a connection', () => {
  test.concurrent('that finds everything says so', async () => {
    const run = await start(CONNECTION_CHECK, { checkConnection: [{ problems: [] }] });
    expect(await run.result()).toEqual([]);
    expect(await run.details()).toBe('NetSuite has everything that the configuration names.');
  });

  test.concurrent('that misses something lists it', async () => {
    const problems = ['account 1099 for clearing', 'item AMZ-SHIP'];
    const run = await start(CONNECTION_CHECK, { checkConnection: [{ problems }] });
    expect(await run.result()).toEqual(problems);
    expect(await run.details()).toBe('NetSuite lacks:\n\n- account 1099 for clearing\n- item AMZ-SHIP');
  });
});
