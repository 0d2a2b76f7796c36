/** Claims without a memo, and tax that journals of settlements have without a document, for the VAT report. */
import { sql } from 'kysely';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { JournalledRows, StandingPart } from '../../domain/tax/claims-from-rows.ts';
import { CLAIM_TYPES } from '../payouts/left-tax.ts';
import type { Database } from '../database.ts';
import { standingParts } from './tax-shares.ts';

export interface Period {
  /** First and last day. */
  from: Day;
  to: Day;
}

/** Parts that stand, of settlements that have one in a period. */
export async function partsAround(db: Database, connection: string, { from, to }: Period): Promise<StandingPart[]> {
  const rows = await db
    .selectFrom('documents')
    .select('settlement_id')
    .distinct()
    .where('connection', '=', connection)
    .where('purpose', '=', 'JE')
    .where('settlement_id', 'is not', null)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .execute();
  return standingParts(
    db,
    connection,
    rows.map((row) => row.settlement_id!),
  );
}

/** Those whose journal is booked in a period. */
export async function journalledIn(
  db: Database,
  connection: string,
  period: Period,
): Promise<{ parts: StandingPart[]; rows: JournalledRows[] }> {
  const parts = (await partsAround(db, connection, period)).filter(({ day }) => day >= period.from && day <= period.to);
  if (parts.length === 0) return { parts, rows: [] };
  const { rows } = await sql<{
    settlement_id: string;
    part: number;
    period_end: Instant;
    currency: string;
    order_id: string;
    order_item_code: string | null;
    sku: string | null;
    marketplace_name: string | null;
    is_claim: boolean;
    withheld: boolean;
    net: bigint;
    tax: bigint;
    has_tax: boolean;
  }>`
    select r.settlement_id, r.part, s.period_end, s.currency, r.order_id, r.order_item_code, r.sku, min(r.marketplace_name) as marketplace_name,
      bool_or(r.transaction_type ~* ${CLAIM_TYPES}) as is_claim,
      bool_or(r.role = 'marketplace-tax' and (r.amount_type ~* '^item[ _-]*withheld[ _-]*tax$'
        or r.amount_description ~* '^(marketplace[ _-]*facilitator|low[ _-]*value[ _-]*goods[ _-]*tax)')) as withheld,
      coalesce(sum(r.amount) filter (where r.booked = 'chargebacks-and-claims'), 0)::bigint as net,
      coalesce(sum(r.amount) filter (where r.booked = 'sales-tax-payable'), 0)::bigint as tax,
      bool_or(r.booked = 'sales-tax-payable') as has_tax
    from settlement_rows r join settlements s on s.connection = r.connection and s.settlement_id = r.settlement_id
    where r.connection = ${connection} and r.settlement_id = any(${[...new Set(parts.map(({ settlementId }) => settlementId))]})
      and r.order_id is not null and ((r.booked = 'sales-tax-payable' and r.role = 'marketplace-tax')
        or (r.booked = 'chargebacks-and-claims' and r.transaction_type ~* ${CLAIM_TYPES}))
    group by r.settlement_id, r.part, s.period_end, s.currency, r.order_id, r.order_item_code, r.sku
    order by r.settlement_id, r.order_id, r.order_item_code, r.sku, r.part`.execute(db);
  return {
    parts,
    rows: rows.map((row) => ({
      settlementId: row.settlement_id,
      part: row.part,
      endedAt: row.period_end,
      currency: row.currency,
      orderId: row.order_id,
      orderItemCode: row.order_item_code,
      sku: row.sku,
      marketplaceName: row.marketplace_name,
      isClaim: row.is_claim,
      withheld: row.withheld,
      net: row.net,
      tax: row.has_tax ? row.tax : null,
    })),
  };
}
