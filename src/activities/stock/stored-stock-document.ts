import { kindOf } from '../../domain/documents/document-kinds.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';

/** A document of stock as it is written down. */
export type StoredStockDocument = StoredDocument<'adjustment' | 'transfer' | 'receipt'>;

export function isOfStock(document: StoredDocument): document is StoredStockDocument {
  return kindOf(document.key.purpose).of === 'stock';
}
