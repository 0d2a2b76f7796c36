/**
 * One bad row, order or document stops that one thing, named, and nothing else; what ends it is the command that the
 * exception names. Worked out by hand: every order sells one unit at 25.00, cost 10.00.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderRemedy } from '../../src/domain/exceptions/render-remedy.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { explainOrder } from '../../src/domain/orders/explain-order.ts';
import { orderStatus } from '../../src/store/orders/order-status.ts';
import { loadOrder } from '../../src/store/orders/orders.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { refund, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const [GOOD, ROW, NUL, SURROGATE, ORDER, NEXT, LAST] = [1, 2, 3, 4, 5, 6, 7].map(
  (number) => `119-000000${number}-0000001`,
) as [string, string, string, string, string, string, string];
const PLAIN = [['ItemPrice', 'Principal', '25.00']] as const;
const sold = (order: string, at: string) =>
  sale({ order, shipment: `D${order[10]}`, at, item: `900${order[10]}`, sku: 'SKU-P', quantity: 1 }, [...PLAIN]);
const FIRST = report(
  {
    id: '27900000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '110.00',
  },
  [
    ...[GOOD, ROW, NUL, SURROGATE, ORDER].flatMap((order, index) => sold(order, `2026-10-02T1${index}:00:00Z`)),
    ...refund({ order: GOOD, at: '2026-10-05T12:00:00Z', item: '9001', sku: 'SKU-P', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-10.00'],
    ]),
    ...refund({ order: ORDER, at: '2026-10-05T13:00:00Z', item: '9005', sku: 'SKU-P', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-5.00'],
    ]),
  ],
);
const GONE = report(
  {
    id: '27900000002',
    start: '2026-10-08T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '25.00',
  },
  sold(NEXT, '2026-10-09T10:00:00Z'),
);
const AFTER = report(
  {
    id: '27900000003',
    start: '2026-10-15T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '25.00',
  },
  sold(LAST, '2026-10-16T10:00:00Z'),
);

const ALWAYS = 1_000_000;
/** A text of the object of one order in a page of orders. */
const inOrder = (order: string, find: string, put: string) => ({
  match: { path: '^/orders/' },
  kind: 'changed',
  times: ALWAYS,
  change: { find: `("orderId":"${order}"(?:(?!"orderId").)*?)${find}`, put: `$1${put}` },
});
const FAULTS = [
  {
    match: { path: 'documents-store' },
    kind: 'changed',
    times: ALWAYS,
    change: { find: `(\\n${ROW}(?:\\t[^\\t\\n]*){14}\\t)1\\t`, put: '$11.0\t' },
  },
  inOrder(NUL, '"asin":"', '"asin":"\\u0000'),
  inOrder(SURROGATE, '"asin":"', '"asin":"\\ud800'),
  inOrder(ORDER, '"quantityOrdered":1', '"quantityOrdered":"one"'),
  { match: { path: 'documents-store', holds: '^settlement-id[^\\n]*\\n27900000002' }, kind: '404', times: ALWAYS },
];

