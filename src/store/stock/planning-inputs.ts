/**
 * What planning and squaring read, told in a few words: two runs over the same words read the same. Tables that are small,
 * or written anew at each reading, are told by what stands in them; those that only grow by a mark that whoever writes them
 * changes with each write (`noteChange`).
 */
import { createHash, randomUUID } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Day } from '../../domain/money/instant.ts';
import { waitedKeys } from '../decisions/decisions.ts';
import type { Database } from '../database.ts';
import { forgetMark, readMark, writeMark } from '../intake/marks.ts';
import { STOCK_PURPOSES } from './stock-documents.ts';

/** Of the ledger's rows, its summary, and NetSuite's movements: too many to be looked through each hour. */
const CHANGED = {
  rows: 'stock-rows-changed',
  balances: 'stock-balances-changed',
  movements: 'stock-movements-changed',
};

/** Says that something was written there: in the transaction that wrote it, or right after. */
export function noteChange(tx: Database, connection: string, where: keyof typeof CHANGED): Promise<void> {
  return writeMark(tx, connection, CHANGED[where], randomUUID());
}

/**
 * @param reportsFrom day from which on lines of the reports around the ledger are read
 * @param codes of the exceptions that planning raises and ends
 * @param more what else the result depends on: settings, the day
 */
export async function planningInputs(
  db: Database,
  connection: string,
  {
    reportsFrom,
    marks,
    codes,
    more,
  }: { reportsFrom: Day; marks: readonly string[]; codes: readonly string[]; more: readonly unknown[] },
): Promise<string> {
  const of = sql`connection = ${connection}`;
  const { rows } = await sql<Record<string, string | null>>`select
    ${told(sql`items`, sql`i::text`, sql`stock_items i where ${of}`)},
    ${told(sql`on_hand`, sql`concat_ws('|', location, item, on_hand)`, sql`stock_on_hand where ${of}`)},
    ${told(sql`authorisations`, sql`a::text`, sql`stock_authorisations a where ${of}`)},
    ${told(sql`transfer_orders`, sql`t::text`, sql`stock_transfer_orders t where ${of}`)},
    ${told(sql`skus`, sql`s::text`, sql`stock_skus s where ${of}`)},
    ${told(sql`mapped`, sql`id::text`, sql`audit where ${of} and action = 'map-sku'`)},
    ${told(sql`decisions`, sql`d::text`, sql`stock_decisions d where ${of}`)},
    ${told(sql`notes`, sql`n::text`, sql`stock_document_notes n where ${of}`)},
    ${told(sql`closures`, sql`c::text`, sql`stock_closures c where ${of}`)},
    ${told(sql`offsets`, sql`o::text`, sql`stock_offsets o where ${of}`)},
    ${told(sql`inbound_decided`, sql`d::text`, sql`stock_inbound_decided d where ${of}`)},
    ${told(sql`openings`, sql`o::text`, sql`stock_openings o where ${of}`)},
    ${told(sql`inbound`, sql`(to_jsonb(i) - 'told')::text`, sql`inbound_shipments i where ${of}`)},
    ${told(sql`received_before`, sql`r::text`, sql`stock_receipts_before r where ${of}`)},
    ${told(
      sql`lines`,
      sql`report || line_key || fact::text`,
      sql`stock_report_lines where ${of} and report <> 'reimbursements' and day >= ${reportsFrom}`,
    )},
    ${told(sql`days`, sql`d::text`, sql`ledger_days d where ${of}`)},
    ${told(sql`marks`, sql`m::text`, sql`marks m where ${of} and source = any(${[...Object.values(CHANGED), ...marks]})`)},
    ${told(sql`run`, sql`concat_ws('|', day, through, gaps::text)`, sql`stock_runs where ${of}`)},
    ${told(
      sql`documents`,
      // Whether NetSuite was read since it was posted: if not, its movements are not there yet.
      sql`concat_ws('|', external_id, date, state, netsuite_id, posted_at, plan -> 'hold', posted_at < n.read_at::timestamptz)`,
      sql`documents d join stock_netsuite n using (connection) where d.connection = ${connection} and purpose = any(${STOCK_PURPOSES})`,
    )},
    ${told(
      sql`unfulfilled`,
      sql`s::text`,
      sql`(select order_id, shipment_id, shipped_at, fact from shipments where ${of} and state = 'new' order by shipped_at limit 1000) s`,
    )},
    ${told(sql`exceptions`, sql`concat_ws('|', code, key)`, sql`exceptions where ${of} and closed_at is null and code = any(${[...codes]})`)},
    (select currency from stock_netsuite where ${of}) as currency`.execute(db);
  const waited = [...(await waitedKeys(db, connection, 'sku'))].sort();
  return createHash('sha256')
    .update(JSON.stringify([rows[0], waited, more]))
    .digest('hex');
}

/** How many rows, and a sum of their hashes: in any order. */
function told(name: RawBuilder<unknown>, text: RawBuilder<unknown>, from: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select count(*) || ' ' || coalesce(sum(hashtextextended(${text}, 0)), 0) from ${from}) as ${name}`;
}

const FOUND = { plan: 'stock-planned', square: 'stock-squared' };
export type StockStep = keyof typeof FOUND;

/** What a step found over the same inputs, where it had nothing to write; null: it must look. */
export async function foundBefore<Result>(
  db: Database,
  connection: string,
  step: StockStep,
  inputs: string,
): Promise<Result | null> {
  const mark = await readMark(db, connection, FOUND[step]);
  if (mark === null) return null;
  const known = JSON.parse(mark) as { inputs: string; result: Result };
  return known.inputs === inputs ? known.result : null;
}

export function keepFound(
  db: Database,
  connection: string,
  step: StockStep,
  { inputs, result }: { inputs: string; result: unknown },
): Promise<void> {
  return writeMark(db, connection, FOUND[step], JSON.stringify({ inputs, result }));
}

/** A step wrote something: both look again. In the transaction that wrote it. */
export async function forgetFound(tx: Database, connection: string): Promise<void> {
  for (const mark of Object.values(FOUND)) await forgetMark(tx, connection, mark);
}
