import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { explainOrder, type OrderEvent } from '../../domain/orders/explain-order.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { orderStatus } from '../../store/orders/order-status.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderDayOfYear } from '../print/dates.ts';
import { NARROW_BELOW, renderParagraph, renderParts, renderTable } from '../print/table.ts';
import { withConnection } from './running-connection.ts';
import { namespace, workflowLink } from './temporal-ui.ts';
import { timeZoneOf } from './time-zone.ts';

export async function showOrder(io: CommandIo, orderId: string, options: QueryOptions): Promise<void> {
  await withConnection(options.connection, async ({ world, name, settings, store }) => {
    const status = await orderStatus(store.db, name, orderId);
    if (status === null) {
      throw new TieoutError({
        code: 'not-found',
        what: `Order ${orderId} is not known.`,
        notDone: 'Nothing was done.',
        where: [`connection ${name}`],
        do: ['compare it with Seller Central; an order shows up within one poll after it was placed'],
      });
    }
    const story = explainOrder(status, timeZoneOf(settings, status.order?.fact.marketplaceId ?? null));
    const workflowId = orderWorkflowId(name, orderId);
    const link = workflowLink(world.temporal.uiUrl, namespace(), workflowId);
    if (options.json) {
      io.out(
        `${JSON.stringify(
          {
            connection: name,
            orderId,
            state: story.state,
            amount: story.amount === null ? null : formatMinor(story.amount.minor, story.amount.currency),
            currency: story.amount?.currency ?? null,
            documents: status.documents.map((document) => ({
              externalId: document.externalId,
              type: document.recordType,
              state: document.state,
              number: document.tranId,
              netsuiteId: document.netsuiteId,
              date: document.date,
              trueDay: document.trueDay,
              total: formatMinor(document.total, document.currency),
              failure: document.failure,
            })),
            payouts: status.settled.map((settled) => ({
              settlementId: settled.settlementId,
              state: settled.state,
              rows: settled.rows,
              amount: formatMinor(settled.amount, settled.currency),
              bankLine:
                settled.bankDate === null || settled.bankAmount === null
                  ? null
                  : { date: settled.bankDate, amount: formatMinor(settled.bankAmount, settled.currency) },
            })),
            claims: status.claims,
            waitsFor: story.waitsFor,
            next: story.next,
            exceptions: status.exceptions.map(({ id }) => id),
            workflowId,
            link,
          },
          null,
          2,
        )}\n`,
      );
      return;
    }
    const amount = story.amount === null ? [] : [renderMoney(story.amount.minor, story.amount.currency)];
    io.out(
      inCharactersOf(
        io,
        [
          ...renderParts([`Order ${orderId}`, story.state, ...amount], io.width),
          ...(io.width < NARROW_BELOW
            ? [...story.events, ...story.money].map(({ date, what }) => renderDayOfYear(date).padStart(6) + `  ${what}`)
            : sideBySide(story.events, story.money, io.width)),
          ...renderParagraph(`Waits for ${story.waitsFor ?? 'nothing'}.`, Math.min(io.width, 110)),
          ...(link === null ? [] : [link]),
          ...(story.next === null ? [] : [`Next: ${story.next}`]),
          '',
        ].join('\n'),
      ),
    );
  });
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
