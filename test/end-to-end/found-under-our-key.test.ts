/**
 * What NetSuite holds under our key is ours only when all of it is as we would make it: after a lost answer, and when our
 * own store was restored from a backup of before the posting. One payout is lived through; then each step runs again.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { postFulfilment } from '../../src/activities/orders/post-fulfilment.ts';
import { billShipment } from '../../src/activities/orders/bill-shipment.ts';
import { postCreditMemo, postReturnAuthorisation } from '../../src/activities/orders/post-refund.ts';
import { applyPayout } from '../../src/activities/payouts/apply-payout.ts';
import { postJournal } from '../../src/activities/payouts/post-journal.ts';
import { postMovements } from '../../src/activities/payouts/post-movements.ts';
import type { Connection } from '../../src/activities/connection.ts';
import { connectionsOf } from '../../src/activities/dependencies.ts';
import type { JsonObject } from '../../src/clients/netsuite/netsuite-client.ts';
import { decimal } from '../../src/clients/netsuite/write-json.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, refund, report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const ORDER = '117-0000002-0000001';
const SETTLEMENT = '27600000001';
const SHIPMENT = `${ORDER}-Dn1`;
const REFUND = `${ORDER}-20261004T160000`;
const KEYS = {
  IF: `AMZ_demo-us_IF_${SHIPMENT}_1`,
  INV: `AMZ_demo-us_INV_${SHIPMENT}_1`,
  RA: `AMZ_demo-us_RA_${REFUND}_1`,
  CM: `AMZ_demo-us_CM_${REFUND}_1`,
  JE: `AMZ_demo-us_JE_${SETTLEMENT}_1`,
  PAY: `AMZ_demo-us_PAY_${SETTLEMENT}_1`,
  RFD: `AMZ_demo-us_RFD_${SETTLEMENT}_1`,
  DEP: `AMZ_demo-us_DEP_${SETTLEMENT}_1`,
};
type Purpose = keyof typeof KEYS;
const RECORDS: Record<Purpose, string> = {
  IF: 'itemFulfillment',
  INV: 'invoice',
  RA: 'returnAuthorization',
  CM: 'creditMemo',
  JE: 'journalEntry',
  PAY: 'customerPayment',
  RFD: 'customerRefund',
  DEP: 'deposit',
};

// 60.00 and 5.00, less 30.00 and fees of 5.00 and 3.00: 27.00.
const REPORT = report(
  {
    id: SETTLEMENT,
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '27.00',
  },
  [
    ...sale({ order: ORDER, shipment: 'Dn1', at: '2026-10-02T16:00:00Z', item: '5001', sku: 'SKU-M', quantity: 2 }, [
      ['ItemPrice', 'Principal', '60.00'],
      ['ItemPrice', 'Shipping', '5.00'],
    ]),
    ...refund({ order: ORDER, at: '2026-10-04T16:00:00Z', item: '5001', sku: 'SKU-M', quantity: 1 }, [
      ['ItemPrice', 'Principal', '-30.00'],
    ]),
    account('Storage Fee', '-5.00', '2026-10-05T08:00:00Z'),
    account('Subscription Fee', '-3.00', '2026-10-05T08:00:00Z'),
  ],
);

let world: WorldUnderTest;
let connection: Connection;
beforeAll(async () => {
  const told = worldFromSettlements([REPORT]);
  world = await openWorld({
    world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
    paceDays: 1,
    deps: (given) => {
      connection = connectionsOf(given).get('demo-us')!;
      return given;
    },
    settings: { lostAnswerWaits: ['200ms', '1d'] },
  });
  await world.runToTheEnd();
  expect((await world.tieOut()).payouts.map(({ tied }) => tied)).toEqual([true]);
}, 120_000);
afterAll(() => world?.close());

const ofOrder = { connection: 'demo-us', orderId: ORDER };
const ofPayout = { connection: 'demo-us', settlementId: SETTLEMENT };
/** The step that posts a document, as a workflow calls it. */
const STEPS: Record<Purpose, () => Promise<{ result: string }>> = {
  IF: () => postFulfilment(connection, { ...ofOrder, shipment: SHIPMENT }),
  INV: () => billShipment(connection, { ...ofOrder, shipment: SHIPMENT }),
  RA: () => postReturnAuthorisation(connection, { ...ofOrder, refund: REFUND }),
  CM: () => postCreditMemo(connection, { ...ofOrder, refund: REFUND }),
  JE: () => postJournal(connection, ofPayout),
  PAY: () => applyPayout(connection, ofPayout),
  RFD: () => applyPayout(connection, ofPayout),
  DEP: () => postMovements(connection, ofPayout),
};

