/** An order from its Sales Order on: shipments, refunds, Amazon's changes, and postings that are refused. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dispatched, orderChanged, refunded } from '../../../src/contracts/orders/order-lifecycle.ts';
import { netsuiteQueue } from '../../../src/contracts/task-queues.ts';
import { tryAgain } from '../../../src/contracts/try-again.ts';
import { held, type Script } from '../fake-activities.ts';
import { openWorkflows, type RunUnderTest, type WorkflowsUnderTest } from '../workflows-under-test.ts';
import { BILLED, COMPLETE, DONE, PLANNED, POSTED, startOrder, stopped } from './order-under-test.ts';

let workflows: WorkflowsUnderTest;
beforeAll(async () => {
  workflows = await openWorkflows();
}, 60_000);
afterAll(() => workflows.close());

const WHOLE = 'dispatched and billed';
const OPEN = { state: 'open', blockedBy: undefined };
const REFUND = { postReturnAuthorisation: [DONE], postCreditMemo: [DONE] } satisfies Script;
const ship = (order: RunUnderTest, ...shipments: string[]) => order.signal(dispatched, { shipments });
const refund = (order: RunUnderTest, ...refunds: string[]) => order.signal(refunded, { refunds });
/** An order with its Sales Order, that waits for Amazon. */
const placed = async (script: Script) => {
  const order = await startOrder(workflows, script, { salesOrder: 'posted' });
  await order.saying('Sales Order posted. Waits for Amazon to dispatch it');
  return order;
};

describe('shipments', () => {
  test.concurrent(
    'an order is placed, fulfilled and billed, each step on the queue of its NetSuite account',
    async () => {
      const order = await startOrder(workflows, { postSalesOrder: [POSTED], ...BILLED });
      await order.saying('Waits for Amazon to dispatch it');
      await ship(order, 'S1');
      expect(await order.result()).toBe(WHOLE);
      expect(order.steps()).toEqual(['postSalesOrder', 'postFulfilment S1', 'billShipment S1']);
      expect(new Set(order.calls.map(({ queue }) => queue))).toEqual(new Set([netsuiteQueue(workflows.connection)]));
      expect(await order.details()).toBe('Done: dispatched and billed. Waits for nothing.');
    },
  );

  test.concurrent(
    'each of several is fulfilled and billed before the next, until all that was ordered is',
    async () => {
      const order = await placed({ postFulfilment: [DONE, DONE, DONE], billShipment: [DONE, DONE, COMPLETE] });
      await ship(order, 'S1', 'S2');
      await order.saying('Waits for Amazon to dispatch it');
      await ship(order, 'S3');
      expect(await order.result()).toBe(WHOLE);
      expect(order.steps()).toEqual(
        ['S1', 'S2', 'S3'].flatMap((shipment) => [`postFulfilment ${shipment}`, `billShipment ${shipment}`]),
      );
    },
  );

  test.concurrent('what is told twice while it waits its turn is done once', async () => {
    const first = held(DONE);
    const order = await placed({ postFulfilment: [first, DONE], billShipment: [DONE, COMPLETE], ...REFUND });
    await ship(order, 'S1');
    await first.reached;
    await ship(order, 'S2');
    await ship(order, 'S2', 'S2');
    await refund(order, 'R1');
    await refund(order, 'R1');
    await order.signal(tryAgain, { by: 'ana', audit: 7 });
    first.give();
    expect(await order.result()).toBe(WHOLE);
    expect(order.steps()).toEqual([
      'postFulfilment S1',
      'billShipment S1',
      'postFulfilment S2',
      'billShipment S2',
      'postReturnAuthorisation R1',
      'postCreditMemo R1',
    ]);
  });

  test.concurrent('a sale below zero gets its memo after the invoice that was cut to zero', async () => {
    const order = await placed({
      postFulfilment: [DONE],
      billShipment: [{ ...DONE, belowZero: true }],
      postSaleMemo: [COMPLETE],
    });
    await ship(order, 'S1');
    expect(await order.result()).toBe(WHOLE);
    expect(order.steps()).toEqual(['postFulfilment S1', 'billShipment S1', 'postSaleMemo S1']);
  });
});

