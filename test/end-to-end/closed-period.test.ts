import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Purpose } from '../../src/domain/documents/document-kinds.ts';
import type { Dependencies } from '../../src/activities/dependencies.ts';
import type { NetSuiteClient } from '../../src/clients/netsuite/netsuite-client.ts';
import { withReissuedReport } from '../../src/local/demo-month/disagreements.ts';
import { worldFromSettlements, type SettlementFile } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import type { NetSuiteSeed } from '../../src/simulators/netsuite/seed.ts';
import { account, refund, report, sale, type Amount } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const [A, B] = ['118-0000001-0000001', '118-0000002-0000002'];
const of = { order: A, item: '8001', sku: 'SKU-C', quantity: 1 };

/** Two pieces sold, one given back, a fee: 50.00 − 7.50 − 25.00 − 2.50 = 15.00, all of it in September. */
const september = (...fees: Amount[]) =>
  report(
    {
      id: '27700000001',
      start: '2026-09-10T07:00:00Z',
      end: '2026-09-24T07:00:00Z',
      deposit: '2026-09-26T07:00:00Z',
      total: '15.00',
    },
    [
      ...sale({ ...of, shipment: 'Dc1', at: '2026-09-12T16:00:00Z', quantity: 2 }, [
        ['ItemPrice', 'Principal', '50.00'],
        ...fees,
      ]),
      ...refund({ ...of, at: '2026-09-15T16:00:00Z' }, [['ItemPrice', 'Principal', '-25.00']]),
      account('Storage Fee', '-2.50', '2026-09-18T12:00:00Z'),
    ],
  );
const SEPTEMBER = september(['ItemFees', 'Commission', '-7.50']);
/** Issued again: 2.00 of the commission turn out to be a fulfilment fee. */
const SEPTEMBER_AGAIN = september(
  ['ItemFees', 'Commission', '-5.50'],
  ['ItemFees', 'FBAPerUnitFulfillmentFee', '-2.00'],
);
/** Over the month's end: a sale of 30.00 and a fee of 2.50 before it, a sale of 40.00 after it. */
const OVER_THE_END = report(
  {
    id: '27700000002',
    start: '2026-09-24T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '67.50',
  },
  [
    account('Storage Fee', '-2.50', '2026-09-26T12:00:00Z'),
    ...sale({ ...of, shipment: 'Dc1', at: '2026-09-28T16:00:00Z' }, [['ItemPrice', 'Principal', '30.00']]),
    ...sale({ ...of, order: B, item: '8002', shipment: 'Dc2', at: '2026-10-02T16:00:00Z' }, [
      ['ItemPrice', 'Principal', '40.00'],
    ]),
  ],
);

const told = (file: SettlementFile): AmazonWorld => {
  const world = worldFromSettlements([file]);
  return { ...world, catalogue: world.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) };
};
const septemberClosed = (seed: NetSuiteSeed): NetSuiteSeed => ({
  ...seed,
  periods: { ...seed.periods, closed: ['2026-09'] },
});
const setPeriod = (world: WorldUnderTest, month: string, closed: boolean) =>
  world.netsuitePage('POST', '/admin/periods', { month, closed });

/** What NetSuite holds: purpose and business key → date, period, memo. */
async function held(world: WorldUnderTest): Promise<Record<string, [string, string, string]>> {
  const rows = await world.suiteql(
    "SELECT externalid, TO_CHAR(trandate, 'YYYY-MM-DD') AS trandate, BUILTIN.DF(postingperiod) AS period, memo FROM transaction WHERE externalid IS NOT NULL ORDER BY id",
  );
  return Object.fromEntries(
    rows.map((row) => [
      row['externalid']!.replace('AMZ_demo-us_', ''),
      [row['trandate']!, row['period'] ?? '', row['memo'] ?? ''],
    ]),
  );
}
const days = (world: WorldUnderTest, purpose: Purpose) =>
  world.store.db
    .selectFrom('documents')
    .select(['date', 'true_day', 'state'])
    .where('purpose', '=', purpose)
    .orderBy('external_id')
    .execute();
const codes = async (world: WorldUnderTest) => (await world.tieOut()).openExceptions.map(({ code }) => code).sort();
async function looks(world: WorldUnderTest): Promise<void> {
  await world.look();
  await world.look();
}
const tryAgain = (world: WorldUnderTest, workflow: string) =>
  world.client.workflow.getHandle(workflow).signal('tryAgain');

