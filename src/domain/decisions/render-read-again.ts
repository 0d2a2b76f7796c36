import { counted } from '../money/render-amount.ts';
import type { ReadAgainPlan, ReadAgainWhat } from './plan-read-again.ts';

/** What each is asked for in, one of them and many. */
const PIECES: Record<ReadAgainWhat, string> = {
  orders: 'listing',
  shipments: 'report',
  refunds: 'window',
  settlements: 'listing',
};

/**
 * What a mark that was set back has read again, in sentences.
 * @param known how many of what lies in that time the store holds
 */
export function renderReadAgain(plan: ReadAgainPlan, known: number): string {
  const { what, from, to, pieces, isCut, listedSince } = plan;
  return [
    `${what} from ${from}${isCut ? ' (the cut-over, before which nothing is read)' : ''} to ${to} are read again with the next look, in ${counted(pieces, PIECES[what])}` +
      `${what === 'shipments' ? ', which Amazon makes one a minute' : ''}`,
    `${counted(known, what.slice(0, -1))} of that time ${known === 1 ? 'is' : 'are'} in the store: what is there is told and booked once`,
    ...(what === 'settlements'
      ? [
          'the mark says up to when reports were listed by their creation, and one that was taken in is not downloaded again',
        ]
      : []),
    ...(listedSince === null
      ? []
      : [
          `Amazon lists reports for 90 days, here those made since ${listedSince}: bring older ones by npx tieout settlement import FILE`,
        ]),
  ].join('; ');
}
