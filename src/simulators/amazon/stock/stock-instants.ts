import type { AmazonWorld } from '../world.ts';
import { StockBook } from './stock-book.ts';

/** Every instant at which something of a world's stock becomes readable: an event, a row, a line, the summary of a day. */
export function stockInstants(world: AmazonWorld): string[] {
  if (!world.stock) return [];
  const book = new StockBook(world);
  const { events, inbound, returns, removals, reimbursements } = book.facts;
  const days = new Set(book.movements.map(({ day }) => day));
  return [
    ...book.movements.flatMap((movement) => [movement.at, movement.inDetail, movement.inSummary]),
    ...[...days].map((day) => book.calendar.summaryFrom(day, 'DAILY')),
    ...events.flatMap((event) => [event.at, ...(event.type === 'hold' && event.until ? [event.until] : [])]),
    ...inbound.flatMap(({ history }) => history.map(({ at }) => at)),
    ...returns.map(({ at, inReport }) => inReport ?? at),
    ...removals.map(({ at }) => at),
    ...reimbursements.map(({ at }) => at),
  ].filter((instant) => instant !== 'never');
}
