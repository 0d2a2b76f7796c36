/** Where a payout stands: five signs, what it waits for, and the command that moves it on. */
import type { Purpose } from '../documents/document-kinds.ts';
import { EXCEPTIONS, type ExceptionCode } from '../exceptions/catalogue.ts';
import type { Evidence, Remedy } from '../exceptions/exception.ts';
import { renderCommand } from '../exceptions/render-remedy.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { counted, renderCount, renderMoney } from '../money/render-amount.ts';
import type { PayoutState } from './payout-states.ts';
import { stepsOf, type PayoutStep, type StepState } from './payout-steps.ts';

export interface KnownPayout {
  settlement: { settlementId: string; state: PayoutState; total: bigint; currency: CurrencyCode };
  rows: number;
  sum: bigint;
  documents: readonly {
    externalId: string;
    key: { purpose: Purpose; part: number };
    state: string;
    tranId: string | null;
    netsuiteId: string | null;
  }[];
  movements: readonly {
    kind: string;
    amount: bigint;
    currency: CurrencyCode;
    state: string;
    bankLine: string | null;
    date: string | null;
  }[];
  applications: { planned: number; applied: number };
  exceptions: readonly { id: number; code: ExceptionCode; evidence: Pick<Evidence, 'what'>; remedy: Remedy }[];
}

export interface PayoutStory {
  steps: Record<PayoutStep, StepState>;
  /** `tied`, `waits for Finance`, `in progress`, … */
  state: string;
  waitsFor: string | null;
  next: string | null;
}

/** `unknown` are the rows whose amount type has no account, by key, where the payout waits for that. */
export function explainPayout(
  known: KnownPayout,
  unknown: readonly { rows: number; amount: bigint }[] = [],
): PayoutStory {
  return { steps: stepsOf(known), ...standingOf(known, unknown) };
}

function standingOf(
  { settlement, movements, applications, exceptions }: KnownPayout,
  unknown: readonly { rows: number; amount: bigint }[],
): Omit<PayoutStory, 'steps'> {
  const amount = (minor: bigint) => renderMoney(minor, settlement.currency);
  const holding = exceptions.filter(({ code }) => EXCEPTIONS[code].holdsUp);
  const first = holding.find(({ code }) => code === 'unknown-amount') ?? holding[0];
  const next =
    first === undefined ? null : (renderCommand(first.remedy, first.id) ?? `npx tieout exceptions ${first.id}`);
  const what =
    first === undefined
      ? null
      : `${first.evidence.what}${holding.length > 1 ? ` (and ${holding.length - 1} more)` : ''}`;
  switch (settlement.state) {
    case 'tied':
      return { state: 'tied', waitsFor: null, next: null };
    case 'waits-amount': {
      const rows = unknown.reduce((count, key) => count + key.rows, 0);
      return {
        state: 'waits for Finance',
        waitsFor:
          rows === 0
            ? 'an amount type that has no account'
            : `${counted(rows, 'row')} (${amount(sumMinor(unknown.map((key) => key.amount)))}) without an account`,
        next,
      };
    }
    case 'waits-bank': {
      const missing = movements.filter((movement) => movement.state === 'expected' || movement.state === 'failed');
      // Seen, and not done: given back, or paid and not reported.
      if (missing.length === 0 && what !== null) return { state: 'waits for Finance', waitsFor: what, next };
      const lines = missing.map((movement) => amount(movement.amount)).join(', ');
      return {
        state: 'waits for the bank',
        waitsFor: `its bank ${missing.length === 1 ? 'line' : 'lines'} of ${lines || amount(settlement.total)}`,
        next: next ?? 'npx tieout bank import FILE',
      };
    }
    case 'waits-documents':
      return {
        state: 'waits for order documents',
        waitsFor:
          what ??
          `documents of orders: ${renderCount(applications.applied)} of ${renderCount(applications.planned)} applied`,
        next,
      };
    case 'stopped':
    case 'held':
      return { state: 'waits for a person', waitsFor: what ?? 'a look at NetSuite', next };
    case 'refused':
      return { state: 'refused', waitsFor: what ?? 'a report that adds up', next };
    case 'planned':
      return { state: 'planned only', waitsFor: 'posting to be set to live', next: null };
    default:
      return { state: 'in progress', waitsFor: null, next: null };
  }
}
