/**
 * A month of two currencies whose fees are accrued, in a real world. By hand, October: in USD an order of A and B, 40.00 and 25.00,
 * of which nothing is settled before 5 November: accrued are 6.00 + 4.00 of A, 3.75 + 3.00 of B, 4.50 of a sale of A that another
 * system books, and 2.00 of storage. A 40.00 − 10.00 − 15.00 = 15.00, B 25.00 − 6.75 − 9.00 = 9.25, −4.50 in a channel of its own, −2.00
 * on none: 17.75. In CAD, settled: C 50.00 − 7.50 − 12.00 = 30.50, and −3.00 of a sale that the old books have: 27.50. November: the
 * opposite of the accrual, and the journal that brings the same fees: nothing.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { connectionsOf, type Dependencies } from '../../../src/activities/dependencies.ts';
import { decideAccrual } from '../../../src/activities/period/approve-accrual.ts';
import { evaluateProfit } from '../../../src/activities/period/evaluate-profit.ts';
import { postAccruals } from '../../../src/activities/period/post-accruals.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../../src/simulators/amazon/world.ts';
import { profitView, type ProfitView } from '../../../src/views/period/profit-view.ts';
import { account, report, sale } from '../../end-to-end/report.ts';
import { openWorld, type WorldUnderTest } from '../../end-to-end/world-under-test.ts';

const SOLD = { order: '113-2222221-0000001', shipment: 'Dp1', at: '2026-10-28T16:20:05Z', quantity: 1 };
const FORMER = '702-2222223-0000003';
const IN_CANADA = { marketplace: 'Amazon.ca', sku: 'SKU-C', quantity: 1 };
const CAD = report(
  {
    id: '26200000001',
    start: '2026-10-15T07:00:00Z',
    end: '2026-10-29T07:00:00Z',
    deposit: '2026-10-31T07:00:00Z',
    total: '59.50',
    currency: 'CAD',
  },
  [
    ...sale({ ...IN_CANADA, order: '702-2222222-0000002', shipment: 'Dp2', at: '2026-10-20T16:00:00Z', item: '6204' }, [
      ['ItemPrice', 'Principal', '50.00'],
      ['ItemFees', 'Commission', '-7.50'],
    ]),
    ...sale({ ...IN_CANADA, order: FORMER, shipment: 'Dp3', at: '2026-10-21T16:00:00Z', item: '6205' }, [
      ['ItemPrice', 'Principal', '20.00'],
      ['ItemFees', 'Commission', '-3.00'],
    ]),
  ],
);
const USD = report(
  {
    id: '26200000002',
    start: '2026-10-15T07:00:00Z',
    end: '2026-11-06T08:00:00Z',
    deposit: '2026-11-08T08:00:00Z',
    total: '71.75',
  },
  [
    ...sale({ ...SOLD, item: '6201', sku: 'SKU-A' }, [
      ['ItemPrice', 'Principal', '40.00'],
      ['ItemFees', 'Commission', '-6.00'],
      ['ItemFees', 'FBAPerUnitFulfillmentFee', '-4.00'],
    ]),
    ...sale({ ...SOLD, item: '6202', sku: 'SKU-B' }, [
      ['ItemPrice', 'Principal', '25.00'],
      ['ItemFees', 'Commission', '-3.75'],
      ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.00'],
    ]),
    ...sale(
      {
        order: '113-2222224-0000004',
        at: '2026-10-27T10:00:00Z',
        item: '6203',
        sku: 'SKU-A',
        quantity: 1,
        channel: 'MFN',
      },
      [
        ['ItemPrice', 'Principal', '30.00'],
        ['ItemFees', 'Commission', '-4.50'],
      ],
    ),
    account('Storage Fee', '-2.00', '2026-10-29T12:00:00Z'),
  ],
);

/** The order of the old books left on the 2nd, before the cut-over of the 15th, and was released on the 21st. */
function told(): AmazonWorld {
  const world = worldFromSettlements([CAD, USD]);
  const left = '2026-10-02T16:00:00Z';
  const cost: Record<string, string> = { 'SKU-A': '15.00', 'SKU-B': '9.00', 'SKU-C': '12.00' };
  return {
    ...world,
    catalogue: world.catalogue.map((product) => ({ ...product, unitCost: cost[product.sku]! })),
    orders: world.orders.map((order) =>
      order.orderId === FORMER
        ? {
            ...order,
            history: [
              { at: '2026-10-01T16:00:00Z', status: 'UNSHIPPED' },
              { at: left, status: 'SHIPPED' },
            ],
          }
        : order,
    ),
    shipments: world.shipments.map((shipment) =>
      shipment.shipmentId === 'Dp3' ? { ...shipment, shippedAt: left, publishedAt: left } : shipment,
    ),
  };
}

