/**
 * Amazon's VAT Transactions Report (`GET_VAT_TRANSACTION_DATA`; amazon.md §5.10), from the bytes of its file: parted by tabs as
 * the report comes by the API, or by commas as Seller Central gives it. Two layouts are known: one names the country of tax by
 * its code and the one from which a sale left, the older one the jurisdiction by its name and the country of departure alone.
 * Names, addresses and numbers of buyers are never read; of a buyer's number only whether there is one.
 */
import { storableText } from '../../domain/delimited/storable-text.ts';
import type { Day } from '../../domain/money/instant.ts';
import { parseMinor } from '../../domain/money/money.ts';
import type { AmazonVatRow, VatEvent } from '../../domain/tax/vat-facts.ts';
import { countryCode } from './country-code.ts';
import { separatedRows } from './separated-rows.ts';

export interface VatReportWish {
  /** `2026-10` */
  month: string;
  /** Of the connection's marketplaces. */
  currencies: readonly string[];
}

/** Of another layout, month or currency, or damaged: nothing of it is used. */
export class VatReportError extends Error {
  /** 1 is the header. */
  readonly line: number;
  readonly column: string | null;
  /** What stands there. */
  readonly text: string | null;

  constructor(what: string, place: { line: number; column?: string; text?: string }) {
    super(what);
    this.name = 'VatReportError';
    this.line = place.line;
    this.column = place.column ?? null;
    this.text = place.text?.slice(0, 100) ?? null;
  }
}

/** What is read, by the column of each layout, the first that the header has. */
const COLUMNS = {
  type: ['TRANSACTION_TYPE'],
  orderId: ['TRANSACTION_EVENT_ID'],
  completed: ['TRANSACTION_COMPLETE_DATE'],
  sku: ['SELLER_SKU'],
  net: ['TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL'],
  tax: ['TOTAL_ACTIVITY_VALUE_VAT_AMT'],
  rate: ['PRICE_OF_ITEMS_VAT_RATE_PERCENT'],
  currency: ['TRANSACTION_CURRENCY_CODE'],
  jurisdiction: ['TAXABLE_JURISDICTION', 'VAT_CALCULATION_IMPUTATION_COUNTRY'],
  departure: ['SALE_DEPART_COUNTRY', 'DEPARTURE_COUNTRY'],
  exported: ['EXPORT_OUTSIDE_EU'],
  buyerNumber: ['BUYER_VAT_NUMBER'],
  collector: ['TAX_COLLECTION_RESPONSIBILITY'],
  period: ['ACTIVITY_PERIOD'],
} as const;
type Field = keyof typeof COLUMNS;
const FIELDS = Object.keys(COLUMNS) as Field[];

/** Money between buyer and seller; transfers between centres, goods that come in and the like carry no tax of a sale. */
const EVENTS: Readonly<Record<string, VatEvent>> = { SALE: 'sale', REFUND: 'refund' };
const COLLECTORS: Readonly<Record<string, AmazonVatRow['collector']>> = { SELLER: 'seller', MARKETPLACE: 'amazon' };

/** Sales and refunds in the order of the file. @throws VatReportError */
export function readVatReport(bytes: Uint8Array, wish: VatReportWish): AmazonVatRow[] {
  const text = storableText(new TextDecoder('utf-8').decode(bytes));
  const firstLine = text.slice(0, text.indexOf('\n') + 1 || text.length);
  let columns: Columns | null = null;
  const rows: AmazonVatRow[] = [];
  for (const { line, cells } of separatedRows(text, firstLine.includes('\t') ? '\t' : ',')) {
    if (cells === null) throw new VatReportError('a quote is not closed', { line });
    if (columns === null) {
      columns = columnsOf(cells);
      continue;
    }
    if (cells.length !== columns.width)
      throw new VatReportError(`it has ${cells.length} of ${columns.width} columns: the file is cut off or damaged`, {
        line,
      });
    const row = rowOf(new Cells(columns, cells, line), wish);
    if (row !== null) rows.push(row);
  }
  if (columns === null) throw new VatReportError('it is empty', { line: 1 });
  return rows;
}

interface Columns {
  width: number;
  /** Those of the header that a field is read from, in the order of {@link COLUMNS}. */
  at: Record<Field, { name: string; index: number }[]>;
}

function columnsOf(header: readonly string[]): Columns {
  const names = header.map((name) => name.trim().toUpperCase());
  const found = (field: Field) =>
    COLUMNS[field].flatMap((name) => (names.includes(name) ? [{ name, index: names.indexOf(name) }] : []));
  const at = Object.fromEntries(FIELDS.map((field) => [field, found(field)])) as Columns['at'];
  // The month is told by the day of completion as well.
  const missing = FIELDS.filter((field) => field !== 'period' && at[field].length === 0).map((field) =>
    COLUMNS[field].join(' or '),
  );
  if (missing.length > 0)
    throw new VatReportError(`it is of another layout: it has no ${missing.join(', ')}`, { line: 1 });
  return { width: header.length, at };
}

