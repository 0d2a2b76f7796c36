import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { saveEventGroup } from '../../store/payouts.ts';
import { listSettlements } from '../../store/settlements.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';

const MARGIN_MS = 24 * 3_600_000;

/** Transfer status and trace ids of the payouts that are not tied yet. Idempotent: groups are upserted. */
export function createTakeInEventGroups(deps: Dependencies) {
  return async function takeInEventGroups(input: { connection: string }): Promise<{ groups: number }> {
    const { amazon } = connectionOf(deps, input.connection);
    const open = (await listSettlements(deps.store.db, input.connection)).filter((settlement) => settlement.state !== 'tied');
    if (open.length === 0) return { groups: 0 };
    const earliest = Math.min(...open.map((settlement) => epochMsOf(settlement.start)));
    const groups = await amazon.listEventGroups({ startedAfter: instantOf(earliest - MARGIN_MS) });
    for (const group of groups) {
      await saveEventGroup(deps.store.db, input.connection, {
        groupId: group.id, currency: group.currency, total: group.total, startedAt: group.start, endedAt: group.end, status: group.transferStatus, traceId: group.traceId, accountTail: group.accountTail,
      });
    }
    return { groups: groups.length };
  };
}
