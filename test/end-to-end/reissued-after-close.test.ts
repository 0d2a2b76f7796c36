/** A report over a month's end that Amazon issues again once the month is closed: in another order, and then with another fee. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withReissuedReport } from '../../src/local/demo-month/disagreements.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, report, sale, type Amount } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const HEAD = {
  id: '27130000001',
  start: '2026-10-22T07:00:00Z',
  end: '2026-11-05T08:00:00Z',
  deposit: '2026-11-07T08:00:00Z',
  total: '15.00',
};
const sold = (fees: readonly Amount[]) =>
  sale(
    {
      order: '114-0000071-0000071',
      shipment: 'D71',
      at: '2026-10-27T16:00:00Z',
      item: '90071',
      sku: 'SKU-A',
      quantity: 1,
    },
    [['ItemPrice', 'Principal', '25.00'], ...fees],
  );
const COMMISSION: Amount = ['ItemFees', 'Commission', '-3.75'];
const FULFILMENT: Amount = ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'];
const STORAGE = account('Storage Fee', '-2.00', '2026-10-28T08:00:00Z');
const ADVERTISING = account('Subscription Fee', '-1.00', '2026-11-02T08:00:00Z');
const FIRST = report(HEAD, [...sold([COMMISSION, FULFILMENT]), STORAGE, ADVERTISING]);
const SAME = report(HEAD, [ADVERTISING, STORAGE, ...sold([FULFILMENT, COMMISSION])]);
/** 0.25 of the commission turns out to be a fulfilment fee. */
const OTHER = report(HEAD, [
  ...sold([
    ['ItemFees', 'Commission', '-3.50'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.50'],
  ]),
  STORAGE,
  ADVERTISING,
]);

let world: WorldUnderTest;
/** Journals of the settlement: key, day in NetSuite, and what each has on its accounts of cost. */
async function journals(): Promise<Record<string, string>> {
  const rows = await world.suiteql(
    `SELECT t.externalid AS key, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, a.acctnumber AS account, tl.foreignamount AS amount
     FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN account a ON a.id = tl.expenseaccount
     WHERE t.externalid LIKE 'AMZ_demo-us_JE_${HEAD.id}%' AND a.acctnumber IN ('6110', '6120', '6130', '6170') ORDER BY t.externalid, a.acctnumber`,
  );
  const held: Record<string, string> = {};
  for (const row of rows) {
    const key = `${row['key']!.slice(`AMZ_demo-us_JE_${HEAD.id}`.length)} ${row['day']}`;
    held[key] = [
      ...(held[key] === undefined ? [] : [held[key]]),
      `${row['account']} ${Number(row['amount']).toFixed(2)}`,
    ].join(', ');
  }
  return held;
}
/** The clock stops at each fact on its way. */
async function clockTo(to: string): Promise<void> {
  for (let now = ''; now < to;) {
    const page = await fetch(`${world.amazonUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    ({ now } = (await page.json()) as { now: string });
    await world.look();
  }
}
const BOTH_PARTS = { '_1 2026-10-31': '6110 3.75, 6120 3.25, 6130 2.00', '_2 2026-11-04': '6170 1.00' };

describe('a report that is issued again after its first month was closed', () => {
  beforeAll(async () => {
    const told = worldFromSettlements([FIRST]);
    const again = withReissuedReport(told, HEAD.id, SAME.bytes, '2026-11-11T08:00:00Z');
    world = await openWorld({
      world: withReissuedReport(again, HEAD.id, OTHER.bytes, '2026-11-15T08:00:00Z'),
      settings: { closedPeriod: 'first-open-day' },
    });
    await clockTo('2026-11-09T12:00:00Z');
    await world.netsuitePage('POST', '/admin/periods', { month: '2026-10', closed: true });
  }, 180_000);
  afterAll(() => world?.close());

  test('has a part for October and one for November first', async () => {
    expect(await journals()).toEqual(BOTH_PARTS);
  });

  test('with the same amounts nothing is taken back, closed or not', async () => {
    await clockTo('2026-11-13T12:00:00Z');
    expect(await world.store.db.selectFrom('settlements').select('revision').executeTakeFirst()).toEqual({
      revision: 1,
    });
    expect(await journals()).toEqual(BOTH_PARTS);
    expect((await world.tieOut()).payouts).toMatchObject([{ tied: true }]);
  });

  test('with another fee in October what is taken back and what comes instead stand on the same day, its true day October', async () => {
    await world.runToTheEnd();
    expect(await journals()).toEqual({
      ...BOTH_PARTS,
      '-r2_1 2026-11-01': '6110 3.50, 6120 3.50, 6130 2.00',
      '-r2_2 2026-11-04': '6170 1.00',
      '-x2_1 2026-11-01': '6110 -3.75, 6120 -3.25, 6130 -2.00',
      '-x2_2 2026-11-04': '6170 -1.00',
    });
    const { rows } = {
      rows: await world.store.db
        .selectFrom('documents')
        .select(['external_id', 'true_day'])
        .where('external_id', 'like', `%${HEAD.id}-%2_1`)
        .orderBy('external_id')
        .execute(),
    };
    expect(rows.map(({ true_day }) => true_day)).toEqual(['2026-10-31', '2026-10-31']);
    expect((await world.tieOut()).payouts).toMatchObject([{ tied: true }]);
  });
});
