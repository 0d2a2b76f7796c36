import { heartbeat } from '@temporalio/activity';
import { payoutSubject } from '../../domain/exceptions/exception.ts';
import type { MovementNews } from '../../domain/matching/judge-movements.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { raise, resolveException } from '../../store/exceptions/exceptions.ts';
import { movementDocuments, planMovementDocuments, setMovementState } from '../../store/payouts/movements.ts';
import { returnedRows } from '../../store/payouts/returned-payouts.ts';
import { movementsOf, setTraceId } from '../../store/payouts/planned-movements.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import { advanceSettlement } from '../../store/payouts/settlements.ts';
import type { Database } from '../../store/database.ts';
import type { Connection } from '../connection.ts';
import { wakeIfRunning } from '../wake-payout.ts';
import { chainOpeningFor } from './chain-opening-for.ts';
import type { MovementsResult, PayoutRef } from '../../contracts/payouts/payout-activities.ts';
import { isForgotten, loadPayout } from './payout-setup.ts';
import { judgeStoredMovements, linkReturnedRows, outlived, toldOfMovements } from './read-movements.ts';

/**
 * Acts on what is new about the movements of a payout: lines that were found become documents, a failed transfer and what
 * the bank gave back are written down, and people hear of the rest. Judged over all movements of the connection together.
 * Idempotent: a line is taken once, and what another attempt has found by then is not missed.
 */
export async function matchMovements(connection: Connection, input: PayoutRef): Promise<MovementsResult> {
  const setup = await loadPayout(connection, input);
  if (isForgotten(setup)) return { matched: [], open: 0, failed: 0 };
  const { db } = connection;
  for (const earlier of await linkReturnedRows(db, connection))
    if (earlier !== input.settlementId) await wakeIfRunning(connection, earlier);
  const now = await connection.now();
  // What was found, and a line that somebody else took meanwhile, make another look: each begins from what is written down.
  while (
    (await aloneOnSettlement(db, connection.name, input.settlementId, (tx) =>
      actOn(tx, connection, input.settlementId, now),
    )) === 'again'
  )
    heartbeat();
  await raiseUnknownReturns(connection, input.settlementId);
  return progressOf(connection, input.settlementId);
}

async function actOn(
  tx: Database,
  connection: Connection,
  settlementId: string,
  now: string,
): Promise<'done' | 'again'> {
  const { name } = connection;
  const told = await toldOfMovements(tx, name);
  const mine = (await judgeStoredMovements(tx, connection, now)).filter(
    ({ movement }) => movement.settlementId === settlementId,
  );
  for (const news of mine) {
    const { movement, documents, state, problems } = news;
    if (movement.traceId !== null) await setTraceId(tx, name, movement.externalId, movement.traceId);
    if (documents.length > 0 && !(await planMovementDocuments(tx, name, settlementId, documents))) return 'again';
    if (documents.length === 0 && state !== movement.state)
      await setMovementState(tx, name, movement.externalId, state);
    for (const problem of problems) await raise(tx, name, problem, now);
    for (const { code, key } of outlived(news, told))
      await resolveException(tx, name, code, key, resolutionOf(news), now);
    // The numbers of the next documents follow on these.
    if (documents.length > 0) return 'again';
  }
  return 'done';
}

/** Rows that bring back a payout which nobody knows: its file is missing, or the chain begins here. */
async function raiseUnknownReturns(connection: Connection, settlementId: string): Promise<void> {
  const { db, name, settings } = connection;
  const key = `${settlementId}:brought-back`;
  const unlinked = (await returnedRows(db, name, settlementId)).filter(({ movement }) => movement === null);
  const unknown =
    unlinked.length > 0 && (await chainOpeningFor(db, settings, settlementId)).kind === 'follows' ? unlinked : [];
  const [first] = unknown;
  if (first === undefined) return connection.resolve('transfer-failed', key, 'the payout that came back is known');
  const amount = sumMinor(unknown.map((row) => row.amount));
  await connection.raise({
    code: 'transfer-failed',
    key,
    subject: payoutSubject(settlementId),
    remedy: { kind: 'import', first: 'Bring the report of the payout that came back', file: 'settlement' },
    evidence: {
      what: `settlement ${settlementId} brings back ${renderMoney(amount, first.currency)}, and no payout of that amount is known`,
      atStake: amount,
      currency: first.currency,
    },
  });
}

function resolutionOf({ movement, documents, state }: MovementNews): string {
  if (state === 'returned') return 'a later settlement brought it back';
  return documents.length > 0
    ? 'its line was found'
    : movement.documents.length > 0
      ? 'decided'
      : 'nothing is missing any more';
}

async function progressOf({ db, name }: Connection, settlementId: string): Promise<MovementsResult> {
  const movements = await movementsOf(db, name, settlementId);
  const open = movements.filter((movement) => movement.state === 'expected' || movement.state === 'failed');
  if (open.length > 0) await advanceSettlement(db, name, settlementId, 'waits-bank');
  return {
    matched: (await movementDocuments(db, name, settlementId))
      .filter(({ posted }) => !posted)
      .map(({ externalId }) => externalId),
    open: open.length,
    failed: open.filter((movement) => movement.state === 'failed').length,
  };
}
