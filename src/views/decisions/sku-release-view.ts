import { explainRelease } from '../../domain/decisions/explain-release.ts';
import { renderSkuRelease } from '../../domain/decisions/render-release.ts';
import { parseWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { waitersFor } from '../../store/decisions/decisions.ts';
import { waitingOrders } from '../../store/decisions/waiting.ts';
import type { ConnectionSource } from '../view-source.ts';

/** What came of the orders that waited for an SKU. */
export interface SkuReleaseView {
  of: number;
  released: number;
  salesOrders: number;
  /** Refused by NetSuite. */
  stopped: number;
  waiting: number;
  /** Of the sales orders, by currency. */
  amounts: Record<string, string>;
  sentence: string;
}

/** Ids of the orders that wait for an SKU. */
export async function ordersWaitingFor({ store, settings }: ConnectionSource, sku: string): Promise<string[]> {
  const workflowIds = await waitersFor(store.db, settings.name, 'sku', sku);
  return workflowIds.map((id) => parseWorkflowId(id)?.key ?? id);
}

/** @param seconds since the decision was given */
export async function skuReleaseView(
  { store, settings }: ConnectionSource,
  sku: string,
  orderIds: readonly string[],
  seconds: number,
): Promise<SkuReleaseView> {
  const release = explainRelease(sku, orderIds, await waitingOrders(store.db, settings.name, orderIds));
  const { of, released, salesOrders, stopped, waiting, amounts } = release;
  return {
    of,
    released,
    salesOrders,
    stopped,
    waiting,
    amounts: Object.fromEntries(amounts.map(({ currency, amount }) => [currency, formatMinor(amount, currency)])),
    sentence: renderSkuRelease(release, seconds),
  };
}
