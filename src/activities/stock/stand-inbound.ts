import { timeZoneOf } from '../../config/time-zone.ts';
import type { InboundRef } from '../../contracts/stock/inbound.ts';
import type { InboundToldOf } from '../../contracts/stock/stock-activities.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { isOver, renderInbound } from '../../domain/stock/render-inbound.ts';
import { loadInbound } from '../../store/stock/inbound.ts';
import { loadStockRun } from '../../store/stock/standings.ts';
import type { Connection } from '../connection.ts';
import { stockSettings } from './stock-reading.ts';

/** Where a shipment stands by the last run of planning. Reads only. */
export async function standInbound(connection: Connection, { shipmentId }: InboundRef): Promise<InboundToldOf> {
  const { db, name, settings } = connection;
  const [shipments, run] = await Promise.all([loadInbound(db, name), loadStockRun(db, name)]);
  const shipment = shipments.find((one) => one.shipmentId === shipmentId);
  if (!shipment) return { sentence: `${shipmentId} is not known here any more.`, isOver: true };
  const standings = (run?.inbound ?? []).filter((one) => one.shipmentId === shipmentId);
  const toTell = { ...shipment, standings };
  const today = dayIn(await connection.now(), timeZoneOf(settings, null));
  const { inboundDays } = stockSettings(connection);
  return { sentence: `${renderInbound(toTell, { today, inboundDays })}.`, isOver: isOver(toTell) };
}
