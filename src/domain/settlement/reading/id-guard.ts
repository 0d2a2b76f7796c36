import type { Columns } from '../columns.ts';
import type { FieldCursor } from '../../delimited/field-cursor.ts';
import { readDigits } from './read-digits.ts';
import { refusedField } from '../refused-line.ts';
import { DOWNLOAD_AGAIN, type ReportError } from '../report-error.ts';
import { isSpreadsheetNumber, mayBeSpreadsheetNumber } from './spreadsheet-number.ts';

const DAMAGED =
  'its digits are lost, and two ids may have become one: a spreadsheet or a script has rewritten the file';

/** So many digits are exact as a number. */
const EXACT_DIGITS = 15;

/**
 * Refuses rows whose ids a spreadsheet has turned into numbers, and two SKUs under one order and order item code, which
 * is what two such ids look like when nothing of their form is left. Items are compared within an order as long as its
 * rows follow on each other, as Amazon writes them, so the memory is that of one order.
 */
export class IdGuard {
  readonly #columns: Columns;
  readonly #ids: readonly number[];
  readonly #idMask: number;
  readonly #itemMask: number;
  /** The line that was looked at last. */
  #line = -1;
  /** Items of its order: how many, their codes, what the bytes of their SKUs hash to, and where each was seen first. */
  #items = 0;
  readonly #codes: (number | string)[] = [];
  readonly #skus: number[] = [];
  readonly #lines: number[] = [];

  constructor(columns: Columns) {
    const {
      orderId,
      merchantOrderId,
      adjustmentId,
      shipmentId,
      orderItemCode,
      merchantOrderItemId,
      merchantAdjustmentItemId,
      promotionId,
      sku,
    } = columns.at;
    this.#columns = columns;
    this.#ids = [
      orderId,
      merchantOrderId,
      adjustmentId,
      shipmentId,
      orderItemCode,
      merchantOrderItemId,
      merchantAdjustmentItemId,
      promotionId,
    ].filter((field) => field >= 0);
    this.#idMask = maskOf(this.#ids);
    this.#itemMask = maskOf([orderId, orderItemCode, sku]);
  }

  /** @throws ReportError `report-number` */
  check(line: FieldCursor): void {
    const follows = this.#line === line.number - 1;
    if (!follows || !line.isLikeBefore(this.#idMask)) for (const field of this.#ids) this.#checkId(line, field);
    if (!follows || !line.isLikeBefore(this.#itemMask)) this.#checkItem(line);
    this.#line = line.number;
  }

  /** The settlement id, which the other rows repeat. @throws ReportError */
  checkSummary(line: FieldCursor): void {
    this.#checkId(line, this.#columns.at.settlementId);
  }

  #checkId(line: FieldCursor, field: number): void {
    if (line.isSameSince(this.#line, field) || !mayBeSpreadsheetNumber(line.bytes, line.start(field), line.end(field)))
      return;
    const text = line.text(field);
    if (isSpreadsheetNumber(text))
      throw this.#refused(
        line,
        field,
        `Line ${line.number} cannot be read: "${text}" is a number that a spreadsheet wrote, not an id.`,
        [DAMAGED],
      );
  }

  #checkItem(line: FieldCursor): void {
    const { orderId, orderItemCode, sku } = this.#columns.at;
    if (!line.isSameSince(this.#line, orderId)) this.#items = 0;
    const code = codeOf(line, orderItemCode);
    if (code === '' || line.isBlank(sku) || line.isBlank(orderId)) return;
    const hash = line.hash(sku, 0);
    let item = 0;
    while (item < this.#items && this.#codes[item] !== code) item += 1;
    if (item === this.#items) {
      this.#codes[item] = code;
      this.#skus[item] = hash;
      this.#lines[item] = line.number;
      this.#items += 1;
    } else if (this.#skus[item] !== hash) {
      throw this.#refused(
        line,
        orderItemCode,
        `Lines ${this.#lines[item]} and ${line.number} have one order item code and two SKUs.`,
        [`the second is ${line.text(sku)}`, DAMAGED],
      );
    }
  }

  #refused(line: FieldCursor, field: number, what: string, evidence: string[]): ReportError {
    return refusedField(line, this.#columns, field, {
      code: 'report-number',
      what,
      evidence,
      remedy: `${DOWNLOAD_AGAIN}, and do not open it in a spreadsheet`,
    });
  }
}

const ZERO = 48;

/** Mostly fourteen digits: a number that is compared quickly and just as exact. `''` for none. */
function codeOf(line: FieldCursor, field: number): number | string {
  const start = line.start(field);
  const end = line.end(field);
  if (start === end) return '';
  const digits =
    end - start > EXACT_DIGITS || line.bytes[start] === ZERO ? -1 : readDigits(line.bytes, start, end - start);
  return digits < 0 ? line.text(field) : digits;
}

function maskOf(fields: readonly number[]): number {
  return fields.reduce((mask, field) => (field < 0 ? mask : mask | (1 << field)), 0);
}
