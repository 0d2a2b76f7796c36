/**
 * `Shipments` are answered by Item Fulfilments at `sellable`, whoever made them: per item and pool first equal days, then
 * the nearest day within 3, the earlier first. What is left over of one item in pool A, and of a fulfilment in pool B, is a
 * transfer A → B. The ledger never names an order (amazon.md §5.2).
 */
import type { Answer } from './kept-stock.ts';
import { bookingOf, transferHead, type Booking, type Outcome } from './booking.ts';
import { grouped } from './grouped.ts';
import { hasPassed } from './day-complete.ts';
import { matchByDay, NEAR_DAYS } from './match-days.ts';
import { answerByMovement, isFulfilment, lineKey, type OpenMovement } from './open-movements.ts';
import { inOrder, settledByNothing, take, type OpenPart, type Wait } from './open-rows.ts';
import { renderAltered } from './own-fulfilments.ts';
import type { Planning } from './planning.ts';
import type { StockProblem } from './stock-plan.ts';

/** After so many a fulfilment without its row is raised. */
export const UNSEEN_DAYS = 7;

/** The day as of which each is matched: of a fulfilment in the place of one that was deleted that of that one. */
const daysFor = ({ facts }: Planning) => ({
  one: ({ row }: OpenPart) => row.day,
  other: ({ movement, ref }: OpenMovement) => facts.standingFor.get(lineKey(ref)) ?? movement.day,
});

/** Rows of one item in one pool, and the fulfilments that may answer them. */
interface Side {
  readonly pool: string;
  readonly parts: OpenPart[];
  movements: OpenMovement[];
  /** The same item in another pool. */
  readonly next: Side | undefined;
}

/** No text is made of pool and item: there are as many as rows. */
class Sides {
  /** In the order in which each first came. */
  readonly all: Side[] = [];
  readonly #byItem = new Map<string, Side>();

  constructor(parts: readonly OpenPart[]) {
    for (const part of parts) {
      const first = this.#byItem.get(part.item);
      const known = ofPool(first, part.pool);
      if (known !== undefined) known.parts.push(part);
      else {
        const side: Side = { pool: part.pool, parts: [part], movements: NONE, next: first };
        this.#byItem.set(part.item, side);
        this.all.push(side);
      }
    }
  }

