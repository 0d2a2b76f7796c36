import type { Columns } from './columns.ts';
import type { FieldCursor } from '../delimited/field-cursor.ts';
import { isAmbiguousDate } from './reading/parse-instant.ts';
import { DOWNLOAD_AGAIN, ReportError, type ReportProblem } from './report-error.ts';
import type { SettlementHeader } from './settlement.ts';

type NewProblem = Pick<ReportProblem, 'code' | 'what'> & Partial<ReportProblem>;

/** A refusal for what stands in one field of a line, with its place. */
export function refusedField(line: FieldCursor, columns: Columns, field: number, problem: NewProblem): ReportError {
  return new ReportError({
    line: line.number,
    column: columns.names[field] ?? null,
    byteOffset: line.offsetOf(field),
    text: safeText(line, field),
    ...problem,
  });
}

/** The same by the column's name, which the file may lack. */
export function refusedColumn(line: FieldCursor, columns: Columns, column: string, problem: NewProblem): ReportError {
  return refusedField(line, columns, columns.names.indexOf(column), { ...problem, column });
}

/** A row of another settlement than the summary row's, or of none. */
export function foreignRow(line: FieldCursor, columns: Columns, header: SettlementHeader): ReportError {
  const other = safeText(line, columns.at.settlementId);
  return refusedColumn(line, columns, 'settlement-id', {
    code: 'report-foreign-row',
    what:
      other === ''
        ? `Line ${line.number} belongs to no settlement.`
        : `Line ${line.number} belongs to another settlement, ${other}.`,
    evidence: [`the report is of settlement ${header.settlementId}`],
    remedy: 'give each settlement as a file of its own, as Amazon delivers it',
  });
}

export function endlessLine(line: number): ReportError {
  return new ReportError({
    code: 'report-not-settlement',
    what: `Line ${line} has more than a million bytes: this is no settlement report.`,
    line,
    remedy: 'give the flat file of the settlement report, packed with gzip or plain',
  });
}

export function undecodableField(line: FieldCursor, columns: Columns, field: number): ReportError {
  return refusedField(line, columns, field, {
    code: 'report-encoding',
    what: `Line ${line.number} cannot be read: its characters are in another encoding.`,
    remedy: 'restore the file as Amazon delivered it, or save it as UTF-8',
  });
}

export function endsBeforeAmount(line: FieldCursor, columns: Columns): ReportError {
  return refusedColumn(line, columns, 'amount', {
    code: line.terminated ? 'report-columns' : 'report-truncated',
    what: `Line ${line.number} ends before its amount.`,
    remedy: DOWNLOAD_AGAIN,
  });
}

/** @throws UndecodableText */
export function noDate(line: FieldCursor, columns: Columns, field: number): ReportError {
  const text = line.text(field);
  return refusedField(line, columns, field, {
    code: 'report-date',
    what:
      text === '' ? `Line ${line.number} has no date.` : `Line ${line.number} cannot be read: "${text}" is not a date.`,
    why: isAmbiguousDate(text) ? 'day and month cannot be told apart in it' : null,
  });
}

export function noAmount(line: FieldCursor, columns: Columns, field: number): ReportError {
  const text = safeText(line, field);
  return refusedField(line, columns, field, {
    code: 'report-amount',
    what:
      text === ''
        ? `Line ${line.number} has no amount.`
        : `Line ${line.number} cannot be read: "${text}" is not an amount.`,
  });
}

/** @throws UndecodableText */
export function noQuantity(line: FieldCursor, columns: Columns, field: number): ReportError {
  return refusedField(line, columns, field, {
    code: 'report-quantity',
    what: `Line ${line.number} cannot be read: "${line.text(field)}" is not a quantity.`,
  });
}

/** Rows that do not come to the total of the summary row. */
export function differentSum({ total }: SettlementHeader, summaryLine: number, rows: number, sum: bigint): ReportError {
  return new ReportError({
    code: 'report-sum',
    what: 'The report does not add up.',
    line: summaryLine,
    column: 'total-amount',
    figures: { rows, sum, total, difference: sum - total },
    why: 'usually one missing line, most often reserve or loan repayment',
    remedy: DOWNLOAD_AGAIN,
  });
}

/** A report that ends too early. */
export function truncatedReport(what: string, line: number, column: string): ReportError {
  return new ReportError({ code: 'report-truncated', what, line, column, remedy: DOWNLOAD_AGAIN });
}

/** Text of a field for a message: never fails. */
export function safeText(line: FieldCursor, field: number): string {
  try {
    return line.text(field).slice(0, 60);
  } catch {
    return '';
  }
}
