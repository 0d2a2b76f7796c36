import { counted, renderCount } from '../../domain/money/render-amount.ts';
import type { RunningWorld } from '../../config/running-world.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Store } from '../../store/database.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import { readMark } from '../../store/intake/marks.ts';
import { countPayouts } from '../../store/payouts/payout-status.ts';
import { countOrders } from '../../store/tie-out/tie-out-facts.ts';
import { databaseNow } from '../../store/decisions/waiting.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderDuration, renderMinute } from '../print/dates.ts';
import { renderFields, type Field } from '../print/table.ts';
import { withConnections, withTemporal } from './running-connection.ts';
import { renderWithoutWorkflow, withoutWorkflow, type WithoutWorkflow } from './without-workflow.ts';

export async function showStatus(io: CommandIo, options: QueryOptions): Promise<void> {
  await withConnections(options.connection, async (world, connections, store) => {
    const lost = await lostOf(
      world,
      connections.map(({ name }) => name),
      store,
    );
    const all = await Promise.all(
      connections.map(async ({ name, posting }) => ({
        connection: name,
        posting,
        payouts: await countPayouts(store.db, name),
        orders: await countOrders(store.db, name),
        exceptions: (await openExceptions(store.db, name)).map((exception) => exception.id),
        ordersReadTo: await readMark(store.db, name, 'orders'),
        withoutWorkflow: lost.get(name) ?? null,
      })),
    );
    if (options.json) {
      io.out(`${JSON.stringify(all, null, 2)}\n`);
      return;
    }
    // Beside simulators the demo clock says what is late, and only they know it.
    const now = world.simulators === null ? await databaseNow(store.db) : null;
    const lines = renderFields(
      Math.min(io.width, 110),
      0,
      all.flatMap(
        ({ connection, posting, payouts, orders, exceptions, ordersReadTo, withoutWorkflow: without }): Field[] => [
          [
            connection,
            [
              `${payouts.tied} of ${counted(payouts.found, 'payout')} tied`,
              `${exceptions.length} ${exceptions.length === 1 ? 'thing waits' : 'things wait'}`,
              ...(ordersReadTo === null ? [] : [howFarRead(ordersReadTo, now)]),
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
              ...(orders.waiting === 0
                ? []
                : [`${renderCount(orders.waiting)} ${orders.waiting === 1 ? 'waits' : 'wait'}`]),
              ...withoutWords(without),
            ],
          ],
        ],
      ),
    );
    const open = all.flatMap(({ exceptions }) => exceptions);
    const next = open.length === 0 ? [] : [`Next: npx tieout exceptions${open.length === 1 ? ` ${open[0]}` : ''}`];
    io.out(inCharactersOf(io, [...lines, ...next, ''].join('\n')));
  });
}

/** Of each connection; none where Temporal does not answer, which `doctor` says. */
async function lostOf(
  world: RunningWorld,
  names: readonly string[],
  store: Store,
): Promise<Map<string, WithoutWorkflow>> {
  try {
    return await withTemporal(
      world,
      async (client) =>
        new Map(
          await Promise.all(
            names.map(async (name): Promise<[string, WithoutWorkflow]> => [
              name,
              await withoutWorkflow(client, store.db, name),
            ]),
          ),
        ),
    );
  } catch (error) {
    if (error instanceof TieoutError) return new Map();
    throw error;
  }
}

function withoutWords(lost: WithoutWorkflow | null): string[] {
  if (lost === null) return ['Temporal does not answer: npx tieout doctor'];
  const words = renderWithoutWorkflow(lost);
  return words === null ? [] : [`${words} without a workflow, taken up within minutes`];
}

/** `orders 1 min 40 s behind`, or up to when they were read where no time is there to compare it with. */
export function howFarRead(readTo: string, now: string | null): string {
  if (!/^\d{4}-/.test(readTo)) return `orders read up to ${readTo}`;
  return now === null
    ? `orders read up to ${renderMinute(readTo)}`
    : `orders ${renderDuration(Math.max(0, Date.parse(now) - Date.parse(readTo)) / 1000)} behind`;
}