describe('under first-open-day, in a month that is closed', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({
      world: told(SEPTEMBER),
      paceDays: 1,
      seed: septemberClosed,
      settings: { closedPeriod: 'first-open-day' },
    });
    await world.runToTheEnd();
  }, 150_000);
  afterAll(() => world?.close());

  test('every document that posts is booked on the first day of October, and its memo ends with its true day', async () => {
    const moved = (trueDay: string, memo: string) => ['2026-10-01', 'Oct 2026', `${memo} · true day ${trueDay}`];
    const all = await held(world);
    const refunded = `${A}-20260915T160000`;
    expect(all).toMatchObject({
      [`IF_${A}-Dc1_1`]: moved('2026-09-12', `IF ${A}-Dc1 1`),
      [`INV_${A}-Dc1_1`]: moved('2026-09-12', `INV ${A}-Dc1 1`),
      [`CM_${refunded}_1`]: moved('2026-09-15', `CM ${refunded} 1`),
      // The settlement's last second is on the 23rd in Los Angeles; the bank's line is of the 26th.
      PAY_27700000001_1: moved('2026-09-23', 'PAY 27700000001 1'),
      RFD_27700000001_1: moved('2026-09-23', 'RFD 27700000001 1'),
      DEP_27700000001_1: moved('2026-09-26', 'DEP 27700000001 1'),
    });
    expect(all['JE_27700000001_1']).toEqual([
      '2026-10-01',
      'Oct 2026',
      expect.stringMatching(/^JE 27700000001 1 · part 1 of 1 · map v\d+ · true day 2026-09-23$/),
    ]);
    // These post nothing, so they keep their day.
    expect(all[`RA_${refunded}_1`]).toEqual(['2026-09-15', '', `RA ${refunded} 1`]);
    expect(Object.keys(all).filter((id) => id.startsWith('SO_') && all[id]![2].includes('true day'))).toEqual([]);
  });
  test('the store knows both days', async () => {
    expect(await days(world, 'INV')).toEqual([{ date: '2026-10-01', true_day: '2026-09-12', state: 'posted' }]);
    expect(await days(world, 'DEP')).toEqual([{ date: '2026-10-01', true_day: '2026-09-26', state: 'posted' }]);
  });
  test('the payout is tied, and the books are what was worked out by hand', async () => {
    const { payouts, openExceptions, balances } = await world.tieOut();
    expect([openExceptions, payouts.map(({ tied }) => tied)]).toEqual([[], [true]]);
    expect(balances).toMatchObject({
      'product-sales': '-25.00',
      'selling-fees': '7.50',
      storage: '2.50',
      bank: '15.00',
      cogs: '20.00',
      clearing: '0.00',
      receivable: '0.00',
      'payouts-in-transit': '0.00',
    });
  });
});

describe('under wait, in a month that is closed', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({ world: told(OVER_THE_END), paceDays: 2, seed: septemberClosed });
    await world.runToTheEnd();
  }, 150_000);
  afterAll(() => world?.close());

  test('the order that was shipped in it waits alone: the other is applied, the journal is posted, the money is deposited', async () => {
    expect(await codes(world)).toEqual(['document-missing', 'period-closed']);
    const all = await held(world);
    expect(all['JE_27700000002_1']!.slice(0, 2)).toEqual(['2026-10-07', 'Oct 2026']);
    expect(
      Object.keys(all)
        .filter((id) => /^(IF|INV|PAY|DEP|JE)_/.test(id))
        .sort(),
    ).toEqual(['DEP_27700000002_1', `IF_${B}-Dc2_1`, `INV_${B}-Dc2_1`, 'JE_27700000002_1', 'PAY_27700000002_1']);
    const { payouts, balances } = await world.tieOut();
    expect(payouts.map(({ tied }) => tied)).toEqual([false]);
    // The price of the order that waits: the journal has cleared what its invoice will bring.
    expect(balances).toMatchObject({ 'product-sales': '-40.00', storage: '2.50', bank: '67.50', clearing: '-30.00' });
  });
  test('it says what to do, and once the period is open trying again finishes it on its own day', async () => {
    const open = (await world.tieOut()).openExceptions.find(({ code }) => code === 'period-closed')!;
    expect(open).toMatchObject({
      subject: `order:${A}`,
      what: `Not posted: IF of order ${A}: the period Sep 2026 is closed in NetSuite`,
      act: expect.stringContaining('closedPeriod: first-open-day'),
    });
    await setPeriod(world, '2026-09', false);
    await tryAgain(world, `order:demo-us:${A}`);
    await world.until(
      () => days(world, 'INV'),
      (found) => found.length === 2 && found.every(({ state }) => state === 'posted'),
    );
    await looks(world);
    expect((await held(world))[`INV_${A}-Dc1_1`]).toEqual(['2026-09-28', 'Sep 2026', `INV ${A}-Dc1 1`]);
    const { payouts, openExceptions, balances } = await world.tieOut();
    expect([openExceptions, payouts.map(({ tied }) => tied)]).toEqual([[], [true]]);
    expect(balances).toMatchObject({
      'product-sales': '-70.00',
      storage: '2.50',
      bank: '67.50',
      clearing: '0.00',
      receivable: '0.00',
    });
  });
});

