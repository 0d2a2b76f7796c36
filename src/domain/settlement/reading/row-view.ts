import { instantOf, type Instant } from '../../money/instant.ts';
import type { Minor } from '../../money/amount-sum.ts';
import type { Columns } from '../columns.ts';
import type { FieldCursor } from '../../delimited/field-cursor.ts';
import { OrderNumber } from './order-number.ts';
import type { ReportKey } from './key-table.ts';
import type { SettlementRow } from '../settlement.ts';

/**
 * One amount of a report while its line passes. What every row is checked for was read (key, amount, instant,
 * quantity); the other fields become strings when they are asked for. The view is used again for the next amount, so
 * it may not be kept beyond the call that gets it: {@link toRow} makes a row that may.
 */
export class RowView implements SettlementRow {
  readonly #line: FieldCursor;
  readonly #at: Columns['at'];
  ordinal = 0;
  /** The same object for every row of the same key. */
  key: ReportKey = { transactionType: '', amountType: '', amountDescription: '', number: -1 };
  /** The amount as it was read: signed minor units. */
  minor: Minor = 0;
  /** Epoch seconds of {@link postedAt}. */
  postedSeconds = 0;
  quantity: number | null = null;
  /** Set where the SKU is not the line's own (V1 names it once per item), undefined where it is. */
  skuOfItem: string | null | undefined = undefined;

  readonly #order = new OrderNumber();
  /** Whether the order id of the last line that was asked for it has a number. */
  #numbered = false;
  #numberedLine = -1;
  /** The last instant that was asked for: neighbouring rows mostly share it. */
  #instantSeconds = Number.NaN;
  #instant: Instant = '';

  constructor(line: FieldCursor, at: Columns['at']) {
    this.#line = line;
    this.#at = at;
  }

  get line(): number {
    return this.#line.number;
  }
  get amount(): bigint {
    return BigInt(this.minor);
  }
  get transactionType(): string {
    return this.key.transactionType;
  }
  get amountType(): string {
    return this.key.amountType;
  }
  get amountDescription(): string {
    return this.key.amountDescription;
  }
  get orderId(): string | null {
    return this.#line.text(this.#at.orderId) || null;
  }
  /** {@link orderId} as a number where it has Amazon's shape, valid only during the call; null for another, or none. */
  get orderNumber(): OrderNumber | null {
    const line = this.#line;
    const field = this.#at.orderId;
    if (!line.isSameSince(this.#numberedLine, field))
      this.#numbered = this.#order.read(line.bytes, line.start(field), line.end(field));
    this.#numberedLine = line.number;
    return this.#numbered ? this.#order : null;
  }
  get merchantOrderId(): string | null {
    return this.#line.text(this.#at.merchantOrderId) || null;
  }
  get adjustmentId(): string | null {
    return this.#line.text(this.#at.adjustmentId) || null;
  }
  get shipmentId(): string | null {
    return this.#line.text(this.#at.shipmentId) || null;
  }
  get marketplaceName(): string | null {
    return this.#line.text(this.#at.marketplaceName) || null;
  }
  get fulfillmentId(): string | null {
    return this.#line.text(this.#at.fulfillmentId) || null;
  }
  get orderItemCode(): string | null {
    return this.#line.text(this.#at.orderItemCode) || null;
  }
  get merchantAdjustmentItemId(): string | null {
    return this.#line.text(this.#at.merchantAdjustmentItemId) || null;
  }
  get sku(): string | null {
    return this.skuOfItem === undefined ? this.#line.text(this.#at.sku) || null : this.skuOfItem;
  }
  get postedAt(): Instant {
    if (this.#instantSeconds !== this.postedSeconds) {
      this.#instantSeconds = this.postedSeconds;
      this.#instant = instantOf(this.postedSeconds * 1000);
    }
    return this.#instant;
  }
  get promotionId(): string | null {
    return this.#line.text(this.#at.promotionId) || null;
  }

  /** The amount as a row to keep, every field read. @throws UndecodableText */
  toRow(): SettlementRow {
    return {
      line: this.line,
      ordinal: this.ordinal,
      amount: this.amount,
      transactionType: this.key.transactionType,
      amountType: this.key.amountType,
      amountDescription: this.key.amountDescription,
      orderId: this.orderId,
      merchantOrderId: this.merchantOrderId,
      adjustmentId: this.adjustmentId,
      shipmentId: this.shipmentId,
      marketplaceName: this.marketplaceName,
      fulfillmentId: this.fulfillmentId,
      postedAt: this.postedAt,
      orderItemCode: this.orderItemCode,
      merchantAdjustmentItemId: this.merchantAdjustmentItemId,
      sku: this.sku,
      quantity: this.quantity,
      promotionId: this.promotionId,
    };
  }
}
