import { renderDay } from '../../domain/clocks/render-dates.ts';
import { counted, renderCount } from '../../domain/money/render-amount.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { withoutWorkflows } from '../../views/reconciler/without-workflow.ts';
import { statusView, type StatusView } from '../../views/status/status-view.ts';
import { LISTS } from '../../views/status/three-lists.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderFields, type Field } from '../print/table.ts';

export async function showStatus(io: CommandIo, options: QueryOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const { world, connections, names, store } = running;
    const lost = await withoutWorkflows(world, store.db, names);
    const all = await Promise.all(
      connections.map((settings) => statusView(running, settings, lost.get(settings.name) ?? null)),
    );
    io.out(options.json ? asJson(all) : inCharactersOf(io, render(all, Math.min(io.width, 110))));
  });
}

function render(all: readonly StatusView[], width: number): string {
  const open = all.flatMap(({ exceptions }) => exceptions);
  const next = open.length === 0 ? [] : [`Next: npx tieout exceptions${open.length === 1 ? ` ${open[0]}` : ''}`];
  return [...renderFields(width, 0, all.flatMap(fieldsOf)), ...next, ''].join('\n');
}

function fieldsOf({
  connection,
  posting,
  payouts,
  orders,
  stock,
  exceptions,
  snoozed,
  reading,
  lists,
}: StatusView): Field[] {
  return [
    [
      connection,
      [
        `${payouts.tied} of ${counted(payouts.found, 'payout')} tied`,
        `${exceptions.length} ${exceptions.length === 1 ? 'thing waits' : 'things wait'}`,
        ...(snoozed.length === 0 ? [] : [`${renderCount(snoozed.length)} of them put aside`]),
        ...(reading === null ? [] : [reading]),
        ...(posting === 'plan' ? ['posting: plan, nothing is posted'] : []),
      ],
    ],
    [
      '',
      [
        `${counted(orders.seen, 'order')} seen`,
        counted(orders.salesOrders, 'sales order'),
        `${renderCount(orders.dispatched)} dispatched`,
        `${renderCount(orders.settled)} settled`,
        ...(orders.pending === 0 ? [] : [`${renderCount(orders.pending)} pending at Amazon`]),
        ...(orders.cancelled === 0 ? [] : [`${renderCount(orders.cancelled)} cancelled`]),
        ...(orders.waiting === 0 ? [] : [`${renderCount(orders.waiting)} ${orders.waiting === 1 ? 'waits' : 'wait'}`]),
      ],
    ],
    ['', stock === null ? null : stockWords(stock)],
    ...LISTS.flatMap((name) =>
      lists[name].map(({ what, next }, index): Field => [index === 0 ? `  ${name}` : '', `${what}: ${next}`]),
    ),
  ];
}

function stockWords({ items, agree, day, exceptions }: NonNullable<StatusView['stock']>): string[] {
  const waiting = exceptions.length === 0 ? [] : [`${counted(exceptions.length, 'thing')} of it to decide`];
  if (day === null) return ['stock: no whole day yet', ...waiting];
  return [
    `stock: ${renderCount(agree)} of ${counted(items, 'item')} agree`,
    `figures of ${renderDay(day)}`,
    ...waiting,
  ];
}
