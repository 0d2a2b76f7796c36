import { foldKey } from '../../domain/mapping/fold-key.ts';
import { storeDecision, waitersFor } from '../../store/decisions.ts';
import { resolveException } from '../../store/exceptions.ts';
import type { DecisionResult, MapAmount, MapSku } from '../../workflows/decisions/decisions.contract.ts';
import { skuMapped } from '../../workflows/orders/order-lifecycle.contract.ts';
import { amountMapped } from '../../workflows/payouts/payout.contract.ts';
import type { Dependencies } from '../dependencies.ts';
import { signalAllRunning } from '../signal-if-running.ts';

type Stored = Omit<DecisionResult, 'detail'>;

/** Stores the decision for a SKU and tells every order that waits. Idempotent: a second run stores and tells the same. */
export function createDecideSku(deps: Dependencies) {
  return async function decideSku(input: { connection: string; decision: MapSku }): Promise<Stored> {
    const { sku, item, by, why } = input.decision;
    const at = await deps.now();
    const audit = await storeDecision(deps.store.db, input.connection, { kind: 'sku', key: sku, spelled: sku, choice: item, by, why: why ?? null }, at);
    const waiters = await waitersFor(deps.store.db, input.connection, 'sku', sku);
    await signalAllRunning(deps, waiters, skuMapped, { sku, item });
    await resolveException(deps.store.db, input.connection, 'sku-unknown', sku, `mapped to ${item} by ${by}`, at);
    return { audit, released: waiters.length, choice: item };
  };
}

/** Stores the decision for an amount key and tells every payout that waits. Idempotent. */
export function createDecideAmount(deps: Dependencies) {
  return async function decideAmount(input: { connection: string; decision: MapAmount }): Promise<DecisionResult> {
    const { role, by, why, ...triple } = input.decision;
    const key = foldKey(triple);
    const at = await deps.now();
    const audit = await storeDecision(deps.store.db, input.connection, { kind: 'amount', key, spelled: JSON.stringify([triple.transactionType, triple.amountType, triple.amountDescription]), choice: role, by, why: why ?? null }, at);
    const waiters = await waitersFor(deps.store.db, input.connection, 'amount', key);
    await signalAllRunning(deps, waiters, amountMapped, { key: [triple.transactionType, triple.amountType, triple.amountDescription], role });
    await resolveException(deps.store.db, input.connection, 'unknown-amount', key, `mapped to ${role} by ${by}`, at);
    return { audit, released: waiters.length, choice: role, detail: `${triple.amountDescription} is ${role}` };
  };
}
