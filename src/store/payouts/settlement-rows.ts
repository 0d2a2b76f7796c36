/** Rows of settlements: they go in by COPY and come back as a stream. */
import type { Role } from '../../domain/mapping/roles.ts';
import type { AmountKey, SettlementRow } from '../../domain/settlement/settlement.ts';
import type { Database, Store } from '../database.ts';
import type { SettlementRowsTable } from './tables.ts';
import { sql, type Selectable } from 'kysely';
import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';

/** Marketplaces that the staged rows of a settlement name, as the report writes them. */
export async function marketplacesNamed(db: Database, connection: string, settlementId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('settlement_rows')
    .select('marketplace_name')
    .distinct()
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .orderBy('marketplace_name')
    .execute();
  return rows.flatMap(({ marketplace_name: name }) => (name === null || name.trim() === '' ? [] : [name]));
}

/** Rows on clearing that name no order. */
export async function orderlessRows(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<{ line: number; amount: bigint }[]> {
  return db
    .selectFrom('settlement_rows')
    .select(['line', 'amount'])
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('booked', '=', 'clearing')
    .where('order_id', 'is', null)
    .orderBy('line')
    .execute();
}

/** True once its journal, or its plan, has given the rows of the settlement their places. */
export async function isJournalled(db: Database, connection: string, settlementId: string): Promise<boolean> {
  const row = await db
    .selectFrom('settlement_rows')
    .select('line')
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .where('part', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const COLUMNS = [
  'connection',
  'settlement_id',
  'line',
  'ordinal',
  'transaction_type',
  'amount_type',
  'amount_description',
  'amount',
  'order_id',
  'shipment_id',
  'marketplace_name',
  'fulfillment_id',
  'posted_at',
  'order_item_code',
  'sku',
  'quantity',
] as const;

/**
 * Stages all rows of a settlement in one transaction: `fill` gets a function that takes a row and resolves when there is
 * room for the next. If it throws, nothing is staged.
 */
export async function stageRows(
  store: Store,
  connection: string,
  settlementId: string,
  fill: (put: (row: SettlementRow) => void, drained: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const client = await store.pool.connect();
  try {
    await client.query('begin');
    await client.query('delete from settlement_rows where connection = $1 and settlement_id = $2', [
      connection,
      settlementId,
    ]);
    const copy = client.query(copyFrom(`copy settlement_rows (${COLUMNS.join(', ')}) from stdin`));
    let full = false;
    const put = (row: SettlementRow) => {
      full = !copy.write(
        `${copyLine([connection, settlementId, row.line, row.ordinal, row.transactionType, row.amountType, row.amountDescription, row.amount, row.orderId, row.shipmentId, row.marketplaceName, row.fulfillmentId, row.postedAt, row.orderItemCode, row.sku, row.quantity])}\n`,
      );
    };
    const drained = async () => {
      if (full) await once(copy, 'drain');
      full = false;
    };
    try {
      await fill(put, drained);
    } catch (error) {
      copy.destroy(error as Error);
      await once(copy, 'close').catch(() => {});
      throw error;
    }
    copy.end();
    await once(copy, 'finish');
    await client.query('commit');
    client.release();
  } catch (error) {
    // The connection may be in the middle of a COPY: it is thrown away, and the server forgets the transaction.
    client.release(true);
    throw error;
  }
}

/** One line of COPY text: tab-separated, `\N` for null, backslashes doubled. */
function copyLine(values: readonly (string | number | bigint | null)[]): string {
  return values
    .map((value) =>
      value === null
        ? '\\N'
        : String(value).replace(
            /[\\\t\n\r]/g,
            (char) => `\\${char === '\\' ? '\\' : char === '\t' ? 't' : char === '\n' ? 'n' : 'r'}`,
          ),
    )
    .join('\t');
}

export interface StagedRow extends SettlementRow {
  role: Role | null;
  booked: Role | null;
  part: number | null;
  document: string | null;
}

/**
 * Rows in the order of the file, each under the key whose mechanics it has: its own, or the known one where a person said that
 * it is a new spelling of that. So nothing that looks at a key has to ask for a decision.
 */
export async function* readRows(db: Database, connection: string, settlementId: string): AsyncGenerator<StagedRow> {
  for await (const row of readRowsAsWritten(db, connection, settlementId)) yield meant(row);
}

/** Rows in the order of the file, as the report writes them. */
export async function* readRowsAsWritten(
  db: Database,
  connection: string,
  settlementId: string,
): AsyncGenerator<StagedRow & { knownAs: AmountKey | null }> {
  const stream = db
    .selectFrom('settlement_rows')
    .selectAll()
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .orderBy('line')
    .orderBy('ordinal')
    .stream(500);
  for await (const row of stream) yield asWritten(row);
}

/** Those of one order, as {@link readRows} has them. */
export async function rowsOfOrder(
  db: Database,
  connection: string,
  settlementId: string,
  orderId: string,
): Promise<StagedRow[]> {
  const rows = await db
    .selectFrom('settlement_rows')
    .selectAll()
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .where('settlement_id', '=', settlementId)
    .orderBy('line')
    .orderBy('ordinal')
    .execute();
  return rows.map(stagedRow);
}

/** Rows of type Order that settled an order, in any settlement, each with its meaning where that is known. */
export async function saleRowsOf(
  db: Database,
  connection: string,
  orderId: string,
): Promise<{ row: StagedRow; meaning: Role }[]> {
  const rows = await db
    .selectFrom('settlement_rows')
    .selectAll()
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .where('role', 'is not', null)
    .orderBy('settlement_id')
    .orderBy('line')
    .orderBy('ordinal')
    .execute();
  return rows
    .map(stagedRow)
    .filter(({ transactionType }) => transactionType.toLowerCase() === 'order')
    .map((row) => ({ row, meaning: row.role! }));
}

/** A row as {@link readRows} has it. */
export function stagedRow(row: Selectable<SettlementRowsTable>): StagedRow {
  return meant(asWritten(row));
}

function meant({ knownAs, ...row }: StagedRow & { knownAs: AmountKey | null }): StagedRow {
  return knownAs === null ? row : { ...row, ...knownAs };
}

function asWritten(row: Selectable<SettlementRowsTable>): StagedRow & { knownAs: AmountKey | null } {
  return {
    line: row.line,
    ordinal: row.ordinal,
    transactionType: row.transaction_type,
    amountType: row.amount_type,
    amountDescription: row.amount_description,
    amount: row.amount,
    orderId: row.order_id,
    merchantOrderId: null,
    adjustmentId: null,
    shipmentId: row.shipment_id,
    marketplaceName: row.marketplace_name,
    fulfillmentId: row.fulfillment_id,
    postedAt: row.posted_at,
    orderItemCode: row.order_item_code,
    merchantAdjustmentItemId: null,
    sku: row.sku,
    quantity: row.quantity,
    promotionId: null,
    role: row.role as Role | null,
    booked: row.booked as Role | null,
    part: row.part,
    document: row.document,
    knownAs: row.known_as === null ? null : (JSON.parse(row.known_as) as AmountKey),
  };
}

/** What rows mean, and the known key that theirs is a new spelling of (null: none); what follows from it is to be decided anew. */
export async function assignMeanings(
  db: Database,
  connection: string,
  settlementId: string,
  rows: readonly { line: number; ordinal: number; role: Role; knownAs: AmountKey | null }[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += 5000) {
    const slice = rows.slice(start, start + 5000);
    await sql`
      update settlement_rows r set role = u.role, known_as = u.known_as, booked = null, part = null, document = null
      from unnest(${slice.map((row) => row.line)}::int[], ${slice.map((row) => row.ordinal)}::int[], ${slice.map((row) => row.role)}::text[],
        ${slice.map((row) => row.knownAs && JSON.stringify(row.knownAs))}::text[]) as u(line, ordinal, role, known_as)
      where r.connection = ${connection} and r.settlement_id = ${settlementId} and r.line = u.line and r.ordinal = u.ordinal`.execute(
      db,
    );
  }
}

/** What was decided for rows: role, what it is booked as, the journal part that carries it, the document that owns it. */
export async function assignRows(
  db: Database,
  connection: string,
  settlementId: string,
  rows: readonly {
    line: number;
    ordinal: number;
    role: string;
    booked: string | null;
    part: number | null;
    document: string | null;
  }[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += 5000) {
    const slice = rows.slice(start, start + 5000);
    await sql`
      update settlement_rows r set role = u.role, booked = u.booked, part = u.part, document = u.document
      from unnest(${slice.map((row) => row.line)}::int[], ${slice.map((row) => row.ordinal)}::int[], ${slice.map((row) => row.role)}::text[],
        ${slice.map((row) => row.booked)}::text[], ${slice.map((row) => row.part)}::int[], ${slice.map((row) => row.document)}::text[]) as u(line, ordinal, role, booked, part, document)
      where r.connection = ${connection} and r.settlement_id = ${settlementId} and r.line = u.line and r.ordinal = u.ordinal`.execute(
      db,
    );
  }
}
