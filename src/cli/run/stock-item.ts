import { nearestOf } from '../../config/near-miss.ts';
import { renderDayOfYear, renderMinute } from '../../domain/clocks/render-dates.ts';
import { quoted } from '../../domain/exceptions/render-remedy.ts';
import { renderUnits, signedUnits } from '../../domain/stock/render-stock.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { knownNamesView } from '../../views/stock/known-names-view.ts';
import { stockItemView, type PlaceView, type StockItemView } from '../../views/stock/stock-item-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { ListOptions } from '../command-options.ts';
import { asJson } from '../print/document.ts';
import { shortened } from '../print/long-list.ts';
import { costIn, figuresOf, headedBy, NO_STOCK, placeName } from '../print/stock.ts';
import { renderFields, renderParagraph, renderParts, renderTable } from '../print/table.ts';
import { pagesOf, requireFigures } from './stock-pages.ts';

export interface StockItemOptions extends ListOptions {
  on?: string;
}

/** @param commands below `tieout stock`, one of which a word that is neither item nor SKU may mean */
export async function showStockItem(
  io: CommandIo,
  asked: string,
  options: StockItemOptions,
  commands: readonly string[],
): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const { connections } = running;
    if (!connections.some(({ stock }) => stock !== undefined)) return io.out(options.json ? asJson([]) : NO_STOCK);
    const all = await Promise.all(
      connections.map((settings) => stockItemView(running, settings, asked, options.on ?? null)),
    );
    const views = all.filter((one) => one !== null);
    if (views.length === 0)
      throw unknownItem(
        asked,
        nearestOf(asked, commands) ?? (await knownNamesView(running, running.names, asked)).near,
      );
    requireFigures(views, options.on);
    io.out(pagesOf(io, views, options, page));
  });
}

function unknownItem(asked: string, near: string | null): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `Stock knows neither an item nor a SKU ${asked}.`,
    notDone: 'Nothing was done.',
    where: [],
    do: [
      near === null
        ? 'npx tieout stock --csv lists every item, npx tieout exceptions SKUs without one'
        : `did you mean npx tieout stock ${quoted(near)}?`,
    ],
  });
}

function page(view: StockItemView, width: number, options: StockItemOptions): string[] {
  const { connection, asked, nothing, currency, items } = view;
  if (nothing !== null) return [...renderParagraph(nothing, width), ''];
  return [
    ...renderParts([connection, figuresOf(view)], width),
    ...(view.instead === null ? [] : renderParagraph(view.instead, width)),
    ...items.flatMap((item) => [
      '',
      ...renderParagraph(
        `${item.item === asked ? '' : `${asked} is `}${item.item}${item.skus.length === 0 ? '' : `, which Amazon has as ${item.skus.map(({ sku, units }) => `${sku}${units === 1 ? '' : ` (${units} in one)`}`).join(', ')}`}`,
        width,
      ),
      ...(item.uncountable === null ? [] : renderParagraph(`It cannot be counted: ${item.uncountable}`, width)),
      ...(item.places.length === 0 ? ['It stands at no place of a pool yet.'] : []),
      ...item.places.flatMap((place) => ['', ...placePart(place, currency, width, options)]),
      ...item.transit.flatMap((place) => ['', ...transitPart(place, currency, width)]),
      ...transit(item.inTransit, width),
      ...item.now.flatMap((snapshot) => [
        '',
        ...renderParts(
          [
            `now at Amazon, ${snapshot.pool}, ${renderMinute(snapshot.takenAt)}`,
            `${renderUnits(snapshot.sellable)} sellable`,
            `${renderUnits(snapshot.unsellable)} unsellable`,
            `${renderUnits(snapshot.reserved)} reserved`,
            `${renderUnits(snapshot.inbound)} inbound`,
          ],
          width,
        ),
      ]),
      ...besides(item.besides, width),
    ]),
    ...next(view),
    '',
  ];
}

