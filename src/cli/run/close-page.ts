/** The close as the terminal lays it out (terminal.md): what stands, item by item, then what is open. */
import { renderAmount, renderCount } from '../../domain/money/render-amount.ts';
import { parseMinor } from '../../domain/money/money.ts';
import type { ClosesView, CloseView, FigureView, ItemView } from '../../views/period/close-view.ts';
import { isZero, showAmount } from '../print/amounts.ts';
import { renderParagraph, renderTable } from '../print/table.ts';

const SIGNS = { ties: '✓', open: '✗', waits: '…', carried: '→', 'not-used': '–' } as const;
const WORDS = { ties: 'ties', open: 'open', waits: 'waits', carried: 'carried', 'not-used': 'not used' } as const;
/** So many findings of an item are shown; `--json` has more. */
const SHOWN = 5;

export function closesPage({ connection, months }: ClosesView, width: number): string[] {
  if (months.length === 0)
    return [`${connection}: no month has been worked out; its configuration needs \`close: {}\`.`, ''];
  return [
    connection,
    ...months.flatMap(({ period, sentence, signed }) =>
      renderParagraph(`${signed ? '✓' : '…'} ${period}  ${sentence}`, width),
    ),
    `Next: npx tieout close ${months.at(-1)!.period}`,
    '',
  ];
}

/** @param item the one that the view has alone, in full; left out: all of them */
export function closePage(view: CloseView, width: number, item?: string): string[] {
  const upTo = item === undefined ? SHOWN : Infinity;
  const open = view.items.flatMap((one) => openOf(one, upTo));
  return [
    ...renderParagraph(`${view.connection} · ${view.sentence}`, width),
    ...renderParagraph(`Worked out ${view.evaluatedAt.slice(0, 16).replace('T', ' ')} UTC, due ${view.due}`, width),
    '',
    ...renderTable(
      [
        { align: 'left', head: '' },
        { align: 'left', head: 'Item', key: true },
        { align: 'left', head: 'State', key: true },
        { align: 'right', head: 'Figure' },
        { align: 'right', head: 'Difference' },
        { align: 'left', head: 'Against', gives: true },
        { align: 'left', head: 'Owner' },
      ],
      view.items.flatMap(rowsOf),
      width,
    ),
    ...(open.length === 0 ? [] : ['', 'Open', ...open.flatMap((line) => renderParagraph(line, width))]),
    ...(item === undefined ? [] : namedLines(view, width)),
    ...(item === 'sales' ? salesLines(view, width) : []),
    ...broughtLines(view, width),
    ...carriedLines(view),
    ...lateLines(view),
    `Next: ${nextOf(view)}`,
    '',
  ];
}

function rowsOf(item: ItemView): string[][] {
  const heads = item.brought.map((one) => [
    SIGNS.carried,
    item.name,
    `from ${one.period}`,
    '',
    shown(one.amount, one),
    `carried by ${one.by}: ${one.why}`,
    item.owner,
  ]);
  if (item.figures.length === 0)
    return [...heads, [SIGNS[item.state], item.name, WORDS[item.state], '', '', 'nothing in the month', item.owner]];
  const figures = item.figures.map((figure) => [
    SIGNS[figure.state],
    item.name,
    figure.until === null ? WORDS[figure.state] : `waits until ${figure.until.slice(0, 10)}`,
    figure.state === 'not-used' ? '' : shown(figure.figure, figure),
    figure.difference === '0' || /^-?0(\.0+)?$/.test(figure.difference) ? '' : shown(figure.difference, figure),
    figure.population,
    item.owner,
  ]);
  return [...heads, ...figures];
}

function shown(text: string, { currency }: Pick<FigureView, 'currency'>): string {
  const minor = currency === null ? null : parseMinor(text, currency);
  return currency === null || minor === null ? renderCount(text) : `${renderAmount(minor, currency)} ${currency}`;
}

