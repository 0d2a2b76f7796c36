import { marketplaceByName } from '../../config/marketplaces.ts';
import { reversalKey, settlementKey, unreversed } from '../../domain/identifiers/settlement-key.ts';
import { isKind } from '../../domain/documents/document-plans.ts';
import { JournalBuilder, type BuiltJournal } from '../../domain/journal/build-journal.ts';
import { booksTheSame } from '../../domain/journal/build-reversal.ts';
import { dimensionsOf } from '../../domain/mapping/dimensions.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { monthOf } from '../../domain/money/instant.ts';
import type { Period } from '../../domain/period/calendar.ts';
import { documentsOfSettlement, planDocument, type DocumentIntent } from '../../store/documents/documents.ts';
import { forgetDocuments } from '../../store/documents/forget-documents.ts';
import { assignRows, readRows, type StagedRow } from '../../store/payouts/settlement-rows.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { leftTaxPlaces } from '../tax/left-tax-places.ts';
import { claimParts, standingJournals } from './claim-parts.ts';
import { entryIntent, reversingIntent } from './journal-intents.ts';
import { accountNumberOf, settlementZone, type PayoutSetup } from './payout-setup.ts';
import { planOpening } from './plan-opening.ts';

/**
 * The journal of this revision of the report, in its parts. A report that was issued again first reverses what stands; an
 * entry that would come out the same stays. Opening entries of the chain come between: see `plan-opening.ts`.
 */
export async function planJournal(setup: PayoutSetup): Promise<DocumentIntent<'journal'>[]> {
  const opening = await planOpening(setup);
  const { reversals, entries } = await planEntries(setup);
  return [...opening.reversals, ...reversals, ...opening.entries, ...entries];
}

async function planEntries(setup: PayoutSetup): Promise<{
  reversals: DocumentIntent<'journal'>[];
  entries: DocumentIntent<'journal'>[];
}> {
  const { db } = setup.connection;
  const { connection, settlement } = setup;
  const { name } = connection;
  const key = settlementKey(settlement.settlementId, settlement.revision);
  const undo = reversalKey(settlement.settlementId, settlement.revision);
  const all = (await documentsOfSettlement(db, name, settlement.settlementId)).filter((document) =>
    isKind(document, 'JE'),
  );
  const known = all.filter((document) => document.key.businessKey === key || document.key.businessKey === undo);
  // What was planned and never sent (a connection that only plans) is planned anew: meanwhile documents may have come.
  const unsent = known.length > 0 && known.every((document) => document.state === 'planned' && document.attempt === 0);
  if (unsent)
    await forgetDocuments(
      db,
      known.map((document) => document.externalId),
      await connection.now(),
    );
  else if (known.length > 0) {
    const byPart = [...known].sort((one, other) => one.key.part - other.key.part);
    return {
      reversals: byPart.filter((document) => document.key.businessKey === undo),
      entries: byPart.filter((document) => document.key.businessKey === key),
    };
  }
  const journal = await buildJournal(setup, await claimParts(setup, standingJournals(all)));
  await recordPlaces(setup, journal);
  const stands = unreversed(all.filter((document) => !known.includes(document)));
  const { parts } = journal.plan;
  const same =
    stands.length > 0 &&
    booksTheSame(
      stands.map((document) => document.plan),
      parts,
    );
  const reversals = same ? [] : stands.map((document) => reversingIntent(setup, undo, document));
  const entries = same ? [] : parts.map((part) => entryIntent(setup, 'JE', key, part, { of: parts.length }));
  await db.transaction().execute(async (tx) => {
    for (const intent of [...reversals, ...entries]) await planDocument(tx, intent);
  });
  return { reversals, entries };
}

/** @param months those in which it makes parts */
async function buildJournal(setup: PayoutSetup, months: readonly Period[]): Promise<BuiltJournal> {
  const { connection, settlement } = setup;
  const zone = settlementZone(setup);
  const rules = connection.settings.dimensions;
  const builder = new JournalBuilder({
    header: settlement,
    mode: connection.mode,
    mapVersion: settlement.mapVersion!,
    splitAtMonthEnds: true,
    isClosed: (monthEnd) => !months.includes(monthOf(monthEnd)),
    maxLinesPerPart: connection.settings.limits.journalLines,
    account: accountNumberOf(connection, settlement.currency),
    sharedTax: await leftTaxPlaces(setup),
    timeZoneOf: (marketplace) => (marketplace === null ? zone : timeZoneOf(connection.settings, marketplace)),
    ...(Object.keys(rules).length === 0
      ? {}
      : {
          dimensions: (role, marketplace) =>
            dimensionsOf(rules, role, marketplace === null ? null : (marketplaceByName(marketplace)?.id ?? null)),
        }),
  });
  for await (const row of readRows(connection.db, connection.name, settlement.settlementId))
    builder.add(row, row.role!, bookingAnew(row));
  return builder.finish();
}

/**
 * How a row is booked before a journal has given it its place: tax that an earlier plan had on `sales-tax-payable`, one that was never
 * sent or whose process died before its documents were written down, is told apart by its orders once more.
 */
function bookingAnew({ role, booked }: StagedRow): Role {
  return role === 'marketplace-tax' && booked === 'sales-tax-payable' ? role : booked!;
}

/** Which journal part carries each row: null where the row washes. */
async function recordPlaces({ connection, settlement }: PayoutSetup, journal: BuiltJournal): Promise<void> {
  const { name } = connection;
  let batch: Parameters<typeof assignRows>[3][number][] = [];
  const flush = async () => {
    await assignRows(connection.db, name, settlement.settlementId, batch);
    batch = [];
  };
  for await (const row of readRows(connection.db, name, settlement.settlementId)) {
    const booked = bookingAnew(row);
    const place = journal.placeOf(row, booked);
    batch.push({
      line: row.line,
      ordinal: row.ordinal,
      role: row.role!,
      part: place.kind === 'line' ? place.part : 0,
      document: row.document,
      booked: booked === 'marketplace-tax' && place.kind === 'line' ? 'sales-tax-payable' : booked,
    });
    if (batch.length >= 5000) await flush();
  }
  await flush();
}
