import { recordAudit } from '../../store/audit/audit-log.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { unfinishedOrders } from '../../store/reconciler/unfinished.ts';
import { salePlaceOf } from '../../store/tax/sale-places.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { PlaceSale } from '../../contracts/decisions/tax-decisions.ts';
import { lookAgain } from '../../contracts/try-again.ts';
import type { Connection } from '../connection.ts';
import { signalIfRunning } from '../signal-if-running.ts';
import { tellOrder } from '../tell-order.ts';
import { refuseDecision } from './refuse-decision.ts';

/**
 * Takes a person's word about where an order went whose sale is not in these books; its refunds that wait for it go on. Idempotent:
 * what was said is found, and another country is refused once nothing waits for it.
 * @throws ApplicationFailure `TAX_REFUSED`
 */
export async function decidePlaceSale(
  connection: Connection,
  { decision: { orderId, country, by, why }, policy }: Deciding<PlaceSale>,
): Promise<DecisionResult> {
  const { db, name } = connection;
  const detail = `order ${orderId} went to ${country}`;
  const known = await salePlaceOf(db, name, orderId);
  if (known?.country === country) {
    const { audit, by: before, at } = known;
    return {
      audit,
      released: await tell(connection, policy, orderId),
      choice: country,
      detail,
      already: { by: before, at },
    };
  }
  const asks = (await openExceptions(db, name)).some(
    ({ code, subject }) => code === 'sale-unplaced' && subject.id === orderId,
  );
  if (!asks)
    throw refuseDecision(
      'TAX_REFUSED',
      known === null
        ? `No refund of order ${orderId} waits to know where it went.`
        : `Order ${orderId} went to ${known.country}, as ${known.by} has said, and its refunds are booked so.`,
    );
  const audit = await recordAudit(db, name, {
    action: 'place-sale',
    detail: { orderId, country },
    by,
    why,
    at: await connection.now(),
  });
  return { audit, released: await tell(connection, policy, orderId), choice: country, detail };
}

/** Also where its workflow was lost: it begins again. */
async function tell(connection: Connection, policy: Deciding<PlaceSale>['policy'], orderId: string): Promise<number> {
  if (await signalIfRunning(connection, orderWorkflowId(connection.name, orderId), lookAgain)) return 1;
  const [order] = await unfinishedOrders(connection.db, connection.name, '', 1, [orderId]);
  if (order === undefined) return 0;
  await tellOrder(connection, order, policy);
  return 1;
}
