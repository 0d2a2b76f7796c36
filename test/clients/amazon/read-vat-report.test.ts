/** Amazon's VAT Transactions Report from its bytes, in both layouts; what is not it is refused by line and column. */
import { describe, expect, test } from '@jest/globals';
import { readVatReport, VatReportError } from '../../../src/clients/amazon/read-vat-report.ts';

const WISH = { month: '2026-10', currencies: ['EUR', 'GBP'] };
/** As Seller Central gives it: the code of the country of tax, and the country that a sale left. */
const ROW = {
  UNIQUE_ACCOUNT_IDENTIFIER: 'A2B3C4',
  ACTIVITY_PERIOD: '2026-OCT',
  MARKETPLACE: 'Amazon.co.uk',
  TRANSACTION_TYPE: 'SALE',
  TRANSACTION_EVENT_ID: '202-1000001-0000001',
  ACTIVITY_TRANSACTION_ID: 'GBa',
  TRANSACTION_COMPLETE_DATE: '28-10-2026',
  SELLER_SKU: 'POT',
  ITEM_DESCRIPTION: 'Pot, "large"\nblue',
  TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL: '100.00',
  PRICE_OF_ITEMS_VAT_RATE_PERCENT: '0.2',
  TOTAL_ACTIVITY_VALUE_VAT_AMT: '20.0',
  TRANSACTION_CURRENCY_CODE: 'GBP',
  DEPARTURE_COUNTRY: 'GB',
  SALE_DEPART_COUNTRY: 'GB',
  BUYER_VAT_NUMBER: '',
  VAT_CALCULATION_IMPUTATION_COUNTRY: 'GB',
  TAXABLE_JURISDICTION: 'UNITED KINGDOM',
  EXPORT_OUTSIDE_EU: 'NO',
  BUYER_NAME: 'Zoë Somebody',
  ARRIVAL_ADDRESS: '1 Street',
  TAX_COLLECTION_RESPONSIBILITY: 'SELLER',
};
type Row = Partial<Record<keyof typeof ROW, string>>;

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
function report(
  rows: Row[],
  { without = [], separator = ',' }: { without?: string[]; separator?: ',' | '\t' } = {},
): Uint8Array {
  const names = Object.keys(ROW).filter((name) => !without.includes(name)) as (keyof typeof ROW)[];
  const line = (cells: string[]) =>
    cells.map((text) => (separator === ',' ? quoted(text) : text.replaceAll('\n', ' '))).join(separator);
  const lines = [names, ...rows.map((row) => names.map((name) => ({ ...ROW, ...row })[name]))].map(line);
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`);
}
const read = (...given: Parameters<typeof report>) => readVatReport(report(...given), WISH);

const READ = {
  orderId: '202-1000001-0000001',
  event: 'sale',
  sku: 'POT',
  completed: '2026-10-28',
  collector: 'seller',
  jurisdiction: 'GB',
  rate: 2000n,
  net: 10_000n,
  tax: 2_000n,
  currency: 'GBP',
  departure: 'GB',
  exported: false,
  business: false,
};

describe('a VAT Transactions Report', () => {
  test('parted by commas, with the code of the country', () => {
    expect(read([{}])).toEqual([READ]);
  });

  test('parted by tabs, in the layout that names the jurisdiction and the country of departure alone', () => {
    const older = { separator: '\t', without: ['VAT_CALCULATION_IMPUTATION_COUNTRY', 'SALE_DEPART_COUNTRY'] } as const;
    expect(read([{ ITEM_DESCRIPTION: '12" pot' }], { ...older, without: [...older.without] })).toEqual([READ]);
  });

  test('tells refunds, exports, businesses, foreign stock and what Amazon owes; other transactions are left out', () => {
    const rows = read([
      { TRANSACTION_TYPE: 'FC_TRANSFER', TRANSACTION_CURRENCY_CODE: '', TRANSACTION_COMPLETE_DATE: '' },
      {
        TRANSACTION_TYPE: 'REFUND',
        TRANSACTION_COMPLETE_DATE: '2026-10-31 11:00:00 UTC',
        TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL: '-25',
        TOTAL_ACTIVITY_VALUE_VAT_AMT: '-5.00',
        PRICE_OF_ITEMS_VAT_RATE_PERCENT: '20',
      },
      { EXPORT_OUTSIDE_EU: 'YES', BUYER_VAT_NUMBER: 'GB123', PRICE_OF_ITEMS_VAT_RATE_PERCENT: '0.055' },
      {
        TAX_COLLECTION_RESPONSIBILITY: 'MARKETPLACE',
        TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL: '',
        TOTAL_ACTIVITY_VALUE_VAT_AMT: '',
        PRICE_OF_ITEMS_VAT_RATE_PERCENT: '',
        VAT_CALCULATION_IMPUTATION_COUNTRY: '',
        TAXABLE_JURISDICTION: 'Germany',
        SALE_DEPART_COUNTRY: 'DE',
        TRANSACTION_CURRENCY_CODE: 'EUR',
      },
    ]);
    expect(rows).toEqual([
      { ...READ, event: 'refund', completed: '2026-10-31', net: -2_500n, tax: -500n },
      { ...READ, exported: true, business: true, rate: 550n },
      {
        ...READ,
        collector: 'amazon',
        rate: null,
        net: 0n,
        tax: 0n,
        jurisdiction: 'DE',
        departure: 'DE',
        currency: 'EUR',
      },
    ]);
  });

  test('has the tax where it is due, whatever country it was imputed to', () => {
    const [row] = read([{ TAXABLE_JURISDICTION: 'GERMANY', VAT_CALCULATION_IMPUTATION_COUNTRY: 'GB' }]);
    expect(row!.jurisdiction).toBe('DE');
    const [imputed] = read([{ TAXABLE_JURISDICTION: '', VAT_CALCULATION_IMPUTATION_COUNTRY: 'GB' }]);
    expect(imputed!.jurisdiction).toBe('GB');
  });

  test('holds nothing of the buyer', () => {
    const text = JSON.stringify(read([{ BUYER_VAT_NUMBER: 'GB999888777' }]), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(text).not.toMatch(/Somebody|Street|999888777/);
  });
});

describe('a file is refused', () => {
  const refusal = (bytes: Uint8Array): VatReportError => {
    try {
      readVatReport(bytes, WISH);
    } catch (error) {
      return error as VatReportError;
    }
    throw new Error('it was read');
  };

  test.each<[string, Uint8Array, Partial<VatReportError>]>([
    [
      'of another layout',
      report([{}], {
        without: ['TAX_COLLECTION_RESPONSIBILITY', 'TAXABLE_JURISDICTION', 'VAT_CALCULATION_IMPUTATION_COUNTRY'],
      }),
      {
        message:
          'it is of another layout: it has no TAXABLE_JURISDICTION or VAT_CALCULATION_IMPUTATION_COUNTRY, TAX_COLLECTION_RESPONSIBILITY',
        line: 1,
        column: null,
      },
    ],
    [
      'of another month',
      report([{}, { TRANSACTION_COMPLETE_DATE: '01-11-2026' }]),
      {
        message: 'TRANSACTION_COMPLETE_DATE is of another month than 2026-10',
        line: 4,
        column: 'TRANSACTION_COMPLETE_DATE',
        text: '01-11-2026',
      },
    ],
    [
      'of another period, whatever its rows were completed',
      report([{ ACTIVITY_PERIOD: '2026-SEP' }]),
      { message: 'ACTIVITY_PERIOD is of another month than 2026-10', column: 'ACTIVITY_PERIOD', text: '2026-SEP' },
    ],
    [
      'of another currency',
      report([{ TRANSACTION_CURRENCY_CODE: 'SEK' }]),
      { line: 2, column: 'TRANSACTION_CURRENCY_CODE', text: 'SEK' },
    ],
    [
      'with a day of which nobody knows the month',
      report([{ TRANSACTION_COMPLETE_DATE: '10/11/2026' }]),
      { column: 'TRANSACTION_COMPLETE_DATE' },
    ],
    [
      'with an amount that a spreadsheet wrote',
      report([{ TOTAL_ACTIVITY_VALUE_VAT_AMT: '1.204,7' }]),
      {
        message: 'TOTAL_ACTIVITY_VALUE_VAT_AMT is no amount of GBP',
        column: 'TOTAL_ACTIVITY_VALUE_VAT_AMT',
        text: '1.204,7',
      },
    ],
    [
      'for which Amazon calculated no VAT',
      report([{ TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL: '', TOTAL_ACTIVITY_VALUE_VAT_AMT: '' }]),
      {
        message: 'TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL is empty: Amazon calculated no VAT for this sale',
        column: 'TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL',
      },
    ],
    [
      'with a party that nobody knows',
      report([{ TAX_COLLECTION_RESPONSIBILITY: 'BUYER' }]),
      { message: 'TAX_COLLECTION_RESPONSIBILITY is none of SELLER, MARKETPLACE' },
    ],
    [
      'with a country that is none',
      report([{ SALE_DEPART_COUNTRY: 'Atlantis' }]),
      { message: 'SALE_DEPART_COUNTRY is no country', column: 'SALE_DEPART_COUNTRY' },
    ],
    [
      'with a rate that is none',
      report([{ PRICE_OF_ITEMS_VAT_RATE_PERCENT: '20 %' }]),
      { column: 'PRICE_OF_ITEMS_VAT_RATE_PERCENT' },
    ],
    ['that is cut off', report([{}]).slice(0, -40), { message: 'a quote is not closed', line: 2 }],
    [
      'with a row that lacks columns',
      new TextEncoder().encode(`${Object.keys(ROW).join('\t')}\nA2B3C4\tSALE\n`),
      { line: 2, message: 'it has 2 of 22 columns: the file is cut off or damaged' },
    ],
    ['that is empty', new Uint8Array(), { line: 1, message: 'it is empty' }],
  ])('%s', (_, bytes, said) => {
    const error = refusal(bytes);
    expect(error).toBeInstanceOf(VatReportError);
    expect(error).toMatchObject(said);
  });
});
