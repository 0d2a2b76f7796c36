import { documentIs } from '../../domain/documents/document-states.ts';
import { unapprovedLines } from '../../domain/stock/opening.ts';
import { splitDocument } from '../../domain/stock/short-lines.ts';
import type { StockDecision } from '../../domain/stock/stock-decisions.ts';
import type { StockDocument } from '../../domain/stock/kept-stock.ts';
import type { Database } from '../../store/database.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { lastPart, saveSplit } from '../../store/stock/split-documents.ts';
import type { KeptDocument } from '../../store/stock/stock-documents.ts';

/**
 * Documents without what waits for an approval: an opening that was planned while nothing was posted is approved by item, and
 * what is approved of it goes ahead as its next part. The rest stays, under a key that nobody sends.
 */
export async function withoutUnapproved(
  tx: Database,
  documents: readonly KeptDocument[],
  decisions: readonly StockDecision[],
): Promise<StockDocument[]> {
  const approved: StockDocument[] = [];
  for (const { document, externalId } of documents) {
    const waiting = unapprovedLines(document, decisions);
    if (waiting.length === 0) approved.push(document);
    if (waiting.length === 0 || waiting.length === document.lines.length) continue;
    const stored = await loadDocument(tx, externalId);
    if (stored === null || !documentIs.notInNetSuite(stored)) continue;
    const split = splitDocument(document, waiting, (await lastPart(tx, document.key)) + 1);
    if (await saveSplit(tx, stored, split, null)) approved.push(split.ahead);
  }
  return approved;
}
