/** The outbox: each NetSuite document that we mean to make, written down before the first call. */
import type { Selectable } from 'kysely';
import { recordTypeOf, type PlanName, type Purpose, type RecordType } from '../../domain/documents/document-kinds.ts';
import type { Planned, PlannedAs } from '../../domain/documents/document-plans.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import type { DocumentState } from '../../domain/documents/document-states.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inTransaction } from '../in-transaction.ts';
import { writeSplits } from '../profit/write-splits.ts';
import type { DocumentsTable } from './tables.ts';

/** Of any document; with the key and the plan of its kind it is a {@link DocumentIntent}. */
interface IntentFacts {
  /** The day on which it is booked. */
  date: string;
  /** Its own day, where it is booked on a later one because the period of that day took nothing. */
  trueDay?: string | null;
  currency: string;
  /** What NetSuite must show as the document's total, as a positive amount. */
  total: bigint;
  orderId: string | null;
  settlementId: string | null;
}

interface StoredFacts extends Omit<IntentFacts, 'trueDay'> {
  recordType: RecordType;
  trueDay: string | null;
  externalId: string;
  state: DocumentState;
  attempt: number;
  netsuiteId: string | null;
  tranId: string | null;
  failure: string | null;
  sentAt: string | null;
}

/** Which record it is to be: said where its kind may be several, as the account has it now. */
type AsRecord<Plan extends PlanName> = Plan extends 'movement'
  ? { recordType: RecordType }
  : { recordType?: RecordType };

/** A document that we mean to make, of the kinds that keep these plans: of any, a union that `hasPlan` tells apart. */
export type DocumentIntent<Plan extends PlanName = PlanName> = {
  [P in Plan]: IntentFacts & PlannedAs<P> & AsRecord<P>;
}[Plan];
/** A document as it is written down, of the kinds that keep these plans. */
export type StoredDocument<Plan extends PlanName = PlanName> = {
  [P in Plan]: StoredFacts & PlannedAs<P>;
}[Plan];

const COLUMNS = [
  'external_id',
  'connection',
  'purpose',
  'business_key',
  'part',
  'record_type',
  'state',
  'attempt',
  'netsuite_id',
  'tran_id',
  'date',
  'true_day',
  'currency',
  'total',
  'order_id',
  'settlement_id',
  'plan',
  'failure',
  'sent_at',
] as const;

type Row = Pick<Selectable<DocumentsTable>, (typeof COLUMNS)[number]>;

/** The one place where stored JSON becomes a plan: what was written down under a purpose is the plan of its kind. */
function plannedFrom(row: Row): Planned {
  return {
    key: { connection: row.connection, purpose: row.purpose, businessKey: row.business_key, part: row.part },
    plan: factFromJson(row.plan),
  } as Planned;
}

function fromRow(row: Row): StoredDocument {
  return {
    ...plannedFrom(row),
    externalId: row.external_id,
    recordType: row.record_type,
    state: row.state,
    attempt: row.attempt,
    netsuiteId: row.netsuite_id,
    tranId: row.tran_id,
    date: row.date,
    trueDay: row.true_day,
    currency: row.currency,
    total: row.total,
    orderId: row.order_id,
    settlementId: row.settlement_id,
    failure: row.failure,
    sentAt: row.sent_at,
  };
}