  /** Of an item without rows nothing is kept. */
  add(movement: OpenMovement): void {
    const side = ofPool(this.#byItem.get(movement.movement.item), movement.pool);
    if (side === undefined) return;
    if (side.movements.length === 0) side.movements = [movement];
    else side.movements.push(movement);
  }
}

const NONE: never[] = [];

function ofPool(first: Side | undefined, pool: string): Side | undefined {
  let side = first;
  while (side !== undefined && side.pool !== pool) side = side.next;
  return side;
}

/** @param parts in any order: nine rows of ten find their fulfilment among those of their item, and only the rest is put in order */
export function answerShipments(
  parts: readonly OpenPart[],
  movements: readonly OpenMovement[],
  planning: Planning,
): Outcome {
  const fulfilments = movements.filter(isFulfilment);
  const dayOf = daysFor(planning);
  const isShipped = ({ open, place }: OpenPart) => open < 0 && place === 'sellable';
  const answers: Answer[] = [];
  const answer = (part: OpenPart, other: OpenMovement, units: number) => {
    answers.push(answerByMovement(part, other, units));
  };
  const within = (rows: readonly OpenPart[], from: number, to: number) => {
    if (rows.length === 0) return;
    const sides = new Sides(rows);
    for (const fulfilment of fulfilments) if (fulfilment.open !== 0) sides.add(fulfilment);
    for (const { parts: own, movements: others } of sides.all)
      if (others.length > 0) matchByDay(inOrder(own), others, { dayOf, from, to }, answer);
  };
  within(parts.filter(isShipped), 0, 0);
  const left = inOrder(parts.filter(({ open }) => open !== 0));
  // The row of a fulfilment's own day may still come while the day is open.
  within(
    left.filter((part) => isShipped(part) && part.isReleased),
    1,
    NEAR_DAYS,
  );
  const shipped = left.filter(isShipped);
  answers.push(...takenBackByAmazon(left, planning));
  const bookings = betweenPools(shipped, fulfilments, planning);
  const alone = left.filter((part) => part.open !== 0 && !part.inBase);
  return {
    bookings,
    answers,
    offsets: [],
    waits: alone.map((part): Wait => ({
      part,
      reason: !part.isReleased ? 'day-open' : isPast(part, planning) ? 'shipment-unbooked' : 'counterpart',
    })),
    problems: unseen(fulfilments, planning),
  };
}

const isPast = ({ row }: OpenPart, { policy, today }: Planning): boolean => hasPassed(row.day, policy.graceDays, today);

/** Units that came back under `Shipments` after `grace`, against rows that nothing answered either. */
function takenBackByAmazon(parts: readonly OpenPart[], planning: Planning): Answer[] {
  const past = parts.filter((part) => part.open !== 0 && !part.inBase && isPast(part, planning));
  const answers: Answer[] = [];
  for (const own of grouped(past, ({ pool, item, place }) => `${pool} ${item} ${place}`).values()) {
    for (const back of own.filter(({ open }) => open > 0)) {
      for (const out of own) {
        if (back.open <= 0) break;
        if (out.open >= 0) continue;
        const units = Math.min(back.open, -out.open);
        const group = [back.row.id, out.row.id, back.item].join('~');
        answers.push(...settledByNothing(group, [take(back, units), take(out, -units)]));
      }
    }
  }
  return answers;
}

/** Shipped from the stock of one pool, fulfilled from the other: both have waited for their own. */
function betweenPools(
  shipped: readonly OpenPart[],
  fulfilments: readonly OpenMovement[],
  planning: Planning,
): Booking[] {
  const bookings: Booking[] = [];
  const { policy, today } = planning;
  const dayOf = daysFor(planning);
  const left = fulfilments.filter(
    (one) => one.open !== 0 && !one.inStand && hasPassed(one.movement.day, policy.graceDays, today),
  );
  const ofItem = grouped(left, ({ movement }) => movement.item);
  const rows = shipped.filter((part) => part.open !== 0 && !part.inBase && isPast(part, planning));
  for (const own of grouped(rows, ({ pool, item }) => `${pool} ${item}`).values()) {
    const [pool, item] = [own[0]!.pool, own[0]!.item];
    const others = (ofItem.get(item) ?? []).filter((one) => one.pool !== pool);
    if (others.length === 0) continue;
    matchByDay(own, others, { dayOf, from: 0, to: NEAR_DAYS }, (part, other, units) => {
      other.open -= units;
      const to = { pool: other.pool, place: 'sellable' } as const;
      const head = transferHead(part.day, { pool, place: 'sellable' }, to);
      bookings.push(
        bookingOf(head, [take(part, units)], -units, to, {
          against: [{ place: to, units: -units, other: other.ref }],
        }),
      );
    });
  }
  return bookings;
}

/** Fulfilments of ours; somebody else's are movements of others. */
function unseen(fulfilments: readonly OpenMovement[], { policy, facts, today, costs }: Planning): StockProblem[] {
  const late = fulfilments.filter(
    (one) =>
      one.open !== 0 &&
      one.isOurs &&
      one.movement.day >= policy.from &&
      hasPassed(one.movement.day, UNSEEN_DAYS, today),
  );
  const altered = (one: OpenMovement) =>
    facts.altered.find(({ netsuiteId, item }) => netsuiteId === one.movement.netsuiteId && item === one.movement.item);
  return late.map((one) => {
    const { movement, ref, pool, place, open } = one;
    const own = altered(one);
    return {
      code: 'fulfilment-unseen',
      key: `${ref.document}:${ref.line}`,
      pool,
      sku: null,
      item: movement.item,
      units: open,
      value: costs.valueOf(movement.item, open, { pool, place }),
      day: movement.day,
      rows: [],
      documents: [movement.externalId ?? movement.netsuiteId],
      what:
        own === undefined
          ? 'NetSuite has a fulfilment, and the ledger has no shipment of it'
          : `${renderAltered(own, { pool, place })}; the ledger has no shipment of what is there now`,
      ...(own === undefined ? {} : { whose: 'ours' as const }),
    };
  });
}
