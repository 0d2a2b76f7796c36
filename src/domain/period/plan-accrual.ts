/** `ACR`: the two journals of a month's accrual (close.md, *Accruals*; accounting.md, *Identity*). */
import { externalIdOf, type DocumentKey } from '../identifiers/external-id.ts';
import type { JournalLine } from '../journal/journal-plan.ts';
import type { Role } from '../mapping/roles.ts';
import type { Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { AccruedShare } from '../profit/split.ts';
import { firstDayOf, lastDayOf, nextPeriod, renderPeriod, type Period } from './calendar.ts';
import type { UnsettledOfMonth } from './unsettled.ts';

/** As the outbox keeps it. */
export interface AccrualPlan {
  /** The month that is accrued. */
  period: Period;
  lines: JournalLine[];
  /** Version of the list of Finances' words by which it was worked out. */
  financesMapVersion: number;
  /** Whose the accrued roles are, by the transactions; of the accrual alone, and absent in plans of before it was told. */
  whose?: AccruedShare[];
  /** External id of the accrual that this one takes back. */
  reverses?: string;
}

export interface PlannedAccrual {
  key: DocumentKey<'ACR'>;
  date: Day;
  currency: CurrencyCode;
  /** Sum of the debits. */
  total: bigint;
  plan: AccrualPlan;
}

/** `2026-10-USD`: the business key of both parts. */
export const accrualKey = (period: Period, currency: CurrencyCode): string => `${period}-${currency}`;

const keyOf = (connection: string, period: Period, currency: CurrencyCode, part: 1 | 2): DocumentKey<'ACR'> => ({
  connection,
  purpose: 'ACR',
  businessKey: accrualKey(period, currency),
  part,
});

/** External ids of the accrual and its opposite. */
export const accrualIds = (connection: string, period: Period, currency: CurrencyCode): [string, string] => [
  externalIdOf(keyOf(connection, period, currency, 1)),
  externalIdOf(keyOf(connection, period, currency, 2)),
];

/**
 * Part 1 on the month's last day, one line a role against `accrued`, and part 2, its opposite, on the day after. Roles that come
 * to nothing have no line, nor has `accrued` where they come to nothing together.
 */
export function planAccrual(
  connection: string,
  period: Period,
  { currency, roles, whose }: Pick<UnsettledOfMonth, 'currency' | 'roles' | 'whose'>,
  financesMapVersion: number,
): [PlannedAccrual, PlannedAccrual] {
  const memo = `unsettled of ${renderPeriod(period)}`;
  const accrued = -sumMinor(roles.map(({ amount }) => amount));
  const lines = [...roles, { role: 'accrued' as const, amount: accrued }]
    .filter(({ amount }) => amount !== 0n)
    .map(({ role, amount }) => lineOf(role, amount, memo));
  const total = sumMinor(lines.map(({ debit }) => debit));
  const of = { currency, total };
  const key = (part: 1 | 2) => keyOf(connection, period, currency, part);
  const reverses = externalIdOf(key(1));
  return [
    { ...of, key: key(1), date: lastDayOf(period), plan: { period, lines, financesMapVersion, whose: [...whose] } },
    {
      ...of,
      key: key(2),
      date: firstDayOf(nextPeriod(period)),
      plan: { period, lines: lines.map(opposite), financesMapVersion, reverses },
    },
  ];
}

function lineOf(role: Role, amount: bigint, memo: string): JournalLine {
  const [debit, credit] = amount > 0n ? [amount, 0n] : [0n, -amount];
  return { role, account: null, debit, credit, memo, payout: false };
}

function opposite({ debit, credit, memo, ...line }: JournalLine): JournalLine {
  return { ...line, debit: credit, credit: debit, memo: `reversal: ${memo}` };
}
