import type { Role } from '../mapping/roles.ts';
import { isReturnedPayout } from '../matching/expected-movements.ts';
import type { SettlementRow } from '../settlement/settlement.ts';
import { assertBalanced, journalLine, type SignedLine } from './balance-parts.ts';
import type { JournalLine } from './journal-plan.ts';

/**
 * Opening entry of a chain: what its first settlement brings in from before the cut-over, against
 * `opening-balance`. The reserve that it releases (Dr `reserve-held`), the balance due that it carries in
 * (Cr `balance-due-to-amazon`) and the payouts that come back to it (Dr `payouts-in-transit`) must already stand in the
 * books for its own journal to take them out. E.g. a reserve of 50.00 released: Dr reserve-held 50.00,
 * Cr opening-balance 50.00. A micro deposit is the settlement's own and not brought in.
 */
export class OpeningEntryBuilder {
  #reserve = 0n;
  #balanceDue = 0n;
  #returned = 0n;

  add(row: SettlementRow, meaning: Role): void {
    if (meaning === 'reserve-released') this.#reserve += row.amount;
    else if (meaning === 'balance-due-to-amazon') this.#balanceDue += row.amount;
    else if (isReturnedPayout(row, meaning)) this.#returned += row.amount;
  }

  /** Lines of the entry, or null when the settlement brings nothing in. The caller dates it (day of the cut-over). */
  finish(account: (role: Role) => string | null = () => null): JournalLine[] | null {
    // What the settlement credits later is a debit here: the signs of the report are turned.
    const brought: SignedLine[] = [
      { role: 'reserve-held', amount: -this.#reserve, memo: 'reserve brought in', payout: false },
      { role: 'balance-due-to-amazon', amount: -this.#balanceDue, memo: 'balance due brought in', payout: false },
      { role: 'payouts-in-transit', amount: -this.#returned, memo: 'returned payout brought in', payout: false },
    ];
    const against = -brought.reduce((sum, line) => sum + line.amount, 0n);
    const lines = [
      ...brought,
      { role: 'opening-balance' as const, amount: against, memo: 'balances at the cut-over', payout: false },
    ]
      .filter((line) => line.amount !== 0n)
      .map((line) => journalLine(line, account));
    assertBalanced(lines, 'the opening entry');
    return lines.length === 0 ? null : lines;
  }
}

/** Opening entry from the rows of a chain's first settlement with what each means; null when it brings nothing in. */
export function buildOpeningEntry(
  rows: Iterable<{ row: SettlementRow; meaning: Role }>,
  account?: (role: Role) => string | null,
): JournalLine[] | null {
  const builder = new OpeningEntryBuilder();
  for (const { row, meaning } of rows) builder.add(row, meaning);
  return builder.finish(account);
}
