import type { Role } from '../mapping/roles.ts';
import type { Jurisdiction } from '../tax/tax-policy.ts';
import type { Day } from '../money/instant.ts';
import type { Dimensions } from '../mapping/dimensions.ts';
import type { JournalLine, JournalPart } from './journal-plan.ts';

/** A line before its side is known: `amount` is signed as in the report, positive is a credit. */
export interface SignedLine {
  role: Role;
  amount: bigint;
  memo: string;
  payout: boolean;
  jurisdiction?: Jurisdiction;
  dimensions?: Dimensions;
  marketplaces?: (string | null)[];
}

/** The lines of one date; the last group holds the payout line. */
export interface DatedLines {
  date: Day;
  lines: SignedLine[];
}

/**
 * Cuts dated lines into parts of at most `maxLines` and bridges them with `settlement-in-progress`, so that each part
 * balances by itself and the bridges come to zero together. Groups come in the order of their dates; all lines
 * together must come to zero.
 */
export function balanceParts(
  groups: readonly DatedLines[],
  maxLines: number,
  account: (role: Role, jurisdiction: Jurisdiction | null) => string | null,
): JournalPart[] {
  const chunks = chunked(
    groups.filter((group) => group.lines.length > 0),
    maxLines,
  );
  return chunks.map(({ date, lines }, index) => {
    const open = lines.reduce((sum, line) => sum + line.amount, 0n);
    const bridge: SignedLine = {
      role: 'settlement-in-progress',
      amount: -open,
      memo: `part ${index + 1} of ${chunks.length} of the settlement`,
      payout: false,
    };
    const all = open === 0n ? lines : [...lines, bridge];
    const part = { part: index + 1, date, lines: all.map((line) => journalLine(line, account)) };
    assertBalanced(part.lines, `part ${part.part}`);
    return part;
  });
}

/** Puts an amount on its side. */
export function journalLine(
  { role, amount, memo, payout, ...grouped }: SignedLine,
  account: (role: Role, jurisdiction: Jurisdiction | null) => string | null,
): JournalLine {
  return {
    role,
    account: account(role, grouped.jurisdiction ?? null),
    debit: amount < 0n ? -amount : 0n,
    credit: amount > 0n ? amount : 0n,
    memo,
    payout,
    ...grouped,
  };
}

/** @throws Error `bug:` when debits and credits differ or a line has not exactly one side. */
export function assertBalanced(lines: readonly JournalLine[], what: string): void {
  let open = 0n;
  for (const line of lines) {
    if (line.debit < 0n || line.credit < 0n || (line.debit === 0n) === (line.credit === 0n)) {
      throw new Error(`bug: ${what} has a line on ${line.role} that has not exactly one side`);
    }
    open += line.debit - line.credit;
  }
  if (open !== 0n) throw new Error(`bug: ${what} does not balance, debits minus credits are ${open} minor units`);
}

function chunked(groups: readonly DatedLines[], maxLines: number): DatedLines[] {
  if (maxLines < 3) throw new Error('bug: a part needs room for three lines: one, the bridge and the payout');
  if (groups.length === 1 && groups[0]!.lines.length <= maxLines) return [...groups];
  const room = maxLines - 1; // one line is the bridge
  return groups.flatMap(({ date, lines }) => {
    const payout = lines.filter((line) => line.payout);
    const rest = lines.filter((line) => !line.payout);
    const parts: SignedLine[][] = [];
    for (let at = 0; at < rest.length; at += room) parts.push(rest.slice(at, at + room));
    const last = parts.at(-1);
    if (payout.length > 0 && (last === undefined || last.length + payout.length > room)) parts.push(payout);
    else if (payout.length > 0) last!.unshift(...payout);
    return parts.map((part) => ({ date, lines: part }));
  });
}
