import { epochMsOf, instantOf } from '../../domain/money/instant.ts';
import { purgeBankLines, purgeEvents, purgeGauges } from '../../store/retention/purge-events.ts';
import { purgeOrders } from '../../store/retention/purge-orders.ts';
import {
  purgeFile,
  purgeRows,
  purgeSettlements,
  type PurgedSettlements,
} from '../../store/retention/purge-settlements.ts';
import { purgeBalancesOn } from '../../store/period/balances-on.ts';
import { purgeMonths } from '../../store/period/month-orders.ts';
import { purgeTransactions } from '../../store/period/transactions.ts';
import { purgeVatReports } from '../../store/tax/vat-reports.ts';
import type { Connection } from '../connection.ts';
import { milliseconds } from '../../config/duration.ts';
import type { PurgeResult } from '../../contracts/housekeeping/housekeeping.ts';
import { clearingLeft } from '../../domain/payouts/clearing-left.ts';

/** Orders that are looked at in one transaction; settlements that are marked in one. */
const ORDERS = 200;
const SETTLEMENTS = 20;

/**
 * Deletes what the connection's retention has passed for, in small batches: events (closed exceptions, marks of reports),
 * then facts, orders before the settlements that name them. Nothing that is open is deleted, nor decisions, audit, journals
 * and movements. Idempotent: each batch is one transaction, and what an attempt leaves the next one finds.
 */
export async function purgePastRetention(connection: Connection): Promise<PurgeResult> {
  const { db } = connection;
  const { name, retention } = connection.settings;
  const now = await connection.now();
  const before = (duration: string) => instantOf(epochMsOf(now) - milliseconds(duration));
  const facts = before(retention.facts);
  const result: PurgeResult = { orders: 0, settlements: 0, files: 0, events: 0, bankLines: 0 };
  for (let after: string | null = ''; after !== null;) {
    const batch = await purgeOrders(db, name, facts, now, after, ORDERS);
    result.orders += batch.purged;
    after = batch.last;
  }
  for (let after: PurgedSettlements['last'] | 'begin' = 'begin'; after !== null;) {
    const from = after === 'begin' ? null : after;
    const batch = await purgeSettlements(
      db,
      name,
      { before: facts, now, after: from, atOnce: SETTLEMENTS },
      (sums) => clearingLeft(sums) === 0n,
    );
    result.settlements += batch.purged;
    after = batch.last;
  }
  while (await purgeRows(db, name));
  while (await purgeTransactions(db, name, facts));
  await purgeMonths(db, name, facts.slice(0, 7));
  await purgeVatReports(db, name, facts.slice(0, 7));
  // Files say of no connection whose they are: the longest retention holds for all.
  const ofAll = connection.configured.map((settings) => before(settings.retention.facts)).sort();
  while (await purgeFile(db, ofAll[0]!)) result.files += 1;
  // What is left of these is less than a batch when nothing went.
  for (let gone = 1; gone > 0;) result.bankLines += gone = await purgeBankLines(db, name, facts.slice(0, 10));
  for (let gone = 1; gone > 0;) result.events += gone = await purgeEvents(db, name, before(retention.events));
  await purgeBalancesOn(db, name, before(retention.events));
  await purgeGauges(db);
  return result;
}
