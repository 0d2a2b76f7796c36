import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, dayIn, instantOf, type Day, type Instant } from '../../domain/money/instant.ts';
import { UNDER_WAY } from '../../domain/stock/inbound-statuses.ts';
import type { InboundHead, InboundWish } from '../../clients/amazon/amazon-stock.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { loadInbound, saveInbound } from '../../store/stock/inbound.ts';
import type { Connection } from '../connection.ts';
import { stockSettings, whenDue } from './stock-reading.ts';

/** Once in the life of a connection those are read that were under way, however long ago Amazon changed them last. */
const OPEN_MARK = 'stock-inbound-open';

/** Inbound shipments that changed, with their items, pool by pool. Idempotent: each is kept as it was last told. */
export function takeInInbound(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'inbound', async (from, now, mark) => {
    const { amazon, db, name } = connection;
    const isOpenRead = (await readMark(db, name, OPEN_MARK)) !== null;
    const open = isOpenRead ? [] : await openShipments(connection);
    // Whatever changes before that was told is in the window, so that what is in it alone is old.
    const updatedBefore = isOpenRead ? now : await amazon.time(now);
    const seen = new Set((await loadInbound(db, name)).map(({ shipmentId }) => shipmentId));
    const days = daysOf(connection, now, mark === null);
    let [rows, news] = [0, 0];
    const take = async ({ pool, head }: Told, counts: typeof days) => {
      const items = await amazon.inboundItemsOf(head.shipmentId);
      if (await saveInbound(db, name, pool, { ...head, items }, now, counts)) news += 1;
      seen.add(head.shipmentId);
      heartbeat((rows += 1));
    };
    for await (const told of shipmentsOf(connection, { updatedAfter: instantOf(from), updatedBefore }))
      await take(told, days);
    const before = addDays(stockSettings(connection).from, -1);
    for (const told of open) if (!seen.has(told.head.shipmentId)) await take(told, { ...days, sent: before });
    if (!isOpenRead) await writeMark(db, name, OPEN_MARK, now);
    return { result: 'read', rows, news };
  });
}

interface Told {
  pool: string;
  head: InboundHead;
}

async function* shipmentsOf(connection: Connection, wish: InboundWish): AsyncGenerator<Told> {
  for (const { name: pool, marketplace: marketplaceId } of stockSettings(connection).pools) {
    let nextToken: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof connection.amazon.listInbound>> = await connection.amazon.listInbound(
        nextToken === null ? { marketplaceId, ...wish } : { marketplaceId, nextToken },
      );
      for (const head of page.shipments) yield { pool, head };
      ({ nextToken } = page);
    } while (nextToken !== null);
  }
}

/**
 * Those that are on their way now. One that is in no window of what changed, from the days before `stock.from` on, left before
 * it: Amazon may have said nothing of it since, and received nothing.
 */
async function openShipments(connection: Connection): Promise<Told[]> {
  const open: Told[] = [];
  for await (const told of shipmentsOf(connection, { statuses: UNDER_WAY })) open.push(told);
  return open;
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
