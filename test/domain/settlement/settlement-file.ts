/** Builds small settlement files for the tests: cells by column name, all others blank. */
import { SettlementParser, type ParsedSettlement } from '../../../src/domain/settlement/parse-settlement.ts';
import { ReportError, type ReportProblem } from '../../../src/domain/settlement/report-error.ts';
import type { SettlementHeader, SettlementRow } from '../../../src/domain/settlement/settlement.ts';
import { V2_COLUMNS } from '../../settlement-columns.ts';

export { V2_COLUMNS };

export const V1_COLUMNS = [
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

export type Cells = Record<string, string>;

export const SUMMARY: Cells = {
  'settlement-id': '20001234561',
  'settlement-start-date': '2026-10-01 07:00:00 UTC',
  'settlement-end-date': '2026-10-15 07:00:00 UTC',
  'deposit-date': '2026-10-17 07:00:00 UTC',
  'total-amount': '0.00',
  currency: 'USD',
};

/** A V2 row; give what differs from a fee of the account. */
export function v2Row(amount: string, cells: Cells = {}): Cells {
  return {
    'settlement-id': SUMMARY['settlement-id']!,
    'transaction-type': 'other-transaction',
    'amount-type': 'other-transaction',
    'amount-description': 'Subscription Fee',
    amount,
    'posted-date': '2026-10-02',
    'posted-date-time': '2026-10-02 10:11:12 UTC',
    ...cells,
  };
}

export function v1Row(transactionType: string, cells: Cells = {}): Cells {
  return {
    'settlement-id': SUMMARY['settlement-id']!,
    'transaction-type': transactionType,
    'posted-date': '2026-10-02T10:11:12+00:00',
    ...cells,
  };
}

export function fileText(total: string, rows: Cells[], columns = V2_COLUMNS, summary: Cells = {}): string {
  const line = (cells: Cells) => columns.map((column) => cells[column] ?? '').join('\t');
  return [columns.join('\t'), line({ ...SUMMARY, 'total-amount': total, ...summary }), ...rows.map(line), ''].join(
    '\n',
  );
}

export interface Parsed extends ParsedSettlement {
  list: SettlementRow[];
  seen: SettlementHeader[];
}

/** Parses a file in chunks of the given size (all at once when absent). */
export function parse(file: string | Uint8Array, chunk = Number.MAX_SAFE_INTEGER, encoding?: string): Parsed {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const list: SettlementRow[] = [];
  const seen: SettlementHeader[] = [];
  const parser = new SettlementParser({
    onHeader: (header) => seen.push(header),
    onRow: (row) => list.push(row),
    ...(encoding === undefined ? {} : { encoding }),
  });
  for (let at = 0; at < bytes.length; at += chunk) parser.push(bytes.subarray(at, at + chunk));
  return { ...parser.finish(), list, seen };
}

/** What a file is refused with. */
export function refusal(file: string | Uint8Array): ReportProblem {
  try {
    parse(file);
  } catch (error) {
    if (error instanceof ReportError) return error.problem;
    throw error;
  }
  throw new Error('the file was not refused');
}
