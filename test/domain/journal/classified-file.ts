import { POSTING_MODES } from '../../../src/domain/posting-modes/posting-modes.ts';
import { readFileSync } from 'node:fs';
import { bookedRole, bookingContext, type BookingContext } from '../../../src/domain/mapping/booked-role.ts';
import { classify } from '../../../src/domain/mapping/classify.ts';
import type { Role } from '../../../src/domain/mapping/roles.ts';
import { formatMinor } from '../../../src/domain/money/money.ts';
import type { JournalLine } from '../../../src/domain/journal/journal-plan.ts';
import { JournalBuilder, type BuiltJournal, type JournalOptions } from '../../../src/domain/journal/build-journal.ts';
import { parse } from '../settlement/settlement-file.ts';
import type { SettlementHeader, SettlementRow } from '../../../src/domain/settlement/settlement.ts';

export interface ClassifiedRow {
  row: SettlementRow;
  meaning: Role;
  booked: Role;
}

/** Rows of a golden settlement with their meaning and what they are booked as. */
export function classifiedFile(
  name: string,
  context: BookingContext = bookingContext('invoice'),
): { header: SettlementHeader; rows: ClassifiedRow[] } {
  const { header, list } = parse(
    new Uint8Array(readFileSync(new URL(`../../golden/settlements/${name}`, import.meta.url))),
  );
  return { header, rows: list.map((row) => classified(row, classify(row)!.role, context)) };
}

export function classified(
  row: SettlementRow,
  meaning: Role,
  context: BookingContext = bookingContext('invoice'),
): ClassifiedRow {
  return { row, meaning, booked: bookedRole(meaning, row, context) };
}

export function build(
  header: SettlementHeader,
  rows: ClassifiedRow[],
  options: Partial<JournalOptions> = {},
): BuiltJournal {
  const builder = new JournalBuilder({
    header,
    mode: POSTING_MODES.invoice,
    mapVersion: 1,
    timeZoneOf: () => 'America/Los_Angeles',
    splitAtMonthEnds: true,
    ...options,
  });
  for (const { row, meaning, booked } of rows) builder.add(row, meaning, booked);
  return builder.finish();
}

/** Lines in the accountant's notation: `Dr role 20.02` or `Cr role 65.99`, the payout line marked. */
export function notation(lines: readonly JournalLine[], currency = 'USD'): string[] {
  return lines.map(
    ({ role, debit, credit, payout }) =>
      `${debit > 0n ? 'Dr' : 'Cr'} ${role} ${formatMinor(debit > 0n ? debit : credit, currency)}${payout ? ' (payout line)' : ''}`,
  );
}