describe.each<['wait' | 'first-open-day']>([['wait'], ['first-open-day']])(
  'a month that closes between plan and posting, under %s',
  (closedPeriod) => {
    let world: WorldUnderTest;
    beforeAll(async () => {
      world = await openWorld({ world: told(OVER_THE_END), paceDays: 2, settings: { closedPeriod } });
      // NetSuite refuses the first of two parts; the month of the second is closed before somebody tries again.
      await world.netsuitePage('POST', '/faults', {
        kind: 'workflow-lock',
        match: { externalId: '_JE_27700000002_1$' },
      });
      await world.runToTheEnd();
    }, 150_000);
    afterAll(() => world?.close());

    test(
      closedPeriod === 'wait'
        ? 'posts no half journal, and finishes once it is open'
        : 'moves the part of that month, and what follows it',
      async () => {
        expect(await codes(world)).toEqual(['netsuite-refused']);
        expect(await days(world, 'JE')).toMatchObject([
          { date: '2026-09-30', state: 'rejected' },
          { date: '2026-10-07', state: 'planned' },
        ]);
        await setPeriod(world, '2026-10', true);
        await tryAgain(world, 'payout:demo-us:27700000002');
        if (closedPeriod === 'wait') {
          await world.until(
            () => codes(world),
            (found) => found.includes('period-closed'),
          );
          expect((await days(world, 'JE')).map(({ state }) => state)).toEqual(['rejected', 'planned']);
          expect(Object.keys(await held(world)).filter((id) => id.startsWith('JE_'))).toEqual([]);
          await setPeriod(world, '2026-10', false);
          await tryAgain(world, 'payout:demo-us:27700000002');
        }
        await world.until(
          () => days(world, 'JE'),
          (found) => found.every(({ state }) => state === 'posted'),
        );
        await looks(world);
        const all = await held(world);
        const [date, period, end] =
          closedPeriod === 'wait'
            ? ['2026-10-07', 'Oct 2026', '']
            : ['2026-11-01', 'Nov 2026', ' · true day 2026-10-07'];
        expect(all['JE_27700000002_1']!.slice(0, 2)).toEqual(['2026-09-30', 'Sep 2026']);
        expect(all['JE_27700000002_2']).toEqual([date, period, expect.stringMatching(new RegExp(`map v\\d+${end}$`))]);
        expect(all['PAY_27700000002_1']).toEqual([date, period, `PAY 27700000002 1${end}`]);
        const { payouts, openExceptions, balances } = await world.tieOut();
        expect([openExceptions, payouts.map(({ tied }) => tied)]).toEqual([[], [true]]);
        expect(balances).toMatchObject({
          'product-sales': '-70.00',
          storage: '2.50',
          bank: '67.50',
          clearing: '0.00',
          receivable: '0.00',
          'settlement-in-progress': '0.00',
          'payouts-in-transit': '0.00',
        });
      },
      60_000,
    );
  },
);