/** The cells of a row by field, and errors that name where they stand. */
class Cells {
  readonly #columns: Columns;
  readonly #cells: readonly string[];
  readonly #line: number;

  constructor(columns: Columns, cells: readonly string[], line: number) {
    this.#columns = columns;
    this.#cells = cells;
    this.#line = line;
  }

  /** The first column of a field that is filled; empty where none is. */
  of(field: Field): string {
    return this.#columns.at[field].map(({ index }) => this.#cells[index]!.trim()).find((text) => text !== '') ?? '';
  }

  /** @param what of the column, as the rest of a sentence */
  refuse(field: Field, what: string): VatReportError {
    const text = this.of(field);
    const { name } =
      this.#columns.at[field].find(({ index }) => this.#cells[index]!.trim() === text) ?? this.#columns.at[field][0]!;
    return new VatReportError(`${name} ${what}`, { line: this.#line, column: name, text });
  }

  /** @throws VatReportError where it is none of the table's */
  oneOf<T>(field: Field, table: Readonly<Record<string, T>>): T {
    const value = table[this.of(field).toUpperCase()];
    if (value === undefined) throw this.refuse(field, `is none of ${Object.keys(table).join(', ')}`);
    return value;
  }
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** `2026-OCT`; other spellings of the same month count as it. */
function isOfMonth(period: string, month: string): boolean {
  const [, year, name] = /^(\d{4})-([A-Z]{3})[A-Z]*$/.exec(period.toUpperCase()) ?? [];
  const told = year === undefined ? period : `${year}-${String(MONTHS.indexOf(name!) + 1).padStart(2, '0')}`;
  return told === month;
}

/** Null for what is no sale and no refund. */
function rowOf(cells: Cells, { month, currencies }: VatReportWish): AmazonVatRow | null {
  const event = EVENTS[cells.of('type').toUpperCase()];
  if (event === undefined) return null;
  const completed = dayOf(cells);
  if (completed.slice(0, 7) !== month) throw cells.refuse('completed', `is of another month than ${month}`);
  const period = cells.of('period');
  if (period !== '' && !isOfMonth(period, month)) throw cells.refuse('period', `is of another month than ${month}`);
  const currency = cells.of('currency').toUpperCase();
  if (!currencies.includes(currency))
    throw cells.refuse('currency', `is of another currency than the connection's ${currencies.join(', ')}`);
  const orderId = cells.of('orderId');
  if (orderId === '') throw cells.refuse('orderId', 'names no order');
  const collector = cells.oneOf('collector', COLLECTORS);
  return {
    orderId,
    event,
    sku: cells.of('sku'),
    completed,
    collector,
    jurisdiction: countryOf(cells, 'jurisdiction'),
    rate: rateOf(cells),
    net: amountOf(cells, 'net', currency, { mayBeEmpty: collector === 'amazon' }),
    tax: amountOf(cells, 'tax', currency, { mayBeEmpty: true }),
    currency,
    departure: countryOf(cells, 'departure'),
    exported: cells.of('exported').toUpperCase() === 'YES',
    business: cells.of('buyerNumber') !== '',
  };
}

/** `31-10-2026` or `2026-10-31`, the time behind it or not. */
function dayOf(cells: Cells): Day {
  const [text] = cells.of('completed').split(/[T ]/, 1);
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text!) ?? [];
  if (year !== undefined) return `${year}-${month}-${day}`;
  const [, day2, month2, year2] = /^(\d\d)-(\d\d)-(\d{4})$/.exec(text!) ?? [];
  if (day2 === undefined) throw cells.refuse('completed', 'is no day like 31-10-2026 or 2026-10-31');
  return `${year2}-${month2}-${day2}`;
}

function amountOf(
  cells: Cells,
  field: 'net' | 'tax',
  currency: string,
  { mayBeEmpty }: { mayBeEmpty: boolean },
): bigint {
  const text = cells.of(field);
  if (text === '' && mayBeEmpty) return 0n;
  if (text === '') throw cells.refuse(field, 'is empty: Amazon calculated no VAT for this sale');
  const amount = parseMinor(text, currency);
  if (amount === null) throw cells.refuse(field, `is no amount of ${currency}`);
  return amount;
}

/** Amazon calls it a percentage and writes a fraction (`0.2`): no rate is below 1 %. In hundredths of a percent. */
function rateOf(cells: Cells): bigint | null {
  const text = cells.of('rate');
  if (text === '') return null;
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > 4) throw cells.refuse('rate', 'is no rate like 0.2 or 20');
  const tenThousandths = BigInt(whole + fraction.padEnd(4, '0'));
  return tenThousandths < 10_000n ? tenThousandths : tenThousandths / 100n;
}

function countryOf(cells: Cells, field: 'jurisdiction' | 'departure'): string | null {
  const text = cells.of(field);
  if (text === '') return null;
  const code = countryCode(text);
  if (code === null) throw cells.refuse(field, 'is no country');
  return code;
}
