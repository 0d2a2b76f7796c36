/**
 * Units of return authorisations that will never be received: those whose unit came as an adjustment, before anybody knew
 * its order, and those that were refunded and not returned after 120 days. Closing posts nothing.
 */
import { parseExternalId } from '../identifiers/external-id.ts';
import { matchReturns, orderOfSource, type OpenReturn } from './answer-returns.ts';
import { grouped } from './grouped.ts';
import { hasPassed } from './day-complete.ts';
import type { Answer, Closure } from './kept-stock.ts';
import type { Planning } from './planning.ts';
import type { OpenAuthorisation } from './stock-plan.ts';

const NEVER_CAME_DAYS = 120;

/**
 * @param lines of the returns report that no row has used
 * @param authorisations as the receipts of this run leave them
 */
export function closeAuthorisations(
  lines: readonly OpenReturn[],
  authorisations: readonly OpenAuthorisation[],
  { kept, today }: Planning,
): Closure[] {
  const closures: Closure[] = [];
  const close = (one: OpenAuthorisation, units: number, why: Closure['why']) => {
    one.open -= units;
    closures.push({ authorisation: one.netsuiteId, orderId: one.orderId, item: one.item, units, why });
  };
  const ofOrder = grouped(authorisations, keyOf);
  for (const [key, units] of cameAsAdjustment(lines, kept)) {
    const closed = kept.closures.filter((one) => one.why === 'came-as-adjustment' && keyOf(one) === key);
    let left = units - closed.reduce((sum, one) => sum + one.units, 0);
    for (const one of ofOrder.get(key) ?? []) {
      const taken = Math.min(left, one.open);
      if (taken <= 0) continue;
      close(one, taken, 'came-as-adjustment');
      left -= taken;
    }
  }
  for (const one of authorisations) {
    const isClosed = kept.closures.some(
      ({ authorisation, item, why }) => why === 'never-came' && authorisation === one.netsuiteId && item === one.item,
    );
    if (one.open > 0 && !isClosed && hasPassed(one.day, NEVER_CAME_DAYS, today)) close(one, one.open, 'never-came');
  }
  return closures;
}

const keyOf = ({ orderId, item }: { orderId: string; item: string }): string => `${orderId} ${item}`;

/** Units that became adjustments, by order and item: as the line said at that time, or as one says now. */
function cameAsAdjustment(lines: readonly OpenReturn[], kept: Planning['kept']): Map<string, number> {
  const units = new Map<string, number>();
  const add = (orderId: string, { item }: Answer, count: number) => {
    const key = keyOf({ orderId, item });
    units.set(key, (units.get(key) ?? 0) + count);
  };
  const returns = kept.rows.filter(({ eventType, quantity }) => eventType === 'CustomerReturns' && quantity > 0);
  const ids = new Set(returns.map(({ id }) => id));
  const adjustments = kept.answers.filter(
    ({ row, by }) => by.kind === 'document' && ids.has(row) && parseExternalId(by.document)?.purpose === 'ADJ',
  );
  for (const answer of adjustments) if (answer.source !== null) add(orderOfSource(answer.source), answer, answer.units);
  const untold = grouped(
    adjustments.filter(({ source }) => source === null),
    ({ row }) => row,
  );
  const rows = returns.filter(({ id }) => untold.has(id)).map((row) => ({ row, open: row.quantity }));
  matchReturns(rows, lines, ({ row }, { orderId }, count) => {
    for (const answer of untold.get(row.id)!) add(orderId, answer, count * answer.perSku);
  });
  return units;
}
