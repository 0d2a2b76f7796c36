import type { DecideInbound } from '../../domain/stock/stock-decisions.ts';
import { loadStockRun, type StockRun } from '../../store/stock/standings.ts';
import { rowsNamed, skusOfShipment } from '../../store/stock/decided-subjects.ts';
import type { Database } from '../../store/database.ts';
import { refuseDecision } from './refuse-decision.ts';

type Asked = Pick<DecideInbound, 'shipmentId' | 'sku' | 'choice'>;

/**
 * What a decision about an inbound shipment is about is there: units in transit to give up, received ones to take in, either
 * of them to wait for. It is carried out once, so one that met nothing would say nothing about what comes later.
 * @throws ApplicationFailure `STOCK_UNKNOWN`, `STOCK_NOT_OPEN`
 */
export async function requireInbound(tx: Database, connection: string, asked: Asked): Promise<void> {
  const { shipmentId, sku, choice } = asked;
  const run = await loadStockRun(tx, connection);
  const received = await hasReceived(tx, connection, asked, run);
  const skus = await skusOfShipment(tx, connection, shipmentId);
  if (skus === null && !received)
    throw refuseDecision('STOCK_UNKNOWN', `No shipment ${shipmentId} is known, and no receipt of ${sku} names it.`);
  if (skus !== null && !skus.includes(sku) && !received)
    throw refuseDecision('STOCK_UNKNOWN', `${shipmentId} has no ${sku}; it has ${skus.join(', ')}.`);
  const standing = run?.inbound.find((one) => one.shipmentId === shipmentId && one.sku === sku);
  const isUnderWay = (standing?.inTransit ?? 0) > 0;
  if (choice === 'take-from-source' || choice === 'found' ? received : isUnderWay || (choice === 'wait' && received))
    return;
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
  { shipmentId, sku }: Asked,
  run: StockRun | null,
): Promise<boolean> {
  const ids = (run?.waiting ?? [])
    .filter((wait) => wait.sku === sku && wait.item !== null && wait.reason !== 'transfer-order')
    .map(({ row }) => row);
  const rows = await rowsNamed(tx, connection, [...new Set(ids)]);
  return rows.some(({ eventType, reference }) => eventType === 'Receipts' && reference === shipmentId);
}
