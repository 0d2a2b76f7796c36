import { renderDay, renderMinute } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { stockCommand } from '../../domain/exceptions/render-remedy.ts';
import { renderUnits, signedUnits } from '../../domain/stock/render-stock.ts';
import { stockRowsView, stockView, type StockPoolView, type StockView } from '../../views/stock/stock-view.ts';
import { stderrOf, type CommandIo } from '../command-io.ts';
import type { CsvOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asCsv } from '../../operations/evidence/csv.ts';
import { shortened } from '../print/long-list.ts';
import { costIn, figuresOf, headedBy, placeName, UNPRICED } from '../print/stock.ts';
import { renderFields, renderParagraph, renderParts, renderTable } from '../print/table.ts';
import { pagesOf, requireFigures, viewsOfStock } from './stock-pages.ts';

export interface StockOptions extends CsvOptions {
  on?: string;
}

export async function showStock(io: CommandIo, options: StockOptions): Promise<void> {
  const on = options.on ?? null;
  if (options.csv) {
    const all = await viewsOfStock(options.connection, (running, settings) => stockRowsView(running, settings, on));
    requireFigures(all, options.on);
    for (const said of all.flatMap(({ nothing, instead }) => nothing ?? instead ?? []))
      io.err(inCharactersOf(stderrOf(io), `${said}\n`));
    return io.out(csv(all));
  }
  const views = await viewsOfStock(options.connection, (running, settings) => stockView(running, settings, on));
  requireFigures(views, options.on);
  io.out(pagesOf(io, views, options, page));
}

const CSV_HEAD = [
  'connection',
  'day',
  'pool',
  'item',
  'place',
  'amazon units',
  'netsuite units',
  'difference',
  'opening',
  'waiting',
  'ahead',
  'foreign',
  'gap',
  'unit cost',
  'amazon value',
  'netsuite value',
  'difference value',
  'currency',
];

function csv(all: readonly NonNullable<Awaited<ReturnType<typeof stockRowsView>>>[]): string {
  return asCsv(
    CSV_HEAD,
    all.flatMap(({ connection, day, currency, rows }) =>
      rows.map(({ pool, item, place, amazon, netsuite, difference, terms, ...worth }) => [
        connection,
        day,
        pool,
        item,
        place,
        amazon,
        netsuite,
        difference,
        terms?.opening ?? null,
        terms?.waiting ?? null,
        terms?.ahead ?? null,
        terms?.foreign ?? null,
        terms?.gap ?? null,
        worth.unitCost,
        worth.amazonValue,
        worth.netsuiteValue,
        worth.differenceValue,
        currency,
      ]),
    ),
  );
}

function page(view: StockView, width: number, options: StockOptions): string[] {
  const { connection, nothing, plannedAt, pools } = view;
  const exceptions = exceptionsOf(view, width, options);
  if (nothing !== null) return [...renderParagraph(nothing, width), ...exceptions, ''];
  const planned = plannedAt === null ? [] : [`planned ${renderMinute(plannedAt)}`];
  return [
    ...renderParts([connection, figuresOf(view), ...planned], width),
    ...(view.instead === null ? [] : renderParagraph(view.instead, width)),
    ...pools.flatMap((pool) => ['', ...poolPart(pool, view, width, options)]),
    ...withoutItem(view, width, options),
    ...exceptions,
    '',
    next(view),
    '',
  ];
}

function poolPart(
  pool: StockPoolView,
  { currency, isPast }: StockView,
  width: number,
  options: StockOptions,
): string[] {
  return [
    ...renderParts(
      [
        `Pool ${pool.name}`,
        pool.countries.join(' '),
        `${renderUnits(pool.agree)} of ${counted(pool.items, 'item')} agree`,
      ],
      width,
    ),
    ...sides(pool, width),
    ...(isPast ? [] : now(pool, width)),
    ...drift(pool, currency, width),
    ...differing(pool, currency, width, options),
  ];
}

function sides({ amazon, netsuite, inTransit, now: snapshot }: StockPoolView, width: number): string[] {
  const row = (place: string, held: number, booked: number, atAmazon: number | null) => [
    place,
    renderUnits(held),
    renderUnits(booked),
    signedUnits(held - booked),
    atAmazon === null ? '' : renderUnits(atAmazon),
  ];
  return renderTable(
    [
      { align: 'left', key: true },
      { align: 'right', head: 'Amazon' },
      { align: 'right', head: 'NetSuite' },
      { align: 'right', head: 'Difference' },
      { align: 'right', head: snapshot === null ? '' : 'Now at Amazon' },
    ],
    [
      row('sellable', amazon.sellable, netsuite.sellable, snapshot?.sellable ?? null),
      row('unsellable', amazon.unsellable, netsuite.unsellable, snapshot?.unsellable ?? null),
      row('in transit', inTransit, netsuite.inTransit, null),
    ],
    width,
  );
}

