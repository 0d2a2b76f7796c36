import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, dayIn, instantOf, type Day, type Instant } from '../../domain/money/instant.ts';
import { UNDER_WAY } from '../../domain/stock/inbound-statuses.ts';
import type { InboundHead, InboundWish } from '../../clients/amazon/amazon-stock.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import type { UnreadRecord } from '../../clients/amazon/unread-record.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { loadInbound, saveInbound } from '../../store/stock/inbound.ts';
import type { Connection } from '../connection.ts';
import { raiseUnread, resolveRead } from '../intake/raise-unread.ts';
import { stockSettings, whenDue } from './stock-reading.ts';

/** Once in the life of a connection those are read that were under way, however long ago Amazon changed them last. */
const OPEN_MARK = 'stock-inbound-open';

/** Inbound shipments that changed, with their items, pool by pool. Idempotent: each is kept as it was last told. */
export function takeInInbound(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'inbound', async (from, now, mark) => {
    const { amazon, db, name } = connection;
    const isOpenRead = (await readMark(db, name, OPEN_MARK)) !== null;
    const aside: UnreadRecord[] = [];
    const open = isOpenRead ? [] : await openShipments(connection, aside);
    // Whatever changes before that was told is in the window, so that what is in it alone is old.
    const updatedBefore = isOpenRead ? now : await amazon.time(now);
    const seen = new Set((await loadInbound(db, name)).map(({ shipmentId }) => shipmentId));
    const days = daysOf(connection, now, mark === null);
    let [rows, news] = [0, 0];
    const read: string[] = [];
    const take = async ({ pool, head }: Told, counts: typeof days) => {
      const { items, unread } = await amazon.inboundItemsOf(head.shipmentId);
      seen.add(head.shipmentId);
      if (unread.length > 0) return aside.push(...unread);
      read.push(head.shipmentId);
      if (await saveInbound(db, name, pool, { ...head, items }, now, counts)) news += 1;
      return heartbeat((rows += 1));
    };
    for await (const told of shipmentsOf(connection, { updatedAfter: instantOf(from), updatedBefore }, aside))
      await take(told, days);
    const before = addDays(stockSettings(connection).from, -1);
    for (const told of open) if (!seen.has(told.head.shipmentId)) await take(told, { ...days, sent: before });
    await raiseUnread(connection, aside, { listing: 'the inbound shipments' });
    await endInbound(connection, read, aside);
    // What stands aside is asked for again from where this reading began.
    if (aside.length > 0) return { result: 'truncated' };
    if (!isOpenRead) await writeMark(db, name, OPEN_MARK, now);
    return { result: 'read', rows, news };
  });
}

interface Told {
  pool: string;
  head: InboundHead;
}

/** @param aside hears of those that cannot be read */
async function* shipmentsOf(connection: Connection, wish: InboundWish, aside: UnreadRecord[]): AsyncGenerator<Told> {
  for (const { name: pool, marketplace: marketplaceId } of stockSettings(connection).pools) {
    let nextToken: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof connection.amazon.listInbound>> = await connection.amazon.listInbound(
        nextToken === null ? { marketplaceId, ...wish } : { marketplaceId, nextToken },
      );
      aside.push(...page.unread);
      for (const head of page.shipments) yield { pool, head };
      ({ nextToken } = page);
    } while (nextToken !== null);
  }
}

/**
 * Those that are on their way now. One that is in no window of what changed, from the days before `stock.from` on, left before
 * it: Amazon may have said nothing of it since, and received nothing.
 */
async function openShipments(connection: Connection, aside: UnreadRecord[]): Promise<Told[]> {
  const open: Told[] = [];
  for await (const told of shipmentsOf(connection, { statuses: UNDER_WAY }, aside)) open.push(told);
  return open;
}

/** Ends what was raised of shipments and items that came so that they can be read. */
async function endInbound(
  connection: Connection,
  read: readonly string[],
  aside: readonly UnreadRecord[],
): Promise<void> {
  await resolveRead(connection, 'inbound shipment', read);
  const left = new Set(aside.map(({ id }) => id));
  const items = await openKeys(connection.db, connection.name, 'input-unreadable', 'inbound item ');
  const ids = items.map((key) => key.slice('inbound item '.length));
  await resolveRead(
    connection,
    'inbound item',
    ids.filter((id) => !left.has(id) && read.includes(id.split(' ')[0]!)),
  );
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
