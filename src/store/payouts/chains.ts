/** What is stored of settlements as members of their chains. */
import { sql } from 'kysely';
import type { KnownSpan } from '../../domain/payouts/chain-opening.ts';
import type { ChainMember } from '../../domain/payouts/chains.ts';
import type { Database } from '../database.ts';
import { unreadInputs } from '../intake/unread-inputs.ts';

/** A settlement in its chain, with its state, whether a journal of it is posted, and the sum of the rows that are staged. */
export interface StoredChainMember extends ChainMember {
  state: string;
  isPosted: boolean;
  sum: bigint;
}

/**
 * Settlements of a connection in the order of their ids: all, or only those of one currency that end or begin at an
 * instant, which is enough to say how they are linked there. Rows count once all of them have their roles.
 */
export async function chainMembers(
  db: Database,
  connection: string,
  at?: { currency: string; instant: string },
): Promise<StoredChainMember[]> {
  const there = at ? sql`and s.currency = ${at.currency} and ${at.instant} in (s.period_start, s.period_end)` : sql``;
  const { rows } = await sql<{
    settlement_id: string;
    currency: string;
    total: bigint;
    period_start: string;
    period_end: string;
    state: string;
    posted: boolean;
    known: boolean;
    sum: bigint;
    released: bigint;
    held: bigint;
    carried_in: bigint;
    returned: bigint;
  }>`
    select s.settlement_id, s.currency, s.total, s.period_start, s.period_end, s.state, s.map_version is not null as known,
      exists (select 1 from documents d where d.connection = s.connection and d.settlement_id = s.settlement_id and d.purpose = 'JE' and d.state = 'posted') as posted, coalesce(sum(r.amount), 0)::bigint as sum,
      coalesce(sum(r.amount) filter (where r.role = 'reserve-released'), 0)::bigint as released, coalesce(sum(r.amount) filter (where r.role = 'reserve-held'), 0)::bigint as held,
      coalesce(sum(r.amount) filter (where r.role = 'balance-due-to-amazon'), 0)::bigint as carried_in,
      coalesce(sum(r.amount) filter (where r.role = 'payouts-in-transit' and r.amount > 0), 0)::bigint as returned
    from settlements s left join settlement_rows r on r.connection = s.connection and r.settlement_id = s.settlement_id
    where s.connection = ${connection} and s.state <> 'left-alone' ${there}
    group by s.connection, s.settlement_id order by s.settlement_id`.execute(db);
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    currency: row.currency,
    total: row.total,
    start: row.period_start,
    end: row.period_end,
    state: row.state,
    isPosted: row.posted,
    sum: row.sum,
    rows: row.known
      ? { released: row.released, held: row.held, carriedIn: row.carried_in, returned: row.returned }
      : null,
  }));
}

/** Times of all reports and event groups of a currency; those that could not be read may be of any. */
export async function knownSpans(db: Database, connection: string, currency: string): Promise<KnownSpan[]> {
  const reports = await db
    .selectFrom('settlements')
    .select(['period_start', 'period_end'])
    .where('connection', '=', connection)
    .where('currency', '=', currency)
    .where('state', '<>', 'left-alone')
    .execute();
  const groups = await db
    .selectFrom('event_groups')
    .select(['started_at', 'ended_at'])
    .where('connection', '=', connection)
    .where('currency', '=', currency)
    .where('started_at', 'is not', null)
    .execute();
  return [
    ...reports.map((row): KnownSpan => ({ start: row.period_start, end: row.period_end, source: 'report' })),
    ...groups.map((row): KnownSpan => ({ start: row.started_at!, end: row.ended_at, source: 'group' })),
    ...(await unreadInputs(db, connection)).flatMap(({ span }): KnownSpan[] =>
      span === null ? [] : [{ ...span, source: 'group' }],
    ),
  ];
}

/** State of the settlement that ended where another begins; null where none is known, or more than one. */
export async function stateBefore(
  db: Database,
  connection: string,
  { currency, start }: { currency: string; start: string },
): Promise<string | null> {
  const rows = await db
    .selectFrom('settlements')
    .select('state')
    .where('connection', '=', connection)
    .where('currency', '=', currency)
    .where('period_end', '=', start)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]!.state : null;
}

/** Number of the audit entry by which a controller said that a settlement begins a chain; null when nobody has. */
export async function openedChain(db: Database, connection: string, settlementId: string): Promise<number | null> {
  const row = await db
    .selectFrom('opened_chains')
    .select('audit')
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .executeTakeFirst();
  return row?.audit ?? null;
}

export async function recordOpened(
  db: Database,
  connection: string,
  opened: { settlementId: string; by: string; why: string; audit: number; at: string },
): Promise<void> {
  await db
    .insertInto('opened_chains')
    .values({
      connection,
      settlement_id: opened.settlementId,
      decided_by: opened.by,
      why: opened.why,
      audit: opened.audit,
      decided_at: opened.at,
    })
    .execute();
}
