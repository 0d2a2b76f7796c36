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
import { raise, resolveException } from '../../store/exceptions/exceptions.ts';
import { advanceSettlement } from '../../store/payouts/settlements.ts';
import { assignMeanings, isJournalled, readRowsAsWritten } from '../../store/payouts/settlement-rows.ts';
import type { Dependencies } from '../dependencies.ts';
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
export function createClassifySettlement(deps: Dependencies) {
  return async function classifySettlement(input: PayoutRef): Promise<ClassifyResult> {
    const setup = await loadPayout(deps, input);
    // Once its journal is written down, a settlement's rows are never classified anew.
    if (await isJournalled(deps.store.db, input.connection, input.settlementId)) return { result: 'classified' };
    const ownership = await ownershipFor(deps, input.connection, setup.settlement);
    if (ownership.kind === 'left-alone') return leaveAlone(deps, setup, ownership.marketplaces);
    if (ownership.kind === 'waits') return stopUnassigned(deps, setup, ownership.sentence);
    await resolveException(
      deps.store.db,
      input.connection,
      'settlement-unassigned',
      input.settlementId,
      'it is ours',
      await deps.now(),
    );
    const workflowId = payoutWorkflowId(input.connection, input.settlementId);
    const first = await unknownAmounts(deps, setup);
    if (first.isEmpty) return classified(deps, setup, workflowId);
    for (const key of first.keys())
      await registerWait(deps.store.db, input.connection, 'amount', foldKey(key), workflowId, await deps.now());
    const unknown = await unknownAmounts(deps, setup);
    if (unknown.isEmpty) return classified(deps, setup, workflowId);
    const { currency } = setup.settlement;
    for (const key of unknown.keys()) await raiseUnknown(deps, setup, key, unknown);
    const keys = unknown.keys();
    await endWaitsOf(deps, input.connection, 'amount', workflowId, keys.map(foldKey));
    await advanceSettlement(deps.store.db, input.connection, input.settlementId, 'waits-amount');
    return {
      result: 'unknown',
      keys: keys.map(keyText),
      rows: unknown.rows,
      amount: formatMinor(unknown.amount, currency),
      currency,
      suggestion: keys.length === 1 ? (suggestRole(keys[0]!)?.role ?? null) : null,
    };
  };
}

async function leaveAlone(
  deps: Dependencies,
  {
    connection: {
      settings: { name },
    },
    settlement: { settlementId },
  }: PayoutSetup,
  marketplaces: readonly string[],
): Promise<ClassifyResult> {
  await raiseNotListed(deps, name, marketplaces, `settlement ${settlementId}`);
  await advanceSettlement(deps.store.db, name, settlementId, 'left-alone');
  return { result: 'left-alone' };
}

async function stopUnassigned(
  deps: Dependencies,
  {
    connection: {
      settings: { name },
    },
    settlement,
  }: PayoutSetup,
  why: string,
): Promise<ClassifyResult> {
  const { settlementId, total, currency } = settlement;
  const sentence = `nobody knows whose settlement ${settlementId} is: ${why}`;
  const exception = await raise(
    deps.store.db,
    name,
    {
      code: 'settlement-unassigned',
      subject: payoutSubject(settlementId),
      evidence: { what: sentence, atStake: total, currency },
      remedy: {
        kind: 'set-up',
        where: 'List its marketplaces in tieout.config.yaml, or set foreignRows: merchant-orders, and start again',
      },
    },
    await deps.now(),
  );
  await advanceSettlement(deps.store.db, name, settlementId, 'stopped');
  return { result: 'stopped', exception, sentence };
}

async function unknownAmounts(deps: Dependencies, { connection, settlement }: PayoutSetup): Promise<UnknownAmounts> {
  const { classify } = await classifierOf(deps, connection);
  const unknown = new UnknownAmounts();
  for await (const row of readRowsAsWritten(deps.store.db, connection.settings.name, settlement.settlementId))
    if (classify(row) === null) unknown.add(row);
  return unknown;
}

async function raiseUnknown(
  deps: Dependencies,
  { connection, settlement }: PayoutSetup,
  key: AmountKey,
  unknown: UnknownAmounts,
): Promise<void> {
  const { rows, amount } = unknown.of(key);
  const suggestion = suggestRole(key);
  const beginning = beginningOf(key);
  await raise(
    deps.store.db,
    connection.settings.name,
    {
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
    },
    await deps.now(),
  );
}

/** Stores each row's role, and with it what the bank and the card must show. */
async function classified(deps: Dependencies, setup: PayoutSetup, workflowId: string): Promise<ClassifyResult> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const { classify, version } = await classifierOf(deps, connection);
  const movements = new MovementCollector(settlement);
  let batch: Parameters<typeof assignMeanings>[3][number][] = [];
  for await (const row of readRowsAsWritten(deps.store.db, name, settlement.settlementId)) {
    const { role, known } = classify(row)!;
    // What moved before the cut-over is the old books' to see.
    if (settlement.start >= connection.settings.cutOver || row.postedAt >= connection.settings.cutOver)
      movements.add(row, role, known);
    batch.push({ line: row.line, ordinal: row.ordinal, role, knownAs: foldKey(known) === foldKey(row) ? null : known });
    if (batch.length >= 5000) {
      await assignMeanings(deps.store.db, name, settlement.settlementId, batch);
      batch = [];
    }
  }
  await assignMeanings(deps.store.db, name, settlement.settlementId, batch);
  await expectMovements(deps, setup, movements.finish());
  await endWaitsOf(deps, name, 'amount', workflowId);
  await advanceSettlement(deps.store.db, name, settlement.settlementId, 'staged', { mapVersion: version });
  return { result: 'classified' };
}
