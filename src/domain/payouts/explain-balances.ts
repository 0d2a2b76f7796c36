/**
 * What each balance must be, from our own facts: debit positive, in the transaction's currency.
 *
 * receivable = open invoices − open credit memos · clearing = settled rows not yet applied · in transit and charges =
 * movements not yet seen, and what was paid and not reported, or the reverse · bank, card and conversion = what the
 * documents of movements moved there · balance due = negative totals that no later file has brought in · reserve = Amazon's last
 * current reserve of each chain · set-off = the sides that no other account's settlement has answered · settlement in
 * progress = 0 once all parts are posted. What a broken chain brings in is nobody's: it stays unexplained.
 */
import type { Role } from '../mapping/roles.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { Instant } from '../money/instant.ts';
import { clearingLeft, type ClearingSums } from './clearing-left.ts';
import { openSetOffs, type SetOffSide } from './set-offs.ts';

export interface LedgerFacts {
  currency: CurrencyCode;
  /** Posted invoices and credit memos, and what posted payments and refunds applied of each. */
  documents: readonly { kind: 'invoice' | 'credit-memo'; total: bigint; applied: bigint }[];
  /** Settlements whose journal is posted. */
  settlements: readonly SettledPeriod[];
  movements: readonly MovementBalance[];
  /** Posted documents of movements in this currency, which may be another than their movement's. */
  moved: readonly { debit: Role; credit: Role; amount: bigint }[];
  /** What posted journals hold on set-off, by settlement. */
  setOffs: readonly SetOffSide[];
}

export interface MovementBalance {
  kind: 'payout' | 'micro-deposit' | 'charge';
  amount: bigint;
  /** By its posted documents. */
  cleared: bigint;
  /** By rows of later settlements whose journal is posted. */
  broughtBack: bigint;
  /** It was seen: what is left of it is the report's. */
  seen: boolean;
}

export interface SettledPeriod {
  start: Instant;
  end: Instant;
  total: bigint;
  /** Sum of the rows `Current Reserve Amount`, as in the report: zero or negative. */
  currentReserve: bigint;
  clearing: ClearingSums;
  /** Another of them takes up where it ends, as `chains.ts` links them. Left out where there is one chain only: the instants tell. */
  followed?: boolean;
}

export interface ExplainedBalance {
  role: Role;
  amount: bigint;
  by: string;
}

export function explainBalances(facts: LedgerFacts): ExplainedBalance[] {
  const open = facts.documents.map((document) => ({ kind: document.kind, left: document.total - document.applied }));
  const openInvoices = open.filter((document) => document.kind === 'invoice' && document.left !== 0n);
  const openMemos = open.filter((document) => document.kind === 'credit-memo' && document.left !== 0n);
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
      by: counted(moved.length, what, ''),
    };
  };
  return [
    {
      role: 'clearing',
      amount: -sumMinor(facts.settlements.map(({ clearing }) => clearingLeft(clearing))),
      by: 'settled rows not yet applied',
    },
    {
      role: 'receivable',
      amount:
        sumMinor(openInvoices.map((document) => document.left)) - sumMinor(openMemos.map((document) => document.left)),
      by: [
        counted(openInvoices.length, 'invoice', 'not yet settled'),
        counted(openMemos.length, 'credit memo', 'not yet settled'),
      ]
        .filter(Boolean)
        .join(', '),
    },
    { role: 'payouts-in-transit', amount: sum(inTransit), by: saidOf(inTransit, 'movement') },
    { role: 'amazon-charges', amount: sum(charges), by: saidOf(charges, 'charge') },
    {
      role: 'balance-due-to-amazon',
      amount: sumMinor(negative.map((settlement) => settlement.total)),
      by: counted(negative.length, 'negative total', 'carried forward'),
    },
    {
      role: 'reserve-held',
      amount: -sumMinor(last.map((settlement) => settlement.currentReserve)),
      by: "Amazon's last current reserve",
    },
    {
      role: 'set-off',
      amount: sumMinor(facts.setOffs.map((side) => side.amount)),
      by: counted(openSetOffs(facts.setOffs).length, 'side', 'not yet answered'),
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
    counted(movements.length - seen.length, what, 'not yet seen'),
    counted(seen.filter(({ left }) => left < 0n).length, what, 'paid, not reported'),
    counted(seen.filter(({ left }) => left > 0n).length, what, 'reported, not paid'),
  ]
    .filter(Boolean)
    .join(', ');
}

function counted(count: number, what: string, how: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}${how === '' ? '' : ` ${how}`}`;
}
