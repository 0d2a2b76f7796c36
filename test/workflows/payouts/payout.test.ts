/** A payout from its report to its proof, and each thing that it waits for on the way. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  amountMapped,
  bankLineSeen,
  differenceSettled,
  documentsPosted,
  reportFound,
} from '../../../src/contracts/payouts/payout.ts';
import { amazonQueue, netsuiteQueue, storeQueue } from '../../../src/contracts/task-queues.ts';
import { lookAgain, tryAgain } from '../../../src/contracts/try-again.ts';
import { held, type Script } from '../fake-activities.ts';
import { openWorkflows, type RunUnderTest, type WorkflowsUnderTest } from '../workflows-under-test.ts';
import {
  APPLIED,
  CLASSIFIED,
  EVERY_STEP,
  LOOK,
  MATCHED,
  NO_LINE,
  NONE_MISSING,
  ONE_WAY,
  POSTED,
  STAGED,
  startPayout,
  stopped,
  TIED,
  UNTIL_TIES,
  untied,
} from './payout-under-test.ts';

let workflows: WorkflowsUnderTest;
beforeAll(async () => {
  workflows = await openWorkflows();
}, 60_000);
afterAll(() => workflows.close());

const start = (script: Script) => startPayout(workflows, { ...ONE_WAY, ...script });
const OPEN = { state: 'open', blockedBy: undefined };
const IS_TIED = { state: 'tied', blockedBy: undefined };
const KEY: [string, string, string] = ['ServiceFee', 'Dock Fee', 'Base fee'];
const isTied = async (payout: RunUnderTest) => {
  expect(await payout.result()).toBe('tied');
  expect(await payout.attributes()).toEqual(IS_TIED);
  expect(await payout.details()).toBe('Tied: rows = total = journal = deposit = bank line, read back from NetSuite.');
};

test.concurrent(
  'a payout goes from its report to its proof, each step on the queue of whose limit it uses',
  async () => {
    const payout = await start({});
    await isTied(payout);
    expect(payout.steps()).toEqual(EVERY_STEP);
    const queues = {
      [storeQueue()]: ['stageSettlement', 'classifySettlement', 'tieSettlement', 'matchMovements'],
      [netsuiteQueue(workflows.connection)]: ['postJournal', 'applyPayout', 'postMovements', 'provePayout'],
      [amazonQueue(workflows.connection, 'reports')]: ['takeInEarlierShipments'],
      [amazonQueue(workflows.connection, 'orders')]: ['makeEarlierOrders'],
    };
    for (const { activity, queue } of payout.calls)
      expect([activity, queues[queue]]).toEqual([activity, expect.arrayContaining([activity])]);
  },
);

test.concurrent('a payout without a bank line yet posts no deposit', async () => {
  const payout = await start({ matchMovements: [NO_LINE] });
  await isTied(payout);
  expect(payout.steps()).toEqual(EVERY_STEP.filter((step) => step !== 'postMovements'));
});

test.concurrent('a payout of marketplaces that are not listed is left alone', async () => {
  const payout = await start({ classifySettlement: [{ result: 'left-alone' }] });
  expect(await payout.result()).toBe('left alone');
  expect(payout.steps()).toEqual(['stageSettlement', 'classifySettlement']);
  expect(await payout.details()).toContain('Left alone');
});

test.concurrent.each([
  ['its journal', { postJournal: [{ result: 'planned' }] }, [...UNTIL_TIES, 'postJournal']],
  ['what it applies', { applyPayout: [{ result: 'planned' }] }, [...UNTIL_TIES, 'postJournal', 'applyPayout']],
] as [string, Script, string[]][])('where the connection only plans, it ends with %s', async (_, script, steps) => {
  const payout = await start(script);
  expect(await payout.result()).toBe('planned');
  expect(payout.steps()).toEqual(steps);
  expect(await payout.details()).toContain('Planned only');
  expect(await payout.attributes()).toEqual(OPEN);
});

describe('a report that cannot be staged', () => {
  test.concurrent.each([
    ['another file comes', reportFound],
    ['what was wrong is mended', lookAgain],
  ])('waits for a person until %s', async (_, signal) => {
    const payout = await start({ stageSettlement: [stopped(3), stopped(4), STAGED] });
    expect(await payout.blockedBy('exception:3')).toContain(
      '**Waits for a person** (exception 3). NetSuite refuses it.',
    );
    await payout.signal(signal);
    await payout.blockedBy('exception:4');
    await payout.signal(signal);
    await isTied(payout);
    expect(payout.steps()).toEqual(['stageSettlement', 'stageSettlement', ...EVERY_STEP]);
  });

  test.concurrent('is staged anew when its file came while the one before was being read', async () => {
    const first = held(stopped(3));
    const payout = await start({ stageSettlement: [first, STAGED] });
    await first.reached;
    await payout.signal(reportFound);
    first.give();
    await isTied(payout);
    expect(payout.steps()).toEqual(['stageSettlement', ...EVERY_STEP]);
  });
});

describe('rows that have no account', () => {
  const unknown = {
    result: 'unknown' as const,
    keys: [KEY.join(' / ')],
    rows: 2,
    amount: '-14.20',
    currency: 'USD',
    suggestion: 'inbound',
  };

  test.concurrent('wait for Finance, and the payout goes on when they are mapped', async () => {
    const payout = await start({ classifySettlement: [unknown, CLASSIFIED] });
    expect(await payout.blockedBy('unknown-amount')).toBe(
      '**Waits for Finance.** 2 rows have no account, -14.20 USD:\n\n- ServiceFee / Dock Fee / Base fee\n\n' +
        'Decide once for all payouts: `npx tieout map-amount "ServiceFee" "Dock Fee" "Base fee" inbound --why "…"`. Suggested: inbound.',
    );
    await payout.signal(amountMapped, { key: KEY, role: 'inbound' });
    await isTied(payout);
    expect(payout.steps()).toEqual(['stageSettlement', 'classifySettlement', ...EVERY_STEP.slice(1)]);
  });

  test.concurrent('wait on when what was mapped is not all', async () => {
    const payout = await start({
      classifySettlement: [unknown, { ...unknown, rows: 1, suggestion: null }, CLASSIFIED],
    });
    await payout.blockedBy('unknown-amount');
    await payout.signal(amountMapped, { key: KEY, role: 'inbound' });
    await payout.saying('1 row has no account');
    await payout.signal(tryAgain, { by: 'ana', audit: 7 });
    await isTied(payout);
  });

  test.concurrent('of nobody knows whose settlement wait for a person', async () => {
    const payout = await start({ classifySettlement: [stopped(6), CLASSIFIED] });
    await payout.blockedBy('exception:6');
    await payout.signal(tryAgain, { by: 'ana', audit: 7 });
    await isTied(payout);
    expect(payout.steps().filter((step) => step === 'classifySettlement')).toHaveLength(2);
  });
});

describe('orders that were shipped before the cut-over', () => {
  const missing = { missing: 3, missingBeforeCutOver: 2 };

  test.concurrent('are told, and the journal waits for their documents alone', async () => {
    const payout = await start({
      takeInEarlierShipments: [{ seen: 4 }],
      makeEarlierOrders: [{ orders: 2 }],
      tellOrders: [{ told: 2, waitedSkus: 0 }],
      tieSettlement: [missing, { missing: 2, missingBeforeCutOver: 1 }, { missing: 1, missingBeforeCutOver: 0 }],
    });
    await payout.saying('Waits for the documents of 2 orders that were shipped before the cut-over.');
    expect(await payout.attributes()).toEqual(OPEN);
    await payout.signal(documentsPosted);
    await payout.saying('Waits for the documents of 1 orders');
    await payout.signal(tryAgain, { by: 'ana', audit: 7 });
    await isTied(payout);
    expect(payout.steps()).toEqual([
      ...UNTIL_TIES.slice(0, -1),
      'tellOrders',
      ...Array<string>(3).fill('tieSettlement'),
      'postJournal',
      ...LOOK,
    ]);
  });

  test.concurrent('whose documents came while rows were being tied are looked for again', async () => {
    const first = held(missing);
    const payout = await start({ tieSettlement: [first, NONE_MISSING] });
    await first.reached;
    await payout.signal(documentsPosted);
    first.give();
    await isTied(payout);
  });
});

test.concurrent.each([
  ['postJournal', POSTED],
  ['applyPayout', APPLIED],
  ['postMovements', POSTED],
] as const)(
  '%s that NetSuite refuses waits for a person, and is done again when he has mended it',
  async (activity, done) => {
    const payout = await start({ [activity]: [stopped(11), stopped(12), done] });
    expect(await payout.blockedBy('exception:11')).toContain(
      '`npx tieout try-again payout ID`, or the signal `tryAgain`',
    );
    await payout.signal(tryAgain, { by: 'ana', audit: 7 });
    await payout.blockedBy('exception:12');
    await payout.signal(tryAgain, { by: 'ana', audit: 7 });
    await isTied(payout);
    expect(payout.steps()).toEqual(EVERY_STEP.flatMap((step) => (step === activity ? [step, step, step] : [step])));
  },
);

describe('a payout that is not tied yet', () => {
  /** Answers of as many looks, of which the last is tied. */
  const looks = (...proofs: string[]): Script => ({
    applyPayout: [...proofs, ''].map(() => APPLIED),
    matchMovements: [...proofs, ''].map(() => MATCHED),
    postMovements: [...proofs, ''].map(() => POSTED),
    provePayout: [...proofs.map(untied), TIED],
    tieSettlement: [...proofs, ''].map(() => NONE_MISSING),
  });
  const journal = EVERY_STEP.slice(0, EVERY_STEP.indexOf('postJournal') + 1);

  test.concurrent.each([
    ['bank lines', bankLineSeen, []],
    ['a decision about a difference', differenceSettled, []],
    ['order documents', documentsPosted, ['tieSettlement']],
    ['the product, which found something mended', lookAgain, ['tieSettlement']],
  ])('says why, waits for nobody in particular, and looks again by itself: %s', async (_, signal, first) => {
    const payout = await start(looks('posted: not posted in NetSuite: JE 1'));
    await payout.saying('Posted. Not tied yet:\n\n- posted: not posted in NetSuite: JE 1');
    expect(await payout.attributes()).toEqual(OPEN);
    await payout.signal(signal);
    await isTied(payout);
    expect(payout.steps()).toEqual([...journal, ...LOOK, ...first, ...LOOK]);
  });

  test.concurrent('waits for one thing after the other, and posts its journal once', async () => {
    const payout = await start(looks('rows tied: 1 sales or refunds have no document yet', 'movements seen: not seen'));
    await payout.saying('- rows tied: 1 sales');
    await payout.signal(documentsPosted);
    await payout.saying('- movements seen');
    await payout.signal(bankLineSeen);
    await isTied(payout);
    expect(payout.steps()).toEqual([...journal, ...LOOK, 'tieSettlement', ...LOOK, ...LOOK]);
  });

  test.concurrent.each([
    ['tied', TIED],
    ['not tied', untied('movements seen: not seen')],
  ])('news that comes while it is proven is looked at, though that proof says %s', async (_, proof) => {
    const first = held<typeof proof>(proof);
    const payout = await start({ ...looks('before'), provePayout: [first, TIED] });
    await first.reached;
    await payout.signal(bankLineSeen);
    await payout.signal(bankLineSeen);
    first.give();
    await isTied(payout);
    expect(payout.steps()).toEqual([...journal, ...LOOK, ...LOOK]);
  });

  test.concurrent('news that comes before a look is seen by that look, and asks for no other', async () => {
    const first = held(POSTED);
    const payout = await start({ postJournal: [first] });
    await first.reached;
    await payout.signal(bankLineSeen);
    await payout.signal(documentsPosted);
    first.give();
    await isTied(payout);
    expect(payout.steps()).toEqual(EVERY_STEP);
  });
});
