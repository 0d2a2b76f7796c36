import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { lastDayOf, matchBankLine } from '../../domain/matching/match-bank-line.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { raise, resolveException } from '../../store/exceptions.ts';
import { bankLines, eventGroupOf, movementsOf, takeBankLine, updateMovement, type StoredMovement } from '../../store/payouts.ts';
import { setSettlementState } from '../../store/settlements.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MovementsResult } from './payout-results.ts';
import { loadPayout, settlementZone, type PayoutRef, type PayoutSetup } from './payout-setup.ts';

/**
 * Looks for the statement line of each movement that has not been seen: by Amazon's trace id, else by amount, currency
 * and date. A connection without statements goes by Amazon's own transfer status. Idempotent: a line is taken once.
 */
export function createMatchMovements(deps: Dependencies) {
  return async function matchMovements(input: PayoutRef): Promise<MovementsResult> {
    const setup = await loadPayout(deps, input);
    const group = await eventGroupOf(deps.store.db, input.connection, setup.settlement);
    for (const movement of await movementsOf(deps.store.db, input.connection, input.settlementId)) {
      if (movement.state !== 'expected' && movement.state !== 'failed') continue;
      const traceId = movement.kind === 'payout' ? (group?.traceId ?? null) : null;
      if (traceId !== null) await updateMovement(deps.store.db, input.connection, movement.externalId, { traceId });
      if (setup.connection.settings.bank === 'none') await seenWithoutStatement(deps, setup, movement, group?.status ?? null);
      else await seenOnStatement(deps, input.connection, { ...movement, traceId });
      if (movement.kind === 'payout' && group?.status?.toLowerCase() === 'failed') await transferFailed(deps, setup, movement);
    }
    const movements = await movementsOf(deps.store.db, input.connection, input.settlementId);
    for (const movement of movements) if (movement.state === 'returned') await resolveException(deps.store.db, input.connection, 'transfer-failed', input.settlementId, 'a later settlement brought it back', await deps.now());
    const open = movements.filter((movement) => movement.state === 'expected' || movement.state === 'failed');
    if (open.length > 0) await setSettlementState(deps.store.db, input.connection, input.settlementId, 'waits-bank');
    return {
      matched: movements.filter((movement) => movement.state === 'matched').map((movement) => movement.externalId), open: open.length,
      failed: open.filter((movement) => movement.state === 'failed').length,
    };
  };
}

async function seenOnStatement(deps: Dependencies, connection: string, movement: StoredMovement): Promise<void> {
  for (;;) {
    const lines = await bankLines(deps.store.db, connection, { unmatched: true });
    const match = matchBankLine({ ...movement, from: movement.postedOn }, lines);
    if (match.line === null) {
      if (match.reason === 'none' && (await deps.now()).slice(0, 10) <= lastDayOf(movement.postedOn)) return;
      await raise(deps.store.db, connection, {
        code: 'bank-line-missing', key: movement.externalId, owner: 'finance',
        what: match.reason === 'none' ? `no bank line for ${movement.externalId} (${renderMoney(movement.amount, movement.currency)}) since ${movement.postedOn}`
          : match.reason === 'several' ? `several bank lines could be ${movement.externalId} (${renderMoney(movement.amount, movement.currency)})`
          : `the bank line with trace id ${movement.traceId ?? ''} is not ${renderMoney(movement.amount, movement.currency)}`,
        act: 'Look at the statement; a line that names the trace id matches by itself', atStake: movement.amount, currency: movement.currency, subject: `payout:${movement.settlementId}`,
      }, await deps.now());
      return;
    }
    if (await takeBankLine(deps.store.db, connection, movement.externalId, match.line)) {
      await resolveException(deps.store.db, connection, 'bank-line-missing', movement.externalId, 'its line was found', await deps.now());
      return;
    }
  }
}

/** `bank: none`: the payout is seen when Amazon reports the transfer, dated its deposit date; the others on the date of their rows. */
async function seenWithoutStatement(deps: Dependencies, setup: PayoutSetup, movement: StoredMovement, status: string | null): Promise<void> {
  if (movement.kind === 'payout' && status?.toLowerCase() !== 'successful') return;
  const date = movement.kind === 'payout' ? dayIn(setup.settlement.depositDate, settlementZone(setup)) : movement.postedOn;
  await updateMovement(deps.store.db, setup.connection.settings.name, movement.externalId, { state: 'matched', date });
}

/** The amount stays in transit; the next file brings it back. */
async function transferFailed(deps: Dependencies, { connection, settlement }: PayoutSetup, movement: StoredMovement): Promise<void> {
  const { name } = connection.settings;
  await updateMovement(deps.store.db, name, movement.externalId, { state: 'failed' });
  await raise(deps.store.db, name, {
    code: 'transfer-failed', key: settlement.settlementId, owner: 'finance',
    what: `Amazon's transfer of ${renderMoney(movement.amount, movement.currency)} for settlement ${settlement.settlementId} failed; the amount stays in transit`,
    act: `Check the bank account in Seller Central; the next settlement brings it back (${payoutWorkflowId(name, settlement.settlementId)} waits for it)`,
    atStake: movement.amount, currency: movement.currency, subject: `payout:${settlement.settlementId}`,
  }, await deps.now());
}
