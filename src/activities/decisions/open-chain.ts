import { openedChain, recordOpened } from '../../store/payouts/chains.ts';
import { recordAudit } from '../../store/decisions/decisions.ts';
import { openExceptionOf, resolveException } from '../../store/exceptions/exceptions.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import type { DecisionResult, OpenChain } from '../../contracts/decisions/decisions.ts';
import { reportFound } from '../../contracts/payouts/payout.ts';
import type { Dependencies } from '../dependencies.ts';
import { reopenPayout } from '../wake-payout.ts';
import { refuseDecision } from './refuse-decision.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';

/**
 * Takes a controller's word that a settlement after a gap begins its chain: what it brings in is posted by an opening entry.
 * Idempotent: it is written down once, and a second run answers and tells the same.
 */
export function createDecideOpenChain(deps: Dependencies) {
  return async function decideOpenChain(input: Deciding<OpenChain>): Promise<DecisionResult> {
    const {
      connection,
      decision: { settlementId, by, why },
    } = input;
    const { db } = deps.store;
    const at = await deps.now();
    const audit = await aloneOnSettlement(db, connection, settlementId, async (tx) => {
      const known = await openedChain(tx, connection, settlementId);
      if (known !== null) return known;
      const broken = await openExceptionOf(tx, connection, 'chain-broken', settlementId);
      if (broken?.remedy.kind !== 'open-chain')
        throw refuseDecision('CHAIN_NOT_BROKEN', `Nothing is missing before settlement ${settlementId}.`);
      const number = await recordAudit(tx, connection, { action: 'open-chain', detail: { settlementId }, by, why, at });
      await recordOpened(tx, connection, { settlementId, by, why, audit: number, at });
      await resolveException(tx, connection, 'chain-broken', settlementId, `opened by ${by}`, at);
      return number;
    });
    await reopenPayout(deps, input, settlementId, reportFound);
    return {
      audit,
      released: 1,
      choice: 'open-chain',
      detail: `settlement ${settlementId} begins a chain; its opening entry is dated the day on which it begins`,
    };
  };
}
