/** Moves of tax between jurisdictions, as people decided them. */
import { sql, type RawBuilder } from 'kysely';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { BookedMove } from '../../domain/tax/moved-facts.ts';
import type { MovedItem, TaxMove } from '../../domain/tax/tax-move.ts';
import type { VatEvent } from '../../domain/tax/vat-facts.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';

/** With who decided it, when, and under which number of the record. */
export interface DecidedMove extends BookedMove {
  by: string;
  at: Instant;
  audit: number;
}

/** @param document external id of its journal; `isJournalled` is false where net alone is moved */
export async function storeMove(
  db: Database,
  connection: string,
  { orderId, number, from, to, event, currency, items }: TaxMove,
  {
    document,
    isJournalled,
    day,
    by,
    at,
    audit,
  }: { document: string; isJournalled: boolean; day: Day; by: string; at: Instant; audit: number },
): Promise<void> {
  await db
    .insertInto('tax_moves')
    .values({
      connection,
      order_id: orderId,
      number,
      moved_from: from,
      moved_to: to,
      event,
      currency,
      items: factToJson(items),
      document,
      journalled: isJournalled,
      day,
      decided_by: by,
      at,
      audit,
    })
    .execute();
}

/** Those of some orders, in the order in which they were decided. */
export async function movesOfOrders(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<DecidedMove[]> {
  const found: DecidedMove[] = [];
  for (const batch of inBatches(orderIds))
    found.push(...(await movesWhere(db, connection, sql`m.order_id = any(${[...batch]})`)));
  return found;
}

/** Those that are booked in a period, posted or not. */
export function movesIn(
  db: Database,
  connection: string,
  { from, to }: { from: Day; to: Day },
): Promise<DecidedMove[]> {
  return movesWhere(db, connection, sql`coalesce(d.date, m.day) between ${from} and ${to}`);
}

/** All of a connection: people decide them one by one. */
export function allMoves(db: Database, connection: string): Promise<DecidedMove[]> {
  return movesWhere(db, connection, sql`true`);
}

async function movesWhere(db: Database, connection: string, which: RawBuilder<unknown>): Promise<DecidedMove[]> {
  const { rows } = await sql<{
    order_id: string;
    number: number;
    moved_from: string;
    moved_to: string;
    event: VatEvent;
    currency: string;
    items: unknown;
    document: string;
    day: Day;
    posted: boolean;
    decided_by: string;
    at: Instant;
    audit: number;
  }>`
    select m.order_id, m.number, m.moved_from, m.moved_to, m.event, m.currency, m.items, m.document, coalesce(d.date, m.day) as day,
      not m.journalled or coalesce(d.state = 'posted', false) as posted, m.decided_by, m.at, m.audit
    from tax_moves m left join documents d on d.external_id = m.document
    where m.connection = ${connection} and ${which} order by m.order_id, m.number`.execute(db);
  return rows.map((row) => ({
    orderId: row.order_id,
    number: row.number,
    from: row.moved_from,
    to: row.moved_to,
    event: row.event,
    currency: row.currency,
    items: factFromJson<MovedItem[]>(row.items),
    document: row.document,
    day: row.day,
    posted: row.posted,
    by: row.decided_by,
    at: row.at,
    audit: row.audit,
  }));
}
