/** The report GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL: tab-separated, columns by name. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { parseMinor } from '../../domain/money/money.ts';
import type { MonthOrderRow } from '../../domain/period/month-orders.ts';
import { DriftNotes, readInstant } from './read-payload.ts';
import { REPORT_NAMES } from './report-names.ts';
import type { RefusedRow } from './report-rows.ts';
import { filled, RefusedCell, reportRows, wholeNumber } from './report-table.ts';

/** What is read. No place, tax number or purchase order of a buyer is ever taken out of its line. */
const READ = [
  'amazon-order-id',
  'purchase-date',
  'order-status',
  'fulfillment-channel',
  'sales-channel',
  'item-status',
  'quantity',
  'currency',
  'item-price',
] as const;

const CHANNELS: Readonly<Record<string, MonthOrderRow['fulfilledBy']>> = {
  amazon: 'AMAZON',
  afn: 'AMAZON',
  merchant: 'MERCHANT',
  mfn: 'MERCHANT',
};

export interface ReadAllOrders {
  rows: MonthOrderRow[];
  refused: RefusedRow[];
  /** Of the report's text, in hex. */
  sha256: string;
}

/**
 * All rows; those that cannot be read stand aside. Files have from 35 to 91 columns (amazon.md §5.6): what is not read here is
 * of no use, so unknown ones are no drift. @throws AmazonFailure where the file cannot be read as a whole
 */
export async function readAllOrders(report: Readable): Promise<ReadAllOrders> {
  const hash = createHash('sha256');
  async function* hashed() {
    for await (const bytes of report as AsyncIterable<Uint8Array>) {
      hash.update(bytes);
      yield bytes;
    }
  }
  const columns = {
    where: REPORT_NAMES.GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL,
    read: READ,
    ignored: [],
  };
  const read: Omit<ReadAllOrders, 'sha256'> = { rows: [], refused: [] };
  for await (const { rows, refused } of reportRows(Readable.from(hashed()), columns, new DriftNotes(), rowOf)) {
    read.rows.push(...rows);
    read.refused.push(...refused);
  }
  return { ...read, sha256: hash.digest('hex') };
}

function rowOf(cell: (column: number) => string): MonthOrderRow {
  const text = (column: number) => cell(column).trim();
  const purchasedAt = readInstant(text(1));
  if (purchasedAt === null) throw new RefusedCell(READ[1], text(1), 'is not an instant like 2026-10-08T07:00:00+00:00');
  const fulfilledBy = CHANNELS[text(3).toLowerCase()];
  if (fulfilledBy === undefined) throw new RefusedCell(READ[3], text(3), 'is neither Amazon nor Merchant');
  const currency = text(7) || null;
  return {
    orderId: filled(READ[0], text(0)),
    purchasedAt,
    status: filled(READ[2], text(2)),
    fulfilledBy,
    salesChannel: text(4),
    itemStatus: text(5),
    units: wholeNumber(READ[6], text(6) || '0'),
    currency,
    itemPrice: priceOf(text(8), currency),
  };
}

function priceOf(text: string, currency: string | null): bigint | null {
  if (text === '') return null;
  const minor = currency === null ? null : parseMinor(text.replace(/^(-?\d+),(\d{1,2})$/, '$1.$2'), currency);
  if (minor === null) throw new RefusedCell(READ[8], text, `is not an amount in "${currency ?? ''}"`);
  return minor;
}
