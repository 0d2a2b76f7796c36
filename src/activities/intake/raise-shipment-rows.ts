import type { RefusedShipmentRow } from '../../clients/amazon/read-shipments.ts';
import { orderSubject } from '../../domain/exceptions/exception.ts';
import { renderUnread } from '../../domain/exceptions/render-unread.ts';
import { shipmentKey } from '../../domain/identifiers/external-id.ts';
import { instantOf, type Instant } from '../../domain/money/instant.ts';
import { openExceptions, openKeys } from '../../store/exceptions/exceptions.ts';
import { loadShipments } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';

const BEGINNING = 'shipment row ';

/**
 * Rows of the shipments report that cannot be read: each stands aside with its shipment, whose order waits for it. What was
 * raised ends with a report that reaches over the same instant and has no such row any more.
 */
export async function raiseShipmentRows(
  connection: Connection,
  refused: readonly RefusedShipmentRow[],
  report: { from: Instant; upTo: Instant },
): Promise<void> {
  const raised = new Set<string>();
  for (const row of refused) {
    if (await isTakenIn(connection, row)) continue;
    const key = keyOf(row);
    raised.add(key);
    const { orderId, line, column: field } = row;
    await connection.raise({
      code: 'input-unreadable',
      key,
      subject: orderId === null ? { kind: 'report', id: key } : orderSubject(orderId),
      evidence: {
        what: renderUnread(`line ${line} of the fulfilled shipments report${namedBy(row)}`, { ...row, field }),
        atStake: null,
        currency: null,
      },
      remedy: {
        kind: 'read-again',
        first:
          'Look at the shipment in Seller Central; for two days the report is read again by itself, later, once Amazon has mended it or a newer Tieout knows its form',
        what: 'shipments',
        from: row.shippedAt ?? report.from,
      },
    });
  }
  const open = await openKeys(connection.db, connection.name, 'input-unreadable', BEGINNING);
  // Mostly none is: then not every open exception is loaded at each look.
  if (open.every((key) => raised.has(key))) return;
  for (const { code, key, remedy } of await openExceptions(connection.db, connection.name)) {
    if (code !== 'input-unreadable' || !key.startsWith(BEGINNING) || raised.has(key)) continue;
    const from = remedy.kind === 'read-again' ? remedy.from : null;
    if (from !== null && from >= report.from && from <= report.upTo)
      await connection.resolve(code, key, 'a report came in which it can be read');
  }
}

const keyOf = ({ orderId, shipmentId, shippedAt, fingerprint }: RefusedShipmentRow): string =>
  `${BEGINNING}${orderId === null ? fingerprint : `${orderId} ${shipmentId ?? shippedAt ?? fingerprint}`}`;

const namedBy = ({ orderId, shipmentId }: RefusedShipmentRow): string =>
  orderId === null ? '' : `, of order ${orderId}${shipmentId === null ? '' : ` and shipment ${shipmentId}`},`;

/** The shipment came whole before. */
async function isTakenIn(
  { db, name }: Connection,
  { orderId, shipmentId, shippedAt }: RefusedShipmentRow,
): Promise<boolean> {
  if (orderId === null || (shipmentId === null && shippedAt === null)) return false;
  const key = shipmentKey(orderId, shipmentId, shippedAt ?? instantOf(0));
  return (await loadShipments(db, name, orderId)).some((shipment) => shipment.key === key);
}
