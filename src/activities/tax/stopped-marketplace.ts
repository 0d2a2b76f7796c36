/**
 * The stop of a marketplace: nothing of its sales and refunds that carries a price is posted while its prices are not proven,
 * or while NetSuite taxes what is posted. Who is stopped is written down, and goes on by itself when the exception has ended.
 */
import type { ConnectionSettings } from '../../config/connection.ts';
import { asksForProof, mayStop, taxPolicyOf } from '../../config/tax-policy.ts';
import { marketplaceOf } from '../../config/time-zone.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { lookAgain } from '../../contracts/try-again.ts';
import { orderWorkflowId, parseWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { endWaits, registerWait } from '../../store/decisions/decisions.ts';
import { lastPriceProof } from '../../store/tax/price-proofs.ts';
import { stopOfDocument, waitersOfEnded, type StoppableDocument } from '../../store/tax/marketplace-stops.ts';
import type { Connection } from '../connection.ts';
import { takeUpLost } from '../reconciler/take-up-orders.ts';
import { signalAllRunning } from '../signal-if-running.ts';
import { judgePrices, pricesKey } from './judge-prices.ts';

/** Held by an exception about its marketplace, by the number. */
export interface Held {
  result: 'held';
  exception: number;
  sentence: string;
}

/**
 * Whether a document of an order may be sent now; null where it may. Its workflow is written down as waiting before the last
 * look, so that an end between the two is not missed.
 */
export async function heldByMarketplace(
  connection: Connection,
  { orderId, marketplace, externalId }: { orderId: string; marketplace: string | null; externalId: string },
): Promise<Held | null> {
  const { db, name, settings } = connection;
  if (!mayStop(settings, marketplace)) return null;
  const { id } = marketplaceOf(settings, marketplace);
  const workflowId = orderWorkflowId(name, orderId);
  const document: StoppableDocument = {
    marketplace: id,
    pricesKey: pricesKey(connection, id),
    externalId,
    workflowId,
  };
  const first = await stopOfDocument(db, name, document);
  let { stop } = first;
  if (stop === null && !(await isProven(connection, id))) {
    await judgePrices(connection, id);
    ({ stop } = await stopOfDocument(db, name, document));
  }
  if (stop !== null) {
    await registerWait(db, name, 'exception', String(stop.number), workflowId, await connection.now());
    ({ stop } = await stopOfDocument(db, name, document));
  }
  if (stop !== null) return { result: 'held', exception: stop.number, sentence: stop.what };
  await endHolding(connection, orderId, first.waits);
  return null;
}

/** The order has gone on, or is wanted no longer. */
export async function endHolding({ db, name }: Connection, orderId: string, waits = true): Promise<void> {
  if (waits) await endWaits(db, name, 'exception', orderWorkflowId(name, orderId));
}

/** By settings, the marketplaces whose proof this process has seen: what is proven stays so. */
const PROVEN = new WeakMap<ConnectionSettings, Set<string>>();

/** Only a real connection is asked for a proof. */
async function isProven({ db, name, settings }: Connection, marketplace: string): Promise<boolean> {
  if (!asksForProof(settings, marketplace)) return true;
  const seen = PROVEN.get(settings) ?? new Set<string>();
  PROVEN.set(settings, seen);
  if (seen.has(marketplace)) return true;
  if ((await lastPriceProof(db, name, marketplace, taxPolicyOf(settings, marketplace))) === null) return false;
  seen.add(marketplace);
  return true;
}

/**
 * Tells those who wait for an exception that has ended; each looks for itself whether another stops it. Idempotent: told twice
 * they look twice. Returns how many there were.
 * @param policy of orders that no longer run and are begun anew; without it the reconciler finds them
 */
export async function releaseHeld(connection: Connection, policy: ActivityPolicy | null = null): Promise<number> {
  const { db, name } = connection;
  const waiters = await waitersOfEnded(db, name);
  if (waiters.length === 0) return 0;
  const lost = await signalAllRunning(connection, waiters, lookAgain);
  for (const workflowId of lost) await endWaits(db, name, 'exception', workflowId);
  if (policy !== null)
    await takeUpLost(
      connection,
      policy,
      lost.map((id) => parseWorkflowId(id)!.key!),
    );
  return waiters.length;
}
