/** The look at months and a month's own workflow: what is asked in which order, whoever decides and whatever fails. */
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import { approveAccrual, CLOSE, CLOSE_LOOK, evaluate, evaluated, signOff } from '../../src/contracts/period/close.ts';
import { netsuiteQueue, storeQueue } from '../../src/contracts/task-queues.ts';
import { openWorkflows, type RunUnderTest, type WorkflowsUnderTest } from './workflows-under-test.ts';

let workflows: WorkflowsUnderTest;
beforeAll(async () => {
  workflows = await openWorkflows();
}, 60_000);
afterAll(() => workflows.close());

const OPEN = { sentence: 'October 2026: 11 of 14 items tie.', lines: ['finance · accrue it'], isSigned: false };
const SIGNED = { sentence: 'signed by maria on 2026-11-04', lines: [], isSigned: true };
const PROFIT = { sentence: 'October 2026: 16.02 USD in NetSuite, and by SKU the same.', ties: true };
const decided = (choice: string, more: Partial<DecisionResult> = {}): DecisionResult => ({
  audit: 7,
  released: 1,
  choice,
  detail: choice,
  ...more,
});
const telling = () => ({ connection: workflows.connection, policy: workflows.policy });
const said = { by: 'maria', why: 'reviewed' };

test.concurrent(
  'a look works each month out and tells it, posts accruals that wait, then works out each profit',
  async () => {
    const look = await workflows.start(CLOSE_LOOK, [], telling(), {
      dueCloses: [['2026-10', '2026-11']],
      evaluateClose: [{ ...OPEN, sentence: 'The close of October 2026 cannot be worked out: x' }, OPEN],
      tellClose: [undefined, undefined],
      postAccruals: [{ posted: 0, stopped: 0 }],
      evaluateProfit: [{ sentence: 'The profit of October 2026 cannot be worked out: x', ties: false }, PROFIT],
    });
    expect(await look.result()).toBe(
      `The close of October 2026 cannot be worked out: x ${OPEN.sentence} The profit of October 2026 cannot be worked out: x ${PROFIT.sentence}`,
    );
    expect(look.steps()).toEqual([
      'dueCloses',
      'evaluateClose',
      'tellClose',
      'evaluateClose',
      'tellClose',
      'postAccruals',
      'evaluateProfit',
      'evaluateProfit',
    ]);
    expect(look.calls.map(({ queue }) => queue)).toEqual([
      storeQueue(),
      ...[1, 2].flatMap(() => [netsuiteQueue(workflows.connection), storeQueue()]),
      ...[1, 2, 3].map(() => netsuiteQueue(workflows.connection)),
    ]);
  },
);

describe("a month's workflow", () => {
  const start = (period: string, script: Parameters<typeof workflows.start>[3]) =>
    workflows.start(CLOSE, [period], { ...telling(), period }, script);

  const asked = async (month: RunUnderTest, count: number) => {
    while (month.steps().length < count) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  test.concurrent('is worked out where somebody asks, its profit too, and not where the look tells it', async () => {
    const month = await start('2026-08', { evaluateClose: [OPEN], evaluateProfit: [PROFIT] });
    await month.signal(evaluated, OPEN);
    await month.saying('accrue it');
    expect(month.steps()).toEqual([]);
    await month.signal(evaluate);
    await asked(month, 2);
    await month.signal(evaluated, SIGNED);
    expect(await month.result()).toBe(SIGNED.sentence);
    expect(month.steps()).toEqual(['evaluateClose', 'evaluateProfit']);
  });

  test.concurrent('an accrual is posted before the month is worked out anew; the signature ends it', async () => {
    const month = await start('2026-09', {
      decideAccrual: [decided('post')],
      postAccruals: [{ posted: 2, stopped: 0 }],
      evaluateClose: [OPEN, SIGNED],
      evaluateProfit: [PROFIT, PROFIT],
      decideSignOff: [decided('sign-off')],
    });
    await month.update(approveAccrual, [{ period: '2026-09', currency: 'USD', ...said }]);
    await asked(month, 4);
    await month.update(signOff, [{ period: '2026-09', ...said }]);
    expect(await month.result()).toBe(SIGNED.sentence);
    expect(month.steps()).toEqual([
      'decideAccrual',
      'postAccruals',
      'evaluateClose',
      'evaluateProfit',
      'decideSignOff',
      'evaluateClose',
      'evaluateProfit',
    ]);
  });

  test.concurrent('who is refused has the month worked out anew; one that is none ends then', async () => {
    const none = {
      sentence: '2027-01 has not begun: it is 2026-11.',
      lines: [],
      isSigned: false,
      isNone: true as const,
    };
    const refused = ApplicationFailure.nonRetryable(none.sentence, 'CLOSE_REFUSED');
    const month = await start('2027-01', { decideSignOff: [refused], evaluateClose: [none] });
    await expect(month.update(signOff, [{ period: '2027-01', ...said }])).rejects.toThrow();
    expect(await month.result()).toBe(none.sentence);
    expect(month.steps()).toEqual(['decideSignOff', 'evaluateClose']);
  });
});
