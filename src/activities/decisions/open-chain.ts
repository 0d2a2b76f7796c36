import { openedChain, recordOpened } from '../../store/payouts/chains.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { openExceptionOf, resolveException } from '../../store/exceptions/exceptions.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import type { DecisionResult, OpenChain } from '../../contracts/decisions/decisions.ts';
import { reportFound } from '../../contracts/payouts/payout.ts';
import type { Connection } from '../connection.ts';
import { reopenPayout } from '../wake-payout.ts';
import { refuseDecision } from './refuse-decision.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';

/**
 * Takes a controller's word that a settlement after a gap begins its chain: what it brings in is posted by an opening entry.
 * Idempotent: it is written down once, and a second run answers and tells the same.
 */
export async function decideOpenChain(connection: Connection, input: Deciding<OpenChain>): Promise<DecisionResult> {
  const {
    decision: { settlementId, by, why },
  } = input;
  const { db } = connection;
  const at = await connection.now();
  const audit = await aloneOnSettlement(db, connection.name, settlementId, async (tx) => {
    const known = await openedChain(tx, connection.name, settlementId);
    if (known !== null) return known;
    const broken = await openExceptionOf(tx, connection.name, 'chain-broken', settlementId);
    if (broken?.remedy.kind !== 'open-chain')
      throw refuseDecision('CHAIN_NOT_BROKEN', `Nothing is missing before settlement ${settlementId}.`);
    const number = await recordAudit(tx, connection.name, {
      action: 'open-chain',
      detail: { settlementId },
      by,
      why,
      at,
    });
    await recordOpened(tx, connection.name, { settlementId, by, why, audit: number, at });
    await resolveException(tx, connection.name, 'chain-broken', settlementId, `opened by ${by}`, at);
    return number;
  });
  await reopenPayout(connection, input.policy, settlementId, reportFound);
  return {
    audit,
    released: 1,
    choice: 'open-chain',
    detail: `settlement ${settlementId} begins a chain; its opening entry is dated the day on which it begins`,
  };
}