/** What the step had not said in the store before it posted. */
async function stepBack(purpose: Purpose): Promise<void> {
  const { db } = world.store;
  if (purpose === 'IF' || purpose === 'INV')
    await db
      .updateTable('shipments')
      .set({ state: purpose === 'IF' ? 'new' : 'fulfilled' })
      .where('shipment_key', '=', SHIPMENT)
      .execute();
  if (purpose === 'RA' || purpose === 'CM')
    await db.updateTable('refunds').set({ state: 'new' }).where('refund_key', '=', REFUND).execute();
  if (purpose === 'PAY' || purpose === 'RFD')
    await db.updateTable('applications').set({ applied: false }).where('payment', '=', KEYS[purpose]).execute();
  if (purpose === 'DEP') {
    await db.updateTable('movement_documents').set({ posted: false }).where('external_id', '=', KEYS.DEP).execute();
    await db.updateTable('movements').set({ state: 'matched' }).where('external_id', '=', KEYS.DEP).execute();
  }
}
const stored = (purpose: Purpose) =>
  world.store.db
    .selectFrom('documents')
    .select(['state', 'netsuite_id', 'failure'])
    .where('external_id', '=', KEYS[purpose])
    .executeTakeFirst();
const inNetSuite = () =>
  world.suiteql('SELECT type, COUNT(*) AS documents FROM transaction GROUP BY type ORDER BY type');
const open = async () =>
  (await world.store.db.selectFrom('exceptions').select(['code', 'key']).where('closed_at', 'is', null).execute()).map(
    ({ code, key }) => `${code} ${key}`,
  );
const differing = async (purpose: Purpose) => ({
  result: await STEPS[purpose](),
  failure: (await stored(purpose))!.failure,
});

describe('after the store was restored from an older backup', () => {
  let before: Awaited<ReturnType<typeof inNetSuite>>;
  beforeAll(async () => {
    before = await inNetSuite();
    // As a save in a database would: a transform that was done before says that nothing is left before it says that its key is taken.
    await world.netsuitePage('POST', '/admin/switches', { duplicateCheckLast: true });
  });
  test.each<Purpose>(['IF', 'INV', 'RA', 'CM', 'JE', 'PAY', 'RFD', 'DEP'])(
    'the %s is found by its first attempt, compared, and counts as posted',
    async (purpose) => {
      const known = (await stored(purpose))!.netsuite_id;
      await stepBack(purpose);
      if (purpose === 'PAY' || purpose === 'RFD')
        await world.store.db
          .updateTable('applications')
          .set({ payment: null })
          .where('payment', '=', KEYS[purpose])
          .execute();
      if (purpose === 'JE') await world.store.db.updateTable('settlement_rows').set({ part: null }).execute();
      // A refund is written down whole, so its two documents are forgotten together.
      await world.store.db
        .deleteFrom('documents')
        .where('external_id', 'in', purpose === 'RA' ? [KEYS.RA, KEYS.CM] : [KEYS[purpose]])
        .execute();
      expect(await STEPS[purpose]()).toMatchObject({ result: 'done' });
      expect(await stored(purpose)).toEqual({ state: 'posted', netsuite_id: known, failure: null });
      if (purpose === 'RA') expect(await STEPS.CM()).toMatchObject({ result: 'done' });
      expect(await inNetSuite()).toEqual(before);
      expect(await open()).toEqual([]);
    },
  );
});

