/** What the documents of an order say of the tax of its items: those of its sales, and those of its refunds. */
import { isSalesPurpose } from '../../domain/documents/document-kinds.ts';
import { isKind, refundPlanOf } from '../../domain/documents/document-plans.ts';
import { sumMinor } from '../../domain/money/money.ts';
import { itemOfTag, type OrderLine } from '../../domain/orders/sales-order.ts';
import type { CollectorFound } from '../../domain/tax/collector-differs.ts';
import type { ItemTax } from '../../domain/tax/tax-policy.ts';
import type { Database } from '../../store/database.ts';
import { documentsOfOrder, type StoredDocument } from '../../store/documents/documents.ts';
import type { SalesDocument } from '../../store/documents/sales-documents.ts';

/** What the documents of the order's sales say of the tax of its items, corrections first: theirs is the last word. */
export function taxesBilled(documents: readonly StoredDocument[]): ItemTax[] {
  const ofSales = documents.filter((document) => !isOfRefund(document, documents));
  const isCorrection = ({ plan }: StoredDocument) => 'corrects' in plan;
  return taxesIn([...ofSales.filter(isCorrection), ...ofSales.filter((document) => !isCorrection(document))]);
}

/** Lines of the invoices of the order's shipments, by the key of the shipment. */
export function linesBilled(documents: readonly StoredDocument[]): Map<string, readonly OrderLine[]> {
  const invoices = documents.filter((document) => isKind(document, 'INV'));
  return new Map(
    invoices.flatMap(({ key, plan }) =>
      'corrects' in plan || 'returnAuthorisation' in plan ? [] : [[key.businessKey, plan.lines] as const],
    ),
  );
}

/** What the memos of the order's refunds say of it, with their corrections; a return has the plan of its memo. */
export function taxesGivenBack(documents: readonly StoredDocument[]): ItemTax[] {
  return taxesIn(
    documents.filter((document) => isSalesPurpose(document.key.purpose) && isOfRefund(document, documents)),
  );
}

const itemsOfLines = ({ plan }: StoredDocument): string[] =>
  'lines' in plan ? plan.lines.flatMap((line) => ('tag' in line ? itemOfTag(line.tag) : [])) : [];

const taxesIn = (documents: readonly StoredDocument[]): ItemTax[] =>
  documents.flatMap(({ plan }) => ('taxes' in plan ? (plan.taxes ?? []) : []));

/** A refund's, or the correction of one. */
function isOfRefund(document: StoredDocument, documents: readonly StoredDocument[]): boolean {
  const { plan } = document;
  if (!('corrects' in plan)) return refundPlanOf(document) !== null;
  const corrected = documents.find(({ externalId }) => externalId === plan.corrects);
  return corrected !== undefined && refundPlanOf(corrected) !== null;
}

/**
 * Whether the tax of a document can be owed as its rows say. A credit memo of a refund gives back no more of the seller's than the
 * documents of its items' sale carry, less what was given back before; none where they say nothing of tax. An invoice is taken
 * off no more than refunds have left of it. Of a sale that is not in these books nobody knows.
 */
export async function isCorrectable(
  db: Database,
  connection: string,
  { externalId, purpose, of, orderId }: SalesDocument,
  { owedBy, amount }: CollectorFound,
): Promise<boolean> {
  const isGivenBack = owedBy === 'seller' && of === 'refund' && purpose === 'CM';
  const isTakenOff = owedBy === 'amazon' && of === 'sale' && purpose === 'INV';
  if (!isGivenBack && !isTakenOff) return true;
  const documents = await documentsOfOrder(db, connection, orderId);
  const asked = documents.filter((document) => document.externalId === externalId);
  const items = new Set([...taxesIn(asked).map(({ orderItemId }) => orderItemId), ...asked.flatMap(itemsOfLines)]);
  const ofItems = (taxes: readonly ItemTax[]) => taxes.filter(({ orderItemId }) => items.has(orderItemId));
  const sold = ofItems(taxesBilled(documents));
  const billed = documents.filter(
    (document) => isSalesPurpose(document.key.purpose) && !isOfRefund(document, documents),
  );
  if (sold.length === 0) return !billed.flatMap(itemsOfLines).some((item) => items.has(item));
  const sellers = [...sold, ...ofItems(taxesGivenBack(documents))].filter(({ collector }) => collector === 'seller');
  return sumMinor(sellers.map(({ tax }) => tax)) >= amount;
}
