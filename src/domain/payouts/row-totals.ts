/** Totals over the staged rows of a settlement that its checks need. */
import { compactInstant } from '../money/instant.ts';
import { foldText } from '../settlement/fold-key.ts';
import type { Role } from '../mapping/roles.ts';
import type { SettlementRow } from '../settlement/settlement.ts';

export class RowTotals {
  sum = 0n;
  unplaced = 0;
  readonly #untied = new Map<string, bigint>();

  /** `part` is the journal part that carries the row, 0 where it washes, null while it has no place. */
  add(
    row: SettlementRow & { role: Role | null; booked: Role | null; part: number | null; document: string | null },
  ): void {
    this.sum += row.amount;
    if (row.role === null || row.booked === null || row.part === null) this.unplaced += 1;
    // Whatever its type: nothing but a document takes a row out of clearing again.
    if (row.role === null || row.booked !== 'clearing' || row.document !== null) return;
    const key = JSON.stringify([
      row.orderId,
      foldText(row.transactionType),
      row.shipmentId ?? compactInstant(row.postedAt),
    ]);
    this.#untied.set(key, (this.#untied.get(key) ?? 0n) + row.amount);
  }

  /** Groups of rows on clearing without a document; those that come to zero need none. */
  get untiedGroups(): number {
    return [...this.#untied.values()].filter((amount) => amount !== 0n).length;
  }
}
