import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { loadDocument } from '../../store/documents.ts';
import { setOrderState } from '../../store/orders.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { closeSalesOrder } from './post-invoice.ts';

/** Closes the Sales Order of an order that was cancelled after it had one. Idempotent: closed lines stay closed. */
export function createCloseCancelledOrder(deps: Dependencies) {
  return async function closeCancelledOrder(input: { connection: string; orderId: string }): Promise<void> {
    const connection = connectionOf(deps, input.connection);
    const document = await loadDocument(deps.store.db, externalIdOf({ connection: input.connection, purpose: 'SO', businessKey: input.orderId, part: 1 }));
    if (document?.state === 'posted') await closeSalesOrder(deps, connection, input.orderId);
    await setOrderState(deps.store.db, input.connection, input.orderId, 'cancelled');
  };
}
