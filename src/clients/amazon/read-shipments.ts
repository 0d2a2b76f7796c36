/** The report GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL: tab-separated, without quoting, columns by name. */
import type { Readable } from 'node:stream';
import type { Instant } from '../../domain/money/instant.ts';
import { parseMinor, sumMinor } from '../../domain/money/money.ts';
import type { SaleAmounts, ShipmentFact, ShipmentItemFact, ToldTaxes } from '../../domain/orders/order-facts.ts';
import { linesOf } from '../http/text-lines.ts';
import { AmazonFailure } from './amazon-failure.ts';
import { notPositive, readInstant, type DriftNotes } from './read-payload.ts';
import { columnPositions } from './report-columns.ts';
import { REPORT_NAMES } from './report-names.ts';
import type { RefusedRow } from './report-rows.ts';
import { filled, RefusedCell } from './report-table.ts';
import { fingerprint } from './unread-record.ts';
import { placeOfParcel } from './vat-territories.ts';

/** The columns that we read. The others, buyers and addresses among them, are never taken out of the line; of an address the country alone, which says whose tax it is, and of the postcode whether that is a place outside of its VAT area. */
const READ = [
  'amazon-order-id',
  'shipment-id',
  'amazon-order-item-id',
  'shipment-date',
  'sku',
  'quantity-shipped',
  'currency',
  'item-price',
  'item-tax',
  'shipping-price',
  'shipping-tax',
  'gift-wrap-price',
  'gift-wrap-tax',
  'ship-country',
  'item-promotion-discount',
  'ship-promotion-discount',
  'sales-channel',
] as const;
type Column = (typeof READ)[number];
const POSTCODE = 'ship-postal-code';

const IGNORED = [
  'merchant-order-id',
  'shipment-item-id',
  'merchant-order-item-id',
  'purchase-date',
  'payments-date',
  'reporting-date',
  'buyer-email',
  'buyer-name',
  'buyer-phone-number',
  'product-name',
  'ship-service-level',
  'recipient-name',
  'ship-address-1',
  'ship-address-2',
  'ship-address-3',
  'ship-city',
  'ship-state',
  POSTCODE,
  'ship-phone-number',
  'bill-address-1',
  'bill-address-2',
  'bill-address-3',
  'bill-city',
  'bill-state',
  'bill-postal-code',
  'bill-country',
  'carrier',
  'tracking-number',
  'estimated-arrival-date',
  'fulfillment-center-id',
  'fulfillment-channel',
];

const WHERE = REPORT_NAMES.GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL;

const LINE_FEED = 10;
const BREAKS_OFF = 'is missing: the row breaks off';

/** A row that cannot be read, as far as it says of which shipment it is. */
export interface RefusedShipmentRow extends RefusedRow {
  orderId: string | null;
  shipmentId: string | null;
  shippedAt: Instant | null;
  /** The same for the same row, however often it is read. */
  fingerprint: string;
}

export interface ReadShipments {
  /** Without those of which a row cannot be read: a shipment is taken in as a whole. */
  shipments: ShipmentFact[];
  refused: RefusedShipmentRow[];
}

/**
 * Rows grouped into shipments: by order and shipment id, where the report leaves the id empty (cross-border) by the
 * instant. Line totals stay as given, for the shipped quantity; promotions are made zero or negative. A row that cannot be
 * read stands aside with its shipment, one that does not say of which shipment it is with its order.
 * @throws AmazonFailure where the header lacks a column, or the file is cut off
 */
export async function readShipments(report: Readable, drift: DriftNotes): Promise<ReadShipments> {
  const shipments = new Map<string, ShipmentFact>();
  const refused: RefusedShipmentRow[] = [];
  let columns: Map<string, number> | null = null;
  let number = 0;
  let last = LINE_FEED;
  async function* watched() {
    for await (const bytes of report as AsyncIterable<Uint8Array>) {
      last = bytes.at(-1) ?? last;
      yield bytes;
    }
  }
  for await (const line of linesOf(watched())) {
    number += 1;
    if (columns === null) {
      columns = readHeader(line, drift);
      continue;
    }
    if (line.trim() === '') continue;
    const row = takenRow(line, columns, number, refused);
    if (row === null) continue;
    const key = `${row.orderId}\n${row.shipmentId ?? row.shippedAt}`;
    const shipment = shipments.get(key);
    if (shipment) shipment.items.push(row.item);
    else {
      const { item, ...head } = row;
      shipments.set(key, { ...head, items: [item] });
    }
  }
  if (columns === null) throw unreadable('the report is empty');
  // Rows after it are missing, which no row that stands aside would say.
  if (last !== LINE_FEED && refused.at(-1)?.line === number && refused.at(-1)?.why === BREAKS_OFF)
    throw unreadable(`the file ends within the row of line ${number}: it is cut off`);
  return { shipments: [...shipments.values()].filter((shipment) => !lacksRow(shipment, refused)), refused };
}

