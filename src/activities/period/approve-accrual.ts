import { accountOf } from '../../config/connection.ts';
import { type Day } from '../../domain/money/instant.ts';
import { periodsBetween, previousPeriod, type Period } from '../../domain/period/calendar.ts';
import { dimensionsOf, withDimensions } from '../../domain/mapping/dimensions.ts';
import { formatMinor, sumMinor } from '../../domain/money/money.ts';
import { FINANCES_MAP_VERSION } from '../../domain/period/finances-map.ts';
import { explainRefusedAccrual } from '../../domain/period/explain-accrual.ts';
import { accrualIds, planAccrual } from '../../domain/period/plan-accrual.ts';
import type { UnsettledOfMonth } from '../../domain/period/unsettled.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { ApproveAccrual } from '../../contracts/period/close-decisions.ts';
import { lastAuditOf, recordAudit } from '../../store/audit/audit-log.ts';
import type { Database } from '../../store/database.ts';
import { planDocument } from '../../store/documents/documents.ts';
import {
  accruedMonths,
  accrualsOf,
  lockPartOrAccrual,
  recordAccrual,
  type DecidedAccrual,
} from '../../store/period/accruals.ts';
import { aloneOnClose, signaturesOf, standingSignatures } from '../../store/period/closes.ts';
import type { Connection } from '../connection.ts';
import { bookingOf } from '../posting/booking.ts';
import { refuseDecision } from '../decisions/refuse-decision.ts';
import { refuseSigned } from './decide-close.ts';
import { firstMonth, monthFrame, refuseNoMonth } from './month-frame.ts';
import { isCloseRefused } from './refused-close.ts';
import { accrualsFacts, unsettledOfMonth } from './unsettled-facts.ts';

type DecidingAccrual = Deciding<ApproveAccrual> & { act: string };

/**
 * What is unsettled of a month is accrued, or set to none: worked out once more, and both journals are written down with the
 * decision, under the lock that decides between part and accrual (close.md, *Accruals*). Idempotent by its act.
 * @throws ApplicationFailure `CLOSE_REFUSED`, `ACCOUNT_MISSING` with why; nothing is stored then
 */
export async function decideAccrual(
  connection: Connection,
  { decision, act }: DecidingAccrual,
): Promise<DecisionResult> {
  const { db, name } = connection;
  const now = await connection.now();
  refuseNoMonth(connection, decision.period, now);
  const frame = await monthFrame(connection, decision.period, now);
  const { period, currency, none: isNone = false } = decision;
  const decided = await aloneOnClose(db, name, async (tx) => {
    await lockPartOrAccrual(tx, name, currency);
    const known = (await accrualsOf(tx, name, period)).find((one) => one.currency === currency);
    const done = await lastAuditOf(tx, name, 'approve-accrual', { act });
    if (done !== null && known?.audit === done) return known;
    await refuseSigned(connection, period, tx);
    if (await isCloseRefused(tx, name))
      throw refuseDecision(
        'CLOSE_REFUSED',
        `${name} closes no months: npx tieout exceptions says why (setting-unknown).`,
      );
    const facts = await accrualsFacts(connection, frame, tx);
    const order = await orderOf(connection, tx, decision);
    const refused = explainRefusedAccrual(facts, {
      currency,
      isNone,
      isOver: frame.isOver,
      ...order,
      shut: isNone ? null : await shutOn(connection, frame.lastDay),
    });
    if (refused !== null)
      throw refuseDecision('CLOSE_REFUSED', `${period} cannot be accrued in ${currency}: ${refused}`);
    const unsettled = facts.unsettled.find((one) => one.currency === currency)!;
    if (!isNone) requireAccounts(connection, unsettled);
    return writeDown(tx, connection, decision, { act, at: frame.now, unsettled });
  });
  const amount = `${formatMinor(decided.amount, currency)} ${currency}`;
  return {
    audit: decided.audit,
    released: 1,
    choice: decided.choice,
    detail:
      decided.choice === 'none'
        ? `${amount} of ${period} is not accrued`
        : `${amount} of ${period} is accrued, and taken back on the first day after it: ACR ${period}-${currency}`,
    ...(decided.choice === 'post' ? { journals: accrualIds(name, period, currency) } : {}),
    ...(decided.choice === 'post' && connection.settings.posting === 'plan' ? { isPlanned: true } : {}),
  };
}

/** An accrual is booked on its own day alone: one that NetSuite does not take would stand in the way of its month, with no way out. */
async function shutOn(connection: Connection, lastDay: Day): Promise<string | null> {
  if (connection.settings.posting === 'plan') return null;
  const booking = await bookingOf(
    connection,
    { key: { purpose: 'ACR' }, date: lastDay },
    { policy: 'wait', fresh: true },
  );
  return booking.takes ? null : booking.sentence;
}

/** What months are accrued in: the first before it that is owed a decision, the first after it that is accrued. */
async function orderOf(
  connection: Connection,
  tx: Database,
  { period, currency }: ApproveAccrual,
): Promise<{ earlier: Period | null; later: Period | null }> {
  const { name } = connection;
  const later = (await accruedMonths(tx, name, currency)).find((month) => month > period) ?? null;
  const signed = standingSignatures(await signaturesOf(tx, name));
  for (const month of periodsBetween(firstMonth(connection), previousPeriod(period))) {
    const isDecided = (await accrualsOf(tx, name, month)).some((one) => one.currency === currency);
    if (isDecided || signed.has(month)) continue;
    const frame = await monthFrame(connection, month, await connection.now());
    const unsettled = (await unsettledOfMonth(connection, tx, frame)).find((one) => one.currency === currency);
    if (unsettled !== undefined && unsettled.roles.length + unsettled.unknown.length + unsettled.unclear > 0)
      return { earlier: month, later };
  }
  return { earlier: null, later };
}

async function writeDown(
  tx: Database,
  { name, settings }: Connection,
  { period, currency, none: isNone = false, by, why }: ApproveAccrual,
  { act, at, unsettled }: { act: string; at: string; unsettled: UnsettledOfMonth },
): Promise<DecidedAccrual> {
  const amount = sumMinor(unsettled.roles.map((one) => one.amount));
  const choice = isNone ? 'none' : 'post';
  const text = formatMinor(amount, currency);
  const detail = { period, currency, choice, amount: text, act };
  const audit = await recordAudit(tx, name, { action: 'approve-accrual', detail, by, why, at });
  const decided: DecidedAccrual = {
    currency,
    choice,
    amount,
    transactions: unsettled.transactions,
    by,
    why,
    audit,
    at,
  };
  await recordAccrual(tx, name, period, decided);
  if (isNone) return decided;
  for (const planned of planAccrual(name, period, unsettled, FINANCES_MAP_VERSION)) {
    const lines = withDimensions(planned.plan.lines, (role) => dimensionsOf(settings.dimensions, role, null));
    await planDocument(tx, { ...planned, plan: { ...planned.plan, lines }, orderId: null, settlementId: null });
  }
  return decided;
}

/** A document that cannot be posted would hold the month. @throws ApplicationFailure `ACCOUNT_MISSING` */
function requireAccounts({ name, settings }: Connection, { currency, roles }: UnsettledOfMonth): void {
  for (const role of ['accrued' as const, ...roles.map((one) => one.role)])
    if (accountOf(settings, role, currency) === null)
      throw refuseDecision(
        'ACCOUNT_MISSING',
        `The connection ${name} names no account for the role ${role} in ${currency}.`,
      );
}
