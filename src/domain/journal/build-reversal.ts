import type { JournalPart } from './journal-plan.ts';

/** The reversal of a posted part: the same accounts and day, sides exchanged, so that both come to nothing in their period. */
export function reversalOf({ part, date, lines }: JournalPart, why: string): JournalPart {
  return {
    part,
    date,
    lines: lines.map((line) => ({ ...line, debit: line.credit, credit: line.debit, memo: `${why}: ${line.memo}` })),
  };
}

/**
 * Whether two sets of parts book the same amounts on the same days, tax of the same items where both say of which it is: nothing
 * would change if one replaced the other.
 */
export function booksTheSame(one: readonly JournalPart[], other: readonly JournalPart[]): boolean {
  const [before, after] = [one, other].map(taxShares);
  return figures(one) === figures(other) && (before === '' || after === '' || before === after);
}

function taxShares(parts: readonly JournalPart[]): string {
  return parts
    .flatMap((part) =>
      (part.taxShares ?? []).map(({ orderId, orderItemCode, sku, jurisdiction, amount }) =>
        JSON.stringify([part.date, orderId, orderItemCode, sku, jurisdiction, amount.toString()]),
      ),
    )
    .sort()
    .join('\n');
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
