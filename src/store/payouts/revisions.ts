/** Settlement reports that Amazon issued again with other content. */
import type { SettlementHeader } from '../../domain/settlement/settlement.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface SettlementRevision {
  revision: number;
  sha256: string;
  header: SettlementHeader;
}

/** `known` these bytes have been seen, or the settlement is purged: what is posted stands · `replaced` the file before it could not be read, so this one takes its place · `reissued` for the n-th time. */
export type RecordedRevision = { kind: 'known' | 'replaced' } | { kind: 'reissued'; revision: number };

/** Writes down that the report of a known settlement came with other bytes. */
export async function recordRevision(
  db: Database,
  connection: string,
  header: SettlementHeader,
  sha256: string,
  at: string,
): Promise<RecordedRevision> {
  const { settlementId } = header;
  return db.transaction().execute(async (tx) => {
    const settlement = await tx
      .selectFrom('settlements')
      .select(['sha256', 'revision', 'state', 'purged_at'])
      .where('connection', '=', connection)
      .where('settlement_id', '=', settlementId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const known = await tx
      .selectFrom('settlement_revisions')
      .select(['revision', 'sha256'])
      .where('connection', '=', connection)
      .where('settlement_id', '=', settlementId)
      .execute();
    if (settlement.purged_at !== null || settlement.sha256 === sha256 || known.some((row) => row.sha256 === sha256))
      return { kind: 'known' };
    if (settlement.state === 'refused') {
      await tx
        .updateTable('settlements')
        .set({ sha256, state: 'found', ...headerColumns(header) })
        .where('connection', '=', connection)
        .where('settlement_id', '=', settlementId)
        .execute();
      return { kind: 'replaced' };
    }
    const revision = Math.max(settlement.revision, 0, ...known.map((row) => row.revision)) + 1;
    await tx
      .insertInto('settlement_revisions')
      .values({
        connection,
        settlement_id: settlementId,
        revision,
        sha256,
        header: factToJson(header),
        state: 'found',
        found_at: at,
      })
      .execute();
    return { kind: 'reissued', revision };
  });
}

/** The next one that was neither taken up nor refused. */
export async function pendingRevision(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<SettlementRevision | null> {
  const row = await db
    .selectFrom('settlement_revisions')
    .select(['revision', 'sha256', 'header'])
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('state', '=', 'found')
    .orderBy('revision')
    .executeTakeFirst();
  return row
    ? { revision: row.revision, sha256: row.sha256, header: factFromJson<SettlementHeader>(row.header) }
    : null;
}

export async function refuseRevision(
  db: Database,
  connection: string,
  settlementId: string,
  revision: number,
): Promise<void> {
  await db
    .updateTable('settlement_revisions')
    .set({ state: 'refused' })
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('revision', '=', revision)
    .execute();
}

/** From here on the settlement is what the re-issued report says; its rows are staged already. */
export async function takeUpRevision(
  db: Database,
  connection: string,
  { revision, sha256, header }: SettlementRevision,
  rowCount: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('settlements')
      .set({
        revision,
        sha256,
        state: 'staged',
        ...headerColumns(header),
        row_count: rowCount,
        map_version: null,
        tied_at: null,
      })
      .where('connection', '=', connection)
      .where('settlement_id', '=', header.settlementId)
      .execute();
    await tx
      .updateTable('settlement_revisions')
      .set({ state: 'taken-up' })
      .where('connection', '=', connection)
      .where('settlement_id', '=', header.settlementId)
      .where('revision', '=', revision)
      .execute();
  });
}

function headerColumns(header: SettlementHeader) {
  return {
    currency: header.currency,
    total: header.total,
    period_start: header.start,
    period_end: header.end,
    deposit_at: header.depositDate,
    variant: header.variant,
    columns: header.columns,
  };
}

/** Settlements of a connection whose report was issued again and waits to be taken up. */
export async function pendingRevisions(db: Database, connection: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('settlement_revisions')
    .select('settlement_id')
    .distinct()
    .where('connection', '=', connection)
    .where('state', '=', 'found')
    .execute();
  return new Set(rows.map((row) => row.settlement_id));
}
