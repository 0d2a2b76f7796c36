import type { Database } from '../database.ts';

/**
 * One transaction over a settlement that no other of these runs beside: whoever reads what is planned for it and plans
 * more does so alone. Two attempts of one activity may run at the same time, and a decision beside a payment.
 */
export function aloneOnSettlement<T>(
  db: Database,
  connection: string,
  settlementId: string,
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await tx
      .selectFrom('settlements')
      .select('state')
      .where('connection', '=', connection)
      .where('settlement_id', '=', settlementId)
      .forUpdate()
      .execute();
    return work(tx);
  });
}