/** What none of the terms names and a person must end all the same. */
function besides(all: StockItemView['items'][number]['besides'], width: number): string[] {
  if (all.length === 0) return [];
  const fields = all.flatMap(({ number, title, act }): [string, string][] => [
    [String(number), title],
    ['', act],
  ]);
  return ['', 'besides, for a person', ...renderFields(width, 4, fields)];
}

/** From NetSuite's units through each term to Amazon's, then what makes each of them. */
function placePart(place: PlaceView, currency: string | null, width: number, options: ListOptions): string[] {
  const steps = place.steps.filter(({ units, parts }) => units !== 0 || parts.length > 0);
  const rows = renderTable(
    [
      { align: 'left', key: true },
      { align: 'right', head: 'Units' },
      { align: 'right', head: headedBy('Cost', currency) },
      { align: 'right', head: 'Comes to' },
    ],
    [
      ['NetSuite', '', costIn(currency, place.netsuiteValue), renderUnits(place.netsuite)],
      ...steps.map(({ words, units, value, reached }) => [
        words,
        signedUnits(units),
        costIn(currency, value),
        renderUnits(reached),
      ]),
      ['Amazon', '', costIn(currency, place.amazonValue), renderUnits(place.amazon)],
    ],
    width,
  );
  return [
    `${place.pool} · ${placeName(place.place)}`,
    ...rows,
    ...steps.flatMap((step) => partsOf(step, width, options)),
  ];
}

function partsOf({ words, parts }: PlaceView['steps'][number], width: number, options: ListOptions): string[] {
  if (parts.length === 0) return [];
  const { shown, more } = shortened(parts, options);
  return [
    '',
    words,
    ...shown.flatMap(({ day, units, what, because, exception }) =>
      renderParagraph(
        `${renderDayOfYear(day).padStart(6)}  ${signedUnits(units).padStart(4)}  ${what}: ${because}${exception === null ? '' : ` (exception ${exception})`}`,
        width,
        14,
      ),
    ),
    ...more,
  ];
}

function transitPart(place: StockItemView['items'][number]['transit'][number], currency: string | null, width: number) {
  return [
    `${place.pool} · ${placeName('inTransit')}`,
    ...renderTable(
      [
        { align: 'left', key: true },
        { align: 'right', head: 'Units' },
        { align: 'right', head: headedBy('Cost', currency) },
      ],
      [
        ['NetSuite', renderUnits(place.netsuite), costIn(currency, place.netsuiteValue)],
        ['Amazon', renderUnits(place.amazon), costIn(currency, place.amazonValue)],
      ],
      width,
    ),
    ...place.because.flatMap((sentence) => renderParagraph(sentence, width, 6)),
  ];
}

function transit(all: StockItemView['items'][number]['inTransit'], width: number): string[] {
  if (all.length === 0) return [];
  return [
    '',
    ...renderTable(
      [
        { align: 'left', head: 'Under way', key: true },
        { align: 'left', head: 'Status' },
        { align: 'left', head: 'SKU' },
        { align: 'right', head: 'Shipped' },
        { align: 'right', head: 'Received' },
        { align: 'right', head: 'Decided', wide: true },
        { align: 'right', head: 'In transit' },
        { align: 'right', head: 'Over' },
      ],
      all.map((one) => [
        one.shipment,
        one.status,
        one.sku,
        renderUnits(one.shipped),
        renderUnits(one.received),
        renderUnits(one.decided),
        renderUnits(one.inTransit),
        renderUnits(one.over),
      ]),
      width,
    ),
  ];
}

function next({ items }: StockItemView): string[] {
  const numbers = items.flatMap((item) => [
    ...item.places.flatMap(({ steps }) =>
      steps.flatMap(({ parts }) => parts.flatMap(({ exception }) => exception ?? [])),
    ),
    ...item.besides.map(({ number }) => number),
  ]);
  return numbers.length === 0 ? [] : ['', `Next: npx tieout exceptions ${numbers[0]}`];
}
