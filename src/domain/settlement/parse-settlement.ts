import { AmountSum, type Minor } from '../money/amount-sum.ts';
import { readColumns, type Columns } from './columns.ts';
import { UndecodableText, type FieldCursor } from '../delimited/field-cursor.ts';
import { IdGuard } from './reading/id-guard.ts';
import { KeyTable, type ReportKey } from './reading/key-table.ts';
import { LineGuard } from './reading/line-guard.ts';
import { EndlessLine, LineScanner } from '../delimited/line-scanner.ts';
import { parseAmountBytes, type AmountFormat } from './reading/parse-amount.ts';
import { parseInstantBytes } from './reading/parse-instant.ts';
import { parseQuantityBytes } from './reading/parse-quantity.ts';
import { readSummary } from './read-summary.ts';
import {
  differentSum,
  endlessLine,
  endsBeforeAmount,
  noAmount,
  noDate,
  noQuantity,
  safeText,
  truncatedReport,
  undecodableField,
} from './refused-line.ts';
import { ReportError } from './report-error.ts';
import { ReportText } from './reading/report-text.ts';
import { RowView } from './reading/row-view.ts';
import type { SettlementHeader, SettlementRow } from './settlement.ts';
import { V1AmountReader } from './reading/v1-amounts.ts';
import { V1QuantityKeeper } from './reading/v1-quantities.ts';

export interface SettlementParserOptions {
  /** Called once, before the first row. */
  onHeader?: (header: SettlementHeader) => void;
  /** Called for every amount, in the order of the file, with a row to keep. */
  onRow?: (row: SettlementRow) => void;
  /** The same without a string per field: the view is valid only during the call. */
  onView?: (row: RowView) => void;
  /** Label of the document's character set (its content type names it); `utf-8` when absent. A mark in the file comes before it. */
  encoding?: string;
}

export interface ParsedSettlement {
  header: SettlementHeader;
  /** Lines after the header and the summary row, blank ones aside. */
  rows: number;
  /** Amounts handed over: as many as rows in V2, possibly more or fewer in V1. */
  amounts: number;
  /** Their sum, which is the header's total. */
  sum: bigint;
}

/**
 * Reads a settlement report from chunks of its (unpacked) bytes: `push` them in order, then `finish`. Rows are
 * handed over as they come, so a report of any length needs no more memory than its longest line; they count
 * only once `finish` has returned, since the check of the sum comes last. Chunks may be reused after `push`.
 *
 * Amazon publishes no schema of it: what follows is how real files are written.
 * Shape: tab-separated, no quoting; lines end in LF, CR LF or CR; UTF-16 only with its mark; a header; a summary row (dates, total, currency); one line per amount in V2,
 * per order item and kind in V1. Columns are found by name. Any deviation is refused with its place.
 * @throws ReportError from `push` and `finish`; the parser cannot be used afterwards.
 */
export class SettlementParser {
  readonly #onHeader: (header: SettlementHeader) => void;
  readonly #onRow: ((row: SettlementRow) => void) | undefined;
  readonly #onView: ((row: RowView) => void) | undefined;
  readonly #text: ReportText;
  #scanner: LineScanner | null = null;
  #columns: Columns | null = null;
  #guard: LineGuard | null = null;
  #ids: IdGuard | null = null;
  #header: SettlementHeader | null = null;
  #summaryLine = 0;
  #format: AmountFormat = { mark: null, digits: 2 };
  #v1: V1AmountReader | null = null;
  readonly #quantities = new V1QuantityKeeper();
  #rows = 0;
  #lastLine = 0;
  #amounts = 0;
  readonly #sum = new AmountSum();
  readonly #keys = new KeyTable();
  #view: RowView | null = null;
  /** The date that was read last: its field (-1 is a column that the file does not have, so none yet is another number), the line up to which it held, epoch seconds. */
  readonly #date = { field: -2, line: -1, seconds: 0 };
  /** The quantity that was read last, the same way. */
  readonly #lastQuantity: { line: number; quantity: number | null } = { line: -1, quantity: null };

