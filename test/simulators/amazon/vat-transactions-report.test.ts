/**
 * Amazon's VAT Transactions Report of the UK seller's October, asked for by bare fetch. Sums by hand from the table in
 * test/end-to-end/uk-month.test.ts: British dispatches completed in October have 213.58 + 20.00 (by the merchant) + 281.74
 * − 16.66 (left on 1 November) − 20.00 (complete on 2 November) = 478.66 with 30.32 + 4.00 + 33.65 − 3.33 = 64.64; refunds
 * −34.98 (16.66, 8.32, 10.00) with −5.50; Germany 151.16 with 28.72, refunded −16.80 with −3.19.
 */
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ukMonth } from '../../../src/local/demo-month/uk/uk-month.ts';
import { startAt, type Started } from './started-simulator.ts';
import { smallWorld } from './small-world.ts';

const REPORTS = '/reports/2021-06-30/reports';
const DOCUMENTS = '/reports/2021-06-30/documents';
const OCTOBER = { dataStartTime: '2026-10-01T00:00:00Z', dataEndTime: '2026-10-31T23:59:59Z' };
type Row = Record<string, string>;

let started: Started;
afterEach(() => started.simulator.close());

const asked = (range: object) =>
  started.post(REPORTS, { reportType: 'GET_VAT_TRANSACTION_DATA', marketplaceIds: ['A1F83G8C2ARO7P'], ...range });

async function report(range: object): Promise<{ status: string; text: string | null }> {
  const response = await asked(range);
  expect(response.status).toBe(202);
  const { reportId } = (await response.json()) as { reportId: string };
  started.passReal(1);
  const { processingStatus, reportDocumentId } = await started.json<{
    processingStatus: string;
    reportDocumentId?: string;
  }>(`${REPORTS}/${reportId}`);
  if (reportDocumentId === undefined) return { status: processingStatus, text: null };
  const { url, compressionAlgorithm } = await started.json<{ url: string; compressionAlgorithm?: string }>(
    `${DOCUMENTS}/${reportDocumentId}`,
  );
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  return { status: processingStatus, text: (compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes).toString() };
}

async function rows(range: object): Promise<Row[]> {
  const { status, text } = await report(range);
  expect(status).toBe('DONE');
  const [header = '', ...lines] = text!.trimEnd().split('\n');
  const columns = header.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, index) => [columns[index]!, cell])));
}

/** Sum of a column over the rows that a test picks. */
const sum = (of: readonly Row[], column: string): string =>
  (of.reduce((cents, row) => cents + Math.round(Number(row[column]) * 100), 0) / 100).toFixed(2);
const totals = (of: readonly Row[]) => [
  of.length,
  sum(of, 'TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL'),
  sum(of, 'TOTAL_ACTIVITY_VALUE_VAT_AMT'),
  sum(of, 'TOTAL_ACTIVITY_VALUE_AMT_VAT_INCL'),
];

