import { instantOf, type Instant } from '../money/instant.ts';
import { digitsOf } from '../money/money.ts';
import type { Columns } from './columns.ts';
import type { FieldCursor } from '../delimited/field-cursor.ts';
import type { IdGuard } from './reading/id-guard.ts';
import { parseAmountBytes, type AmountFormat } from './reading/parse-amount.ts';
import { parseInstantBytes } from './reading/parse-instant.ts';
import { noAmount, noDate, refusedColumn } from './refused-line.ts';
import { DOWNLOAD_AGAIN } from './report-error.ts';
import type { SettlementHeader } from './settlement.ts';

/**
 * Reads the summary row, which is the first after the header, and with its total how the file writes amounts.
 * @throws ReportError `report-summary`, `report-currency`, `report-date`, `report-amount`, `report-number`; UndecodableText
 */
export function readSummary(
  line: FieldCursor,
  columns: Columns,
  ids: IdGuard,
): { header: SettlementHeader; format: AmountFormat } {
  const { at, variant, count } = columns;
  const empty = line.isBlank(at.totalAmount) ? 'total-amount' : line.isBlank(at.start) ? 'settlement-start-date' : null;
  if (empty !== null) {
    throw refusedColumn(line, columns, empty, {
      code: 'report-summary',
      what: `Line ${line.number} is not the summary row: "${empty}" is empty.`,
      remedy: DOWNLOAD_AGAIN,
    });
  }
  ids.checkSummary(line);
  const id = line.text(at.settlementId);
  if (!/^[A-Za-z0-9-]+$/.test(id)) {
    throw refusedColumn(line, columns, 'settlement-id', {
      code: 'report-summary',
      what: `Line ${line.number}: "${id}" is not a settlement id.`,
    });
  }
  const currency = line.text(at.currency);
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw refusedColumn(line, columns, 'currency', {
      code: 'report-currency',
      what: `Line ${line.number}: "${currency}" is not a currency.`,
    });
  }
  const format: AmountFormat = { mark: null, digits: digitsOf(currency) };
  const header: SettlementHeader = {
    settlementId: id,
    start: instantIn(line, columns, at.start),
    end: instantIn(line, columns, at.end),
    depositDate: instantIn(line, columns, at.depositDate),
    total: amountIn(line, columns, at.totalAmount, format),
    currency,
    variant,
    columns: count,
  };
  if (header.end < header.start) {
    throw refusedColumn(line, columns, 'settlement-end-date', {
      code: 'report-date',
      what: `Line ${line.number}: the settlement ends before it starts.`,
    });
  }
  return { header, format };
}

function instantIn(line: FieldCursor, columns: Columns, field: number): Instant {
  const seconds = parseInstantBytes(line.bytes, line.start(field), line.end(field));
  if (seconds === null) throw noDate(line, columns, field);
  return instantOf(seconds * 1000);
}

function amountIn(line: FieldCursor, columns: Columns, field: number, format: AmountFormat): bigint {
  const minor = parseAmountBytes(line.bytes, line.start(field), line.end(field), format);
  if (minor === null) throw noAmount(line, columns, field);
  return BigInt(minor);
}