  constructor(options: SettlementParserOptions) {
    this.#onHeader = options.onHeader ?? (() => {});
    this.#onRow = options.onRow;
    this.#onView = options.onView;
    this.#text = new ReportText(options.encoding ?? 'utf-8', (encoding) => {
      const scanner = new LineScanner(encoding, (line) => this.#line(line));
      this.#scanner = scanner;
      return (bytes) => scanner.push(bytes);
    });
  }

  push(chunk: Uint8Array): void {
    this.#placed(() => this.#text.push(chunk));
  }

  /** Closes the report. @throws ReportError when it is cut off or its rows do not add up to `total-amount`. */
  finish(): ParsedSettlement {
    this.#placed(() => {
      this.#text.finish();
      this.#scanner?.finish();
    });
    if (this.#columns === null) throw truncatedReport('The file is empty.', 1, 'settlement-id');
    if (this.#header === null) throw truncatedReport('The report ends after its header.', 2, 'total-amount');
    const header = this.#header;
    if (this.#rows === 0 && header.total !== 0n)
      throw truncatedReport('The report ends after its summary row.', this.#summaryLine, 'total-amount');
    const sum = this.#sum.total;
    if (sum !== header.total) throw differentSum(header, this.#summaryLine, this.#rows, sum);
    return { header, rows: this.#rows, amounts: this.#amounts, sum };
  }

  /** The last line that was read, for messages about the file around it. */
  get line(): number {
    return this.#rows === 0 ? this.#summaryLine : this.#lastLine;
  }

  /** The summary row, once it was read; also after a refusal, so that the exception can name the settlement. */
  get header(): SettlementHeader | null {
    return this.#header;
  }

  /** In a file of other characters a refusal has no offset; where its very characters break off, the line that was reached. */
  #placed(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      const error = thrown instanceof EndlessLine ? endlessLine(thrown.line) : thrown;
      if (error instanceof ReportError && this.#text.transcoded)
        Object.assign(error.problem, {
          byteOffset: null,
          line: error.problem.line ?? Math.max(1, this.line),
          column: error.problem.column ?? 'settlement-id',
        });
      throw error;
    }
  }

  #line(line: FieldCursor): void {
    if (line.isBlankLine()) return;
    if (this.#columns === null) {
      this.#columns = readColumns(
        Array.from({ length: line.fields }, (_, field) => safeText(line, field)),
        line.number,
      );
      this.#guard = new LineGuard(this.#columns);
      this.#ids = new IdGuard(this.#columns);
      return;
    }
    const columns = this.#columns;
    try {
      this.#guard!.check(line);
      if (this.#header === null) this.#readSummary(line, columns);
      else this.#readRow(line, columns);
    } catch (error) {
      if (!(error instanceof UndecodableText)) throw error;
      throw undecodableField(line, columns, error.field);
    }
  }

  #readSummary(line: FieldCursor, columns: Columns): void {
    const { header, format } = readSummary(line, columns, this.#ids!);
    this.#format = format;
    this.#header = header;
    this.#guard!.expect(header);
    this.#summaryLine = line.number;
    this.#view = new RowView(line, columns.at);
    line.differUpTo(columns.at.amount);
    if (header.variant === 'V1') this.#v1 = new V1AmountReader(columns);
    this.#onHeader(header);
  }

  #readRow(line: FieldCursor, columns: Columns): void {
    this.#ids!.check(line);
    this.#rows += 1;
    this.#lastLine = line.number;
    if (this.#v1 === null) this.#readV2(line, columns);
    else this.#readV1(line, columns, this.#v1);
  }

  #readV2(line: FieldCursor, { at }: Columns): void {
    if (line.fields <= at.amount) throw endsBeforeAmount(line, this.#columns!);
    const key = this.#keys.ofLine(line, at);
    this.#emit(line, 0, this.#amount(line, at.amount), key, undefined, this.#quantity(line));
  }

  #readV1(line: FieldCursor, { at }: Columns, v1: V1AmountReader): void {
    const item = {
      orderId: line.text(at.orderId),
      orderItemCode: line.text(at.orderItemCode),
      adjustmentItemId: line.text(at.merchantAdjustmentItemId),
      sku: line.text(at.sku),
      quantity: this.#quantity(line),
    };
    this.#quantities.open(item);
    v1.read(line).forEach((amount, ordinal) => {
      const key = this.#keys.ofTexts(amount);
      this.#emit(
        line,
        ordinal,
        this.#amount(line, amount.field),
        key,
        this.#quantities.sku(item),
        this.#quantities.quantity(key),
      );
    });
  }

  /** @param sku undefined where it is the line's own */
  #emit(
    line: FieldCursor,
    ordinal: number,
    minor: Minor,
    key: ReportKey,
    sku: string | null | undefined,
    quantity: number | null,
  ): void {
    const { at } = this.#columns!;
    const view = this.#view!;
    this.#amounts += 1;
    this.#sum.add(minor);
    view.ordinal = ordinal;
    view.key = key;
    view.minor = minor;
    view.quantity = quantity;
    view.skuOfItem = sku;
    view.postedSeconds = this.#postedSeconds(line, at);
    // A field that is no text refuses the report, also where nobody asks for it.
    const row = this.#onRow || !line.isAscii() ? view.toRow() : null;
    if (row) this.#onRow?.(row);
    this.#onView?.(view);
  }

  /** V2 has the instant in `posted-date-time`; V1, and V2 rows without it, in `posted-date` (Amazon: SP-API, *Settlement report attributes*). */
  #postedSeconds(line: FieldCursor, at: Columns['at']): number {
    const known = this.#date;
    if (known.field === at.postedDateTime && line.isSameSince(known.line, known.field)) return known.seconds;
    return this.#seconds(line, line.isBlank(at.postedDateTime) ? at.postedDate : at.postedDateTime);
  }

  /** Epoch seconds of a date. */
  #seconds(line: FieldCursor, field: number): number {
    const date = this.#date;
    if (date.field !== field || !line.isSameSince(date.line, field)) {
      const seconds = parseInstantBytes(line.bytes, line.start(field), line.end(field));
      if (seconds === null) throw noDate(line, this.#columns!, field);
      date.field = field;
      date.seconds = seconds;
    }
    date.line = line.number;
    return date.seconds;
  }

  #amount(line: FieldCursor, field: number): Minor {
    const minor = parseAmountBytes(line.bytes, line.start(field), line.end(field), this.#format);
    if (minor !== null) return minor;
    throw noAmount(line, this.#columns!, field);
  }

  #quantity(line: FieldCursor): number | null {
    const field = this.#columns!.at.quantity;
    const last = this.#lastQuantity;
    if (!line.isSameSince(last.line, field))
      last.quantity = line.isBlank(field) ? null : this.#readQuantity(line, field);
    last.line = line.number;
    return last.quantity;
  }

  #readQuantity(line: FieldCursor, field: number): number {
    const quantity = parseQuantityBytes(line.bytes, line.start(field), line.end(field));
    if (quantity !== null) return quantity;
    throw noQuantity(line, this.#columns!, field);
  }
}
