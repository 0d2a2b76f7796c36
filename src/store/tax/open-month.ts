/** What of a month is not booked yet, for the VAT report. */
import { sql } from 'kysely';
import { SALES_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { SettlementSpan } from '../../domain/tax/explain-unfinished.ts';
import type { Database } from '../database.ts';

/** Each with the marketplace of its order, null where that is not known. */
export interface Unbilled {
  of: 'shipments' | 'refunds';
  at: Instant;
  marketplaceId: string | null;
}

/**
 * Shipments and refunds of a window that have no invoice or credit memo, be it planned. Those of other systems, claims, and
 * what left before the cut-over, are none.
 */
export async function unbilledIn(
  db: Database,
  connection: string,
  { after, before }: { after: Instant; before: Instant },
): Promise<Unbilled[]> {
  const { rows } = await sql<{ of: Unbilled['of']; at: Instant; marketplace_id: string | null }>`
    select 'shipments' as of, s.shipped_at as at, o.marketplace_id from shipments s join orders o using (connection, order_id)
    where s.connection = ${connection} and s.shipped_at between ${after} and ${before} and s.state in ('new', 'fulfilled') and o.state not in ('left-alone', 'cancelled')
      and not exists (select from documents d where d.connection = s.connection and d.order_id = s.order_id and d.business_key = s.shipment_key and d.purpose = any(${[...SALES_PURPOSES]}))
    union all select 'refunds', r.posted_at, o.marketplace_id from refunds r left join orders o using (connection, order_id)
    where r.connection = ${connection} and r.posted_at between ${after} and ${before} and r.state in ('new', 'awaits-row')
      and not exists (select from documents d where d.connection = r.connection and d.order_id = r.order_id and d.business_key = r.refund_key and d.purpose = any(${[...SALES_PURPOSES]}))
    union all select 'refunds', u.posted_at, o.marketplace_id from unclear_refunds u left join orders o using (connection, order_id)
    where u.connection = ${connection} and u.posted_at between ${after} and ${before}`.execute(db);
  return rows.map((row) => ({ of: row.of, at: row.at, marketplaceId: row.marketplace_id }));
}

/**
 * Settlements in some currencies that began before an instant and ended after another, or have not ended: reports that are
 * ours, and Amazon's event groups that no report here, whosever, ends with. A group that came to nothing has none.
 */
export async function settlementsBetween(
  db: Database,
  connection: string,
  { currencies, after, before }: { currencies: readonly string[]; after: Instant; before: Instant },
): Promise<SettlementSpan[]> {
  const { rows } = await sql<{
    currency: string;
    start: Instant;
    end: Instant | null;
    settlement_id: string | null;
    journalled: boolean;
  }>`
    select s.currency, s.period_start as start, s.period_end as "end", s.settlement_id,
      s.state = 'tied' or (exists (select from documents d where d.connection = s.connection and d.settlement_id = s.settlement_id and d.purpose = 'JE')
        and not exists (select from documents d where d.connection = s.connection and d.settlement_id = s.settlement_id and d.purpose = 'JE' and d.state <> 'posted')) as journalled
    from settlements s where s.connection = ${connection} and s.currency = any(${[...currencies]}) and s.period_start < ${before} and s.period_end > ${after} and s.state <> 'left-alone'
    union all select g.currency, g.started_at, g.ended_at, null, false
    from event_groups g where g.connection = ${connection} and g.currency = any(${[...currencies]}) and g.started_at < ${before} and (g.ended_at is null
      or (g.ended_at > ${after} and g.total is distinct from 0
        and not exists (select from settlements s where s.connection = g.connection and s.currency = g.currency and s.period_end = g.ended_at)))
    order by 1, 2, 4`.execute(db);
  return rows.map(({ settlement_id: settlementId, ...span }) => ({ ...span, settlementId }));
}