/** The snapshot raises nothing by differing: the ledger decides a day later. */
function now({ now: snapshot }: StockPoolView, width: number): string[] {
  if (snapshot === null) return ['No snapshot of what is at Amazon now was taken yet.'];
  return renderParts(
    [
      `now at Amazon ${renderMinute(snapshot.takenAt)}`,
      `${renderUnits(snapshot.reserved)} reserved`,
      `${renderUnits(snapshot.researching)} being looked for`,
      `${renderUnits(snapshot.inbound)} inbound`,
    ],
    width,
  );
}

function drift({ drift: terms }: StockPoolView, currency: string | null, width: number): string[] {
  if (terms.length === 0) return [];
  const rows = renderTable(
    [
      { align: 'left', head: 'Drift', key: true },
      { align: 'right', head: 'Items' },
      { align: 'right', head: 'More at Amazon', wide: true },
      { align: 'right', head: 'Less at Amazon', wide: true },
      { align: 'right', head: 'Units' },
      { align: 'right', head: headedBy('Cost', currency) },
    ],
    terms.map(({ words, items, more, less, units, value }) => [
      words,
      renderUnits(items),
      signedUnits(more),
      signedUnits(less),
      signedUnits(units),
      costIn(currency, value),
    ]),
    width,
  );
  const unpriced = Math.max(...terms.map((term) => term.unpriced));
  return ['', ...rows, ...(unpriced === 0 ? [] : [UNPRICED])];
}

function differing(
  { differing: all }: StockPoolView,
  currency: string | null,
  width: number,
  options: StockOptions,
): string[] {
  if (all.length === 0) return [];
  const { shown, more } = shortened(all, options);
  const rows = renderTable(
    [
      { align: 'left', head: 'Item', key: true, gives: true },
      { align: 'left', head: 'Place', key: true },
      { align: 'right', head: 'Amazon' },
      { align: 'right', head: 'NetSuite' },
      { align: 'right', head: 'Difference' },
      { align: 'right', head: headedBy('Cost', currency) },
    ],
    shown.map(({ item, place, amazon, netsuite, difference, differenceValue }) => [
      item,
      placeName(place),
      renderUnits(amazon),
      renderUnits(netsuite),
      signedUnits(difference),
      costIn(currency, differenceValue),
    ]),
    width,
  );
  return ['', ...rows, ...more];
}

function withoutItem({ skusWithoutItem: all }: StockView, width: number, options: StockOptions): string[] {
  if (all.length === 0) return [];
  const { shown, more } = shortened(all, options);
  const rows = renderTable(
    [
      { align: 'left', head: 'SKU', key: true, gives: true },
      { align: 'left', head: 'Pool' },
      { align: 'right', head: 'Sellable' },
      { align: 'right', head: 'Unsellable' },
    ],
    shown.map(({ sku, pool, sellable, unsellable }) => [sku, pool, renderUnits(sellable), renderUnits(unsellable)]),
    width,
  );
  return ['', `${counted(all.length, 'SKU')} without an item, beside all this, in Amazon's units`, ...rows, ...more];
}

function exceptionsOf({ exceptions: all, day, isPast }: StockView, width: number, options: StockOptions): string[] {
  if (all.length === 0) return [];
  const { shown, more } = shortened(all, options);
  return [
    '',
    ...renderParagraph(waitingNow(all.length, isPast ? day : null), width),
    ...renderFields(
      width,
      4,
      shown.flatMap(({ number, title, act }) => [
        [String(number), title],
        ['', act],
      ]),
    ),
    ...more,
  ];
}

/** @param of a day that is past, which some of it is about */
function waitingNow(things: number, of: string | null): string {
  const waits = `${counted(things, 'thing')} of stock ${things === 1 ? 'waits' : 'wait'} for a person`;
  return of === null ? waits : `${waits} now, begun by ${renderDay(of)} or about no one day`;
}

function next({ exceptions, pools, connection }: StockView): string {
  const first = pools.flatMap(({ differing: rows }) => rows)[0];
  if (exceptions[0] !== undefined) return `Next: npx tieout exceptions ${exceptions[0].number}`;
  return first === undefined
    ? `Every item of ${connection} agrees at each place.`
    : `Next: ${stockCommand(first.item)}`;
}
