/** Profit as the terminal lays it out (terminal.md): both numbers on top, then the roles, then a row each. */
import { renderCount } from '../../domain/money/render-amount.ts';
import type { ProfitRowView, ProfitTableView, ProfitView } from '../../views/period/profit-view.ts';
import type { ListOptions } from '../command-options.ts';
import { isZero, showAmount, showMoney } from '../print/amounts.ts';
import { shortened } from '../print/long-list.ts';
import { renderParagraph, renderParts, renderTable } from '../print/table.ts';

const HEADS = { sku: 'SKU', item: 'Item', marketplace: 'Marketplace' } as const;
const CHANNELS = {
  ours: '',
  'multi-channel': 'Multi-Channel',
  'merchant-orders': "another system's sale",
  'opening-balance': "the old books' sale",
} as const;

export function profitPage(view: ProfitView, width: number, options: ListOptions): string[] {
  const { connection, period, evaluatedAt, tables, differing } = view;
  return [
    ...renderParts(
      [connection, `profit of ${period}`, `worked out ${evaluatedAt.slice(0, 16).replace('T', ' ')} UTC`],
      width,
    ),
    ...(tables.length === 0 ? renderParagraph(view.sentence, width) : []),
    ...tables.flatMap((table) => tableLines(view, table, width, options)),
    ...differing.flatMap(({ document, currency, splits, ledger }) =>
      renderParagraph(
        `≠ ${document}: NetSuite has ${showMoney(ledger, currency)}, its splits ${showMoney(splits, currency)}`,
        width,
        2,
      ),
    ),
    ...(view.ties ? [] : [`Next: npx tieout close ${period}`]),
    '',
  ];
}

function tableLines(view: ProfitView, table: ProfitTableView, width: number, options: ListOptions): string[] {
  const { currency, profit, ledger, difference, ties, roles, rows } = table;
  const { shown, more } = shortened(rows, options);
  return [
    '',
    ...renderParts(
      [
        currency,
        `by ${view.by} ${showAmount(profit, currency)}`,
        `NetSuite ${showAmount(ledger, currency)}`,
        ties || !isZero(difference)
          ? `difference ${showAmount(difference, currency)} ${ties ? '✓' : '≠'}`
          : 'roles or documents differ ≠',
      ],
      width,
    ),
    '',
    ...renderTable(
      [
        { align: 'left', head: 'Role', key: true },
        { align: 'right', head: 'By SKU' },
        { align: 'right', head: 'Allocated' },
        { align: 'right', head: 'Unallocated' },
        { align: 'right', head: 'NetSuite' },
        { align: 'left', head: '' },
      ],
      roles.map((tie) => [
        tie.role,
        ...[tie.skus, tie.allocated, tie.unallocated, tie.ledger].map((text) => orNothing(text, currency)),
        isZero(tie.difference) ? '✓' : `≠ ${showAmount(tie.difference, currency)}`,
      ]),
      width,
    ),
    '',
    ...renderTable(
      [
        { align: 'left', head: HEADS[view.by], key: true, gives: true },
        { align: 'right', head: 'Units', wide: true },
        { align: 'right', head: 'Sales', wide: true },
        { align: 'right', head: 'Ship', wide: true },
        { align: 'right', head: 'Promo', wide: true },
        { align: 'right', head: 'Refunds', wide: true },
        { align: 'right', head: 'Income' },
        { align: 'right', head: 'Fees, other' },
        { align: 'right', head: 'Cost' },
        { align: 'right', head: 'Profit' },
        { align: 'right', head: 'Margin' },
      ],
      shown.map((row) => cellsOf(row, currency)),
      width,
    ),
    ...more,
  ];
}

function cellsOf(row: ProfitRowView, currency: string): string[] {
  const { name, channel, units, margin } = row;
  const of = CHANNELS[channel];
  return [
    [name ?? 'none', ...(of === '' ? [] : [of])].join(' · '),
    units === 0 ? '' : renderCount(units),
    ...[row.sales, row.shipping, row.promotions, row.refunds, row.income].map((text) => orNothing(text, currency)),
    orNothing(row.feesTotal, currency),
    orNothing(row.cost, currency),
    showAmount(row.profit, currency),
    margin === null ? '' : `${margin.replace('-', '−')} %`,
  ];
}

const orNothing = (text: string, currency: string): string => (isZero(text) ? '' : showAmount(text, currency));
