import { explainStatement } from '../../domain/matching/explain-statement.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { settlementStates, statementLines } from '../../store/bank/statement-lines.ts';
import type { ConnectionSource } from '../view-source.ts';

export interface AmazonLineView {
  date: string;
  amount: string;
  currency: string;
  /** `payout 20001234561`, `no payout that is known`. */
  what: string;
  /** `by trace id`, `waits for its journal`, or nothing to say. */
  how: string | null;
  matched: boolean;
}

/** What became of the lines of a statement. */
export interface StatementView {
  amazonLines: AmazonLineView[];
  matched: number;
  /** Lines that nothing of Amazon's is known of. */
  otherLines: number;
  /** Every line that a payout looks for by itself has been taken: what is not matched now waits for something. */
  settled: boolean;
}

/** @param days null for a statement without lines */
export async function statementView(
  { store: { db }, settings: { name } }: ConnectionSource,
  account: 'bank' | 'card',
  days: { from: string; to: string } | null,
): Promise<StatementView> {
  const lines = days === null ? [] : await statementLines(db, name, account, days.from, days.to);
  const expecting = lines.flatMap((line) => line.expectedBy ?? []);
  const states = await settlementStates(db, name, expecting);
  const { amazon, matched, others } = explainStatement(lines, (settlementId) => states.get(settlementId) ?? null);
  return {
    amazonLines: amazon.map(({ date, amount, currency, what, how, matched: taken }) => ({
      date,
      amount: formatMinor(amount, currency),
      currency,
      what,
      how,
      matched: taken,
    })),
    matched,
    otherLines: others,
    settled: !amazon.some(({ soon }) => soon),
  };
}
