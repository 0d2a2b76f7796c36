/** The explainable lines of a document, listed for people, and one as JSON. */
import { formatMinor } from '../../domain/money/money.ts';
import { renderAmount } from '../../domain/money/render-amount.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import { renderParts, renderTable } from '../print/table.ts';
import type { ExplainableLine } from './explainable.ts';

/** The lines of a document with their numbers. */
export function listed(document: StoredDocument, lines: readonly ExplainableLine[], width: number): string {
  const side = (minor: bigint) => (minor === 0n ? '' : renderAmount(minor, document.currency));
  const table = renderTable(
    [
      { align: 'right', head: 'Line', key: true },
      { align: 'left', head: 'What', key: true, gives: true },
      { align: 'left', head: 'Account' },
      { align: 'right', head: 'Debit' },
      { align: 'right', head: 'Credit' },
    ],
    lines.map((line) => [String(line.number), line.name, line.account ?? '', side(line.debit), side(line.credit)]),
    width,
  );
  const head = renderParts(
    [
      document.externalId,
      `${document.recordType} ${document.tranId ?? document.netsuiteId ?? ''}`.trimEnd(),
      renderBooked(document),
      document.state,
    ],
    width,
  );
  return `${[...head, ...table].join('\n')}\nNext: npx tieout explain ${document.externalId}:1\n`;
}

function renderBooked({ date, trueDay }: StoredDocument): string {
  return trueDay === null ? date : `${date} (true day ${trueDay})`;
}

export function lineDocument(line: ExplainableLine, { externalId, currency, date, trueDay, state }: StoredDocument) {
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
  };
}
