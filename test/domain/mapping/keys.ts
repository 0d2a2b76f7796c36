import type { AmountKey } from '../../../src/domain/settlement/settlement.ts';

/** `Order / ItemFees / Commission` as a key. */
export function key(text: string): AmountKey {
  const [transactionType, amountType, amountDescription] = text.split(' / ') as [string, string, string];
  return { transactionType, amountType, amountDescription };
}
