import { WATCHED_DAYS } from '../../domain/matching/movement-states.ts';
import { addDays, epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { depositedSince } from '../../store/payouts/movements.ts';
import { saveEventGroup } from '../../store/payouts/event-groups.ts';
import { listSettlements } from '../../store/payouts/settlements.ts';
import type { Connection } from '../connection.ts';

const DAY_MS = 24 * 3_600_000;

/** Transfers of the payouts that are not tied yet, or were deposited within the last 60 days: a bank may give one back. Idempotent: groups are upserted. */
export async function takeInEventGroups(connection: Connection): Promise<{ groups: number }> {
  const { amazon } = connection;
  const { db } = connection;
  const settlements = await listSettlements(db, connection.name);
  const untied = settlements.filter((settlement) => settlement.state !== 'tied');
  const last = await readMark(db, connection.name, 'watched-transfers');
  const now = await amazon.time();
  // Amazon gives this call one every two seconds: while nothing waits for its answer, once a day is often enough.
  if (untied.length === 0 && last !== null && last <= now && epochMsOf(now) - epochMsOf(last) < DAY_MS)
    return { groups: 0 };
  const watched = await depositedSince(db, connection.name, addDays(now.slice(0, 10), -WATCHED_DAYS));
  const open = [
    ...untied,
    ...settlements.filter((settlement) => settlement.state === 'tied' && watched.has(settlement.settlementId)),
  ];
  if (open.length === 0) return { groups: 0 };
  const earliest = Math.min(...open.map((settlement) => epochMsOf(settlement.start)));
  const groups = await amazon.listEventGroups({ startedAfter: instantOf(earliest - DAY_MS) });
  for (const group of groups) {
    await saveEventGroup(db, connection.name, {
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
  await writeMark(db, connection.name, 'watched-transfers', now);
  return { groups: groups.length };
}
