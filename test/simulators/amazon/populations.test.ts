/** What a month is closed against: transactions of every kind, balances, all orders; over bare HTTP. */
import { gunzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DEMOS } from '../../../src/local/demo-month/demos.ts';
import { settledRows } from '../../../src/simulators/amazon/finances/settled-rows.ts';
import { recordsOf } from '../../../src/simulators/amazon/finances/transactions.ts';
import { AmazonState } from '../../../src/simulators/amazon/state.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../../src/simulators/amazon/world.ts';
import { DemoClock } from '../../../src/simulators/clock.ts';
import { FORTNIGHT, ORDER } from './month-of-money.ts';
import { smallWorld } from './small-world.ts';
import { startAt, type Started } from './started-simulator.ts';

interface Node {
  breakdownType: string;
  breakdownAmount: { currencyAmount: number };
  breakdowns: Node[];
}
interface Transaction {
  transactionType: string;
  transactionStatus: string;
  description: string;
  postedDate: string;
  totalAmount: { currencyAmount: number };
  relatedIdentifiers: { relatedIdentifierName: string; relatedIdentifierValue: string }[];
  items: { breakdowns: Node[]; contexts: object[] }[];
  breakdowns: Node[];
}

let started: Started | undefined;
afterEach(async () => {
  await started?.simulator.close();
  started = undefined;
});

const AFTER = '2026-11-02T08:00:00Z';
async function told(world: AmazonWorld, at = AFTER): Promise<Transaction[]> {
  started = await startAt(at, { world });
  return transactions();
}
async function transactions(): Promise<Transaction[]> {
  const { payload } = await started!.json<{ payload: { transactions: Transaction[] } }>(
    '/finances/2024-06-19/transactions?postedAfter=2026-10-01T00:00:00Z',
  );
  return payload.transactions;
}
const leaves = (nodes: readonly Node[], above = ''): [string, number][] =>
  nodes.flatMap(({ breakdownType, breakdownAmount, breakdowns }): [string, number][] =>
    breakdowns.length > 0
      ? leaves(breakdowns, `${above}${breakdownType}/`)
      : [[`${above}${breakdownType}`, breakdownAmount.currencyAmount]],
  );
const related = ({ relatedIdentifiers }: Transaction, name: string) =>
  relatedIdentifiers.find(({ relatedIdentifierName }) => relatedIdentifierName === name)?.relatedIdentifierValue ??
  null;
const fortnight = (changes: Partial<AmazonWorld> = {}) => ({ ...worldFromSettlements([FORTNIGHT]), ...changes });