describe('after a lost answer', () => {
  beforeEach(async () => {
    expect(await open()).toEqual([]);
  });
  async function loseAnswer(purpose: Purpose): Promise<string> {
    await stepBack(purpose);
    const { netsuite_id: id } = (await stored(purpose))!;
    await world.store.db
      .updateTable('documents')
      .set({ state: 'unknown', netsuite_id: null, posted_at: null, sent_at: new Date().toISOString() })
      .where('external_id', '=', KEYS[purpose])
      .execute();
    return id!;
  }
  async function alter(purpose: Purpose, id: string, body: JsonObject): Promise<void> {
    const outcome = await world.netsuite.patch(RECORDS[purpose], id, body);
    if (outcome.outcome !== 'posted') throw new Error(`${purpose} was not altered: ${JSON.stringify(outcome)}`);
  }

  test.each<Purpose>(['IF', 'INV', 'RA', 'CM', 'JE', 'PAY', 'RFD', 'DEP'])(
    'the %s that is as it was sent counts as posted',
    async (purpose) => {
      const id = await loseAnswer(purpose);
      expect(await STEPS[purpose]()).toMatchObject({ result: 'done' });
      expect(await stored(purpose)).toEqual({ state: 'posted', netsuite_id: id, failure: null });
    },
  );

  test('a journal in which somebody has swapped two accounts, at the same total, differs until they are back', async () => {
    const id = await loseAnswer('JE');
    const lines = (await world.suiteql(
      `SELECT id, expenseaccount AS account, foreignamount AS amount FROM transactionline WHERE transaction = ${id} ORDER BY id`,
    )) as { id: string; account: string; amount: string }[];
    const [one, other] = [lines.find(({ amount }) => amount === '5')!, lines.find(({ amount }) => amount === '3')!];
    const put = (to: [string, string]) =>
      alter('JE', id, {
        line: { items: [one, other].map((line, index) => ({ line: Number(line.id), account: { id: to[index]! } })) },
      });
    await put([other.account, one.account]);
    const { result, failure } = await differing('JE');
    expect(result).toMatchObject({ result: 'stopped' });
    expect(failure).toMatch(
      new RegExp(`under our key with line \\d \\(account (${one.account}|${other.account}), amount .*\\) with account`),
    );
    expect(await open()).toEqual([`document-differs ${KEYS.JE}`]);
    await put([one.account, other.account]);
    expect(await STEPS.JE()).toMatchObject({ result: 'done' });
    expect(await open()).toEqual([]);
  });

  test.each<Purpose>(['JE', 'INV', 'DEP'])(
    '%s that somebody has put into another accounting period, at the same day, differs until it is back',
    async (purpose) => {
      await world.netsuitePage('POST', '/admin/switches', { dateOutsidePeriod: true });
      const id = await loseAnswer(purpose);
      const periods = (await world.suiteql(
        "SELECT id, periodname AS name FROM accountingperiod WHERE isquarter = 'F' AND isyear = 'F' AND startdate >= TO_DATE('2026-10-01', 'YYYY-MM-DD') ORDER BY startdate",
      )) as { id: string; name: string }[];
      const [own, other] = [periods[0]!, periods[1]!];
      await alter(purpose, id, { postingPeriod: { id: other.id } });
      const { result, failure } = await differing(purpose);
      expect(result).toMatchObject({ result: 'stopped' });
      expect(failure).toMatch(new RegExp(`under our key with accounting period ${other.id} for ${own.id}$`));
      expect(await open()).toEqual([`document-differs ${KEYS[purpose]}`]);
      await alter(purpose, id, { postingPeriod: { id: own.id } });
      expect(await STEPS[purpose]()).toMatchObject({ result: 'done' });
      expect(await open()).toEqual([]);
    },
  );

  test.each<[Purpose, string, JsonObject, JsonObject, RegExp]>([
    [
      'INV',
      'moved between its lines',
      {
        item: {
          items: [
            { line: 1, amount: decimal('59.00') },
            { line: 2, amount: decimal('6.00') },
          ],
        },
      },
      {
        item: {
          items: [
            { line: 1, amount: decimal('60.00') },
            { line: 2, amount: decimal('5.00') },
          ],
        },
      },
      /line 1 \(item \d+, quantity 2, amount -60\.00\) with amount -59\.00 for -60\.00$/,
    ],
    [
      'IF',
      'cut to one unit',
      { item: { items: [{ line: 1, quantity: 1 }] } },
      { item: { items: [{ line: 1, quantity: 2 }] } },
      /line 1 \(item \d+, quantity 2\) with quantity 1 for 2$/,
    ],
    [
      'DEP',
      'given other words',
      { other: { items: [{ line: 1, memo: 'by hand' }] } },
      { other: { items: [{ line: 1, memo: `DEP ${SETTLEMENT} 1` }] } },
      /with memo "by hand" for "DEP 27600000001 1"$/,
    ],
  ])('%s that was %s differs, naming the line, until it is mended', async (purpose, _, altered, mended, words) => {
    const id = await loseAnswer(purpose);
    await alter(purpose, id, altered);
    const { result, failure } = await differing(purpose);
    expect(result).toMatchObject({ result: 'stopped' });
    expect(failure).toMatch(words);
    expect(await open()).toEqual([`document-differs ${KEYS[purpose]}`]);
    await alter(purpose, id, mended);
    expect(await STEPS[purpose]()).toMatchObject({ result: 'done' });
    expect(await open()).toEqual([]);
  });
});
