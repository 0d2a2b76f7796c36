/**
 * What each balance must be, from our own facts: debit positive, in the transaction's currency.
 *
 * Clearing and receivable are the posting mode's (`posting-modes/`) · in transit and charges =
 * movements not yet seen, and what was paid and not reported, or the reverse · bank, card and conversion = what the
 * documents of movements moved there · balance due = negative totals that no later file has brought in · reserve = Amazon's last
 * current reserve of each chain · set-off = the sides that no other account's settlement has answered · settlement in
 * progress = 0 once all parts are posted. What a broken chain brings in is nobody's: it stays unexplained.
 */
import type { Role } from '../mapping/roles.ts';
import { sumMinor } from '../money/money.ts';
import type { PostingMode } from '../posting-modes/posting-mode.ts';
import { countedFor, type ExplainedBalance, type LedgerFacts, type MovementBalance } from './ledger-facts.ts';
import { openSetOffs } from './set-offs.ts';

/** @param heldOn what NetSuite holds on a role's account; nothing where it has no such account */
export function besideNetSuite(
  explained: readonly ExplainedBalance[],
  heldOn: (role: Role) => bigint | undefined,
): (ExplainedBalance & { held: bigint; difference: bigint })[] {
  return explained.map((balance) => {
    const held = heldOn(balance.role) ?? 0n;
    return { ...balance, held, difference: held - balance.amount };
  });
}

/** @param mode explains what documents and journal hand to each other: clearing, receivable */
export function explainBalances(facts: LedgerFacts, { explain }: Pick<PostingMode, 'explain'>): ExplainedBalance[] {
  const last = facts.settlements.filter(
    (settlement) =>
      !(
        settlement.followed ?? facts.settlements.some((other) => other !== settlement && other.start === settlement.end)
      ),
  );
  const left = facts.movements
    .map((movement) => ({ ...movement, left: movement.amount - movement.cleared - movement.broughtBack }))
    .filter((movement) => movement.left !== 0n);
  const negative = last.filter((settlement) => settlement.total < 0n);
  const inTransit = left.filter((movement) => movement.kind !== 'charge');
  const charges = left.filter((movement) => movement.kind === 'charge');
  const sum = (movements: readonly { left: bigint }[]) => sumMinor(movements.map((movement) => movement.left));
  const on = (role: Role, what: string): ExplainedBalance => {
    const moved = facts.moved.filter(({ debit, credit }) => debit === role || credit === role);
    return {
      role,
      amount: sumMinor(moved.map(({ debit, amount }) => (debit === role ? amount : -amount))),
      by: countedFor(moved.length, what, ''),
    };
  };
  return [
    ...explain(facts),
    { role: 'payouts-in-transit', amount: sum(inTransit), by: saidOf(inTransit, 'movement') },
    { role: 'amazon-charges', amount: sum(charges), by: saidOf(charges, 'charge') },
    {
      role: 'balance-due-to-amazon',
      amount: sumMinor(negative.map((settlement) => settlement.total)),
      by: countedFor(negative.length, 'negative total', 'carried forward'),
    },
    {
      role: 'reserve-held',
      amount: -sumMinor(last.map((settlement) => settlement.currentReserve)),
      by: "Amazon's last current reserve",
    },
    {
      role: 'set-off',
      amount: sumMinor(facts.setOffs.map((side) => side.amount)),
      by: countedFor(openSetOffs(facts.setOffs).length, 'side', 'not yet answered'),
    },
    { role: 'settlement-in-progress', amount: 0n, by: '' },
    on('bank', 'deposit'),
    on('card', 'charge'),
    on('conversion', 'converted amount'),
  ];
}

function saidOf(movements: readonly (MovementBalance & { left: bigint })[], what: string): string {
  const seen = movements.filter((movement) => movement.seen);
  return [
    countedFor(movements.length - seen.length, what, 'not yet seen'),
    countedFor(seen.filter(({ left }) => left < 0n).length, what, 'paid, not reported'),
    countedFor(seen.filter(({ left }) => left > 0n).length, what, 'reported, not paid'),
  ]
    .filter(Boolean)
    .join(', ');
}
