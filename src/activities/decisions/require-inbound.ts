import { isInboundOpen, type Carried } from '../../domain/decisions/decided-before.ts';
import { unitsUnderWay } from '../../domain/stock/beyond-shipped.ts';
import type { DecideInbound } from '../../domain/stock/stock-decisions.ts';
import { loadInboundDecided } from '../../store/stock/kept-stock.ts';
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
    inTransit: standing === undefined ? 0 : unitsUnderWay(standing),
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
  if (skus !== null && !skus.includes(sku) && !now.hasReceived && now.inTransit === 0)
    throw refuseDecision('STOCK_UNKNOWN', `${shipmentId} has no ${sku}; it has ${skus.join(', ')}.`);
  if (choice === 'take-from-source') await requireSource(tx, connection, { shipmentId, sku });
  if (isInboundOpen(choice, now)) return;
  throw refuseDecision(
    'STOCK_NOT_OPEN',
    choice === 'lost' || choice === 'returned'
      ? `Nothing of ${sku} in ${shipmentId} is under way: ${choice} would move nothing.`
      : `No units of ${sku} in ${shipmentId} wait to be taken in.`,
  );
}

/**
 * Units that were lost by the books left the warehouse when they were sent: what comes of them late is found, and cannot leave it
 * once more. @throws ApplicationFailure `STOCK_NOT_OPEN`
 */
async function requireSource(
  tx: Database,
  connection: string,
  { shipmentId, sku }: Omit<Asked, 'choice'>,
): Promise<void> {
  const standing = (await loadStockRun(tx, connection))?.inbound.find(
    (one) => one.shipmentId === shipmentId && one.sku === sku,
  );
  if (standing === undefined) return;
  const decided = (await loadInboundDecided(tx, connection)).filter(
    (one) => one.shipmentId === shipmentId && one.sku === sku,
  );
  const isLost =
    decided.some(({ choice }) => choice === 'lost') && decided.every(({ choice }) => choice !== 'returned');
  // With what waits.
  const came = standing.received + standing.over;
  const sent = Math.max(standing.shipped, standing.left ?? 0);
  if (!isLost || came > sent) return;
  throw refuseDecision(
    'STOCK_NOT_OPEN',
    `Amazon received ${came} of the ${sent} of ${sku} that were sent in ${shipmentId}: what comes late of those that were given up as lost is found; nothing more left the warehouse.`,
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
