import { digitsOf } from '../money/money.ts';
import { foldText } from '../mapping/fold-key.ts';
import type { Instant } from '../money/instant.ts';
import { readColumns, type Columns } from './columns.ts';
import { UndecodableText, type FieldCursor } from './field-cursor.ts';
import { LineScanner } from './line-scanner.ts';
import { parseAmountBytes, type AmountFormat } from './parse-amount.ts';
import { isAmbiguousDate, parseReportInstant } from './parse-instant.ts';
import { DOWNLOAD_AGAIN, ReportError, type ReportProblem } from './report-error.ts';
import type { AmountKey, SettlementHeader, SettlementRow } from './settlement.ts';
import { V1AmountReader } from './v1-amounts.ts';
import { V1QuantityKeeper } from './v1-quantities.ts';

export interface SettlementParserOptions {
  /** Called once, before the first row. */
  onHeader?: (header: SettlementHeader) => void;
  /** Called for every amount, in the order of the file. */
  onRow: (row: SettlementRow) => void;
  /** Label of the document's character set (its content type names it); `utf-8` when absent. */
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
 * Shape: tab-separated, no quoting; a header; a summary row (dates, total, currency); one line per amount in V2,
 * per order item and kind in V1. Columns are found by name. Any deviation is refused with its place.
 * @throws ReportError from `push` and `finish`; the parser cannot be used afterwards.
 */
export class SettlementParser {
  readonly #onHeader: (header: SettlementHeader) => void;
  readonly #onRow: (row: SettlementRow) => void;
  readonly #scanner: LineScanner;
  #columns: Columns | null = null;
  #header: SettlementHeader | null = null;
  #summaryLine = 0;
  #settlementId: Uint8Array = new Uint8Array(0);
  #format: AmountFormat = { mark: null, digits: 2 };
  #v1: V1AmountReader | null = null;
  readonly #quantities = new V1QuantityKeeper();
  #rows = 0;
  #lastLine = 0;
  #amounts = 0;
  #sum = 0n;
  /** Whether a line so far had fewer fields than the header: then a short last line is this file's habit. */
  #shortLines = false;
  /** The last date text and its instant: neighbouring rows mostly share it. */
  #dateText = '';
  #dateInstant: Instant = '';

  constructor(options: SettlementParserOptions) {
    this.#onHeader = options.onHeader ?? (() => {});
    this.#onRow = options.onRow;
    this.#scanner = new LineScanner(options.encoding ?? 'utf-8', (line) => this.#line(line));
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk);
  }

