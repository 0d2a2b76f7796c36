/**
 * What a month's populations and NetSuite's own ledger bring to light, through the real flow. September: the shipments report
 * misses the week from the 8th to the 12th but for one of four dispatches; a journal of fees of 9.00 is edited, and then dated back
 * to August.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { connectionsOf, type Dependencies } from '../../../src/activities/dependencies.ts';
import { evaluateClose } from '../../../src/activities/period/evaluate-close.ts';
import type { NetSuiteClient } from '../../../src/clients/netsuite/netsuite-client.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import type { AmazonWorld } from '../../../src/simulators/amazon/world.ts';
import { loadClose } from '../../../src/store/period/closes.ts';
import { account, report, sale, type Cells } from '../../end-to-end/report.ts';
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';

const SETTLEMENT = '27910000001';
const JOURNAL = `AMZ_demo-us_JE_${SETTLEMENT}_1`;
const WEEK = [8, 9, 10, 11].map((day) => ({
  day,
  order: `118-70000${String(day).padStart(2, '0')}-00000${String(day).padStart(2, '0')}`,
}));
const sold = (day: number, order: string): Cells[] =>
  sale(
    {
      order,
      shipment: `Dw${day}`,
      at: `2026-09-${String(day).padStart(2, '0')}T16:00:00Z`,
      item: `79${day}`,
      sku: 'SKU-W',
      quantity: 1,
    },
    [['ItemPrice', 'Principal', '20.00']],
  );
/** Four sales of 20.00 and one of the week before, fees of 5.00 and 4.00: 91.00. */
const REPORT = report(
  {
    id: SETTLEMENT,
    start: '2026-09-01T07:00:00Z',
    end: '2026-09-15T07:00:00Z',
    deposit: '2026-09-17T07:00:00Z',
    total: '91.00',
  },
  [
    ...sold(3, '118-7000003-0000003'),
    ...WEEK.flatMap(({ day, order }) => sold(day, order)),
    account('Storage Fee', '-5.00', '2026-09-09T08:00:00Z'),
    account('Subscription Fee', '-4.00', '2026-09-10T08:00:00Z'),
  ],
);

let world: WorldUnderTest;
let connection: Connection;
async function open(told: AmazonWorld): Promise<void> {
  let deps: Dependencies | null = null;
  world = await openWorld({
    world: told,
    settings: { close: {} },
    seed: (seed) => ({ ...seed, otherSubsidiaries: ['Sister Inc.'] }),
    paceDays: 7,
    deps: (given) => (deps = given),
  });
  connection = connectionsOf(deps!).get(world.connection)!;
}
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
const evaluate = (period: string) =>
  evaluateClose(connection, { connection: world.connection, policy: world.policy, period } as Parameters<
    typeof evaluateClose
  >[1]);
const item = async (name: string, period = '2026-09') =>
  (await loadClose(world.store.db, world.connection, period))!.close.items.find((one) => one.name === name)!;
const found = async (name: string, period = '2026-09') =>
  (await item(name, period)).figures.flatMap(({ open: findings }) => findings.map(({ what }) => what));

describe('a shipments report that misses most of a week', () => {
  const MISSED = WEEK.slice(1);
  beforeAll(async () => {
    const days = MISSED.map(({ day }) => `2026-09-${String(day).padStart(2, '0')}`);
    await open({ ...worldFromSettlements([REPORT]), shipmentsMissed: { days, keeps: 0 } });
    await clockTo('2026-10-03T12:00:00Z');
    await clockTo('2026-10-06T12:00:00Z');
  }, 180_000);
  afterAll(() => world?.close());

  test('is found by what Finances tells, order by order, and the month is not ready', async () => {
    const { sentence } = await evaluate('2026-09');
    expect(sentence).toContain('Cannot be signed');
    const dispatches = await item('dispatches');
    expect(dispatches.state).toBe('open');
    const named = (await found('dispatches')).join('\n');
    for (const { order } of MISSED) expect(named).toContain(order);
    expect(named).not.toContain(WEEK[0]!.order);
    expect(named).not.toContain('118-7000003-0000003');
  });

  test('their sales are in no figure of ours, and the payout that brings them waits for their documents', async () => {
    // Of five sales of 20.00 two were dispatched by the report.
    expect((await item('sales')).figures.map(({ figure }) => figure)).toEqual([4000n]);
    expect((await item('payouts')).state).toBe('open');
    const missing = (await openExceptions(world.store.db, world.connection)).filter(
      ({ code }) => code === 'document-missing',
    );
    expect(missing.map(({ subject }) => subject.id).sort()).toEqual(MISSED.map(({ order }) => order));
  });
});

