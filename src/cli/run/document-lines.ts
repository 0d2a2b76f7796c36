import type { DocumentLineView } from '../../views/documents/document-lines-view.ts';
import { isZero, showAmount } from '../print/amounts.ts';
import { renderParts, renderTable } from '../print/table.ts';

/** The lines of a document with their numbers. */
export function renderDocumentLines(lines: readonly DocumentLineView[], width: number): string {
  const { externalId, type, number, netsuiteId, date, trueDay, state, currency } = lines[0]!;
  const side = (text: string) => (isZero(text) ? '' : showAmount(text, currency));
  const table = renderTable(
    [
      { align: 'right', head: 'Line', key: true },
      { align: 'left', head: 'What', key: true, gives: true },
      { align: 'left', head: 'Account' },
      { align: 'right', head: 'Debit' },
      { align: 'right', head: 'Credit' },
    ],
    lines.map((line) => [String(line.line), line.name, line.account ?? '', side(line.debit), side(line.credit)]),
    width,
  );
  const head = renderParts(
    [
      externalId,
      `${type} ${number ?? netsuiteId ?? ''}`.trimEnd(),
      trueDay === null ? date : `${date} (true day ${trueDay})`,
      state,
    ],
    width,
  );
  return `${[...head, ...table].join('\n')}\nNext: npx tieout explain ${externalId}:1\n`;
}
