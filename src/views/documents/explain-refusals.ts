/** Why a document or a line cannot be explained, and what serves instead. */
import { counted } from '../../domain/money/render-amount.ts';
import { nearestOf } from '../../config/near-miss.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Database } from '../../store/database.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import { explainableDocuments } from '../../store/payouts/explain-line.ts';

export async function unknownDocument(db: Database, connection: string, externalId: string): Promise<TieoutError> {
  const known = await explainableDocuments(db, connection);
  const near = nearestOf(externalId, known);
  return new TieoutError({
    code: 'not-found',
    what: `No document ${externalId} is known.`,
    notDone: 'Nothing was done.',
    where:
      near !== null
        ? []
        : known.length === 0
          ? [`connection ${connection} has posted nothing yet`]
          : [`the latest: ${known.slice(0, 4).join(', ')}`],
    do: [near === null ? 'npx tieout status payout ID lists the documents of a payout' : `did you mean ${near}?`],
  });
}

export function unknownLine(document: StoredDocument, number: number, lines: number): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `${document.externalId} has no line ${number}.`,
    notDone: 'Nothing was done.',
    where: [`it has ${counted(lines, 'line')}`],
    do: [`npx tieout explain ${document.externalId} lists them`],
  });
}

export function unknownRow(connection: string, settlementId: string, line: number): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `No line ${line} of a report of settlement ${settlementId} is known.`,
    notDone: 'Nothing was done.',
    where: [`connection ${connection}`],
    do: [`npx tieout status payout ${settlementId} says how many rows it has; the first line of the file is its heads`],
  });
}

export function unknownBankLine(connection: string, number: number): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `No line ${number} of a statement is known.`,
    notDone: 'Nothing was done.',
    where: [`connection ${connection}`],
    do: ['npx tieout bank lines lists them by number'],
  });
}

/** What is no order, no settlement and no number of NetSuite's. */
export function unknownEnd(connection: string, text: string): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `Nothing is known under "${text}": no order, no settlement and no document of that number.`,
    notDone: 'Nothing was done.',
    where: [`connection ${connection}`],
    do: ['npx tieout explain --help lists what can be explained'],
  });
}
export function notExplained(document: StoredDocument): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `${document.externalId} has no line made of settlement rows.`,
    notDone: 'Nothing was done.',
    where: [`it is a document of order ${document.orderId ?? '?'}`],
    do: [`npx tieout status order ${document.orderId ?? 'ID'}`],
  });
}
