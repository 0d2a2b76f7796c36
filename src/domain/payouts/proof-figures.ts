/** What a payout comes to at each of its ends, beside one another (close.md, *Proof*). Signed minor units, as the bank sees them. */
import { isJournalPurpose } from '../documents/document-kinds.ts';
import { hasPlan, type Planned } from '../documents/document-plans.ts';
import { unreversed } from '../identifiers/settlement-key.ts';
import { balanceOf, payoutLineOf } from '../journal/journal-plan.ts';
import { sumMinor } from '../money/money.ts';

export interface ProvenPayout {
  /** The report's own total, and the sum of its rows. */
  total: bigint;
  rows: bigint;
  /** What its journal says that was paid out; null while there is none. */
  journal: bigint | null;
  /** Debit − credit of its journal, which must be nothing. */
  unbalanced: bigint;
  /** What its movements come to, and the lines of the bank behind them. */
  moved: bigint;
  bank: bigint;
}

export function proofFigures({
  total,
  rows,
  documents,
  movements,
  bankLines,
}: {
  total: bigint;
  rows: bigint;
  documents: readonly (Planned & { externalId: string })[];
  movements: readonly { amount: bigint; state: string }[];
  bankLines: readonly { amount: bigint }[];
}): ProvenPayout {
  const lines = unreversed(documents.filter((document) => hasPlan(document, 'journal')))
    .filter(({ key }) => isJournalPurpose(key.purpose))
    .flatMap(({ plan }) => plan.lines);
  return {
    total,
    rows,
    journal: lines.length === 0 ? null : payoutLineOf(lines),
    unbalanced: sumMinor(lines.map(balanceOf)),
    moved: sumMinor(movements.filter(({ state }) => state !== 'returned').map(({ amount }) => amount)),
    bank: sumMinor(bankLines.map(({ amount }) => amount)),
  };
}
