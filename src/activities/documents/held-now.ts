/** Posted documents as NetSuite shows them, many in one query. */
import { comparedSums, type HeldNow, type HeldSum } from '../../domain/documents/altered-since.ts';
import { kindOf } from '../../domain/documents/document-kinds.ts';
import { parseMinor, sumMinor } from '../../domain/money/money.ts';
import type { ReadDocument } from '../../store/documents/document-reads.ts';
import { grouped } from '../../domain/stock/grouped.ts';
import { inBatches } from '../../store/in-batches.ts';
import type { Connection } from '../connection.ts';
import { marks } from '../period/ledger-query.ts';

/** By external id; what NetSuite does not hold is not among them. A fulfilment's lines of cost are NetSuite's own and move. */
export async function heldNow(
  { netsuite }: Connection,
  documents: readonly ReadDocument[],
): Promise<Map<string, HeldNow>> {
  const held = new Map<string, HeldNow>();
  for (const some of inBatches(documents)) {
    const rows = await netsuite.suiteql(
      "SELECT t.externalid AS externalid, t.type AS type, t.posting AS posting, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, t.foreigntotal AS total, tl.expenseaccount AS account, tl.item AS item, " +
        'SUM(tl.foreignamount) AS amount, SUM(tl.debitforeignamount) AS debits, SUM(tl.quantity) AS units ' +
        'FROM transaction t JOIN transactionline tl ON tl.transaction = t.id ' +
        `WHERE t.externalid IN (${marks(some)}) AND NVL(tl.iscogs, 'F') = 'F' ` +
        'GROUP BY t.externalid, t.type, t.posting, t.trandate, t.foreigntotal, tl.expenseaccount, tl.item ORDER BY t.externalid, tl.expenseaccount, tl.item',
      some.map(({ externalId }) => externalId),
    );
    const byDocument = grouped(rows, (row) => row['externalid']!);
    for (const { externalId, purpose, currency } of some) {
      const own = byDocument.get(externalId) ?? [];
      const [head] = own;
      if (head === undefined) continue;
      const minor = (text: string | undefined) => parseMinor(text ?? '0', currency) ?? 0n;
      const sums = own.map((row): HeldSum => ({
        account: row['account'] ?? null,
        item: row['item'] ?? null,
        amount: minor(row['amount']),
        units: Number(row['units'] ?? 0),
      }));
      held.set(externalId, {
        type: head['type'] ?? '',
        isPosting: head['posting'] === 'T',
        day: head['day'] ?? '',
        total: minor(head['total']),
        debits: sumMinor(own.map((row) => minor(row['debits']))),
        sums: comparedSums(kindOf(purpose), sums),
      });
    }
  }
  return held;
}
