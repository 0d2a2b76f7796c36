/**
 * The accrual of the worked example (close.md, *Worked example*), S1 ending on 5 November: 65.99 sold in October, fees of 9.90, 13.07 and
 * 3.00, approved before the journal comes. In November a fee of 1.00 whose name nobody knows.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectionsOf, type Dependencies } from '../../../src/activities/dependencies.ts';
import type { Connection } from '../../../src/activities/connection.ts';
import { decideFinances } from '../../../src/activities/decisions/map-finances.ts';
import { claimParts } from '../../../src/activities/payouts/claim-parts.ts';
import { decideAccrual } from '../../../src/activities/period/approve-accrual.ts';
import { evaluateClose } from '../../../src/activities/period/evaluate-close.ts';
import { postAccruals } from '../../../src/activities/period/post-accruals.ts';
import { checkConnection } from '../../../src/activities/setup/check-connection.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { lastAudit } from '../../../src/store/audit/audit-chain.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { saveEventGroup } from '../../../src/store/payouts/event-groups.ts';
import { loadSettlement, recordSettlement } from '../../../src/store/payouts/settlements.ts';
import { accrualsOf, claimedMonths } from '../../../src/store/period/accruals.ts';
import { loadClose } from '../../../src/store/period/closes.ts';
import { account, report, sale } from '../../end-to-end/report.ts';
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';

const S1 = '27800000001';
const ITEM = { order: '119-0000001-0000001', shipment: 'Dd1', at: '2026-10-28T16:00:00Z', quantity: 1 };
const REPORT = report(
  {
    id: S1,
    start: '2026-10-15T07:00:00Z',
    end: '2026-11-06T08:00:00Z',
    deposit: '2026-11-08T08:00:00Z',
    total: '20.02',
  },
  [
    ...sale({ ...ITEM, item: '8101', sku: 'SKU-A' }, [
      ['ItemPrice', 'Principal', '40.00'],
      ['ItemPrice', 'Shipping', '3.69'],
      ['Promotion', 'Principal', '-5.00'],
      ['ItemFees', 'Commission', '-6.09'],
      ['ItemFees', 'FBAPerUnitFulfillmentFee', '-4.36'],
      ['ItemFees', 'ShippingChargeback', '-3.69'],
    ]),
    ...sale({ ...ITEM, item: '8102', sku: 'SKU-B' }, [
      ['ItemPrice', 'Principal', '25.00'],
      ['ItemPrice', 'Shipping', '2.30'],
      ['ItemFees', 'Commission', '-3.81'],
      ['ItemFees', 'FBAPerUnitFulfillmentFee', '-2.72'],
      ['ItemFees', 'ShippingChargeback', '-2.30'],
    ]),
    account('Storage Fee', '-3.00', '2026-10-29T12:00:00Z'),
    account('Current Reserve Amount', '-20.00', '2026-11-06T07:59:59Z'),
  ],
);

let world: WorldUnderTest;
let connection: Connection;
const of = () => ({ connection: world.connection, policy: world.policy });
const evaluate = (period: string) => evaluateClose(connection, { ...of(), period });
const item = async (name: string, period: string) =>
  (await loadClose(world.store.db, world.connection, period))!.close.items.find((one) => one.name === name)!;
const figures = async (name: string, period: string) =>
  (await item(name, period)).figures.map(({ currency, state, figure }) => [currency, state, figure]);
const closing = async (name: string, period: string) =>
  (await loadClose(world.store.db, world.connection, period))!.close.rollForwards.find((one) => one.account === name)
    ?.closing;
const approve = (act: string, changes: object = {}, by = connection) =>
  decideAccrual(by, {
    ...of(),
    act,
    decision: { period: '2026-10', currency: 'USD', by: 'maria', why: 'as worked out', ...changes },
  });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
/** The clock stops at each fact on its way. */
async function clockTo(to: string): Promise<void> {
  for (let now = ''; now < to;) {
    const page = await fetch(`${world.amazonUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    ({ now } = (await page.json()) as { now: string });
  }
  await world.look();
}
/** Journals of a key as NetSuite has them: day, then account and amount, debit positive. */
async function held(key: string): Promise<unknown[]> {
  const rows = await world.suiteql(
    `SELECT t.externalid AS key, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, a.acctnumber AS account, tl.foreignamount AS amount
     FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN account a ON a.id = tl.expenseaccount
     WHERE t.externalid LIKE 'AMZ_demo-us_${key}_%' ORDER BY t.externalid, a.acctnumber`,
  );
  return rows.map((row) => [row['key']!.split('_').at(-1), row['day'], row['account'], Number(row['amount'])]);
}

describe("a month's accrual", () => {
  beforeAll(async () => {
    const told = worldFromSettlements([REPORT]);
    let deps: Dependencies | null = null;
    world = await openWorld({
      world: { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })) },
      settings: { close: {} },
      deps: (given) => (deps = given),
    });
    connection = connectionsOf(deps!).get(world.connection)!;
    await clockTo('2026-11-02T12:00:00Z');
  }, 180_000);
  afterAll(() => world?.close());

  test('waits while Amazon may still tell something of it, and cannot be approved', async () => {
    await evaluate('2026-10');
    expect(await figures('accruals', '2026-10')).toEqual([['USD', 'waits', 2597n]]);
    expect(await refusal(approve('a0'))).toContain('Amazon tells transactions of it until 2026-11-03T07:00:00Z');
    expect(await refusal(approve('a0', { period: '2026-11' }))).toBe(
      '2026-11 cannot be accrued in USD: 2026-11 is not over.',
    );
  });

  test('is open by 25.97 then, and wants an account, which the check of the configuration asks for as well', async () => {
    await clockTo('2026-11-04T12:00:00Z');
    await evaluate('2026-10');
    const { figures: all, state } = await item('accruals', '2026-10');
    expect([state, all[0]!.open.map(({ what, act }) => [what, act])]).toEqual([
      'open',
      [
        [
          'unsettled of the month: 25.97 USD in 3 roles (fulfilment-fees 13.07, selling-fees 9.90, storage 3.00); approve it, or set it to none',
          'npx tieout close accrue 2026-10 USD --why WHY',
        ],
      ],
    ]);
    const { accrued: _, ...accounts } = connection.settings.accounts;
    const without = { ...connection, settings: { ...connection.settings, accounts } } as Connection;
    expect(await refusal(approve('a1', {}, without))).toContain('names no account for the role accrued');
    const { problems } = await checkConnection(without);
    expect(problems).toEqual([
      'demo-us closes months with accruals, and its configuration names no account for the role accrued',
    ]);
    expect((await checkConnection(connection)).problems).toEqual([]);
    expect(await openExceptions(world.store.db, world.connection)).toEqual([]);
    expect(await accrualsOf(world.store.db, world.connection, '2026-10')).toEqual([]);
  });

  test('decideAccrual and claimParts: whichever is written down first decides, and never both', async () => {
    const { db } = world.store;
    const head = { settlementId: S1, currency: 'USD', start: '2026-10-15T07:00:00Z', end: '2026-11-06T08:00:00Z' };
    await recordSettlement(
      db,
      world.connection,
      { ...head, total: 2002n, depositDate: '2026-11-08T08:00:00Z', variant: 'v2', columns: 24 } as never,
      'x',
      '2026-11-06T09:00:00Z',
    );
    const [group] = await db.selectFrom('event_groups').selectAll().where('ended_at', 'is', null).execute();
    const told = { groupId: group!.group_id, currency: 'USD', total: 2002n, startedAt: group!.started_at };
    await saveEventGroup(db, world.connection, {
      ...told,
      endedAt: head.end,
      processing: 'Closed',
      beginningBalance: null,
      status: null,
      transferAt: null,
      converted: null,
      traceId: null,
      accountTail: null,
    });
    const settlement = (await loadSettlement(db, world.connection, S1))!;
    const claim = () => claimParts({ connection, settlement }, []);
    const outcomes = new Set<string>();
    for (let at = 0; at < 24; at += 1) {
      const [first, second] =
        at % 2 === 0 ? [claim, () => approve(`race ${at}`)] : [() => approve(`race ${at}`), claim];
      const work = [first()];
      await new Promise((resolve) => setTimeout(resolve, (at % 8) * 3));
      work.push(second());
      await Promise.allSettled(work);
      const months = await claimedMonths(db, world.connection, S1);
      const accruals = await accrualsOf(db, world.connection, '2026-10');
      outcomes.add(`${months.join()} ${accruals.map(({ amount }) => amount).join()}`);
      // Again it is what was written down.
      expect(await claim()).toEqual(months);
      if (accruals.length === 0) expect(await refusal(approve(`late ${at}`))).toContain('nothing of it is unsettled');
      await db.deleteFrom('close_accruals').execute();
      await db.deleteFrom('documents').where('purpose', '=', 'ACR').execute();
      await db.updateTable('settlements').set({ part_months: '[]' }).execute();
    }
    expect([...outcomes].sort()).toEqual([' 2597', '2026-10 ']);
    await db.deleteFrom('settlements').execute();
    await db.updateTable('event_groups').set({ ended_at: null }).execute();
  });

  test('is approved once, and both journals are written down with it', async () => {
    const result = await approve('a2');
    expect(result).toMatchObject({
      choice: 'post',
      detail: '25.97 USD of 2026-10 is accrued, and taken back on the first day after it: ACR 2026-10-USD',
      journals: ['AMZ_demo-us_ACR_2026-10-USD_1', 'AMZ_demo-us_ACR_2026-10-USD_2'],
    });
    expect(await approve('a2')).toEqual(result);
    expect(await refusal(approve('a3'))).toContain('its accrual of 25.97 USD is approved, and stands.');
    expect(await refusal(approve('a3', { none: true }))).toContain('is approved, and stands.');
    const acts = await lastAudit(world.store.db, world.connection, null);
    expect(
      acts.filter(({ action, detail }) => action === 'approve-accrual' && (detail as { act: string }).act === 'a2'),
    ).toHaveLength(1);
    await evaluate('2026-10');
    expect(await figures('accruals', '2026-10')).toEqual([['USD', 'open', 2597n]]);
  });

  test('part 2 waits for its period whatever closedPeriod says, and holds November alone', async () => {
    await world.netsuitePage('POST', '/admin/periods', { month: '2026-11', closed: true });
    const moving = {
      ...connection,
      settings: { ...connection.settings, closedPeriod: 'first-open-day' },
    } as Connection;
    // What was read of the periods a minute ago says that it is open: asked anew, it waits.
    expect(await refusal(postAccruals(moving, of()))).toContain('accounting period');
    expect(await postAccruals(moving, of())).toEqual({ posted: 0, stopped: 1 });
    const [exception] = await openExceptions(world.store.db, world.connection);
    expect(exception).toMatchObject({ code: 'period-closed', subject: { kind: 'month', id: '2026-11' } });
    await evaluate('2026-10');
    await evaluate('2026-11');
    expect(await figures('accruals', '2026-10')).toEqual([['USD', 'ties', 2597n]]);
    expect((await item('exceptions', '2026-10')).state).toBe('ties');
    expect((await item('exceptions', '2026-11')).state).toBe('open');
    expect((await item('accruals', '2026-11')).figures[0]!.open.map(({ what }) => what)).toEqual([
      expect.stringContaining('unsettled of the month: 25.97 USD'),
      'AMZ_demo-us_ACR_2026-10-USD_2, the reversal of the month before, is not posted: 25.97 USD',
    ]);
    await world.netsuitePage('POST', '/admin/periods', { month: '2026-11', closed: false });
  });

  test('postAccruals posts both at one rate, and twice is once', async () => {
    expect(await postAccruals(connection, of())).toEqual({ posted: 1, stopped: 0 });
    expect(await postAccruals(connection, of())).toEqual({ posted: 0, stopped: 0 });
    expect(await held('ACR_2026-10-USD')).toEqual([
      ['1', '2026-10-31', '2130', -25.97],
      ['1', '2026-10-31', '6110', 9.9],
      ['1', '2026-10-31', '6120', 13.07],
      ['1', '2026-10-31', '6130', 3],
      ['2', '2026-11-01', '2130', 25.97],
      ['2', '2026-11-01', '6110', -9.9],
      ['2', '2026-11-01', '6120', -13.07],
      ['2', '2026-11-01', '6130', -3],
    ]);
    expect(await openExceptions(world.store.db, world.connection)).toEqual([]);
  });

  test("the settlement's later journal has no part for October: 25.97 stand there, and 0.00 in November", async () => {
    await evaluate('2026-10');
    expect(await figures('costs', '2026-10')).toEqual([['USD', 'ties', 2597n]]);
    expect(await closing('accrued', '2026-10')).toBe(-2597n);
    expect(await closing('receivable', '2026-10')).toBe(6599n);
    await world.runToTheEnd();
    const journal = await held(`JE_${S1}`);
    expect(new Set(journal.map((row) => (row as string[])[1]))).toEqual(new Set(['2026-11-05']));
    expect(await claimedMonths(world.store.db, world.connection, S1)).toEqual([]);
    for (const period of ['2026-10', '2026-11']) await evaluate(period);
    expect(await figures('costs', '2026-10')).toEqual([['USD', 'ties', 2597n]]);
    expect(await figures('accruals', '2026-10')).toEqual([['USD', 'ties', 2597n]]);
    expect((await item('accruals', '2026-10')).figures[0]!.named).toEqual([]);
    expect(await figures('costs', '2026-11')).toEqual([['USD', 'ties', 0n]]);
    expect(await closing('accrued', '2026-11')).toBe(0n);
    for (const name of ['receivable', 'payouts-in-transit', 'reserve-held'])
      expect([name, await closing(name, '2026-10')]).toEqual([name, name === 'receivable' ? 6599n : 0n]);
  });

  test('decideFinances says what nobody knew: raised once a month, and the month can be accrued', async () => {
    const { db } = world.store;
    const [fee] = await db.selectFrom('finance_transactions').selectAll().where('type', '=', 'ServiceFee').execute();
    const parts = [{ path: 'FBAColdStorageFee', amount: { $bigint: '-100' } }];
    expect(fee).toBeDefined();
    await db
      .updateTable('finance_transactions')
      .set({
        group_id: null,
        parts: JSON.stringify((fee!.parts as object[]).map((part) => ({ ...part, path: parts[0]!.path }))),
      })
      .where('transaction_id', '=', fee!.transaction_id)
      .execute();
    // Its settlement is not told any more: it is unclear, and unknown.
    await evaluate('2026-10');
    const [exception] = await openExceptions(db, world.connection);
    expect(exception).toMatchObject({
      code: 'finances-unknown',
      subject: { kind: 'month', id: '2026-10' },
      remedy: { kind: 'map-finances', transactionType: 'ServiceFee', path: 'FBAColdStorageFee' },
    });
    await evaluate('2026-10');
    expect(await openExceptions(db, world.connection)).toHaveLength(1);
    expect((await item('accruals', '2026-10')).state).toBe('open');
    const decision = {
      transactionType: 'Service Fee',
      path: 'FBAColdStorageFee',
      role: 'storage',
      by: 'maria',
      why: 'fee schedule',
    };
    const mapped = await decideFinances(connection, { ...of(), decision });
    expect(mapped).toMatchObject({ choice: 'storage', released: 1 });
    expect(await decideFinances(connection, { ...of(), decision })).toMatchObject({ audit: mapped.audit, released: 0 });
    expect(await openExceptions(db, world.connection)).toEqual([]);
    await evaluate('2026-10');
    expect(await openExceptions(db, world.connection)).toEqual([]);
    expect(await figures('accruals', '2026-10')).toEqual([['USD', 'ties', 2597n]]);
  });
});
