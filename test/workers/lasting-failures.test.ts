/** When a failure counts as one that lasts, try by try: on a real Postgres, with real time handed in. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CancelledFailure } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { retryLater } from '../../src/activities/posting/post-document.ts';
import type { ConnectionClients } from '../../src/activities/dependencies.ts';
import { NetSuiteFailure } from '../../src/clients/netsuite/netsuite-failure.ts';
import { orderSubject } from '../../src/domain/exceptions/exception.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { openStepFailures } from '../../src/store/exceptions/step-failures.ts';
import { LastingFailures, PATIENCE, type Step } from '../../src/workers/lasting-failures.ts';
import { startFreshPostgres, type FreshPostgres } from '../store/fresh-postgres.ts';

const MINUTE = 60_000;
const BEGUN = Date.parse('2026-11-20T12:00:00Z');
const ORDER = '117-0000005-0000001';
let postgres: FreshPostgres;
/** Nobody listens at its port. */
let dead: Store;
let minute = 0;
let isDown = false;
const said: string[] = [];
const log = (message: string) => void said.push(message);

beforeAll(async () => {
  postgres = await startFreshPostgres();
  dead = openStore('postgres://127.0.0.1:9/tieout', { max: 1 });
}, 60_000);
afterAll(async () => {
  await dead?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  await postgres.store.db.deleteFrom('exceptions').execute();
  await postgres.store.db.deleteFrom('step_failures').execute();
  [minute, isDown, said.length, answeredAt] = [0, false, 0, null];
});

/** Minute at which NetSuite last took a call of another step; null: none. */
let answeredAt: number | null = null;

/** A worker process. */
const process = () =>
  new LastingFailures(
    {
      get store() {
        return isDown ? dead : postgres.store;
      },
      now: async () => '2026-10-01T07:00:00Z',
      realNow: () => BEGUN + minute * MINUTE,
      clients: new Map([
        [
          'demo-us',
          {
            answeredAt: () => (answeredAt === null ? null : BEGUN + answeredAt * MINUTE),
          } as unknown as ConnectionClients,
        ],
      ]),
    },
    PATIENCE,
  );
const step = (attempt: number, of: Partial<Step> = {}): Step => ({
  connection: 'demo-us',
  activity: 'billShipment',
  subject: orderSubject(ORDER),
  workflowId: `order:demo-us:${ORDER}`,
  attempt,
  scheduledMs: BEGUN,
  dueMs: BEGUN + minute * MINUTE,
  longestWaitMs: 2 * MINUTE,
  goesOn: false,
  ...of,
});
/** A try that begins and fails at a minute. */
async function fails(
  worker: LastingFailures,
  attempt: number,
  at: number,
  error: unknown = new Error('bug: no'),
): Promise<void> {
  minute = at;
  await worker.begins(step(attempt), log);
  await worker.failed(step(attempt), error, log);
}
const open = async () => (await openExceptions(postgres.store.db)).map(({ key, evidence }) => [key, evidence.what]);
const RAISED = (tries: number, words: string) => [
  [
    `billShipment:${ORDER}`,
    expect.stringMatching(new RegExp(`\\(${tries} ${tries === 1 ? 'try' : 'tries'}\\), the last time with ${words}`)),
  ],
];

describe('a step that fails', () => {
  test('is raised by the first try that fails a quarter of an hour after the first, also in a process that was started since', async () => {
    await fails(process(), 1, 0);
    await fails(process(), 2, 14);
    expect(await open()).toEqual([]);
    await fails(process(), 3, 15);
    expect(await open()).toEqual(RAISED(3, 'bug: bug: no'));
    expect(await openStepFailures(postgres.store.db)).toMatchObject([
      { workflowId: `order:demo-us:${ORDER}`, attempt: 3, firstFailedMs: BEGUN },
    ]);
  });

  test('is raised by the twentieth try where that comes first', async () => {
    const worker = process();
    for (let attempt = 1; attempt < 20; attempt += 1) await fails(worker, attempt, 1);
    expect(await open()).toEqual([]);
    await fails(worker, 20, 1);
    expect(await open()).toEqual(RAISED(20, 'bug: bug: no'));
  });

  test('ends with the first success, in whichever process', async () => {
    await fails(process(), 1, 0);
    await fails(process(), 2, 16);
    minute = 17;
    await process().worked(step(3), log);
    expect([await open(), await openStepFailures(postgres.store.db)]).toEqual([[], []]);
    await fails(process(), 1, 40);
    expect(await open()).toEqual([]);
  });

  test('ends with a later run that works at once, in a process that knew of nothing before', async () => {
    const other = process();
    await other.worked(step(1, { subject: orderSubject('another') }), log);
    await fails(process(), 1, 0);
    await fails(process(), 2, 16);
    minute = 17;
    await other.worked(step(1, { scheduledMs: BEGUN + 17 * MINUTE }), log);
    expect(await open()).toEqual([]);
  });

  test('of another run begins to fail anew', async () => {
    await fails(process(), 1, 0);
    minute = 60;
    const later = step(1, { scheduledMs: BEGUN + 60 * MINUTE });
    await process().failed(later, new Error('no'), log);
    expect(await open()).toEqual([]);
  });
});

