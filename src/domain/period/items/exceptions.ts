import { counted } from '../../money/render-amount.ts';
import { figureOf, type ItemFigure } from '../close-item.ts';

export interface OpenException {
  number: number;
  what: string;
  act: string;
  /** What it is about, so that several items that are open by it are one decision. */
  cause: string;
}

/**
 * No open exception of finance or operations whose subject has a document, row or fact of the month; one without a date
 * touches every open month (close.md, `exceptions`).
 */
export function exceptionsItem(open: readonly OpenException[]): ItemFigure[] {
  return [
    figureOf({
      currency: null,
      figure: BigInt(open.length),
      difference: BigInt(open.length),
      population: counted(open.length, 'open exception'),
      open: open.map(({ number, what, act, cause }) => ({
        what: `${what} (exception ${number})`,
        amount: null,
        cause,
        act,
      })),
    }),
  ];
}
