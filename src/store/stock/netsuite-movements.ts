/** What NetSuite moved at our locations, ours and anyone else's, as it was last read there. */
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';

/** Documents as they are now, each with all its lines: what it had before is replaced. One without lines is gone. */
export async function replaceMovements(
  db: Database,
  connection: string,
  documents: readonly string[],
  movements: readonly NetSuiteMovement[],
): Promise<void> {
  if (documents.length === 0) return;
  await db.transaction().execute(async (transaction) => {
    for (const some of inBatches(documents, 4000))
      await transaction
        .deleteFrom('netsuite_movements')
        .where('connection', '=', connection)
        .where('netsuite_id', 'in', some)
        .execute();
    await insertMovements(transaction, connection, movements);
  });
}

/** All of them, where the sums no longer agree with what NetSuite has on hand: documents were deleted there. */
export async function replaceAllMovements(
  db: Database,
  connection: string,
  movements: readonly NetSuiteMovement[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('netsuite_movements').where('connection', '=', connection).execute();
    await insertMovements(transaction, connection, movements);
  });
}

async function insertMovements(db: Database, connection: string, movements: readonly NetSuiteMovement[]) {
  for (const some of inBatches(movements, 4000))
    await db
      .insertInto('netsuite_movements')
      .values(
        some.map((movement) => ({
          connection,
          netsuite_id: movement.netsuiteId,
          line: movement.line,
          type: movement.type,
          tran_id: movement.tranId,
          external_id: movement.externalId,
          memo: movement.memo,
          day: movement.day,
          item: movement.itemId,
          location: movement.locationId,
          units: String(movement.units),
        })),
      )
      .execute();
}

export async function loadMovements(db: Database, connection: string): Promise<NetSuiteMovement[]> {
  const rows = await db
    .selectFrom('netsuite_movements')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('day')
    .orderBy('netsuite_id')
    .orderBy('line')
    .execute();
  return rows.map((row) => ({
    netsuiteId: row.netsuite_id,
    line: row.line,
    type: row.type,
    tranId: row.tran_id,
    externalId: row.external_id,
    memo: row.memo,
    day: row.day,
    itemId: row.item,
    locationId: row.location,
    units: Number(row.units),
  }));
}
