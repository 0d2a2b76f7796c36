/** A report that Amazon issues again, wherever its payout stands: the story begins anew, and what waited waits no longer. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bankLineSeen, reportFound } from '../../../src/contracts/payouts/payout.ts';
import { tryAgain } from '../../../src/contracts/try-again.ts';
import { held, type Script } from '../fake-activities.ts';
import { openWorkflows, type RunUnderTest, type WorkflowsUnderTest } from '../workflows-under-test.ts';
import {
  APPLIED,
  CLASSIFIED,
  EVERY_STEP,
  MATCHED,
  NO_LINE,
  NONE_MISSING,
  ONE_WAY,
  oneAfterAnother,
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

/** A way that ends early, and one from the report to the proof. */
const start = (first: Script) => startPayout(workflows, oneAfterAnother(first, ONE_WAY));
const isTied = async (payout: RunUnderTest, before: readonly string[]) => {
  expect(await payout.result()).toBe('tied');
  expect(payout.steps()).toEqual([...before, ...EVERY_STEP]);
  expect(await payout.attributes()).toEqual({ state: 'tied', blockedBy: undefined });
};

const READ: Script = { stageSettlement: [STAGED], classifySettlement: [CLASSIFIED] };
const TIES: Script = {
  ...READ,
  takeInEarlierShipments: [{ seen: 0 }],
  makeEarlierOrders: [{ orders: 0 }],
  tieSettlement: [NONE_MISSING],
};
const JOURNAL: Script = { ...TIES, postJournal: [POSTED] };
const BANK: Script = { ...JOURNAL, applyPayout: [APPLIED], matchMovements: [MATCHED] };
const UP_TO = (step: string) => EVERY_STEP.slice(0, EVERY_STEP.indexOf(step as never) + 1);

describe('while a posting waits for a person', () => {
  test.concurrent.each([
    ['postJournal', TIES],
    ['applyPayout', JOURNAL],
    ['postMovements', BANK],
  ] as const)('%s is not asked for again: the new report is staged', async (activity, before) => {
    const payout = await start({ ...before, [activity]: [stopped(31)] });
    await payout.blockedBy('exception:31');
    await payout.signal(reportFound);
    await isTied(payout, UP_TO(activity));
  });

  test.concurrent(
    'a person who says try again at the same moment changes nothing: the new report goes first',
    async () => {
      const refused = held(stopped(31));
      const payout = await start({ ...TIES, postJournal: [refused] });
      await refused.reached;
      await payout.signal(tryAgain, { by: 'ana', audit: 7 });
      await payout.signal(reportFound);
      refused.give();
      await isTied(payout, UP_TO('postJournal'));
    },
  );
});

test.concurrent('while rows have no account, the new report is staged before they are looked at again', async () => {
  const payout = await start({
    ...READ,
    classifySettlement: [
      { result: 'unknown', keys: ['a / b / c'], rows: 1, amount: '1.00', currency: 'USD', suggestion: null },
    ],
  });
  await payout.blockedBy('unknown-amount');
  await payout.signal(reportFound);
  await isTied(payout, ['stageSettlement', 'classifySettlement']);
});

test.concurrent(
  'while documents from before the cut-over are awaited, nothing was posted and the new report is staged',
  async () => {
    const payout = await start({ ...TIES, tieSettlement: [{ missing: 1, missingBeforeCutOver: 1 }] });
    await payout.saying('Waits for the documents of 1 orders');
    await payout.signal(reportFound);
    await isTied(payout, UNTIL_TIES);
  },
);

test.concurrent(
  'while documents or the bank are awaited, the new report is staged and its journal posted',
  async () => {
    const payout = await start({
      ...JOURNAL,
      applyPayout: [{ ...APPLIED, left: 1 }],
      matchMovements: [NO_LINE],
      provePayout: [untied('movements seen: not seen on a statement: payout')],
    });
    await payout.saying('- movements seen');
    await payout.signal(reportFound);
    await isTied(
      payout,
      UP_TO('provePayout').filter((step) => step !== 'postMovements'),
    );
  },
);

test.concurrent('while it is proven, a payout does not end as tied over the report before', async () => {
  const proof = held(TIED);
  const payout = await start({ ...BANK, postMovements: [POSTED], provePayout: [proof] });
  await proof.reached;
  await payout.signal(reportFound);
  proof.give();
  await isTied(payout, EVERY_STEP);
});

test.concurrent('a proof that finds the report issued again begins anew, without a signal', async () => {
  const payout = await start({
    ...BANK,
    postMovements: [POSTED],
    provePayout: [{ tied: false, reissued: true, reasons: ['its report was issued again'] }],
  });
  await isTied(payout, EVERY_STEP);
});

test.concurrent('a report that is told while the one before is posted is staged once that look is over', async () => {
  const journal = held(POSTED);
  const payout = await start({
    ...BANK,
    postMovements: [POSTED],
    postJournal: [journal],
    provePayout: [untied('not yet')],
  });
  await journal.reached;
  await payout.signal(reportFound);
  await payout.signal(reportFound);
  journal.give();
  await isTied(payout, EVERY_STEP);
});

test.concurrent('twice issued again, it is staged three times and tied once', async () => {
  const refused = (exception: number): Script => ({ ...TIES, postJournal: [stopped(exception)] });
  const payout = await startPayout(workflows, oneAfterAnother(refused(41), refused(42), ONE_WAY));
  await payout.blockedBy('exception:41');
  await payout.signal(reportFound);
  await payout.blockedBy('exception:42');
  await payout.signal(bankLineSeen);
  await payout.signal(reportFound);
  await isTied(payout, [...UP_TO('postJournal'), ...UP_TO('postJournal')]);
});
