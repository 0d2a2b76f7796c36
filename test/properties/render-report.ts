/** Writes a settlement's facts as a report, in each variant and format in which Amazon writes one. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { totalOf, type FactRow, type SettlementFacts } from './settlement-facts.ts';

export interface ReportForm {
  /** Columns: V2 has 24, or 23 without `promotion-id`; V1 36, or 33 without its three columns of promotions. */
  columns: 24 | 23 | 36 | 33;
  dates: 'zone' | 'offset' | 'slash' | 'dotted' | 'american' | 'far' | 'fraction';
  mark: '.' | ',';
  /** Separators of thousands. */
  thousands: boolean;
  lineBreak: '\n' | '\r\n';
  byteOrderMark: boolean;
  /** Blank lines here and there and at the end. */
  blankLines: boolean;
  lastLineBreak: boolean;
  /** Trailing empty fields left out. */
  ragged: boolean;
  /** Blanks after amounts. */
  padded: boolean;
  /** The currency in each row. */
  repeatsCurrency: boolean;
  /** V1: SKU on rows of amounts too. */
  repeatsSku: boolean;
  shouts: boolean;
  /** 0 keeps Amazon's order of columns; else it decides another. */
  order: number;
  packed: boolean;
}

export const PLAIN_FORM: ReportForm = {
  columns: 24,
  dates: 'zone',
  mark: '.',
  thousands: false,
  lineBreak: '\n',
  byteOrderMark: false,
  blankLines: false,
  lastLineBreak: true,
  ragged: false,
  padded: false,
  repeatsCurrency: false,
  repeatsSku: false,
  shouts: false,
  order: 0,
  packed: false,
};

export const reportForm: fc.Arbitrary<ReportForm> = fc.record({
  columns: fc.constantFrom(24, 24, 23, 36, 33),
  dates: fc.constantFrom('zone', 'offset', 'slash', 'dotted', 'american', 'far', 'fraction'),
  mark: fc.constantFrom('.', ','),
  thousands: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  byteOrderMark: fc.boolean(),
  blankLines: fc.boolean(),
  lastLineBreak: fc.boolean(),
  ragged: fc.boolean(),
  padded: fc.boolean(),
  repeatsCurrency: fc.boolean(),
  repeatsSku: fc.boolean(),
  shouts: fc.boolean(),
  order: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9999 })),
  packed: fc.boolean(),
});

/** The variants differ in what they can say: rows that a form has no column for are left out, and the total is of the rest. */
export function sayableIn(facts: SettlementFacts, columns: ReportForm['columns']): SettlementFacts {
  if (columns === 24 || columns === 23) return facts;
  const rows = facts.rows.filter((row) => v1Place(row) !== null && (columns === 36 || row.group !== 'Promotion'));
  return { ...facts, rows };
}

const HEAD = [
  'settlement-id',
  'settlement-start-date',
  'settlement-end-date',
  'deposit-date',
  'total-amount',
  'currency',
  'transaction-type',
  'order-id',
  'merchant-order-id',
  'adjustment-id',
  'shipment-id',
  'marketplace-name',
];
const V2 = [
  ...HEAD,
  'amount-type',
  'amount-description',
  'amount',
  'fulfillment-id',
  'posted-date',
  'posted-date-time',
  'order-item-code',
  'merchant-order-item-id',
  'merchant-adjustment-item-id',
  'sku',
  'quantity-purchased',
  'promotion-id',
];
const V1 = [
  ...HEAD,
  'shipment-fee-type',
  'shipment-fee-amount',
  'order-fee-type',
  'order-fee-amount',
  'fulfillment-id',
  'posted-date',
  'order-item-code',
  'merchant-order-item-id',
  'merchant-adjustment-item-id',
  'sku',
  'quantity-purchased',
  'price-type',
  'price-amount',
  'item-related-fee-type',
  'item-related-fee-amount',
  'misc-fee-amount',
  'other-fee-amount',
  'other-fee-reason-description',
  'promotion-id',
  'promotion-type',
  'promotion-amount',
  'direct-payment-type',
  'direct-payment-amount',
  'other-amount',
];
const COLUMNS = {
  24: V2,
  23: V2.filter((name) => name !== 'promotion-id'),
  36: V1,
  33: V1.filter((name) => !name.startsWith('promotion-')),
};

