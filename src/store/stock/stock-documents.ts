/** Documents of stock in the outbox, as planning reads them. */
import { sql } from 'kysely';
import { kindOf, PURPOSES, type PlanName, type Purpose } from '../../domain/documents/document-kinds.ts';
import type { DocumentState } from '../../domain/documents/document-states.ts';
import type { DocumentKey } from '../../domain/identifiers/external-id.ts';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { StockDocument } from '../../domain/stock/kept-stock.ts';
import type { Database } from '../database.ts';
import { planDocument, type DocumentIntent } from '../documents/documents.ts';
import { factFromJson } from '../fact-json.ts';

export const STOCK_PURPOSES = PURPOSES.filter((purpose) => kindOf(purpose).of === 'stock');
export type StockPlanName = Extract<PlanName, 'adjustment' | 'transfer' | 'receipt'>;

export interface KeptDocument {
  document: StockDocument;
  externalId: string;
  state: DocumentState;
  netsuiteId: string | null;
  postedAt: Instant | null;
  /** As it was planned, where a closed period has moved it to the day of `document`; null: it was not. */
  trueDay: Day | null;
}

interface Row {
  external_id: string;
  purpose: Purpose;
  business_key: string;
  part: number;
  state: DocumentState;
  netsuite_id: string | null;
  posted_at: Instant | null;
  date: Day;
  true_day: Day | null;
  plan: unknown;
}

const COLUMNS = sql.raw(
  'external_id, purpose, business_key, part, state, netsuite_id, posted_at, date, true_day, plan',
);

/** Those that something may still build on: all but those whose rows are all settled. */
export async function loadOpenDocuments(db: Database, connection: string): Promise<KeptDocument[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from documents d where connection = ${connection} and purpose = any(${STOCK_PURPOSES})
      and (not exists (select 1 from stock_answers a where a.connection = d.connection and a.document = d.external_id)
        or exists (select 1 from stock_answers a where a.connection = d.connection and a.document = d.external_id and not a.settled))
    order by date, external_id`.execute(db);
  return rows.map((row) => fromRow(connection, row));
}

export async function loadStockDocuments(
  db: Database,
  connection: string,
  externalIds: readonly string[],
): Promise<KeptDocument[]> {
  if (externalIds.length === 0) return [];
  const { rows } = await sql<Row>`
    select ${COLUMNS} from documents where connection = ${connection} and purpose = any(${STOCK_PURPOSES}) and external_id = any(${[...externalIds]})
    order by date, external_id`.execute(db);
  return rows.map((row) => fromRow(connection, row));
}

/** By NetSuite's internal ids. */
export async function loadStockDocumentsPosted(
  db: Database,
  connection: string,
  netsuiteIds: readonly string[],
): Promise<KeptDocument[]> {
  if (netsuiteIds.length === 0) return [];
  const { rows } = await sql<Row>`
    select ${COLUMNS} from documents where connection = ${connection} and purpose = any(${STOCK_PURPOSES}) and netsuite_id = any(${[...netsuiteIds]})
    order by date, external_id`.execute(db);
  return rows.map((row) => fromRow(connection, row));
}

function fromRow(connection: string, row: Row): KeptDocument {
  const key = { connection, purpose: row.purpose, businessKey: row.business_key, part: row.part } as DocumentKey;
  return {
    document: { ...factFromJson<object>(row.plan), key, day: row.date } as StockDocument,
    externalId: row.external_id,
    state: row.state,
    netsuiteId: row.netsuite_id,
    postedAt: row.posted_at,
    trueDay: row.true_day,
  };
}

/** Last part used, by `{purpose} {businessKey}`. */
export async function lastParts(db: Database, connection: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; part: number }>`
    select purpose || ' ' || business_key as name, max(part)::int as part from documents
    where connection = ${connection} and purpose = any(${STOCK_PURPOSES}) group by 1`.execute(db);
  return new Map(rows.map(({ name, part }) => [name, part]));
}

/** Writes them down, each once. @param currency of the subsidiary, in which NetSuite values them */
export async function planStockDocuments(
  db: Database,
  documents: readonly StockDocument[],
  currency: string,
): Promise<void> {
  for (const { key, day, ...plan } of documents)
    await planDocument(db, {
      key,
      plan,
      date: day,
      currency,
      total: 0n,
      orderId: null,
      settlementId: null,
    } as DocumentIntent<StockPlanName>);
}

/** Lets documents go that waited for a person. */
export async function releaseDocuments(db: Database, externalIds: readonly string[]): Promise<void> {
  if (externalIds.length === 0) return;
  await sql`update documents set plan = jsonb_set(plan, '{hold}', 'null') where external_id = any(${[...externalIds]})`.execute(
    db,
  );
}