/** Whether a refused row is, or may be, one of the shipment's. */
function lacksRow(shipment: ShipmentFact, refused: readonly RefusedShipmentRow[]): boolean {
  return refused.some(({ orderId, shipmentId }) =>
    orderId === null
      ? shipmentId !== null && shipmentId === shipment.shipmentId
      : orderId === shipment.orderId && (shipmentId ?? shipment.shipmentId) === shipment.shipmentId,
  );
}

function takenRow(
  line: string,
  columns: ReadonlyMap<string, number>,
  number: number,
  refused: RefusedShipmentRow[],
): Row | null {
  const cells = line.split('\t');
  try {
    return rowOf(cells, columns);
  } catch (error) {
    if (!(error instanceof RefusedCell)) throw error;
    const { column, text, message: why } = error;
    const cell = (name: Column): string | null => cells[columns.get(name)!]?.trim() || null;
    refused.push({
      line: number,
      column,
      text,
      why,
      orderId: cell('amazon-order-id'),
      shipmentId: cell('shipment-id'),
      shippedAt: readInstant(cell('shipment-date') ?? ''),
      fingerprint: fingerprint(line),
    });
    return null;
  }
}

function readHeader(line: string, drift: DriftNotes): Map<string, number> {
  const names = line.split('\t');
  const positions = columnPositions(names, { where: WHERE, read: READ, ignored: IGNORED }, drift);
  // A report may come without it: then the country alone counts.
  const postcode = names.findIndex((name) => name.trim().toLowerCase() === POSTCODE);
  return new Map([...READ.map((name, index) => [name, positions[index]!] as const), [POSTCODE, postcode]]);
}

type Row = Omit<ShipmentFact, 'items'> & { item: ShipmentItemFact };

/** @throws RefusedCell */
function rowOf(cells: readonly string[], columns: ReadonlyMap<string, number>): Row {
  const cell = (column: Column): string => cells[columns.get(column)!]?.trim() ?? '';
  const required = (column: Column): string => filled(column, cell(column));
  // A row that breaks off may lack amounts, which would count as zero.
  const last = Math.max(...READ.map((column) => columns.get(column)!));
  if (cells.length <= last)
    throw new RefusedCell(
      READ.find((column) => columns.get(column) === last)!,
      '',
      BREAKS_OFF,
    );
  const shippedAt = readInstant(required('shipment-date'));
  if (shippedAt === null) throw new RefusedCell('shipment-date', cell('shipment-date'), 'is not an instant');
  const quantity = required('quantity-shipped');
  if (!/^\d{1,9}$/.test(quantity)) throw new RefusedCell('quantity-shipped', quantity, 'is not a whole number');
  const currency = cell('currency');
  const minorIn = (column: Column): bigint => {
    if (cell(column) === '') return 0n;
    const minor = currency === '' ? null : parseMinor(cell(column).replace(/^(-?\d+),(\d{1,2})$/, '$1.$2'), currency);
    if (minor === null) throw new RefusedCell(column, cell(column), `is not an amount in "${currency}"`);
    return minor;
  };
  const amounts: SaleAmounts = {
    principal: minorIn('item-price'),
    shipping: minorIn('shipping-price'),
    'gift-wrap': minorIn('gift-wrap-price'),
    promotion: sumMinor([
      notPositive(minorIn('item-promotion-discount')),
      notPositive(minorIn('ship-promotion-discount')),
    ]),
  };
  const taxes: ToldTaxes = {
    principal: minorIn('item-tax'),
    shipping: minorIn('shipping-tax'),
    'gift-wrap': minorIn('gift-wrap-tax'),
  };
  const postcode = cells[columns.get(POSTCODE)!] ?? '';
  const shipTo = placeOfParcel(cell('ship-country').toUpperCase(), postcode);
  return {
    orderId: required('amazon-order-id'),
    shipmentId: cell('shipment-id') || null,
    shippedAt,
    marketplaceName: cell('sales-channel'),
    currency,
    ...(shipTo === '' ? {} : { shipTo }),
    item: {
      orderItemId: required('amazon-order-item-id'),
      sku: required('sku'),
      quantity: Number(quantity),
      // A missing component is zero.
      amounts: withoutZeros(amounts),
      ...(Object.values(taxes).some((minor) => minor !== 0n) ? { taxes: withoutZeros(taxes) } : {}),
    },
  };
}

function withoutZeros<Part extends string>(parts: Partial<Record<Part, bigint>>): Partial<Record<Part, bigint>> {
  return Object.fromEntries(Object.entries(parts).filter(([, minor]) => minor !== 0n)) as Partial<Record<Part, bigint>>;
}

function unreadable(what: string): AmazonFailure {
  return new AmazonFailure({ code: 'bug', where: WHERE, what });
}
