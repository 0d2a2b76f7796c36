import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { externalIdOf, memoStart, type DocumentKey } from '../../domain/identifiers/external-id.ts';
import { JournalBuilder, type BuiltJournal } from '../../domain/journal/build-journal.ts';
import { OpeningEntryBuilder } from '../../domain/journal/build-opening-entry.ts';
import type { JournalPart, StoredJournalPart } from '../../domain/journal/journal-plan.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { formatMinor, sumMinor } from '../../domain/money/money.ts';
import { documentsOfSettlement, forgetDocuments, planDocument, type DocumentIntent } from '../../store/documents.ts';
import { raise } from '../../store/exceptions.ts';
import { loadOrder } from '../../store/orders.ts';
import { assignRows, hasPredecessor, readRows, setSettlementState } from '../../store/settlements.ts';
import type { Connection, Dependencies } from '../dependencies.ts';
import { postDocument, type PostingCall } from '../posting/post-document.ts';
import { accountReference, commonFields, currencyReference, periodFor } from '../posting/references.ts';
import { timeZoneOf } from '../time-zones.ts';
import type { PostingsResult } from './payout-results.ts';
import { accountNumberOf, loadPayout, settlementZone, stopPayout, type PayoutRef, type PayoutSetup } from './payout-setup.ts';

/**
 * The opening entry of a chain's first settlement, then the settlement's journal in its parts. All parts are written down
 * before the first call, and never computed again. Idempotent: by `AMZ_…_OPN_…` and `AMZ_…_JE_{settlementId}_{part}`.
 */
export function createPostJournal(deps: Dependencies) {
  return async function postJournal(input: PayoutRef): Promise<PostingsResult> {
    const setup = await loadPayout(deps, input);
    const intents = await plannedParts(deps, setup);
    const externalIds: string[] = [];
    for (const intent of intents) {
      const stored = intent.plan as StoredJournalPart;
      const period = await periodFor(setup.connection, intent.date, false);
      if (!period.open) return stopPayout(deps, setup, { result: 'stopped', externalId: externalIdOf(intent.key), why: 'period', sentence: period.sentence });
      const posting = await postDocument(deps, intent, () => journalCall(setup.connection, intent, stored, period.fields));
      if (posting.result === 'stopped') return stopPayout(deps, setup, posting);
      if (posting.result === 'planned') continue;
      externalIds.push(posting.externalId);
    }
    const planned = externalIds.length < intents.length;
    await setSettlementState(deps.store.db, input.connection, input.settlementId, planned ? 'planned' : 'posted');
    return planned ? { result: 'planned' } : { result: 'done', externalIds };
  };
}

/** What is in the outbox already, or else the plan, written down whole. */
async function plannedParts(deps: Dependencies, setup: PayoutSetup): Promise<DocumentIntent[]> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const known = (await documentsOfSettlement(deps.store.db, name, settlement.settlementId)).filter((document) => ['OPN', 'JE'].includes(document.key.purpose));
  // What was planned and never sent (a connection that only plans) is planned anew: meanwhile documents may have come.
  const unsent = known.length > 0 && known.every((document) => document.state === 'planned' && document.attempt === 0);
  if (unsent) await forgetDocuments(deps.store.db, known.map((document) => document.externalId));
  else if (known.length > 0) return known.sort((a, b) => (a.key.purpose === b.key.purpose ? a.key.part - b.key.part : a.key.purpose === 'OPN' ? -1 : 1));

  const account = accountNumberOf(connection, settlement.currency);
  const zone = settlementZone(setup);
  const builder = new JournalBuilder({
    header: settlement, mode: connection.settings.postingMode, mapVersion: settlement.mapVersion!, splitAtMonthEnds: true, maxLinesPerPart: connection.settings.limits.journalLines,
    timeZoneOf: (marketplace) => (marketplace === null ? zone : timeZoneOf(connection.settings, marketplace)), account,
  });
  const opening = (await hasPredecessor(deps.store.db, name, settlement)) ? null : new OpeningEntryBuilder();
  for await (const row of readRows(deps.store.db, name, settlement.settlementId)) {
    builder.add(row, row.role!, row.booked!);
    opening?.add(row, row.role!);
  }
  const journal = builder.finish();
  await recordPlaces(deps, setup, journal);
  await raiseResiduals(deps, setup, journal);
  const openingLines = opening?.finish(account) ?? null;
  const intents = [
    ...(openingLines ? [intentOf(setup, 'OPN', { part: 1, date: dayIn(connection.settings.cutOver, zone), lines: openingLines }, 1)] : []),
    ...journal.plan.parts.map((part) => intentOf(setup, 'JE', part, journal.plan.parts.length)),
  ];
  await setSettlementState(deps.store.db, name, settlement.settlementId, settlement.state, { opensChain: opening !== null });
  await deps.store.db.transaction().execute(async (tx) => {
    for (const intent of intents) await planDocument(tx, intent);
  });
  return intents;
}

function intentOf({ connection, settlement }: PayoutSetup, purpose: 'OPN' | 'JE', part: JournalPart, of: number): DocumentIntent {
  const plan: StoredJournalPart = { part: part.part, of, mapVersion: settlement.mapVersion!, date: part.date, lines: part.lines };
  return {
    key: { connection: connection.settings.name, purpose, businessKey: settlement.settlementId, part: part.part }, recordType: 'journalEntry', date: part.date,
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

/** Tax that did not wash although Amazon says that it collects it: raised, and holds nothing up. */
async function raiseResiduals(deps: Dependencies, { connection, settlement }: PayoutSetup, journal: BuiltJournal): Promise<void> {
  const { name } = connection.settings;
  for (const residual of journal.residuals) {
    const order = residual.orderId === null ? null : await loadOrder(deps.store.db, name, residual.orderId);
    if (!residual.withheldRow && order?.fact.amazonCollectsTax !== true) continue;
    await raise(deps.store.db, name, {
      code: 'tax-residual', key: `${settlement.settlementId}:${residual.orderId ?? ''}`, owner: 'finance',
      what: `tax of order ${residual.orderId ?? '(none named)'} leaves ${formatMinor(residual.amount, settlement.currency)} ${settlement.currency} although Amazon collects it; it is on sales-tax-payable`,
      act: 'Compare the tax rows of the order with Amazon\'s tax report', atStake: residual.amount, currency: settlement.currency, subject: `order:${residual.orderId ?? settlement.settlementId}`,
    }, await deps.now());
  }
}

async function journalCall(connection: Connection, intent: DocumentIntent, part: StoredJournalPart, period: JsonObject): Promise<PostingCall> {
  const [currency, common] = await Promise.all([currencyReference(connection, intent.currency), commonFields(connection, 'journalEntry', true)]);
  const lines = await Promise.all(part.lines.map(async (line) => {
    const { id } = await accountReference(connection, line.role, intent.currency);
    const side = line.debit > 0n ? { debit: decimal(formatMinor(line.debit, intent.currency)) } : { credit: decimal(formatMinor(line.credit, intent.currency)) };
    return { account: { id }, ...side, memo: line.memo };
  }));
  const key: DocumentKey = intent.key;
  return {
    kind: 'create', type: 'journalEntry',
    body: { externalId: externalIdOf(key), currency, ...period, memo: `${memoStart(key)} · part ${part.part} of ${part.of} · map v${part.mapVersion}`, ...common, line: { items: lines } },
  };
}