type Cells = Record<string, string>;

/** Bytes of the report; facts that the form cannot say must have been left out before ({@link sayableIn}). */
export function renderReport(facts: SettlementFacts, form: ReportForm): Uint8Array {
  const bytes = new TextEncoder().encode(renderText(facts, form));
  return form.packed ? new Uint8Array(gzipSync(bytes)) : bytes;
}

/** The report as text, before it is packed. */
export function renderText(facts: SettlementFacts, form: ReportForm): string {
  const names = shuffled(COLUMNS[form.columns], form.order);
  const date = (at: number) => dateText(at, form.dates);
  const summary: Cells = {
    'settlement-id': facts.id,
    'settlement-start-date': date(facts.start),
    'settlement-end-date': date(facts.end),
    'deposit-date': date(facts.end + 2 * 86_400),
    'total-amount': amountText(totalOf(facts), facts.currency, form),
    currency: facts.currency,
  };
  const rows =
    form.columns === 24 || form.columns === 23
      ? facts.rows.map((row) => v2Cells(row, facts, form))
      : v1Cells(facts, form);
  const header = names.map((name) => (form.shouts ? name.toUpperCase() : name)).join('\t');
  const lines = [header, ...[summary, ...rows].map((cells) => lineOf(names, cells, form))];
  const spaced = form.blankLines
    ? lines.flatMap((line, index) => (index % 5 === 1 ? [line, index % 2 === 0 ? '' : '\t\t '] : [line]))
    : lines;
  // A short last line without a line break would be one that breaks off.
  const ends = form.lastLineBreak || form.ragged ? [''] : [];
  return (
    (form.byteOrderMark ? '\ufeff' : '') +
    [...spaced, ...(form.blankLines ? ['', ''] : []), ...ends].join(form.lineBreak)
  );
}

function lineOf(names: readonly string[], cells: Cells, form: ReportForm): string {
  const line = names.map((name) => cells[name] ?? '').join('\t');
  return form.ragged ? line.replace(/\t+$/, '') : line;
}

function sharedCells(row: FactRow, facts: SettlementFacts, form: ReportForm): Cells {
  return {
    'settlement-id': facts.id,
    currency: form.repeatsCurrency ? facts.currency : '',
    'order-id': row.orderId ?? '',
    'merchant-order-id': row.orderId ?? '',
    'adjustment-id': row.adjustmentId ?? '',
    'shipment-id': row.shipmentId ?? '',
    'marketplace-name': row.marketplace ?? '',
    'fulfillment-id': row.fulfilment ?? '',
    'order-item-code': row.itemCode ?? '',
    'merchant-adjustment-item-id': row.adjustmentItemId ?? '',
    'promotion-id': row.promotionId ?? '',
  };
}

function v2Cells(row: FactRow, facts: SettlementFacts, form: ReportForm): Cells {
  const at = dateText(row.at, form.dates);
  return {
    ...sharedCells(row, facts, form),
    'transaction-type': row.type,
    'amount-type': row.group,
    'amount-description': row.description,
    amount: amountText(row.minor, facts.currency, form),
    'posted-date': form.dates === 'american' ? '10/11/26' : at.slice(0, 10),
    'posted-date-time': at,
    sku: row.sku ?? '',
    'quantity-purchased': row.quantity === null ? '' : String(row.quantity),
  };
}

const V1_PLACES: Record<string, readonly [type: string, amount: string]> = {
  ItemPrice: ['price-type', 'price-amount'],
  ItemFees: ['item-related-fee-type', 'item-related-fee-amount'],
  ItemWithheldTax: ['item-related-fee-type', 'item-related-fee-amount'],
  Promotion: ['promotion-type', 'promotion-amount'],
  ShipmentFees: ['shipment-fee-type', 'shipment-fee-amount'],
};

