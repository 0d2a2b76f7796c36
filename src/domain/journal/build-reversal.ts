import type { JournalPart } from './journal-plan.ts';

/** The reversal of a posted part: the same accounts and day, sides exchanged, so that both come to nothing in their period. */
export function reversalOf({ part, date, lines }: JournalPart, why: string): JournalPart {
  return {
    part,
    date,
    lines: lines.map((line) => ({ ...line, debit: line.credit, credit: line.debit, memo: `${why}: ${line.memo}` })),
  };
}

/** Whether two sets of parts book the same amounts on the same days: nothing would change if one replaced the other. */
export function booksTheSame(one: readonly JournalPart[], other: readonly JournalPart[]): boolean {
  return figures(one) === figures(other);
}

function figures(parts: readonly JournalPart[]): string {
  return parts
    .flatMap(({ part, date, lines }) =>
      lines.map(
        ({ role, account, debit, credit, payout }) =>
          `${part} ${date} ${role} ${account ?? ''} ${debit} ${credit} ${payout}`,
      ),
    )
    .sort()
    .join('\n');
}
