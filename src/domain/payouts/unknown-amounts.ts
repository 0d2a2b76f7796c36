/** Amounts whose key no rule names, counted by key. */
import { foldKey } from '../settlement/fold-key.ts';
import type { AmountKey, SettlementRow } from '../settlement/settlement.ts';

export class UnknownAmounts {
  readonly #byKey = new Map<string, { key: AmountKey; rows: number; amount: bigint }>();

  add(row: SettlementRow): void {
    const folded = foldKey(row);
    const known = this.#byKey.get(folded);
    const { transactionType, amountType, amountDescription } = row;
    this.#byKey.set(folded, {
      key: known?.key ?? { transactionType, amountType, amountDescription },
      rows: (known?.rows ?? 0) + 1,
      amount: (known?.amount ?? 0n) + row.amount,
    });
  }

  get isEmpty(): boolean {
    return this.#byKey.size === 0;
  }

  keys(): AmountKey[] {
    return [...this.#byKey.values()].map(({ key }) => key);
  }

  of(key: AmountKey): { rows: number; amount: bigint } {
    return this.#byKey.get(foldKey(key)) ?? { rows: 0, amount: 0n };
  }

  get rows(): number {
    return [...this.#byKey.values()].reduce((sum, { rows }) => sum + rows, 0);
  }

  get amount(): bigint {
    return [...this.#byKey.values()].reduce((sum, { amount }) => sum + amount, 0n);
  }
}
