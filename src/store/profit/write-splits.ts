/** The one place where splits are written: beside the document, whenever it is planned (close.md, *Profit by SKU*). */
import type { Database } from '../database.ts';
import { saveSplits } from './splits.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { splitDocument, type SplitDocument } from './split-document.ts';

/** Of a document that has just been written down. */
export async function writeSplits(tx: Database, document: SplitDocument): Promise<void> {
  await saveSplits(tx, externalIdOf(document.key), await splitDocument(tx, document), true);
}

/** Of one that is planned otherwise than before. */
export async function replaceSplits(tx: Database, document: SplitDocument): Promise<void> {
  await saveSplits(tx, externalIdOf(document.key), await splitDocument(tx, document), false);
}
