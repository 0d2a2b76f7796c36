/**
 * The worked example of close.md, *Profit by SKU*, through the real path: an order of A and B in October, B given back and
 * reimbursed in November. By hand: October A 40.00 + 3.69 − 5.00 − 6.09 − 8.05 − 15.00 = 9.55, B 25.00 + 2.30 − 3.81 − 5.02 − 9.00 =
 * 9.47, storage −3.00 on none: 16.02. November, nothing of stock being booked: B −25.00 + 3.75 − 0.75 + 15.00 = −7.00, advertising
 * −1.50 on none: −8.50.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Connection } from '../../../src/activities/connection.ts';
import { connectionsOf, type Dependencies } from '../../../src/activities/dependencies.ts';
import { evaluateClose } from '../../../src/activities/period/evaluate-close.ts';
import { evaluateProfit } from '../../../src/activities/period/evaluate-profit.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { profitView, type ProfitView } from '../../../src/views/period/profit-view.ts';
import { account, refund, report, sale } from '../../end-to-end/report.ts';
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';
import { deleteInNetSuite } from '../../end-to-end/stock-in-netsuite.ts';

const ORDER = '113-1111111-2222222';
const SOLD = { order: ORDER, shipment: 'D1', at: '2026-10-28T16:20:05Z', quantity: 1 };
const A = { ...SOLD, item: '601', sku: 'SKU-A' };
const B = { ...SOLD, item: '602', sku: 'SKU-B' };
const S1 = report(
  {
    id: '26100000001',
    start: '2026-10-15T20:00:00Z',
    end: '2026-10-29T20:00:00Z',
    deposit: '2026-10-31T20:00:00Z',
    total: '40.02',
  },
  [
    ...sale(A, [
      ['ItemPrice', 'Principal', '40.00'],
      ['ItemPrice', 'Shipping', '3.69'],
      ['Promotion', 'Principal', '-5.00'],
      ['ItemFees', 'Commission', '-6.09'],
      ['ItemFees', 'FBAPerUnitFulfillmentFee', '-4.36'],
      ['ItemFees', 'ShippingChargeback', '-3.69'],
    ]),
    ...sale(B, [
      ['ItemPrice', 'Principal', '25.00'],
      ['ItemPrice', 'Shipping', '2.30'],
      ['ItemFees', 'Commission', '-3.81'],
      ['ItemFees', 'FBAPerUnitFulfillmentFee', '-2.72'],
      ['ItemFees', 'ShippingChargeback', '-2.30'],
    ]),
    account('Storage Fee', '-3.00', '2026-10-28T20:11:40Z'),
  ],
);
const S2 = report(
  {
    id: '26100000002',
    start: '2026-10-29T20:00:00Z',
    end: '2026-11-12T20:00:00Z',
    deposit: '2026-11-14T20:00:00Z',
    total: '-8.50',
  },
  [
    ...refund({ ...B, at: '2026-11-04T18:02:11Z' }, [
      ['ItemPrice', 'Principal', '-25.00'],
      ['ItemFees', 'Commission', '3.75'],
      ['ItemFees', 'RefundCommission', '-0.75'],
    ]),
    {
      'transaction-type': 'other-transaction',
      'marketplace-name': 'Amazon.com',
      'amount-type': 'FBA Inventory Reimbursement',
      'amount-description': 'WAREHOUSE_LOST',
      amount: '15.00',
      'posted-date': '2026-11-05',
      'posted-date-time': '2026-11-05 09:00:00 UTC',
      sku: 'SKU-B',
      'quantity-purchased': '1',
    },
    {
      'transaction-type': 'ServiceFee',
      'marketplace-name': 'Amazon.com',
      'amount-type': 'Cost of Advertising',
      'amount-description': 'TransactionTotalAmount',
      amount: '-1.50',
      'posted-date': '2026-11-05',
      'posted-date-time': '2026-11-05 10:30:00 UTC',
    },
  ],
);

let world: WorldUnderTest;
let connection: Connection;
const evaluate = (period: string) =>
  evaluateProfit(connection, { connection: world.connection, period } as Parameters<typeof evaluateProfit>[1]);
const viewOf = async (period: string, by: ProfitView['by'] = 'sku') =>
  (await profitView({ store: world.store, world: { temporal: { uiUrl: null } } }, world.settings, period, { by }))!;
const earned = ({ tables }: ProfitView) =>
  tables.map(({ profit, ledger, difference, rows }) => ({
    profit,
    ledger,
    difference,
    rows: Object.fromEntries(rows.map((row) => [row.name ?? 'none', row.profit])),
  }));
const OCTOBER = [
  {
    profit: '16.02',
    ledger: '16.02',
    difference: '0.00',
    rows: { 'SKU-A': '9.55', 'SKU-B': '9.47', none: '-3.00' },
  },
];

describe("a month's profit", () => {
  beforeAll(async () => {
    const told = worldFromSettlements([S1, S2]);
    let deps: Dependencies | null = null;
    world = await openWorld({
      world: {
        ...told,
        catalogue: told.catalogue.map((product) => ({
          ...product,
          unitCost: product.sku === 'SKU-A' ? '15.00' : '9.00',
        })),
      },
      settings: { close: { accruals: false } },
      deps: (given) => (deps = given),
    });
    connection = connectionsOf(deps!).get(world.connection)!;
    await world.runToTheEnd();
  }, 180_000);
  afterAll(() => world?.close());

  test('evaluateProfit finds 9.55 of A and 9.47 of B in October, 3.00 of storage on none: 16.02, as the ledger', async () => {
    expect(await evaluate('2026-10')).toEqual({
      sentence: 'October 2026: 16.02 USD in NetSuite, and by SKU the same.',
      ties: true,
    });
    const view = await viewOf('2026-10');
    expect(earned(view)).toEqual(OCTOBER);
    const [table] = view.tables;
    expect(table!.rows[0]).toEqual({
      name: 'SKU-A',
      channel: 'ours',
      units: 1,
      sales: '40.00',
      shipping: '3.69',
      promotions: '-5.00',
      refunds: '0.00',
      income: '38.69',
      fees: [
        { role: 'fulfilment-fees', amount: '-8.05' },
        { role: 'selling-fees', amount: '-6.09' },
      ],
      feesTotal: '-14.14',
      cost: '-15.00',
      allocated: '0.00',
      profit: '9.55',
      margin: '24.6',
    });
    expect(table!.roles.find(({ role }) => role === 'storage')).toEqual({
      role: 'storage',
      currency: 'USD',
      skus: '0.00',
      allocated: '0.00',
      unallocated: '-3.00',
      ledger: '-3.00',
      difference: '0.00',
    });
    expect(view.differing).toEqual([]);
  });

  test('in November B loses 7.00, and advertising of 1.50 is on none: −8.50', async () => {
    expect(await evaluate('2026-11')).toMatchObject({ ties: true });
    expect(earned(await viewOf('2026-11'))).toEqual([
      { profit: '-8.50', ledger: '-8.50', difference: '0.00', rows: { 'SKU-B': '-7.00', none: '-1.50' } },
    ]);
  });

  test('by item and by marketplace it is the same money', async () => {
    expect(earned(await viewOf('2026-10', 'item'))).toEqual(OCTOBER);
    const [table] = (await viewOf('2026-10', 'marketplace')).tables;
    expect(table!.rows.map(({ name, profit }) => [name, profit])).toEqual([
      ['Amazon.com', '19.02'],
      [null, '-3.00'],
    ]);
  });

  test('every split comes to the line of its document', async () => {
    const { rows } = await sql<{ document: string; difference: bigint }>`
      select d.external_id as document, (coalesce(sum(s.amount), 0) - coalesce((
        select sum(case when l->>'role' in ('selling-fees', 'fulfilment-fees', 'storage', 'advertising', 'reimbursements')
          then (l->'debit'->>'~')::bigint - (l->'credit'->>'~')::bigint else 0 end) from jsonb_array_elements(d.plan->'lines') l), 0))::bigint as difference
      from documents d left join splits s on s.document = d.external_id where d.purpose = 'JE' group by d.external_id, d.plan`.execute(
      world.store.db,
    );
    expect(rows.map(({ difference }) => difference)).toEqual([0n, 0n]);
  });

  test('documents of before there were splits, and one whose split is lost, are split by what is stored of them, once', async () => {
    const { db } = world.store;
    await sql`update documents set splits = null`.execute(db);
    await sql`delete from splits`.execute(db);
    expect(await evaluate('2026-10')).toMatchObject({ ties: true });
    expect(earned(await viewOf('2026-10'))).toEqual(OCTOBER);
    const before = await sql<{ xmin: string }>`select xmin::text from splits order by document, ordinal`.execute(db);
    await evaluate('2026-10');
    const after = await sql<{ xmin: string }>`select xmin::text from splits order by document, ordinal`.execute(db);
    expect(after.rows).toEqual(before.rows);
    await sql`delete from splits where document like '%_IF_%' and ordinal = 1`.execute(db);
    expect(await evaluate('2026-10')).toMatchObject({ ties: true });
    expect(earned(await viewOf('2026-10'))).toEqual(OCTOBER);
  });

  test('a month that cannot be worked out is raised, the next one is worked out all the same, and mended it ends', async () => {
    const { db } = world.store;
    const journal = 'AMZ_demo-us_JE_26100000001_1';
    const plan = await sql<{ plan: unknown }>`select plan from documents where external_id = ${journal}`.execute(db);
    await sql`update documents set splits = null, plan = '{"lines": 7}' where external_id = ${journal}`.execute(db);
    for (const _ of [1, 2])
      expect(await evaluate('2026-10')).toMatchObject({
        ties: false,
        sentence: expect.stringMatching(/^The profit of October 2026 cannot be worked out: /),
      });
    expect(await evaluate('2026-11')).toMatchObject({ ties: true });
    expect(await openExceptions(db, world.connection)).toMatchObject([
      { code: 'month-failing', key: 'profit 2026-10', subject: { kind: 'month', id: '2026-10' } },
    ]);
    // What stands of it is what was worked out before.
    expect(earned(await viewOf('2026-10'))).toEqual(OCTOBER);
    // The close of the month reads that plan as well.
    const close = (period: string) =>
      evaluateClose(connection, { connection: world.connection, period } as Parameters<typeof evaluateClose>[1]);
    expect(await close('2026-10')).toMatchObject({
      sentence: expect.stringMatching(/^The close of October 2026 cannot be worked out: /),
      isSigned: false,
    });
    expect((await openExceptions(db, world.connection)).map(({ key }) => key).sort()).toEqual([
      'close 2026-10',
      'profit 2026-10',
    ]);
    await sql`update documents set plan = ${JSON.stringify(plan.rows[0]!.plan)}::jsonb where external_id = ${journal}`.execute(
      db,
    );
    expect(await evaluate('2026-10')).toMatchObject({ ties: true });
    expect(await close('2026-10')).toMatchObject({ sentence: expect.stringContaining('items tie') });
    expect(await openExceptions(db, world.connection)).toEqual([]);
  });

  test('a vendor that does not answer is no failure of the month: it is thrown, and tried again', async () => {
    await world.netsuitePage('POST', '/faults', { kind: '500-before-commit', match: { path: 'suiteql' }, times: 1 });
    await expect(evaluate('2026-10')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await openExceptions(world.store.db, world.connection)).toEqual([]);
    expect(await evaluate('2026-10')).toMatchObject({ ties: true });
  });

  test('a journal that somebody deletes in NetSuite is a difference of its roles, and is named', async () => {
    const [journal] = await world.suiteql(
      `SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_JE_26100000001_1'`,
    );
    await deleteInNetSuite(world, 'journalEntry', journal!['id']!);
    expect(await evaluate('2026-10')).toMatchObject({ ties: false });
    const view = await viewOf('2026-10');
    // 9.90, 13.07 and 3.00 are gone with it: NetSuite shows 25.97 more than was earned.
    expect(view.tables.map(({ profit, ledger, difference }) => [profit, ledger, difference])).toEqual([
      ['16.02', '41.99', '25.97'],
    ]);
    expect(view.differing).toEqual([
      { document: 'AMZ_demo-us_JE_26100000001_1', currency: 'USD', splits: '-25.97', ledger: '0.00' },
    ]);
  });
});
