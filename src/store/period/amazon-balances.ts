/** Amazon's own balances at the end of a day. */
import type { Day } from '../../domain/money/instant.ts';
import type { AmazonBalance } from '../../domain/period/amazon-balance.ts';
import type { Database } from '../database.ts';

export type { AmazonBalance } from '../../domain/period/amazon-balance.ts';

/** Takes the place of what was stored of the day, all at once. */
export async function saveBalances(
  db: Database,
  connection: string,
  day: Day,
  balances: readonly AmazonBalance[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('amazon_balances').where('connection', '=', connection).where('day', '=', day).execute();
    if (balances.length === 0) return;
    await tx
      .insertInto('amazon_balances')
      .values(
        balances.map((balance, index) => ({
          connection,
          day,
          number: index + 1,
          marketplace_id: balance.marketplaceId,
          account_type: balance.accountType,
          balance_type: balance.balanceType,
          currency: balance.currency,
          amount: balance.amount,
          as_of: balance.asOf,
          asked_at: balance.askedAt,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Balances at the end of a day, in Amazon's order; none where it was not asked, or told none. */
export async function balancesAsOf(db: Database, connection: string, day: Day): Promise<AmazonBalance[]> {
  const rows = await db
    .selectFrom('amazon_balances')
    .selectAll()
    .where('connection', '=', connection)
    .where('day', '=', day)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    marketplaceId: row.marketplace_id,
    accountType: row.account_type,
    balanceType: row.balance_type,
    currency: row.currency,
    amount: row.amount,
    asOf: row.as_of,
    askedAt: row.asked_at,
  }));
}
