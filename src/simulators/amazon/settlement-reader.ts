import { gunzipSync } from 'node:zlib';
import { decimalOf, digitsOf, minorOf } from './decimal.ts';
import { instantOf } from './instants.ts';

/**
 * The simulator's own plain reader of settlement reports: it splits lines and goes by the header's names. It exists so
 * that what the simulator tells of a report does not come from the product's parser.
 */
export interface ReadSettlement {
  variant: 'V1' | 'V2';
  /** The report unpacked, byte for byte; `packed` says whether it was given as gzip. */
  bytes: Uint8Array;
  packed: boolean;
  settlementId: string;
  start: string;
  end: string;
  depositDate: string;
  currency: string;
  total: string;
  rows: ReadRow[];
}

/** A row after the summary row; a V2 row has one amount, a V1 row as many as columns are filled. */
export interface ReadRow {
  transactionType: string;
  orderId: string;
  adjustmentId: string;
  shipmentId: string;
  marketplaceName: string;
  fulfillmentId: string;
  postedAt: string;
  orderItemCode: string;
  adjustmentItemId: string;
  sku: string;
  quantity: number | null;
  amounts: { group: string; description: string; amount: string }[];
}

/** V1: amount column, the column or word that describes it, and the group that V2 calls it by. */
const V1_AMOUNTS: readonly [amount: string, type: string | null, group: string][] = [
  ['price-amount', 'price-type', 'ItemPrice'],
  ['item-related-fee-amount', 'item-related-fee-type', 'ItemFees'],
  ['promotion-amount', 'promotion-type', 'Promotion'],
  ['shipment-fee-amount', 'shipment-fee-type', 'ShipmentFees'],
  ['order-fee-amount', 'order-fee-type', 'OrderFees'],
  ['direct-payment-amount', 'direct-payment-type', 'DirectPayment'],
  ['other-fee-amount', 'other-fee-reason-description', 'other-transaction'],
  ['misc-fee-amount', null, 'other-transaction'],
  ['other-amount', null, 'other-transaction'],
];

type Cell = (column: string) => string;

/** Throws with the file's name when the bytes are not a settlement report. */
export function readSettlement(name: string, given: Uint8Array): ReadSettlement {
  const packed = given[0] === 0x1f && given[1] === 0x8b;
  const bytes = packed ? new Uint8Array(gunzipSync(given)) : given;
  const [first = '', ...lines] = textOf(bytes)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  const columns = new Map(first.split('\t').map((column, index) => [column.trim(), index]));
  if (columns.get('settlement-id') !== 0 || !columns.has('total-amount'))
    throw new Error(`${name} is not a settlement report`);
  const cellsOf = (line: string): Cell => {
    const cells = line.split('\t');
    return (column) => (cells[columns.get(column) ?? -1] ?? '').trim();
  };
  const summary = cellsOf(lines[0] ?? '');
  const currency = summary('currency');
  const decimal = decimalReader(summary('total-amount'), currency);
  const variant = columns.has('amount-type') ? 'V2' : 'V1';
  return {
    variant,
    bytes,
    packed,
    currency,
    settlementId: summary('settlement-id'),
    total: decimal(summary('total-amount')),
    start: instantIn(summary('settlement-start-date')),
    end: instantIn(summary('settlement-end-date')),
    depositDate: instantIn(summary('deposit-date')),
    rows: withSkus(lines.slice(1).map((line) => readRow(cellsOf(line), variant, decimal))),
  };
}

/** A byte order mark says what the bytes are (Unicode Standard, 23.8): UTF-16 either way round, else UTF-8. */
function textOf(bytes: Uint8Array): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  return new TextDecoder(mark === '255 254' ? 'utf-16le' : mark === '254 255' ? 'utf-16be' : 'utf-8').decode(bytes);
}

function readRow(cell: Cell, variant: 'V1' | 'V2', decimal: (text: string) => string): ReadRow {
  return {
    transactionType: cell('transaction-type'),
    orderId: cell('order-id'),
    adjustmentId: cell('adjustment-id'),
    shipmentId: cell('shipment-id'),
    marketplaceName: cell('marketplace-name'),
    fulfillmentId: cell('fulfillment-id'),
    postedAt: instantIn(cell('posted-date-time') || cell('posted-date')),
    orderItemCode: cell('order-item-code'),
    adjustmentItemId: cell('merchant-adjustment-item-id'),
    sku: cell('sku'),
    quantity: cell('quantity-purchased') === '' ? null : Number.parseInt(cell('quantity-purchased'), 10),
    amounts:
      variant === 'V2'
        ? [{ group: cell('amount-type'), description: cell('amount-description'), amount: decimal(cell('amount')) }]
        : V1_AMOUNTS.filter(([column]) => cell(column) !== '').map(([column, type, group]) => ({
            group,
            description: (type && cell(type)) || cell('transaction-type'),
            amount: decimal(cell(column)),
          })),
  };
}

/** Some files name the SKU only on the first row of an order item. */
function withSkus(rows: ReadRow[]): ReadRow[] {
  const skus = new Map(
    rows.filter((row) => row.sku !== '').map((row) => [`${row.orderId} ${row.orderItemCode}`, row.sku]),
  );
  return rows.map((row) =>
    row.sku === '' && row.orderItemCode !== ''
      ? { ...row, sku: skus.get(`${row.orderId} ${row.orderItemCode}`) ?? '' }
      : row,
  );
}

/** The last comma or point of the total is the decimal mark of the file; a total with neither leaves it to each amount. */
function decimalReader(total: string, currency: string): (text: string) => string {
  const digits = digitsOf(currency);
  const markOf = (text: string): string => (text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.');
  const mark = /[.,]/.test(total) ? markOf(total) : null;
  return (text) => {
    const point = mark ?? markOf(text);
    const plain = text
      .replaceAll(' ', '')
      .replaceAll(point === ',' ? '.' : ',', '')
      .replace(point, '.');
    return decimalOf(minorOf(plain, digits), digits);
  };
}

/** Amazon's four ways to write a moment: `2026-10-01T07:00:00+00:00`, and ` UTC` after `2026-10-01`, `01.10.2026` or `2026/10/01` with a time. */
function instantIn(text: string): string {
  const plain = text.replace(/ UTC$/, '').trim();
  const dotted = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})$/.exec(plain);
  const other = /^(\d{4})[-/](\d{2})[-/](\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(plain);
  const iso = dotted
    ? `${dotted[3]}-${dotted[2]}-${dotted[1]}T${dotted[4]}Z`
    : other
      ? `${other[1]}-${other[2]}-${other[3]}T${other[4]}Z`
      : plain;
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(iso) ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(ms)) throw new Error(`"${text}" is not a date and time that a settlement report writes`);
  return instantOf(ms);
}