describe('the VAT report', () => {
  test('is FATAL before the third of the next month, and for more than a month', async () => {
    started = await startAt('2026-11-02T23:59:59Z', { world: ukMonth() });
    expect(await report(OCTOBER)).toMatchObject({ status: 'FATAL' });
    started.at('2026-11-03T00:00:00Z');
    expect(await report(OCTOBER)).toMatchObject({ status: 'DONE' });
    expect(await report({ dataStartTime: '2026-09-01T00:00:00Z', dataEndTime: '2026-10-31T00:00:00Z' })).toMatchObject({
      status: 'FATAL',
    });
    expect(await report({ dataStartTime: '2026-09-01T00:00:00Z', dataEndTime: '2026-09-30T00:00:00Z' })).toEqual({
      status: 'CANCELLED',
      text: null,
    });
  });

  test('is denied to an application without the role', async () => {
    started = await startAt('2026-11-05T00:00:00Z', { world: smallWorld() });
    const response = await asked(OCTOBER);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details: '' }],
    });
  });

  test('comes to the sums worked out by hand, by who owes the tax and by event', async () => {
    started = await startAt('2026-11-03T00:00:00Z', { world: ukMonth() });
    const october = await rows(OCTOBER);
    const of = (who: string, type: string) =>
      totals(october.filter((row) => row['TAX_COLLECTION_RESPONSIBILITY'] === who && row['TRANSACTION_TYPE'] === type));
    expect(of('SELLER', 'SALE')).toEqual([21, '478.66', '64.64', '543.30']);
    expect(of('SELLER', 'REFUND')).toEqual([3, '-34.98', '-5.50', '-40.48']);
    expect(of('MARKETPLACE', 'SALE')).toEqual([8, '151.16', '28.72', '179.88']);
    expect(of('MARKETPLACE', 'REFUND')).toEqual([1, '-16.80', '-3.19', '-19.99']);
    expect(october).toHaveLength(33);
  });

  test('tells what only it tells: countries, exports, numbers of businesses; its month is that of completion', async () => {
    started = await startAt('2026-12-03T00:00:00Z', { world: ukMonth() });
    const business = (await rows(OCTOBER)).find((row) => row['ARRIVAL_COUNTRY'] === 'IE');
    expect(business).toMatchObject({
      SALE_DEPART_COUNTRY: 'GB',
      BUYER_VAT_NUMBER_COUNTRY: 'IE',
      BUYER_VAT_NUMBER: 'IE1234567T',
      EXPORT_OUTSIDE_EU: 'NO',
      PRICE_OF_ITEMS_VAT_RATE_PERCENT: '0',
      TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL: '40.00',
      TOTAL_ACTIVITY_VALUE_VAT_AMT: '0.00',
    });
    const november = await rows({ dataStartTime: '2026-11-01T00:00:00Z', dataEndTime: '2026-12-01T00:00:00Z' });
    expect(
      november.map((row) => [
        row['TRANSACTION_TYPE'],
        row['TRANSACTION_DEPART_DATE'],
        row['TRANSACTION_COMPLETE_DATE'],
        row['TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL'],
        row['EXPORT_OUTSIDE_EU'],
      ]),
    ).toEqual([
      ['SALE', '01-11-2026', '01-11-2026', '16.66', 'NO'],
      ['REFUND', '', '01-11-2026', '-16.66', 'NO'],
      ['SALE', '31-10-2026', '02-11-2026', '20.00', 'YES'],
      ['SALE', '04-11-2026', '04-11-2026', '16.66', 'NO'],
    ]);
  });

  test('has 95 columns, rates as fractions, parts and discounts apart; names and addresses are among them', async () => {
    const world = ukMonth();
    started = await startAt('2026-11-03T00:00:00Z', { world });
    const october = await rows(OCTOBER);
    const tray = october.find(
      (row) => row['TRANSACTION_DEPART_DATE'] === '14-10-2026' && row['SELLER_SKU'] === 'OAK-TRAY',
    )!;
    expect(Object.keys(tray)).toHaveLength(95);
    expect(tray).toMatchObject({
      ACTIVITY_PERIOD: '2026-OCT',
      MARKETPLACE: 'amazon.co.uk',
      SALES_CHANNEL: 'AFN',
      TRANSACTION_CURRENCY_CODE: 'GBP',
      TAXABLE_JURISDICTION: 'UNITED KINGDOM',
      TAX_REPORTING_SCHEME: 'REGULAR',
      PRICE_OF_ITEMS_VAT_RATE_PERCENT: '0.2',
      PRICE_OF_ITEMS_AMT_VAT_EXCL: '20.00',
      PRICE_OF_ITEMS_VAT_AMT: '4.00',
      SHIP_CHARGE_AMT_VAT_EXCL: '2.49',
      SHIP_CHARGE_VAT_AMT: '0.50',
      PROMO_SHIP_CHARGE_AMT_VAT_EXCL: '-2.49',
      PROMO_SHIP_CHARGE_VAT_AMT: '-0.50',
      TOTAL_SHIP_CHARGE_AMT_VAT_INCL: '0.00',
      TOTAL_ACTIVITY_VALUE_AMT_VAT_INCL: '24.00',
    });
    const { buyer } = world.orders.find(({ orderId }) => orderId === tray['TRANSACTION_EVENT_ID'])!;
    expect(tray).toMatchObject({ BUYER_NAME: buyer.name, ARRIVAL_ADDRESS: buyer.address.line1 });
    const rates = new Set(october.map((row) => `${row['SELLER_SKU']} ${row['PRICE_OF_ITEMS_VAT_RATE_PERCENT']}`));
    expect([...rates].sort()).toEqual([
      'CAR-SEAT 0.05',
      'OAK-TRAY 0',
      'OAK-TRAY 0.2',
      'PIC-BOOK 0',
      'SOAP-BAR 0.19',
      'SOAP-BAR 0.2',
      'TEA-POT 0.19',
      'TEA-POT 0.2',
    ]);
    const german = october.find((row) => row['TAX_COLLECTION_RESPONSIBILITY'] === 'MARKETPLACE')!;
    expect(german).toMatchObject({
      TAX_REPORTING_SCHEME: 'DEEMED_RESELLER',
      TAXABLE_JURISDICTION: 'GERMANY',
      DEPARTURE_COUNTRY: 'DE',
    });
  });

  test('tells prices alone where Amazon calculates no tax of the seller’s', async () => {
    started = await startAt('2026-11-03T00:00:00Z', { world: ukMonth({ vcs: false }) });
    const october = await rows(OCTOBER);
    const own = october.filter((row) => row['TAX_COLLECTION_RESPONSIBILITY'] === 'SELLER');
    expect(own).toHaveLength(24);
    for (const row of own)
      expect(row).toMatchObject({
        TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL: '',
        TOTAL_ACTIVITY_VALUE_VAT_AMT: '',
        PRICE_OF_ITEMS_VAT_RATE_PERCENT: '',
        TAX_REPORTING_SCHEME: '',
      });
    expect(sum(own, 'TOTAL_ACTIVITY_VALUE_AMT_VAT_INCL')).toBe('502.82');
  });
});
