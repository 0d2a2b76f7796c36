import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { lastDayOf, matchBankLine } from '../../domain/matching/match-bank-line.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import type { Database } from '../../store/database.ts';
import { raise, resolveException } from '../../store/exceptions.ts';
import { bankLines, eventGroupOf, movementsOf, takeBankLine, updateMovement, type StoredMovement } from '../../store/payouts.ts';
import { aloneOnSettlement } from '../../store/settlement-lock.ts';
import { advanceSettlement } from '../../store/settlements.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MovementsResult } from './payout-results.ts';
import { loadPayout, settlementZone, type PayoutRef, type PayoutSetup } from './payout-setup.ts';

/**
 * Looks for the statement line of each movement that has not been seen: by Amazon's trace id, else by amount, currency
 * and date. A connection without statements goes by Amazon's own transfer status. Idempotent: a line is taken once, and
 * what another attempt has found by then is not missed.
 */
export function createMatchMovements(deps: Dependencies) {
  return async function matchMovements(input: PayoutRef): Promise<MovementsResult> {
    const setup = await loadPayout(deps, input);
    const now = await deps.now();
    return aloneOnSettlement(deps.store.db, input.connection, input.settlementId, (tx) => matchAlone(tx, setup, now));
  };
}

async function matchAlone(db: Database, setup: PayoutSetup, now: string): Promise<MovementsResult> {
  const { name, bank } = setup.connection.settings;
  const { settlementId } = setup.settlement;
  const group = await eventGroupOf(db, name, setup.settlement);
  for (const movement of await movementsOf(db, name, settlementId)) {
    if (movement.state !== 'expected' && movement.state !== 'failed') continue;
    const traceId = movement.kind === 'payout' ? (group?.traceId ?? null) : null;
    if (traceId !== null) await updateMovement(db, name, movement.externalId, { traceId });
    if (bank === 'none') await seenWithoutStatement(db, setup, movement, group?.status ?? null);
    else await seenOnStatement(db, name, { ...movement, traceId }, now);
    if (movement.kind === 'payout' && group?.status?.toLowerCase() === 'failed') await transferFailed(db, setup, movement, now);
  }
  const movements = await movementsOf(db, name, settlementId);
  for (const movement of movements) if (movement.state === 'returned') await resolveException(db, name, 'transfer-failed', settlementId, 'a later settlement brought it back', now);
  const open = movements.filter((movement) => movement.state === 'expected' || movement.state === 'failed');
  if (open.length > 0) await advanceSettlement(db, name, settlementId, 'waits-bank');
  return {
    matched: movements.filter((movement) => movement.state === 'matched').map((movement) => movement.externalId), open: open.length,
    failed: open.filter((movement) => movement.state === 'failed').length,
  };
}

async function seenOnStatement(db: Database, connection: string, movement: StoredMovement, now: string): Promise<void> {
  for (;;) {
    const lines = await bankLines(db, connection, { unmatched: true });
    const match = matchBankLine({ ...movement, from: movement.postedOn }, lines);
    if (match.line === null) {
      if (match.reason === 'none' && now.slice(0, 10) <= lastDayOf(movement.postedOn)) return;
      await raise(db, connection, {
        code: 'bank-line-missing', key: movement.externalId, subject: payoutSubject(movement.settlementId),
        evidence: {
          what: match.reason === 'none' ? `no bank line for ${movement.externalId} (${renderMoney(movement.amount, movement.currency)}) since ${movement.postedOn}`
            : match.reason === 'several' ? `several bank lines could be ${movement.externalId} (${renderMoney(movement.amount, movement.currency)})`
            : `the bank line with trace id ${movement.traceId ?? ''} is not ${renderMoney(movement.amount, movement.currency)}`,
          atStake: movement.amount, currency: movement.currency,
        },
        remedy: { kind: 'import', first: 'Look at the statement; a line that names the trace id matches by itself', file: 'statement' },
      }, now);
      return;
    }
    if (await takeBankLine(db, connection, movement.externalId, match.line)) {
      await resolveException(db, connection, 'bank-line-missing', movement.externalId, 'its line was found', now);
      return;
    }
  }
}

/** `bank: none`: the payout is seen when Amazon reports the transfer, dated its deposit date; the others on the date of their rows. */
async function seenWithoutStatement(db: Database, setup: PayoutSetup, movement: StoredMovement, status: string | null): Promise<void> {
  if (movement.kind === 'payout' && status?.toLowerCase() !== 'successful') return;
  const date = movement.kind === 'payout' ? dayIn(setup.settlement.depositDate, settlementZone(setup)) : movement.postedOn;
  await updateMovement(db, setup.connection.settings.name, movement.externalId, { state: 'matched', date });
}

/** The amount stays in transit; the next file brings it back. */
async function transferFailed(db: Database, { connection, settlement }: PayoutSetup, movement: StoredMovement, now: string): Promise<void> {
  const { name } = connection.settings;
  await updateMovement(db, name, movement.externalId, { state: 'failed' });
  await raise(db, name, {
    code: 'transfer-failed', subject: payoutSubject(settlement.settlementId),
    evidence: {
      what: `Amazon's transfer of ${renderMoney(movement.amount, movement.currency)} for settlement ${settlement.settlementId} failed; the amount stays in transit`,
      atStake: movement.amount, currency: movement.currency,
    },
    remedy: { kind: 'wait', until: 'the next settlement brings it back; check the bank account in Seller Central meanwhile' },
  }, now);
}