describe('refunds', () => {
  test.concurrent('one that is told before anything is billed waits for the invoice', async () => {
    const salesOrder = held(POSTED);
    const order = await startOrder(workflows, { postSalesOrder: [salesOrder], ...BILLED, ...REFUND });
    await salesOrder.reached;
    await refund(order, 'R1');
    salesOrder.give();
    await order.saying('Waits for Amazon to dispatch it');
    await ship(order, 'S1');
    expect(await order.result()).toBe(WHOLE);
    expect(order.steps()).toEqual([
      'postSalesOrder',
      'postFulfilment S1',
      'billShipment S1',
      'postReturnAuthorisation R1',
      'postCreditMemo R1',
    ]);
  });

  test.concurrent('one that comes between two shipments is booked between them', async () => {
    const memo = held(DONE);
    const order = await placed({
      postFulfilment: [DONE, DONE],
      billShipment: [DONE, COMPLETE],
      ...REFUND,
      postCreditMemo: [memo],
    });
    await ship(order, 'S1');
    await refund(order, 'R1');
    await memo.reached;
    await ship(order, 'S2');
    memo.give();
    expect(await order.result()).toBe(WHOLE);
    expect(order.steps().slice(2, 4)).toEqual(['postReturnAuthorisation R1', 'postCreditMemo R1']);
  });

  test.concurrent.each([
    ['a late one of an order that was complete is booked, and the order is complete again', 'posted', true, WHOLE],
    ['one of an order that is not ours is booked without a Sales Order', 'not-ours', false, 'refunded'],
  ] as const)('%s', async (_, salesOrder, complete, end) => {
    const first = held(DONE);
    const order = await startOrder(
      workflows,
      { postReturnAuthorisation: [first, DONE], postCreditMemo: [DONE, DONE] },
      { salesOrder, complete },
      { refunds: ['R1'] },
    );
    await first.reached;
    await refund(order, 'R2');
    first.give();
    expect(await order.result()).toBe(end);
    expect(order.steps()).toEqual([
      'postReturnAuthorisation R1',
      'postCreditMemo R1',
      'postReturnAuthorisation R2',
      'postCreditMemo R2',
    ]);
  });

  test.concurrent('a complete order for which nothing is new ends again at once', async () => {
    const order = await startOrder(workflows, {}, { salesOrder: 'posted', complete: true });
    expect(await order.result()).toBe(WHOLE);
  });
});

describe('what Amazon changes after the Sales Order', () => {
  test.concurrent('a cancellation closes it', async () => {
    const order = await placed({ postSalesOrder: [{ result: 'cancelled' }], closeCancelledOrder: [undefined] });
    await order.signal(orderChanged);
    expect(await order.result()).toBe('cancelled at Amazon');
    expect(order.steps()).toEqual(['postSalesOrder', 'closeCancelledOrder']);
  });

  test.concurrent('lines that are taken away are taken away there too, and the rest is still awaited', async () => {
    const revised = held({ complete: false });
    const order = await placed({ postSalesOrder: [POSTED], reviseSalesOrder: [revised], ...BILLED });
    await order.signal(orderChanged);
    await revised.reached;
    revised.give();
    await ship(order, 'S1');
    expect(await order.result()).toBe(WHOLE);
    expect(order.steps()).toEqual(['postSalesOrder', 'reviseSalesOrder', 'postFulfilment S1', 'billShipment S1']);
  });

  test.concurrent('an order of which nothing is left to dispatch is complete, and its refunds are booked', async () => {
    const order = await placed({ postSalesOrder: [POSTED], reviseSalesOrder: [{ complete: true }], ...REFUND });
    await refund(order, 'R1');
    await order.signal(orderChanged);
    expect(await order.result()).toBe(WHOLE);
    expect(order.steps()).toEqual([
      'postSalesOrder',
      'reviseSalesOrder',
      'postReturnAuthorisation R1',
      'postCreditMemo R1',
    ]);
  });

  test.concurrent('what is dispatched goes before what is changed', async () => {
    const first = held(DONE);
    const order = await placed({
      postFulfilment: [first],
      billShipment: [DONE],
      postSalesOrder: [POSTED],
      reviseSalesOrder: [{ complete: true }],
    });
    await ship(order, 'S1');
    await first.reached;
    await order.signal(orderChanged);
    first.give();
    expect(await order.result()).toBe(WHOLE);
    expect(order.steps()).toEqual(['postFulfilment S1', 'billShipment S1', 'postSalesOrder', 'reviseSalesOrder']);
  });
});

