import { expect, test } from '@jest/globals';
import { orderInStep } from '../../../src/domain/orders/order-in-step.ts';
import { payoutInStep } from '../../../src/domain/payouts/payout-in-step.ts';

const idle = (waits: boolean) => ({ waits, idle: true });
const busy = (waits: boolean) => ({ waits, idle: false });

test.each([
  ['no workflow: Temporal has lost it', { waits: false, due: false }, null, 'tell'],
  ['no workflow, and a person is awaited', { waits: true, due: false }, null, 'tell'],
  ['both wait for Amazon', { waits: false, due: false }, idle(false), 'in step'],
  ['the step is under way', { waits: false, due: true }, busy(false), 'in step'],
  ['a step is under way although the store waits: it will say so', { waits: true, due: false }, busy(false), 'in step'],
  [
    'a shipment is to be billed, and the workflow waits for news: the store is older',
    { waits: false, due: true },
    idle(false),
    'tell',
  ],
  [
    'the store waits for an SKU, and the workflow has gone on: the store is older',
    { waits: true, due: false },
    idle(false),
    'tell',
  ],
  ['both wait for a person', { waits: true, due: true }, idle(true), 'in step'],
  ['the workflow waits for a person of whom the store knows nothing', { waits: false, due: true }, idle(true), 'wake'],
] as const)('an order: %s', (_, order, workflow, step) => expect(orderInStep(order, workflow)).toBe(step));

test.each([
  ['no workflow', 'waits for news', null, 'begin again'],
  ['no workflow, and a person is awaited', 'waits for a person', null, 'begin again'],
  ['at work in both', 'works', busy(false), 'in step'],
  ['at work in the store, and nothing is under way: the store is older', 'works', idle(false), 'begin again'],
  ['at work in the store, and the workflow waits for a person', 'works', idle(true), 'begin again'],
  ['both wait for a bank line', 'waits for news', idle(false), 'in step'],
  ['both wait for a person', 'waits for a person', idle(true), 'in step'],
  ['a person is awaited, and the workflow has gone on', 'waits for a person', idle(false), 'begin again'],
  ['a bank line is awaited, and the workflow waits for a person', 'waits for news', idle(true), 'begin again'],
] as const)('a payout: %s', (_, payout, workflow, step) => expect(payoutInStep(payout, workflow)).toBe(step));
