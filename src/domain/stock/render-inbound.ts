/** Where an inbound shipment stands, in a sentence; and whether anything can still come of it. */
import type { Day } from '../money/instant.ts';
import { hasPassed } from './day-complete.ts';
import { isEnded } from './inbound-statuses.ts';
import type { InboundStanding } from './stock-plan.ts';

export interface InboundToTell {
  shipmentId: string;
  status: string;
  /** Day on which it was first seen as sent; null before. */
  sent: Day | null;
  standings: readonly InboundStanding[];
}

/** Received is what was shipped, of every SKU, or a person has decided on the rest (stock.md, *Inbound*). */
export function isSquared({ standings }: Pick<InboundToTell, 'standings'>): boolean {
  return standings.every(isSquaredSku);
}

export function isSquaredSku({ inTransit, over, beyond = [] }: InboundStanding): boolean {
  return inTransit === 0 && over === 0 && beyond.length === 0;
}

/** Nothing is open: it is told again if a late find comes. */
export function isOver(shipment: InboundToTell): boolean {
  return isEnded(shipment.status) && isSquared(shipment);
}

/** @param inboundDays after which one that is not closed is shown as such (`stock.inboundDays`) */
export function renderInbound(
  shipment: InboundToTell,
  { today, inboundDays }: { today: Day; inboundDays: number },
): string {
  const { shipmentId, status, sent, standings } = shipment;
  const total = (of: 'shipped' | 'received' | 'inTransit' | 'over') =>
    standings.reduce((sum, standing) => sum + standing[of], 0);
  const open = standings
    .filter((standing) => !isSquaredSku(standing))
    .flatMap(({ sku, inTransit, over, beyond = [] }) => [
      ...(over > 0 ? [`${sku} ${over} over`] : []),
      ...(inTransit > 0 && over === 0 ? [`${sku} ${inTransit} to come`] : []),
      ...beyond.map(({ item, units }) => `${item} ${units} more in its transfer orders`),
    ]);
  const isLate = sent !== null && !isEnded(status) && hasPassed(sent, inboundDays, today);
  return [
    `${shipmentId} is ${status}: ${total('received')} of ${total('shipped')} units received`,
    ...(open.length === 0 ? [] : [open.join(', ')]),
    ...(isLate ? [`not closed for more than ${inboundDays} days`] : []),
    ...(open.length > 0 && isEnded(status)
      ? [`tieout decide-inbound ${shipmentId} SKU lost|returned|found|take-from-source ends it`]
      : []),
  ].join('; ');
}