describe('an answer that is lost under first-open-day, while somebody opens the month', () => {
  let world: WorldUnderTest;
  let invoices = 0;
  /** NetSuite posts the invoice in October; before we ask again, September is open. */
  const scripted = (deps: Dependencies): Dependencies => ({
    ...deps,
    clients: new Map(
      [...deps.clients].map(([name, connection]) => {
        const transform: NetSuiteClient['transform'] = async (from, target, body) => {
          const outcome = await connection.netsuite.transform(from, target, body);
          if (target !== 'invoice') return outcome;
          invoices += 1;
          if (invoices > 1) return outcome;
          await setPeriod(world, '2026-09', false);
          return { outcome: 'unknown', reason: 'the connection was reset' };
        };
        return [name, { ...connection, netsuite: { ...connection.netsuite, transform } }];
      }),
    ),
  });
  beforeAll(async () => {
    world = await openWorld({
      world: told(SEPTEMBER),
      paceDays: 1,
      seed: septemberClosed,
      settings: { closedPeriod: 'first-open-day' },
      deps: scripted,
    });
    await world.runToTheEnd();
  }, 150_000);
  afterAll(() => world?.close());

  test('the document is found under the day of its call and not posted twice; later ones have their own day', async () => {
    expect(invoices).toBe(1);
    const all = await held(world);
    expect(Object.entries(all).filter(([id]) => id.startsWith('INV_'))).toEqual([
      [`INV_${A}-Dc1_1`, ['2026-10-01', 'Oct 2026', `INV ${A}-Dc1 1 · true day 2026-09-12`]],
    ]);
    expect(await days(world, 'INV')).toEqual([{ date: '2026-10-01', true_day: '2026-09-12', state: 'posted' }]);
    expect(all['JE_27700000001_1']!.slice(0, 2)).toEqual(['2026-09-23', 'Sep 2026']);
    const { payouts, openExceptions, balances } = await world.tieOut();
    expect([openExceptions, payouts.map(({ tied }) => tied)]).toEqual([[], [true]]);
    expect(balances).toMatchObject({ 'product-sales': '-25.00', bank: '15.00', clearing: '0.00', receivable: '0.00' });
  });
});

describe('a report that is issued again once the month of its moved journal is open', () => {
  let world: WorldUnderTest;
  /** September is opened right after the deposit. */
  const scripted = (deps: Dependencies): Dependencies => ({
    ...deps,
    clients: new Map(
      [...deps.clients].map(([name, connection]) => {
        const create: NetSuiteClient['create'] = async (type, body) => {
          const outcome = await connection.netsuite.create(type, body);
          if (type === 'deposit') await setPeriod(world, '2026-09', false);
          return outcome;
        };
        return [name, { ...connection, netsuite: { ...connection.netsuite, create } }];
      }),
    ),
  });
  beforeAll(async () => {
    const again = withReissuedReport(told(SEPTEMBER), '27700000001', SEPTEMBER_AGAIN.bytes, '2026-10-12T08:00:00Z');
    world = await openWorld({
      world: again,
      paceDays: 2,
      seed: septemberClosed,
      settings: { closedPeriod: 'first-open-day' },
      deps: scripted,
    });
    await world.runToTheEnd();
  }, 150_000);
  afterAll(() => world?.close());

  test('is reversed in the month in which it is booked, so that both come to nothing there; the new journal has its own day', async () => {
    const all = await held(world);
    const dated = (id: string) => [...all[id]!.slice(0, 2), / · true day (\S+)$/.exec(all[id]![2])?.[1] ?? null];
    expect(dated('JE_27700000001_1')).toEqual(['2026-10-01', 'Oct 2026', '2026-09-23']);
    expect(dated('JE_27700000001-x1_1')).toEqual(['2026-10-01', 'Oct 2026', '2026-09-23']);
    expect(dated('JE_27700000001-r1_1')).toEqual(['2026-09-23', 'Sep 2026', null]);
    const { payouts, openExceptions, balances } = await world.tieOut();
    expect([openExceptions, payouts.map(({ tied }) => tied)]).toEqual([[], [true]]);
    expect(balances).toMatchObject({
      'product-sales': '-25.00',
      'selling-fees': '5.50',
      'fulfilment-fees': '2.00',
      storage: '2.50',
      bank: '15.00',
      clearing: '0.00',
      receivable: '0.00',
      'payouts-in-transit': '0.00',
    });
  });
});