export async function loadDocument(db: Database, externalId: string): Promise<StoredDocument | null> {
  const row = await db.selectFrom('documents').select(COLUMNS).where('external_id', '=', externalId).executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function documentsOfOrder(db: Database, connection: string, orderId: string): Promise<StoredDocument[]> {
  const rows = await db
    .selectFrom('documents')
    .select(COLUMNS)
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .orderBy('date')
    .orderBy('external_id')
    .execute();
  return rows.map(fromRow);
}

export async function documentsOfSettlement(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<StoredDocument[]> {
  const rows = await db
    .selectFrom('documents')
    .select(COLUMNS)
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .orderBy('external_id')
    .execute();
  return rows.map(fromRow);
}

/** Of some purposes, dated within days and in a state where those are said, by day. */
export async function storedDocumentsOf(
  db: Database,
  connection: string,
  {
    purposes,
    from,
    until,
    state,
  }: { purposes: readonly Purpose[]; from?: string; until?: string; state?: DocumentState },
): Promise<StoredDocument[]> {
  let query = db
    .selectFrom('documents')
    .select(COLUMNS)
    .where('connection', '=', connection)
    .where('purpose', 'in', purposes);
  if (state !== undefined) query = query.where('state', '=', state);
  if (from !== undefined) query = query.where('date', '>=', from);
  if (until !== undefined) query = query.where('date', '<=', until);
  const rows = await query.orderBy('date').orderBy('external_id').execute();
  return rows.map(fromRow);
}

/** Of a settlement, without what was planned. */
export async function documentStates(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<{ key: { purpose: Purpose }; state: DocumentState }[]> {
  const rows = await db
    .selectFrom('documents')
    .select(['purpose', 'state'])
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .execute();
  return rows.map(({ purpose, state }) => ({ key: { purpose }, state }));
}

/** Keys of all documents of a connection, or of one of its settlements, in whatever state. */
export async function knownExternalIds(db: Database, connection: string, settlementId?: string): Promise<Set<string>> {
  let query = db.selectFrom('documents').select('external_id').where('connection', '=', connection);
  if (settlementId !== undefined) query = query.where('settlement_id', '=', settlementId);
  const rows = await query.execute();
  return new Set(rows.map((row) => row.external_id));
}

/** Writes the intent down with its splits, once; what is there already stays as it is. */
export async function planDocument(db: Database, intent: DocumentIntent): Promise<StoredDocument> {
  const fresh = await insertWithSplits(db, intent, rowOf(intent));
  return fresh ? fromRow(fresh) : (await loadDocument(db, externalIdOf(intent.key)))!;
}

/** Undefined where it is written down already. */
function insertWithSplits(
  db: Database,
  intent: DocumentIntent,
  row: ReturnType<typeof rowOf>,
): Promise<Row | undefined> {
  return inTransaction(db, async (tx) => {
    const fresh = await tx
      .insertInto('documents')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning(COLUMNS)
      .executeTakeFirst();
    if (fresh) await writeSplits(tx, intent);
    return fresh;
  });
}

function rowOf(intent: DocumentIntent) {
  return {
    external_id: externalIdOf(intent.key),
    connection: intent.key.connection,
    purpose: intent.key.purpose,
    business_key: intent.key.businessKey,
    part: intent.key.part,
    record_type: intent.recordType ?? recordTypeOf(intent.key.purpose),
    state: 'planned' as DocumentState,
    attempt: 0,
    netsuite_id: null,
    tran_id: null,
    date: intent.date,
    true_day: intent.trueDay ?? null,
    currency: intent.currency,
    total: intent.total,
    order_id: intent.orderId,
    settlement_id: intent.settlementId,
    plan: factToJson(intent.plan),
    failure: null,
    sent_at: null as string | null,
    posted_at: null,
  };
}

/** Writes the intent down and claims its first attempt in one; null when another process has written it down meanwhile. */
export async function beginDocument(db: Database, intent: DocumentIntent, now: string): Promise<StoredDocument | null> {
  const row = { ...rowOf(intent), state: 'sending' as const, attempt: 1, sent_at: now };
  const begun = await insertWithSplits(db, intent, row);
  return begun ? fromRow({ ...row, plan: intent.plan }) : null;
}

/** Claims the next attempt, with the record and the days that the document has from now on; null when another process has claimed it meanwhile. */
export async function claimAttempt(
  db: Database,
  document: StoredDocument,
  now: string,
): Promise<StoredDocument | null> {
  const claimed = await db
    .updateTable('documents')
    .set({
      state: 'sending',
      attempt: document.attempt + 1,
      sent_at: now,
      failure: null,
      record_type: document.recordType,
      date: document.date,
      true_day: document.trueDay,
    })
    .where('external_id', '=', document.externalId)
    .where('attempt', '=', document.attempt)
    .where('state', '<>', 'posted')
    .returning(COLUMNS)
    .executeTakeFirst();
  return claimed ? fromRow(claimed) : null;
}

/** What came of an attempt. False, and nothing is changed, when another was claimed or has posted it: this one comes too late. */
export async function settleDocument(
  db: Database,
  { externalId, attempt }: Pick<StoredDocument, 'externalId' | 'attempt'>,
  state: Exclude<DocumentState, 'posted'>,
  failure: string | null,
): Promise<boolean> {
  const settled = await db
    .updateTable('documents')
    .set({ state, failure })
    .where('external_id', '=', externalId)
    .where('attempt', '=', attempt)
    .where('state', '<>', 'posted')
    .executeTakeFirst();
  return settled.numUpdatedRows === 1n;
}
