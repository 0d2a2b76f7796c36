/** Whatever fails for long is raised, names the step, holds what it works on and nothing else, and ends with the first success. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { AmazonFailure } from '../../src/clients/amazon/amazon-failure.ts';
import { NetSuiteFailure } from '../../src/clients/netsuite/netsuite-failure.ts';
import { retryLater } from '../../src/activities/posting/post-document.ts';
import { failingSteps, failingWorkflows } from '../../src/views/doctor/failing-work.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { ActivityPolicy } from '../../src/contracts/activity-policy.ts';
import { account, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const ORDER = '117-0000003-0000001';
const OTHER = '117-0000003-0000002';
const SETTLEMENT = '27700000001';
const PLAIN = [['ItemPrice', 'Principal', '25.00']] as const;
const REPORT = report(
  {
    id: SETTLEMENT,
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '46.00',
  },
  [
    ...sale(
      { order: ORDER, shipment: 'Do1', at: '2026-10-02T16:00:00Z', item: '6001', sku: 'SKU-M', quantity: 1 },
      PLAIN,
    ),
    ...sale(
      { order: OTHER, shipment: 'Do2', at: '2026-10-02T17:00:00Z', item: '6002', sku: 'SKU-M', quantity: 1 },
      PLAIN,
    ),
    account('Storage Fee', '-4.00', '2026-10-05T08:00:00Z'),
  ],
);

/** What an activity does instead of its work, by its name and what it works on; `go` means its work. */
type Trouble = (attempt: number) => 'go' | Error | 'hang';
const troubles = new Map<string, Trouble>();
const inTrouble: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    async execute(input, next) {
      const { orderId, settlementId } = input.args[0] as { orderId?: string; settlementId?: string };
      const what = troubles.get(`${info.activityType} ${orderId ?? settlementId ?? ''}`.trim())?.(info.attempt) ?? 'go';
      // Until Temporal takes it for dead, which its next heartbeat hears.
      if (what === 'hang') return Context.current().cancelled;
      if (what !== 'go') throw what;
      return next(input);
    },
  },
});
const bug = (): Error =>
  new Error('bug: 12.00 is not 13.00 in postgres://tieout:s3cret@db.example/tieout\n    at a line of the stack');

