import { timeZoneOf } from '../../config/time-zone.ts';
import { isDueAgain } from '../../domain/clocks/due-again.ts';
import { dayIn, monthOf } from '../../domain/money/instant.ts';
import { firstDayOf, lastDayOf, periodsBetween, type Period } from '../../domain/period/calendar.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import type { AccrualsFacts } from '../../domain/period/items/accruals.ts';
import { evaluateClose as evaluatedOf, type Close } from '../../domain/period/close.ts';
import { renderClose, renderOpenItems, renderSigned } from '../../domain/period/render-close.ts';
import { explainUnfinishedDay } from '../../domain/period/standing-on.ts';
import { standingOf, type SignedFigures, type SignedStanding } from '../../domain/period/signature.ts';
import type { CloseSaid, OfMonth } from '../../contracts/period/close.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import { saveBalancesOn, type BalancesOn } from '../../store/period/balances-on.ts';
import {
  carriedOf,
  evaluatedPeriods,
  forgetClose,
  saveClose,
  signaturesOf,
  standingSignatures,
} from '../../store/period/closes.ts';
import { standingOfBroken } from '../../store/period/signature-chain.ts';
import { lateDocuments } from '../../store/period/balance-facts.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import type { Connection } from '../connection.ts';
import { closeFacts } from './close-facts.ts';
import { firstMonth, monthFrame, noMonth } from './month-frame.ts';
import { ofOneMonth } from './one-month.ts';
import { isCloseRefused } from './refused-close.ts';
import { onDay } from './read-balances-on.ts';

/** Works a month out as of now. Reads only. */
export async function workOut(
  connection: Connection,
  period: Period,
  { fresh }: { fresh: boolean },
): Promise<{ close: Close; accruals: AccrualsFacts; onLastDay: BalancesOn | null }> {
  const { db, name, settings } = connection;
  const frame = await monthFrame(connection, period, await connection.now());
  const facts = await closeFacts(connection, frame, { fresh });
  const close = evaluatedOf(
    {
      period,
      mode: settings.postingMode,
      closeTarget: settings.close?.closeTarget ?? 5,
      isOver: frame.isOver,
      now: frame.now,
    },
    facts,
    await carriedOf(db, name, period),
    await lateDocuments(db, name, firstDayOf(period), lastDayOf(period)),
  );
  // Its last day as it stands: what `tieout balances` shows where NetSuite cannot be asked.
  const { lastDay: day, now: readAt, isOver } = frame;
  const onLastDay = isOver
    ? {
        day,
        readAt,
        unfinished: explainUnfinishedDay(day, frame),
        accounts: await onDay(connection, facts.balances.accounts, day),
      }
    : null;
  return { close, accruals: facts.accruals, onLastDay };
}

/**
 * Works a month out and stores it; of a signed one it says how it stands beside its signature, and raises what no longer
 * matches. One that cannot be worked out is raised, and stops no other. Posts nothing, so it may run any number of times.
 */
export function evaluateClose(connection: Connection, { period }: OfMonth): Promise<CloseSaid> {
  return ofOneMonth(
    connection,
    { of: 'close', period },
    () => evaluated(connection, period),
    (sentence) => ({ sentence, lines: ['engineering · npx tieout exceptions'], isSigned: false }),
  );
}

async function evaluated(connection: Connection, period: Period): Promise<CloseSaid> {
  const { db, name } = connection;
  const none = noMonth(connection, period, await connection.now());
  if (none !== null) {
    await forgetClose(db, name, period);
    return { sentence: none, lines: [], isSigned: false, isNone: true };
  }
  const { close, accruals, onLastDay } = await workOut(connection, period, { fresh: false });
  const signatures = await signaturesOf(db, name);
  const signature = standingSignatures(signatures).get(period) ?? null;
  const standing =
    signature === null
      ? null
      : (standingOfBroken(signatures, period) ??
        standingOf(JSON.parse(signature.document) as SignedFigures, signature.late, close));
  await saveClose(db, name, { close, standing });
  if (onLastDay !== null) await saveBalancesOn(db, name, onLastDay);
  await raiseChanged(connection, period, standing);
  await raiseUnknown(connection, accruals);
  return signature === null
    ? { sentence: renderClose(close), lines: renderOpenItems(close), isSigned: false }
    : { sentence: renderSigned(signature, standing), lines: [], isSigned: true };
}

/** `close-changed`: ends by reopening, or by figures that are as signed again. */
async function raiseChanged(connection: Connection, period: Period, standing: SignedStanding | null): Promise<void> {
  if (standing?.kind !== 'changed') return connection.resolve('close-changed', period, 'as signed');
  const { differences } = standing;
  await connection.raise({
    code: 'close-changed',
    subject: { kind: 'month', id: period },
    evidence: {
      what: `${period} no longer matches what was signed: ${differences.slice(0, 3).join('; ')}${differences.length > 3 ? `; and ${differences.length - 3} more` : ''}`,
      atStake: null,
      currency: null,
    },
    remedy: { kind: 'reopen', period },
  });
}

/** `finances-unknown`: one a month, transaction type and path; ends by `mapFinances`, or where the month has none of it any more. */
async function raiseUnknown(connection: Connection, { period, unsettled }: AccrualsFacts): Promise<void> {
  const unknown = unsettled.flatMap(({ currency, unknown: of }) => of.map((one) => ({ currency, ...one })));
  const keyOf = ({ type, path }: { type: string; path: string }) => `${period} ${type} / ${path}`;
  const keys = new Set(unknown.map(keyOf));
  for (const key of await openKeys(connection.db, connection.name, 'finances-unknown', `${period} `))
    if (!keys.has(key)) await connection.resolve('finances-unknown', key, 'nothing of it is unsettled any more');
  for (const { type, path, amount, currency } of unknown)
    await connection.raise({
      code: 'finances-unknown',
      key: keyOf({ type, path }),
      subject: { kind: 'month', id: period },
      evidence: {
        what: `Finances tells ${renderMoney(amount, currency)} as ${type}, ${path}, and nobody knows what that is: ${period} cannot be accrued`,
        atStake: amount,
        currency,
      },
      remedy: { kind: 'map-finances', transactionType: type, path },
    });
}

const DAY_MS = 24 * 3_600_000;
/** Signed months are looked at for so long. */
const WATCHED_MONTHS = 12;

/**
 * The current month, every month before it that is not signed, and once a day the signed ones of the last twelve
 * (close.md, *Workflow*). None while the check of the settings has refused the close.
 */
export async function dueCloses(connection: Connection, _input: OfConnection): Promise<string[]> {
  const { db, name, settings } = connection;
  if (settings.close === undefined || (await isCloseRefused(db, name))) return [];
  const now = await connection.now();
  const homeZone = timeZoneOf(settings, null);
  const signed = standingSignatures(await signaturesOf(db, name));
  const last = new Map((await evaluatedPeriods(db, name)).map(({ period, evaluatedAt }) => [period, evaluatedAt]));
  const all = periodsBetween(firstMonth(connection), monthOf(dayIn(now, homeZone)));
  const watched = new Set(all.slice(-WATCHED_MONTHS - 1));
  return all.filter((period) => {
    if (!signed.has(period)) return true;
    return watched.has(period) && isDueAgain(last.get(period) ?? null, DAY_MS, now);
  });
}
