/** The steady state: what is where, what waits, and for whom. */
import { renderAmount } from '../../domain/money/render-amount.ts';
import type { RunningWorld } from '../../config/running-world.ts';
import type { Store } from '../../store/database.ts';
import { renderExceptionTitle } from '../../domain/exceptions/render-exception.ts';
import { openExceptions, type StoredException } from '../../store/exceptions.ts';
import { movementsOf } from '../../store/payouts.ts';
import { listSettlements, type StoredSettlement } from '../../store/settlements.ts';
import { countOrders } from '../../store/tie-out-facts.ts';

/** Below this many columns key and value stand on two lines. */
const NARROW = 72;
const POSTED = ['posted', 'waits-documents', 'waits-bank', 'tied'];

export async function renderLiveBlock(store: Store, connection: string, title: string, run: RunningWorld, width: number): Promise<string[]> {
  const { db } = store;
  const orders = await countOrders(db, connection);
  const settlements = await listSettlements(db, connection);
  const exceptions = await openExceptions(db, connection);
  const payouts = await Promise.all(settlements.map((settlement) => payoutLine(store, connection, settlement)));
  const clock = new Date().toTimeString().slice(0, 8);
  const head = `${connection} · ${title} · ${run.simulators ? 'simulated · ' : ''}live`;
  const tied = settlements.filter((settlement) => settlement.state === 'tied').length;
  if (width < NARROW) {
    return [
      `${connection}${run.simulators ? ' · simulated' : ''} · live · ${clock}`, `Orders ${orders.seen} · settled ${orders.settled} · waiting ${orders.waiting}`,
      ...settlements.flatMap((settlement, index) => [`Payout ${settlement.settlementId}`, `  ${renderAmount(settlement.total, settlement.currency)}   tied ${payouts[index]!.split('✓').length - 1}/5`]),
      `Waits: ${exceptions.length}${run.temporal.uiUrl ? ` · ${run.temporal.uiUrl}` : ''}`,
    ];
  }
  return [
    '─'.repeat(Math.min(width, 78)),
    head + clock.padStart(Math.max(9, Math.min(width, 78) - head.length)),
    `Orders    ${orders.seen} seen › ${orders.salesOrders} sales orders › ${orders.dispatched} dispatched › ${orders.invoices} invoices`,
    `          ${orders.settled} settled · ${orders.waiting} wait for a SKU · ${orders.pending} pending at Amazon · ${orders.cancelled} cancelled`,
    ...payouts.map((line, index) => `${index === 0 ? 'Payouts ' : '        '}  ${line}`),
    '',
    ...(exceptions.length === 0
      ? [`Nothing waits. ${tied === settlements.length && tied > 0 ? `All ${tied} payouts are tied.` : `${tied} of ${settlements.length} payouts are tied.`}`]
      : [`${exceptions.length} ${exceptions.length === 1 ? 'thing waits' : 'things wait'} for a person`,
        ...exceptions.flatMap((exception) => [`  ${String(exception.id).padStart(2)} ${owner(exception.owner)} ${renderExceptionTitle(exception)}${atStake(exception)}`, `     ${actOf(exception)}`])]),
    `${run.temporal.uiUrl ? `Temporal ${run.temporal.uiUrl} · ` : ''}Ctrl-C stops everything started here`,
  ];
}

async function payoutLine(store: Store, connection: string, settlement: StoredSettlement): Promise<string> {
  const movements = await movementsOf(store.db, connection, settlement.settlementId);
  const sign = (done: boolean) => (done ? '✓' : '…');
  const staged = settlement.state !== 'found' && settlement.state !== 'refused';
  const posted = POSTED.includes(settlement.state);
  return `${settlement.settlementId}  ${renderAmount(settlement.total, settlement.currency).padStart(10)}  rows ${sign(staged)} total ${sign(staged)} journal ${sign(posted)} `
    + `deposit ${sign(posted && movements.every((movement) => movement.state === 'posted' || movement.state === 'returned'))} bank ${sign(posted && movements.every((movement) => movement.bankLine !== null || movement.state === 'returned'))}`;
}

function atStake({ atStake: minor, currency }: StoredException): string {
  return minor === null || currency === null ? '' : ` · ${renderAmount(minor, currency)}`;
}

/** The shorter form of a decision, by the exception's number. */
function actOf(exception: StoredException): string {
  return exception.code === 'unknown-amount' ? `npx tieout map-amount ${exception.id} ROLE --why "…"` : exception.act;
}

function owner(name: string): string {
  return (name.charAt(0).toUpperCase() + name.slice(1)).padEnd(11);
}
