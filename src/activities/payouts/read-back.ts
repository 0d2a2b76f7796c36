/** What NetSuite holds under our keys, asked from its own ledger. */
import type { Day } from '../../domain/money/instant.ts';
import { parseMinor } from '../../domain/money/money.ts';
import type { Connection } from '../connection.ts';

const BATCH = 500;

export interface ReadBack {
  /** `{externalId} {accountId}` → signed minor units, debit positive. */
  lines: Map<string, bigint>;
  /** External ids that NetSuite knows, and those of them that it posts. */
  found: Set<string>;
  posting: Set<string>;
  /** Amount left of invoices and credit memos. */
  open: Map<string, bigint>;
  tranIds: Map<string, string>;
  /** Days of the documents, by external id. */
  days: Map<string, Day>;
}

/** `currency` is that of the applied documents; a deposit of a converted payout has another. */
export async function readBack(
  connection: Connection,
  currency: string,
  documents: readonly { externalId: string; currency: string }[],
  applied: readonly string[],
): Promise<ReadBack> {
  const result: ReadBack = {
    lines: new Map(),
    found: new Set(),
    posting: new Set(),
    open: new Map(),
    tranIds: new Map(),
    days: new Map(),
  };
  const currencies = new Map(documents.map((document) => [document.externalId, document.currency]));
  for (const ids of batches([...currencies.keys()])) {
    const rows = await connection.netsuite.suiteql(
      `SELECT t.externalid externalid, t.tranid tranid, t.posting posting, TO_CHAR(t.trandate, 'YYYY-MM-DD') day, tl.expenseaccount account, SUM(tl.foreignamount) amount FROM transaction t JOIN transactionline tl ON tl.transaction = t.id
       WHERE t.externalid IN (${ids.map(() => '?').join(', ')}) GROUP BY t.externalid, t.tranid, t.posting, t.trandate, tl.expenseaccount ORDER BY t.externalid, tl.expenseaccount`,
      ids,
    );
    for (const row of rows) {
      result.found.add(row['externalid']!);
      if (row['posting'] === 'T') result.posting.add(row['externalid']!);
      if (row['tranid']) result.tranIds.set(row['externalid']!, row['tranid']);
      if (row['day']) result.days.set(row['externalid']!, row['day']);
      const amount = parseMinor(row['amount'] ?? '0', currencies.get(row['externalid']!) ?? currency) ?? 0n;
      if (row['account'] !== undefined && amount !== 0n)
        result.lines.set(`${row['externalid']} ${row['account']}`, amount);
    }
  }
  for (const ids of batches(applied)) {
    const rows = await connection.netsuite.suiteql(
      `SELECT externalid, tranid, posting, foreignamountunpaid FROM transaction WHERE externalid IN (${ids.map(() => '?').join(', ')}) ORDER BY externalid`,
      ids,
    );
    for (const row of rows) {
      result.found.add(row['externalid']!);
      if (row['posting'] === 'T') result.posting.add(row['externalid']!);
      result.open.set(row['externalid']!, parseMinor(row['foreignamountunpaid'] ?? '0', currency) ?? 0n);
      if (row['tranid']) result.tranIds.set(row['externalid']!, row['tranid']);
    }
  }
  return result;
}

function* batches(ids: readonly string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += BATCH) yield ids.slice(start, start + BATCH);
}
