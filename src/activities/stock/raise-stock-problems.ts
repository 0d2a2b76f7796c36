import { isDeepStrictEqual } from 'node:util';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { RaisedException } from '../../domain/exceptions/exception.ts';
import { explainStockProblem } from '../../domain/exceptions/explain-stock-problem.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { PLANNED_CODES } from '../../domain/stock/stock-codes.ts';
import type { StockProblem } from '../../domain/stock/stock-plan.ts';
import { waitedKeys } from '../../store/decisions/decisions.ts';
import type { StoredException } from '../../store/exceptions/exceptions.ts';
import { openExceptionsOf, raiseMany, resolveMany } from '../../store/exceptions/raise-many.ts';
import { currencyOfStock, rowsAnsweredBy } from '../../store/stock/decided-subjects.ts';
import type { Connection } from '../connection.ts';
import { stockSettings } from './stock-reading.ts';
import { withSuggestedItem } from '../suggested-item.ts';

/**
 * Raises each problem that planning gives, and ends the exceptions of its codes that it gives no longer. `sku-unknown` is the
 * one that orders raise as well: what they said of it stays, and it does not end while an order waits. Idempotent, and where
 * nothing changed nothing is written.
 */
export async function raiseStockProblems(connection: Connection, problems: readonly StockProblem[]): Promise<void> {
  const { db, name, settings } = connection;
  const at = await connection.now();
  const open = new Map((await openExceptionsOf(db, name, PLANNED_CODES)).map((one) => [idOf(one), one]));
  const surroundings = {
    currency: await currencyOfStock(db, name),
    today: dayIn(at, timeZoneOf(settings, null)),
    inboundDays: stockSettings(connection).inboundDays,
  };
  const found = new Map((await withRows(connection, merged(problems))).map((problem) => [idOf(problem), problem]));
  const raised = [...found.values()].map((problem) => explainStockProblem(problem, surroundings));
  const news = raised.filter((exception) =>
    isNews(exception, open.get(idOf({ code: exception.code, key: exception.key! }))),
  );
  await raiseMany(db, name, await Promise.all(news.map((exception) => withSuggestedItem(connection, exception))), at);
  const over = [...open].filter(([id]) => !found.has(id)).map(([, exception]) => exception);
  await resolveMany(db, await withoutWaits(connection, over), 'stock no longer finds it', at);
}

const idOf = ({ code, key }: { code: string; key: string }): string => `${code} ${key}`;

function isNews(raised: RaisedException, open: StoredException | undefined): boolean {
  if (open === undefined) return true;
  return raised.code !== 'sku-unknown' && !isDeepStrictEqual(saidBy(raised), saidBy(open));
}

const saidBy = ({ subject, evidence, remedy }: Pick<RaisedException, 'subject' | 'evidence' | 'remedy'>) => ({
  subject,
  evidence,
  remedy,
});

/** One problem a code and key: a cost may be missing for rows and for the opening. */
function merged(problems: readonly StockProblem[]): StockProblem[] {
  const byId = new Map<string, StockProblem>();
  for (const problem of problems) {
    const known = byId.get(idOf(problem));
    byId.set(
      idOf(problem),
      known === undefined
        ? problem
        : {
            ...known,
            units: (known.units ?? 0) + (problem.units ?? 0),
            rows: [...known.rows, ...problem.rows],
            documents: [...known.documents, ...problem.documents],
          },
    );
  }
  return [...byId.values()];
}

/** A receipt that did not rise, with the rows that it answers: they are what a person adjusts. */
async function withRows({ db, name }: Connection, problems: readonly StockProblem[]): Promise<StockProblem[]> {
  const receipts = problems
    .filter(({ code }) => code === 'receipt-not-restocked')
    .flatMap(({ documents }) => documents);
  const rows = await rowsAnsweredBy(db, name, receipts);
  return problems.map((problem) =>
    problem.code === 'receipt-not-restocked'
      ? { ...problem, rows: problem.documents.flatMap((document) => rows.get(document) ?? []) }
      : problem,
  );
}

async function withoutWaits(
  { db, name }: Connection,
  exceptions: readonly StoredException[],
): Promise<StoredException[]> {
  if (!exceptions.some(({ code }) => code === 'sku-unknown')) return [...exceptions];
  const waited = new Set(await waitedKeys(db, name, 'sku'));
  return exceptions.filter(({ code, key }) => code !== 'sku-unknown' || !waited.has(key));
}
