import { renderDay } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { MAP_FIRST, renderUnits, signedUnits } from '../../domain/stock/render-stock.ts';
import { openingView, type OpeningPoolView, type OpeningView } from '../../views/stock/opening-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { CsvOptions } from '../command-options.ts';
import { asCsv } from '../../operations/evidence/csv.ts';
import { shortened } from '../print/long-list.ts';
import { costIn, headedBy, placeName } from '../print/stock.ts';
import { renderParagraph, renderParts, renderTable } from '../print/table.ts';
import { pagesOf, viewsOfStock } from './stock-pages.ts';

export async function showOpening(io: CommandIo, options: CsvOptions): Promise<void> {
  const views = await viewsOfStock(options.connection, openingView);
  io.out(options.csv ? csv(views) : pagesOf(io, views, options, page));
}

const CSV_HEAD = [
  'connection',
  'from',
  'pool',
  'item',
  'place',
  'amazon units',
  'netsuite units',
  'difference',
  'booked',
  'approved',
  'unit cost',
  'difference value',
  'currency',
  'changed in netsuite',
  'planned',
];

function csv(views: readonly OpeningView[]): string {
  return asCsv(
    CSV_HEAD,
    views.flatMap(({ connection, from, currency, pools }) =>
      pools.flatMap(({ pool, items }) =>
        items.map(
          ({ item, place, amazon, netsuite, difference, booked, changed, approved, unitCost, value, planned }) => [
            connection,
            from,
            pool,
            item,
            place,
            amazon,
            netsuite,
            difference,
            booked,
            approved ? 'yes' : 'no',
            unitCost,
            value,
            currency,
            changed,
            planned,
          ],
        ),
      ),
    ),
  );
}

function page(view: OpeningView, width: number, options: CsvOptions): string[] {
  const { connection, from, nothing, pools, currency } = view;
  const head = renderParts([connection, `opening, dated ${renderDay(from)}`], width);
  if (nothing !== null) return [...head, ...renderParagraph(nothing, width), ''];
  return [...head, ...pools.flatMap((pool) => ['', ...poolPart(pool, currency, width, options)]), ''];
}

function poolPart(pool: OpeningPoolView, currency: string | null, width: number, options: CsvOptions): string[] {
  const differing = pool.items.filter(
    ({ difference, booked, planned }) => difference !== 0 || booked !== 0 || planned !== 0,
  );
  const isPlanned = differing.some(({ planned }) => planned !== 0);
  const { shown, more } = shortened(options.all === true ? pool.items : differing, options);
  const agreeing = pool.items.length - differing.length;
  const rows = renderTable(
    [
      { align: 'left', head: 'Item', key: true, gives: true },
      { align: 'left', head: 'Place', key: true },
      { align: 'right', head: 'Amazon' },
      { align: 'right', head: 'NetSuite' },
      { align: 'right', head: 'Difference' },
      { align: 'right', head: 'Booked' },
      ...(isPlanned ? [{ align: 'right', head: 'Planned' } as const] : []),
      { align: 'right', head: headedBy('Cost', currency) },
      { align: 'left', head: 'Approved', wide: true },
    ],
    shown.map(({ item, place, amazon, netsuite, difference, booked, planned, value, approved }) => [
      item,
      placeName(place),
      renderUnits(amazon),
      renderUnits(netsuite),
      signedUnits(difference),
      signedUnits(booked),
      ...(isPlanned ? [signedUnits(planned)] : []),
      costIn(currency, value),
      approved ? 'yes' : 'no',
    ]),
    width,
  );
  return [
    ...renderParts([`Pool ${pool.pool}`, ...standOf(pool, currency)], width),
    ...(shown.length === 0 ? [] : rows),
    ...more,
    ...(agreeing === 0 ? [] : [`${renderUnits(agreeing)} of ${renderUnits(pool.items.length)} agree from the start.`]),
    ...(pool.isPreliminary
      ? renderParagraph(
          "NetSuite's side is what stands there now of the days before; it is read with the approval.",
          width,
        )
      : []),
    ...changedPart(pool, width),
    ...outsideOf(pool, width, options),
    ...(pool.isPlanning ? renderParagraph(PLANNING, width) : []),
    ...(pool.act === null ? [] : [pool.act]),
  ];
}

const PLANNING =
  'While posting is plan an opening counts as approved: it is planned, and nothing is posted. What is approved is posted once posting is live.';

/** `OPEN, sellable: +3 booked, since changed in NetSuite by −3`, and what ends it. */
function changedPart({ items, changed }: OpeningPoolView, width: number): string[] {
  if (changed === null) return [];
  return [
    ...items.flatMap(({ item, place, booked, changed: by }) =>
      by === 0
        ? []
        : renderParagraph(
            `${item}, ${placeName(place)}: ${signedUnits(booked)} booked, since changed in NetSuite by ${signedUnits(by)}`,
            width,
          ),
    ),
    ...changed.acts.flatMap((act) => renderParagraph(act, width)),
  ];
}

function outsideOf({ skusWithoutItem: all }: OpeningPoolView, width: number, options: CsvOptions): string[] {
  if (all.length === 0) return [];
  const { shown, more } = shortened(all, options);
  const columns = [
    { align: 'left', head: 'SKU', key: true, gives: true },
    { align: 'right', head: 'Units' },
  ] as const;
  const rows = shown.map(({ sku, units }) => [sku, renderUnits(units)]);
  return [
    ...renderParagraph(`${counted(all.length, 'SKU')} without an item, not in these figures, in Amazon's units`, width),
    ...renderTable(columns, rows, width),
    ...more,
    ...renderParagraph(MAP_FIRST, width),
  ];
}

function standOf({ approved, left, changed, isPlanning, items }: OpeningPoolView, currency: string | null): string[] {
  const isLeft = left.units !== 0 || left.amount === null || !/^-?0(\.0+)?$/.test(left.amount);
  if (isPlanning && items.some(({ planned }) => planned !== 0))
    return [isLeft ? 'planned in part' : 'planned', APPROVED[approved], ...(isLeft ? [leftWords(left, currency)] : [])];
  if (approved === 'none') return ['not approved', leftWords(left, currency)];
  if (approved === 'some') return ['approved in part', leftWords(left, currency)];
  if (changed !== null)
    return ['approved and booked', `since changed in NetSuite by ${signedUnits(changed.units)} units`];
  return isLeft ? ['approved', leftWords(left, currency)] : ['approved and booked'];
}

const APPROVED = { all: 'approved', some: 'approved in part', none: 'not approved' } as const;

function leftWords({ units, amount }: OpeningPoolView['left'], currency: string | null): string {
  return `${signedUnits(units)} units to book${amount === null || currency === null ? '' : `, ${costIn(currency, amount)} ${currency}`}`;
}
