/**
 * Which lines of an authorisation are closed for units that will not come. A line can only be closed whole: a lower quantity
 * is refused once it is credited, which ours are at once, and would be taken off twice by a run that died in between. So a
 * line with more open than is to be closed waits until the rest was received, or will not come either.
 */
import { openUnits, type ReceivableLine } from './allot-receipt.ts';

/** Units of one item that are to be closed, in the order in which that was said. */
export interface UnitsToClose {
  id: bigint;
  units: number;
}

export interface ClosingLines {
  /** Order lines to close, a kit's for its members. */
  close: string[];
  /** Closures that are carried out with that. */
  done: bigint[];
}

/**
 * What is closed already counts, so that it comes to the same however often it is asked.
 * @param lines of the item alone
 */
export function closeLines(closures: readonly UnitsToClose[], lines: readonly ReceivableLine[]): ClosingLines {
  const wanted = closures.reduce((sum, { units }) => sum + units, 0);
  let closed = lines
    .filter((line) => line.closed)
    .reduce((sum, { quantity, received }) => sum + Math.max(0, quantity - received), 0);
  const open = lines.filter((line) => openUnits(line) > 0).sort((a, b) => openUnits(a) - openUnits(b));
  const close: string[] = [];
  for (const line of open) {
    if (closed + openUnits(line) > wanted) break;
    closed += openUnits(line);
    close.push(line.kit ?? line.orderLine);
  }
  let left = close.length === open.length ? wanted : closed;
  const done: bigint[] = [];
  for (const { id, units } of closures) {
    if (units > left) break;
    left -= units;
    done.push(id);
  }
  return { close, done };
}
