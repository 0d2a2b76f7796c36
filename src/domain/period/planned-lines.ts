/** What documents of ours put on the connection's roles, as lines that the balances of a month are made of. */
import { asShown, isSalesPurpose, type Purpose } from '../documents/document-kinds.ts';
import type { Planned } from '../documents/document-plans.ts';
import { monthOf, type Day } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';
import type { PlannedLine } from './account-facts.ts';
import type { WatchedAccount } from './accounts.ts';
import { receivableOf, roleLines } from './role-lines.ts';

interface Totals {
  purpose: Purpose;
  currency: CurrencyCode;
  total: bigint;
  /** Day of the first of them. */
  first: Day;
}

/** Of invoices and memos of one month, summed: what is left of each is told by {@link openSale}. */
export function soldLines({ purpose, currency, total, first, period }: Totals & { period: string }): PlannedLine[] {
  if (!isSalesPurpose(purpose)) return [];
  return [
    lineOf(
      { role: 'receivable', amount: receivableOf(purpose, total) },
      { purpose, currency, day: first, period, subject: period },
    ),
  ];
}

/** Of payments and refunds of one settlement, summed. */
export function settledLines({
  purpose,
  currency,
  total,
  first,
  settlementId,
}: Totals & { settlementId: string }): PlannedLine[] {
  const of = { purpose, currency, day: first, period: monthOf(first), subject: `settlement ${settlementId}` };
  const moved = receivableOf(purpose, total);
  return [lineOf({ role: 'receivable', amount: moved }, of), lineOf({ role: 'clearing', amount: -moved }, of)];
}

/** A journal, a deposit or a charge, line by line. */
export function linesOfJournal(
  document: Planned & {
    total: bigint;
    currency: CurrencyCode;
    date: Day;
    settlementId: string | null;
    externalId: string;
  },
): PlannedLine[] {
  const { currency, date, settlementId, externalId, key } = document;
  const subject = settlementId === null ? externalId : `settlement ${settlementId}`;
  return roleLines(document).map((line) =>
    lineOf(line, { purpose: key.purpose, currency, day: date, period: monthOf(date), subject, document: externalId }),
  );
}

/**
 * Adjustments of stock on a shown account: which stand there is planned, their value is NetSuite's own (stock.md), so that its
 * lines are what is planned. One that is not of those planned explains nothing.
 */
export function adjustmentLines(
  { roles, currency }: Pick<WatchedAccount, 'roles' | 'currency'>,
  planned: readonly { externalId: string; date: Day }[],
  held: ReadonlyMap<string, bigint>,
): PlannedLine[] {
  const [on] = roles;
  if (on === undefined) return [];
  return planned.flatMap(({ externalId, date }) => {
    const amount = held.get(externalId) ?? 0n;
    const of = { purpose: 'ADJ' as const, currency, day: date, period: monthOf(date), subject: externalId };
    return amount === 0n ? [] : [lineOf({ ...on, amount }, { ...of, document: externalId })];
  });
}

function lineOf(
  {
    role,
    jurisdiction = null,
    amount,
  }: { role: PlannedLine['role']; jurisdiction?: string | null | undefined; amount: bigint },
  of: Omit<PlannedLine, 'role' | 'jurisdiction' | 'amount'>,
): PlannedLine {
  // What was released stands on the account that held it (accounting.md, *Account roles*).
  return { role: role === 'reserve-released' ? 'reserve-held' : role, jurisdiction, amount, ...of };
}

/** An invoice or memo that is not paid off, as it stands on receivable. */
export function openSale({
  externalId,
  purpose,
  currency,
  left,
  date,
}: {
  externalId: string;
  purpose: Purpose;
  currency: CurrencyCode;
  left: bigint;
  date: Day;
}) {
  const amount = isSalesPurpose(purpose) ? asShown(purpose, left) : 0n;
  return { document: externalId, currency, amount, since: date };
}
