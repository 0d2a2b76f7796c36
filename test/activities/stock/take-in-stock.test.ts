import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { takeInAdjustments } from '../../../src/activities/stock/take-in-adjustments.ts';
import { takeInBalances } from '../../../src/activities/stock/take-in-balances.ts';
import { takeInInbound } from '../../../src/activities/stock/take-in-inbound.ts';
import { takeInLedger } from '../../../src/activities/stock/take-in-ledger.ts';
import { takeInReportLines } from '../../../src/activities/stock/take-in-report-lines.ts';
import { accountsByRole, COST_OF_GOODS_ACCOUNT } from '../../../src/local/demo-month/chart-of-accounts.ts';
import type { InboundStatus, WorldStock } from '../../../src/simulators/amazon/stock/world-stock.ts';
import { loadInbound } from '../../../src/store/stock/inbound.ts';
import { loadBalancesOn } from '../../../src/store/stock/ledger-balances.ts';
import { loadLedgerRows } from '../../../src/store/stock/ledger-rows.ts';
import { loadReceiptsBefore } from '../../../src/store/stock/receipts.ts';
import { loadReportLines } from '../../../src/store/stock/report-lines.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openAccount, type AccountUnderTest } from '../account-under-test.ts';
import { ORDER, WORLD } from '../worked-example.ts';

let postgres: FreshPostgres;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
let account: AccountUnderTest | undefined;
afterEach(async () => {
  await account?.close();
  account = undefined;
});
afterAll(() => postgres?.stop());

