import { addDays, monthOf, type Day } from '../../money/instant.ts';
import { counted } from '../../money/render-amount.ts';
import { figureOf, NOT_USED, type ItemFigure } from '../close-item.ts';

/** Of an item at a place at the end of the month's last day: units, signed as in the equation (stock.md). */
export interface StockStanding {
  pool: string;
  item: string;
  place: string;
  amazon: number;
  netsuite: number;
  /** Terms that a person must end; waiting and ahead end by themselves. */
  opening: number;
  foreign: number;
  gap: number;
  /** By now nothing of these terms is left: what ended them is dated after the month, so that the month keeps them. */
  endedSince?: boolean;
}

/** Whether a person must end something of it. */
export const isOpen = ({ opening, foreign, gap }: Pick<StockStanding, 'opening' | 'foreign' | 'gap'>): boolean =>
  opening !== 0 || foreign !== 0 || gap !== 0;

/** Null where the connection has no stock flow. */
export interface StockItemFacts {
  lastDay: Day;
  /** The last day that was whole; null before the first. */
  whole: Day | null;
  standings: readonly StockStanding[];
}

/** Per pool no term of the last day's drift that a person must end; the signed figure is units (close.md, `stock`). */
export function stockItem(facts: StockItemFacts | null): ItemFigure[] {
  if (facts === null) return [NOT_USED];
  const { lastDay, whole, standings } = facts;
  const units = standings.reduce((sum, { netsuite }) => sum + netsuite, 0);
  const population = `${counted(standings.length, 'item')} of Amazon's ledger`;
  if (whole === null || whole < lastDay)
    return [
      {
        ...NOT_USED,
        state: 'waits',
        figure: BigInt(units),
        population: `Amazon's ledger is whole up to ${whole ?? 'no day yet'}`,
        // Amazon tells a day once it is over.
        until: `${addDays(lastDay, 1)}T00:00:00Z`,
      },
    ];
  const difference = standings.reduce(
    (sum, { opening, foreign, gap }) => sum + Math.abs(opening) + Math.abs(foreign) + Math.abs(gap),
    0,
  );
  const carry = `npx tieout close carry ${monthOf(lastDay)} stock ${difference} --why "…"`;
  const open = standings.flatMap((one) => {
    const terms = (['opening', 'foreign', 'gap'] as const).filter((term) => one[term] !== 0);
    return terms.map((term) => ({
      what: `${one.item} at ${one.pool} ${one.place}: ${term} ${one[term]}${one.endedSince ? `, ended since by what is dated after ${lastDay}` : ''}`,
      amount: null,
      cause: `item ${one.item}`,
      act: one.endedSince ? carry : `npx tieout stock ${one.item}`,
    }));
  });
  return [figureOf({ currency: null, figure: BigInt(units), difference: BigInt(difference), population, open })];
}
