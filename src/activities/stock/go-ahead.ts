import { documentIs } from '../../domain/documents/document-states.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import type { StockDocument } from '../../domain/stock/kept-stock.ts';
import { splitDocument } from '../../domain/stock/short-lines.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { lastPart, saveSplit } from '../../store/stock/split-documents.ts';
import { aloneOnStock } from '../../store/stock/stock-lock.ts';
import type { Connection } from '../connection.ts';
import { lackingLines } from './lacking-lines.ts';
import { isOfStock } from './stored-stock-document.ts';

/**
 * Lines whose units NetSuite has do not wait for those of the same document that it lacks: they become the next part, which
 * nobody has sent yet, and the others stay. NetSuite holds nothing under the key of the document, and no attempt that read
 * it before can send it any more. Returns the external id of the part; null where no line can go, or none lacks its units.
 * Idempotent: what went ahead is no longer there to go.
 */
export async function goAhead(connection: Connection, externalId: string): Promise<string | null> {
  const { db, name } = connection;
  const document = await loadDocument(db, externalId);
  if (document === null || !isOfStock(document) || !documentIs.notInNetSuite(document)) return null;
  const lacking = await lackingLines(connection, document);
  if (lacking.length === 0 || lacking.length === document.plan.lines.length) return null;
  return aloneOnStock(db, name, async (tx) => {
    const { key, plan, date, trueDay } = document;
    const part = (await lastPart(tx, key)) + 1;
    const split = splitDocument({ ...plan, key, day: trueDay ?? date } as StockDocument, lacking, part);
    const refused = `NetSuite lacks the units of these lines; the others went ahead as part ${part}`;
    return (await saveSplit(tx, document, split, refused)) ? externalIdOf(split.ahead.key) : null;
  });
}