describe('a row, an order and a document that cannot be read', () => {
  let world: WorldUnderTest;
  const open = () => openExceptions(world.store.db, world.connection);
  const opened = async () => (await open()).map(({ code, key }) => `${code} ${key}`).sort();
  const named = async (type: string) =>
    (await world.suiteql(`SELECT externalid FROM transaction WHERE type = '${type}' ORDER BY externalid`)).map(
      ({ externalid }) => externalid!.replace(/^AMZ_demo-us_/, ''),
    );
  const invoice = (order: string) => `INV_${order}-D${order[10]}_1`;
  const switchOn = async (fault: object) => {
    const { status } = await fetch(`${world.amazonUrl}/faults`, { method: 'POST', body: JSON.stringify(fault) });
    expect(status).toBe(201);
  };
  const calls = async () =>
    ((await (await fetch(`${world.amazonUrl}/admin/world`)).json()) as { calls: Record<string, number> }).calls;
  const later = async (hours: number) => {
    const { now } = (await (await fetch(`${world.amazonUrl}/clock`)).json()) as { now: string };
    const to = new Date(Date.parse(now) + hours * 3_600_000).toISOString();
    await fetch(`${world.amazonUrl}/clock`, { method: 'POST', body: JSON.stringify({ to }) });
  };

  beforeAll(async () => {
    const told = worldFromSettlements([FIRST, GONE, AFTER]);
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
      paceDays: 3,
      policy: { longestRetry: '200ms' },
      patience: { afterMs: 600, tries: 1000, lookEveryMs: 50 },
    });
    for (const fault of FAULTS) await switchOn(fault);
    await world.runToTheEnd();
  }, 240_000);
  afterAll(() => world?.close());

  test('stop themselves, each under its own name, and nothing else', async () => {
    expect(await opened()).toEqual([
      // What the settlement after the missing one cannot be linked to.
      'chain-broken 27900000003',
      expect.stringMatching(/^document-missing 27900000001:refund:119-0000005-0000001/),
      'document-missing 27900000001:sale:119-0000002-0000001:D2',
      'document-missing 27900000001:sale:119-0000005-0000001:D5',
      'input-unreadable order 119-0000005-0000001',
      'input-unreadable shipment row 119-0000002-0000001 D2',
      expect.stringMatching(/^report-unreadable \d+$/),
    ]);
    expect(await named('CustInvc')).toEqual([GOOD, NUL, SURROGATE, NEXT, LAST].map(invoice));
    // No refund is booked as if its order was none of ours.
    expect(await named('CustCred')).toEqual([`CM_${GOOD}-20261005T120000_1`]);
    expect((await world.tieOut()).payouts.map(({ settlementId, tied }) => [settlementId, tied])).toEqual([
      ['27900000001', false],
      ['27900000003', false],
    ]);
  });

  test('say line, field, what stands there and which command ends it', async () => {
    const said = new Map(
      (await open()).map(({ key, evidence, remedy }) => [key, [evidence.what, renderRemedy(remedy)]]),
    );
    expect(said.get(`shipment row ${ROW} D2`)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^line \\d+ of the fulfilled shipments report, of order ${ROW} and shipment D2, cannot be read: quantity-shipped "1\\.0" is not a whole number; it was left out, and the rest was read$`,
        ),
      ),
      expect.stringMatching(/: npx tieout read-again shipments --from 2026-10-02T11:00:00Z --why "…"$/),
    ]);
    expect(said.get(`order ${ORDER}`)).toEqual([
      `order ${ORDER} of Amazon's answer cannot be read: orderItems.0.quantityOrdered "one" is not a whole number; it was left out, and the rest was read`,
      expect.stringMatching(/: npx tieout read-again orders --from 2026-\d\d-\d\dT\d\d:\d\d:\d\dZ --why "…"$/),
    ]);
  });

  test('are what their orders wait for', async () => {
    const story = async (order: string) =>
      explainOrder((await orderStatus(world.store.db, world.connection, order))!, 'America/Los_Angeles');
    expect(await story(ROW)).toMatchObject({
      state: 'ordered',
      waitsFor: 'its row of the shipments report, which cannot be read',
    });
    expect(await story(ORDER)).toMatchObject({
      state: 'not taken in',
      waitsFor: 'Amazon to tell it so that it can be read',
      next: expect.stringMatching(/^npx tieout exceptions \d+$/),
    });
  });

  test('what no column holds is seen as U+FFFD', async () => {
    for (const order of [NUL, SURROGATE]) {
      const known = await loadOrder(world.store.db, world.connection, order);
      expect(known!.fact.items[0]!.asin).toMatch(/^\ufffd/);
    }
  });

  test('are asked for again further and further apart, and take no quota in between', async () => {
    const before = (await calls())['getReportDocument'] ?? 0;
    for (let look = 0; look < 3; look += 1) await world.look();
    // The shipments report alone, once a look.
    expect((await calls())['getReportDocument']! - before).toBeLessThanOrEqual(3);
    expect((await open()).find(({ code }) => code === 'report-unreadable')!.evidence.what).toMatch(
      /\(2026-10-08T07:00:00Z to 2026-10-15T07:00:00Z\) cannot be had, \d+ times? in vain: document: the document is gone$/,
    );
  });

  test('a source that fails as a whole holds up no other, is named, and ends with the next good look', async () => {
    await switchOn({ match: { path: '^/finances/2024-06-19/transactions' }, kind: '404', times: ALWAYS });
    await world.look();
    await world.until(opened, (keys) => keys.includes('step-failing takeInRefunds:order-intake'));
    await fetch(`${world.amazonUrl}/faults`, { method: 'DELETE' });
    await world.look();
    expect(await opened()).not.toContain('step-failing takeInRefunds:order-intake');
  });

  test('end by what they name: everything is booked once, and all payouts are tied', async () => {
    for (const what of ['orders', 'shipments'] as const)
      await world.decide({ kind: 'readAgain', what, from: '2026-10-01T07:00:00Z', why: 'Amazon has mended it' });
    await later(7);
    await world.look();
    await world.look();
    await world.look();
    expect(await opened()).toEqual([]);
    expect(await named('CustInvc')).toEqual([GOOD, ROW, NUL, SURROGATE, ORDER, NEXT, LAST].map(invoice));
    expect(await named('CustCred')).toEqual(
      [GOOD, ORDER].map((order, index) => `CM_${order}-20261005T1${2 + index}0000_1`),
    );
    const { payouts, balances } = await world.tieOut();
    expect(payouts.map(({ tied }) => tied)).toEqual([true, true, true]);
    // 7 sold at 25.00; 10.00 and 5.00 refunded without goods; 7 units at 10.00 left.
    expect(balances).toMatchObject({ 'product-sales': '-175.00', refunds: '15.00', cogs: '70.00', bank: '160.00' });
  }, 120_000);
});
