/** Refunds as Amazon told them: the transactions that each is made of, how far it has come, and the claim that it is. */
import { sql } from 'kysely';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import type { KnownRefund } from '../../domain/orders/place-refund.ts';
import type { RowsWithoutRefund } from '../../domain/payouts/answer-claims.ts';
import type { RefundState } from '../../domain/orders/order-states.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface StoredRefund {
  key: string;
  fact: RefundFact;
  state: RefundState;
  /** Of a refund that is a claim: where its rows stand. */
  claim: { settlementId: string; postedAt: string } | null;
}

export async function loadRefunds(db: Database, connection: string, orderId: string): Promise<StoredRefund[]> {
  const rows = await db
    .selectFrom('refunds')
    .select(['refund_key', 'fact', 'state', 'claim_settlement', 'claim_at'])
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .orderBy('posted_at')
    .orderBy('refund_key')
    .execute();
  return rows.map((row) => ({
    key: row.refund_key,
    fact: factFromJson<RefundFact>(row.fact),
    state: row.state,
    claim: row.claim_settlement === null ? null : { settlementId: row.claim_settlement, postedAt: row.claim_at! },
  }));
}

export async function setRefundState(
  db: Database,
  connection: string,
  key: string,
  state: Exclude<RefundState, 'claim'>,
): Promise<void> {
  await db
    .updateTable('refunds')
    .set({ state })
    .where('connection', '=', connection)
    .where('refund_key', '=', key)
    .execute();
}

/** Transactions among these that have been taken in. */
export async function knownTransactions(
  db: Database,
  connection: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('refund_transactions')
    .select('transaction_id')
    .where('connection', '=', connection)
    .where('transaction_id', 'in', ids)
    .execute();
  return new Set(rows.map((row) => row.transaction_id));
}

/** Refunds of an order with their transactions, and whether anything was written down for them. */
export async function refundsToJoin(db: Database, connection: string, orderId: string): Promise<KnownRefund[]> {
  const { rows } = await sql<{ refund_key: string; fact: unknown; transactions: string[] | null; open: boolean }>`
    select r.refund_key, r.fact, (select array_agg(t.transaction_id order by t.transaction_id) from refund_transactions t where t.connection = r.connection and t.refund_key = r.refund_key) as transactions,
      r.state = 'new' and not exists (select 1 from documents d where d.connection = r.connection and d.order_id = r.order_id and d.business_key = r.refund_key) as open
    from refunds r where r.connection = ${connection} and r.order_id = ${orderId} order by r.posted_at, r.refund_key`.execute(
    db,
  );
  return rows.map((row) => ({
    key: row.refund_key,
    fact: factFromJson<RefundFact>(row.fact),
    transactions: row.transactions ?? [],
    open: row.open,
  }));
}

