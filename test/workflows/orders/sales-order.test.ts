/** An order until its Sales Order is posted: price, items, people, and Amazon's cancellation. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dispatched, orderChanged, skuMapped } from '../../../src/contracts/orders/order-lifecycle.ts';
import { lookAgain, tryAgain } from '../../../src/contracts/try-again.ts';
import { held } from '../fake-activities.ts';
import { openWorkflows, type WorkflowsUnderTest } from '../workflows-under-test.ts';
import { BILLED, PLANNED, POSTED, startOrder, stopped } from './order-under-test.ts';

let workflows: WorkflowsUnderTest;
beforeAll(async () => {
  workflows = await openWorkflows();
}, 60_000);
afterAll(() => workflows.close());

const OPEN = { state: 'open', blockedBy: undefined };
const FIRST = { shipments: ['S1'] };
const WAITS = { result: 'waits', skus: ['BLU-MUG-2', 'RED-MUG'], unusable: null } as const;
const waits = { ...WAITS, skus: [...WAITS.skus] };

describe('an order without a price', () => {
  test.concurrent('waits for nobody, and goes on when Amazon prices it', async () => {
    const order = await startOrder(workflows, { ...BILLED, postSalesOrder: [{ result: 'no-price' }, POSTED] });
    await order.saying('Pending at Amazon');
    expect(await order.attributes()).toEqual(OPEN);
    expect(order.steps()).toEqual(['postSalesOrder']);

    await order.signal(orderChanged);
    await order.saying('Waits for Amazon to dispatch it');
    expect(order.steps()).toEqual(['postSalesOrder', 'postSalesOrder']);
    await order.signal(dispatched, FIRST);
    expect(await order.result()).toBe('dispatched and billed');
  });

  test.concurrent('has one when it is dispatched: no other news is needed', async () => {
    const order = await startOrder(workflows, { ...BILLED, postSalesOrder: [{ result: 'no-price' }, POSTED] });
    await order.saying('Pending at Amazon');
    await order.signal(dispatched, FIRST);
    expect(await order.result()).toBe('dispatched and billed');
    expect(order.steps()).toEqual(['postSalesOrder', 'postSalesOrder', 'postFulfilment S1', 'billShipment S1']);
  });

  test.concurrent('that Amazon cancels before it has one ends without a document', async () => {
    const order = await startOrder(workflows, { postSalesOrder: [{ result: 'no-price' }, { result: 'cancelled' }] });
    await order.saying('Pending at Amazon');
    await order.signal(orderChanged);
    expect(await order.result()).toBe('cancelled at Amazon before it had a price');
    expect(await order.details()).toBe('Done: cancelled at Amazon before it had a price. Waits for nothing.');
    expect(order.steps()).toEqual(['postSalesOrder', 'postSalesOrder']);
  });

  test.concurrent('is asked about again when it changed while it was being asked about', async () => {
    const first = held({ result: 'no-price' });
    const order = await startOrder(workflows, { ...BILLED, postSalesOrder: [first, POSTED] });
    await first.reached;
    await order.signal(orderChanged);
    first.give();
    await order.saying('Waits for Amazon to dispatch it');
    expect(order.steps()).toEqual(['postSalesOrder', 'postSalesOrder']);
  });
});

describe('an order whose SKU has no item', () => {
  test.concurrent('waits for Operations, and takes a mapping that is sent to it alone as a claim', async () => {
    const order = await startOrder(workflows, { ...BILLED, postSalesOrder: [waits, POSTED] });
    const page = await order.blockedBy('sku:BLU-MUG-2,RED-MUG');
    expect(page).toContain('**Waits for Operations.** NetSuite has no item for SKUs BLU-MUG-2, RED-MUG.');
    expect(page).toContain('npx tieout map-sku BLU-MUG-2 ITEM');

    const claim = { sku: 'BLU-MUG-2', item: 'BLU-MUG', units: 3 };
    await order.signal(skuMapped, claim);
    await order.saying('Waits for Amazon to dispatch it');
    expect(await order.attributes()).toEqual(OPEN);
    expect(order.calls.map(({ input }) => input)).toEqual([
      expect.objectContaining({ claim: null }),
      expect.objectContaining({ claim }),
    ]);
    await order.signal(dispatched, FIRST);
    expect(await order.result()).toBe('dispatched and billed');
  });

  test.concurrent('says why a claim was of no use, and uses it only once', async () => {
    const unusable = { ...waits, unusable: 'item NO-MUG is not in NetSuite' };
    const order = await startOrder(workflows, { postSalesOrder: [waits, unusable, { result: 'left-alone' }] });
    await order.blockedBy('sku:BLU-MUG-2,RED-MUG');
    await order.signal(skuMapped, { sku: 'BLU-MUG-2', item: 'NO-MUG' });
    await order.saying('The mapping that came was not used: item NO-MUG is not in NetSuite.');
    await order.signal(tryAgain, { by: 'ana', audit: 7 });
    expect(await order.result()).toBe('another system owns this order');
    expect(order.calls.at(-1)!.input).toMatchObject({ claim: null });
  });

  test.concurrent.each([
    ['it looks again, the mapping being for all orders', lookAgain],
    ['Amazon changes it', orderChanged],
  ])('is asked about again when %s', async (_, signal) => {
    const order = await startOrder(workflows, { postSalesOrder: [waits, POSTED] });
    await order.blockedBy('sku:BLU-MUG-2,RED-MUG');
    await order.signal(signal);
    await order.saying('Waits for Amazon to dispatch it');
    expect(await order.attributes()).toEqual(OPEN);
    expect(order.calls.map(({ input }) => input)).toEqual(Array(2).fill(expect.objectContaining({ claim: null })));
  });
});

test.concurrent('what a person sends by hand stands in the record, and the order ends no sooner', async () => {
  const order = await startOrder(workflows, {
    postSalesOrder: [waits, { result: 'left-alone' }],
    recordSignal: [undefined],
  });
  await order.blockedBy('sku:BLU-MUG-2,RED-MUG');
  await order.signal(tryAgain, { by: 'ana' });
  expect(await order.result()).toBe('another system owns this order');
  expect(order.calls.filter(({ activity }) => activity === 'recordSignal').map(({ input }) => input)).toEqual([
    expect.objectContaining({
      signal: 'tryAgain',
      workflow: expect.stringContaining('order:'),
      by: 'ana',
      why: null,
      act: expect.any(String),
    }),
  ]);
});

describe('an order whose Sales Order is refused', () => {
  test.concurrent('waits for a person, and is posted when it is told to try again', async () => {
    const order = await startOrder(workflows, { postSalesOrder: [stopped(7), POSTED] });
    expect(await order.blockedBy('exception:7')).toBe(
      '**Waits for a person** (exception 7). NetSuite refuses it: the period is closed.\n\nAfter mending it, send the signal `tryAgain`.',
    );
    await order.signal(tryAgain, { by: 'ana', audit: 7 });
    await order.saying('Waits for Amazon to dispatch it');
    expect(await order.attributes()).toEqual(OPEN);
  });

  test.concurrent('is over when Amazon cancels it meanwhile, and no longer waits', async () => {
    const order = await startOrder(workflows, { postSalesOrder: [stopped(7), { result: 'cancelled' }] });
    await order.blockedBy('exception:7');
    await order.signal(orderChanged);
    expect(await order.result()).toBe('cancelled at Amazon before it had a price');
    expect(await order.attributes()).toEqual(OPEN);
  });

  test.concurrent('waits again for the next thing that is wrong with it', async () => {
    const order = await startOrder(workflows, { postSalesOrder: [stopped(7), stopped(8), POSTED] });
    await order.blockedBy('exception:7');
    await order.signal(tryAgain, { by: 'ana', audit: 7 });
    await order.blockedBy('exception:8');
    await order.signal(tryAgain, { by: 'ana', audit: 7 });
    await order.saying('Waits for Amazon to dispatch it');
    expect(order.steps()).toHaveLength(3);
  });
});

test.concurrent('an order that another system owns ends at once', async () => {
  const order = await startOrder(workflows, { postSalesOrder: [{ result: 'left-alone' }] });
  expect(await order.result()).toBe('another system owns this order');
});

test.concurrent('where the connection only plans, an order ends at its planned Sales Order', async () => {
  const order = await startOrder(workflows, { postSalesOrder: [PLANNED] });
  expect(await order.result()).toBe('planned');
  expect(await order.details()).toContain('Planned only');
  expect(await order.attributes()).toEqual(OPEN);
});

test.concurrent('a step that fails is tried again, and nobody is asked', async () => {
  const order = await startOrder(workflows, {
    postSalesOrder: [new Error('no answer'), new Error('no answer'), POSTED],
  });
  await order.saying('Waits for Amazon to dispatch it');
  expect(order.steps()).toEqual(Array(3).fill('postSalesOrder'));
  expect(await order.attributes()).toEqual(OPEN);
});
