import { heartbeat } from '@temporalio/activity';
import { orderSubject } from '../../domain/exceptions/exception.ts';
import { isDocumentRow, isMerchantRow } from '../../domain/mapping/booked-role.ts';
import { foldText } from '../../domain/mapping/fold-key.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import { shipmentsFromRows } from '../../domain/payouts/shipments-from-rows.ts';
import type { SettlementRow } from '../../domain/settlement/settlement.ts';
import { raise } from '../../store/exceptions.ts';
import { loadOrder, saveOrders, saveShipments } from '../../store/orders.ts';
import { readRows } from '../../store/settlements.ts';
import type { Dependencies } from '../dependencies.ts';
import { initialState } from '../intake/take-in-orders.ts';
import { loadPayout, type PayoutRef } from './payout-setup.ts';

/**
 * Orders shipped before the cut-over and settled after it, where the connection wants documents for them: taken in one by
 * one, with the dispatch that the settlement's rows tell of. Idempotent: what is known stays as it is.
 */
export function createMakeEarlierOrders(deps: Dependencies) {
  return async function makeEarlierOrders(input: PayoutRef): Promise<{ orders: number }> {
    const { connection, settlement } = await loadPayout(deps, input);
    const { settings, amazon } = connection;
    if (settings.shippedBeforeCutOver !== 'documents') return { orders: 0 };
    const rows: { row: SettlementRow; meaning: Role }[] = [];
    for await (const row of readRows(deps.store.db, input.connection, input.settlementId)) {
      if (row.role === null || row.postedAt >= settings.cutOver || foldText(row.transactionType) !== 'order') continue;
      if (isDocumentRow(row.role, row) && !isMerchantRow(row.role, row, settings)) rows.push({ row, meaning: row.role });
    }
    let orders = 0;
    for (const shipment of shipmentsFromRows(rows, settlement.currency)) {
      if ((await loadOrder(deps.store.db, input.connection, shipment.orderId)) === null) {
        const order = await amazon.getOrder(shipment.orderId);
        if (order === null) {
          await raise(deps.store.db, input.connection, {
            code: 'document-missing', subject: orderSubject(shipment.orderId), payout: input.settlementId,
            evidence: { what: `Amazon does not know order ${shipment.orderId}, which settlement ${input.settlementId} pays`, atStake: null, currency: settlement.currency },
            remedy: { kind: 'look', where: 'Look it up in Seller Central; older than two years it can only be booked by hand' },
          }, await deps.now());
          continue;
        }
        await saveOrders(deps.store.db, input.connection, [{ fact: order, initial: initialState(settings, order) }]);
      }
      await saveShipments(deps.store.db, input.connection, [shipment]);
      orders += 1;
      heartbeat(orders);
    }
    return { orders };
  };
}