describe('transactions', () => {
  test("of a shipment have the fees that the settlement's rows bring", async () => {
    const shipment = (await told(fortnight())).find(({ transactionType }) => transactionType === 'Shipment')!;
    expect(shipment.totalAmount.currencyAmount).toBe(29.64);
    expect(shipment.items.flatMap(({ breakdowns }) => leaves(breakdowns))).toEqual([
      ['ProductCharges/OurPricePrincipal', 40],
      ['Tax/OurPriceTax', 3],
      ['TaxWithheld/MarketplaceFacilitatorTax-Principal', -3],
      ['AmazonFees/Commission/Base', -6],
      ['AmazonFees/FBAPerUnitFulfillmentFee/Base', -4.36],
    ]);
    expect(shipment.items[0]?.contexts).toEqual([
      expect.objectContaining({ sku: 'SKU-A', quantityShipped: 2, fulfillmentNetwork: 'AFN' }),
    ]);
    expect(['ORDER_ID', 'SHIPMENT_ID', 'SETTLEMENT_ID'].map((name) => related(shipment, name))).toEqual([
      ORDER,
      'D1',
      '27700000001',
    ]);
  });

  test('of every other row stand by themselves, in the words that sellers have seen', async () => {
    const others = (await told(fortnight())).filter(
      ({ transactionType }) => !['Shipment', 'Refund'].includes(transactionType),
    );
    expect(
      others.map(({ transactionType, description, postedDate, breakdowns }) => [
        transactionType,
        description,
        postedDate,
        ...leaves(breakdowns).flat(),
      ]),
    ).toEqual([
      ['ServiceFee', 'Storage Fee', '2026-10-22T08:00:00Z', 'Expenses/AmazonFees/FBAStorageFee/Base', -3],
      ['ProductAdsPayment', 'TaxAmount', '2026-10-25T08:00:00Z', 'Expenses/AdvertisingFee/Tax', -0.3],
      ['ProductAdsPayment', 'TransactionTotalAmount', '2026-10-25T08:00:00Z', 'Expenses/AdvertisingFee', -1.5],
      [
        'FBAInventoryReimbursement',
        'WAREHOUSE_LOST',
        '2026-10-26T08:00:00Z',
        'Sales/FBAInventoryReimbursement/FBAInventoryReimbursement',
        15,
      ],
      ['ServiceFee', 'Mystery Fee', '2026-10-26T09:00:00Z', 'Expenses/AmazonFees/MysteryFee/Base', -0.64],
    ]);
    expect(new Set(others.map((other) => related(other, 'SETTLEMENT_ID')))).toEqual(new Set(['27700000001']));
  });

  test('of a world under DD7 are deferred until seven days after delivery, fees and all, and in no group till then', async () => {
    const world = fortnight({ deferral: 'DD7' });
    const [deferred] = (await told(world, '2026-10-24T08:00:00Z')).filter(
      ({ transactionType }) => transactionType === 'Shipment',
    );
    expect([deferred?.transactionStatus, deferred?.totalAmount.currencyAmount]).toEqual(['DEFERRED', 29.64]);
    expect(related(deferred!, 'FINANCIAL_EVENT_GROUP_ID')).toBeNull();
    started!.at(AFTER);
    const released = (await transactions()).filter(({ transactionType }) => transactionType === 'Shipment');
    // Due on the 29th at 16:00, when its settlement has ended: it is released within it.
    expect(released.map(({ transactionStatus, postedDate }) => [transactionStatus, postedDate])).toEqual([
      ['DEFERRED_RELEASED', '2026-10-20T16:00:00Z'],
      ['RELEASED', '2026-10-29T07:00:00Z'],
    ]);
    expect(new Set(released.map((one) => related(one, 'SETTLEMENT_ID')))).toEqual(new Set(['27700000001']));
  });
});

const WORLDS = fileURLToPath(new URL('../../worlds/', import.meta.url));
/** Settlement reports of a world, in order. */
const reportsOf = (folder: string) =>
  readdirSync(`${WORLDS}${folder}`)
    .filter((name) => /^\d.*\.txt$/.test(name))
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(`${WORLDS}${folder}/${name}`)) }));

/** Released transactions of each group, and what the settlement's rows say without reserve, debts and transfers; in cents. */
function groupSums(world: AmazonWorld): { told: Record<string, bigint>; rows: Record<string, bigint> } {
  const at = '2027-12-31T00:00:00Z';
  const cents = (text: string) => BigInt(text.replace('.', ''));
  const state = new AmazonState(world, new DemoClock(Date.parse(at)));
  const told: Record<string, bigint> = {};
  for (const record of recordsOf(state)) {
    const group = record.groupId(at);
    if (group === null || record.status(at) !== 'RELEASED') continue;
    told[group] = (told[group] ?? 0n) + cents(record.view(at).totalAmount.currencyAmount.text);
  }
  const rows: Record<string, bigint> = {};
  for (const { group, total } of world.settlements) rows[group.id] = cents(total);
  for (const { settlement, amounts } of settledRows(world).movements)
    for (const { amount } of amounts) rows[settlement.group.id] = rows[settlement.group.id]! - cents(amount);
  return { told, rows };
}

