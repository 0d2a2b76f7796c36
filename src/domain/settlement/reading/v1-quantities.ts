import type { AmountKey } from '../settlement.ts';

/** What identifies the order item of a V1 row. */
export interface V1Item {
  orderId: string;
  orderItemCode: string;
  /** Set on refunds. */
  adjustmentItemId: string;
  sku: string;
  quantity: number | null;
}

/**
 * In V1 the first row of an order item holds nothing but its SKU and quantity; the rows of amounts follow. The
 * quantity goes to the item's Principal row, where V2 has it, and a missing SKU is filled in.
 */
export class V1QuantityKeeper {
  #current: V1Item | null = null;

  /** Sees every row before its amounts are handed over. */
  open(row: V1Item): void {
    if (row.quantity !== null) this.#current = { ...row };
    else if (this.#current !== null && !sameItem(this.#current, row)) this.#current = null;
  }

  sku(row: V1Item): string | null {
    return row.sku || this.#current?.sku || null;
  }

  /** The quantity for an amount of the item last opened, once and only for its Principal. */
  quantity(key: AmountKey): number | null {
    if (key.amountType !== 'ItemPrice' || key.amountDescription !== 'Principal' || this.#current === null) return null;
    const { quantity } = this.#current;
    this.#current.quantity = null;
    return quantity;
  }
}

/** A row that leaves a part of the identity blank belongs to the item before it. */
function sameItem(a: V1Item, b: V1Item): boolean {
  const agrees = (left: string, right: string) => right === '' || left === right;
  return (
    a.orderId !== '' &&
    a.orderId === b.orderId &&
    agrees(a.orderItemCode, b.orderItemCode) &&
    agrees(a.adjustmentItemId, b.adjustmentItemId) &&
    agrees(a.sku, b.sku)
  );
}
