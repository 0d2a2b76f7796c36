import { reversalKey, settlementKey, standing } from '../../domain/identifiers/settlement-key.ts';
import { JournalBuilder, type BuiltJournal } from '../../domain/journal/build-journal.ts';
import { OpeningEntryBuilder } from '../../domain/journal/build-opening-entry.ts';
import { booksTheSame, reversalOf } from '../../domain/journal/build-reversal.ts';
import type { JournalPart, StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { linkChains } from '../../domain/payouts/chains.ts';
import { chainMembers } from '../../store/chains.ts';
import { documentsOfSettlement, forgetDocuments, planDocument, type DocumentIntent } from '../../store/documents.ts';
import { assignRows, readRows, setSettlementState } from '../../store/settlements.ts';
import type { Dependencies } from '../dependencies.ts';
import { timeZoneOf } from '../time-zones.ts';
import { accountNumberOf, settlementZone, type PayoutSetup } from './payout-setup.ts';

/** What was planned before, or the plan, written down whole; `journal` only when it was built just now. */
export interface PlannedJournal { intents: DocumentIntent[]; journal: BuiltJournal | null }

/** In the order in which they are posted. */
const ORDER = ['reversal', 'OPN', 'JE'] as const;

/**
 * The entries of this revision of the report: the opening entry of a chain's first settlement and the journal in its
 * parts. A report that was issued again first reverses what stands; an entry that would come out the same stays.
 */
export async function planJournal(deps: Dependencies, setup: PayoutSetup): Promise<PlannedJournal> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const key = settlementKey(settlement.settlementId, settlement.revision);
  const undo = reversalKey(settlement.settlementId, settlement.revision);
  const all = (await documentsOfSettlement(deps.store.db, name, settlement.settlementId)).filter(({ key: { purpose } }) => purpose === 'OPN' || purpose === 'JE');
  const known = all.filter((document) => document.key.businessKey === key || document.key.businessKey === undo);
  // What was planned and never sent (a connection that only plans) is planned anew: meanwhile documents may have come.
  const unsent = known.length > 0 && known.every((document) => document.state === 'planned' && document.attempt === 0);
  if (unsent) await forgetDocuments(deps.store.db, known.map((document) => document.externalId));
  else if (known.length > 0) return { intents: inOrder(known, undo), journal: null };

  const built = await buildEntries(deps, setup);
  await recordPlaces(deps, setup, built.journal);
  const standingOf = (purpose: 'OPN' | 'JE') => standing(all.filter((document) => document.key.purpose === purpose && !known.includes(document)));
  const intents = (['OPN', 'JE'] as const).flatMap((purpose) => {
    const stands = standingOf(purpose);
    const parts = built[purpose];
    if (stands.length > 0 && booksTheSame(stands.map((document) => document.plan as StoredJournalPart), parts)) return [];
    return [
      ...stands.map((document) => {
        const plan = document.plan as StoredJournalPart;
        return intentOf(setup, purpose, undo, reversalOf(plan, `reverses ${document.externalId}`), plan.of);
      }),
      ...parts.map((part) => intentOf(setup, purpose, key, part, parts.length)),
    ];
  });
  await setSettlementState(deps.store.db, name, settlement.settlementId, settlement.state, { opensChain: built.opensChain });
  await deps.store.db.transaction().execute(async (tx) => {
    for (const intent of intents) await planDocument(tx, intent);
  });
  return { intents: inOrder(intents, undo), journal: built.journal };
}

function inOrder<I extends DocumentIntent>(intents: readonly I[], undo: string): I[] {
  const rank = ({ key }: I) => ORDER.indexOf(key.businessKey === undo ? 'reversal' : (key.purpose as 'OPN' | 'JE'));
  return [...intents].sort((a, b) => rank(a) - rank(b) || a.key.purpose.localeCompare(b.key.purpose) || a.key.part - b.key.part);
}

async function buildEntries(deps: Dependencies, setup: PayoutSetup): Promise<{ journal: BuiltJournal; opensChain: boolean; OPN: JournalPart[]; JE: JournalPart[] }> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const account = accountNumberOf(connection, settlement.currency);
  const zone = settlementZone(setup);
  const builder = new JournalBuilder({
    header: settlement, mode: connection.settings.postingMode, mapVersion: settlement.mapVersion!, splitAtMonthEnds: true, maxLinesPerPart: connection.settings.limits.journalLines,
    timeZoneOf: (marketplace) => (marketplace === null ? zone : timeZoneOf(connection.settings, marketplace)), account,
  });
  // Once decided, by what is known then, it stays: an older report that is imported later opens a chain of its own.
  const opensChain = settlement.opensChain ?? !(await isPreceded(deps, setup));
  // A file that begins before the cut-over brings in by its own rows what the old books hand over.
  const opening = opensChain && settlement.start >= connection.settings.cutOver ? new OpeningEntryBuilder() : null;
  for await (const row of readRows(deps.store.db, name, settlement.settlementId)) {
    builder.add(row, row.role!, row.booked!);
    opening?.add(row, row.role!);
  }
  const journal = builder.finish();
  const lines = opening?.finish(account) ?? null;
  return { journal, opensChain, OPN: lines ? [{ part: 1, date: dayIn(connection.settings.cutOver, zone), lines }] : [], JE: journal.plan.parts };
}

async function isPreceded(deps: Dependencies, { connection, settlement }: PayoutSetup): Promise<boolean> {
  const members = await chainMembers(deps.store.db, connection.settings.name, { currency: settlement.currency, instant: settlement.start });
  return linkChains(members).has(settlement.settlementId);
}

function intentOf({ connection, settlement }: PayoutSetup, purpose: 'OPN' | 'JE', businessKey: string, part: JournalPart, of: number): DocumentIntent {
  const plan: StoredJournalPart = { part: part.part, of, mapVersion: settlement.mapVersion!, date: part.date, lines: part.lines };
  return {
    key: { connection: connection.settings.name, purpose, businessKey, part: part.part }, recordType: 'journalEntry', date: part.date,
    currency: settlement.currency, total: sumMinor(part.lines.map((line) => line.debit)), orderId: null, settlementId: settlement.settlementId, plan,
  };
}

/** Which journal part carries each row: null where the row washes. */
async function recordPlaces(deps: Dependencies, { connection, settlement }: PayoutSetup, journal: BuiltJournal): Promise<void> {
  const { name } = connection.settings;
  let batch: Parameters<typeof assignRows>[3][number][] = [];
  const flush = async () => {
    await assignRows(deps.store.db, name, settlement.settlementId, batch);
    batch = [];
  };
  for await (const row of readRows(deps.store.db, name, settlement.settlementId)) {
    const place = journal.placeOf(row, row.booked!);
    batch.push({
      line: row.line, ordinal: row.ordinal, role: row.role!, part: place.kind === 'line' ? place.part : 0, document: row.document,
      booked: row.booked === 'marketplace-tax' && place.kind === 'line' ? 'sales-tax-payable' : row.booked,
    });
    if (batch.length >= 5000) await flush();
  }
  await flush();
}
