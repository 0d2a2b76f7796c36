import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { foldKey, keyText } from '../../domain/mapping/fold-key.ts';
import { suggestRole } from '../../domain/mapping/suggest-role.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { MovementCollector } from '../../domain/settlement/expected-movements.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import { UnknownAmounts } from '../../domain/payouts/unknown-amounts.ts';
import { endWaits, registerWait } from '../../store/decisions.ts';
import { documentsOfSettlement } from '../../store/documents.ts';
import { raise } from '../../store/exceptions.ts';
import { planMovements, unseenPayout, updateMovement } from '../../store/payouts.ts';
import { assignRows, readRows, setSettlementState } from '../../store/settlements.ts';
import { bankLineSeen } from '../../workflows/payouts/payout.contract.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ClassifyResult } from './payout-results.ts';
import { classifierOf, loadPayout, settlementZone, type PayoutRef, type PayoutSetup } from './payout-setup.ts';
import { movementId } from './movement-id.ts';

/**
 * Gives every row exactly one role. A key that no rule names stops this payout and nothing else: it is registered as
 * waiting and the decisions are read once more, so that none is missed. Idempotent.
 */
export function createClassifySettlement(deps: Dependencies) {
  return async function classifySettlement(input: PayoutRef): Promise<ClassifyResult> {
    const setup = await loadPayout(deps, input);
    if (await isJournalled(deps, input)) return { result: 'classified' };
    const workflowId = payoutWorkflowId(input.connection, input.settlementId);
    const first = await unknownAmounts(deps, setup);
    if (first.isEmpty) return classified(deps, setup, workflowId);
    for (const key of first.keys()) await registerWait(deps.store.db, input.connection, 'amount', foldKey(key), workflowId, await deps.now());
    const unknown = await unknownAmounts(deps, setup);
    if (unknown.isEmpty) return classified(deps, setup, workflowId);
    const { currency } = setup.settlement;
    for (const key of unknown.keys()) await raiseUnknown(deps, setup, key, unknown);
    await setSettlementState(deps.store.db, input.connection, input.settlementId, 'waits-amount');
    const keys = unknown.keys();
    return {
      result: 'unknown', keys: keys.map(keyText), rows: unknown.rows, amount: formatMinor(unknown.amount, currency), currency,
      suggestion: keys.length === 1 ? (suggestRole(keys[0]!)?.role ?? null) : null,
    };
  };
}

/** Once its journal is written down, a settlement's rows are never classified anew. */
async function isJournalled(deps: Dependencies, input: PayoutRef): Promise<boolean> {
  return (await documentsOfSettlement(deps.store.db, input.connection, input.settlementId)).some((document) => document.key.purpose === 'JE');
}

async function unknownAmounts(deps: Dependencies, { connection, settlement }: PayoutSetup): Promise<UnknownAmounts> {
  const { classify } = await classifierOf(deps, connection);
  const unknown = new UnknownAmounts();
  for await (const row of readRows(deps.store.db, connection.settings.name, settlement.settlementId)) if (classify(row) === null) unknown.add(row);
  return unknown;
}

async function raiseUnknown(deps: Dependencies, { connection, settlement }: PayoutSetup, key: AmountKey, unknown: UnknownAmounts): Promise<void> {
  const { rows, amount } = unknown.of(key);
  const suggestion = suggestRole(key);
  await raise(deps.store.db, connection.settings.name, {
    code: 'unknown-amount', key: foldKey(key), owner: 'finance',
    what: `no account for "${key.amountDescription}" (${keyText(key)}) · ${rows} ${rows === 1 ? 'row' : 'rows'}, ${formatMinor(amount, settlement.currency)}`
      + (suggestion ? ` · suggestion: ${suggestion.role}, ${suggestion.reason}` : ''),
    act: `npx tieout map-amount "${key.transactionType}" "${key.amountType}" "${key.amountDescription}" ${suggestion?.role ?? 'ROLE'} --why "…"`,
    atStake: settlement.total, currency: settlement.currency, subject: `amount:${JSON.stringify([key.transactionType, key.amountType, key.amountDescription])}`,
  }, await deps.now());
}

/** Stores each row's role, and with it what the bank and the card must show. */
async function classified(deps: Dependencies, setup: PayoutSetup, workflowId: string): Promise<ClassifyResult> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const { classify, version } = await classifierOf(deps, connection);
  const movements = new MovementCollector(settlement);
  let batch: { line: number; ordinal: number; role: string; booked: null; part: null; document: null }[] = [];
  for await (const row of readRows(deps.store.db, name, settlement.settlementId)) {
    const { role } = classify(row)!;
    movements.add(row, role);
    batch.push({ line: row.line, ordinal: row.ordinal, role, booked: null, part: null, document: null });
    if (batch.length >= 5000) {
      await assignRows(deps.store.db, name, settlement.settlementId, batch);
      batch = [];
    }
  }
  await assignRows(deps.store.db, name, settlement.settlementId, batch);
  await saveMovements(deps, setup, movements);
  await endWaits(deps.store.db, name, workflowId);
  await setSettlementState(deps.store.db, name, settlement.settlementId, 'staged', { mapVersion: version });
  return { result: 'classified' };
}

async function saveMovements(deps: Dependencies, setup: PayoutSetup, collector: MovementCollector): Promise<void> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const { movements, returned } = collector.finish();
  const zone = settlementZone(setup);
  const counts = { payout: 0, 'micro-deposit': 0, charge: 0 };
  await planMovements(deps.store.db, name, movements.map((movement) => ({
    externalId: movementId(name, settlement.settlementId, movement.kind, counts[movement.kind]++), settlementId: settlement.settlementId, kind: movement.kind,
    amount: movement.amount, currency: settlement.currency,
    // A payout may show from the settlement's end on; a micro deposit or charge from the day of its row.
    postedOn: movement.kind === 'payout' ? dayIn(settlement.end, zone) : dayIn(movement.postedAt, zone),
  })));
  // A failed transfer comes back in this file: with that the earlier movement counts as seen; it never had a bank line.
  for (const payout of returned) {
    const earlier = await unseenPayout(deps.store.db, name, settlement.currency, payout.amount, dayIn(settlement.end, zone));
    if (!earlier || earlier.settlementId === settlement.settlementId) continue;
    await updateMovement(deps.store.db, name, earlier.externalId, { state: 'returned' });
    await deps.temporal.workflow.getHandle(payoutWorkflowId(name, earlier.settlementId)).signal(bankLineSeen).catch(() => {});
  }
}
