import { dayIn, monthOf } from '../../domain/money/instant.ts';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import { isKind } from '../../domain/documents/document-plans.ts';
import { lastDayOf, periodsBetween, previousPeriod, type Period } from '../../domain/period/calendar.ts';
import { monthsWithParts } from '../../domain/period/part-or-accrual.ts';
import { documentIs } from '../../domain/documents/document-states.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import { accruedMonths, alonePartOrAccrual, claimedMonths, claimMonths } from '../../store/period/accruals.ts';
import { takesJournals } from '../posting/booking.ts';
import { settlementDay, settlementZone, type PayoutSetup } from './payout-setup.ts';

/**
 * Months in which the settlement's journal makes parts, claimed before it is built: from then on accruals leave its transactions
 * of those months out, and once an accrual is planned neither its month nor an earlier one can be claimed (close.md, *Accruals*).
 * What is claimed stays for a journal that is planned anew, whatever was closed since; one that stands has its successor in the same
 * months. Idempotent.
 * @param standing journals of it that NetSuite may hold: their months stay claimed, whatever takes them back later
 */
export async function claimParts(
  setup: PayoutSetup,
  standing: readonly StoredDocument<'journal'>[],
): Promise<Period[]> {
  const { connection, settlement } = setup;
  const { db, name } = connection;
  const { settlementId, currency, start } = settlement;
  const last = monthOf(settlementDay(setup));
  const months = periodsBetween(monthOf(dayIn(start, settlementZone(setup))), previousPeriod(last));
  const closed = new Set<Period>();
  for (const month of months) if (!(await takesJournals(connection, lastDayOf(month)))) closed.add(month);
  const monthsOf = (journals: typeof standing) =>
    journals.map(({ plan }) => monthOf(plan.date)).filter((month) => month < last);
  const held = monthsOf(standing);
  const stands = unreversed(standing);
  return alonePartOrAccrual(db, name, currency, async (tx) => {
    const claimed = await claimedMonths(tx, name, settlementId);
    const parts = monthsWithParts({
      months,
      closed,
      claimed,
      accrued: await accruedMonths(tx, name, currency),
      standing: stands.length === 0 ? null : monthsOf(stands),
    });
    await claimMonths(tx, name, settlementId, [...new Set([...held, ...parts])].sort());
    return parts;
  });
}

/** Journals of a settlement that NetSuite holds, or may. */
export function standingJournals(documents: readonly StoredDocument[]): StoredDocument<'journal'>[] {
  return documents
    .filter((document) => isKind(document, 'JE'))
    .filter((document) => !documentIs.notInNetSuite(document));
}
