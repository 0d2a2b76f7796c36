import { amountKeyOf } from '../../domain/exceptions/render-exception.ts';
import { unknownNumber } from '../../domain/exceptions/render-unknown-number.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Store } from '../../store/database.ts';
import { exceptionByNumber } from '../../store/exceptions/exceptions.ts';

/**
 * The amount key that the exception of a number is about, and its connection: a number needs none to be named beside it.
 * @throws TieoutError `not-found` where none of `connections` has it, `usage` where it is about something else
 */
export async function amountOfException(
  { db }: Pick<Store, 'db'>,
  number: number,
  connections: readonly string[],
): Promise<{ connection: string; key: [transactionType: string, amountType: string, amountDescription: string] }> {
  const exception = await exceptionByNumber(db, number);
  if (exception === null || !connections.includes(exception.connection)) throw unknownNumber(number);
  const key = amountKeyOf(exception);
  if (key !== null) return { connection: exception.connection, key };
  throw new TieoutError({
    code: 'usage',
    what: `Exception ${number} is not about an amount type.`,
    notDone: 'Nothing was mapped.',
    where: [exception.evidence.what],
    do: [`npx tieout exceptions ${number} shows what ends it`],
  });
}
