import { heartbeat } from '@temporalio/activity';
import { addDays, dayIn, epochMsOf, instantOf, type Instant } from '../../domain/money/instant.ts';
import type { ReceivedBefore } from '../../domain/stock/stock-plan.ts';
import { dayIsFinal, monthsBefore } from '../../domain/stock/summary-days.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { RECEIPTS_BEFORE_MARK, saveReceiptsBefore } from '../../store/stock/receipts.ts';
import type { Connection } from '../connection.ts';
import { readReport, stockSettings } from './stock-reading.ts';
import { HISTORY_MONTHS } from './take-in-balances.ts';

const RECEIPTS = 'Receipts';
/** When Amazon first said that there are none. */
const NONE_MARK = `${RECEIPTS_BEFORE_MARK}-none`;
/** The same report asked for again within half an hour is cancelled as well (amazon.md §5.2). */
const ASKED_AGAIN_MS = 30 * 60_000;

/**
 * What Amazon received of shipments before stock began: of one that it had received in part no more than the rest was in transit
 * then (stock.md, *Opening*). Read once, of the ledger, as far back as Amazon keeps it, as soon as the last day before is
 * final; that there is nothing is believed when it is said again. Idempotent: what is read takes the place of what was.
 */
export async function takeInReceiptsBefore(connection: Connection, now: Instant): Promise<void> {
  const { db, name } = connection;
  const { from } = stockSettings(connection);
  if (!dayIsFinal(addDays(from, -1), now) || (await readMark(db, name, RECEIPTS_BEFORE_MARK)) !== null) return;
  const first = monthsBefore(dayIn(now, 'UTC'), HISTORY_MONTHS - 1);
  if (first >= from) return saveReceiptsBefore(db, name, [], now);
  const received = new Map<string, ReceivedBefore>();
  const report = await readReport(
    connection,
    {
      type: 'GET_LEDGER_DETAIL_VIEW_DATA',
      from: epochMsOf(`${first}T00:00:00Z`),
      // A day of Amazon's may end after midnight in UTC.
      to: epochMsOf(`${addDays(from, 1)}T00:00:00Z`),
      options: { eventType: RECEIPTS },
    },
    (rows) => {
      for (const { eventType, day, reference: shipmentId, sku, quantity } of rows) {
        if (eventType !== RECEIPTS || day >= from) continue;
        const key = [shipmentId, sku, day].join(' ');
        const units = (received.get(key)?.units ?? 0) + quantity;
        received.set(key, { shipmentId, sku, day, units });
      }
      heartbeat();
    },
  );
  if (report === null) {
    const none = await readMark(db, name, NONE_MARK);
    if (none === null) return writeMark(db, name, NONE_MARK, now);
    if (none > instantOf(epochMsOf(now) - ASKED_AGAIN_MS)) return;
  }
  await saveReceiptsBefore(db, name, [...received.values()], now);
}
