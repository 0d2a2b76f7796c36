import { formatMinor, parseMinor } from '../../domain/money/money.ts';
import { lastWords } from '../../domain/period/close-items.ts';
import type { ItemName } from '../../domain/period/close-item.ts';
import type { SignedClose } from '../../domain/period/signature.ts';
import type { Database } from '../../store/database.ts';
import { carriedOf, type RecordedCarry, type Signature } from '../../store/period/closes.ts';

export type CarriedOfMonth = Omit<RecordedCarry, 'causes' | 'findings' | 'audit'>;

/**
 * What a month carries, the last word of each item and currency. Of a signed month it is what was signed: rows that are written
 * behind a signature change nothing of it. Signatures of before have amounts alone, and then who said so stands in the rows.
 */
export async function carriedOfMonth(
  db: Database,
  connection: string,
  period: string,
  signature: Pick<Signature, 'document'> | null,
): Promise<CarriedOfMonth[]> {
  if (signature === null) return lastWords(await carriedOf(db, connection, period));
  const { carried, items } = JSON.parse(signature.document) as SignedClose;
  if (carried !== undefined)
    return carried.map(({ item, currency, amount, ...said }) => ({
      ...said,
      item: item as ItemName,
      currency,
      amount: currency === null ? BigInt(amount) : (parseMinor(amount, currency) ?? 0n),
    }));
  const signed = new Set(items.map((one) => `${one.name} ${one.currency ?? ''} ${one.carried}`));
  return lastWords(await carriedOf(db, connection, period)).filter(({ item, currency, amount }) =>
    signed.has(`${item} ${currency ?? ''} ${currency === null ? String(amount) : formatMinor(amount, currency)}`),
  );
}