const PLACE = { country: 'US', centre: 'PDX9' };
/** Every SKU of the worked example has a line, since its dispatches leave from there. */
const STOCK: WorldStock = {
  opened: '2026-09-30',
  opening: [
    ...WORLD.catalogue.map(({ sku }, index) => ({ sku, fnsku: `X00${index}`, ...PLACE, units: 20 })),
    { sku: 'BLU-MUG', fnsku: 'X1MUG', asin: 'B0MUG', title: 'Mug, blue', ...PLACE, units: 40 },
  ],
  inbound: [
    {
      shipment: 'FBA15DEMO1',
      ...PLACE,
      items: { 'BLU-MUG': 30 },
      history: [
        { at: '2026-10-02T16:00:00Z', status: 'WORKING' },
        { at: '2026-10-04T16:00:00Z', status: 'SHIPPED' },
      ],
    },
  ],
  events: [
    { at: '2026-11-06T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: 24, shipment: 'FBA15DEMO1', inRowsOf: 8 },
    { at: '2026-11-10T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: -2, reason: 'M', id: 'lost' },
    { at: '2026-11-12T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: 1, reason: 'F', id: 'found' },
  ],
  returns: [{ at: '2026-11-08T15:00:00Z', order: ORDER, sku: 'BLU-MUG', disposition: 'CUSTOMER_DAMAGED' }],
  removals: [
    {
      removal: 'home-1',
      at: '2026-11-01T10:00:00Z',
      kind: 'Return',
      lines: [{ sku: 'BLU-MUG', disposition: 'Sellable', units: 3 }],
    },
  ],
  reimbursements: [
    {
      at: '2026-11-14T18:00:00Z',
      reimbursement: 'R1',
      reason: 'Lost_Warehouse',
      sku: 'BLU-MUG',
      currency: 'USD',
      perUnit: '6.10',
      cash: 1,
    },
  ],
};

/** Days and hours later, by the demo clock. */
async function openStocked(stock: Partial<WorldStock> = {}): Promise<AccountUnderTest> {
  const location = 'FBA US';
  account = await openAccount(postgres, {
    world: { ...WORLD, stock: { ...STOCK, ...stock } },
    now: '2026-11-16T20:00:00Z',
    settings: {
      accounts: { ...accountsByRole(['USD']), 'cogs-returns': COST_OF_GOODS_ACCOUNT },
      stock: {
        from: '2026-11-01',
        pools: [
          {
            name: 'us',
            countries: ['US'],
            marketplace: 'ATVPDKIKX0DER',
            sellable: location,
            unsellable: 'FBA US unsellable',
            inTransit: 'To Amazon',
            removal: 'From Amazon',
            source: 'Warehouse',
          },
        ],
      },
    },
  });
  return account;
}
const mugs = async ({ connection, name }: AccountUnderTest) =>
  (await loadLedgerRows(connection.db, name, { skus: ['BLU-MUG'], from: '2026-11-01' })).map(
    ({ day, eventType, reason, quantity, takenBack }) =>
      `${day} ${eventType} ${reason} ${quantity}${takenBack === null ? '' : ' taken back'}`.replace('  ', ' '),
  );
/** The clock stops at each event and each summary on its way; Amazon's time is heard with its next answer. */
async function hours(account: AccountUnderTest, to: string): Promise<void> {
  while (account.connection.latest() < to) await account.amazonPage('/clock', { to });
  await account.connection.amazon.marketplaceParticipations();
}

describe('the ledger', () => {
  test('is taken in row by row, equal ones too, and not again before an hour has passed', async () => {
    const shop = await openStocked();
    expect(await shop.run(takeInLedger)).toMatchObject({ result: 'read' });
    expect(await mugs(shop)).toEqual([
      '2026-11-06 Receipts 8',
      '2026-11-06 Receipts 8',
      '2026-11-06 Receipts 8',
      '2026-11-08 CustomerReturns 1',
      '2026-11-10 Adjustments M -2',
      '2026-11-12 Adjustments F 1',
    ]);
    expect(await shop.run(takeInLedger)).toEqual({ result: 'skipped' });
    await hours(shop, '2026-11-16T21:30:00Z');
    expect(await shop.run(takeInLedger)).toMatchObject({ result: 'read', news: 0 });
    expect(await mugs(shop)).toHaveLength(6);
  });

  test('the same report within half an hour is cancelled: that is never an empty ledger', async () => {
    const shop = await openStocked();
    await shop.amazonPage('/admin/stock/switches', { cancelledWithin: 600 });
    await shop.run(takeInLedger);
    await hours(shop, '2026-11-16T21:30:00Z');
    expect(await shop.run(takeInLedger)).toEqual({ result: 'cancelled' });
    expect(await mugs(shop)).toHaveLength(6);
    expect(await shop.open()).toEqual([]);
  });

  test('a report with fewer rows is not believed without the summary; one that the summary agrees with takes rows back', async () => {
    const shop = await openStocked();
    await shop.run(takeInBalances);
    await shop.run(takeInLedger);
    await shop.amazonPage('/admin/stock/switches', { detailKeeps: { day: '2026-11-10', share: 0, reports: 1 } });
    await hours(shop, '2026-11-16T21:30:00Z');
    expect(await shop.run(takeInLedger)).toEqual({ result: 'truncated' });
    expect(await shop.open()).toEqual(['ledger-truncated']);
    expect(await mugs(shop)).toHaveLength(6);
    // The next one is whole again.
    await hours(shop, '2026-11-16T23:00:00Z');
    expect(await shop.run(takeInLedger)).toMatchObject({ result: 'read', news: 0 });
    expect(await shop.open()).toEqual([]);
    // Amazon says that it never happened, in detail and summary.
    await shop.amazonPage('/admin/stock', {
      events: [{ at: '2026-11-17T00:00:00Z', type: 'withdraw', event: 'lost' }],
    });
    await hours(shop, '2026-11-18T06:00:00Z');
    await shop.run(takeInBalances);
    expect(await shop.run(takeInLedger)).toMatchObject({ result: 'read' });
    expect((await mugs(shop)).slice(-3)).toEqual([
      '2026-11-10 Adjustments M -2 taken back',
      '2026-11-12 Adjustments F 1',
      '2026-11-17 Adjustments M 2',
    ]);
  }, 30_000);
});

test('a row that is withdrawn on its own day is taken back once that day is none that may be cut, whatever else came of it', async () => {
  const shop = await openStocked({
    events: [
      ...STOCK.events!,
      { at: '2026-11-16T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: -5, reason: 'M', id: 'typed' },
      { at: '2026-11-16T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: -1, reason: 'M' },
      { at: '2026-11-16T21:00:00Z', type: 'withdraw', event: 'typed' },
      { at: '2026-11-18T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: 1, reason: 'F' },
    ],
  });
  await shop.run(takeInBalances);
  await shop.run(takeInLedger);
  const of16 = async () => (await mugs(shop)).filter((row) => row.startsWith('2026-11-16'));
  expect(await of16()).toEqual(['2026-11-16 Adjustments M -1', '2026-11-16 Adjustments M -5']);
  await hours(shop, '2026-11-16T23:00:00Z');
  expect(await shop.run(takeInLedger)).toMatchObject({ news: 0 });
  await hours(shop, '2026-11-20T06:00:00Z');
  await shop.run(takeInBalances);
  await shop.run(takeInLedger);
  expect(await of16()).toEqual(['2026-11-16 Adjustments M -1', '2026-11-16 Adjustments M -5 taken back']);
  expect((await mugs(shop)).at(-1)).toMatch(/^2026-11-(19|20) Adjustments M 5$/);
}, 30_000);

test('adjustments of months ago are read weekly: what came late is taken in, what is withdrawn is taken back', async () => {
  const shop = await openStocked();
  await shop.run(takeInBalances);
  await shop.run(takeInLedger);
  // Told to the first window already: nothing is older than it.
  expect(await shop.run(takeInAdjustments)).toEqual({ result: 'read', rows: 0, news: 0 });
  const to = async (day: string) => {
    while (shop.connection.latest() < day) await shop.amazonPage('/clock', { to: day });
    await shop.connection.amazon.marketplaceParticipations();
  };
  await to('2026-12-28T00:00:00Z');
  await shop.run(takeInBalances);
  await shop.run(takeInLedger);
  await shop.amazonPage('/admin/stock', {
    events: [
      {
        at: '2026-11-11T18:00:00Z',
        type: 'adjust',
        sku: 'BLU-MUG',
        units: -3,
        reason: 'M',
        inDetail: '2027-01-05T00:00:00Z',
        inSummary: '2027-01-05T00:00:00Z',
      },
      { at: '2027-01-05T00:00:00Z', type: 'withdraw', event: 'lost' },
      { at: '2026-12-30T18:00:00Z', type: 'adjust', sku: 'BLU-MUG', units: 1, reason: 'F' },
    ],
  });
  await to('2027-01-08T00:00:00Z');
  await shop.run(takeInBalances);
  expect(await shop.run(takeInLedger)).toMatchObject({ result: 'read' });
  expect((await mugs(shop)).slice(-2)).toEqual(['2026-11-12 Adjustments F 1', '2026-12-30 Adjustments F 1']);
  expect(await shop.run(takeInAdjustments)).toMatchObject({ result: 'read' });
  expect((await mugs(shop)).slice(-5)).toEqual([
    '2026-11-10 Adjustments M -2 taken back',
    '2026-11-11 Adjustments M -3',
    '2026-11-12 Adjustments F 1',
    '2026-12-30 Adjustments F 1',
    expect.stringMatching(/^2027-01-0[78] Adjustments M 2$/),
  ]);
  expect(await shop.run(takeInAdjustments)).toEqual({ result: 'skipped' });
}, 60_000);

test('balances of each day are kept, and carried on over days without a row', async () => {
  const shop = await openStocked();
  expect(await shop.run(takeInBalances)).toMatchObject({ result: 'read' });
  const on = async (day: string) =>
    (await loadBalancesOn(shop.connection.db, shop.name, day))
      .filter(({ sku, disposition }) => sku === 'BLU-MUG' && disposition === 'SELLABLE')
      .map(({ ending }) => ending);
  expect([await on('2026-11-06'), await on('2026-11-09'), await on('2026-11-12')]).toEqual([[64], [64], [63]]);
  expect(await shop.run(takeInBalances)).toEqual({ result: 'skipped' });
});

test('returns, removals and reimbursements are kept once', async () => {
  const shop = await openStocked({
    events: [
      ...STOCK.events!,
      { at: '2026-11-03T18:00:00Z', type: 'remove', sku: 'BLU-MUG', units: 3, removal: 'home-1', tracking: '1Z' },
    ],
  });
  const reports = ['returns', 'removals', 'reimbursements'] as const;
  for (const report of reports)
    expect(await shop.run(takeInReportLines, { report })).toEqual({ result: 'read', rows: 1, news: 1 });
  await hours(shop, '2026-11-17T20:00:00Z');
  for (const report of reports) {
    expect(await shop.run(takeInReportLines, { report })).toEqual({ result: 'read', rows: 1, news: 0 });
    expect(await loadReportLines(shop.connection.db, shop.name, report, { from: '2026-10-01' })).toHaveLength(1);
  }
});

test('inbound shipments are kept as they were last told, with what was received', async () => {
  const shop = await openStocked();
  expect(await shop.run(takeInInbound)).toEqual({ result: 'read', rows: 1, news: 1 });
  expect(await loadInbound(shop.connection.db, shop.name)).toMatchObject([
    { shipmentId: 'FBA15DEMO1', pool: 'us', items: [{ sku: 'BLU-MUG', shipped: 30, received: 24 }] },
  ]);
});

test('one that was under way long before is read by its status, once, and left before stock began', async () => {
  const told = (shipment: string, ...history: [at: string, status: InboundStatus][]) => ({
    shipment,
    ...PLACE,
    items: { 'BLU-MUG': 10 },
    history: history.map(([at, status]) => ({ at, status })),
  });
  const shop = await openStocked({
    inbound: [
      ...STOCK.inbound!,
      told('FBA15OLD1', ['2026-08-04T16:00:00Z', 'SHIPPED']),
      told('FBA15OLD2', ['2026-08-04T16:00:00Z', 'SHIPPED'], ['2026-08-20T16:00:00Z', 'RECEIVING']),
      told('FBA15OLD3', ['2026-08-04T16:00:00Z', 'SHIPPED'], ['2026-08-20T16:00:00Z', 'CLOSED']),
      told('FBA15OLD4', ['2026-08-04T16:00:00Z', 'WORKING']),
      told('FBA15NEW1', ['2026-08-04T16:00:00Z', 'WORKING'], ['2026-11-10T16:00:00Z', 'SHIPPED']),
    ],
  });
  expect(await shop.run(takeInInbound)).toEqual({ result: 'read', rows: 4, news: 4 });
  const kept = async () =>
    (await loadInbound(shop.connection.db, shop.name)).map(({ shipmentId, sent }) => `${shipmentId} ${sent}`).sort();
  // What changed since is seen on the 16th for the first time; the others had left, whatever Amazon says of their days.
  const before = ['FBA15DEMO1 2026-11-16', 'FBA15NEW1 2026-11-16', 'FBA15OLD1 2026-10-31', 'FBA15OLD2 2026-10-31'];
  expect(await kept()).toEqual(before);
  await hours(shop, '2026-11-17T20:00:00Z');
  expect(await shop.run(takeInInbound)).toEqual({ result: 'read', rows: 0, news: 0 });
  expect(await kept()).toEqual(before);
});

test('what came before stock began is read once of the ledger, and says that a shipment had left by then', async () => {
  const shop = await openStocked({
    events: [
      { at: '2026-10-20T18:00:00Z', type: 'receive', sku: 'BLU-MUG', units: 4, shipment: 'FBA15DEMO1' },
      { at: '2026-10-20T19:00:00Z', type: 'receive', sku: 'BLU-MUG', units: 2, shipment: 'FBA15DEMO1' },
      ...STOCK.events!,
    ],
  });
  const { db } = shop.connection;
  await shop.run(takeInInbound);
  expect(await loadInbound(db, shop.name)).toMatchObject([{ sent: '2026-11-16' }]);
  await shop.run(takeInLedger);
  expect(await loadReceiptsBefore(db, shop.name)).toEqual([
    { shipmentId: 'FBA15DEMO1', sku: 'BLU-MUG', day: '2026-10-20', units: 6 },
  ]);
  expect(await loadInbound(db, shop.name)).toMatchObject([{ sent: '2026-10-20' }]);
});

test('that nothing came is believed when Amazon says so again later: asked twice at once it cancels too', async () => {
  const shop = await openStocked();
  await shop.run(takeInLedger);
  expect(await loadReceiptsBefore(shop.connection.db, shop.name)).toBeNull();
  await hours(shop, '2026-11-16T21:30:00Z');
  await shop.run(takeInLedger);
  expect(await loadReceiptsBefore(shop.connection.db, shop.name)).toEqual([]);
});
