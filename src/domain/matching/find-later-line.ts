/** Lines that come after a payout was seen: what the bank gave back, and what a re-issued report left over. */
import { addDays } from '../money/instant.ts';
import { namesAmazon, namesTrace, type StatementLine } from './match-bank-line.ts';
import { isFailed, keptOf, WATCHED_DAYS } from './movement-states.ts';
import { depositedOn, type Movement } from './movement.ts';
import { atBank } from './plan-movement-documents.ts';

/** A line that takes just what is at the bank out again, by the trace id or by Amazon's name; where several payouts could be meant, the one that Amazon speaks of, else the last before it. */
export function returnLine(
  movement: Movement,
  free: readonly StatementLine[],
  { movements, knownTraces }: { movements: readonly Movement[]; knownTraces: readonly string[] },
): StatementLine | null {
  const lines = free.filter((line) => couldReturn(movement, line));
  const traced = lines.find((line) => movement.traceId !== null && namesTrace(line, movement.traceId));
  if (traced) return traced;
  return (
    lines.find((line) => {
      if (!namesAmazon(line) || knownTraces.some((traceId) => namesTrace(line, traceId))) return false;
      const others = movements.filter(
        (other) => other.kind === 'payout' && other.state === 'posted' && couldReturn(other, line),
      );
      const told = others.filter((other) => other.broughtBackBy !== null || isFailed(other));
      return (
        (told.length > 0 ? told : others).sort((a, b) =>
          `${depositedOn(a)} ${a.externalId}` < `${depositedOn(b)} ${b.externalId}` ? 1 : -1,
        )[0] === movement
      );
    }) ?? null
  );
}

function couldReturn(movement: Movement, line: StatementLine): boolean {
  const deposited = depositedOn(movement);
  const held = atBank(movement);
  return (
    deposited !== null &&
    held !== null &&
    line.account === 'bank' &&
    line.amount === -held.amount &&
    line.currency === held.currency &&
    line.date >= deposited &&
    line.date <= addDays(deposited, WATCHED_DAYS)
  );
}

/** A later line that is just what a re-issued report left over: by the trace id, else the only one of that amount that names Amazon, for the only payout that keeps it. */
export function lineOfRest(
  movement: Movement,
  kept: readonly Movement[],
  free: readonly StatementLine[],
): StatementLine | null {
  const rest = keptOf(movement);
  const from = depositedOn(movement) ?? movement.day;
  const lines = free.filter(
    (line) =>
      line.amount === rest &&
      line.currency === movement.currency &&
      (line.account === 'bank') === (movement.kind !== 'charge') &&
      line.date >= from &&
      line.date <= addDays(from, WATCHED_DAYS) &&
      !(movement.kind === 'charge' && rest > 0n),
  );
  const traced = lines.filter((line) => movement.traceId !== null && namesTrace(line, movement.traceId));
  if (traced.length > 0) return traced.length === 1 ? traced[0]! : null;
  const alike = kept.filter((other) => other.currency === movement.currency && keptOf(other) === rest);
  const named = lines.filter(namesAmazon);
  return named.length === 1 && alike.length === 1 ? named[0]! : null;
}
