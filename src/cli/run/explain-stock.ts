/** A document of stock as a page: what it is, its lines, and the rows that they answer. */
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { renderUnits, signedUnits } from '../../domain/stock/render-stock.ts';
import type { StockDocumentView } from '../../views/documents/stock-document-view.ts';
import { shortened } from '../print/long-list.ts';
import { placeName } from '../print/stock.ts';
import { renderParagraph, renderParts, renderTable } from '../print/table.ts';

export function renderStockDocument(view: StockDocumentView, { width, all }: { width: number; all: boolean }): string {
  const { externalId, kind, pool, date, trueDay, number, netsuiteId, role, account, shipment, because } = view;
  const day = trueDay === null ? renderDay(date) : `${renderDay(date)} (its own day ${renderDay(trueDay)})`;
  const named = number ?? netsuiteId;
  const head = [
    ...renderParts(
      [
        externalId,
        `${kind}${named === null ? '' : ` ${named}`}`,
        `pool ${pool}`,
        day,
        stateOf(view),
        ...(role === null ? [] : [`on ${role}${account === null ? '' : ` ${account}`}`]),
        ...(shipment === null ? [] : [`shipment ${shipment}`]),
      ],
      width,
    ),
    ...renderParagraph(`Made by ${because}.`, width),
  ];
  return [...head, ...lineTable(view, width), ...answered(view, { width, all }), ''].join('\n');
}

function stateOf({ state, isHeld, failure }: StockDocumentView): string {
  if (isHeld) return 'waits for an approval';
  return failure === null ? state : `${state}: ${failure}`;
}

function lineTable({ lines, role }: StockDocumentView, width: number): string[] {
  const unitsText = role === null ? renderUnits : signedUnits;
  return renderTable(
    [
      { align: 'right', head: 'Line', key: true },
      { align: 'left', head: 'Item', key: true, gives: true },
      { align: 'left', head: 'Place' },
      { align: 'right', head: 'Units' },
      { align: 'right', head: 'Unit cost' },
      { align: 'left', head: 'Event' },
      { align: 'right', head: 'Rows' },
    ],
    lines.map(({ line, item, place, units, unitCost, event, rows }) => [
      String(line),
      item,
      place.split(' → ').map(placeName).join(' → '),
      unitsText(units),
      unitCost ?? '',
      event,
      String(rows.length),
    ]),
    width,
  );
}

function answered({ lines }: StockDocumentView, { width, all }: { width: number; all: boolean }): string[] {
  const rows = lines.flatMap(({ line, rows: own }) => own.map((row) => ({ line, ...row })));
  if (rows.length === 0) return ["It answers no row of Amazon's ledger."];
  const { shown, more } = shortened(rows, { all });
  return [
    '',
    `Answers ${counted(rows.length, 'row')} of Amazon's ledger`,
    ...renderTable(
      [
        { align: 'right', head: 'Line', key: true },
        { align: 'right', head: 'Day', key: true },
        { align: 'left', head: 'Row', gives: true },
        { align: 'right', head: 'Units' },
      ],
      shown.map(({ line, day, what, units }) => [
        String(line),
        day === '' ? '–' : renderDay(day),
        what,
        signedUnits(units),
      ]),
      width,
    ),
    ...more.map((words) => words.replace('--all', '--rows')),
  ];
}
