import { amountSubject, payoutSubject } from '../../domain/exceptions/exception.ts';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { beginningOf } from '../../domain/mapping/beginnings.ts';
import { foldKey, keyText, tripleOf } from '../../domain/settlement/fold-key.ts';
import { suggestRole } from '../../domain/mapping/suggest-role.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderMoney } from '../../domain/money/render-amount.ts';
import { MovementCollector } from '../../domain/matching/expected-movements.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import { UnknownAmounts } from '../../domain/payouts/unknown-amounts.ts';
import { registerWait } from '../../store/decisions/decisions.ts';
import { advanceSettlement } from '../../store/payouts/settlements.ts';
import { assignMeanings, isJournalled, readRowsAsWritten } from '../../store/payouts/settlement-rows.ts';
import type { Connection } from '../connection.ts';
import { endWaitsOf } from '../end-waits.ts';
import type { ClassifyResult, PayoutRef } from '../../contracts/payouts/payout-activities.ts';
import { expectMovements } from './expect-movements.ts';
import { raiseNotListed } from './leave-alone.ts';
import { classifierOf, loadPayout, type PayoutSetup } from './payout-setup.ts';
import { ownershipFor } from './settlement-ownership-for.ts';

/**
 * Gives every row exactly one role. A key that no rule names stops this payout and nothing else: it is registered as
 * waiting and the decisions are read once more, so that none is missed. Idempotent.
 */
export async function classifySettlement(connection: Connection, input: PayoutRef): Promise<ClassifyResult> {
  const setup = await loadPayout(connection, input);
  // Once its journal is written down, a settlement's rows are never classified anew.
  if (await isJournalled(connection.db, connection.name, input.settlementId)) return { result: 'classified' };
  const ownership = await ownershipFor(connection, setup.settlement);
  if (ownership.kind === 'left-alone') return leaveAlone(setup, ownership.marketplaces);
  if (ownership.kind === 'waits') return stopUnassigned(setup, ownership.sentence);
  await connection.resolve('settlement-unassigned', input.settlementId, 'it is ours');
  const workflowId = payoutWorkflowId(connection.name, input.settlementId);
  const first = await unknownAmounts(setup);
  if (first.isEmpty) return classified(setup, workflowId);
  for (const key of first.keys())
    await registerWait(connection.db, connection.name, 'amount', foldKey(key), workflowId, await connection.now());
  const unknown = await unknownAmounts(setup);
  if (unknown.isEmpty) return classified(setup, workflowId);
  const { currency } = setup.settlement;
  for (const key of unknown.keys()) await raiseUnknown(setup, key, unknown);
  const keys = unknown.keys();
  await endWaitsOf(connection, 'amount', workflowId, keys.map(foldKey));
  await advanceSettlement(connection.db, connection.name, input.settlementId, 'waits-amount');
  return {
    result: 'unknown',
    keys: keys.map(keyText),
    rows: unknown.rows,
    amount: formatMinor(unknown.amount, currency),
    currency,
    suggestion: keys.length === 1 ? (suggestRole(keys[0]!)?.role ?? null) : null,
  };
}

async function leaveAlone(
  { connection, settlement: { settlementId } }: PayoutSetup,
  marketplaces: readonly string[],
): Promise<ClassifyResult> {
  await raiseNotListed(connection, marketplaces, `settlement ${settlementId}`);
  await advanceSettlement(connection.db, connection.name, settlementId, 'left-alone');
  return { result: 'left-alone' };
}

async function stopUnassigned({ connection, settlement }: PayoutSetup, why: string): Promise<ClassifyResult> {
  const { settlementId, total, currency } = settlement;
  const sentence = `nobody knows whose settlement ${settlementId} is: ${why}`;
  const exception = await connection.raise({
    code: 'settlement-unassigned',
    subject: payoutSubject(settlementId),
    evidence: { what: sentence, atStake: total, currency },
    remedy: {
      kind: 'set-up',
      where: 'List its marketplaces in tieout.config.yaml, or set foreignRows: merchant-orders, and start again',
    },
  });
  await advanceSettlement(connection.db, connection.name, settlementId, 'stopped');
  return { result: 'stopped', exception, sentence };
}

async function unknownAmounts({ connection, settlement }: PayoutSetup): Promise<UnknownAmounts> {
  const { classify } = await classifierOf(connection);
  const unknown = new UnknownAmounts();
  for await (const row of readRowsAsWritten(connection.db, connection.name, settlement.settlementId))
    if (classify(row) === null) unknown.add(row);
  return unknown;
}

async function raiseUnknown(
  { connection, settlement }: PayoutSetup,
  key: AmountKey,
  unknown: UnknownAmounts,
): Promise<void> {
  const { rows, amount } = unknown.of(key);
  const suggestion = suggestRole(key);
  const beginning = beginningOf(key);
  await connection.raise({
    code: 'unknown-amount',
    key: foldKey(key),
    subject: amountSubject(tripleOf(key)),
    evidence: {
      what:
        `no account for "${key.amountDescription}" (${keyText(key)}) · ${counted(rows, 'row')}, ${renderMoney(amount, settlement.currency)}` +
        (suggestion ? ` · suggestion: ${suggestion.role}, ${suggestion.reason}` : ''),
      atStake: settlement.total,
      currency: settlement.currency,
    },
    remedy: {
      kind: 'map-amount',
      key: tripleOf(key),
      role: suggestion?.role ?? null,
      beginning: beginning && tripleOf(beginning),
    },
  });
}

/** Stores each row's role, and with it what the bank and the card must show. */
async function classified(setup: PayoutSetup, workflowId: string): Promise<ClassifyResult> {
  const { connection, settlement } = setup;
  const { name } = connection;
  const { classify, version } = await classifierOf(connection);
  const movements = new MovementCollector(settlement);
  let batch: Parameters<typeof assignMeanings>[3][number][] = [];
  for await (const row of readRowsAsWritten(connection.db, name, settlement.settlementId)) {
    const { role, known } = classify(row)!;
    // What moved before the cut-over is the old books' to see.
    if (settlement.start >= connection.settings.cutOver || row.postedAt >= connection.settings.cutOver)
      movements.add(row, role, known);
    batch.push({ line: row.line, ordinal: row.ordinal, role, knownAs: foldKey(known) === foldKey(row) ? null : known });
    if (batch.length >= 5000) {
      await assignMeanings(connection.db, name, settlement.settlementId, batch);
      batch = [];
    }
  }
  await assignMeanings(connection.db, name, settlement.settlementId, batch);
  await expectMovements(setup, movements.finish());
  await endWaitsOf(connection, 'amount', workflowId);
  await advanceSettlement(connection.db, name, settlement.settlementId, 'staged', { mapVersion: version });
  return { result: 'classified' };
}