describe('a document that NetSuite answers with 500', () => {
  const error = () =>
    new NetSuiteFailure({
      code: 'unavailable',
      where: 'POST /creditMemo',
      what: '500 Internal Server Error',
      status: 500,
    });

  test('is raised while NetSuite takes other calls: it is this step that fails, and no outage', async () => {
    await fails(process(), 1, 0, error());
    answeredAt = 15;
    await fails(process(), 2, 16, error());
    expect(await open()).toEqual(RAISED(2, '.*Internal Server Error'));
  });

  test.each([
    ['takes no call at all', null],
    ['took its last call before the step failed first', 0],
    ['has taken none for a while', 10],
  ])('is an outage like any other where NetSuite %s', async (_, last) => {
    await fails(process(), 1, 0, error());
    answeredAt = last;
    await fails(process(), 2, 16, error());
    expect(await open()).toEqual([]);
  });
});

describe('what is no failure that lasts', () => {
  test.each<[string, () => unknown]>([
    ['a refusal that the workflow hears', () => ApplicationFailure.nonRetryable('no such item', 'ITEM_UNKNOWN')],
    ['a worker that stops', () => new CancelledFailure('WORKER_SHUTDOWN')],
    [
      "a vendor's outage, which has its own exception",
      () => ApplicationFailure.create({ type: 'NETSUITE_UNKNOWN', message: 'lost' }),
    ],
    [
      'a setting that is missing, which has its own',
      () => ApplicationFailure.create({ type: 'SETTING_UNKNOWN', message: 'no account' }),
    ],
  ])('%s', async (_, error) => {
    const worker = process();
    for (const [attempt, at] of [
      [1, 0],
      [2, 16],
      [30, 60],
    ] as const) {
      minute = at;
      await worker.failed(step(attempt), error(), log);
    }
    expect(await open()).toEqual([]);
  });

  test('a wait is one only a quarter of an hour after what it announces, however often it comes', async () => {
    const worker = process();
    const waits = () => retryLater('REPORT_UNDER_WAY', 'Amazon makes it', 30 * MINUTE);
    await fails(worker, 1, 0, waits());
    for (let attempt = 2; attempt <= 30; attempt += 1) await fails(worker, attempt, 44, waits());
    expect(await open()).toEqual([]);
    await fails(worker, 31, 45, waits());
    expect(await open()).toEqual(RAISED(31, 'REPORT_UNDER_WAY: Amazon makes it'));
  });
});

describe('tries that leave no word', () => {
  test('are raised when the next one begins that was due long after the first', async () => {
    minute = 31;
    await process().begins(step(2), log);
    expect(await open()).toEqual(RAISED(1, 'no answer: the try ran into its time limit, or its process ended'));
  });

  test('are not, where tries before said what went wrong until a short while ago', async () => {
    await fails(process(), 1, 0, ApplicationFailure.create({ type: 'NETSUITE_UNKNOWN', message: 'lost' }));
    await fails(process(), 2, 30, ApplicationFailure.create({ type: 'NETSUITE_UNKNOWN', message: 'lost' }));
    minute = 31;
    await process().begins(step(4), log);
    expect(await open()).toEqual([]);
  });

  test('are not, where no worker ran meanwhile: the next one was due soon, and lay in its queue', async () => {
    minute = 2000;
    await process().begins(step(2, { dueMs: BEGUN + MINUTE }), log);
    expect(await open()).toEqual([]);
  });
});

test('while the store is down it is said in the log, and raised by the next try once it is back; a try that it could not hear of has not ended without a word', async () => {
  const worker = process();
  await fails(worker, 1, 0);
  isDown = true;
  await fails(worker, 2, 16);
  expect(said).toEqual(['a step that ends without a word could not be raised', 'a failure could not be written down']);
  isDown = false;
  minute = 18;
  await worker.begins(step(3), log);
  expect(await open()).toEqual([]);
  await worker.failed(step(3), new Error('bug: no'), log);
  expect(await open()).toEqual(RAISED(3, 'bug: bug: no'));
  isDown = true;
  await worker.worked(step(4), log);
  isDown = false;
  expect(await open()).toHaveLength(1);
  await worker.worked(step(1, { subject: orderSubject('another') }), log);
  expect(await open()).toEqual([]);
});
