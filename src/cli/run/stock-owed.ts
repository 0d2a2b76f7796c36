import { renderDay } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { renderUnits } from '../../domain/stock/render-stock.ts';
import { owedView, type OwedView } from '../../views/stock/owed-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { CsvOptions } from '../command-options.ts';
import { asCsv } from '../../operations/evidence/csv.ts';
import { shortened } from '../print/long-list.ts';
import { costIn, headedBy, UNPRICED } from '../print/stock.ts';
import { renderParagraph, renderParts, renderTable } from '../print/table.ts';
import { pagesOf, viewsOfStock } from './stock-pages.ts';

export async function showOwed(io: CommandIo, options: CsvOptions): Promise<void> {
  const views = await viewsOfStock(options.connection, owedView);
  io.out(options.csv ? csv(views) : pagesOf(io, views, options, page));
}

const CSV_HEAD = [
  'connection',
  'kind',
  'pool',
  'sku',
  'item',
  'units',
  'cost',
  'currency',
  'references',
  'day',
  'last day',
];

function csv(views: readonly OwedView[]): string {
  return asCsv(
    CSV_HEAD,
    views.flatMap(({ connection, currency, owed }) =>
      owed.map(({ kind, pool, sku, item, units, cost, references, day, lastDay }) => [
        connection,
        kind,
        pool,
        sku,
        item,
        units,
        cost,
        currency,
        references.join(' '),
        day,
        lastDay,
      ]),
    ),
  );
}

function page(view: OwedView, width: number, options: CsvOptions): string[] {
  const { connection, day, currency, kinds, owed } = view;
  const head = renderParts([connection, `what Amazon owes as of ${renderDay(day)}`], width);
  if (owed.length === 0) return [...head, 'Nothing that the reports tell.', ''];
  const { shown, more } = shortened(owed, options);
  return [
    ...head,
    '',
    ...renderTable(
      [
        { align: 'left', head: 'What', key: true },
        { align: 'right', head: 'Cases' },
        { align: 'right', head: 'Units' },
        { align: 'right', head: headedBy('Cost', currency) },
      ],
      kinds.map(({ words, count, units, cost }) => [
        words,
        renderUnits(count),
        renderUnits(units),
        costIn(currency, cost),
      ]),
      width,
    ),
    ...(kinds.some(({ unpriced }) => unpriced > 0) ? [UNPRICED] : []),
    '',
    ...renderTable(
      [
        { align: 'left', head: 'What', key: true, gives: true },
        { align: 'left', head: 'SKU', key: true, gives: true },
        { align: 'right', head: 'Units' },
        { align: 'right', head: headedBy('Cost', currency) },
        { align: 'right', head: 'Since', wide: true },
        { align: 'right', head: 'Claim until' },
        { align: 'left', head: 'References', gives: true },
      ],
      shown.map(({ words, sku, item, units, cost, day: since, lastDay, daysLeft, references }) => [
        words,
        sku === '' ? (item ?? '') : sku,
        renderUnits(units),
        costIn(currency, cost),
        renderDay(since),
        lastDay === null ? '–' : daysLeft! < 0 ? `${renderDay(lastDay)}, past` : renderDay(lastDay),
        references.join(' '),
      ]),
      width,
    ),
    ...more,
    '',
    ...renderParagraph(
      `${counted(owed.length, 'case')}. Nothing of it is posted: claims are made in Seller Central.`,
      width,
    ),
    '',
  ];
}
