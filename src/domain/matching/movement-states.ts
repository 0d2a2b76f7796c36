/** How a movement stands: awaited, seen, failed, or kept in transit by a report that was issued again. */
import type { OpenMovement } from './match-bank-line.ts';
import { lastReturnOf, openOf, type Movement } from './movement.ts';

/** For so long after a deposit its transfer and its statement are looked at. */
export const WATCHED_DAYS = 60;

/** Its line is looked for. */
export function isAwaited({ state }: Movement): boolean {
  return state === 'expected' || state === 'failed';
}

export function isSeen({ state }: Movement): boolean {
  return state === 'posted' || state === 'returned';
}

export function isFailed({ kind, transferStatus }: Movement): boolean {
  return kind === 'payout' && transferStatus?.toLowerCase() === 'failed';
}

/** What is neither awaited nor explained: positive was reported and not paid, negative paid and not reported. A row that brought back what is at the bank is no rest of the report's. */
export function keptOf(movement: Movement): bigint {
  return movement.state === 'posted' && movement.broughtBackBy !== null
    ? openOf(movement) + movement.broughtBack
    : openOf(movement);
}

/** It was seen, and the report that was issued again says another amount. */
export function isKept(movement: Movement): boolean {
  return isSeen(movement) && keptOf(movement) !== 0n;
}

export function openMovement(movement: Movement): OpenMovement {
  const { externalId, kind, currency, converted, traceId, day } = movement;
  const notBefore = lastReturnOf(movement);
  return {
    externalId,
    kind,
    amount: openOf(movement),
    currency,
    converted,
    traceId,
    day: notBefore !== null && notBefore > day ? notBefore : day,
    notBefore,
  };
}
