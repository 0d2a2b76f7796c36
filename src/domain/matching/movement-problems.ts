/** What a person must look at about a movement, as the exceptions that are raised. */
import { payoutSubject, type RaisedException } from '../exceptions/exception.ts';
import type { Day } from '../money/instant.ts';
import { renderMoney } from '../money/render-amount.ts';
import { missingFrom, type StatementLine, type Unmatched } from './match-bank-line.ts';
import { keptOf, openMovement } from './movement-states.ts';
import { movementName, type Movement } from './movement.ts';

export function transferFailed(movement: Movement): RaisedException {
  const { settlementId, amount, currency } = movement;
  return {
    code: 'transfer-failed',
    subject: payoutSubject(settlementId),
    evidence: {
      what: `Amazon's transfer of ${renderMoney(amount, currency)} for settlement ${settlementId} failed; the amount stays in transit`,
      atStake: amount,
      currency,
    },
    remedy: {
      kind: 'wait',
      until: 'the next settlement brings it back; check the bank account in Seller Central meanwhile',
    },
  };
}

export function oneSided(
  { settlementId, broughtBackBy }: Movement,
  line: StatementLine | null,
  held: { amount: bigint; currency: string },
): RaisedException {
  const amount = renderMoney(held.amount, held.currency);
  const what =
    line !== null
      ? `the bank gave ${amount} of settlement ${settlementId} back on ${line.date} ("${line.description}"), and Amazon has not said that the transfer failed`
      : `${broughtBackBy === null ? 'Amazon says that the transfer failed' : `settlement ${broughtBackBy} brings back`} ${broughtBackBy === null ? `of ${amount} for settlement ${settlementId}` : `${amount} of settlement ${settlementId}`}, which the bank has credited; no line shows that the bank gave it back`;
  return {
    code: 'transfer-failed',
    subject: payoutSubject(settlementId),
    evidence: { what, atStake: held.amount, currency: held.currency },
    remedy: { kind: 'match-deposit', settlementId, movement: 'return' },
  };
}

export function keptInTransit(movement: Movement): RaisedException {
  const { settlementId, revision, currency } = movement;
  const rest = keptOf(movement);
  const account = movement.kind === 'charge' ? "Amazon's charges keep" : 'in transit keeps';
  return {
    code: 'report-reissued',
    key: `${settlementId}:r${revision}`,
    subject: payoutSubject(settlementId),
    evidence: {
      what: `the report of settlement ${settlementId} that was issued again says ${renderMoney(movement.amount, currency)}, and ${renderMoney(movement.amount - rest, currency)} moved: ${account} ${renderMoney(rest, currency)}, ${rest < 0n ? 'paid, not reported' : 'reported, not paid'}`,
      atStake: rest,
      currency,
    },
    remedy: {
      kind: 'settle-payout',
      first: 'A later report or bank line answers it by itself; where none will come',
      settlementId,
    },
  };
}

export function missingLine(movement: Movement, { reason, candidates }: Unmatched, today: Day): RaisedException[] {
  const { externalId, settlementId, currency, traceId } = movement;
  const { day, amount } = openMovement(movement);
  if (reason === 'none' && today < missingFrom(day)) return [];
  const money = renderMoney(amount, currency);
  const seen = candidates
    .slice(0, 3)
    .map((line) => `${line.date} ${renderMoney(line.amount, line.currency)} "${line.description}"`)
    .join(', ');
  const what =
    reason === 'none'
      ? `no bank line for ${externalId} (${money}) around ${day}${seen === '' ? '' : `; of that amount: ${seen}`}`
      : reason === 'several'
        ? `more than one bank line or payout of ${money} is as near as ${externalId}: ${seen}`
        : `the bank line with trace id ${traceId ?? ''} is not ${money}: ${seen}`;
  return [
    {
      code: 'bank-line-missing',
      key: externalId,
      subject: payoutSubject(settlementId),
      evidence: { what, atStake: amount, currency },
      remedy: { kind: 'match-deposit', settlementId, movement: movementName(movement) },
    },
  ];
}
