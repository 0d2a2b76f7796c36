import { heartbeat } from '@temporalio/activity';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { moveMark } from '../../store/intake/marks.ts';
import { saveShipments } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { askShipments, LONGEST_MS, REPORT_TYPE, type AskedShipments } from './ask-shipments.ts';
import { REPORT_NAMES } from '../../clients/amazon/report-names.ts';
import { beginReading } from './begin-reading.ts';
import { raiseShipmentRows } from './raise-shipment-rows.ts';
import { unlessFailing } from './report-patience.ts';

const REPORT = { key: REPORT_TYPE, name: REPORT_NAMES[REPORT_TYPE] };
/** Rows appear up to 24 hours late (and are filed by shipment date), so each request reaches back over the last. */
export const OVERLAP_MS = 48 * 3_600_000;

/**
 * Shipments from the fulfilled-shipments report, which alone says what left the warehouse. Idempotent: a shipment is
 * stored once, and as a whole: of one with a row that cannot be read nothing is. What was shipped before the cut-over is asked for when a payout settles it (take-in-earlier-shipments).
 */
export async function takeInShipments(connection: Connection): Promise<{ seen: number }> {
  const { settings, amazon } = connection;
  const begin = await beginReading(connection, 'shipments', OVERLAP_MS);
  if (begin === null) return { seen: 0 };
  let { mark } = begin;
  let seen = 0;
  for (let start: number | null = epochMsOf(begin.since); start !== null;) {
    const end: number = start + LONGEST_MS;
    // The last one has no end: Amazon's own now is the latest that can be asked for, and the report names it.
    const isLast: boolean = end >= epochMsOf(await amazon.time());
    const from: number = start;
    const asked: AskedShipments | null = await unlessFailing(connection, REPORT, () =>
      askShipments(connection, from, isLast ? null : end),
    );
    // What it would have told is asked for again: the mark stays.
    if (asked === null) break;
    const { shipments, refused, upTo } = asked;
    const ours = shipments.filter(({ shippedAt }) => shippedAt >= settings.cutOver);
    await saveShipments(connection.db, connection.name, ours);
    await raiseShipmentRows(connection, refused, { from: instantOf(from), upTo });
    seen += ours.length;
    // After each, since Amazon makes so few that an attempt may end before the last.
    await moveMark(connection.db, connection.name, 'shipments', mark, upTo);
    mark = upTo;
    heartbeat(seen);
    start = isLast ? null : end;
  }
  return { seen };
}
