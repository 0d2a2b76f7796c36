/** Where people answer: shape is refused at once, an item is looked up first, and it goes on for ever in short runs. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { ApplicationFailure, UpdateDefinition } from '@temporalio/common';
import {
  bookFeeInvoice,
  bookRefund,
  confirmPrices,
  placeSale,
  correctTax,
  DECISIONS,
  mapAmount,
  mapSku,
  matchDeposit,
  moveTax,
  noteException,
  openChain,
  readAgain,
  tryAgainUpdate,
  settleDifference,
  STOCK_UPDATES,
  type DecisionResult,
} from '../../src/contracts/decisions/decisions.ts';
import type { SentStockDecision } from '../../src/contracts/decisions/stock-decisions.ts';
import { netsuiteQueue, storeQueue } from '../../src/contracts/task-queues.ts';
import { held, type ActivityName, type Script } from './fake-activities.ts';
import { openWorkflows, type RunUnderTest, type WorkflowsUnderTest } from './workflows-under-test.ts';

let workflows: WorkflowsUnderTest;
beforeAll(async () => {
  workflows = await openWorkflows();
}, 60_000);
afterAll(() => workflows.close());

const start = (script: Script, decisionsPerRun = 100) =>
  workflows.start(
    DECISIONS,
    [],
    { connection: workflows.connection, policy: workflows.policy, decisionsPerRun },
    script,
  );
const SAID = { by: 'maria', why: 'case 1234' };
const SKU = { sku: 'BLU-MUG-2', item: '881', ...SAID };
const CHAIN = { settlementId: '27000000001', ...SAID };
const TAKEN: DecisionResult = { audit: 12, released: 3, choice: 'opens a chain', detail: 'from 1 October' };
const ITEM = { id: '881', itemId: 'BLU-MUG', problem: null };

/** Type and words of the refusal that an update ends in. */
async function refusalOf(update: Promise<unknown>): Promise<[type: string | null | undefined, words: string]> {
  const failure = await update.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(WorkflowUpdateFailedError);
  const cause = (failure as WorkflowUpdateFailedError).cause as ApplicationFailure;
  return [cause.type, cause.message];
}

const FEE_INVOICE = {
  number: 'UK-1',
  date: '2026-10-31',
  jurisdiction: 'GB',
  role: 'storage',
  net: '40.00',
  tax: '8.00',
  treatment: 'charged',
  ...SAID,
} as const;

test.concurrent(
  'each decision goes to the activity that stores it, with who waits for it told by the same policy',
  async () => {
    const decisions: [ActivityName, (run: RunUnderTest) => Promise<DecisionResult>][] = [
      [
        'decideAmount',
        (run) =>
          run.update(mapAmount, [
            {
              transactionType: 'ServiceFee',
              amountType: 'Dock Fee',
              amountDescription: 'Base fee',
              role: 'inbound',
              ...SAID,
            },
          ]),
      ],
      [
        'decideDifference',
        (run) => run.update(settleDifference, [{ document: 'AMZ_INV_1', choice: 'leave', ...SAID }]),
      ],
      [
        'decideDeposit',
        (run) =>
          run.update(matchDeposit, [{ settlementId: '1', movement: 'payout', lines: [{ number: 12 }], ...SAID }]),
      ],
      ['decideOpenChain', (run) => run.update(openChain, [CHAIN])],
      ['decideBookRefund', (run) => run.update(bookRefund, [{ orderId: '114-1', settlementId: '1', ...SAID }])],
      ['decideCorrectTax', (run) => run.update(correctTax, [{ document: 'AMZ_INV_1', ...SAID }])],
      ['decidePlaceSale', (run) => run.update(placeSale, [{ orderId: '202-1', country: 'US', ...SAID }])],
      ['decideConfirmPrices', (run) => run.update(confirmPrices, [{ marketplace: 'amazon.co.uk', ...SAID }])],
      [
        'decideMoveTax',
        (run) =>
          run.update(moveTax, [{ orderId: '202-1', from: 'GB', to: 'DE', net: '100.00', tax: '20.00', ...SAID }]),
      ],
      ['decideBookFeeInvoice', (run) => run.update(bookFeeInvoice, [FEE_INVOICE])],
      ['decideNote', (run) => run.update(noteException, [{ exception: 42, until: '2026-10-30', ...SAID }])],
      ['decideReadAgain', (run) => run.update(readAgain, [{ what: 'refunds', from: '2026-10-01T00:00:00Z', ...SAID }])],
    ];
    const run = await start(Object.fromEntries(decisions.map(([activity]) => [activity, [TAKEN]])));
    for (const [activity, decide] of decisions) {
      expect(await decide(run)).toEqual(TAKEN);
      expect(run.calls.at(-1)).toMatchObject({ activity, queue: storeQueue(), input: { decision: SAID } });
    }
    expect(run.calls).toHaveLength(decisions.length);
  },
);

