import { unknownNumber } from '../../domain/exceptions/render-unknown-number.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Store } from '../../store/database.ts';
import { exceptionByNumber } from '../../store/exceptions/exceptions.ts';

/**
 * Rows of the ledger that the exception of a number is about, and its connection.
 * @throws TieoutError `not-found` where none of `connections` has it, `usage` where no rows wait for an answer in it
 */
export async function rowsOfException(
  { db }: Pick<Store, 'db'>,
  number: number,
  connections: readonly string[],
): Promise<{ connection: string; rows: readonly string[] }> {
  const exception = await exceptionByNumber(db, number);
  if (exception === null || !connections.includes(exception.connection)) throw unknownNumber(number);
  if (exception.remedy.kind === 'answer-rows') return { connection: exception.connection, rows: exception.remedy.rows };
  throw new TieoutError({
    code: 'usage',
    what: `Exception ${number} has no rows that wait for an answer.`,
    notDone: 'Nothing was decided.',
    where: [exception.evidence.what],
    do: [`npx tieout exceptions ${number} shows what ends it`],
  });
}
