import { AsyncResource } from 'node:async_hooks';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitUntilIdle } from '../../src/operations/intake/wait-until-idle.ts';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { EXPECTED, liveThrough, MOVE, openSmallMonth, type MonthResult, type SmallMonth } from './small-month.ts';
import {
  activitiesThatRan,
  amazonFaultsThatMetNothing,
  breakEveryAmazonCall,
  breakEveryPosting,
  everyStep,
  faultsThatMetNothing,
} from './steps.ts';

interface Trouble {
  name: string;
  begin(world: WorldUnderTest): Promise<void>;
  aroundActivities?: ActivityInterceptorsFactory;
  mend?(world: WorldUnderTest): Promise<void>;
}

/** So often each activity runs twice: without an end, Amazon's quotas would be what the month waits for. */
const TIMES = 4;

/** Runs each activity in another way for its first times. */
function atFirst(run: (once: () => Promise<unknown>) => Promise<unknown>): ActivityInterceptorsFactory {
  const runs = new Map<string, number>();
  return ({ info: { activityType } }) => ({
    inbound: {
      async execute(input, next) {
        const before = runs.get(activityType) ?? 0;
        runs.set(activityType, before + 1);
        return before < TIMES ? run(() => next(input)) : next(input);
      },
    },
  });
}

/** As when Temporal never hears that an activity is done: all of it happens again, and the second answer counts. */
async function twice(once: () => Promise<unknown>): Promise<unknown> {
  await once();
  return once();
}

/** As when a process hangs, is taken for dead and goes on: two attempts at the same time, and the later one's answer counts. */
async function twiceAtOnce(once: () => Promise<unknown>): Promise<unknown> {
  const [, later] = await Promise.allSettled([once(), once()]);
  if (later.status === 'rejected') throw later.reason;
  return later.value;
}

/** As when a process that hung had been handed attempts, and begins with them when others have long gone on. */
function onceMoreLater(): Pick<Trouble, 'aroundActivities' | 'mend'> {
  const late: (() => Promise<unknown>)[] = [];
  return {
    aroundActivities: ({ info: { taskQueue } }) => ({
      inbound: {
        async execute(input, next) {
          // Amazon is only asked, and its quotas would be what the month waits for.
          if (!taskQueue.startsWith('amazon')) late.push(AsyncResource.bind(() => next(input)));
          return next(input);
        },
      },
    }),
    async mend() {
      // The last first: what an early step says comes after all others. Nobody waits for their answers, nor for those that fail.
      for (const attempt of late.toReversed()) await attempt().catch(() => {});
    },
  };
}

/** The first journal of tax is that of a fee invoice: that of the move has troubles of its own. */
const OF_MOVE = `_FTX_${MOVE.orderId}-m`;

const TROUBLES: Trouble[] = [
  {
    name: 'when every activity there is runs twice at once',
    begin: async () => {},
    aroundActivities: atFirst(twiceAtOnce),
  },
  {
    name: 'when each posting is throttled, then fails before it is done, then loses its answer before and after it is done, and Amazon fails whatever it is asked',
    begin: async (world) => {
      const kinds = ['429', '500-before-commit', 'lost-before-commit', 'lost-after-commit'];
      await breakEveryPosting(world, kinds, {}, [OF_MOVE]);
      await breakEveryAmazonCall(world, ['500', 'lost-after']);
    },
  },
];

/** `FAULTS=full`: what the others hold as well, or other tests by themselves (refusals, a lost answer). */
if (process.env['FAULTS'] === 'full')
  TROUBLES.push(
    { name: 'when every attempt there was is made once more, long after', begin: async () => {}, ...onceMoreLater() },
    {
      name: 'when each posting is refused for good, until somebody has mended it',
      // Not an authorisation whose unit comes back meanwhile: that would be an adjustment by then.
      begin: (world) => breakEveryPosting(world, ['workflow-lock'], { SO: '_SO_114-1000002-', RA: '_RA_114-1000001-' }),
      mend: tryEverythingAgain,
    },
    {
      name: 'when each posting is done and answered with an error, closing and asking fail too, and NetSuite throttles everything for a while',
      begin: async (world) => {
        await breakEveryPosting(world, ['500-after-commit'], {}, [OF_MOVE]);
        for (const kind of ['429', 'lost-before-commit', '500-after-commit'])
          await world.netsuitePage('POST', '/faults', { kind, match: { method: 'PATCH' } });
        for (const kind of ['429', 'lost-before-commit', 'lost-after-commit', '500-before-commit', '401'])
          await world.netsuitePage('POST', '/faults', { kind, match: { path: 'suiteql' }, times: 2 });
        await world.netsuitePage('POST', '/faults', { kind: '429', times: 20 });
      },
    },
    { name: 'without faults', begin: async () => {} },
    { name: 'when every activity there is runs twice', begin: async () => {}, aroundActivities: atFirst(twice) },
  );

