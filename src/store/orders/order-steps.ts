/** What an order's next document is made of, in one query each. */
import { sql } from 'kysely';
import type { OrderFact, ShipmentFact } from '../../domain/orders/order-facts.ts';
import type { DocumentState } from '../../domain/documents/document-states.ts';
import type { OrderState, ShipmentState } from '../../domain/orders/order-states.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';
import { salesOrderColumns, salesOrderFrom, type SalesOrderRow, type StoredSalesOrder } from './order-lines.ts';
import type { StoredOrder } from './orders.ts';
import type { StoredShipment } from './shipments.ts';

export interface OrderStep {
  order: StoredOrder;
  /** State of the document under the key that was asked for; null while none has been written down. */
  document: DocumentState | null;
}

export interface DispatchStep extends OrderStep {
  shipment: StoredShipment;
  /** Null while it is not posted. */
  salesOrder: StoredSalesOrder | null;
}

interface OrderRow {
  fact: unknown;
  state: OrderState;
  blocked_by: string | null;
  document: DocumentState | null;
}
interface DispatchRow extends OrderRow, SalesOrderRow {
  shipment: unknown;
  shipment_state: ShipmentState;
}

/** An order, and how far the document with this external id is. Null for an order that we do not know. */
export async function loadOrderStep(
  db: Database,
  connection: string,
  orderId: string,
  externalId: string,
): Promise<OrderStep | null> {
  const {
    rows: [row],
  } = await sql<OrderRow>`
    select o.fact, o.state, o.blocked_by, d.state as document
    from orders o left join documents d on d.external_id = ${externalId}
    where o.connection = ${connection} and o.order_id = ${orderId}`.execute(db);
  return row ? stepOf(row) : null;
}

/** The same for a document of one of its shipments. Null where order or shipment are not known. */
export async function loadDispatchStep(
  db: Database,
  connection: string,
  orderId: string,
  shipment: string,
  ids: { salesOrder: string; document: string },
): Promise<DispatchStep | null> {
  const {
    rows: [row],
  } = await sql<DispatchRow>`
    select o.fact, o.state, o.blocked_by, d.state as document, s.fact as shipment, s.state as shipment_state, ${salesOrderColumns('so')}
    from orders o join shipments s on s.connection = o.connection and s.order_id = o.order_id
    left join documents d on d.external_id = ${ids.document}
    left join documents so on so.external_id = ${ids.salesOrder} and so.state = 'posted'
    where o.connection = ${connection} and o.order_id = ${orderId} and s.shipment_key = ${shipment}`.execute(db);
  if (!row) return null;
  return {
    ...stepOf(row),
    shipment: { key: shipment, fact: factFromJson<ShipmentFact>(row.shipment), state: row.shipment_state },
    salesOrder: salesOrderFrom(row),
  };
}

function stepOf(row: OrderRow): OrderStep {
  return {
    order: { fact: factFromJson<OrderFact>(row.fact), state: row.state, blockedBy: row.blocked_by },
    document: row.document,
  };
}
