import { WATCHED_DAYS } from '../../domain/matching/movement-standing.ts';
import { addDays, epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { depositedSince } from '../../store/payouts/movements.ts';
import { saveEventGroup } from '../../store/payouts/event-groups.ts';
import { listSettlements } from '../../store/payouts/settlements.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';

const DAY_MS = 24 * 3_600_000;

/** Transfers of the payouts that are not tied yet, or were deposited within the last 60 days: a bank may give one back. Idempotent: groups are upserted. */
export function createTakeInEventGroups(deps: Dependencies) {
  return async function takeInEventGroups(input: OfConnection): Promise<{ groups: number }> {
    const { amazon } = connectionOf(deps, input.connection);
    const { db } = deps.store;
    const settlements = await listSettlements(db, input.connection);
    const untied = settlements.filter((settlement) => settlement.state !== 'tied');
    const last = await readMark(db, input.connection, 'watched-transfers');
    const now = await amazon.time();
    // Amazon gives this call one every two seconds: while nothing waits for its answer, once a day is often enough.
    if (untied.length === 0 && last !== null && last <= now && epochMsOf(now) - epochMsOf(last) < DAY_MS)
      return { groups: 0 };
    const watched = await depositedSince(db, input.connection, addDays(now.slice(0, 10), -WATCHED_DAYS));
    const open = [
      ...untied,
      ...settlements.filter((settlement) => settlement.state === 'tied' && watched.has(settlement.settlementId)),
    ];
    if (open.length === 0) return { groups: 0 };
    const earliest = Math.min(...open.map((settlement) => epochMsOf(settlement.start)));
    const groups = await amazon.listEventGroups({ startedAfter: instantOf(earliest - DAY_MS) });
    for (const group of groups) {
      await saveEventGroup(db, input.connection, {
        groupId: group.id,
        currency: group.currency,
        total: group.total,
        startedAt: group.start,
        endedAt: group.end,
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
    await writeMark(db, input.connection, 'watched-transfers', now);
    return { groups: groups.length };
  };
}
