/**
 * A run that would read what the last one read, of the same day and under the same settings, finds what that found: it is
 * spared. Only a run that had nothing to write is kept for that, so that whatever a run adds is looked at again; and what a
 * mere plan counts as posted is never spared, since the order flow changes it all the time.
 */
import { stockPolicyOf } from '../../config/stock-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, dayIn } from '../../domain/money/instant.ts';
import { PLANNED_CODES } from '../../domain/stock/stock-codes.ts';
import { foundBefore, keepFound, planningInputs, type StockStep } from '../../store/stock/planning-inputs.ts';
import { RECEIPTS_BEFORE_MARK } from '../../store/stock/receipts.ts';
import type { Connection } from '../connection.ts';
import { RETURNS_BACK_DAYS } from './planning-facts.ts';
import { stockSettings } from './stock-reading.ts';
import { MONTHS_MARK } from './take-in-balances.ts';

/** What a step came to. `isQuiet`: it had nothing to write, and nothing of it is left to be done. */
export interface Looked<Result> {
  result: Result;
  isQuiet: boolean;
}

/** @param look at all of it; what comes while it looks is seen by the next run, since the inputs are told before */
export async function unlessNothingNew<Result>(
  connection: Connection,
  step: StockStep,
  look: () => Promise<Looked<Result>>,
): Promise<{ result: Result; isSpared: boolean }> {
  const { db, name } = connection;
  if (connection.settings.posting === 'plan') return { result: (await look()).result, isSpared: false };
  const inputs = await inputsOf(connection);
  const known = await foundBefore<Result>(db, name, step, inputs);
  if (known !== null) return { result: known, isSpared: true };
  const { result, isQuiet } = await look();
  if (isQuiet) await keepFound(db, name, step, { inputs, result });
  return { result, isSpared: false };
}

async function inputsOf(connection: Connection): Promise<string> {
  const { db, name, settings } = connection;
  const zone = timeZoneOf(settings, null);
  const today = dayIn(await connection.now(), zone);
  return planningInputs(db, name, {
    reportsFrom: addDays(today, -RETURNS_BACK_DAYS),
    marks: [MONTHS_MARK, RECEIPTS_BEFORE_MARK],
    codes: PLANNED_CODES,
    more: [stockPolicyOf(settings, stockSettings(connection)), zone, today],
  });
}