/** Every posting after the Sales Order, with what comes before and after it. */
const POSTINGS = [
  ['postFulfilment', ['postFulfilment S1'], DONE],
  ['billShipment', ['postFulfilment S1', 'billShipment S1'], { ...DONE, belowZero: true }],
  ['postSaleMemo', ['postFulfilment S1', 'billShipment S1', 'postSaleMemo S1'], COMPLETE],
  [
    'postReturnAuthorisation',
    ['postFulfilment S1', 'billShipment S1', 'postSaleMemo S1', 'postReturnAuthorisation R1'],
    DONE,
  ],
  [
    'postCreditMemo',
    ['postFulfilment S1', 'billShipment S1', 'postSaleMemo S1', 'postReturnAuthorisation R1', 'postCreditMemo R1'],
    DONE,
  ],
] as const;
const ALL_STEPS = POSTINGS.at(-1)![1];
const everyPosting = (other: Script): Script => ({
  ...Object.fromEntries(POSTINGS.map(([activity, , answer]) => [activity, [answer]])),
  ...other,
});

describe.each(POSTINGS)('%s', (activity, before, answer) => {
  const start = async (script: Script) => {
    const order = await placed(everyPosting(script));
    await refund(order, 'R1');
    await ship(order, 'S1');
    return order;
  };

  test.concurrent('that NetSuite refuses waits for a person, and is done again when he has mended it', async () => {
    const order = await start({ [activity]: [stopped(21), stopped(22), answer] });
    expect(await order.blockedBy('exception:21')).toContain('(exception 21). NetSuite refuses it');
    expect(order.steps()).toEqual(before);
    await order.signal(tryAgain, { by: 'ana', audit: 7 });
    await order.blockedBy('exception:22');
    await order.signal(tryAgain, { by: 'ana', audit: 7 });
    expect(await order.result()).toBe(WHOLE);
    expect(await order.attributes()).toEqual(OPEN);
    expect(order.steps()).toEqual([
      ...before.slice(0, -1),
      ...Array<string>(3).fill(before.at(-1)!),
      ...ALL_STEPS.slice(before.length),
    ]);
  });

  test.concurrent('that is only planned ends the order there', async () => {
    const order = await start({ [activity]: [PLANNED] });
    expect(await order.result()).toBe('planned');
    expect(order.steps()).toEqual(before);
    expect(await order.details()).toContain('Planned only');
  });
});

test.concurrent('a cancellation while a shipment waits for a person is looked at once that is posted', async () => {
  const order = await placed({
    postFulfilment: [stopped(9), DONE],
    billShipment: [DONE],
    postSalesOrder: [{ result: 'cancelled' }],
    closeCancelledOrder: [undefined],
  });
  await ship(order, 'S1');
  await order.blockedBy('exception:9');
  await order.signal(orderChanged);
  await order.blockedBy('exception:9');
  expect(order.steps()).toEqual(['postFulfilment S1']);
  await order.signal(tryAgain, { by: 'ana', audit: 7 });
  expect(await order.result()).toBe('cancelled at Amazon');
  expect(order.steps().slice(1)).toEqual([
    'postFulfilment S1',
    'billShipment S1',
    'postSalesOrder',
    'closeCancelledOrder',
  ]);
});
