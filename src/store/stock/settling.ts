/** Rows that are settled, with what answers them; and those that have to be looked at again. */
import { sql } from 'kysely';
import type { Settled } from '../../domain/stock/settled.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';

export async function settle(tx: Database, connection: string, settled: Settled): Promise<void> {
  for (const some of inBatches(settled.rows, 20_000)) {
    await sql`update ledger_rows set settled = true where connection = ${connection} and row_id = any(${some})`.execute(
      tx,
    );
    await sql`update stock_answers set settled = true where connection = ${connection} and row_id = any(${some})`.execute(
      tx,
    );
  }
  for (const some of inBatches(settled.movements, 20_000))
    await sql`update netsuite_movements m set settled = true
      from unnest(${some.map(({ document }) => document)}::text[], ${some.map(({ line }) => line)}::int[]) as line (document, number)
      where m.connection = ${connection} and m.netsuite_id = line.document and m.line = line.number`.execute(tx);
  for (const some of inBatches(settled.documents, 20_000))
    await sql`update netsuite_movements set settled = true where connection = ${connection} and external_id = any(${some})`.execute(
      tx,
    );
  await addSettled(tx, connection, settled.units);
}

async function addSettled(tx: Database, connection: string, units: Settled['units']): Promise<void> {
  for (const some of inBatches(units, 2000))
    await tx
      .insertInto('stock_settled')
      .values(some.map((one) => ({ connection, ...one })))
      .onConflict((conflict) =>
        conflict
          .columns(['connection', 'pool', 'item', 'place'])
          .doUpdateSet(({ eb, ref }) => ({ units: eb('stock_settled.units', '+', ref('excluded.units')) })),
      )
      .execute();
}

/**
 * Opens again what is settled and no longer holds: rows that a report took back, and answers by what NetSuite no longer has
 * or has otherwise. All that answers one another with them is opened too.
 */
export async function openAgain(tx: Database, connection: string): Promise<void> {
  const { rows } = await sql<{ row_id: string }>`
    with recursive seeds as (
      select row_id from ledger_rows where connection = ${connection} and settled and taken_back is not null
      union
      select a.row_id from stock_answers a where a.connection = ${connection} and a.settled and a.kind = 'movement'
        and not exists (select 1 from netsuite_movements m where m.connection = a.connection and m.netsuite_id = a.document and m.line = a.line and m.settled)
      union
      select a.row_id from stock_answers a where a.connection = ${connection} and a.settled and a.kind = 'document'
        and exists (select 1 from netsuite_movements m where m.connection = a.connection and m.external_id = a.document and not m.settled)
      union
      select a.row_id from stock_answers a
        join documents d on d.external_id = a.document and d.state = 'posted'
        join stock_netsuite n on n.connection = a.connection and d.posted_at < n.read_at::timestamptz
        where a.connection = ${connection} and a.settled and a.kind = 'document'
          and not exists (select 1 from netsuite_movements m where m.connection = a.connection and m.netsuite_id = d.netsuite_id)
    ), reached as (
      select row_id from seeds
      union
      select other.row_id from reached r
        join stock_answers own on own.connection = ${connection} and own.row_id = r.row_id
        join stock_answers other on other.connection = own.connection and other.settled
          and ((own.document is not null and other.document = own.document) or (own.nothing_group is not null and other.nothing_group = own.nothing_group))
    )
    select row_id from reached`.execute(tx);
  const ids = rows.map(({ row_id: id }) => id);
  if (ids.length === 0) return;
  // Before the answers are opened: their units are what the rows counted as.
  await sql`
    update stock_settled s set units = s.units - gone.units from (
      select r.pool, a.item, case when r.disposition = 'SELLABLE' then 'sellable' else 'unsellable' end as place, sum(a.units)::int as units
      from stock_answers a join ledger_rows r on r.connection = a.connection and r.row_id = a.row_id
      where a.connection = ${connection} and a.settled and a.row_id = any(${ids}) group by 1, 2, 3) gone
    where s.connection = ${connection} and s.pool = gone.pool and s.item = gone.item and s.place = gone.place`.execute(
    tx,
  );
  await sql`update netsuite_movements m set settled = false from stock_answers a
    where a.connection = ${connection} and a.row_id = any(${ids}) and m.connection = a.connection
      and ((a.kind = 'movement' and m.netsuite_id = a.document and m.line = a.line) or (a.kind = 'document' and m.external_id = a.document))`.execute(
    tx,
  );
  await sql`update stock_answers set settled = false where connection = ${connection} and row_id = any(${ids})`.execute(
    tx,
  );
  await sql`update ledger_rows set settled = false where connection = ${connection} and row_id = any(${ids})`.execute(
    tx,
  );
}