let world: WorldUnderTest;
let connection: Connection;
const of = () => ({ connection: world.connection, policy: world.policy });
const evaluate = (period: string) => evaluateProfit(connection, { ...of(), period });
const viewOf = async (period: string) =>
  (await profitView({ store: world.store, world: { temporal: { uiUrl: null } } }, world.settings, period, {
    by: 'sku',
  }))!;
const earned = ({ tables }: ProfitView) =>
  Object.fromEntries(
    tables.map(({ currency, profit, ledger, difference, rows }) => [
      currency,
      {
        sums: [profit, ledger, difference],
        rows: rows
          .map((row) => [row.name, row.channel, row.income, row.feesTotal, row.cost, row.profit, row.margin])
          .sort((a, b) => (String(a) < String(b) ? -1 : 1)),
      },
    ]),
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

const OCTOBER = {
  CAD: {
    sums: ['27.50', '27.50', '0.00'],
    rows: [
      ['SKU-C', 'opening-balance', '0.00', '-3.00', '0.00', '-3.00', null],
      ['SKU-C', 'ours', '50.00', '-7.50', '-12.00', '30.50', '61.0'],
    ],
  },
  USD: {
    sums: ['17.75', '17.75', '0.00'],
    rows: [
      [null, 'ours', '0.00', '-2.00', '0.00', '-2.00', null],
      ['SKU-A', 'merchant-orders', '0.00', '-4.50', '0.00', '-4.50', null],
      ['SKU-A', 'ours', '40.00', '-10.00', '-15.00', '15.00', '37.5'],
      ['SKU-B', 'ours', '25.00', '-6.75', '-9.00', '9.25', '37.0'],
    ],
  },
};

describe('a month of two currencies whose fees are accrued', () => {
  beforeAll(async () => {
    let deps: Dependencies | null = null;
    world = await openWorld({
      world: told(),
      settings: { close: {}, cutOver: '2026-10-15T07:00:00Z', shippedBeforeCutOver: 'opening-balance' },
      deps: (given) => (deps = given),
    });
    connection = connectionsOf(deps!).get(world.connection)!;
    await clockTo('2026-11-02T12:00:00Z');
    await clockTo('2026-11-04T12:00:00Z');
  }, 180_000);
  afterAll(() => world?.close());

  test('before it is accrued October has the sales of USD, and none of their fees', async () => {
    expect(await evaluate('2026-10')).toMatchObject({ ties: true });
    const { CAD: canada, USD: us } = earned(await viewOf('2026-10'));
    expect(canada).toEqual(OCTOBER.CAD);
    // 65.00 less goods of 24.00.
    expect(us!.sums).toEqual(['41.00', '41.00', '0.00']);
  });

  test('the accrual is split by the items of its transactions, and what others sold stands in a channel of its own', async () => {
    await decideAccrual(connection, {
      ...of(),
      act: 'a1',
      decision: { period: '2026-10', currency: 'USD', by: 'maria', why: 'as worked out' },
    });
    expect(await postAccruals(connection, of())).toEqual({ posted: 2, stopped: 0 });
    expect(await evaluate('2026-10')).toMatchObject({ ties: true });
    const view = await viewOf('2026-10');
    expect(earned(view)).toEqual(OCTOBER);
    for (const { roles } of view.tables) expect(roles.filter(({ difference }) => difference !== '0.00')).toEqual([]);
  });

  test('in November its opposite and the journal come to nothing, SKU by SKU; October stays as it is', async () => {
    await evaluate('2026-11');
    // Until the journal comes November has less of fees than nothing.
    expect(earned(await viewOf('2026-11'))['USD']!.sums).toEqual(['23.25', '23.25', '0.00']);
    await world.runToTheEnd();
    for (const period of ['2026-10', '2026-11']) expect(await evaluate(period)).toMatchObject({ ties: true });
    expect(earned(await viewOf('2026-10'))).toEqual(OCTOBER);
    const november = await viewOf('2026-11');
    for (const { sums, rows } of Object.values(earned(november))) {
      expect(sums).toEqual(['0.00', '0.00', '0.00']);
      expect(rows.filter(([, , , , , profit]) => profit !== '0.00')).toEqual([]);
    }
    const journals = await world.suiteql(
      "SELECT externalid AS id FROM transaction WHERE externalid LIKE 'AMZ_demo-us_JE_26200000002%' ORDER BY externalid",
    );
    expect(journals.map(({ id }) => id)).toEqual(['AMZ_demo-us_JE_26200000002_1']);
  });
});
