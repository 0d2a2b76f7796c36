import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { instantOf } from '../../domain/money/instant.ts';
import { saveInbound } from '../../store/stock/inbound.ts';
import type { Connection } from '../connection.ts';
import { stockSettings, whenDue } from './stock-reading.ts';

/** Inbound shipments that changed, with their items, pool by pool. Idempotent: each is kept as it was last told. */
export function takeInInbound(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'inbound', async (from, now) => {
    const { amazon, db, name } = connection;
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
          if (await saveInbound(db, name, pool, { ...head, items }, now)) news += 1;
          rows += 1;
          heartbeat(rows);
        }
        ({ nextToken } = page);
      } while (nextToken !== null);
    }
    return { result: 'read', rows, news };
  });
}
