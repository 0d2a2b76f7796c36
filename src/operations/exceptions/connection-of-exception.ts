import { unknownNumber } from '../../domain/exceptions/render-unknown-number.ts';
import type { Store } from '../../store/database.ts';
import { exceptionByNumber } from '../../store/exceptions/exceptions.ts';

/** The connection of the exception of a number. @throws TieoutError `not-found` where none of `connections` has it */
export async function connectionOfException(
  { db }: Pick<Store, 'db'>,
  number: number,
  connections: readonly string[],
): Promise<string> {
  const exception = await exceptionByNumber(db, number);
  if (exception === null || !connections.includes(exception.connection)) throw unknownNumber(number);
  return exception.connection;
}
