import type { ConnectionSettings } from '../../config/connection.ts';
import { renderDuration, renderMinute } from '../../domain/clocks/render-dates.ts';
import { databaseNow } from '../../store/decisions/waiting.ts';
import { readMark } from '../../store/intake/marks.ts';
import { countPayouts } from '../../store/payouts/payout-status.ts';
import { openOf } from '../exceptions/exceptions-view.ts';
import { orderCountsView, type OrderCountsView } from '../orders/order-counts-view.ts';
import { renderWithoutWorkflow, type WithoutWorkflow } from '../reconciler/without-workflow.ts';
import type { StockSource } from '../stock/stock-figures.ts';
import { stockStatus, type StockStatus } from '../stock/stock-status.ts';
import { threeLists, type ThreeLists } from './three-lists.ts';

/** Where a whole connection stands. */
export interface StatusView {
  connection: string;
  posting: ConnectionSettings['posting'];
  payouts: { found: number; tied: number };
  orders: OrderCountsView;
  /** Null where the connection has no stock. */
  stock: StockStatus | null;
  /** Numbers of what is open. */
  exceptions: number[];
  /** Of these, those that are put aside until a day. */
  snoozed: number[];
  /** Up to when Amazon's orders have been read; null before the first time. */
  ordersReadTo: string | null;
  /** Unfinished work that no workflow does; null where Temporal does not answer. */
  withoutWorkflow: WithoutWorkflow | null;
  /** Sentences of the last two. */
  reading: string | null;
  unattended: string | null;
  lists: ThreeLists;
}

/** @param lost unfinished work of the connection that no workflow does, as Temporal says; null where it does not answer */
export async function statusView(
  source: StockSource,
  settings: ConnectionSettings,
  lost: WithoutWorkflow | null,
): Promise<StatusView> {
  const { name, posting } = settings;
  const { store, world } = source;
  const { db } = store;
  // Beside simulators the demo clock says what is late, and only they know it.
  const now = world.simulators === null ? await databaseNow(db) : null;
  const ordersReadTo = await readMark(db, name, 'orders');
  const stock = await stockStatus(source, settings);
  const open = await openOf(db, name, now ?? ordersReadTo);
  const snoozed = open.filter(({ snoozedUntil }) => snoozedUntil !== null);
  const unattended = unattendedWords(lost);
  return {
    connection: name,
    posting,
    payouts: await countPayouts(db, name),
    orders: await orderCountsView(db, name),
    stock,
    exceptions: open.map(({ number }) => number),
    snoozed: snoozed.map(({ number }) => number),
    ordersReadTo,
    withoutWorkflow: lost,
    reading: ordersReadTo === null ? null : howFarRead(ordersReadTo, now),
    unattended,
    lists: await threeLists(source, settings, {
      open: open.length - snoozed.length,
      snoozed: snoozed.flatMap(({ snoozedUntil }) => snoozedUntil ?? []),
      stock,
      late: unattended,
      asOf: now ?? ordersReadTo,
    }),
  };
}

function unattendedWords(lost: WithoutWorkflow | null): string | null {
  if (lost === null) return 'Temporal does not answer';
  const words = renderWithoutWorkflow(lost);
  return words === null ? null : `${words} without a workflow, taken up within minutes`;
}

/** `orders 1 min 40 s behind`, or up to when they were read where no time is there to compare it with. */
function howFarRead(readTo: string, now: string | null): string {
  if (!/^\d{4}-/.test(readTo)) return `orders read up to ${readTo}`;
  return now === null
    ? `orders read up to ${renderMinute(readTo)}`
    : `orders ${renderDuration(Math.max(0, Date.parse(now) - Date.parse(readTo)) / 1000)} behind`;
}
