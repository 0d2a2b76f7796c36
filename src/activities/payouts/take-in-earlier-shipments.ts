import { heartbeat } from '@temporalio/activity';
import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { saveShipments } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { askShipments, LONGEST_MS } from '../intake/ask-shipments.ts';
import { loadPayout } from './payout-setup.ts';
import { salesContext, salesOf } from './sales-context.ts';
import type { PayoutRef } from '../../contracts/payouts/payout-activities.ts';

const DAY_MS = 24 * 3_600_000;
/** How far back the report is asked for: Amazon settles a sale within weeks of its shipment. */
const REACH_MS = 45 * DAY_MS;
/** Rows appear up to a day late: what is asked for before that is asked for again. */
const LATE_MS = 2 * DAY_MS;

/**
 * What was shipped in the 45 days before the cut-over, once a payout settles a sale whose shipment nobody has told of. Kept
 * as facts: nothing is made of them here. Idempotent: a shipment is stored once, and the mark says that they were asked for.
 */
export async function takeInEarlierShipments(connection: Connection, input: PayoutRef): Promise<{ seen: number }> {
  const { db } = connection;
  if ((await readMark(db, connection.name, 'earlier-shipments')) !== null) return { seen: 0 };
  const setup = await loadPayout(connection, input);
  const sales = await salesContext(setup);
  if ((await salesOf(setup, sales)).every(sales.isShipmentKnown)) return { seen: 0 };
  const { cutOver } = setup.connection.settings;
  const end = epochMsOf(cutOver);
  let seen = 0;
  let madeAt = cutOver;
  for (let start = end - REACH_MS; start < end; start += LONGEST_MS) {
    const asked = await askShipments(connection, start, Math.min(start + LONGEST_MS, end));
    const earlier = asked.shipments.filter(({ shippedAt }) => shippedAt < cutOver);
    madeAt = asked.madeAt;
    await saveShipments(db, connection.name, earlier, 'earlier');
    seen += earlier.length;
    heartbeat(seen);
  }
  if (epochMsOf(madeAt) >= end + LATE_MS) await writeMark(db, connection.name, 'earlier-shipments', instantOf(end));
  return { seen };
}