describe('the released transactions of a closed group come to its settlement, less reserve, debts and transfers', () => {
  const golden = (name: string) => ({
    name,
    bytes: new Uint8Array(readFileSync(new URL(`../../golden/settlements/${name}`, import.meta.url))),
  });
  test('of the fortnight 29.00', () => {
    expect(Object.values(groupSums(fortnight()).told)).toEqual([2900n]);
    expect(Object.values(groupSums(fortnight({ deferral: 'DD7' })).told)).toEqual([2900n]);
  });
  test.each([
    ['the demo', DEMOS.us.world()],
    ['the UK demo', DEMOS.uk.world()],
    [
      'golden files',
      worldFromSettlements(['order-and-reserve-usd.txt', 'refund-and-reimbursement-usd.txt'].map(golden)),
    ],
    [
      'V1 files',
      worldFromSettlements(['negative-1-cad-v1.txt', 'negative-2-cad-v1.txt', 'negative-3-cad-v1.txt'].map(golden)),
    ],
    ...readdirSync(WORLDS)
      .filter((folder) => !folder.includes('.'))
      .map((folder) => [`world ${folder}`, worldFromSettlements(reportsOf(folder))] as const),
  ])('in %s', (_, world) => {
    const { told: sums, rows } = groupSums(world);
    expect({ ...Object.fromEntries(Object.keys(rows).map((id) => [id, 0n])), ...sums }).toEqual(rows);
  });
});

describe('listBalances', () => {
  interface Balance {
    balanceType: string;
    amount: { currencyAmount: number; currencyCode: string };
    asOfDate?: string;
    balances?: Balance[];
  }
  const flat = (balances: readonly Balance[]): Record<string, number> =>
    Object.assign(
      {},
      ...balances.map(({ balanceType, amount, balances: within = [] }) => ({
        [balanceType]: amount.currencyAmount,
        ...flat(within),
      })),
    );
  async function balances(world: AmazonWorld, query: string): Promise<Balance[]> {
    started ??= await startAt(AFTER, { world });
    return (await started.json<{ balances: Balance[] }>(`/finances/2024-06-19/balances${query}`)).balances;
  }

  test('tells of a day in the middle of a settlement what is released, and the reserve that it brought in', async () => {
    const [total] = await balances(fortnight(), '?asOfDate=2026-10-24');
    expect(total).toMatchObject({ balanceType: 'TOTAL', asOfDate: '2026-10-24T00:00:00Z' });
    // 29.64 sold, 3.00 storage; 10.00 in the reserve.
    expect(flat([total!])).toEqual({
      TOTAL: 36.64,
      AVAILABLE: 26.64,
      RESERVED: 10,
      DEFERRED: 0,
      ACCOUNT_LEVEL_RESERVE: 10,
    });
  });
  test('tells what is deferred beside it', async () => {
    const told = await balances(fortnight({ deferral: 'DD7' }), '?asOfDate=2026-10-24');
    expect(flat(told)).toEqual({
      TOTAL: 36.64,
      AVAILABLE: -3,
      RESERVED: 39.64,
      DEFERRED: 29.64,
      ACCOUNT_LEVEL_RESERVE: 10,
    });
  });
  test('tells after the end the reserve that was kept', async () => {
    expect(flat(await balances(fortnight(), '?asOfDate=2026-10-31'))).toEqual({
      TOTAL: 20,
      AVAILABLE: 0,
      RESERVED: 20,
      DEFERRED: 0,
      ACCOUNT_LEVEL_RESERVE: 20,
    });
    const [reserved] = await balances(fortnight(), '?balanceType=RESERVED&marketplaceIds=ATVPDKIKX0DER');
    expect(reserved).toMatchObject({ balanceType: 'RESERVED', amount: { currencyAmount: 20, currencyCode: 'USD' } });
    expect(reserved).toHaveProperty('lastUpdatedTime');
    expect(await balances(fortnight(), '?marketplaceIds=A1F83G8C2ARO7P')).toEqual([]);
  });
  test.each(['?asOfDate=yesterday', '?asOfDate=2026-12-31', '?balanceType=MINE'])('refuses %s', async (query) => {
    started = await startAt(AFTER, { world: fortnight() });
    expect((await started.get(`/finances/2024-06-19/balances${query}`)).status).toBe(400);
  });
});

