/**
 * A month that is locked and revalued in NetSuite, task by task of its checklist. A seller in dollars sells in Canada too: 25.00 CAD of
 * 28 September, less fees of 7.00, are settled in October, so that at the end of September receivable has 25.00 CAD and
 * settlement-in-progress −7.00 CAD. They were booked at 1.00 and are worth 0.80: −5.00 USD on the one, +1.40 USD on the other.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { connectionsOf, type Dependencies } from '../../../src/activities/dependencies.ts';
import { evaluateClose } from '../../../src/activities/period/evaluate-close.ts';
import { decideSignOff } from '../../../src/activities/period/sign-close.ts';
import { bookingOf } from '../../../src/activities/posting/booking.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { loadClose } from '../../../src/store/period/closes.ts';
import { report, sale } from '../../end-to-end/report.ts';
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';

const sold = (order: string, item: string, at: string, marketplace: string) =>
  sale({ order, shipment: `D${item}`, at, item, sku: 'SKU-R', quantity: 1, marketplace }, [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.75'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
  ]);
const US = report(
  {
    id: '27710000001',
    start: '2026-09-10T07:00:00Z',
    end: '2026-09-24T07:00:00Z',
    deposit: '2026-09-26T07:00:00Z',
    total: '18.00',
  },
  sold('118-7710001-0000001', '7711', '2026-09-12T16:00:00Z', 'Amazon.com'),
);
const CANADA = report(
  {
    id: '27710000002',
    start: '2026-09-24T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '18.00',
    currency: 'CAD',
  },
  sold('118-7710002-0000002', '7712', '2026-09-28T16:00:00Z', 'Amazon.ca'),
);

let world: WorldUnderTest;
let connection: Connection;
beforeAll(async () => {
  const told = worldFromSettlements([US, CANADA]);
  let deps: Dependencies | null = null;
  world = await openWorld({
    world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
    settings: { close: { accruals: false } },
    deps: (given) => (deps = given),
  });
  connection = connectionsOf(deps!).get(world.connection)!;
  await world.runToTheEnd();
}, 180_000);
afterAll(() => world?.close());

const input = () => ({ connection: world.connection, policy: world.policy });
const evaluated = async (period = '2026-09') => (await evaluateClose(connection, { ...input(), period })).sentence;
const item = async (name: string, period = '2026-09') =>
  (await loadClose(world.store.db, world.connection, period))!.close.items.find((one) => one.name === name)!;
const named = async (period?: string) =>
  (await item('foreign', period)).figures.flatMap(({ currency, named: all }) =>
    all.map(({ what, amount }) => [currency, what.replace(/#\w+/, '#'), amount]),
  );
const task = (name: string, more: object = {}) =>
  world.netsuitePage('POST', '/admin/close', { month: '2026-09', task: name, ...more });
const revalue = async (revaluationCurrency: 'base' | 'own') => {
  await world.netsuitePage('POST', '/admin/switches', { revaluationCurrency });
  await task('Revalue Open Foreign Currency Balances', { rates: { CAD: '0.80' } });
};
const balances = async () =>
  (await loadClose(world.store.db, world.connection, '2026-09'))!.close.rollForwards
    .filter(({ closing }) => closing !== 0n)
    .map(({ account, currency, closing }) => `${account} ${currency} ${closing}`)
    .sort();

const STANDS = ['bank USD 1800', 'receivable CAD 2500', 'settlement-in-progress CAD -700'];
const TIES = 'September 2026: 11 of 14 items tie, stock, tax and accruals not used. It can be signed, due 2026-10-07.';

test('before it all of September ties', async () => {
  expect(await evaluated()).toBe(TIES);
  expect(await balances()).toEqual(STANDS);
  expect(await named()).toEqual([]);
});

test('a period that is locked counts as closed, though our role may override it', async () => {
  const journal = () =>
    bookingOf(connection, { key: { purpose: 'JE' }, date: '2026-09-20' }, { policy: 'wait', fresh: true });
  expect(await journal()).toMatchObject({ takes: true });
  await world.netsuitePage('POST', '/admin/switches', { overridePeriodRestrictions: true });
  for (const name of ['Lock A/R', 'Lock A/P', 'Lock Payroll']) await task(name);
  const payment = () =>
    bookingOf(connection, { key: { purpose: 'PAY' }, date: '2026-09-20' }, { policy: 'wait', fresh: true });
  expect([(await payment()).takes, (await journal()).takes]).toEqual([false, true]);
  await task('Lock All');
  expect(await journal()).toMatchObject({ takes: false, sentence: expect.stringContaining('Sep 2026') });
});

test("NetSuite's revaluation is named and counts as none, in whichever currency it is, and the balances stay", async () => {
  for (const name of [
    'Resolve Date/Period Mismatches',
    'Review Negative Inventory',
    'Review Inventory Cost Accounting',
    'Create Intercompany Adjustments',
  ])
    await task(name);
  const onRoles = (currency: string) => [
    [
      currency,
      "Currency Revaluation # of 2026-09-30 stands on receivable and is NetSuite's own: it counts as none",
      null,
    ],
    [
      currency,
      "Currency Revaluation # of 2026-09-30 stands on settlement-in-progress and is NetSuite's own: it counts as none",
      null,
    ],
  ];
  for (const [currency, of] of [
    ['CAD', 'own'],
    ['USD', 'base'],
  ] as const) {
    await revalue(of);
    expect(await evaluated()).toBe(TIES);
    expect(await balances()).toEqual(STANDS);
    expect(await named()).toEqual(onRoles(currency));
    expect((await item('foreign')).figures.map(({ figure, state }) => [figure, state])).toEqual([
      [0n, 'ties'],
      [0n, 'ties'],
    ]);
  }
  // Worked by hand above; its opposite stands on the first of October.
  const posted = await world.suiteql(
    "SELECT TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, tal.amount AS amount FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN transactionline tl ON tl.transaction = tal.transaction AND tl.id = tal.transactionline WHERE t.type = 'FxReval' AND tl.mainline = 'T' ORDER BY t.trandate, tal.amount",
  );
  expect(posted.map(({ day, amount }) => `${day} ${amount}`)).toEqual([
    '2026-09-30 -5',
    '2026-09-30 1.4',
    '2026-10-01 -1.4',
    '2026-10-01 5',
  ]);
  await evaluated('2026-10');
  expect(await named('2026-10')).toHaveLength(2);
});

test('and one that is run after the month was signed changes nothing of what was signed', async () => {
  await world.netsuitePage('POST', '/admin/switches', { revaluationCurrency: 'base' });
  await task('Revalue Open Foreign Currency Balances', { rates: { CAD: '1' } });
  expect(await evaluated()).toBe(TIES);
  expect(await named()).toEqual([]);
  await decideSignOff(connection, {
    ...input(),
    decision: { period: '2026-09', by: 'maria', why: 'reviewed' },
    act: 'signed',
  });
  await revalue('base');
  expect(await evaluateClose(connection, { ...input(), period: '2026-09' })).toMatchObject({ isSigned: true });
  expect(await named()).toHaveLength(2);
  expect(await openExceptions(world.store.db, world.connection)).toEqual([]);
  // Closed at last, by NetSuite too.
  for (const name of ['Calculate Consolidated Exchange Rates', 'Eliminate Intercompany Transactions', 'Close'])
    await task(name);
  expect(await openExceptions(world.store.db, world.connection)).toEqual([]);
});
