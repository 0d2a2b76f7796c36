/** `FTX`: journals of tax that a person decides, and no settlement brings (tax.md, *Fees*, *VAT report*). */
import type { JournalLine } from '../journal/journal-plan.ts';
import type { Role } from '../mapping/roles.ts';
import type { Jurisdiction } from './tax-policy.ts';
import { movedTax, type TaxMove } from './tax-move.ts';

/** As the outbox keeps it; what it is of stands in the table of moves, or of fee invoices. */
export interface TaxJournalPlan {
  lines: JournalLine[];
}

/** A journal of two lines: `amount` is debited to the first and credited to the second, or the other way where it is below zero. */
export function twoLines(
  debited: { role: Role; jurisdiction?: Jurisdiction },
  credited: { role: Role; jurisdiction?: Jurisdiction },
  amount: bigint,
  memo: string,
): JournalLine[] {
  const size = amount < 0n ? -amount : amount;
  const line = (side: 'debit' | 'credit', of: typeof debited): JournalLine => ({
    ...of,
    account: null,
    debit: side === 'debit' ? size : 0n,
    credit: side === 'credit' ? size : 0n,
    memo,
    payout: false,
  });
  return amount < 0n
    ? [line('credit', debited), line('debit', credited)]
    : [line('debit', debited), line('credit', credited)];
}

/** Null where net alone is moved: no account moves by it. */
export function moveJournal(move: TaxMove): TaxJournalPlan | null {
  const { from, to, orderId } = move;
  const tax = movedTax(move);
  if (tax === 0n) return null;
  const payable = (jurisdiction: Jurisdiction) => ({ role: 'sales-tax-payable', jurisdiction }) as const;
  return { lines: twoLines(payable(from), payable(to), tax, `VAT of order ${orderId} from ${from} to ${to}`) };
}