async function requested(
  reportType: string,
  range: { dataStartTime: string; dataEndTime: string },
): Promise<string[][] | null> {
  const answer = await started!.post('/reports/2021-06-30/reports', {
    reportType,
    marketplaceIds: ['ATVPDKIKX0DER'],
    ...range,
  });
  const { reportId } = (await answer.json()) as { reportId: string };
  let report = { processingStatus: '', reportDocumentId: '' };
  for (let looks = 0; looks < 3; looks += 1) report = await started!.json(`/reports/2021-06-30/reports/${reportId}`);
  if (report.processingStatus === 'CANCELLED') return null;
  const { url, compressionAlgorithm } = await started!.json<{ url: string; compressionAlgorithm?: string }>(
    `/reports/2021-06-30/documents/${report.reportDocumentId}`,
  );
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  const text = (compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}

describe('the all-orders report', () => {
  const TYPE = 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL';
  const columns = [
    'amazon-order-id',
    'order-status',
    'fulfillment-channel',
    'sales-channel',
    'item-status',
    'quantity',
    'currency',
    'item-price',
  ];
  const march = { dataStartTime: '2026-03-01T00:00:00Z', dataEndTime: '2026-03-31T00:00:00Z' };

  test('has every order by the day on which it was placed, as it stands now', async () => {
    started = await startAt('2026-04-01T00:00:00Z', { world: smallWorld() });
    const [header, ...rows] = (await requested(TYPE, march))!;
    expect(header).toHaveLength(35);
    expect(rows.map((row) => columns.map((column) => row[header!.indexOf(column)])).reverse()).toEqual([
      ['111-0000001-0000001', 'Shipped', 'Amazon', 'Amazon.com', 'Shipped', '1', 'USD', '30.00'],
      ['111-0000002-0000002', 'Unshipped', 'Amazon', 'Amazon.com', 'Unshipped', '3', 'USD', '50.00'],
      ['111-0000003-0000003', 'Cancelled', 'Amazon', 'Amazon.com', 'Cancelled', '0', '', ''],
      ['111-0000004-0000004', 'Unshipped', 'Amazon', 'Amazon.com', 'Unshipped', '1', 'USD', '0.00'],
      ['S01-0000005-0000005', 'Unshipped', 'Amazon', 'Non-Amazon US', 'Unshipped', '1', 'USD', '0.00'],
      ['111-0000006-0000006', 'Shipped', 'Merchant', 'Amazon.com', 'Shipped', '1', 'USD', '30.00'],
    ]);
  });
  test('goes by its range, and has no price of an order that is pending', async () => {
    started = await startAt('2026-03-02T10:30:00Z', { world: smallWorld() });
    const [header, ...rows] = (await requested(TYPE, { ...march, dataEndTime: '2026-03-02T10:30:00Z' }))!;
    expect(rows.map((row) => columns.map((column) => row[header!.indexOf(column)]))).toEqual([
      ['111-0000001-0000001', 'Pending', 'Amazon', 'Amazon.com', 'Unshipped', '1', '', ''],
    ]);
    expect(await requested(TYPE, { ...march, dataEndTime: '2026-03-02T09:59:59Z' })).toBeNull();
  });
});

test('the fulfilled-shipments report may miss most of a day that Finances and the all-orders report know', async () => {
  const rows = async (world: AmazonWorld) => {
    started = await startAt('2026-11-02T08:00:00Z', { world });
    const read = await requested('GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL', {
      dataStartTime: '2026-10-20T00:00:00Z',
      dataEndTime: '2026-10-21T00:00:00Z',
    });
    const count = new Set(read?.slice(1).map((row) => row[2])).size;
    await started.simulator.close();
    return count;
  };
  const world = DEMOS.us.world();
  const whole = await rows(world);
  expect(whole).toBeGreaterThan(3);
  const missed = { ...world, shipmentsMissed: { days: ['2026-10-20'], keeps: 2 } };
  expect(await rows(missed)).toBe(2);
  started = undefined;
  expect(groupSums(missed)).toEqual(groupSums(world));
});
