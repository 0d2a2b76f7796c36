import { isInboundOpen, type Carried } from '../../domain/decisions/decided-before.ts';
import type { DecideInbound } from '../../domain/stock/stock-decisions.ts';
import { loadStockRun, type StockRun } from '../../store/stock/standings.ts';
import { rowsNamed, skusOfShipment } from '../../store/stock/decided-subjects.ts';
import type { Database } from '../../store/database.ts';
import { refuseDecision } from './refuse-decision.ts';

type Asked = Pick<DecideInbound, 'shipmentId' | 'sku' | 'choice'>;

/** Where the SKU of the shipment stands by the last planning. */
export async function shipmentNow(
  tx: Database,
  connection: string,
  { shipmentId, sku }: Omit<Asked, 'choice'>,
): Promise<Carried['shipment']> {
  const run = await loadStockRun(tx, connection);
  const standing = run?.inbound.find((one) => one.shipmentId === shipmentId && one.sku === sku);
  return {
    inTransit: standing?.inTransit ?? 0,
    hasReceived: await hasReceived(tx, connection, { shipmentId, sku }, run),
  };
}

/**
 * What a decision about an inbound shipment is about is there: units in transit to give up, received ones to take in, either
 * of them to wait for. It is carried out once, so one that met nothing would say nothing about what comes later.
 * @throws ApplicationFailure `STOCK_UNKNOWN`, `STOCK_NOT_OPEN`
 */
export async function requireInbound(
  tx: Database,
  connection: string,
  { shipmentId, sku, choice }: Asked,
  now: Carried['shipment'],
): Promise<void> {
  const skus = await skusOfShipment(tx, connection, shipmentId);
  if (skus === null && !now.hasReceived)
    throw refuseDecision('STOCK_UNKNOWN', `No shipment ${shipmentId} is known, and no receipt of ${sku} names it.`);
  if (skus !== null && !skus.includes(sku) && !now.hasReceived)
    throw refuseDecision('STOCK_UNKNOWN', `${shipmentId} has no ${sku}; it has ${skus.join(', ')}.`);
  if (isInboundOpen(choice, now)) return;
  throw refuseDecision(
    'STOCK_NOT_OPEN',
    choice === 'lost' || choice === 'returned'
      ? `Nothing of ${sku} in ${shipmentId} is under way: ${choice} would move nothing.`
      : `No units of ${sku} in ${shipmentId} wait to be taken in.`,
  );
}

/** Receipts of the SKU that wait: beyond what was shipped, or of no known shipment. */
async function hasReceived(
  tx: Database,
  connection: string,
  { shipmentId, sku }: Omit<Asked, 'choice'>,
  run: StockRun | null,
): Promise<boolean> {
  const ids = (run?.waiting ?? [])
    .filter((wait) => wait.sku === sku && wait.item !== null && wait.reason !== 'transfer-order')
    .map(({ row }) => row);
  const rows = await rowsNamed(tx, connection, [...new Set(ids)]);
  return rows.some(({ eventType, reference }) => eventType === 'Receipts' && reference === shipmentId);
}
