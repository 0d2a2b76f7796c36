import { foldText } from '../fold-key.ts';
import type { Columns } from '../columns.ts';
import type { FieldCursor } from '../../delimited/field-cursor.ts';
import { foreignRow, refusedColumn, safeText, truncatedReport } from '../refused-line.ts';
import { DOWNLOAD_AGAIN, ReportError } from '../report-error.ts';
import type { SettlementHeader } from '../settlement.ts';

const CR = 13;

/** Refuses lines that are not of one report: with more fields than its header, of another settlement, in another currency. */
export class LineGuard {
  readonly #columns: Columns;
  /** The columns that say whose a line is, as bits. */
  readonly #mask: number;
  #header: SettlementHeader | null = null;
  #settlementId: Uint8Array = new Uint8Array(0);
  /** The last line that was let through. */
  #passed = -1;
  /** Whether a line so far had fewer fields than the header: then a short last line is this file's habit. */
  #shortLines = false;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#mask = (1 << columns.at.settlementId) | (1 << columns.at.currency);
  }

  /** Lines to come are of this settlement. */
  expect(header: SettlementHeader): void {
    this.#header = header;
    this.#settlementId = new TextEncoder().encode(header.settlementId);
  }

  /** @throws ReportError, UndecodableText */
  check(line: FieldCursor): void {
    // Right after a line that passed, one with as many fields that says the same of itself passes, too.
    if (this.#passed !== line.number - 1 || !line.isLikeBefore(this.#mask)) this.#checkWhole(line, this.#header);
    this.#passed = line.number;
  }

  #checkWhole(line: FieldCursor, header: SettlementHeader | null): void {
    const columns = this.#columns;
    const { settlementId, currency } = columns.at;
    const own = header !== null && line.equals(settlementId, this.#settlementId);
    this.#checkWidth(line, own);
    if (header === null) return;
    if (!own) throw foreignRow(line, columns, header);
    if (!line.isBlank(currency) && line.text(currency) !== header.currency) {
      throw refusedColumn(line, columns, 'currency', {
        code: 'report-currency',
        what: `Line ${line.number} is in ${line.text(currency)}, the report in ${header.currency}.`,
        remedy: 'give each settlement as a file of its own: Amazon settles one currency in one report',
      });
    }
  }

  /** @param own whether the line names the settlement of the summary row */
  #checkWidth(line: FieldCursor, own: boolean): void {
    const columns = this.#columns;
    if (line.fields === columns.width && !own && foldText(safeText(line, columns.at.settlementId)) === 'settlementid') {
      throw refusedColumn(line, columns, 'settlement-id', {
        code: 'report-columns',
        what: `Line ${line.number} repeats the header.`,
        remedy: DOWNLOAD_AGAIN,
      });
    }
    if (line.fields > columns.width) {
      throw new ReportError({
        code: 'report-columns',
        what: `Line ${line.number} has more fields than the header.`,
        line: line.number,
        column: String(columns.width + 1),
        byteOffset: line.offsetOf(columns.width),
        text: safeText(line, columns.width),
        evidence: [
          `${line.fields} fields, the header has ${columns.width}`,
          ...(line.bytes.subarray(line.lineStart, line.lineEnd).includes(CR)
            ? ['a line in it ends in CR alone, others end in LF: two files were joined, or a script has rewritten it']
            : []),
        ],
        remedy: DOWNLOAD_AGAIN,
      });
    }
    if (line.fields === columns.width) return;
    if (!line.terminated && !this.#shortLines)
      throw truncatedReport('The report breaks off in its last line.', line.number, columns.names[line.fields - 1]!);
    this.#shortLines = true;
  }
}
