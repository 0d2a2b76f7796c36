import { sql, type RawBuilder } from 'kysely';
import { SALES_PURPOSES } from '../../domain/documents/document-kinds.ts';
import { AT_WORK } from '../../domain/payouts/payout-states.ts';
import type { Database } from '../database.ts';
import { ordersReadUpToRefund } from '../orders/orders.ts';

/** What is still being worked on, as a count by kind; all zero is idle. What is decided is worked on until all who waited have gone on. */
export interface Busy {
  orders: number;
  shipments: number;
  refunds: number;
  payouts: number;
}

export async function busyWith(db: Database, connection: string): Promise<Busy> {
  // What a person must mend first is not being worked on.
  const stopped = (orderId: RawBuilder<unknown>) =>
    sql`(exists (select 1 from open where subject_kind = 'order' and subject_id = ${orderId} and code in ('netsuite-refused', 'period-closed', 'document-differs', 'taxed-by-netsuite', 'tax-above-price', 'sale-unplaced', 'refund-unclear', 'step-failing'))
      or exists (select 1 from held where order_id = ${orderId} and not ended))`;
  const { rows } = await sql<{ orders: bigint; shipments: bigint; refunds: bigint; payouts: bigint }>`
    with open as (select code, key, subject_kind, subject_id, payout, remedy ->> 'kind' as remedy from exceptions where connection = ${connection} and closed_at is null),
      held as (select w.order_id, e.closed_at is not null as ended from waits w join exceptions e on e.connection = w.connection and e.id::text = w.key where w.connection = ${connection} and w.kind = 'exception')
    select
      (select count(*) from orders where connection = ${connection} and not ${stopped(sql.ref('order_id'))} and (state = 'seen' or (state = 'pending' and currency is not null)
        or (not told and state <> 'left-alone') or (status = 'CANCELLED' and state in ('ordered', 'pending'))
        or order_id in (select order_id from held where ended)
        or (state = 'waits' and not exists (select 1 from open where code = 'sku-unknown' and remedy = 'map-sku' and position(key in blocked_by) > 0)))) as orders,
      (select count(*) from shipments s join orders o using (connection, order_id) where s.connection = ${connection} and s.state in ('new', 'fulfilled') and o.state in ('ordered', 'billed', 'seen')
        and not ${stopped(sql.ref('s.order_id'))}) as shipments,
      (select count(*) from refunds r left join orders o using (connection, order_id) where r.connection = ${connection} and r.state = 'new' and not ${stopped(sql.ref('r.order_id'))}
        and ((o.order_id is null and ${ordersReadUpToRefund(connection)}) or o.state = 'billed' or exists (select 1 from shipments s where s.connection = r.connection and s.order_id = r.order_id and s.state = 'done'))) as refunds,
      (select count(*) from settlements s where connection = ${connection} and state = any(${AT_WORK}) and not exists (select 1 from open where payout = s.settlement_id and code = 'step-failing'))
        + (select count(*) from settlements s where connection = ${connection} and state = 'waits-amount' and not exists (select 1 from waits w join open o on o.code = 'unknown-amount' and o.remedy = 'map-amount' and o.key = w.key
          where w.connection = s.connection and w.kind = 'amount' and w.settlement_id = s.settlement_id))
        + (select count(*) from settlement_revisions where connection = ${connection} and state = 'found')
        + (select count(*) from settled_differences d where d.connection = ${connection} and d.number is not null
          and not exists (select 1 from documents j where j.external_id = d.journal and j.state = 'posted')
          and not exists (select 1 from open where payout = d.settlement_id
            and (code in ('netsuite-refused', 'period-closed') or (code = 'document-differs' and not exists (select 1 from documents x where x.external_id = key and x.purpose = any(${SALES_PURPOSES})))))) as payouts`.execute(
    db,
  );
  const row = rows[0]!;
  return {
    orders: Number(row.orders),
    shipments: Number(row.shipments),
    refunds: Number(row.refunds),
    payouts: Number(row.payouts),
  };
}
