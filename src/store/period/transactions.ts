/** Transactions of Finances of every kind, as Amazon last told them. */
import { sql } from 'kysely';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { FinancePart, FinanceTransaction } from '../../domain/period/finance-transaction.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';

/** What Amazon may tell otherwise later, and is then written over. */
const CHANGING = [
  'status',
  'group_id',
  'settlement_id',
  'releases',
  'released_by',
  'matures_at',
  'total',
  'parts',
] as const;

/**
 * Keeps transactions, each once by its id. One that is known gets the status, the group, the release and the parts that it is
 * told with now; its `posted_at` stays as it was first told. A total that is told otherwise takes the place of the one before,
 * which is noted beside it. Idempotent: what is told unchanged is not written.
 */
export async function saveTransactions(
  db: Database,
  connection: string,
  transactions: readonly FinanceTransaction[],
): Promise<void> {
  const last = new Map(transactions.map((transaction) => [transaction.transactionId, transaction]));
  // In one order, so that two at once never wait for each other in a circle.
  const sorted = [...last.values()].sort((a, b) => (a.transactionId < b.transactionId ? -1 : 1));
  const set = sql.join(CHANGING.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`));
  const columnsOf = (table: string) => sql.join(CHANGING.map((column) => sql.ref(`${table}.${column}`)));
  for (const some of inBatches(sorted))
    await sql`
      insert into finance_transactions (connection, transaction_id, type, description, status, posted_at, order_id, shipment_id,
        group_id, settlement_id, releases, released_by, matures_at, marketplace_name, fulfilled_by, currency, total, parts)
      values ${sql.join(some.map((transaction) => rowOf(connection, transaction)))}
      on conflict (connection, transaction_id) do update set ${set}, earlier_totals = case
        when finance_transactions.total = excluded.total then finance_transactions.earlier_totals
        else finance_transactions.earlier_totals || to_jsonb(finance_transactions.total::text) end
      where (${columnsOf('finance_transactions')}) is distinct from (${columnsOf('excluded')})`.execute(db);
}

const rowOf = (connection: string, transaction: FinanceTransaction) => {
  const { transactionId, type, description, status, postedAt, orderId, shipmentId, groupId, settlementId } =
    transaction;
  const { releases, releasedBy, maturesAt, marketplaceName, fulfilledBy, currency, total, parts } = transaction;
  return sql`(${sql.join([connection, transactionId, type, description, status, postedAt, orderId, shipmentId])},
    ${sql.join([groupId, settlementId, releases, releasedBy, maturesAt, marketplaceName, fulfilledBy, currency])},
    ${total}::bigint, ${factToJson(parts)}::jsonb)`;
};

/** Those posted within a window, half open, in order of `postedAt` and id. */
export async function transactionsBetween(
  db: Database,
  connection: string,
  from: Instant,
  until: Instant,
): Promise<FinanceTransaction[]> {
  const rows = await transactions(db, connection)
    .where('posted_at', '>=', from)
    .where('posted_at', '<', until)
    .execute();
  return rows.map(factOf);
}

/** Those of some orders, in order of `postedAt` and id. */
export async function transactionsOfOrders(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<FinanceTransaction[]> {
  if (orderIds.length === 0) return [];
  const rows = await transactions(db, connection)
    .where(sql<boolean>`order_id = any(${[...orderIds]})`)
    .execute();
  return rows.map(factOf);
}

/**
 * Those posted before an instant in no event group that had ended by another one, with the releases of deferred ones, whenever
 * they came: a deferred one is of its release's group.
 */
export async function transactionsUnsettled(
  db: Database,
  connection: string,
  { postedBefore, endedBefore }: { postedBefore: Instant; endedBefore: Instant },
): Promise<FinanceTransaction[]> {
  const ended = sql`exists (select from event_groups g where g.connection = finance_transactions.connection
    and g.group_id = finance_transactions.group_id and g.ended_at < ${endedBefore})`;
  const rows = await transactions(db, connection)
    .where(
      sql<boolean>`(finance_transactions.releases is not null or (finance_transactions.posted_at < ${postedBefore} and not ${ended}))`,
    )
    .execute();
  return rows.map(factOf);
}

/** Totals that Amazon told of a transaction before the one that it tells now, the first one first; minor units. */
export async function earlierTotals(db: Database, connection: string, transactionId: string): Promise<bigint[]> {
  const row = await db
    .selectFrom('finance_transactions')
    .select('earlier_totals')
    .where('connection', '=', connection)
    .where('transaction_id', '=', transactionId)
    .executeTakeFirst();
  return (row?.earlier_totals ?? []).map(BigInt);
}

/** UTC days on which transactions were posted that are deferred still, or released without an event group, in a window. */
export async function openDays(db: Database, connection: string, from: Instant, until: Instant): Promise<Day[]> {
  const { rows } = await sql<{ day: string }>`
    select distinct left(posted_at, 10) as day from finance_transactions
    where connection = ${connection} and (status = 'DEFERRED' or (status = 'RELEASED' and group_id is null))
      and posted_at >= ${from} and posted_at < ${until} order by day`.execute(db);
  return rows.map(({ day }) => day);
}

/** Deletes those that were posted before an instant and whose order is kept no more, one batch; false when none is left. */
export async function purgeTransactions(db: Database, connection: string, before: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from finance_transactions where ctid in (select t.ctid from finance_transactions t
      where t.connection = ${connection} and t.posted_at < ${before} and t.status <> 'DEFERRED'
        and not exists (select from orders o where o.connection = t.connection and o.order_id = t.order_id) limit 5000)`.execute(
    db,
  );
  return (numAffectedRows ?? 0n) > 0n;
}

const transactions = (db: Database, connection: string) =>
  db
    .selectFrom('finance_transactions')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('posted_at')
    .orderBy('transaction_id');

type Row = Awaited<ReturnType<ReturnType<typeof transactions>['execute']>>[number];

const factOf = (row: Row): FinanceTransaction => ({
  transactionId: row.transaction_id,
  type: row.type,
  description: row.description,
  status: row.status,
  postedAt: row.posted_at,
  orderId: row.order_id,
  shipmentId: row.shipment_id,
  groupId: row.group_id,
  settlementId: row.settlement_id,
  releases: row.releases,
  releasedBy: row.released_by,
  maturesAt: row.matures_at,
  marketplaceName: row.marketplace_name,
  fulfilledBy: row.fulfilled_by,
  currency: row.currency,
  total: row.total,
  parts: factFromJson<FinancePart[]>(row.parts),
});
