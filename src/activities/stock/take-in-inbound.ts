import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, dayIn, instantOf, type Day, type Instant } from '../../domain/money/instant.ts';
import { saveInbound } from '../../store/stock/inbound.ts';
import type { Connection } from '../connection.ts';
import { stockSettings, whenDue } from './stock-reading.ts';

/** Inbound shipments that changed, with their items, pool by pool. Idempotent: each is kept as it was last told. */
export function takeInInbound(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'inbound', async (from, now, mark) => {
    const { amazon, db, name } = connection;
    const days = daysOf(connection, now, mark === null);
    let rows = 0;
    let news = 0;
    for (const { name: pool, marketplace } of stockSettings(connection).pools) {
      let nextToken: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof amazon.listInbound>> = await amazon.listInbound(
          nextToken === null
            ? { marketplaceId: marketplace, updatedAfter: instantOf(from), updatedBefore: now }
            : { marketplaceId: marketplace, nextToken },
        );
        for (const head of page.shipments) {
          const items = await amazon.inboundItemsOf(head.shipmentId);
          if (await saveInbound(db, name, pool, { ...head, items }, now, days)) news += 1;
          rows += 1;
          heartbeat(rows);
        }
        ({ nextToken } = page);
      } while (nextToken !== null);
    }
    return { result: 'read', rows, news };
  });
}

/**
 * The day that a shipment counts as sent on where it is seen so for the first time; v0 tells none. What the first reading
 * finds sent, as the flow begins, was under way before it and is in the opening.
 */
function daysOf(connection: Connection, now: Instant, isFirst: boolean): { sent: Day; closed: Day } {
  const today = dayIn(now, timeZoneOf(connection.settings, null));
  const { from } = stockSettings(connection);
  return { sent: isFirst && today <= addDays(from, 1) ? addDays(from, -1) : today, closed: today };
}
