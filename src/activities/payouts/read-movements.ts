/** What is new about the movements of a connection, as the store knows them now: asked by whoever wakes, matches or proves a payout. */
import { isDeepStrictEqual } from 'node:util';
import type { RaisedException } from '../../domain/exceptions/exception.ts';
import { payoutBroughtBack } from '../../domain/matching/link-returned.ts';
import { judgeMovements, type MovementNews } from '../../domain/matching/judge-movements.ts';
import type { Movement } from '../../domain/matching/movement.ts';
import { usedNumbers } from '../../domain/matching/plan-movement-documents.ts';
import { dayIn, type Day } from '../../domain/money/instant.ts';
import { chainMembers } from '../../store/payouts/chains.ts';
import type { Database } from '../../store/database.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import { knownTraces, lastStatementDay, movementFacts, usedEntries } from '../../store/payouts/movements.ts';
import { linkReturnedRow, returnedRows } from '../../store/payouts/returned-payouts.ts';
import { readMark } from '../../store/intake/marks.ts';
import { bankLines } from '../../store/payouts/applications.ts';
import type { Connection } from '../connection.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { chainOpeningFor } from './chain-opening-for.ts';
import { zoneOfCurrency } from './payout-setup.ts';

/** Codes of exceptions that stand and fall with a movement. */
export const MOVEMENT_CODES = ['bank-line-missing', 'transfer-failed'] as const;

/** All movements of a connection, their days told in its zones. */
export async function readMovements(db: Database, { settings }: Connection): Promise<Movement[]> {
  return (await movementFacts(db, settings.name)).map(({ postedOn, transferAt, depositAt, ...movement }) => {
    const zone = zoneOfCurrency(settings, movement.currency);
    const depositDay = dayIn(depositAt, zone);
    return {
      ...movement,
      depositDay,
      day: movement.kind !== 'payout' ? postedOn : transferAt === null ? depositDay : dayIn(transferAt, zone),
    };
  });
}

/** Ties rows that bring a payout back to the payout that they mean, but for those that an opening entry brings in. Idempotent: each once. Returns the settlements of rows and payouts. */
export async function linkReturnedRows(db: Database, connection: Connection): Promise<string[]> {
  const { name } = connection;
  const linked: string[] = [];
  const unlinked = (await returnedRows(db, name)).filter(({ movement }) => movement === null);
  if (unlinked.length === 0) return linked;
  const members = await chainMembers(db, name);
  for (const row of unlinked) {
    if ((await chainOpeningFor(db, connection.settings, row.settlementId, members)).kind !== 'follows') continue;
    const payout = payoutBroughtBack(row, await readMovements(db, connection));
    if (payout !== null && (await linkReturnedRow(db, name, row, payout.externalId)))
      linked.push(row.settlementId, payout.settlementId);
  }
  return linked;
}

/**
 * Today is the day on which Amazon was last asked for transfers, by its own time: what is booked as of today has a day that
 * Amazon has seen, whatever our clock says.
 * @param now ours, before Amazon was ever asked
 */
export async function judgeStoredMovements(db: Database, connection: Connection, now: string): Promise<MovementNews[]> {
  const { settings } = connection;
  const { name, bank } = settings;
  const used = await usedEntries(db, name);
  const told = await readMark(db, name, 'watched-transfers');
  return judgeMovements({
    movements: await readMovements(db, connection),
    lines: await bankLines(db, name, { unmatched: true }),
    knownTraces: await knownTraces(db, name),
    bank,
    today: later(dayIn(told ?? now, timeZoneOf(settings, null)), await lastStatementDay(db, name)),
    usedOf: (settlementId) => usedNumbers(used.filter((entry) => entry.settlementId === settlementId)),
  });
}

/** Exceptions of movements that are open, and those that people have been told of a report issued again. */
export async function toldOfMovements(db: Database, connection: string): Promise<StoredException[]> {
  return (await openExceptions(db, connection)).filter(
    ({ code }) => code === 'report-reissued' || MOVEMENT_CODES.some((known) => known === code),
  );
}

/** Whether a payout that looks now would find something that it has not acted on, or not told people. */
export function isNew(news: MovementNews, told: readonly StoredException[]): boolean {
  const isTold = (problem: RaisedException) =>
    told.some(
      (exception) =>
        isSame(exception, problem) &&
        exception.evidence.what === problem.evidence.what &&
        isDeepStrictEqual(exception.remedy, problem.remedy),
    );
  return (
    news.documents.length > 0 ||
    news.state !== news.movement.state ||
    !news.problems.every(isTold) ||
    outlived(news, told).length > 0
  );
}

/** Exceptions about a movement that no longer stand. */
export function outlived({ movement, problems }: MovementNews, told: readonly StoredException[]): StoredException[] {
  const keys = {
    'bank-line-missing': movement.externalId,
    'transfer-failed': movement.kind === 'payout' ? movement.settlementId : null,
  };
  return told.filter(
    (exception) =>
      MOVEMENT_CODES.some((code) => exception.code === code && exception.key === keys[code]) &&
      !problems.some((problem) => isSame(exception, problem)),
  );
}

function isSame(exception: StoredException, { code, key, subject }: RaisedException): boolean {
  return exception.code === code && exception.key === (key ?? subject.id);
}

function later(one: Day, other: Day | null): Day {
  return other !== null && other > one ? other : one;
}
