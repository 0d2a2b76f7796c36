/** The steady state: what is where, what waits, and for whom. Lines below the scrolling ones, redrawn in place. */
import { renderCount } from '../../domain/money/render-amount.ts';
import { PAYOUT_STEPS } from '../../domain/payouts/payout-steps.ts';
import { showAmount } from '../print/amounts.ts';
import { ownerName } from '../print/owners.ts';
import { renderSteps } from '../print/signs.ts';
import { cut, NARROW_BELOW, renderFields } from '../print/table.ts';
import type { ListedException } from '../../views/exceptions/exceptions-view.ts';
import type { LivePayout, LiveView } from '../../views/live/live-view.ts';
import type { Surroundings } from '../../views/live/surroundings.ts';

export interface LiveFacts {
  title: string;
  simulated: boolean;
  /** `14:04:10`: stands still only if the process does. */
  clock: string;
  /** When what is shown last changed; null before it did. */
  lastChange: string | null;
  uiUrl: string | null;
  connections: readonly LiveView[];
}

/** Wider rules and heads would tear apart what belongs together. */
const WIDEST_HEAD = 78;
/** Cells of the names on the left. */
const NAMES = 10;
/** Payouts that are tied and older are counted, not listed. */
const TIED_SHOWN = 2;

/** Never taller than `rows` nor wider than `width`: what does not fit is counted, and the last line stays. */
export function renderLiveBlock(facts: LiveFacts, width: number, rows: number): string[] {
  const lines = width < NARROW_BELOW ? narrow(facts) : wide(facts, width, rows);
  return fitted(lines, rows).map((line) => cut(line, width));
}

function fitted(lines: readonly string[], rows: number): string[] {
  if (lines.length <= rows) return [...lines];
  const kept = Math.max(0, rows - 2);
  return [...lines.slice(0, kept), `+${lines.length - kept - 1} more lines: npx tieout status`, ...lines.slice(-1)];
}

function wide(facts: LiveFacts, width: number, rows: number): string[] {
  const { connections, uiUrl } = facts;
  const exceptions = byUrgency(connections.flatMap((connection) => connection.exceptions));
  const counts = [
    '─'.repeat(Math.min(width, WIDEST_HEAD)),
    ...connections.flatMap((connection, index) => [
      head(facts, connection.connection, index === 0, Math.min(width, WIDEST_HEAD)),
      ...orderLines(connection, width),
      ...payoutLines(connection),
      ...surroundingLines(connection, width),
    ]),
    '',
  ];
  const waiting =
    exceptions.length === 0
      ? [nothingWaits(facts)]
      : [things(exceptions.length), ...exceptionsWithin(exceptions, width, rows - counts.length - 2)];
  return [...counts, ...waiting, `${uiUrl ? `Temporal ${uiUrl} · ` : ''}Ctrl-C stops everything started here`];
}

/** Decisions first, since they release the most; last the documents that are missing, which mostly come by themselves. */
function byUrgency(exceptions: readonly ListedException[]): ListedException[] {
  const rank = ({ code }: ListedException) =>
    code === 'sku-unknown' || code === 'unknown-amount' ? 0 : code === 'document-missing' ? 2 : 1;
  return [...exceptions].sort((a, b) => rank(a) - rank(b));
}

/** As many as `rows` lines hold, two lines each; the others are counted. */
function exceptionsWithin(exceptions: readonly ListedException[], width: number, rows: number): string[] {
  if (exceptions.length * 2 <= rows) return exceptions.flatMap((exception) => exceptionLines(exception, width));
  const shown = Math.max(0, Math.floor((rows - 1) / 2));
  return [
    ...exceptions.slice(0, shown).flatMap((exception) => exceptionLines(exception, width)),
    `+${exceptions.length - shown} more: npx tieout exceptions`,
  ];
}

function head({ title, simulated, clock }: LiveFacts, name: string, first: boolean, width: number): string {
  const text = `${name} · ${title}${simulated ? ' · simulated' : ''} · live`;
  return first ? text + clock.padStart(Math.max(clock.length + 1, width - text.length)) : text;
}

function orderLines({ orders }: LiveView, width: number): string[] {
  const waiting =
    orders.waiting === 0 ? [] : [`${renderCount(orders.waiting)} ${orders.waiting === 1 ? 'waits' : 'wait'} for a SKU`];
  return renderFields(width, NAMES, [
    [
      'Orders',
      `${renderCount(orders.seen)} seen › ${renderCount(orders.salesOrders)} sales orders › ${renderCount(orders.dispatched)} dispatched › ${renderCount(orders.invoices)} invoices`,
    ],
    [
      '',
      [
        `${renderCount(orders.settled)} settled`,
        ...waiting,
        `${renderCount(orders.pending)} pending at Amazon`,
        `${renderCount(orders.cancelled)} cancelled`,
      ],
    ],
  ]);
}

