import type { OrderEvent } from '../../domain/orders/explain-order.ts';
import { renderDayOfYear } from '../../domain/clocks/render-dates.ts';
import { withConnection } from '../../operations/running-connection.ts';
import { orderView, type OrderView } from '../../views/orders/order-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { showMoney } from '../print/amounts.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { NARROW_BELOW, renderParagraph, renderParts, renderTable } from '../print/table.ts';

export async function showOrder(io: CommandIo, orderId: string, options: QueryOptions): Promise<void> {
  const view = await withConnection(options.connection, (running) => orderView(running, orderId));
  io.out(options.json ? asJson(view) : inCharactersOf(io, render(view, io.width)));
}

function render(
  { orderId, state, amount, currency, packs, events, money, waitsFor, link, next }: OrderView,
  width: number,
): string {
  const worth = amount === null || currency === null ? [] : [showMoney(amount, currency)];
  return [
    ...renderParts([`Order ${orderId}`, state, ...worth], width),
    ...(width < NARROW_BELOW
      ? [...events, ...money].map(({ date, what }) => renderDayOfYear(date).padStart(6) + `  ${what}`)
      : sideBySide(events, money, width)),
    ...packs.flatMap(({ sku, units }) =>
      renderParagraph(`One ${sku} is ${units} units of its item in NetSuite.`, Math.min(width, 110)),
    ),
    ...renderParagraph(`Waits for ${waitsFor ?? 'nothing'}.`, Math.min(width, 110)),
    ...(link === null ? [] : [link]),
    ...(next === null ? [] : [`Next: ${next}`]),
    '',
  ].join('\n');
}

/** What happened at Amazon and in NetSuite beside what happened to the money. */
function sideBySide(events: readonly OrderEvent[], money: readonly OrderEvent[], width: number): string[] {
  const cells = (event: OrderEvent | undefined) =>
    event === undefined ? ['', ''] : [renderDayOfYear(event.date), event.what];
  const rows = Array.from({ length: Math.max(events.length, money.length) }, (_, index) => [
    ...cells(events[index]),
    ...cells(money[index]),
  ]);
  return renderTable(
    [{ align: 'right' }, { align: 'left' }, { align: 'right' }, { align: 'left' }],
    rows,
    width - 1,
  ).map((line) => ` ${line}`.trimEnd());
}
