/** The report GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL: tab-separated, without quoting, columns by name. */
import type { Readable } from 'node:stream';
import { parseMinor, sumMinor } from '../../domain/money/money.ts';
import type { SaleAmounts, ShipmentFact, ShipmentItemFact, ToldTaxes } from '../../domain/orders/order-facts.ts';
import { linesOf } from '../http/text-lines.ts';
import { AmazonFailure } from './amazon-failure.ts';
import { notPositive, readInstant, type DriftNotes } from './read-payload.ts';
import { columnPositions } from './report-columns.ts';
import { REPORT_NAMES } from './report-names.ts';

/** The columns that we read. The others, buyers and addresses among them, are never taken out of the line; of an address the country alone, which says whose tax it is. */
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
  'ship-postal-code',
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

/**
 * Rows grouped into shipments: by order and shipment id, where the report leaves the id empty (cross-border) by the
 * instant. Line totals stay as given, for the shipped quantity; promotions are made zero or negative.
 * @throws AmazonFailure naming line and column
 */
export async function readShipments(report: Readable, drift: DriftNotes): Promise<ShipmentFact[]> {
  const shipments = new Map<string, ShipmentFact>();
  let columns: Map<string, number> | null = null;
  let number = 0;
  for await (const line of linesOf(report)) {
    number += 1;
    if (columns === null) {
      columns = readHeader(line, drift);
      continue;
    }
    if (line.trim() === '') continue;
    const row = rowOf(line.split('\t'), columns, number);
    const key = `${row.orderId}\n${row.shipmentId ?? row.shippedAt}`;
    const shipment = shipments.get(key);
    if (shipment) shipment.items.push(row.item);
    else {
      const { item, ...head } = row;
      shipments.set(key, { ...head, items: [item] });
    }
  }
  if (columns === null) throw unreadable('the report is empty');
  return [...shipments.values()];
}

function readHeader(line: string, drift: DriftNotes): Map<string, number> {
  const positions = columnPositions(line.split('\t'), { where: WHERE, read: READ, ignored: IGNORED }, drift);
  return new Map(READ.map((name, index) => [name, positions[index]!]));
}

type Row = Omit<ShipmentFact, 'items'> & { item: ShipmentItemFact };

function rowOf(cells: readonly string[], columns: ReadonlyMap<string, number>, line: number): Row {
  const cell = (column: Column): string => cells[columns.get(column)!]?.trim() ?? '';
  const required = (column: Column): string => {
    if (cell(column) === '') throw unreadable(`line ${line}: ${column} is empty`);
    return cell(column);
  };
  const shippedAt = readInstant(required('shipment-date'));
  if (shippedAt === null) throw unreadable(`line ${line}: shipment-date "${cell('shipment-date')}" is not an instant`);
  const quantity = required('quantity-shipped');
  if (!/^\d+$/.test(quantity)) throw unreadable(`line ${line}: quantity-shipped "${quantity}" is not a whole number`);
  const currency = cell('currency');
  const minorIn = (column: Column): bigint => {
    if (cell(column) === '') return 0n;
    const minor = currency === '' ? null : parseMinor(cell(column).replace(/^(-?\d+),(\d{1,2})$/, '$1.$2'), currency);
    if (minor === null) throw unreadable(`line ${line}: ${column} "${cell(column)}" is not an amount in "${currency}"`);
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
  const shipTo = cell('ship-country').toUpperCase();
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
