import { heartbeat } from '@temporalio/activity';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { readMark, writeMark } from '../../store/marks.ts';
import { saveShipments } from '../../store/orders.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { askShipments, LONGEST_MS } from './ask-shipments.ts';

/** Rows appear up to 24 hours late (and are filed by shipment date), so each request reaches back over the last. */
const OVERLAP_MS = 48 * 3_600_000;

/**
 * Shipments from the fulfilled-shipments report, which alone says what left the warehouse. Idempotent: a shipment is
 * stored once. What was shipped before the cut-over is asked for when a payout settles it (take-in-earlier-shipments).
 */
export function createTakeInShipments(deps: Dependencies) {
  return async function takeInShipments(input: { connection: string }): Promise<{ seen: number }> {
    const { settings } = connectionOf(deps, input.connection);
    const now = await deps.now();
    const mark = await readMark(deps.store.db, input.connection, 'shipments');
    let start = Math.max(epochMsOf(settings.cutOver), mark === null ? 0 : epochMsOf(mark) - OVERLAP_MS);
    let seen = 0;
    while (start < epochMsOf(now)) {
      const end = Math.min(start + LONGEST_MS, epochMsOf(now));
      const ours = (await askShipments(deps, input.connection, start, end)).filter(({ shippedAt }) => shippedAt >= settings.cutOver);
      await saveShipments(deps.store.db, input.connection, ours);
      seen += ours.length;
      // After each, since Amazon makes so few that an attempt may end before the last.
      await writeMark(deps.store.db, input.connection, 'shipments', instantOf(end));
      heartbeat(seen);
      start = end;
    }
    return { seen };
  };
}
