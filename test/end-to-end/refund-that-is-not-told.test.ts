import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { exitCodeOfRun } from '../../src/views/tie-out/run-verdict.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, refund, report, sale, type Amount, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const SETTLEMENT = '27900000001';
const order = (number: number) => `117-000000${number}-000000${number}`;
const price = (amount: string): Amount => ['ItemPrice', 'Principal', amount];
const sold = (number: number, quantity: number, amount: string): Cells[] =>
  sale(
    {
      order: order(number),
      shipment: `Du${number}`,
      at: `2026-10-03T1${number}:00:00Z`,
      item: `500${number}`,
      sku: `SKU-${number}`,
      quantity,
    },
    [price(amount)],
  );
const back = (number: number, amounts: readonly Amount[]): Cells[] =>
  refund(
    {
      order: order(number),
      at: `2026-10-07T1${number}:00:00Z`,
      item: `500${number}`,
      sku: `SKU-${number}`,
      quantity: 1,
    },
    amounts,
  );

/** Told with a goodwill under a word that nobody knows, later under its own; told long after the settlement; never told. */
const [UNCLEAR, LATE, NEVER] = [1, 2, 3];

const REPORT = report(
  {
    id: SETTLEMENT,
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '112.00',
  },
  [
    ...sold(UNCLEAR, 1, '20.00'),
    ...sold(LATE, 2, '30.00'),
    ...sold(NEVER, 1, '10.00'),
    ...back(UNCLEAR, [price('-20.00'), ['ItemPrice', 'Goodwill', '-3.00']]),
    ...back(LATE, [price('-15.00')]),
    ...back(NEVER, [price('-10.00')]),
    // 60 − 23 − 15 − 10 = 12, and this.
    account('WAREHOUSE_LOST', '100.00', '2026-10-05T08:00:00Z', 'FBA Inventory Reimbursement'),
  ],
);

describe('refunds that Finances tells with an unknown part, too late, and never', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  const why = 'case 1234: Amazon confirms the refund';
  const book = (number: number) =>
    world.decide({ kind: 'bookRefund', orderId: order(number), settlementId: SETTLEMENT, why });
  const lookAt = async (instant: string) => {
    await fetch(`${world.amazonUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: instant }),
    });
    // Twice: nothing may grow.
    await world.look();
    await world.look();
    tieOut = await world.tieOut();
  };
  const open = () => tieOut.openExceptions.map(({ code, subject, payout }) => `${code} ${subject} ${payout}`).sort();
  const documents = async (number: number) =>
    (
      await world.store.db
        .selectFrom('documents')
        .select(['external_id', 'total', 'state'])
        .where('order_id', '=', order(number))
        .where('purpose', 'in', ['RA', 'CM'])
        .orderBy('external_id')
        .execute()
    ).map(
      ({ external_id: id, total, state }) =>
        `${id.replace('AMZ_demo-us_', '').replace(order(number), '…')} ${total} ${state}`,
    );
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    world = await openWorld({
      world: {
        ...told,
        catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '4.00' })),
        refunds: told.refunds.flatMap((one) => {
          if (one.orderId === order(NEVER)) return [];
          return one.orderId === order(LATE)
            ? [{ ...one, publishedAt: '2026-10-09T19:00:00Z' }]
            : [{ ...one, newWord: { group: 'Goodwill', said: 'CourtesyAllowance', until: '2026-10-09T19:00:00Z' } }];
        }),
      },
    });
  }, 60_000);
  afterAll(() => world?.close());

  test('before a settlement pays it, the unclear one says to wait, once, and cannot be booked', async () => {
    await lookAt('2026-10-07T20:00:00Z');
    expect(open().filter((line) => !line.startsWith('drift'))).toEqual([`refund-unclear order:${order(UNCLEAR)} null`]);
    expect(tieOut.openExceptions.find(({ code }) => code === 'refund-unclear')!.act).toMatch(
      /^Wait for the settlement that pays it/,
    );
    await expect(book(UNCLEAR)).rejects.toThrow(
      `No settlement ${SETTLEMENT} is known yet: wait for the one that pays the refund`,
    );
    expect(await documents(UNCLEAR)).toEqual([]);
  }, 90_000);

  test('once it does, each of them names the command that ends it, and the payout is not tied', async () => {
    await lookAt('2026-10-09T07:00:00Z');
    expect(open().filter((line) => !line.startsWith('drift'))).toEqual([
      ...[UNCLEAR, LATE, NEVER].map((number) => `document-missing order:${order(number)} ${SETTLEMENT}`),
      `refund-unclear order:${order(UNCLEAR)} ${SETTLEMENT}`,
    ]);
    for (const { act } of tieOut.openExceptions.filter(({ code }) => code !== 'drift'))
      expect(act).toMatch(
        new RegExp(
          `^Look at npx tieout status order 117-.*: npx tieout book-refund 117-\\S+ --settlement ${SETTLEMENT} --why "…"$`,
        ),
      );
    expect(tieOut.payouts.map(({ tied }) => tied)).toEqual([false]);
  }, 90_000);

  test('a person books them, twice as after a lost answer, and each has its documents once', async () => {
    for (const number of [UNCLEAR, LATE, NEVER]) {
      const [one, two] = [await book(number), await book(number)];
      expect(two.audit).toBe(one.audit);
    }
    await lookAt('2026-10-09T08:00:00Z');
    expect(open().filter((line) => !line.startsWith('drift'))).toEqual([]);
    expect(await documents(UNCLEAR)).toEqual([
      'CM_…-20261007T110000_1 2300 posted',
      'RA_…-20261007T110000_1 2300 posted',
    ]);
    expect(await documents(LATE)).toEqual(['CM_…-20261007T120000_1 1500 posted', 'RA_…-20261007T120000_1 1500 posted']);
    expect(await documents(NEVER)).toEqual([
      'CM_…-20261007T130000_1 1000 posted',
      'RA_…-20261007T130000_1 1000 posted',
    ]);
  }, 90_000);

  test('then Finances tells one in full and the other late: nothing is booked twice, and everything ties', async () => {
    await lookAt('2026-10-09T21:00:00Z');
    await world.runToTheEnd();
    tieOut = await world.tieOut();
    expect(open().filter((line) => !line.startsWith('drift'))).toEqual([]);
    for (const [number, instant] of [
      [UNCLEAR, '110000'],
      [LATE, '120000'],
      [NEVER, '130000'],
    ] as const)
      expect((await documents(number)).map((line) => line.split(' ')[0])).toEqual([
        `CM_…-20261007T${instant}_1`,
        `RA_…-20261007T${instant}_1`,
      ]);
    // Both records are known, so Finances was heard.
    const records = await world.store.db
      .selectFrom('refund_transactions')
      .select('refund_key')
      .orderBy('refund_key')
      .execute();
    expect(records.map((record) => record.refund_key)).toEqual([
      `${order(UNCLEAR)}-20261007T110000`,
      `${order(LATE)}-20261007T120000`,
    ]);
    expect(tieOut.payouts.map(({ tied }) => tied)).toEqual([true]);
    expect(tieOut.duplicates).toEqual([]);
    expect(exitCodeOfRun([tieOut], { failed: 0 })).toBe(0);
    // 60.00 sold; 20.00, 15.00 and 10.00 of it came back, and 3.00 of goodwill.
    expect(tieOut.balances).toMatchObject({
      'product-sales': '-15.00',
      refunds: '3.00',
      reimbursements: '-100.00',
      clearing: '0.00',
      receivable: '0.00',
      'payouts-in-transit': '0.00',
      bank: '112.00',
    });
  }, 120_000);
});
