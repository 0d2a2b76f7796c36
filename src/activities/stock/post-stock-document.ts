import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { StockPosting } from '../../contracts/stock/stock-activities.ts';
import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { kindOf } from '../../domain/documents/document-kinds.ts';
import { hasPlan } from '../../domain/documents/document-plans.ts';
import { documentIs } from '../../domain/documents/document-states.ts';
import { memoStart } from '../../domain/identifiers/external-id.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { noteDocument } from '../../store/stock/document-notes.ts';
import type { Connection } from '../connection.ts';
import { postDocument } from '../posting/post-document.ts';
import type { PostingResult } from '../posting/posting-result.ts';
import { Unmakeable, type PostingCall } from '../posting/posting-call.ts';
import { explainStopped, type StoppedPosting } from '../posting/stopped-posting.ts';
import { adjustmentCall } from './adjustment-call.ts';
import { goAhead } from './go-ahead.ts';
import { lackingLines } from './lacking-lines.ts';
import { receiptCall } from './receipt-call.ts';
import { hasRisen } from './receipt-risen.ts';
import { isOfStock, type StoredStockDocument } from './stored-stock-document.ts';
import { transferCall } from './transfer-call.ts';

/**
 * Posts one document of stock as it was planned: an adjustment, a transfer, or a receipt of what is open elsewhere. One that
 * is held is not sent. Where NetSuite lacks the units it is short, and no exception: planning says so when it lasts; lines
 * that it does not lack go ahead. A receipt is read back, since a preference of NetSuite's decides whether units rise.
 * Idempotent: by its external id; what is noted of it is noted again.
 */
export async function postStockDocument(
  connection: Connection,
  { externalId }: OfConnection & { externalId: string },
): Promise<StockPosting> {
  const document = await loadDocument(connection.db, externalId);
  if (document === null || !isOfStock(document)) throw new Error(`bug: ${externalId} is no planned document of stock`);
  if (document.plan.hold !== null) return 'planned';
  const posting = await post(connection, document);
  if (posting === 'short') return postWithoutShort(connection, externalId);
  if (posting.result === 'planned') return 'planned';
  const restocked =
    posting.result === 'posted' && hasPlan(document, 'receipt')
      ? { restocked: await hasRisen(connection, document.plan, posting.netsuiteId) }
      : {};
  await noteDocument(connection.db, connection.name, { externalId, short: false, ...restocked });
  if (posting.result === 'posted') return 'posted';
  await raiseStopped(connection, document, posting);
  return 'stopped';
}

/** What is left of it is short, and tried at each look. */
async function postWithoutShort(connection: Connection, externalId: string): Promise<StockPosting> {
  const ahead = await goAhead(connection, externalId);
  await noteDocument(connection.db, connection.name, { externalId, short: true });
  return ahead === null ? 'short' : postStockDocument(connection, { connection: connection.name, externalId: ahead });
}

/** `short`: NetSuite said so, or the place that a transfer leaves holds less (stock.md, *The rows*): below zero is no place to take from. */
async function post(connection: Connection, document: StoredStockDocument): Promise<PostingResult | 'short'> {
  const lacks = async () => hasPlan(document, 'transfer') && (await lackingLines(connection, document)).length > 0;
  const isLive = connection.settings.posting === 'live';
  try {
    if (isLive && documentIs.notInNetSuite(document) && (await lacks())) {
      // A store that was restored does not know what has left already.
      const head = await connection.netsuite.lookups.transactionByExternalId(document.externalId);
      if (head === null) return 'short';
    }
    const posting = await postDocument(connection, document, (dated) => callOf(connection, document, dated));
    if (posting.result !== 'stopped' || posting.why !== 'refused') return posting;
    return posting.class === 'stock' || (posting.class === 'other' && (await lacks())) ? 'short' : posting;
  } catch (error) {
    if (!(error instanceof Unmakeable)) throw error;
    return { result: 'stopped', externalId: document.externalId, why: 'refused', sentence: error.message };
  }
}

function callOf(connection: Connection, document: StoredStockDocument, dated: JsonObject): Promise<PostingCall> {
  if (hasPlan(document, 'adjustment')) return adjustmentCall(connection, document, dated);
  if (hasPlan(document, 'transfer')) return transferCall(connection, document, dated);
  return receiptCall(connection, document, dated);
}

/** One exception a document; it ends when the document is posted. */
async function raiseStopped(connection: Connection, { key, externalId }: StoredStockDocument, posting: StoppedPosting) {
  const { code, first, what } = explainStopped(posting, `${kindOf(key.purpose).name} ${memoStart(key)}`);
  await connection.raise({
    code,
    subject: { kind: 'document', id: externalId },
    evidence: { what, atStake: null, currency: null },
    remedy: { kind: 'look', where: `${first}; each look at the stock tries it again` },
  });
}
