/** Settlement reports for tests, typed as Amazon writes them (flat file V2, 24 columns, US formats). The total is stated, never computed. */
import { V2_COLUMNS } from '../settlement-columns.ts';
import type { SettlementFile } from '../../src/simulators/amazon/world-from-settlements.ts';

export type Cells = Record<string, string>;

/** `start`, `end` and `deposit` are instants such as `2026-10-01T07:00:00Z`. */
export interface Head {
  id: string;
  start: string;
  end: string;
  deposit: string;
  total: string;
  currency?: string;
}

export function report(head: Head, rows: readonly Cells[]): SettlementFile {
  const summary = {
    'settlement-id': head.id,
    'settlement-start-date': stamp(head.start),
    'settlement-end-date': stamp(head.end),
    'deposit-date': stamp(head.deposit),
    'total-amount': head.total,
    currency: head.currency ?? 'USD',
  };
  const line = (cells: Cells) => V2_COLUMNS.map((column) => cells[column] ?? '').join('\t');
  const text = [
    V2_COLUMNS.join('\t'),
    line(summary),
    ...rows.map((row) => line({ 'settlement-id': head.id, ...row })),
    '',
  ].join('\n');
  return { name: `${head.id}.txt`, bytes: new TextEncoder().encode(text) };
}

/** Group, description, amount; a Principal row carries the quantity. */
export type Amount = readonly [group: string, description: string, amount: string];

export interface Sale {
  order: string;
  shipment?: string;
  at: string;
  item: string;
  sku: string;
  quantity: number;
  marketplace?: string;
  channel?: 'AFN' | 'MFN';
}

export function sale(of: Sale, amounts: readonly Amount[]): Cells[] {
  return amounts.map(([group, description, amount]) => ({
    'transaction-type': 'Order',
    'order-id': of.order,
    'merchant-order-id': of.order,
    'shipment-id': of.shipment ?? '',
    'marketplace-name': of.marketplace ?? 'Amazon.com',
    'amount-type': group,
    'amount-description': description,
    amount,
    'fulfillment-id': of.channel ?? 'AFN',
    ...posted(of.at),
    'order-item-code': of.item,
    sku: of.sku,
    'quantity-purchased': group === 'ItemPrice' && description === 'Principal' ? String(of.quantity) : '',
  }));
}

export function refund(of: Omit<Sale, 'shipment'>, amounts: readonly Amount[]): Cells[] {
  return amounts.map(([group, description, amount]) => ({
    'transaction-type': 'Refund',
    'order-id': of.order,
    'adjustment-id': `amzn1:crow:${of.item}`,
    'marketplace-name': of.marketplace ?? 'Amazon.com',
    'amount-type': group,
    'amount-description': description,
    amount,
    'fulfillment-id': of.channel ?? 'AFN',
    ...posted(of.at),
    'order-item-code': of.item,
    sku: of.sku,
    'quantity-purchased': group === 'ItemPrice' && description === 'Principal' ? String(of.quantity) : '',
  }));
}

/** A row of the account: fees, reserves, charges. */
export function account(
  description: string,
  amount: string,
  at: string,
  group = 'other-transaction',
  type = 'other-transaction',
): Cells {
  return { 'transaction-type': type, 'amount-type': group, 'amount-description': description, amount, ...posted(at) };
}

function posted(at: string): Cells {
  return { 'posted-date': at.slice(0, 10), 'posted-date-time': stamp(at) };
}

function stamp(instant: string): string {
  return instant.replace('T', ' ').replace('Z', ' UTC');
}
