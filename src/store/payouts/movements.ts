/** Movements as they are judged: with their transfers, their documents and the rows that brought them back. */
import { sql } from 'kysely';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { parseSettlementKey, type SettlementEntry } from '../../domain/identifiers/settlement-key.ts';
import type { FoundBy, Movement, MovementDocument, MovementState } from '../../domain/matching/movement.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import type { Database } from '../database.ts';

/** A movement whose days are still to be told from the instants of its transfer and its report. */
export type StoredMovementFacts = Omit<Movement, 'day' | 'depositDay'> & {
  postedOn: string;
  transferAt: string | null;
  depositAt: string;
};

interface Row {
  external_id: string;
  settlement_id: string;
  revision: number;
  kind: Movement['kind'];
  amount: bigint;
  currency: string;
  state: MovementState;
  posted_on: string;
  period_end: string;
  deposit_at: string;
  trace_id: string | null;
  status: string | null;
  transfer_at: string | null;
  converted_total: bigint | null;
  converted_currency: string | null;
  returned_by: string | null;
  returned: bigint;
}

/** All movements of a connection. A v0 group carries no settlement id: it is known by currency, end and total, or by the trace id. */
export async function movementFacts(db: Database, connection: string): Promise<StoredMovementFacts[]> {
  const { rows } = await sql<Row>`
    select m.external_id, m.settlement_id, s.revision, m.kind, m.amount, m.currency, m.state, m.posted_on, s.period_end, s.deposit_at,
      coalesce(g.trace_id, m.trace_id) as trace_id, g.status, g.transfer_at, g.converted_total, g.converted_currency,
      (select r.settlement_id from returned_payouts r where r.connection = m.connection and r.movement = m.external_id) as returned_by,
      coalesce((select r.amount from returned_payouts r where r.connection = m.connection and r.movement = m.external_id), 0)::bigint as returned
    from movements m join settlements s on s.connection = m.connection and s.settlement_id = m.settlement_id
    left join lateral (select * from event_groups e where e.connection = m.connection and m.kind = 'payout' and e.currency = s.currency and e.ended_at = s.period_end
      and (e.total = s.total or e.trace_id = m.trace_id) order by e.total = s.total desc, e.group_id limit 1) g on true
    where m.connection = ${connection} order by s.period_start, m.external_id`.execute(db);
  const documents = new Map<string, MovementDocument[]>();
  for (const document of await movementDocuments(db, connection))
    documents.set(document.movement, [...(documents.get(document.movement) ?? []), document]);
  return rows.map((row) => ({
    externalId: row.external_id,
    settlementId: row.settlement_id,
    revision: row.revision,
    kind: row.kind,
    amount: row.amount,
    currency: row.currency,
    state: row.state,
    postedOn: row.posted_on,
    settlementEnd: row.period_end,
    depositAt: row.deposit_at,
    traceId: row.trace_id,
    transferStatus: row.status,
    transferAt: row.transfer_at,
    converted:
      row.converted_total === null || row.converted_currency === null || row.converted_currency === row.currency
        ? null
        : { amount: row.converted_total, currency: row.converted_currency },
    documents: documents.get(row.external_id) ?? [],
    broughtBack: row.returned,
    broughtBackBy: row.returned_by,
  }));
}

/** In the order in which they were planned; of one settlement, or all. */
export async function movementDocuments(
  db: Database,
  connection: string,
  settlementId?: string,
): Promise<(MovementDocument & { settlementId: string })[]> {
  let query = db.selectFrom('movement_documents').selectAll().where('connection', '=', connection).orderBy('id');
  if (settlementId !== undefined) query = query.where('settlement_id', '=', settlementId);
  return (await query.execute()).map((row) => ({
    externalId: row.external_id,
    movement: row.movement,
    settlementId: row.settlement_id,
    kind: row.kind as MovementDocument['kind'],
    debit: row.debit as Role,
    credit: row.credit as Role,
    amount: row.amount,
    currency: row.currency,
    cleared: row.cleared,
    date: row.date,
    bankLine: row.bank_line,
    foundBy: row.found_by as FoundBy,
    posted: row.posted,
  }));
}

/**
 * Writes the documents of a movement down and takes their lines; false, and nothing is done, when somebody else took a line
 * meanwhile. To be called in a transaction that holds the settlement.
 */
