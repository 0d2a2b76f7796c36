/** The lines of a document that can be explained, and where one begins. */
import { hasPlan } from '../../domain/documents/document-plans.ts';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import { formatMinor } from '../../domain/money/money.ts';
import type { Database } from '../../store/database.ts';
import { documentsOfSettlement, loadDocument, type StoredDocument } from '../../store/documents/documents.ts';
import type { ConnectionSource } from '../view-source.ts';
import { notExplained, unknownDocument } from './explain-refusals.ts';
import { linesOf, type ExplainableLine } from './explainable.ts';

/** One line of a document as NetSuite holds it. */
export interface DocumentLineView {
  externalId: string;
  line: number;
  /** `Journal line`, `Payment line`. */
  kind: string;
  /** What it is about: a role, a document. */
  name: string;
  account: string | null;
  debit: string;
  credit: string;
  currency: string;
  /** Of the document: its day, `trueDay` where that is not the day of what happened, and how it stands. */
  date: string;
  trueDay: string | null;
  state: string;
  type: string;
  number: string | null;
  netsuiteId: string | null;
  failure: string | null;
}

/** @throws TieoutError `not-found` for a document that is not known, or has no line made of settlement rows */
export async function documentLinesView(source: ConnectionSource, externalId: string): Promise<DocumentLineView[]> {
  const { document, lines } = await explainableLines(source, externalId);
  return lines.map((line) => documentLineView(line, document));
}

/** A document with its explainable lines, of which there is one. Throws the same. */
export async function explainableLines(
  { store: { db }, settings: { name } }: ConnectionSource,
  externalId: string,
): Promise<{ document: StoredDocument; lines: ExplainableLine[] }> {
  const document = await loadDocument(db, externalId);
  if (document === null || document.key.connection !== name) throw await unknownDocument(db, name, externalId);
  const lines = linesOf(document, await stands(db, document));
  if (lines.length === 0) throw notExplained(document);
  return { document, lines };
}

async function stands(db: Database, document: StoredDocument): Promise<boolean> {
  const { settlementId, key, externalId } = document;
  if (settlementId === null || !hasPlan(document, 'journal')) return true;
  const alike = (await documentsOfSettlement(db, key.connection, settlementId))
    .filter((other) => hasPlan(other, 'journal'))
    .filter((other) => other.key.purpose === key.purpose);
  return unreversed(alike).some((other) => other.externalId === externalId);
}

export function documentLineView(line: ExplainableLine, document: StoredDocument): DocumentLineView {
  const { externalId, currency, date, trueDay, state, recordType, tranId, netsuiteId, failure } = document;
  return {
    externalId,
    line: line.number,
    kind: line.kind,
    name: line.name,
    account: line.account,
    debit: formatMinor(line.debit, currency),
    credit: formatMinor(line.credit, currency),
    currency,
    date,
    trueDay,
    state,
    type: recordType,
    number: tranId,
    netsuiteId,
    failure,
  };
}
