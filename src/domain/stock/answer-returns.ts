/**
 * `CustomerReturns`. The customer-returns report gives a row its order: by FNSKU, centre and disposition, the day within 2,
 * the earlier first. With an authorisation of that order that has the item open it is an item receipt, at once, since what
 * came in is sold within minutes. It waits `grace` for either; then it is an adjustment. Lines without a row touch no stock.
 * Where a receipt did not rise the next ones wait, but for one a day, the oldest: if that rises, all follow.
 */
import { adjusted, bookingOf, compactDay, keyText, placeOfPart, type Booking, type Outcome } from './booking.ts';
import { grouped } from './grouped.ts';
import { hasPassed } from './day-complete.ts';
import { skuUnits } from './inbound-book.ts';
import type { Answer } from './kept-stock.ts';
import { matchByDay } from './match-days.ts';
import { compare, rowsOf, take, type OpenPart, type OpenRow, type Wait } from './open-rows.ts';
import type { Planning } from './planning.ts';
import type { CustomerReturn } from './stock-facts.ts';
import type { OpenAuthorisation } from './stock-plan.ts';

/** Days that the report and the ledger may lie apart. */
const NEAR_DAYS = 2;

/** Lines of the report that are alike, as far as no row has used them. */
export interface OpenReturn {
  source: string;
  orderId: string;
  day: string;
  /** `{FNSKU} {centre} {disposition}`: what a row has in common with it. */
  of: string;
  open: number;
}

const commonOf = ({ fnsku, centre, disposition }: { fnsku: string; centre: string; disposition: string }): string =>
  [fnsku, centre, disposition].join(' ');

/** @param answers all that name a line of the report as their source */
export function openReturns(lines: readonly CustomerReturn[], answers: readonly Answer[]): OpenReturn[] {
  const used = new Map<string, number>();
  for (const own of grouped(
    answers.filter(({ source }) => source !== null),
    ({ row, source }) => `${row}\n${source}`,
  ).values())
    used.set(own[0]!.source!, (used.get(own[0]!.source!) ?? 0) + skuUnits(own));
  return [...grouped(lines, sourceOf)]
    .map(([source, alike]) => ({
      source,
      orderId: alike[0]!.orderId,
      day: alike[0]!.day,
      of: commonOf(alike[0]!),
      open: alike.reduce((sum, { quantity }) => sum + quantity, 0) - (used.get(source) ?? 0),
    }))
    .filter(({ open }) => open > 0)
    .sort((a, b) => compare(`${a.day} ${a.source}`, `${b.day} ${b.source}`));
}

const sourceOf = (line: CustomerReturn): string => [line.orderId, commonOf(line), line.day].join(' ');
export const orderOfSource = (source: string): string => source.split(' ')[0]!;

/** Which lines tell of which rows; takes from the lines. */
export function matchReturns<Row extends { row: OpenRow['row']; open: number }>(
  rows: readonly Row[],
  lines: readonly OpenReturn[],
  match: (row: Row, line: OpenReturn, units: number) => void,
): void {
  const alike = grouped(lines, ({ of }) => of);
  for (const [of, own] of grouped(rows, ({ row }) => commonOf(row)))
    matchByDay(
      own,
      alike.get(of) ?? [],
      { dayOf: { one: ({ row }) => row.day, other: ({ day }) => day }, from: 0, to: NEAR_DAYS },
      (row, line, units) => {
        line.open -= units;
        row.open -= units;
        match(row, line, units);
      },
    );
}

/** @param authorisations what is open of them is taken from */
export function answerReturns(
  parts: readonly OpenPart[],
  lines: readonly OpenReturn[],
  authorisations: readonly OpenAuthorisation[],
  planning: Planning,
): Outcome {
  const { policy, today, facts } = planning;
  const bookings: Booking[] = [];
  const waits: Wait[] = [];
  const isLate = ({ row }: OpenPart) => hasPassed(row.day, policy.graceDays, today);
  const rest = (part: OpenPart, units: number, source: string | null) => {
    if (units === 0) return;
    if (part.row.origin !== 'ledger' || isLate(part))
      bookings.push(adjusted(part, take(part, units), 'cogs-returns', { source }));
    else waits.push({ part, reason: 'counterpart' });
  };
  const rows = rowsOf(parts);
  const held: HeldReceipt[] = [];
  const byOrder = grouped(authorisations, ({ orderId, item }) => `${orderId} ${item}`);
  const receive = ({ own, orderId, source, units }: HeldReceipt) => {
    for (const part of own) {
      let left = units * part.perSku;
      for (const authorisation of byOrder.get(`${orderId} ${part.item}`) ?? []) {
        const received = Math.min(left, authorisation.open);
        if (received === 0) continue;
        authorisation.open -= received;
        left -= received;
        bookings.push(receiptOf(part, received, authorisation, source));
      }
      rest(part, left, source);
    }
  };
  matchReturns(
    rows.filter(({ open }) => open > 0),
    lines,
    ({ parts: own }, { orderId, source }, units) => {
      const open = own.flatMap(({ item }) => byOrder.get(`${orderId} ${item}`) ?? []);
      if (facts.notRestocked.length > 0 && open.some((one) => one.open > 0)) held.push({ own, orderId, source, units });
      else receive({ own, orderId, source, units });
    },
  );
  const [trial, ...others] = held.sort((a, b) => compare(a.own[0]!.row.day, b.own[0]!.row.day));
  const isTried = trial !== undefined && mayTry(planning);
  if (isTried) receive(trial);
  for (const { own } of isTried ? others : held)
    waits.push(...own.map((part): Wait => ({ part, reason: 'receipt-not-restocked' })));
  for (const { parts: own, open } of rows) for (const part of own) rest(part, open * part.perSku, null);
  return { bookings, answers: [], offsets: [], waits, problems: [] };
}

/** Units of a row that a line of the report gives an order. */
interface HeldReceipt {
  own: readonly OpenPart[];
  orderId: string;
  source: string;
  units: number;
}

/** Whether one of the receipts that wait may show that NetSuite's preference is on again: once a day, when none is on its way. */
function mayTry({ facts, today }: Planning): boolean {
  return facts.unseenReceipts.length === 0 && facts.notRestocked.every(({ tried }) => tried < today);
}

function receiptOf(part: OpenPart, units: number, authorisation: OpenAuthorisation, source: string): Booking {
  const { netsuiteId, orderId } = authorisation;
  return bookingOf(
    {
      purpose: 'IR',
      pool: part.pool,
      day: part.day,
      businessKey: `${keyText(orderId)}-${compactDay(part.day)}`,
      shipmentId: null,
      isDecided: false,
      of: { kind: 'authorisation', netsuiteId },
    },
    [take(part, units)],
    units,
    placeOfPart(part),
    { source },
  );
}
