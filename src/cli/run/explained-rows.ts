/** The rows behind a line as tables: their sums by key or role, and one by one. */
import { counted, renderCount } from '../../domain/money/render-amount.ts';
import { keyText } from '../../domain/settlement/fold-key.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import type { ExplainedLineView, RowBehindView } from '../../views/documents/explained-line-view.ts';
import { showAmount } from '../print/amounts.ts';
import { NARROW_BELOW, renderTable, WIDE_FROM } from '../print/table.ts';

/** Cells that the words on the left take. */
export const LABEL = 15;

export function rowLines(view: ExplainedLineView, width: number): string[] {
  if (view.behind === 'none') return [];
  const { currency, rowCount, sum, agrees } = view;
  const label = `is ${counted(rowCount, 'row')}`;
  const groups =
    view.behind === 'report'
      ? view.byRole.map((group) => ({ name: group.role ?? 'no role', ...group }))
      : view.byKey.map((group) => ({
          name: fittingKey(group, width < NARROW_BELOW ? width - 4 : width - 40),
          rows: group.rows,
          amount: group.amount,
        }));
  const lines = [
    ...groups.map((group) => [group.name, renderCount(group.rows), showAmount(group.amount, currency), '']),
    ['', renderCount(rowCount), showAmount(sum, currency), agrees ? '✓' : '≠'],
  ];
  if (width < NARROW_BELOW) {
    return [
      label,
      ...renderTable(
        [{ align: 'left' }, { align: 'right', head: 'Rows' }, { align: 'right', head: 'Amount' }, { align: 'left' }],
        lines,
        width - 2,
      ).map((text) => `  ${text}`),
    ];
  }
  // The room beside the label is less than the terminal's; the table itself stays a table.
  const table = renderTable(
    [{ align: 'left', max: width - 40 }, { align: 'right' }, { align: 'right' }, { align: 'left' }],
    lines,
    NARROW_BELOW,
  );
  return table.map((text, index) => `${(index === 0 ? label : '').padEnd(LABEL)}${text}`);
}

/** A key without its first names where it is too long: the last one tells most. */
function fittingKey(key: AmountKey, width: number): string {
  const texts = [keyText(key), `… / ${key.amountType} / ${key.amountDescription}`, `… / ${key.amountDescription}`];
  return texts.find((text) => text.length <= width) ?? texts[2]!;
}

export function rowTable(rows: readonly RowBehindView[], currency: string, width: number): string[] {
  return renderTable(
    [
      { align: 'right', head: 'Line', key: true },
      { align: 'left', head: 'Posted', wide: true },
      { align: 'left', head: 'Order' },
      { align: 'left', head: 'SKU', gives: true },
      { align: 'left', head: 'Key', max: 44, gives: true },
      { align: 'right', head: 'Amount' },
    ],
    rows.map((row) => [
      renderCount(row.line),
      row.postedAt,
      row.orderId ?? '–',
      row.sku ?? '–',
      fittingKey(row, width < WIDE_FROM ? 32 : 44),
      showAmount(row.amount, currency),
    ]),
    width,
  );
}
