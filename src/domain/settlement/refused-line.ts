import type { Columns } from './columns.ts';
import type { FieldCursor } from './field-cursor.ts';
import { DOWNLOAD_AGAIN, ReportError, type ReportProblem } from './report-error.ts';
import type { SettlementHeader } from './settlement.ts';

type NewProblem = Pick<ReportProblem, 'code' | 'what'> & Partial<ReportProblem>;

/** A refusal for what stands in one field of a line, with its place. */
export function refusedField(line: FieldCursor, columns: Columns, field: number, problem: NewProblem): ReportError {
  return new ReportError({
    line: line.number, column: columns.names[field] ?? null, byteOffset: line.offsetOf(field), text: safeText(line, field), ...problem,
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
    what: other === '' ? `Line ${line.number} belongs to no settlement.` : `Line ${line.number} belongs to another settlement, ${other}.`,
    evidence: [`the report is of settlement ${header.settlementId}`],
    remedy: 'give each settlement as a file of its own, as Amazon delivers it',
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
