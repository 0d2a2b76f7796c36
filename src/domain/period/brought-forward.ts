/** What an earlier month carried heads the item of the months after it until it is gone (close.md, *Sign-off*). */
import type { Instant } from '../money/instant.ts';
import type { Period } from './calendar.ts';
import type { CloseItem, ItemFigure } from './close-item.ts';
import { isSameItem, lastWords, type Carried } from './close-items.ts';

/** A month before, as it was last worked out, with what was carried in it in the order in which it was. */
export interface MonthBefore {
  period: Period;
  items: readonly CloseItem[];
  carried: readonly (Carried & { at: Instant })[];
}

/** It holds nothing up and is no figure of the month that it heads: it stands in the month that carried it. */
export interface BroughtForward extends Omit<Carried, 'causes' | 'findings'> {
  /** The month that carried it. */
  period: Period;
  at: Instant;
  /** What the item of that month differs by now; another amount than was carried is open there. */
  now: bigint;
}

/**
 * It is gone once the item of the month that carried it ties; what a later month carried on, with all its causes, stands as that
 * month's alone.
 * @param months before the one whose items are headed, in their order
 */
export function broughtForward(months: readonly MonthBefore[]): BroughtForward[] {
  const standing = months.flatMap(({ period, items, carried }) =>
    lastWords(carried).flatMap((one) => {
      const figure = items.find(({ name }) => name === one.item)?.figures.find((of) => of.currency === one.currency);
      return figure === undefined || isGone(figure) ? [] : [{ period, one, now: figure.difference }];
    }),
  );
  return standing
    .filter(({ one }, at) => !standing.slice(at + 1).some((later) => carriesOn(later.one, one)))
    .map(({ period, one: { causes: _causes, findings: _findings, ...said }, now }) => ({ ...said, period, now }));
}

const isGone = ({ state }: ItemFigure): boolean => state === 'ties' || state === 'not-used';

function carriesOn(later: Carried, one: Carried): boolean {
  const causes = one.causes ?? [];
  return isSameItem(later, one) && causes.length > 0 && causes.every((cause) => later.causes?.includes(cause) === true);
}