  /** Closes the report. @throws ReportError when it is cut off or its rows do not add up to `total-amount`. */
  finish(): ParsedSettlement {
    this.#scanner.finish();
    if (this.#columns === null) throw truncated('The file is empty.', 1, 'settlement-id');
    if (this.#header === null) throw truncated('The report ends after its header.', 2, 'total-amount');
    const header = this.#header;
    if (this.#rows === 0 && header.total !== 0n) throw truncated('The report ends after its summary row.', this.#summaryLine, 'total-amount');
    if (this.#sum !== header.total) {
      throw new ReportError({
        code: 'report-sum', what: 'The report does not add up.', line: this.#summaryLine, column: 'total-amount',
        figures: { rows: this.#rows, sum: this.#sum, total: header.total, difference: this.#sum - header.total },
        why: 'usually one missing line, most often reserve or loan repayment', remedy: DOWNLOAD_AGAIN,
      });
    }
    return { header, rows: this.#rows, amounts: this.#amounts, sum: this.#sum };
  }

  /** The last line that was read, for messages about the file around it. */
  get line(): number {
    return this.#rows === 0 ? this.#summaryLine : this.#lastLine;
  }

  /** The summary row, once it was read; also after a refusal, so that the exception can name the settlement. */
  get header(): SettlementHeader | null {
    return this.#header;
  }

  #line(line: FieldCursor): void {
    if (this.#columns === null) {
      this.#columns = readHeader(line);
      return;
    }
    const columns = this.#columns;
    try {
      this.#guardWidth(line, columns);
      if (this.#header === null) this.#readSummary(line, columns);
      else this.#readRow(line, columns, this.#header);
    } catch (error) {
      if (!(error instanceof UndecodableText)) throw error;
      throw this.#problem(line, columns.names[error.field] ?? '', {
        code: 'report-encoding', what: `Line ${line.number} cannot be read: its characters are in another encoding.`,
        remedy: 'restore the file as Amazon delivered it, or save it as UTF-8',
      });
    }
  }

  #guardWidth(line: FieldCursor, columns: Columns): void {
    if (line.fields === columns.width && !line.equals(columns.at.settlementId, this.#settlementId) && repeatsHeader(line, columns)) {
      throw this.#problem(line, 'settlement-id', { code: 'report-columns', what: `Line ${line.number} repeats the header.`, remedy: DOWNLOAD_AGAIN });
    }
    if (line.fields > columns.width) {
      throw new ReportError({
        code: 'report-columns', what: `Line ${line.number} has more fields than the header.`, line: line.number,
        column: String(columns.width + 1), byteOffset: line.offsetOf(columns.width), text: safeText(line, columns.width),
        evidence: [`${line.fields} fields, the header has ${columns.width}`], remedy: DOWNLOAD_AGAIN,
      });
    }
    if (line.fields === columns.width) return;
    if (!line.terminated && !this.#shortLines) throw truncated('The report breaks off in its last line.', line.number, columns.names[line.fields - 1]!);
    this.#shortLines = true;
  }

  #readSummary(line: FieldCursor, { at, variant, count }: Columns): void {
    const empty = line.isBlank(at.totalAmount) ? 'total-amount' : line.isBlank(at.start) ? 'settlement-start-date' : null;
    if (empty !== null) {
      throw this.#problem(line, empty, {
        code: 'report-summary', what: `Line ${line.number} is not the summary row: "${empty}" is empty.`, remedy: DOWNLOAD_AGAIN,
      });
    }
    const id = line.text(at.settlementId);
    if (!/^[A-Za-z0-9-]+$/.test(id)) {
      throw this.#problem(line, 'settlement-id', { code: 'report-summary', what: `Line ${line.number}: "${id}" is not a settlement id.` });
    }
    const currency = line.text(at.currency);
    if (!/^[A-Z]{3}$/.test(currency)) {
      throw this.#problem(line, 'currency', { code: 'report-currency', what: `Line ${line.number}: "${currency}" is not a currency.` });
    }
    this.#format = { mark: null, digits: digitsOf(currency) };
    this.#settlementId = new TextEncoder().encode(id);
    const header: SettlementHeader = {
      settlementId: id,
      start: this.#instant(line, at.start), end: this.#instant(line, at.end), depositDate: this.#instant(line, at.depositDate),
      total: this.#amount(line, at.totalAmount),
      currency, variant, columns: count,
    };
    if (header.end < header.start) {
      throw this.#problem(line, 'settlement-end-date', { code: 'report-date', what: `Line ${line.number}: the settlement ends before it starts.` });
    }
    this.#header = header;
    this.#summaryLine = line.number;
    if (variant === 'V1') this.#v1 = new V1AmountReader(this.#columns!);
    this.#onHeader(header);
  }

  #readRow(line: FieldCursor, columns: Columns, header: SettlementHeader): void {
    const { at } = columns;
    this.#rows += 1;
    this.#lastLine = line.number;
    if (!line.equals(at.settlementId, this.#settlementId)) throw this.#foreign(line, safeText(line, at.settlementId), header);
    if (!line.isBlank(at.currency) && line.text(at.currency) !== header.currency) {
      throw this.#problem(line, 'currency', {
        code: 'report-currency', what: `Line ${line.number} is in ${line.text(at.currency)}, the report in ${header.currency}.`,
        remedy: 'give each settlement as a file of its own: Amazon settles one currency in one report',
      });
    }
    if (this.#v1 === null) this.#readV2(line, columns);
    else this.#readV1(line, columns, this.#v1);
  }

  #foreign(line: FieldCursor, other: string, header: SettlementHeader): ReportError {
    return this.#problem(line, 'settlement-id', {
      code: 'report-foreign-row',
      what: other === '' ? `Line ${line.number} belongs to no settlement.` : `Line ${line.number} belongs to another settlement, ${other}.`,
      evidence: [`the report is of settlement ${header.settlementId}`],
      remedy: 'give each settlement as a file of its own, as Amazon delivers it',
    });
  }

  #readV2(line: FieldCursor, { at }: Columns): void {
    if (line.fields <= at.amount) {
      throw this.#problem(line, 'amount', {
        code: line.terminated ? 'report-columns' : 'report-truncated', what: `Line ${line.number} ends before its amount.`, remedy: DOWNLOAD_AGAIN,
      });
    }
    const key = {
      transactionType: line.text(at.transactionType), amountType: line.text(at.amountType), amountDescription: line.text(at.amountDescription),
    };
    this.#emit(line, 0, this.#amount(line, at.amount), key, line.text(at.sku) || null, this.#quantity(line));
  }

  #readV1(line: FieldCursor, { at }: Columns, v1: V1AmountReader): void {
    const item = {
      orderId: line.text(at.orderId), orderItemCode: line.text(at.orderItemCode),
      adjustmentItemId: line.text(at.merchantAdjustmentItemId), sku: line.text(at.sku), quantity: this.#quantity(line),
    };
    this.#quantities.open(item);
    v1.read(line).forEach(({ field, transactionType, amountType, amountDescription }, ordinal) => {
      const key = { transactionType, amountType, amountDescription };
      this.#emit(line, ordinal, this.#amount(line, field), key, this.#quantities.sku(item), this.#quantities.quantity(key));
    });
  }

  #emit(line: FieldCursor, ordinal: number, amount: bigint, key: AmountKey, sku: string | null, quantity: number | null): void {
    const { at } = this.#columns!;
    this.#amounts += 1;
    this.#sum += amount;
    this.#onRow({
      line: line.number, ordinal, amount,
      transactionType: key.transactionType, amountType: key.amountType, amountDescription: key.amountDescription,
      orderId: line.text(at.orderId) || null, merchantOrderId: line.text(at.merchantOrderId) || null,
      adjustmentId: line.text(at.adjustmentId) || null, shipmentId: line.text(at.shipmentId) || null,
      marketplaceName: line.text(at.marketplaceName) || null, fulfillmentId: line.text(at.fulfillmentId) || null,
      // V2 has the instant in `posted-date-time`; V1, and V2 rows without it, in `posted-date`.
      postedAt: this.#instant(line, line.isBlank(at.postedDateTime) ? at.postedDate : at.postedDateTime),
      orderItemCode: line.text(at.orderItemCode) || null, merchantAdjustmentItemId: line.text(at.merchantAdjustmentItemId) || null,
      sku, quantity, promotionId: line.text(at.promotionId) || null,
    });
  }

  #instant(line: FieldCursor, field: number): Instant {
    const text = line.text(field);
    if (text === this.#dateText && text !== '') return this.#dateInstant;
    const instant = parseReportInstant(text);
    if (instant === null) {
      throw this.#problemAt(line, field, {
        code: 'report-date',
        what: text === '' ? `Line ${line.number} has no date.` : `Line ${line.number} cannot be read: "${text}" is not a date.`,
        why: isAmbiguousDate(text) ? 'day and month cannot be told apart in it' : null,
      });
    }
    this.#dateText = text;
    this.#dateInstant = instant;
    return instant;
  }

  #amount(line: FieldCursor, field: number): bigint {
    const minor = parseAmountBytes(line.bytes, line.start(field), line.end(field), this.#format);
    if (minor !== null) return minor;
    const text = safeText(line, field);
    throw this.#problemAt(line, field, {
      code: 'report-amount',
      what: text === '' ? `Line ${line.number} has no amount.` : `Line ${line.number} cannot be read: "${text}" is not an amount.`,
    });
  }

  #quantity(line: FieldCursor): number | null {
    const field = this.#columns!.at.quantity;
    const text = line.text(field);
    if (text === '') return null;
    const match = /^(-?\d{1,9})(?:[.,]0+)?$/.exec(text);
    if (match) return Number(match[1]);
    throw this.#problemAt(line, field, { code: 'report-quantity', what: `Line ${line.number} cannot be read: "${text}" is not a quantity.` });
  }

  #problemAt(line: FieldCursor, field: number, problem: NewProblem): ReportError {
    return new ReportError({
      line: line.number, column: this.#columns!.names[field] ?? null, byteOffset: line.offsetOf(field), text: safeText(line, field), ...problem,
    });
  }

  #problem(line: FieldCursor, column: string, problem: NewProblem): ReportError {
    return this.#problemAt(line, this.#columns!.names.indexOf(column), { ...problem, column });
  }
}

function repeatsHeader(line: FieldCursor, { at }: Columns): boolean {
  return foldText(safeText(line, at.settlementId)) === 'settlementid';
}

type NewProblem = Pick<ReportProblem, 'code' | 'what'> & Partial<ReportProblem>;

function readHeader(line: FieldCursor): Columns {
  return readColumns(Array.from({ length: line.fields }, (_, field) => safeText(line, field)), line.number);
}

/** Text for a message: never fails. */
function safeText(line: FieldCursor, field: number): string {
  try {
    return line.text(field).slice(0, 60);
  } catch {
    return '';
  }
}

function truncated(what: string, line: number, column: string): ReportError {
  return new ReportError({ code: 'report-truncated', what, line, column, remedy: DOWNLOAD_AGAIN });
}
