/**
 * What is new about the movements of a connection: lines that were found, transfers that failed, money that the bank gave
 * back, and what a person must look at. It is judged over all movements and all free lines together, and says the same
 * whoever asks, so that a payout is woken by what it will then find, and is not tied while something is new.
 */
import type { RaisedException } from '../exceptions/exception.ts';
import { addDays, type Day } from '../money/instant.ts';
import { lineOfRest, returnLine } from './find-later-line.ts';
import { matchLines, namesTrace, type StatementLine } from './match-bank-line.ts';
import { keptInTransit, missingLine, oneSided, transferFailed } from './movement-problems.ts';
import { isAwaited, isFailed, isKept, isSeen, openMovement, WATCHED_DAYS } from './movement-states.ts';
import {
  depositedOn,
  openOf,
  returnsOf,
  type FoundBy,
  type Movement,
  type MovementDocument,
  type MovementState,
} from './movement.ts';
import {
  atBank,
  documentsOfLines,
  documentsOfReturn,
  type AssignedLine,
  type UsedNumbers,
} from './plan-movement-documents.ts';

export interface MovementFacts {
  movements: readonly Movement[];
  /** Lines that no movement has taken. */
  lines: readonly StatementLine[];
  /** Of all transfers that Amazon has told of. */
  knownTraces: readonly string[];
  bank: 'statement' | 'none';
  /** The later of the books' day and the last day that a statement shows. */
  today: Day;
  usedOf: (settlementId: string) => UsedNumbers;
}

export interface MovementNews {
  movement: Movement;
  /** Documents that its lines, or Amazon's word, have become. */
  documents: MovementDocument[];
  /** What it is from now on, where that is something else. */
  state: MovementState;
  /** Open as long as it stands so; no other exception of these codes about the movement is. */
  problems: RaisedException[];
}

export function judgeMovements(facts: MovementFacts): MovementNews[] {
  const open = facts.movements.filter(isAwaited);
  const kept = facts.movements.filter(isKept);
  const { matches, unmatched } =
    facts.bank === 'none'
      ? { matches: [], unmatched: [] }
      : matchLines(open.map(openMovement), facts.lines, facts.knownTraces);
  const free = facts.lines.filter((line) => !matches.some((match) => match.line === line));
  return facts.movements.map((movement): MovementNews => {
    const match = matches.find((found) => found.movement.externalId === movement.externalId);
    const news = (more: Partial<MovementNews> = {}): MovementNews => ({
      movement,
      documents: [],
      state: movement.state,
      problems: [],
      ...more,
    });
    const seen = (lines: readonly AssignedLine[], by: FoundBy) =>
      news({ documents: documentsOfLines(movement, lines, by, facts.usedOf(movement.settlementId)), state: 'matched' });
    if (match) return seen([match.line], match.by);
    if (open.includes(movement)) {
      if (movement.broughtBackBy !== null) return news({ state: 'returned' });
      const said = facts.bank === 'none' ? saidSeen(movement, facts.today) : null;
      if (said !== null) return seen([said], 'status');
      if (isFailed(movement)) return news({ state: 'failed', problems: [transferFailed(movement)] });
      const missing = unmatched.find((known) => known.movement.externalId === movement.externalId);
      return news({ state: 'expected', problems: missing ? missingLine(movement, missing, facts.today) : [] });
    }
    if (!isSeen(movement)) return news();
    const returned = movement.state === 'posted' ? givenBack(movement, free, facts) : null;
    if (returned !== null) return news(returned);
    if (!isKept(movement)) return news();
    const answer = facts.bank === 'none' ? null : lineOfRest(movement, kept, free);
    return answer ? seen([answer], 'amount and date') : news({ problems: [keptInTransit(movement)] });
  });
}

/** Without statements a payout is seen when Amazon reports the transfer, the others on the day of their row. */
function saidSeen(movement: Movement, today: Day): AssignedLine | null {
  const { kind, day, depositDay, transferStatus, converted, currency } = movement;
  if (kind !== 'payout')
    return { key: null, account: kind === 'charge' ? 'card' : 'bank', date: day, amount: openOf(movement), currency };
  if (transferStatus?.toLowerCase() !== 'successful') return null;
  return {
    key: null,
    account: 'bank',
    date: returnsOf(movement).length > 0 ? today : depositDay,
    ...(converted ?? { amount: openOf(movement), currency }),
  };
}

/** The bank gave a deposited payout back: posted when a line and Amazon (its `Failed`, or the next file's row) agree; one of them alone is for a person. */
function givenBack(
  movement: Movement,
  free: readonly StatementLine[],
  facts: MovementFacts,
): Partial<MovementNews> | null {
  const deposited = depositedOn(movement);
  const held = atBank(movement);
  if (movement.kind !== 'payout' || deposited === null || held === null) return null;
  const isWatched = facts.today <= addDays(deposited, WATCHED_DAYS);
  const amazon = movement.broughtBackBy !== null || (isWatched && isFailed(movement));
  const line = facts.bank === 'none' ? null : returnLine(movement, free, facts);
  const used = facts.usedOf(movement.settlementId);
  if (amazon && facts.bank === 'none') {
    return {
      documents: documentsOfReturn(
        movement,
        [{ key: null, account: 'bank', date: facts.today, amount: -held.amount, currency: held.currency }],
        'status',
        used,
      ),
      state: 'matched',
    };
  }
  if (amazon && line !== null)
    return {
      documents: documentsOfReturn(
        movement,
        [line],
        movement.traceId !== null && namesTrace(line, movement.traceId) ? 'trace id' : 'amount and date',
        used,
      ),
      state: 'matched',
    };
  if (!amazon && line === null) return null;
  return { problems: [oneSided(movement, line, held)] };
}
