/**
 * What is new about the movements of a connection: lines that were found, transfers that failed, money that the bank gave
 * back, and what a person must look at. It is judged over all movements and all free lines together, and says the same
 * whoever asks, so that a payout is woken by what it will then find, and is not tied while something is new.
 */
import { payoutSubject, type RaisedException } from '../exceptions/exception.ts';
import { addDays, type Day } from '../money/instant.ts';
import { renderMoney } from '../money/render-amount.ts';
import { matchLines, missingFrom, namesAmazon, namesTrace, type OpenMovement, type StatementLine, type Unmatched } from './match-bank-line.ts';
import { depositedOn, lastReturnOf, openOf, movementName, returnsOf, type FoundBy, type Movement, type MovementDocument, type MovementState } from './movement.ts';
import { atBank, documentsOfLines, documentsOfReturn, type AssignedLine, type UsedNumbers } from './plan-movement-documents.ts';

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

/** For so long after a deposit its transfer and its statement are looked at. */
export const WATCHED_DAYS = 60;

export function judgeMovements(facts: MovementFacts): MovementNews[] {
  const open = facts.movements.filter(isAwaited);
  const kept = facts.movements.filter(isKept);
  const { matches, unmatched } = facts.bank === 'none' ? { matches: [], unmatched: [] } : matchLines(open.map(openMovement), facts.lines, facts.knownTraces);
  const free = facts.lines.filter((line) => !matches.some((match) => match.line === line));
  return facts.movements.map((movement): MovementNews => {
    const match = matches.find((found) => found.movement.externalId === movement.externalId);
    const news = (more: Partial<MovementNews> = {}): MovementNews => ({ movement, documents: [], state: movement.state, problems: [], ...more });
    const seen = (lines: readonly AssignedLine[], by: FoundBy) => news({ documents: documentsOfLines(movement, lines, by, facts.usedOf(movement.settlementId)), state: 'matched' });
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

/** Its line is looked for. */
export function isAwaited({ state }: Movement): boolean {
  return state === 'expected' || state === 'failed';
}

function isSeen({ state }: Movement): boolean {
  return state === 'posted' || state === 'returned';
}

function isFailed({ kind, transferStatus }: Movement): boolean {
  return kind === 'payout' && transferStatus?.toLowerCase() === 'failed';
}

/** What is neither awaited nor explained: positive was reported and not paid, negative paid and not reported. A row that brought back what is at the bank is no rest of the report's. */
export function keptOf(movement: Movement): bigint {
  return movement.state === 'posted' && movement.broughtBackBy !== null ? openOf(movement) + movement.broughtBack : openOf(movement);
}

/** It was seen, and the report that was issued again says another amount. */
export function isKept(movement: Movement): boolean {
  return isSeen(movement) && keptOf(movement) !== 0n;
}

function openMovement(movement: Movement): OpenMovement {
  const { externalId, kind, currency, converted, traceId, day } = movement;
  const notBefore = lastReturnOf(movement);
  return { externalId, kind, amount: openOf(movement), currency, converted, traceId, day: notBefore !== null && notBefore > day ? notBefore : day, notBefore };
}

/** Without statements a payout is seen when Amazon reports the transfer, the others on the day of their row. */
function saidSeen(movement: Movement, today: Day): AssignedLine | null {
  const { kind, day, depositDay, transferStatus, converted, currency } = movement;
  if (kind !== 'payout') return { key: null, account: kind === 'charge' ? 'card' : 'bank', date: day, amount: openOf(movement), currency };
  if (transferStatus?.toLowerCase() !== 'successful') return null;
  return { key: null, account: 'bank', date: returnsOf(movement).length > 0 ? today : depositDay, ...(converted ?? { amount: openOf(movement), currency }) };
}

/** The bank gave a deposited payout back: posted when a line and Amazon (its `Failed`, or the next file's row) agree; one of them alone is for a person. */
function givenBack(movement: Movement, free: readonly StatementLine[], facts: MovementFacts): Partial<MovementNews> | null {
  const deposited = depositedOn(movement);
  const held = atBank(movement);
  if (movement.kind !== 'payout' || deposited === null || held === null) return null;
  const isWatched = facts.today <= addDays(deposited, WATCHED_DAYS);
  const amazon = movement.broughtBackBy !== null || (isWatched && isFailed(movement));
  const line = facts.bank === 'none' ? null : returnLine(movement, free, facts);
  const used = facts.usedOf(movement.settlementId);
  if (amazon && facts.bank === 'none') {
    return { documents: documentsOfReturn(movement, [{ key: null, account: 'bank', date: facts.today, amount: -held.amount, currency: held.currency }], 'status', used), state: 'matched' };
  }
  if (amazon && line !== null) return { documents: documentsOfReturn(movement, [line], movement.traceId !== null && namesTrace(line, movement.traceId) ? 'trace id' : 'amount and date', used), state: 'matched' };
  if (!amazon && line === null) return null;
  return { problems: [oneSided(movement, line, held)] };
}

/** A line that takes just what is at the bank out again, by the trace id or by Amazon's name; where several payouts could be meant, the one that Amazon speaks of, else the last before it. */
function returnLine(movement: Movement, free: readonly StatementLine[], { movements, knownTraces }: MovementFacts): StatementLine | null {
  const lines = free.filter((line) => couldReturn(movement, line));
  const traced = lines.find((line) => movement.traceId !== null && namesTrace(line, movement.traceId));
  if (traced) return traced;
  return lines.find((line) => {
    if (!namesAmazon(line) || knownTraces.some((traceId) => namesTrace(line, traceId))) return false;
    const others = movements.filter((other) => other.kind === 'payout' && other.state === 'posted' && couldReturn(other, line));
    const told = others.filter((other) => other.broughtBackBy !== null || isFailed(other));
    return (told.length > 0 ? told : others).sort((a, b) => (`${depositedOn(a)} ${a.externalId}` < `${depositedOn(b)} ${b.externalId}` ? 1 : -1))[0] === movement;
  }) ?? null;
}

function couldReturn(movement: Movement, line: StatementLine): boolean {
  const deposited = depositedOn(movement);
  const held = atBank(movement);
  return deposited !== null && held !== null && line.account === 'bank' && line.amount === -held.amount && line.currency === held.currency
    && line.date >= deposited && line.date <= addDays(deposited, WATCHED_DAYS);
}

/** A later line that is just what a re-issued report left over: by the trace id, else the only one of that amount that names Amazon, for the only payout that keeps it. */
function lineOfRest(movement: Movement, kept: readonly Movement[], free: readonly StatementLine[]): StatementLine | null {
  const rest = keptOf(movement);
  const from = depositedOn(movement) ?? movement.day;
  const lines = free.filter((line) => line.amount === rest && line.currency === movement.currency && (line.account === 'bank') === (movement.kind !== 'charge')
    && line.date >= from && line.date <= addDays(from, WATCHED_DAYS) && !(movement.kind === 'charge' && rest > 0n));
  const traced = lines.filter((line) => movement.traceId !== null && namesTrace(line, movement.traceId));
  if (traced.length > 0) return traced.length === 1 ? traced[0]! : null;
  const alike = kept.filter((other) => other.currency === movement.currency && keptOf(other) === rest);
  const named = lines.filter(namesAmazon);
  return named.length === 1 && alike.length === 1 ? named[0]! : null;
}

function transferFailed(movement: Movement): RaisedException {
  const { settlementId, amount, currency } = movement;
  return {
    code: 'transfer-failed', subject: payoutSubject(settlementId),
    evidence: { what: `Amazon's transfer of ${renderMoney(amount, currency)} for settlement ${settlementId} failed; the amount stays in transit`, atStake: amount, currency },
    remedy: { kind: 'wait', until: 'the next settlement brings it back; check the bank account in Seller Central meanwhile' },
  };
}

function oneSided({ settlementId, broughtBackBy }: Movement, line: StatementLine | null, held: { amount: bigint; currency: string }): RaisedException {
  const amount = renderMoney(held.amount, held.currency);
  const what = line !== null ? `the bank gave ${amount} of settlement ${settlementId} back on ${line.date} ("${line.description}"), and Amazon has not said that the transfer failed`
    : `${broughtBackBy === null ? 'Amazon says that the transfer failed' : `settlement ${broughtBackBy} brings back`} ${broughtBackBy === null ? `of ${amount} for settlement ${settlementId}` : `${amount} of settlement ${settlementId}`}, which the bank has credited; no line shows that the bank gave it back`;
  return {
    code: 'transfer-failed', subject: payoutSubject(settlementId), evidence: { what, atStake: held.amount, currency: held.currency },
    remedy: { kind: 'match-deposit', settlementId, movement: 'return' },
  };
}

function keptInTransit(movement: Movement): RaisedException {
  const { settlementId, revision, currency } = movement;
  const rest = keptOf(movement);
  const account = movement.kind === 'charge' ? "Amazon's charges keep" : 'in transit keeps';
  return {
    code: 'report-reissued', key: `${settlementId}:r${revision}`, subject: payoutSubject(settlementId),
    evidence: {
      what: `the report of settlement ${settlementId} that was issued again says ${renderMoney(movement.amount, currency)}, and ${renderMoney(movement.amount - rest, currency)} moved: ${account} ${renderMoney(rest, currency)}, ${rest < 0n ? 'paid, not reported' : 'reported, not paid'}`,
      atStake: rest, currency,
    },
    remedy: { kind: 'settle-payout', first: 'A later report or bank line answers it by itself; where none will come', settlementId },
  };
}

function missingLine(movement: Movement, { reason, candidates }: Unmatched, today: Day): RaisedException[] {
  const { externalId, settlementId, currency, traceId } = movement;
  const { day, amount } = openMovement(movement);
  if (reason === 'none' && today < missingFrom(day)) return [];
  const money = renderMoney(amount, currency);
  const seen = candidates.slice(0, 3).map((line) => `${line.date} ${renderMoney(line.amount, line.currency)} "${line.description}"`).join(', ');
  const what = reason === 'none' ? `no bank line for ${externalId} (${money}) around ${day}${seen === '' ? '' : `; of that amount: ${seen}`}`
    : reason === 'several' ? `more than one bank line or payout of ${money} is as near as ${externalId}: ${seen}`
    : `the bank line with trace id ${traceId ?? ''} is not ${money}: ${seen}`;
  return [{
    code: 'bank-line-missing', key: externalId, subject: payoutSubject(settlementId), evidence: { what, atStake: amount, currency },
    remedy: { kind: 'match-deposit', settlementId, movement: movementName(movement) },
  }];
}