test.concurrent('a decision about stock goes to the one activity of them, with its kind', async () => {
  const decisions: SentStockDecision[] = [
    { kind: 'mapMovement', eventType: 'Adjustments', reason: 'X', answer: 'adjust', ...SAID },
    { kind: 'answerRows', rows: ['a'], role: 'inventory-loss', ...SAID },
    { kind: 'explainForeign', document: '4711', choice: 'counter', ...SAID },
    { kind: 'decideInbound', shipmentId: 'FBA1', sku: 'A', choice: 'lost', ...SAID },
    { kind: 'closeGap', pool: 'us', item: 'A', place: 'sellable', units: -2, ...SAID },
    { kind: 'approveOpening', pool: 'us', ...SAID },
    { kind: 'approveAdjustment', document: 'AMZ_x', ...SAID },
  ];
  expect(decisions.map(({ kind }) => kind)).toEqual(Object.keys(STOCK_UPDATES));
  const run = await start({ decideStock: decisions.map(() => TAKEN) });
  for (const { kind, ...args } of decisions) {
    expect(await run.update(STOCK_UPDATES[kind] as UpdateDefinition<DecisionResult, [object]>, [args])).toEqual(TAKEN);
    expect(run.calls.at(-1)).toMatchObject({ queue: storeQueue(), input: { decision: { kind, ...args } } });
  }
  const { kind: _, ...opening } = decisions[5]!;
  expect(
    await refusalOf(
      run.update(STOCK_UPDATES.approveOpening as UpdateDefinition<DecisionResult, [object]>, [
        { ...opening, why: ' ' },
      ]),
    ),
  ).toEqual(['DECISION_SHAPE', 'approveOpening needs `why`: stock is only moved by an approved action.']);
});

test.concurrent(
  'a document that was put back is read back from NetSuite at once, and what was found is answered',
  async () => {
    const run = await start({
      decideTryAgain: [TAKEN, TAKEN],
      sweepDocuments: [0, 1].map((altered) => ({ after: null, read: 1, altered })),
    });
    const again = () => run.update(tryAgainUpdate, [{ of: 'document', id: 'AMZ_INV_1', by: 'ben' }]);
    expect(await again()).toEqual({ ...TAKEN, detail: 'NetSuite holds AMZ_INV_1 as it was posted' });
    expect(run.calls.at(-1)).toMatchObject({
      activity: 'sweepDocuments',
      queue: netsuiteQueue(workflows.connection),
      input: { after: '', only: 'AMZ_INV_1' },
    });
    expect(await again()).toEqual({ ...TAKEN, detail: 'NetSuite still does not hold AMZ_INV_1 as it was posted' });
  },
);

describe('an item for a SKU', () => {
  test.concurrent('is looked up in NetSuite, and stored by the name that NetSuite gives it', async () => {
    const { detail: _, ...stored } = TAKEN;
    const run = await start({ checkItem: [ITEM], decideSku: [stored] });
    expect(await run.update(mapSku, [SKU])).toEqual({
      ...stored,
      detail: 'NetSuite item BLU-MUG (881) exists and is active',
    });
    expect(run.calls).toMatchObject([
      { activity: 'checkItem', queue: netsuiteQueue(workflows.connection), input: { item: '881' } },
      { activity: 'decideSku', queue: storeQueue(), input: { decision: { ...SKU, item: 'BLU-MUG' } } },
    ]);
  });

  test.concurrent('may be several of it: the units go with it, and are said', async () => {
    const { detail: _, ...stored } = TAKEN;
    const run = await start({ checkItem: [ITEM], decideSku: [stored] });
    expect(await run.update(mapSku, [{ ...SKU, units: 3 }])).toMatchObject({
      detail: 'NetSuite item BLU-MUG (881) exists and is active; one BLU-MUG-2 is 3 units of it',
    });
    expect(run.calls.at(-1)).toMatchObject({
      activity: 'decideSku',
      input: { decision: { ...SKU, units: 3, item: 'BLU-MUG' } },
    });
  });

  test.concurrent.each([
    ['ITEM_UNKNOWN', 'NetSuite has no item 881.'],
    ['ITEM_INACTIVE', 'NetSuite item 881 is inactive.'],
  ] as const)('that is of no use is refused as %s, and nothing is stored', async (type, sentence) => {
    const run = await start({ checkItem: [{ ...ITEM, problem: { type, sentence } }] });
    expect(await refusalOf(run.update(mapSku, [SKU]))).toEqual([type, sentence]);
    expect(run.steps()).toEqual(['checkItem']);
  });
});

