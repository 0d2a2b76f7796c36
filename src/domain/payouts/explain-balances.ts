/**
 * What each balance must be, from our own facts: debit positive, in the transaction's currency.
 *
 * receivable = open invoices − open credit memos · clearing = settled rows not yet applied · in transit and charges =
 * movements not yet seen · balance due = negative totals that no later file has brought in · reserve = Amazon's last
 * current reserve of each chain · settlement in progress = 0 once all parts are posted.
 */
import type { Role } from '../mapping/roles.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { Instant } from '../money/instant.ts';

export interface LedgerFacts {
  currency: CurrencyCode;
  /** Posted invoices and credit memos, and what posted payments and refunds applied of each. */
  documents: readonly { kind: 'invoice' | 'credit-memo'; total: bigint; applied: bigint }[];
  /** Settlements whose journal is posted. */
  settlements: readonly SettledPeriod[];
  movements: readonly { kind: 'payout' | 'micro-deposit' | 'charge'; amount: bigint; state: 'expected' | 'failed' | 'matched' | 'posted' | 'returned'; account: 'bank' | 'card' }[];
}

export interface SettledPeriod {
  start: Instant;
  end: Instant;
  total: bigint;
  /** Sum of the rows `Current Reserve Amount`, as in the report: zero or negative. */
  currentReserve: bigint;
  /** Sum of the rows booked on clearing that no posted payment or refund has applied. */
  unapplied: bigint;
  /** Another of them takes up where it ends, as `chains.ts` links them. Left out where there is one chain only: the instants tell. */
  followed?: boolean;
}

export interface ExplainedBalance { role: Role; amount: bigint; by: string }

export function explainBalances(facts: LedgerFacts): ExplainedBalance[] {
  const open = facts.documents.map((document) => ({ kind: document.kind, left: document.total - document.applied }));
  const openInvoices = open.filter((document) => document.kind === 'invoice' && document.left !== 0n);
  const openMemos = open.filter((document) => document.kind === 'credit-memo' && document.left !== 0n);
  const last = facts.settlements.filter((settlement) => !(settlement.followed ?? facts.settlements.some((other) => other !== settlement && other.start === settlement.end)));
  const unseen = facts.movements.filter((movement) => movement.state !== 'posted' && movement.state !== 'returned');
  const seen = facts.movements.filter((movement) => movement.state === 'posted');
  const inTransit = unseen.filter((movement) => movement.kind !== 'charge');
  const charges = unseen.filter((movement) => movement.kind === 'charge');
  const negative = last.filter((settlement) => settlement.total < 0n);
  const onAccount = (account: 'bank' | 'card') => seen.filter((movement) => movement.account === account);
  const sum = (movements: readonly { amount: bigint }[]) => sumMinor(movements.map((movement) => movement.amount));
  return [
    { role: 'clearing', amount: -sumMinor(facts.settlements.map((settlement) => settlement.unapplied)), by: 'settled rows not yet applied' },
    {
      role: 'receivable', amount: sumMinor(openInvoices.map((document) => document.left)) - sumMinor(openMemos.map((document) => document.left)),
      by: [counted(openInvoices.length, 'invoice', 'not yet settled'), counted(openMemos.length, 'credit memo', 'not yet settled')].filter(Boolean).join(', '),
    },
    { role: 'payouts-in-transit', amount: sum(inTransit), by: counted(inTransit.length, 'movement', 'not yet seen') },
    { role: 'amazon-charges', amount: sum(charges), by: counted(charges.length, 'charge', 'not yet seen') },
    { role: 'balance-due-to-amazon', amount: sumMinor(negative.map((settlement) => settlement.total)), by: counted(negative.length, 'negative total', 'carried forward') },
    { role: 'reserve-held', amount: -sumMinor(last.map((settlement) => settlement.currentReserve)), by: "Amazon's last current reserve" },
    { role: 'settlement-in-progress', amount: 0n, by: '' },
    { role: 'bank', amount: sum(onAccount('bank')), by: counted(onAccount('bank').length, 'deposit', '') },
    { role: 'card', amount: sum(onAccount('card')), by: counted(onAccount('card').length, 'charge', '') },
  ];
}

function counted(count: number, what: string, how: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}${how === '' ? '' : ` ${how}`}`;
}
