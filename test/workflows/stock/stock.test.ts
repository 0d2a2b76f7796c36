/** One look at stock: what is read on which queue, how often it plans, and what it does not go on about. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { STOCK } from '../../../src/contracts/stock/stock.ts';
import type { StockPlanned } from '../../../src/contracts/stock/stock-activities.ts';
import { amazonQueue, netsuiteQueue, storeQueue } from '../../../src/contracts/task-queues.ts';
import type { Script } from '../fake-activities.ts';
import { openWorkflows, type RunUnderTest, type WorkflowsUnderTest } from '../workflows-under-test.ts';

let workflows: WorkflowsUnderTest;
beforeAll(async () => {
  workflows = await openWorkflows();
}, 60_000);
afterAll(() => workflows.close());

const SKIPPED = { result: 'skipped' } as const;
const NOTHING_NEW = { documents: 0, readAgain: false };
const planned = (changes: Partial<StockPlanned> = {}): StockPlanned => ({
  documents: 0,
  send: [],
  more: false,
  isBehind: false,
  close: [],
  waiting: 0,
  problems: 0,
  ...changes,
});

const SQUARED = { day: '2026-10-12', agree: 4, all: 5 };

/** Nothing is due at Amazon, nothing is to be sent. */
const QUIET = {
  takeInBalances: [SKIPPED],
  takeInLedger: [SKIPPED],
  takeInAdjustments: [SKIPPED],
  takeInReportLines: [SKIPPED, SKIPPED, SKIPPED],
  takeInInbound: [SKIPPED],
  takeInSnapshot: [SKIPPED],
  readNetSuiteStock: [NOTHING_NEW],
  planStock: [planned()],
  squareStock: [SQUARED],
  tellInbound: [{ told: 0 }],
} satisfies Script;
/** It read NetSuite once more, since something was posted. */
const POSTED = { ...QUIET, readNetSuiteStock: [NOTHING_NEW, NOTHING_NEW] } satisfies Script;

const look = (script: Script): Promise<RunUnderTest> =>
  workflows.start(STOCK, [], { connection: workflows.connection, policy: workflows.policy }, script);
/** What comes after Amazon was read. */
const afterReading = (run: RunUnderTest) => run.steps().slice(8);
const sent = (run: RunUnderTest) =>
  run.calls.flatMap(({ activity, input }) =>
    activity === 'postStockDocument' ? [(input as { externalId: string }).externalId] : [],
  );

