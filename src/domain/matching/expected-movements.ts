import { foldText } from '../settlement/fold-key.ts';
import type { Role } from '../mapping/roles.ts';
import type { Instant } from '../money/instant.ts';
import type { AmountKey, SettlementHeader, SettlementRow } from '../settlement/settlement.ts';

export type MovementKind = 'payout' | 'micro-deposit' | 'charge';

/** Money that must show up on a statement. */
export interface ExpectedMovement {
  kind: MovementKind;
  /** Signed minor units as the bank or card sees them: a payout or micro deposit is positive, a charge negative. */
  amount: bigint;
  /** The report's deposit date for the payout, else the row's instant. */
  postedAt: Instant;
  /** Row in the file; null for the payout, which has none. */
  line: number | null;
}

/** An earlier transfer that failed: its amount comes back into this settlement and never had a bank line. */
export interface ReturnedPayout {
  /** Positive. */
  amount: bigint;
  postedAt: Instant;
  line: number;
}

export interface ExpectedMovements {
  /** The payout first, then micro deposits and charges in the order of their rows. */
  movements: ExpectedMovement[];
  returned: ReturnedPayout[];
}

const MICRO_DEPOSIT = foldText('Micro Deposit');

/** Whether rows of a key (the known one, where they are a new spelling) bring a failed transfer back; a micro deposit has the same role and is none. */
export function isReturnedPayout(known: AmountKey, meaning: Role): boolean {
  return meaning === 'payouts-in-transit' && !foldText(known.amountDescription).startsWith(MICRO_DEPOSIT);
}

/** Whether rows of a meaning show up on a statement or come back from one; the others need not be shown to the collector. */
export function isMovement(meaning: Role): boolean {
  return meaning === 'amazon-charges' || meaning === 'payouts-in-transit';
}

/** Collects the movements that a settlement must cause. A total of zero or less has no payout. */
export class MovementCollector {
  readonly #movements: ExpectedMovement[] = [];
  readonly #returned: ReturnedPayout[] = [];

  constructor(header: SettlementHeader) {
    if (header.total > 0n)
      this.#movements.push({ kind: 'payout', amount: header.total, postedAt: header.depositDate, line: null });
  }

  /** @param known the key that the row's is a new spelling of, where it is one */
  add(row: SettlementRow, meaning: Role, known: AmountKey = row): void {
    const { amount, postedAt, line } = row;
    if (meaning === 'amazon-charges') this.#movements.push({ kind: 'charge', amount: -amount, postedAt, line });
    else if (isReturnedPayout(known, meaning)) this.#returned.push({ amount, postedAt, line });
    else if (meaning === 'payouts-in-transit')
      this.#movements.push({ kind: 'micro-deposit', amount: -amount, postedAt, line });
  }

  finish(): ExpectedMovements {
    return { movements: [...this.#movements], returned: [...this.#returned] };
  }
}

/** Movements of a whole settlement, from its rows with what each means. */
export function expectedMovements(
  header: SettlementHeader,
  rows: Iterable<{ row: SettlementRow; meaning: Role }>,
): ExpectedMovements {
  const collector = new MovementCollector(header);
  for (const { row, meaning } of rows) collector.add(row, meaning);
  return collector.finish();
}