function openOf({ name, figures }: ItemView, upTo: number): string[] {
  return figures
    .filter(({ state }) => state === 'open' || state === 'carried')
    .flatMap(({ open, openCount }) => [
      ...open.slice(0, upTo).map(({ what, act }) => `  ${name}: ${what}${act === null ? '' : ` — ${act}`}`),
      ...(openCount > upTo ? [`  ${name}: and ${renderCount(openCount - upTo)} more (--json)`] : []),
    ]);
}

/** What an item names and is not held up by: of costs each account, with the month before beside it. */
function namedLines({ items }: CloseView, width: number): string[] {
  const lines = items.flatMap(({ figures }) => figures.flatMap(({ named }) => named.map(({ what }) => `  ${what}`)));
  return lines.length === 0 ? [] : ['', 'Named', ...lines.flatMap((line) => renderParagraph(line, width, 2))];
}

/** Sales of the month, a line a currency, marketplace and day of shipment. */
function salesLines({ sales }: CloseView, width: number): string[] {
  if (sales.length === 0) return ['', 'No sales by day: the month has none, or is to be worked out again.'];
  const unproven = sales.reduce((count, line) => count + line.unproven, 0);
  return [
    '',
    ...renderTable(
      [
        { align: 'left', head: 'Day', key: true },
        { align: 'left', head: 'Marketplace', gives: true },
        { align: 'right', head: 'Shipments' },
        { align: 'right', head: 'Report' },
        { align: 'right', head: 'NetSuite' },
        { align: 'right', head: 'Moved' },
        { align: 'right', head: 'Difference' },
        { align: 'left', head: '' },
      ],
      sales.map(({ day, marketplace, shipments, currency, report, netsuite, moved, difference }) => [
        day,
        marketplace,
        renderCount(shipments),
        showAmount(report, currency),
        showAmount(netsuite, currency),
        isZero(moved) ? '' : showAmount(moved, currency),
        isZero(difference) ? '' : showAmount(difference, currency),
        currency,
      ]),
      width,
    ),
    ...(unproven === 0 ? [] : [`Of ${renderCount(unproven)} shipments nobody knows yet what the report says.`]),
  ];
}

/** What heads items of this month, in full; by how much it differs now where that is another amount. */
function broughtLines({ items }: CloseView, width: number): string[] {
  const lines = items.flatMap(({ name, brought }) =>
    brought.map((one) => {
      const changed =
        one.now === one.amount ? '' : `, where it is ${shown(one.now, one)} now: npx tieout close ${one.period}`;
      return `  ${name} ${shown(one.amount, one)} of ${one.period}${changed}, by ${one.by} on ${one.at.slice(0, 10)}: ${one.why}`;
    }),
  );
  if (lines.length === 0) return [];
  return ['', 'Carried by earlier months', ...lines.flatMap((line) => renderParagraph(line, width, 2))];
}

function carriedLines({ carried }: CloseView): string[] {
  if (carried.length === 0) return [];
  return [
    '',
    'Carried',
    ...carried.map(
      ({ item, currency, amount, by, why, at }) =>
        `  ${item} ${amount}${currency === null ? '' : ` ${currency}`} by ${by} on ${at.slice(0, 10)}: ${why}`,
    ),
  ];
}

function lateLines({ late }: CloseView): string[] {
  if (late.length === 0) return [];
  return [
    '',
    'Booked in a later month',
    ...late
      .slice(0, SHOWN)
      .map(
        ({ document, day, bookedOn, amount, currency }) =>
          `  ${document} of ${day}, on ${bookedOn}: ${amount} ${currency}`,
      ),
  ];
}

function nextOf({ items, signed, standing, isOver, period }: CloseView): string {
  if (signed)
    return standing?.kind === 'changed' ? `npx tieout close reopen ${period} --why WHY` : 'npx tieout audit-log';
  const first = items
    .flatMap(({ figures }) => figures.filter(({ state }) => state === 'open').flatMap(({ open }) => open))
    .find(({ act }) => act !== null);
  if (first?.act) return first.act;
  const held = items.some(({ state }) => state === 'open' || state === 'waits');
  return isOver && !held ? `npx tieout close sign ${period} --why WHY` : 'npx tieout exceptions';
}