describe('a step that fails for long', () => {
  let world: WorldUnderTest;
  const opened = async () =>
    (await openExceptions(world.store.db, 'demo-us')).map(({ code, key, subject, evidence, remedy, owner }) => ({
      code,
      key,
      subject,
      what: evidence.what,
      remedy,
      owner,
    }));
  const raised = async () => (await opened()).filter(({ code }) => code === 'step-failing');
  let runs = 0;
  const begin = (workflow: string, policy: Partial<ActivityPolicy> = {}) =>
    world.client.workflow.start(workflow, {
      workflowId: `${workflow}-${(runs += 1)}`,
      taskQueue: 'workflows',
      args: [{ connection: 'demo-us', policy: { ...world.policy, ...policy } }],
    });
  const ends = (key: string) => world.until(raised, (list) => !list.some((one) => one.key === key));
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
      paceDays: 1,
      aroundActivities: inTrouble,
      patience: { afterMs: 600, tries: 1000, lookEveryMs: 50 },
      policy: { longestRetry: '200ms' },
    });
    expect(await failingWorkflows(world.client)).toEqual([
      { part: 'workflows', detail: 'none fails', wrong: null, act: null },
    ]);
    // Temporal marks it after five tries, further and further apart: meanwhile everything else is tested.
    await world.client.workflow.start('noSuchWorkflow', {
      workflowId: 'order:demo-us:no-such',
      taskQueue: 'workflows',
      args: [],
    });
  }, 120_000);
  afterAll(() => world?.close());

  test('is raised on its order with what it is, what went wrong and what to do; the other order is billed, and the first success ends it', async () => {
    troubles.set(`billShipment ${ORDER}`, bug);
    await world.runToTheEnd();
    const [failing] = await raised();
    expect(failing).toEqual({
      code: 'step-failing',
      key: `billShipment:${ORDER}`,
      subject: { kind: 'order', id: ORDER },
      owner: 'engineering',
      what: expect.stringMatching(
        new RegExp(
          `^billShipment of order ${ORDER} has failed since 20\\d\\d-.*Z \\(\\d+ tries\\), the last time with bug: bug: 12\\.00 is not 13\\.00 in postgres://…@db\\.example/tieout$`,
        ),
      ),
      remedy: {
        kind: 'look',
        where: expect.stringMatching(
          /^A mistake of Tieout: update it, .* at the latest after 1 second, and the first success ends this$/,
        ),
      },
    });
    expect(
      (await world.suiteql("SELECT externalid FROM transaction WHERE type = 'CustInvc'")).map(
        ({ externalid }) => externalid,
      ),
    ).toEqual([`AMZ_demo-us_INV_${OTHER}-Do2_1`]);
    const [finding] = await failingSteps(world.client, world.store);
    expect(finding).toMatchObject({
      part: 'steps',
      detail: `billShipment:${ORDER}`,
      act: expect.stringMatching(/^npx tieout exceptions \d+$/),
      wrong: expect.stringMatching(new RegExp(`try \\d+ of order:demo-us:${ORDER}$`)),
    });
    troubles.clear();
    await ends(`billShipment:${ORDER}`);
    expect(await failingSteps(world.client, world.store)).toEqual([
      { part: 'steps', detail: 'none has failed for long', wrong: null, act: null },
    ]);
    await world.look();
    await world.look();
    expect((await world.tieOut()).payouts.map(({ tied }) => tied)).toEqual([true]);
    expect(await opened()).toEqual([]);
  });

  test('of a look at Amazon names the flow, and holds no other up', async () => {
    troubles.set(
      'takeInSettlements',
      () =>
        new AmazonFailure({ code: 'bug', where: 'reports.getReports', what: 'reports[0].createdTime is no instant' }),
    );
    const looking = begin('payoutIntake');
    await world.until(raised, (list) => list.length > 0);
    expect(await raised()).toMatchObject([
      {
        key: 'takeInSettlements:payout-intake',
        subject: { kind: 'flow', id: 'payout-intake' },
        what: expect.stringContaining('takeInSettlements of payout-intake has failed'),
      },
    ]);
    troubles.clear();
    await (await looking).result();
    expect(await raised()).toEqual([]);
  });

  test.each<[string, () => Error, RegExp, RegExp]>([
    [
      'a refused call',
      () => new NetSuiteFailure({ code: 'rejected', where: 'POST /suiteql', what: 'Invalid search query' }),
      /NetSuiteFailure: NetSuite POST \/suiteql: Invalid search query$/,
      /^The other side understood the call/,
    ],
    [
      'an unreadable answer',
      () =>
        new AmazonFailure({ code: 'bug', where: 'reports.getReports', what: 'reports[0].createdTime is no instant' }),
      /AmazonFailure: .*no instant$/,
      /^An answer is not as it is documented/,
    ],
    [
      'a missing document',
      () => new AmazonFailure({ code: 'not-found', where: 'documents', what: 'gone' }),
      /AmazonFailure: .*gone$/,
      /^Something that it needs is not there/,
    ],
    [
      'an error of the database',
      () => Object.assign(new Error('relation "files" does not exist'), { code: '42P01', severity: 'ERROR' }),
      /Error: relation "files" does not exist$/,
      /^Look at the database: npx tieout doctor/,
    ],
    [
      'throttling for longer than it announces',
      () =>
        new AmazonFailure({ code: 'throttled', where: 'reports.getReports', what: 'QuotaExceeded', retryAfterMs: 100 }),
      /QuotaExceeded$/,
      /^Something takes all of the quota/,
    ],
    [
      'a wait that does not end',
      () => retryLater('POSTED_ELSEWHERE', 'another worker is posting it', 50),
      /POSTED_ELSEWHERE: another worker is posting it$/,
      /^It waits for something that should have come/,
    ],
  ])('%s is raised once, however often it is tried, and ends with the first success', async (_, trouble, what, act) => {
    troubles.set('readTieOut', trouble);
    const running = await begin('tieOut');
    await world.until(raised, (list) => list.length > 0 && Number(/\((\d+) tries\)/.exec(list[0]!.what)?.[1]) > 2);
    expect(await raised()).toEqual([
      expect.objectContaining({
        key: 'readTieOut:tie-out',
        subject: { kind: 'flow', id: 'tie-out' },
        what: expect.stringMatching(what),
        remedy: { kind: 'look', where: expect.stringMatching(act) },
      }),
    ]);
    troubles.clear();
    await running.result();
    expect(await raised()).toEqual([]);
  });

  test('tries that end without a word are raised as such', async () => {
    troubles.set('readTieOut', (attempt) => (attempt < 3 ? 'hang' : 'go'));
    const running = await begin('tieOut', { startToClose: '1s' });
    expect(await world.until(raised, (list) => list.length > 0)).toMatchObject([
      {
        key: 'readTieOut:tie-out',
        what: expect.stringMatching(
          /the last time with no answer: the try ran into its time limit, or its process ended$/,
        ),
      },
    ]);
    await running.result();
    expect(await raised()).toEqual([]);
  });

  test('a vendor that does not answer has its own exception, and no second one', async () => {
    await world.store.db.deleteFrom('exceptions').execute();
    troubles.set('readTieOut', (attempt) =>
      attempt < 6 ? new NetSuiteFailure({ code: 'unavailable', where: 'POST /suiteql', what: 'no answer' }) : 'go',
    );
    await (await begin('tieOut')).result();
    expect(await world.store.db.selectFrom('exceptions').select(['code', 'resolution']).execute()).toEqual([
      { code: 'netsuite-down', resolution: 'it answers again' },
    ]);
  });

  test('a run that was ended is followed by one that works at once, and that ends it', async () => {
    troubles.set('readTieOut', bug);
    const running = await begin('tieOut');
    await world.until(raised, (list) => list.length > 0);
    await running.terminate('a person ends it');
    await world.until(
      () => failingSteps(world.client, world.store),
      ([first]) => first!.wrong!.endsWith('ended (terminated)'),
    );
    troubles.clear();
    await (await begin('tieOut')).result();
    expect(await raised()).toEqual([]);
  });

  test('a workflow whose own code fails is listed by doctor', async () => {
    const [finding] = await world.until(
      () => failingWorkflows(world.client),
      ([first]) => first!.wrong !== null,
      60,
    );
    expect(finding).toMatchObject({
      part: 'workflows',
      detail: 'order:demo-us:no-such',
      wrong: expect.stringMatching(/^its workflow task fails \(try \d+\)$/),
    });
    await world.client.workflow.getHandle('order:demo-us:no-such').terminate();
  }, 90_000);
});