/** What V1 says of a row's key and where its amount stands; null when it cannot say it. */
function v1Place(row: FactRow): { cells: Cells; amount: string } | null {
  if (row.group === 'Cost of Advertising') {
    const tax = row.description === 'TaxAmount';
    return {
      cells: {
        'transaction-type': 'ServiceFee',
        'item-related-fee-type': 'Cost of Advertising',
        'other-fee-reason-description': tax ? 'TaxAmount' : '',
      },
      amount: tax ? 'other-fee-amount' : 'item-related-fee-amount',
    };
  }
  const typed = V1_PLACES[row.group];
  if (typed) return { cells: { 'transaction-type': row.type, [typed[0]]: row.description }, amount: typed[1] };
  if (row.type !== 'other-transaction') return null;
  const called = row.description === 'FBAInboundTransportationFee' ? 'Inbound Transportation Fee' : row.description;
  return { cells: { 'transaction-type': called }, amount: 'other-amount' };
}

/** V1 opens each order item with a row of its SKU and quantity; a row of advertising may hold its tax too. */
function v1Cells(facts: SettlementFacts, form: ReportForm): Cells[] {
  const lines: Cells[] = [];
  let open = '';
  facts.rows.forEach((row, index) => {
    const place = v1Place(row)!;
    const before = facts.rows[index - 1];
    const shared = {
      ...sharedCells(row, facts, form),
      'posted-date': dateText(row.at, form.dates === 'american' ? 'zone' : form.dates),
    };
    const item = row.itemCode === null ? '' : `${row.type} ${row.orderId} ${row.itemCode}`;
    if (row.quantity !== null) {
      lines.push({
        ...shared,
        'promotion-id': '',
        'transaction-type': row.type,
        sku: row.sku ?? '',
        'quantity-purchased': String(row.quantity),
      });
      open = item;
    }
    const opened = item !== '' && item === open;
    const amount = amountText(row.minor, facts.currency, form);
    const joins =
      row.description === 'TaxAmount' &&
      before?.group === 'Cost of Advertising' &&
      before.description !== 'TaxAmount' &&
      before.at === row.at;
    if (joins) Object.assign(lines.at(-1)!, place.cells, { [place.amount]: amount });
    else
      lines.push({
        ...shared,
        ...place.cells,
        sku: form.repeatsSku || !opened ? (row.sku ?? '') : '',
        [place.amount]: amount,
      });
  });
  return lines;
}

const DECIMALS: Record<string, number> = { JPY: 0 };

/** Minor units as the form writes them. */
function amountText(minor: bigint, currency: string, form: Pick<ReportForm, 'mark' | 'thousands' | 'padded'>): string {
  const decimals = DECIMALS[currency] ?? 2;
  const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, '0');
  let whole = digits.slice(0, digits.length - decimals);
  if (form.thousands)
    for (let at = whole.length - 3; at > 0; at -= 3)
      whole = `${whole.slice(0, at)}${form.mark === '.' ? ',' : '.'}${whole.slice(at)}`;
  return `${minor < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `${form.mark}${digits.slice(digits.length - decimals)}`}${form.padded ? '    ' : ''}`;
}

function dateText(at: number, form: ReportForm['dates']): string {
  const [day, time] = new Date(at * 1000).toISOString().slice(0, 19).split('T') as [string, string];
  const [year, month, ofMonth] = day.split('-');
  switch (form) {
    case 'offset':
      return `${day}T${time}+00:00`;
    case 'slash':
      return `${year}/${month}/${ofMonth} ${time} UTC`;
    case 'dotted':
      return `${ofMonth}.${month}.${year} ${time} UTC`;
    case 'far':
      return `${new Date((at + 9 * 3600) * 1000).toISOString().slice(0, 19)}+09:00`;
    case 'fraction':
      return `${day}T${time}.250Z`;
    default:
      return `${day} ${time} UTC`;
  }
}

function shuffled(names: readonly string[], order: number): string[] {
  const rest = [...names];
  if (order === 0) return rest;
  const mixed: string[] = [];
  for (let state = order; rest.length > 0; state = (state * 48_271) % 2_147_483_647)
    mixed.push(...rest.splice(state % rest.length, 1));
  return mixed;
}
