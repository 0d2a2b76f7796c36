/** What the store holds of a month's orders, shipments and refunds, for the items that hold them against Amazon's populations. */
import { sql } from 'kysely';
import { SALES_PURPOSES, SHIPMENT_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { OrderFact, ShipmentFact } from '../../domain/orders/order-facts.ts';
import type { SalesOrderPlan } from '../../domain/orders/sales-order.ts';
import type { RefundState, ShipmentState } from '../../domain/orders/order-states.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';
import type { StoredShipment } from '../orders/shipments.ts';

/** How some orders stand: whether a Sales Order is posted, whether they are left to others, what they wait for. */
export async function orderStandings(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<Map<string, { state: string; isOrdered: boolean; blockedBy: string | null }>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await sql<{ order_id: string; state: string; blocked_by: string | null; ordered: boolean }>`
    select o.order_id, o.state, o.blocked_by, exists (select 1 from documents d where d.connection = o.connection and d.order_id = o.order_id
      and d.purpose = 'SO' and d.state = 'posted') as ordered
    from orders o where o.connection = ${connection} and o.order_id = any(${[...orderIds]})`.execute(db);
  return new Map(
    rows.map((row) => [row.order_id, { state: row.state, isOrdered: row.ordered, blockedBy: row.blocked_by }]),
  );
}

export interface MonthShipment {
  order: OrderFact;
  orderState: string;
  blockedBy: string | null;
  shipment: StoredShipment;
  salesOrder: SalesOrderPlan | null;
  /** Posted documents of it, by purpose. */
  documents: { purpose: string; externalId: string; date: string; trueDay: string | null }[];
}

/** Shipments between two instants in pages of orders, so that a month of any size is read in steps. */
export async function* shipmentsBetween(
  db: Database,
  connection: string,
  from: Instant,
  until: Instant,
  atOnce = 500,
): AsyncGenerator<MonthShipment[]> {
  for (let after = ''; ;) {
    const { rows } = await sql<{
      shipment_key: string;
      fact: unknown;
      state: ShipmentState;
      order_fact: unknown;
      order_state: string;
      blocked_by: string | null;
      sales_order: unknown;
      documents: { purpose: string; external_id: string; date: string; true_day: string | null }[] | null;
    }>`
      select s.shipment_key, s.fact, s.state, o.fact as order_fact, o.state as order_state, o.blocked_by,
        (select d.plan from documents d where d.connection = s.connection and d.order_id = s.order_id and d.purpose = 'SO' order by d.part limit 1) as sales_order,
        (select json_agg(json_build_object('purpose', d.purpose, 'external_id', d.external_id, 'date', d.date, 'true_day', d.true_day))
          from documents d where d.connection = s.connection and d.order_id = s.order_id and d.business_key = s.shipment_key
            and d.purpose = any(${[...SHIPMENT_PURPOSES]}) and d.state = 'posted') as documents
      from shipments s join orders o on o.connection = s.connection and o.order_id = s.order_id
      where s.connection = ${connection} and s.shipped_at >= ${from} and s.shipped_at < ${until} and s.shipment_key > ${after}
      order by s.shipment_key limit ${atOnce}`.execute(db);
    if (rows.length === 0) return;
    yield rows.map((row) => ({
      order: factFromJson<OrderFact>(row.order_fact),
      orderState: row.order_state,
      blockedBy: row.blocked_by,
      shipment: { key: row.shipment_key, fact: factFromJson<ShipmentFact>(row.fact), state: row.state },
      salesOrder: row.sales_order === null ? null : factFromJson<SalesOrderPlan>(row.sales_order),
      documents: (row.documents ?? []).map(({ purpose, external_id: externalId, date, true_day: trueDay }) => ({
        purpose,
        externalId,
        date,
        trueDay,
      })),
    }));
    after = rows.at(-1)!.shipment_key;
  }
}

export interface RefundOfTransaction {
  transactionId: string;
  state: RefundState;
  memo: { externalId: string; purpose: string; total: bigint; date: string } | null;
}

/** The refunds that some transactions of Finances became, with the document of each. */
export async function refundsOfTransactions(
  db: Database,
  connection: string,
  transactionIds: readonly string[],
): Promise<Map<string, RefundOfTransaction>> {
  if (transactionIds.length === 0) return new Map();
  const { rows } = await sql<{
    transaction_id: string;
    state: RefundState;
    external_id: string | null;
    purpose: string | null;
    total: bigint | null;
    date: string | null;
  }>`
    select t.transaction_id, r.state, d.external_id, d.purpose, d.total, d.date
    from refund_transactions t join refunds r on r.connection = t.connection and r.refund_key = t.refund_key
    left join documents d on d.connection = r.connection and d.business_key = r.refund_key and d.purpose = any(${[...SALES_PURPOSES]}) and d.state = 'posted'
    where t.connection = ${connection} and t.transaction_id = any(${[...transactionIds]})`.execute(db);
  return new Map(
    rows.map((row) => [
      row.transaction_id,
      {
        transactionId: row.transaction_id,
        state: row.state,
        memo:
          row.external_id === null
            ? null
            : { externalId: row.external_id, purpose: row.purpose!, total: row.total!, date: row.date! },
      },
    ]),
  );
}

/** Orders with a shipment between two instants. */
export async function ordersShipped(
  db: Database,
  connection: string,
  from: Instant,
  until: Instant,
): Promise<Set<string>> {
  const { rows } = await sql<{ order_id: string }>`
    select distinct order_id from shipments where connection = ${connection} and shipped_at >= ${from} and shipped_at < ${until}`.execute(
    db,
  );
  return new Set(rows.map(({ order_id: orderId }) => orderId));
}

/** What an open exception of a subject touches: whether its order or payout has a fact in a month. */
export async function subjectsWithin(
  db: Database,
  connection: string,
  subjects: readonly { kind: 'order' | 'payout'; id: string }[],
  { from, until, firstDay, lastDay }: { from: Instant; until: Instant; firstDay: string; lastDay: string },
): Promise<Set<string>> {
  const ids = (kind: 'order' | 'payout') => subjects.filter((one) => one.kind === kind).map(({ id }) => id);
  const { rows } = await sql<{ kind: string; id: string }>`
    select 'order' as kind, o.order_id as id from orders o where o.connection = ${connection} and o.order_id = any(${ids('order')}) and (
      (o.purchased_at >= ${from} and o.purchased_at < ${until})
      or exists (select 1 from shipments s where s.connection = o.connection and s.order_id = o.order_id and s.shipped_at >= ${from} and s.shipped_at < ${until})
      or exists (select 1 from refunds r where r.connection = o.connection and r.order_id = o.order_id and r.posted_at >= ${from} and r.posted_at < ${until})
      or exists (select 1 from documents d where d.connection = o.connection and d.order_id = o.order_id and d.date >= ${firstDay} and d.date <= ${lastDay})
      or exists (select 1 from settlement_rows r where r.connection = o.connection and r.order_id = o.order_id and r.posted_at >= ${from} and r.posted_at < ${until}))
    union all
    select 'payout', s.settlement_id from settlements s where s.connection = ${connection} and s.settlement_id = any(${ids('payout')})
      and ((s.period_start < ${until} and s.period_end >= ${from})
        or exists (select 1 from documents d where d.connection = s.connection and d.settlement_id = s.settlement_id and d.date >= ${firstDay} and d.date <= ${lastDay}))`.execute(
    db,
  );
  const within = new Set(rows.map(({ kind, id }) => `${kind} ${id}`));
  // Of a subject that the store does not know no day is known: it touches every month.
  const { rows: known } = await sql<{ id: string }>`
    select 'order ' || order_id as id from orders where connection = ${connection} and order_id = any(${ids('order')})
    union all select 'payout ' || settlement_id from settlements where connection = ${connection} and settlement_id = any(${ids('payout')})`.execute(
    db,
  );
  const isKnown = new Set(known.map(({ id }) => id));
  for (const { kind, id } of subjects) if (!isKnown.has(`${kind} ${id}`)) within.add(`${kind} ${id}`);
  return within;
}
