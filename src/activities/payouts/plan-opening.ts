import { parseSettlementKey, reversalKey, settlementKey, unreversed } from '../../domain/identifiers/settlement-key.ts';
import { isKind } from '../../domain/documents/document-plans.ts';
import { OpeningEntryBuilder } from '../../domain/journal/build-opening-entry.ts';
import { dimensionsOf, withDimensions } from '../../domain/mapping/dimensions.ts';
import { booksTheSame } from '../../domain/journal/build-reversal.ts';
import type { JournalPart } from '../../domain/journal/journal-plan.ts';
import { dayIn, type Day } from '../../domain/money/instant.ts';
import { openedChain } from '../../store/payouts/chains.ts';
import { documentsOfSettlement, planDocument, type DocumentIntent } from '../../store/documents/documents.ts';
import { forgetDocuments } from '../../store/documents/forget-documents.ts';
import { readRows } from '../../store/payouts/settlement-rows.ts';
import { chainOpeningFor } from './chain-opening-for.ts';
import { entryIntent, reversingIntent } from './journal-intents.ts';
import { accountNumberOf, settlementZone, type PayoutSetup } from './payout-setup.ts';

export interface PlannedOpening {
  reversals: DocumentIntent<'journal'>[];
  entries: DocumentIntent<'journal'>[];
}

/**
 * The opening entry that a settlement must have as things stand: of a chain that begins at the cut-over, dated that day, or
 * that a controller has opened, dated the day on which the file begins. Where another stands, that is reversed: the report
 * was issued again, or the missing one came after all. What is on its way is gone on with first.
 */
export async function planOpening(setup: PayoutSetup): Promise<PlannedOpening> {
  const { db } = setup.connection;
  const { connection, settlement } = setup;
  const { name } = connection;
  const all = (await documentsOfSettlement(db, name, settlement.settlementId)).filter((document) =>
    isKind(document, 'OPN'),
  );
  const unsent = all.filter((document) => document.state === 'planned' && document.attempt === 0);
  await forgetDocuments(
    db,
    unsent.map((document) => document.externalId),
    await connection.now(),
  );
  const known = all.filter((document) => !unsent.includes(document));
  const isReversal = (document: DocumentIntent<'journal'>) => document.plan.reverses !== undefined;
  const underWay = known.filter((document) => document.state !== 'posted');
  if (underWay.length > 0)
    return { reversals: underWay.filter(isReversal), entries: underWay.filter((document) => !isReversal(document)) };

  const stands = unreversed(known);
  const wanted = await wantedEntry(setup);
  const same =
    stands.length > 0 &&
    booksTheSame(
      stands.map((document) => ({ ...document.plan, part: 1 })),
      wanted,
    );
  if (same) return { reversals: [], entries: [] };
  const key = settlementKey(settlement.settlementId, settlement.revision);
  const numbers = known
    .flatMap((document) => parseSettlementKey(document.key.businessKey) ?? [])
    .filter(({ kind }) => kind === 'reversal')
    .map(({ number }) => number);
  const undo = reversalKey(
    settlement.settlementId,
    Math.max(1, settlement.revision, ...numbers.map((number) => number + 1)),
  );
  const last = Math.max(
    0,
    ...known.filter((document) => document.key.businessKey === key).map((document) => document.key.part),
  );
  const reversals = stands.map((document) => reversingIntent(setup, undo, document));
  const entries = wanted.map((part) => entryIntent(setup, 'OPN', key, { ...part, part: last + 1 }, { of: last + 1 }));
  await db.transaction().execute(async (tx) => {
    for (const intent of [...reversals, ...entries]) await planDocument(tx, intent);
  });
  return { reversals, entries };
}

async function wantedEntry(setup: PayoutSetup): Promise<JournalPart[]> {
  const day = await openingDay(setup);
  if (day === null) return [];
  const builder = new OpeningEntryBuilder();
  const { connection, settlement } = setup;
  for await (const row of readRows(connection.db, connection.name, settlement.settlementId))
    builder.add(row, row.role!);
  const lines = builder.finish(accountNumberOf(connection, settlement.currency));
  return lines === null
    ? []
    : [
        {
          part: 1,
          date: day,
          lines: withDimensions(lines, (role) => dimensionsOf(connection.settings.dimensions, role, null)),
        },
      ];
}

/** Null where the settlement has no opening entry. */
async function openingDay(setup: PayoutSetup): Promise<Day | null> {
  const { connection, settlement } = setup;
  const { settings } = connection;
  const zone = settlementZone(setup);
  const { kind } = await chainOpeningFor(connection.db, settings, settlement.settlementId);
  if (kind === 'at-cut-over') return dayIn(settings.cutOver, zone);
  return kind === 'gap' && (await openedChain(connection.db, settings.name, settlement.settlementId)) !== null
    ? dayIn(settlement.start, zone)
    : null;
}
