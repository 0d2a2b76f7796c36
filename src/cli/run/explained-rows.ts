/** The rows behind a line as tables: their sums by key or role, and one by one. */
import { keyText } from '../../domain/settlement/fold-key.ts';
import { byBookedRole } from '../../domain/journal/explain-line.ts';
import { counted, renderCount } from '../../domain/money/render-amount.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import type { RowBehind } from '../../store/payouts/explain-line.ts';
import { NARROW_BELOW, renderTable, WIDE_FROM } from '../print/table.ts';
import type { ExplainableLine } from './explainable.ts';

/** Cells that the words on the left take. */
export const LABEL = 15;

export function rowLines(
  line: ExplainableLine,
  proof: ReturnType<ExplainableLine['explain']>,
  amount: (minor: bigint) => string,
  width: number,
): string[] {
  if (line.rows === null) return [];
  const label = `is ${counted(proof.rows, 'row')}`;
  const groups =
    line.rows === 'all'
      ? byBookedRole(proof.groups).map((group) => ({ name: group.role ?? 'no role', ...group }))
      : proof.groups.map((group) => ({
          name: fittingKey(group.key, width < NARROW_BELOW ? width - 4 : width - 40),
          rows: group.rows,
          amount: group.amount,
        }));
  const lines = [
    ...groups.map((group) => [group.name, renderCount(group.rows), amount(group.amount), '']),
    ['', renderCount(proof.rows), amount(proof.sum), proof.agrees ? '✓' : '≠'],
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

export function rowTable(rows: readonly RowBehind[], amount: (minor: bigint) => string, width: number): string[] {
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
      fittingKey(row.key, width < WIDE_FROM ? 32 : 44),
      amount(row.amount),
    ]),
    width,
  );
}
