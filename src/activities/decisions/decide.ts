import { otherSpelling, renderOtherSpelling } from '../../domain/decisions/other-spelling.ts';
import { renderItem } from '../../domain/decisions/render-item.ts';
import { covers } from '../../domain/mapping/beginnings.ts';
import { parseWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { amountKey, roleOfKnown } from '../../domain/mapping/classify.ts';
import { foldKey, keyOfFolded } from '../../domain/settlement/fold-key.ts';
import { explainRefusedMapping } from '../../domain/mapping/refused-mapping.ts';
import { storeDecision, waitedKeys, waitersFor } from '../../store/decisions/decisions.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import type { DecisionResult, MapAmount, MapSku } from '../../contracts/decisions/decisions.ts';
import { skuMapped } from '../../contracts/orders/order-lifecycle.ts';
import { amountMapped, reportFound } from '../../contracts/payouts/payout.ts';
import { STOCK } from '../../contracts/stock/stock.ts';
import type { Connection } from '../connection.ts';
import { loadSkusOfAmazon } from '../../store/stock/skus-of-stock.ts';
import { isNeverBooked } from '../../store/stock/sku-mappings.ts';
import { announceEnd } from '../end-waits.ts';
import { overridesFor } from '../payouts/payout-setup.ts';
import { takeUpLost } from '../reconciler/take-up-orders.ts';
import { signalAllRunning } from '../signal-if-running.ts';
import { wakeSchedule } from '../wake-schedule.ts';
import { reopenPayout } from '../wake-payout.ts';
import { refuseDecision } from './refuse-decision.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';

/** The order or the settlement of a workflow. */
const keyOf = (workflowId: string): string => parseWorkflowId(workflowId)!.key!;

type Stored = Omit<DecisionResult, 'detail'>;

/**
 * Stores the decision for a SKU and tells every order that waits; says so where Amazon writes the SKU otherwise. Idempotent: a
 * second run stores and tells the same.
 */
export async function decideSku(connection: Connection, input: Deciding<MapSku>): Promise<Stored> {
  const { sku, item, units = 1, by, why } = input.decision;
  const at = await connection.now();
  const written = otherSpelling(sku, await loadSkusOfAmazon(connection.db, connection.name));
  // Stock of an item that cannot be counted was never booked: there is nothing that could be moved away from it.
  const fromTheStart =
    connection.settings.stock !== undefined && (await isNeverBooked(connection.db, connection.name, sku));
  const audit = await storeDecision(
    connection.db,
    connection.name,
    { kind: 'sku', key: sku, spelled: sku, choice: item, units, by, why },
    at,
    fromTheStart ? { fromTheStart } : {},
  );
  const waiters = await waitersFor(connection.db, connection.name, 'sku', sku);
  await announceEnd(connection, 'sku', sku, waiters.length, `mapped to ${renderItem(item, units)} by ${by}`);
  const lost = await signalAllRunning(connection, waiters, skuMapped, { sku, item, ...(units === 1 ? {} : { units }) });
  await takeUpLost(connection, input.policy, lost.map(keyOf));
  if (connection.settings.stock !== undefined) await wakeSchedule(connection, STOCK);
  const note = written === null ? {} : { note: renderOtherSpelling(sku, written) };
  return { audit, released: waiters.length, choice: item, ...note };
}

/**
 * Stores the decision for an amount key, or for all keys that begin so, and tells every payout that waits for one of them.
 * Idempotent: a second run stores and tells the same.
 * @throws ApplicationFailure `DECISION_SHAPE` where it cannot stand beside the amount map; nothing is stored then
 */
export async function decideAmount(connection: Connection, input: Deciding<MapAmount>): Promise<DecisionResult> {
  const {
    decision: { by, why, sameAs = null, role, transactionType, amountType, amountDescription },
  } = input;
  const { db } = connection;
  const named = { transactionType, amountType, amountDescription };
  const refused = explainRefusedMapping(named, sameAs === null ? { role: role! } : { sameAs: amountKey(sameAs) });
  if (refused !== null) throw refuseDecision('DECISION_SHAPE', refused);
  const choice = role ?? roleOfKnown(amountKey(sameAs!), await overridesFor(connection))!;
  const spelled: [string, string, string] = [transactionType, amountType, amountDescription];
  const at = await connection.now();
  const audit = await storeDecision(
    db,
    connection.name,
    { kind: 'amount', key: foldKey(named), spelled: JSON.stringify(spelled), choice, sameAs, by, why },
    at,
  );
  const covered = (await waitedKeys(db, connection.name, 'amount')).filter((key) => covers(named, keyOfFolded(key)));
  const waitersOf = new Map(
    await Promise.all(
      covered.map(async (key): Promise<[string, string[]]> => [
        key,
        await waitersFor(db, connection.name, 'amount', key),
      ]),
    ),
  );
  const same = sameAs === null ? '' : `, the same as ${sameAs.join(' / ')},`;
  for (const key of await openKeys(db, connection.name, 'unknown-amount')) {
    if (covers(named, keyOfFolded(key)))
      await announceEnd(
        connection,
        'amount',
        key,
        waitersOf.get(key)?.length ?? 0,
        `mapped to ${choice}${same} by ${by}`,
      );
  }
  const waiters = [...new Set([...waitersOf.values()].flat())];
  const lost = await signalAllRunning(connection, waiters, amountMapped, { key: spelled, role: choice });
  for (const settlementId of lost.map(keyOf)) await reopenPayout(connection, input.policy, settlementId, reportFound);
  return {
    audit,
    released: waiters.length,
    choice,
    detail: `${spelled.join(' / ')} is ${choice}${sameAs === null ? '' : `, the same as ${sameAs.join(' / ')}`}`,
  };
}