describe('a decision of the wrong shape', () => {
  test.concurrent('is refused before anything is asked or written into the history', async () => {
    const run = await start({});
    expect(await refusalOf(run.update(mapSku, [{ ...SKU, by: ' ' }]))).toEqual([
      'DECISION_SHAPE',
      'mapSku needs `by`, who decides.',
    ]);
    expect(await refusalOf(run.update(mapSku, [{ ...SKU, units: 0 }]))).toEqual([
      'DECISION_SHAPE',
      expect.stringContaining('a whole number from 1'),
    ]);
    expect(await refusalOf(run.update(openChain, [{ ...CHAIN, why: '' }]))).toEqual([
      'DECISION_SHAPE',
      expect.stringContaining('needs `why`'),
    ]);
    expect(await refusalOf(run.update(confirmPrices, [{ marketplace: '', ...SAID }]))).toEqual([
      'DECISION_SHAPE',
      expect.stringContaining('needs `marketplace`'),
    ]);
    expect(await refusalOf(run.update(placeSale, [{ orderId: '202-1', country: 'UK', ...SAID }]))).toEqual([
      'DECISION_SHAPE',
      expect.stringContaining('needs `country`'),
    ]);
    expect(await refusalOf(run.update(correctTax, [{ document: '', ...SAID }]))).toEqual([
      'DECISION_SHAPE',
      expect.stringContaining('needs `document`'),
    ]);
    expect(await refusalOf(run.update(noteException, [{ exception: 42, until: '2026-02-30', ...SAID }]))).toEqual([
      'DECISION_SHAPE',
      expect.stringContaining('a day like'),
    ]);
    expect(
      await refusalOf(
        run.update(moveTax, [{ orderId: '202-1', from: 'GB', to: 'Germany', net: '1.00', tax: '0.20', ...SAID }]),
      ),
    ).toEqual(['DECISION_SHAPE', expect.stringContaining('by two letters')]);
    for (const [over, sentence] of [
      [{ date: '2026-02-30' }, 'a day like'],
      [{ role: 'tax-on-fees' }, 'is no role of fees'],
      [{ net: '40,00' }, 'plain decimals'],
    ] as const)
      expect(await refusalOf(run.update(bookFeeInvoice, [{ ...FEE_INVOICE, ...over }]))).toEqual([
        'DECISION_SHAPE',
        expect.stringContaining(sentence),
      ]);
    expect(run.calls).toEqual([]);
    expect(await run.eventTypes()).not.toContain('EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED');
  });
});

describe('after as many decisions as a run takes', () => {
  test.concurrent('it continues as new, and takes the next', async () => {
    const run = await start({ decideOpenChain: [TAKEN, TAKEN, TAKEN] }, 2);
    const first = await run.runId();
    await run.update(openChain, [CHAIN]);
    expect(await run.runId()).toBe(first);
    await run.update(openChain, [CHAIN]);
    await run.inAnotherRunThan(first);
    expect(await run.update(openChain, [CHAIN])).toEqual(TAKEN);
    expect(await run.details()).toContain(`Takes decisions for **${workflows.connection}**`);
  });

  test.concurrent('what was refused does not count, by shape or by NetSuite', async () => {
    const unknown = { ...ITEM, problem: { type: 'ITEM_UNKNOWN', sentence: 'no' } } as const;
    const run = await start({ checkItem: [unknown], decideOpenChain: [TAKEN] }, 1);
    const first = await run.runId();
    await refusalOf(run.update(mapSku, [SKU]));
    await refusalOf(run.update(mapSku, [{ ...SKU, sku: '' }]));
    expect(await run.runId()).toBe(first);
    await run.update(openChain, [CHAIN]);
    await run.inAnotherRunThan(first);
  });

  test.concurrent('a decision that is still being taken is finished first', async () => {
    const slow = held<DecisionResult>(TAKEN);
    const run = await start({ decideOpenChain: [slow, TAKEN] }, 1);
    const first = await run.runId();
    const taking = run.update(openChain, [CHAIN]);
    await slow.reached;
    await run.update(openChain, [{ ...CHAIN, settlementId: '27000000002' }]);
    expect(await run.runId()).toBe(first);
    slow.give();
    expect(await taking).toEqual(TAKEN);
    await run.inAnotherRunThan(first);
  });
});