/** Those that are not tied, and the last ones that are. */
function shownPayouts(payouts: readonly LivePayout[]): { shown: LivePayout[]; before: number } {
  const lastTied = payouts.filter((payout) => payout.tied).slice(-TIED_SHOWN);
  const shown = payouts.filter((payout) => !payout.tied || lastTied.includes(payout));
  return { shown, before: payouts.length - shown.length };
}

function payoutLines({ payouts }: LiveView): string[] {
  const { shown, before } = shownPayouts(payouts);
  const lines = [
    ...(before === 0 ? [] : [`${renderCount(before)} tied before`]),
    ...shown.map(
      ({ settlementId, total, currency, steps }) =>
        `${settlementId}  ${showAmount(total, currency).padStart(10)}  ${renderSteps(steps)}`,
    ),
  ];
  return lines.map((line, index) => `${(index === 0 ? 'Payouts' : '').padEnd(NAMES)}${line}`);
}

function surroundingLines({ netsuite, amazon }: Surroundings, width: number): string[] {
  return renderFields(width, NAMES, [
    ['NetSuite', netsuite && netsuiteParts(netsuite)],
    ['Amazon', amazon && amazonParts(amazon)],
  ]);
}

function netsuiteParts({
  busy,
  size,
  allowed,
  throttledLastHour,
  queued,
}: NonNullable<Surroundings['netsuite']>): string[] {
  return [
    `${busy} of ${size} slots busy${allowed < size ? ` (NetSuite throttles: ${allowed} allowed)` : ''}`,
    ...(queued === null ? [] : [`${renderCount(queued)} queued`]),
    throttledLastHour === 0
      ? 'no 429 in the last hour'
      : `429 ${throttledLastHour === 1 ? 'once' : `${renderCount(throttledLastHour)} times`} in the last hour`,
  ];
}

function amazonParts({
  tokens,
  burst,
  polledSecondsAgo,
  nextInSeconds,
}: NonNullable<Surroundings['amazon']>): string[] {
  const polled = [
    ...(polledSecondsAgo === null ? [] : [`polled ${renderCount(polledSecondsAgo)} s ago`]),
    ...(nextInSeconds === null ? [] : [`next in ${renderCount(nextInSeconds)} s`]),
  ];
  return [`orders ${tokens} of ${burst} tokens`, ...(polled.length === 0 ? [] : [polled.join(', ')])];
}

function things(count: number): string {
  return `${count} ${count === 1 ? 'thing waits' : 'things wait'} for a person`;
}

/** The command to act with on a line of its own, under the words. */
function exceptionLines(
  { number, owner, title, waiters, atStake, currency, act }: ListedException,
  width: number,
): string[] {
  const indent = ' '.repeat(17);
  const figures = [
    ...(waiters === '–' ? [] : [waiters]),
    ...(atStake === null || currency === null ? [] : [showAmount(atStake, currency)]),
  ]
    .map((part) => ` · ${part}`)
    .join('');
  return [
    `  ${String(number).padStart(2)} ${ownerName(owner).padEnd(11)} ${cut(title, Math.max(20, width - indent.length - figures.length))}${figures}`,
    `${indent}${act}`,
  ];
}

function nothingWaits({ connections, lastChange }: LiveFacts): string {
  const payouts = connections.flatMap((connection) => connection.payouts);
  const tied = payouts.filter((payout) => payout.tied).length;
  const counts =
    payouts.length === 0
      ? 'No payout yet.'
      : tied === payouts.length
        ? `${tied === 1 ? 'The payout is' : `All ${tied} payouts are`} tied.`
        : `${tied} of ${payouts.length} payouts are tied.`;
  return `Nothing waits. ${counts}${lastChange === null ? '' : ` Last change ${lastChange}.`}`;
}

/** Key and value on two lines, the figures that matter and no more. */
function narrow({ connections, simulated, clock, uiUrl }: LiveFacts): string[] {
  const exceptions = connections.reduce((count, connection) => count + connection.exceptions.length, 0);
  return [
    ...connections.flatMap(({ connection, orders, payouts }, index) => [
      [connection, ...(simulated ? ['simulated'] : []), 'live', ...(index === 0 ? [clock] : [])].join(' · '),
      `Orders ${orders.seen} · settled ${orders.settled} · waiting ${orders.waiting}`,
      ...shownPayouts(payouts).shown.flatMap(({ settlementId, total, currency, steps, waitsFor }) => {
        const done = PAYOUT_STEPS.filter((step) => steps[step] === 'done' || steps[step] === 'none').length;
        return [
          `Payout ${settlementId}`,
          `  ${showAmount(total, currency)}   ${done === PAYOUT_STEPS.length ? 'tied ' : ''}${done}/5${waitsFor === null ? '' : `, waits: ${waitsFor}`}`,
        ];
      }),
    ]),
    `Waits: ${exceptions}${uiUrl ? ` · ${uiUrl}` : ''}`,
  ];
}
