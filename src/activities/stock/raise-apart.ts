import { isDeepStrictEqual } from 'node:util';
import { poolsOf } from '../../config/stock-policy.ts';
import type { RaisedException } from '../../domain/exceptions/exception.ts';
import { explainStockProblem } from '../../domain/exceptions/explain-stock-problem.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { problemOfApart, type Apart } from '../../domain/stock/movement-control.ts';
import { openExceptionsOf, raiseMany, resolveMany } from '../../store/exceptions/raise-many.ts';
import type { Connection } from '../connection.ts';
import { stockSettings } from './stock-reading.ts';

/** Raises what stays apart from on hand, and ends what does no longer. Idempotent, and where nothing changed nothing is written. */
export async function raiseApart(connection: Connection, apart: readonly Apart[]): Promise<void> {
  const { db, name } = connection;
  const at = await connection.now();
  const pools = poolsOf(stockSettings(connection));
  const open = new Map((await openExceptionsOf(db, name, ['movements-apart'])).map((one) => [one.key, one]));
  const raised = new Map(
    apart.map((one): [string, RaisedException] => {
      const problem = problemOfApart(one, pools);
      return [problem.key, explainStockProblem(problem, { currency: null, today: dayIn(at, 'UTC') })];
    }),
  );
  const news = [...raised].filter(([key, { evidence }]) => !isDeepStrictEqual(open.get(key)?.evidence, evidence));
  await raiseMany(
    db,
    name,
    news.map(([, exception]) => exception),
    at,
  );
  const over = [...open].filter(([key]) => !raised.has(key)).map(([, exception]) => exception);
  await resolveMany(db, over, "NetSuite's movements come to what it has on hand", at);
}
