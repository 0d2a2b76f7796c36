import { marketplaceByName } from '../../config/marketplaces.ts';
import type { ConnectionSettings } from '../../config/connection.ts';
import type { FinanceTransaction } from '../../domain/period/finance-transaction.ts';
import { saveTransactions } from '../../store/period/transactions.ts';
import type { Connection } from '../connection.ts';

/**
 * Keeps transactions as Finances tells them: those since the cut-over, of marketplaces that the connection lists, and those
 * that name none. Idempotent: a transaction is kept once.
 */
export async function keepTransactions(
  { db, name, settings }: Connection,
  transactions: readonly FinanceTransaction[],
): Promise<void> {
  const ours = transactions.filter(
    ({ postedAt, marketplaceName }) =>
      postedAt >= settings.cutOver && marketplaceElsewhere(settings, marketplaceName) === null,
  );
  await saveTransactions(db, name, ours);
}

/** The marketplace of that name where the connection does not list it; null for one that it lists, and where nobody knows it. */
export function marketplaceElsewhere(
  { marketplaces }: ConnectionSettings,
  marketplaceName: string | null,
): string | null {
  const named = marketplaceName === null ? undefined : marketplaceByName(marketplaceName);
  return named === undefined || marketplaces.some(({ id }) => id === named.id) ? null : named.id;
}