describe("a journal that somebody alters in NetSuite behind the month's back", () => {
  beforeAll(async () => {
    await open(worldFromSettlements([REPORT]));
    await world.runToTheEnd();
    await evaluate('2026-09');
  }, 180_000);
  afterAll(() => world?.close());

  const idOf = async () =>
    (await world.suiteql(`SELECT id FROM transaction WHERE externalid = '${JOURNAL}'`))[0]!['id']!;
  const patch = async (body: Parameters<NetSuiteClient['patch']>[2]) => {
    const outcome = await world.netsuite.patch('journalEntry', await idOf(), body);
    expect(outcome).toMatchObject({ outcome: 'posted' });
  };
  /** Swaps or restores the amounts of the two fees: total and balance stay. */
  const fees = async (storage: number, subscription: number) => {
    const lines = await world.suiteql(
      `SELECT tl.id AS id, a.acctnumber AS account FROM transactionline tl JOIN account a ON a.id = tl.expenseaccount WHERE tl.transaction = ${await idOf()} ORDER BY tl.id`,
    );
    const lineOf = (number: string) => Number(lines.find((line) => line['account'] === number)!['id']);
    await patch({
      line: {
        items: [
          { line: lineOf('6130'), debit: storage },
          { line: lineOf('6170'), debit: subscription },
        ],
      },
    });
  };
  const costs = async () => (await item('costs')).figures.map(({ state, figure }) => [state, figure]);

  test('before it is altered all of September ties', async () => {
    expect(await costs()).toEqual([['ties', 900n]]);
    expect((await item('balances')).state).toBe('ties');
  });

  test('edited within itself it is found by the next evaluation, account by account, though its total stays', async () => {
    await fees(6, 3);
    await evaluate('2026-09');
    expect(await costs()).toEqual([['open', 900n]]);
    const named = (await found('costs')).join('\n');
    expect(named).toContain('storage');
    expect(named).toContain('subscription');
    await fees(5, 4);
    await evaluate('2026-09');
    expect(await costs()).toEqual([['ties', 900n]]);
  });

  test('dated back into the month before, it is gone from its own and named', async () => {
    const [august] = await world.suiteql(
      "SELECT id FROM accountingperiod WHERE isquarter = 'F' AND isyear = 'F' AND startdate = TO_DATE('2026-08-01', 'YYYY-MM-DD')",
    );
    await patch({ tranDate: '2026-08-31', postingPeriod: { id: august!['id']! } });
    await evaluate('2026-09');
    expect(await costs()).toEqual([['open', 0n]]);
    expect((await item('balances')).state).toBe('open');
    expect((await found('balances')).join('\n')).toContain(`${JOURNAL} has 0.00 USD`);
  });

  test('put back it ties again', async () => {
    const [september] = await world.suiteql(
      "SELECT id FROM accountingperiod WHERE isquarter = 'F' AND isyear = 'F' AND startdate = TO_DATE('2026-09-01', 'YYYY-MM-DD')",
    );
    await patch({ tranDate: '2026-09-14', postingPeriod: { id: september!['id']! } });
    await evaluate('2026-09');
    expect(await costs()).toEqual([['ties', 900n]]);
    expect((await item('balances')).state).toBe('ties');
  });

  // An account may serve several subsidiaries, and so may a customer (close.md: filtered by date, subsidiary, currency).
  test("a sister's journal on the same clearing account is in no figure; one of the connection's own is foreign and named", async () => {
    const [clearing] = await world.suiteql(
      "SELECT id FROM account WHERE acctnumber LIKE '1180%' AND acctnumber LIKE '%USD'",
    );
    const [fees] = await world.suiteql("SELECT id FROM account WHERE acctnumber = '6130'");
    const entered = async (subsidiary: string, amount: number) => {
      const outcome = await world.netsuite.create('journalEntry', {
        subsidiary: { id: subsidiary },
        currency: { id: '1' },
        tranDate: '2026-09-20',
        memo: 'by hand',
        line: {
          items: [
            { account: { id: clearing!['id']! }, debit: amount },
            { account: { id: fees!['id']! }, credit: amount },
          ],
        },
      });
      expect(outcome).toMatchObject({ outcome: 'posted' });
      await evaluate('2026-09');
    };
    await entered('2', 70);
    expect([(await item('balances')).state, (await item('foreign')).state]).toEqual(['ties', 'ties']);
    await entered('1', 7);
    expect((await found('foreign')).join('\n')).toContain('stands on clearing and is not ours');
    expect((await item('balances')).state).toBe('open');
  });
});