export async function planMovementDocuments(
  db: Database,
  connection: string,
  settlementId: string,
  documents: readonly MovementDocument[],
): Promise<boolean> {
  const lines = documents.flatMap(({ bankLine }) => bankLine ?? []);
  const movement = documents[0]!.movement;
  if (lines.length > 0) {
    const free = await db
      .selectFrom('bank_lines')
      .select('line_key')
      .where('connection', '=', connection)
      .where('line_key', 'in', lines)
      .where('movement', 'is', null)
      .forUpdate()
      .execute();
    if (free.length < lines.length) return false;
    await db
      .updateTable('bank_lines')
      .set({ movement })
      .where('connection', '=', connection)
      .where('line_key', 'in', lines)
      .execute();
  }
  await db
    .insertInto('movement_documents')
    .values(
      documents.map((document) => ({
        connection,
        external_id: document.externalId,
        movement,
        settlement_id: settlementId,
        kind: document.kind,
        debit: document.debit,
        credit: document.credit,
        amount: document.amount,
        currency: document.currency,
        cleared: document.cleared,
        date: document.date,
        bank_line: document.bankLine,
        found_by: document.foundBy,
        posted: document.posted,
      })),
    )
    .execute();
  const first = documents.find(({ bankLine }) => bankLine !== null);
  await db
    .updateTable('movements')
    .set({ state: 'matched', date: documents[0]!.date, ...(first ? { bank_line: first.bankLine } : {}) })
    .where('connection', '=', connection)
    .where('external_id', '=', movement)
    .execute();
  return true;
}

export async function markMovementPosted(db: Database, connection: string, externalId: string): Promise<void> {
  await db
    .updateTable('movement_documents')
    .set({ posted: true })
    .where('connection', '=', connection)
    .where('external_id', '=', externalId)
    .execute();
}

/** Awaited again, it has no line. */
export async function setMovementState(
  db: Database,
  connection: string,
  externalId: string,
  state: MovementState,
): Promise<void> {
  await db
    .updateTable('movements')
    .set({ state, ...(state === 'expected' || state === 'failed' ? { bank_line: null, date: null } : {}) })
    .where('connection', '=', connection)
    .where('external_id', '=', externalId)
    .execute();
}

/** Numbers that a settlement has used for further lines, conversions, returns and variances, whoever booked them. */
export async function usedEntries(db: Database, connection: string, settlementId?: string): Promise<SettlementEntry[]> {
  let moved = db.selectFrom('movement_documents').select('external_id').where('connection', '=', connection);
  let setOff = db
    .selectFrom('settled_set_offs')
    .select(['settlement_id', 'number'])
    .where('connection', '=', connection);
  let settled = db
    .selectFrom('settled_differences')
    .select(['settlement_id', 'number'])
    .where('connection', '=', connection)
    .where('number', 'is not', null);
  if (settlementId !== undefined) {
    [moved, settled, setOff] = [
      moved.where('settlement_id', '=', settlementId),
      settled.where('settlement_id', '=', settlementId),
      setOff.where('settlement_id', '=', settlementId),
    ];
  }
  return [
    ...(await moved.execute()).flatMap(
      (row) => parseSettlementKey(parseExternalId(row.external_id)!.businessKey) ?? [],
    ),
    ...[...(await settled.execute()), ...(await setOff.execute())].map((row): SettlementEntry => ({
      settlementId: row.settlement_id,
      kind: 'variance',
      number: row.number!,
    })),
  ];
}

/** The last day that the statements of a connection show, or null. */
export async function lastStatementDay(db: Database, connection: string): Promise<string | null> {
  const row = await db
    .selectFrom('bank_lines')
    .select((on) => on.fn.max('date').as('last'))
    .where('connection', '=', connection)
    .executeTakeFirst();
  return row?.last ?? null;
}

export async function knownTraces(db: Database, connection: string): Promise<string[]> {
  const rows = await db
    .selectFrom('event_groups')
    .select('trace_id')
    .distinct()
    .where('connection', '=', connection)
    .where('trace_id', 'is not', null)
    .execute();
  return rows.map((row) => row.trace_id!);
}

/** Settlements of which a payout was deposited on or after a day. */
export async function depositedSince(db: Database, connection: string, day: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('movement_documents')
    .select('settlement_id')
    .distinct()
    .where('connection', '=', connection)
    .where('kind', '=', 'line')
    .where('debit', '=', 'bank')
    .where('date', '>=', day)
    .execute();
  return new Set(rows.map((row) => row.settlement_id));
}