/** Refunds of some orders that are to be booked, or await a row, and have no document. */
export async function pendingRefunds(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<{ key: string; fact: RefundFact }[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await sql<{ refund_key: string; fact: unknown }>`
    select r.refund_key, r.fact from refunds r where r.connection = ${connection} and r.order_id = any(${[...orderIds]}) and r.state in ('new', 'awaits-row', 'planned')
      and not exists (select 1 from documents d where d.connection = r.connection and d.order_id = r.order_id and d.business_key = r.refund_key) order by r.refund_key`.execute(
    db,
  );
  return rows.map((row) => ({ key: row.refund_key, fact: factFromJson<RefundFact>(row.fact) }));
}

/** As what a refund is taken in: to be booked, awaited, or another's. */
export type FirstRefundState = Extract<RefundState, 'new' | 'awaits-row' | 'left-alone'>;

/** Writes a refund down under its key, or what it has become with a transaction more; its workflow has not heard of that. */
export async function putRefund(
  db: Database,
  connection: string,
  key: string,
  refund: RefundFact,
  state: FirstRefundState = 'new',
): Promise<void> {
  const told = state !== 'new';
  const fact = factToJson(refund);
  await db
    .insertInto('refunds')
    .values({
      connection,
      refund_key: key,
      order_id: refund.orderId,
      posted_at: refund.postedAt,
      fact,
      state,
      told,
      claim_settlement: null,
      claim_at: null,
    })
    .onConflict((conflict) => conflict.columns(['connection', 'refund_key']).doUpdateSet({ fact, told }))
    .execute();
}

/** Of a refund booked from rows: Finances has told it. What is to be booked, and who has heard of it, stay as they are. */
export async function setRefundFact(db: Database, connection: string, key: string, refund: RefundFact): Promise<void> {
  await db
    .updateTable('refunds')
    .set({ fact: factToJson(refund) })
    .where('connection', '=', connection)
    .where('refund_key', '=', key)
    .execute();
}

export async function addTransactions(
  db: Database,
  connection: string,
  key: string,
  ids: readonly string[],
): Promise<void> {
  await db
    .insertInto('refund_transactions')
    .values(ids.map((id) => ({ connection, transaction_id: id, refund_key: key })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The refund is that claim: no document is made for it. */
export async function answerByClaim(
  db: Database,
  connection: string,
  key: string,
  claim: { settlementId: string; postedAt: string },
): Promise<void> {
  await db
    .updateTable('refunds')
    .set({ state: 'claim', claim_settlement: claim.settlementId, claim_at: claim.postedAt })
    .where('connection', '=', connection)
    .where('refund_key', '=', key)
    .execute();
}

/** Rows of an order, by settlement and second, that a refund without a document may be: claims in a journal, and refund rows without their memo. */
export async function rowsWithoutRefund(
  db: Database,
  connection: string,
  orderId: string,
): Promise<RowsWithoutRefund[]> {
  const { rows } = await sql<{ kind: 'claim' | 'refund'; settlement_id: string; posted_at: string; amount: bigint }>`
    select case when booked = 'clearing' then 'refund' else 'claim' end as kind, settlement_id, posted_at, sum(amount)::bigint as amount from settlement_rows r
    where connection = ${connection} and order_id = ${orderId} and ((booked = 'chargebacks-and-claims' and transaction_type ~* 'refund') or (booked = 'clearing' and document is null and lower(transaction_type) = 'refund'))
      and not exists (select 1 from refunds f where f.connection = r.connection and f.order_id = r.order_id and f.claim_settlement = r.settlement_id and f.claim_at = r.posted_at
        and r.booked = 'chargebacks-and-claims')
    group by 1, settlement_id, posted_at order by posted_at, settlement_id`.execute(db);
  return rows.map((row) => ({
    kind: row.kind,
    settlementId: row.settlement_id,
    postedAt: row.posted_at,
    amount: -row.amount,
  }));
}

/** Orders whose claims stand in a settlement, or stood there when a refund was told. */
export async function ordersWithClaims(db: Database, connection: string, settlementId: string): Promise<string[]> {
  const { rows } = await sql<{ order_id: string }>`
    select order_id from settlement_rows where connection = ${connection} and settlement_id = ${settlementId} and role = 'chargebacks-and-claims' and order_id is not null
    union select order_id from refunds where connection = ${connection} and claim_settlement = ${settlementId}`.execute(
    db,
  );
  return rows.map((row) => row.order_id);
}

/** Claims of a settlement that refunds have been answered with. */
export async function answeringClaims(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<{ orderId: string; postedAt: string; refund: string }[]> {
  const rows = await db
    .selectFrom('refunds')
    .select(['order_id', 'claim_at', 'refund_key'])
    .where('connection', '=', connection)
    .where('claim_settlement', '=', settlementId)
    .execute();
  return rows.map((row) => ({ orderId: row.order_id, postedAt: row.claim_at!, refund: row.refund_key }));
}

/** The claims that they were are gone (a report that was issued again holds them no more): they are to be booked after all. */
export async function reopenRefunds(db: Database, connection: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db
    .updateTable('refunds')
    .set({ state: 'new', told: false, claim_settlement: null, claim_at: null })
    .where('connection', '=', connection)
    .where('refund_key', 'in', keys)
    .execute();
}

/** A settlement has come that names the order of a refund whose fulfiller was not known: its row says whose it is. */
export async function settleAwaitedRefunds(db: Database, connection: string): Promise<void> {
  await sql`
    with told as (
      select r.refund_key, (select bool_or(upper(coalesce(s.fulfillment_id, '')) = 'MFN') from settlement_rows s where s.connection = r.connection and s.order_id = r.order_id) as merchant
      from refunds r where r.connection = ${connection} and r.state = 'awaits-row')
    update refunds r set state = case when told.merchant then 'left-alone' else 'new' end, told = told.merchant
    from told where r.connection = ${connection} and r.refund_key = told.refund_key and told.merchant is not null`.execute(
    db,
  );
}
