import type { EventGroup } from '../../clients/amazon/amazon-client.ts';
import { WATCHED_DAYS } from '../../domain/matching/movement-states.ts';
import { addDays, epochMsOf, instantOf, type Instant } from '../../domain/money/instant.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { depositedSince } from '../../store/payouts/movements.ts';
import { saveEventGroup } from '../../store/payouts/event-groups.ts';
import { listSettlements } from '../../store/payouts/settlements.ts';
import type { UnreadRecord } from '../../clients/amazon/unread-record.ts';
import { noteUnread, unreadInputs } from '../../store/intake/unread-inputs.ts';
import type { Connection } from '../connection.ts';
import { raiseUnread } from './raise-unread.ts';
import { endUnread } from './report-patience.ts';

const DAY_MS = 24 * 3_600_000;
/** A group lasts a fortnight, a first one up to two months: one that is open at the cut-over began by then. */
const LONGEST_GROUP_MS = 60 * DAY_MS;
/** What a whole look reads again at most: of a group that ended longer ago nothing changes any more. */
const CHANGING_MS = 150 * DAY_MS;

/**
 * Event groups: once a day all since the cut-over, open ones too; in between, while a payout is not tied, those of the payouts
 * that are not, or were deposited within the last 60 days: a bank may give one back. Idempotent: groups are upserted.
 */
export async function takeInEventGroups(connection: Connection): Promise<{ groups: number }> {
  const { amazon, db, name, settings } = connection;
  const now = await amazon.time();
  const settlements = await listSettlements(db, name);
  const untied = settlements.filter((settlement) => settlement.state !== 'tied');
  const last = await readMark(db, name, 'event-groups');
  const isWhole = last === null || last > now || epochMsOf(now) - epochMsOf(last) >= DAY_MS;
  // Amazon gives this call one every two seconds: while nothing waits for its answer, once a day is often enough.
  if (!isWhole && untied.length === 0) return { groups: 0 };
  const startedAfter = isWhole ? wholeSince(settings.cutOver, last, now) : await watchedSince(connection, now);
  const { groups: told, unread } = await amazon.listEventGroups({ startedAfter });
  await keepUnread(connection, unread, told);
  const groups = told.filter(({ end }) => end === null || end > settings.cutOver);
  for (const group of groups) await keepGroup(connection, group);
  if (isWhole) await writeMark(db, name, 'event-groups', now);
  await writeMark(db, name, 'watched-transfers', now);
  return { groups: groups.length };
}

/** A group that cannot be read still says that there was a settlement, and no chain begins after it as if there was none. */
async function keepUnread(
  connection: Connection,
  unread: readonly UnreadRecord[],
  read: readonly EventGroup[],
): Promise<void> {
  const { db, name } = connection;
  const keyOf = (id: string) => `event group ${id}`;
  for (const { id, span } of unread)
    await noteUnread(db, name, { key: keyOf(id), tries: 1, againAt: null, documentId: null, span: span ?? null });
  await raiseUnread(connection, unread, { listing: 'the event groups, once a day' });
  const known = new Set((await unreadInputs(db, name, 'event group ')).map(({ key }) => key));
  for (const { id } of read) if (known.has(keyOf(id))) await endUnread(connection, keyOf(id));
}

/** At first from before the cut-over; later what may still change, and never less than what a missed look left out. */
function wholeSince(cutOver: Instant, last: Instant | null, now: Instant): Instant {
  const first = epochMsOf(cutOver) - LONGEST_GROUP_MS;
  if (last === null || last > now) return instantOf(first);
  return instantOf(Math.max(first, epochMsOf(last) - CHANGING_MS));
}

/** A day before the first of the settlements that are not tied, or were deposited of late. */
async function watchedSince({ db, name }: Connection, now: Instant): Promise<Instant> {
  const watched = await depositedSince(db, name, addDays(now.slice(0, 10), -WATCHED_DAYS));
  const starts = (await listSettlements(db, name))
    .filter(({ state, settlementId }) => state !== 'tied' || watched.has(settlementId))
    .map(({ start }) => epochMsOf(start));
  return instantOf(Math.min(...starts) - DAY_MS);
}

function keepGroup({ db, name }: Connection, group: EventGroup): Promise<void> {
  return saveEventGroup(db, name, {
    groupId: group.id,
    currency: group.currency,
    total: group.total,
    startedAt: group.start,
    endedAt: group.end,
    processing: group.processing,
    beginningBalance: group.beginningBalance,
    status: group.transferStatus,
    transferAt: group.transferDate,
    converted: group.convertedTotal && {
      amount: group.convertedTotal.minor,
      currency: group.convertedTotal.currency,
    },
    traceId: group.traceId,
    accountTail: group.accountTail,
  });
}
