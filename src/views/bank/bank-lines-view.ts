import { formatMinor } from '../../domain/money/money.ts';
import { numberedLines, type NumberedLine } from '../../store/bank/statement-lines.ts';
import type { ViewSource } from '../view-source.ts';

/** A line of a statement under the number by which people name it. */
export interface BankLineView extends Omit<NumberedLine, 'amount' | 'movement'> {
  /** Signed as the bank or the card sees it. */
  amount: string;
  /** The movement that it proves; null for a line that is free. */
  proves: NumberedLine['movement'];
}

/** Stored lines of some connections by their days. `unmatched`: those that prove nothing. */
export async function bankLinesView(
  { store }: ViewSource,
  connections: readonly string[],
  filter: { account: 'bank' | 'card' | null; unmatched: boolean },
): Promise<BankLineView[]> {
  const lines = await numberedLines(store.db, connections, filter);
  return lines.map(({ amount, currency, movement, ...line }) => ({
    ...line,
    amount: formatMinor(amount, currency),
    currency,
    proves: movement,
  }));
}
