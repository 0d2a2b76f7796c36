/**
 * A second reader of reports, sharing no code with the product: the whole file as text, split at tabs, no care for anything
 * but what the cells say. It is asked only about files that the product has accepted, so it may be lenient.
 */
import { gunzipSync } from 'node:zlib';
import { folded, meaningOf } from './amount-kinds.ts';
import type { Role } from '../../src/domain/mapping/roles.ts';

export interface PlainRow {
  type: string;
  group: string;
  description: string;
  /** Undefined: the generator's kinds do not have this key. */
  role: Role | null | undefined;
  minor: bigint;
  orderId: string;
  shipmentId: string;
  marketplace: string;
  merchant: boolean;
  /** Epoch seconds. */
  at: number;
}
export interface PlainReport {
  id: string;
  currency: string;
  total: bigint;
  start: number;
  end: number;
  rows: PlainRow[];
}

const V1_TYPED: readonly (readonly [amount: string, type: string, group: string])[] = [
  ['price-amount', 'price-type', 'ItemPrice'],
  ['item-related-fee-amount', 'item-related-fee-type', 'ItemFees'],
  ['promotion-amount', 'promotion-type', 'Promotion'],
  ['shipment-fee-amount', 'shipment-fee-type', 'ShipmentFees'],
  ['order-fee-amount', 'order-fee-type', 'OrderFees'],
  ['direct-payment-amount', 'direct-payment-type', 'DirectPayment'],
];

/** @throws Error when the bytes are no report that a plain reader can read. */
export function plainReport(bytes: Uint8Array): PlainReport {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? new Uint8Array(gunzipSync(bytes)) : bytes;
  const lines = linesOf(plain)
    .map((line) => line.split('\t'))
    .filter((cells) => cells.some((cell) => cell.replaceAll(' ', '') !== ''));
  const names = lines[0]!.map((name) => trimmed(name).toLowerCase());
  const cell = (cells: readonly string[], name: string) =>
    names.includes(name) ? trimmed(cells[names.indexOf(name)] ?? '') : '';
  const summary = lines[1]!;
  const currency = cell(summary, 'currency');
  const amounts = lines
    .slice(1)
    .flatMap((cells) => names.filter((name) => /(^|-)amount$/.test(name)).map((name) => cell(cells, name)));
  const minor = amountReader(currency === 'JPY' ? 0 : 2, amounts);
  const rows = lines.slice(2).flatMap((cells) =>
    keysOf(cells, names, cell).map(({ type, group, description, column }): PlainRow => ({
      type,
      group,
      description,
      role: meaningOf(type, group, description),
      minor: minor(cell(cells, column)),
      orderId: cell(cells, 'order-id'),
      shipmentId: cell(cells, 'shipment-id'),
      marketplace: cell(cells, 'marketplace-name'),
      merchant: cell(cells, 'fulfillment-id').toUpperCase() === 'MFN',
      at: seconds(cell(cells, 'posted-date-time') || cell(cells, 'posted-date')),
    })),
  );
  return {
    id: cell(summary, 'settlement-id'),
    currency,
    total: minor(cell(summary, 'total-amount')),
    start: seconds(cell(summary, 'settlement-start-date')),
    end: seconds(cell(summary, 'settlement-end-date')),
    rows,
  };
}

/** Characters as the mark says; breaks are CR where the first one is a CR alone, else LF with or without CR. */
function linesOf(bytes: Uint8Array): string[] {
  const text = new TextDecoder(
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8',
  )
    .decode(bytes)
    .replace(/^\ufeff/, '');
  return /^[^\r\n]*\r(?!\n)/.test(text)
    ? text.split(/\r\n|\r|\n/)
    : text.split('\n').map((line) => line.replace(/\r$/, ''));
}

function keysOf(
  cells: readonly string[],
  names: readonly string[],
  cell: (cells: readonly string[], name: string) => string,
) {
  const type = cell(cells, 'transaction-type');
  const has = (name: string) => cell(cells, name) !== '';
  if (names.includes('amount'))
    return [
      { type, group: cell(cells, 'amount-type'), description: cell(cells, 'amount-description'), column: 'amount' },
    ];
  const keys: { type: string; group: string; description: string; column: string }[] = [];
  const advertising = folded(cell(cells, 'item-related-fee-type')) === 'costofadvertising';
  for (const [column, typeColumn, group] of V1_TYPED) {
    if (!has(column)) continue;
    if (column === 'item-related-fee-amount' && advertising)
      keys.push({ type: 'ServiceFee', group: 'Cost of Advertising', description: 'TransactionTotalAmount', column });
    else keys.push({ type, group, description: cell(cells, typeColumn), column });
  }
  if (has('other-fee-amount')) {
    const reason = cell(cells, 'other-fee-reason-description');
    const tax = advertising && folded(type) === 'servicefee' && folded(reason) === 'taxamount';
    keys.push(
      tax
        ? { type: 'ServiceFee', group: 'Cost of Advertising', description: 'TaxAmount', column: 'other-fee-amount' }
        : { type, group: 'other-transaction', description: reason === '' ? type : reason, column: 'other-fee-amount' },
    );
  }
  if (has('misc-fee-amount'))
    keys.push({ type, group: 'other-transaction', description: type, column: 'misc-fee-amount' });
  if (has('other-amount')) {
    const back = [
      'warehouse',
      'reversalreimbursement',
      'missingfrominbound',
      'compensatedclawback',
      'freereplacementrefunditems',
      'cserror',
      'incorrectfees',
      'reevaluation',
    ].some((begin) => folded(type).startsWith(begin));
    const description = folded(type) === 'inboundtransportationfee' ? 'FBAInboundTransportationFee' : type;
    keys.push({
      type: 'other-transaction',
      group: back ? 'FBA Inventory Reimbursement' : 'other-transaction',
      description,
      column: 'other-amount',
    });
  }
  return keys;
}

/** The last `,` or `.` of the first amount that has one is the decimal mark of the file; without decimals, one before three digits is none. */
function amountReader(decimals: number, amounts: readonly string[]): (text: string) => bigint {
  const marks = amounts
    .map((text) => /([.,])([^.,]*)$/.exec(text))
    .filter((found) => found !== null && (decimals > 0 || found[2]!.length !== 3));
  const mark = marks[0]?.[1] ?? 'none';
  return (text) => {
    const [whole = '', fraction = ''] = text.split(mark);
    const digits = `${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`.replace(/[^0-9]/g, '');
    return text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
  };
}

function seconds(text: string): number {
  const dotted = text.replace(/^(\d\d)\.(\d\d)\.(\d{4})/, '$3-$2-$1').replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3');
  const iso = dotted.replace(/ ?(UTC|GMT)$/, 'Z').replace(/^(\S{10}) /, '$1T');
  const zoned = iso.length > 10 && !/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? `${iso}Z` : iso;
  const ms = Date.parse(zoned.replace(/ (?=[Z+-])/, ''));
  if (Number.isNaN(ms)) throw new Error(`no date: ${text}`);
  return Math.floor(ms / 1000);
}

function trimmed(text: string): string {
  return text.replace(/^ +| +$/g, '');
}