/** All that may ever reach Amazon: reads, reports that are made, and the token for both. */
const ASKED_OF_AMAZON = [
  /^POST \/auth\/o2\/token$/,
  /^POST \/reports\/2021-06-30\/reports$/,
  /^GET \/reports\/2021-06-30\/(reports|reports\/\d+|documents\/[^/]+)$/,
  /^GET \/documents-store\/[^/]+$/,
  /^GET \/orders\/2026-01-01\/orders(\/[^/]+)?$/,
  /^GET \/finances\/(v0\/financialEventGroups|2024-06-19\/(transactions|balances))$/,
  /^GET \/fba\/inventory\/v1\/summaries$/,
  /^GET \/fba\/inbound\/v0\/(shipments|shipmentItems|shipments\/[^/]+\/items)$/,
];
/** Pages of the simulator itself, which the test turns. */
const SIMULATOR_PAGE = /^\S+ \/(admin|bank|clock|faults)(\/|$)/;

/** A person goes through his inbox, again and again until it holds no refusal. */
async function tryEverythingAgain(world: WorldUnderTest): Promise<void> {
  for (;;) {
    const refused = await world.store.db
      .selectFrom('exceptions')
      .select(['subject_kind', 'subject_id', 'key'])
      .where('code', '=', 'netsuite-refused')
      .where('closed_at', 'is', null)
      .execute();
    if (refused.length === 0) return;
    for (const { subject_kind: kind, subject_id: id } of refused)
      if (kind !== 'document')
        await world.client.workflow.getHandle(`${kind}:${world.connection}:${id}`).signal('tryAgain');
    // Documents of stock are tried again by each look.
    if (refused.some(({ subject_kind: kind }) => kind === 'document')) await world.look();
    const keys = refused.map(({ key }) => key);
    await world.until(
      () =>
        world.store.db
          .selectFrom('documents')
          .select('external_id')
          .where('external_id', 'in', keys)
          .where('state', '<>', 'posted')
          .execute(),
      (left) => left.length === 0,
    );
    await waitUntilIdle(world.store.db, world.connection, 60_000, () => false);
  }
}

describe.each(TROUBLES)('the small month $name', ({ begin, aroundActivities, mend }) => {
  let world: SmallMonth;
  let result: MonthResult;
  const asked = new Set<string>();
  beforeAll(async () => {
    world = await openSmallMonth({
      onAmazonCall: (line) => asked.add(line.replace(/ fault=.*/, '')),
      ...(aroundActivities ? { aroundActivities } : {}),
    });
    await begin(world);
    result = await liveThrough(world, () => mend?.(world) ?? Promise.resolve());
  }, 900_000);
  afterAll(() => world?.close());

  test('posts each document once', () => {
    expect(result.transactions).toMatchObject(EXPECTED.transactions);
    expect(result.duplicates).toEqual([]);
  });
  test('has each act of a person in the record once, whatever ran twice', () => {
    expect(result.acts).toEqual({
      tryAgain: 1,
      byHand: 1,
      mapSku: 1,
      mapAmount: 1,
      openChain: 1,
      settleDifference: 1,
      bookRefund: 1,
      matchDeposit: 1,
      readAgain: 1,
      noteException: 1,
      approveOpening: 1,
      bookFeeInvoice: 1,
      moveTax: 1,
      approveAccrual: 1,
      mapFinances: 1,
      carryItem: 1,
      signOff: 1,
      reopen: 1,
      approveOpeningBalance: 1,
      broken: 0,
    });
  });
  test('leaves the balances that were worked out by hand', () => {
    expect(result.balances).toMatchObject(EXPECTED.balances);
  });
  test('leaves the stock that was worked out by hand', () => {
    expect(result.stock).toEqual(EXPECTED.stock);
  });
  test('ties its payouts and leaves nothing to a person', () => {
    expect(result.openExceptions).toEqual([]);
    expect(result.tied).toEqual([true, true]);
  });
  test('told nobody twice, and told each thing', async () => {
    expect(await world.toldTwice()).toEqual([]);
    const left = await world.store.db.selectFrom('alert_events').select('key').where('state', '<>', 'sent').execute();
    expect(left).toEqual([]);
  });
  test('sent Amazon nothing but reads and wishes for reports', () => {
    const own = [...asked].filter((call) => !SIMULATOR_PAGE.test(call));
    expect(own.filter((call) => !ASKED_OF_AMAZON.some((allowed) => allowed.test(call)))).toEqual([]);
    expect(ASKED_OF_AMAZON.filter((allowed) => !own.some((call) => allowed.test(call)))).toEqual([]);
  });
  test('met every fault that was switched on, in every step there is', async () => {
    expect(await faultsThatMetNothing(world)).toEqual([]);
    expect(await amazonFaultsThatMetNothing(world)).toEqual([]);
    const ran = await activitiesThatRan(world);
    expect(everyStep().filter((name) => !ran.has(name))).toEqual([]);
  });
});