describe('a look at stock', () => {
  test.concurrent('reads both sides, each on its queue, plans, and says where it stands', async () => {
    const run = await look(QUIET);
    const sentence =
      'Ledger not due, older adjustments not due, balances not due, reports not due, not due, not due, inbound not due, now not due; posted 0, 0 rows wait, 0 for a person; 4 of 5 agree at the end of 2026-10-12.';
    expect(await run.result()).toBe(sentence);
    expect(await run.details()).toBe(sentence);
    const { connection } = workflows;
    const [reports, inventory] = [amazonQueue(connection, 'reports'), amazonQueue(connection, 'inventory')];
    const calls = run.calls.map(({ activity, queue }) => [activity, queue]);
    const steps = run.steps();
    // Amazon's readings go side by side, but that a ledger is judged by the summary that was read before it.
    expect(calls.slice(0, 8).sort()).toEqual(
      [
        ['takeInBalances', reports],
        ['takeInLedger', reports],
        ['takeInAdjustments', reports],
        ['takeInReportLines', reports],
        ['takeInReportLines', reports],
        ['takeInReportLines', reports],
        ['takeInInbound', inventory],
        ['takeInSnapshot', inventory],
      ].sort(),
    );
    expect(steps.indexOf('takeInBalances')).toBeLessThan(steps.indexOf('takeInLedger'));
    expect(calls.slice(8)).toEqual([
      ['readNetSuiteStock', netsuiteQueue(connection)],
      ['planStock', storeQueue()],
      ['squareStock', storeQueue()],
      ['tellInbound', storeQueue()],
    ]);
    const lines = run.calls.filter(({ activity }) => activity === 'takeInReportLines');
    expect(lines.map(({ input }) => (input as { report: string }).report).sort()).toEqual([
      'reimbursements',
      'removals',
      'returns',
    ]);
  });

  test.concurrent('goes on where a report is cancelled or not whole, and says what came', async () => {
    const run = await look({
      ...QUIET,
      takeInBalances: [{ result: 'cancelled' }],
      takeInLedger: [{ result: 'truncated' }],
      takeInSnapshot: [{ result: 'read', rows: 12, news: 3 }],
      planStock: [planned({ waiting: 2, problems: 1 })],
      squareStock: [{ day: null, agree: 0, all: 0 }],
    });
    expect(await run.result()).toBe(
      'Ledger truncated, older adjustments not due, balances cancelled, reports not due, not due, not due, inbound not due, now 12 rows, 3 new; posted 0, 2 rows wait, 1 for a person; no day is whole yet.',
    );
  });

  test.concurrent('hands on which days planning found complete, and nothing where it does not say', async () => {
    const days = ['us 2026-10-10', 'eu 2026-10-10'];
    for (const [told, handed] of [
      [{ complete: days }, { complete: days }],
      [{}, {}],
    ]) {
      const run = await look({ ...QUIET, planStock: [planned(told)] });
      await run.result();
      const { connection } = workflows;
      expect(run.calls.filter(({ activity }) => activity === 'squareStock').map(({ input }) => input)).toEqual([
        { connection, ...handed },
      ]);
    }
  });

  test.concurrent('posts what may be sent in its order, and reads NetSuite again before it squares', async () => {
    const run = await look({
      ...POSTED,
      planStock: [planned({ documents: 2, send: ['ADJ', 'TRF'] })],
      postStockDocument: ['posted', 'posted'],
    });
    expect(await run.result()).toContain('posted 2, ');
    expect(sent(run)).toEqual(['ADJ', 'TRF']);
    expect(afterReading(run)).toEqual([
      'readNetSuiteStock',
      'planStock',
      'postStockDocument',
      'postStockDocument',
      'readNetSuiteStock',
      'squareStock',
      'tellInbound',
    ]);
  });

  test.concurrent('goes round as long as there is more and something is posted', async () => {
    const run = await look({
      ...QUIET,
      readNetSuiteStock: [NOTHING_NEW, NOTHING_NEW, NOTHING_NEW, NOTHING_NEW],
      squareStock: [SQUARED, SQUARED, SQUARED],
      planStock: [
        planned({ send: ['1', '2'], more: true }),
        planned({ send: ['2', '3'], more: true }),
        planned({ send: ['2'] }),
      ],
      postStockDocument: ['posted', 'short', 'short', 'posted', 'posted'],
    });
    expect(await run.result()).toContain('posted 3, ');
    expect(sent(run)).toEqual(['1', '2', '2', '3', '2']);
  });

  test.concurrent('catches up with days that one run does not take, squaring after each', async () => {
    const run = await look({
      ...QUIET,
      planStock: [planned({ isBehind: true }), planned({ isBehind: true }), planned()],
      squareStock: [SQUARED, SQUARED, SQUARED],
    });
    expect(await run.result()).toContain('posted 0, ');
    expect(afterReading(run).filter((step) => step !== 'tellInbound')).toEqual([
      'readNetSuiteStock',
      'planStock',
      'squareStock',
      'planStock',
      'squareStock',
      'planStock',
      'squareStock',
    ]);
  });

  test.concurrent.each(['short', 'stopped', 'planned'] as const)(
    'does not go round about documents that are %s: the next look tries them',
    async (became) => {
      const run = await look({
        ...QUIET,
        planStock: [planned({ send: ['1', '2'], more: true })],
        postStockDocument: [became, became],
      });
      expect(await run.result()).toContain('posted 0, ');
      // NetSuite is as it was: it is not read again.
      expect(afterReading(run)).toEqual([
        'readNetSuiteStock',
        'planStock',
        'postStockDocument',
        'postStockDocument',
        'squareStock',
        'tellInbound',
      ]);
    },
  );

  test.concurrent('closes units of authorisations that will not come, with nothing to send too', async () => {
    const run = await look({
      ...QUIET,
      planStock: [planned({ close: ['77', '78'] })],
      closeReturnUnits: [undefined, undefined],
    });
    await run.result();
    const closing = run.calls.filter(({ activity }) => activity === 'closeReturnUnits');
    expect(closing.map(({ queue, input }) => [queue, (input as { authorisation: string }).authorisation])).toEqual([
      [netsuiteQueue(workflows.connection), '77'],
      [netsuiteQueue(workflows.connection), '78'],
    ]);
    expect(afterReading(run).slice(-2)).toEqual(['squareStock', 'tellInbound']);
  });

  test.concurrent('tries a step that failed again, and nothing before it', async () => {
    const run = await look({
      ...POSTED,
      planStock: [planned({ send: ['1'] })],
      postStockDocument: [new Error('no answer'), 'posted'],
    });
    await run.result();
    expect(sent(run)).toEqual(['1', '1']);
    expect(afterReading(run).filter((step) => step === 'planStock')).toHaveLength(1);
  });
});
