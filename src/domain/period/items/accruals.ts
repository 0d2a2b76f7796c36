import type { Instant } from '../../money/instant.ts';
import { formatMinor, sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import type { Period } from '../calendar.ts';
import { figureOf, NOT_USED, whileUnread, type Finding, type ItemFigure } from '../close-item.ts';
import type { UnsettledOfMonth } from '../unsettled.ts';

/** What a controller decided about a month's accrual; `amount` is what was unsettled then. Debit positive. */
export interface AccrualDecision {
  currency: CurrencyCode;
  choice: 'post' | 'none';
  amount: bigint;
}

/** An accrual or a reversal that is dated in the month. */
export interface AccrualDocument {
  externalId: string;
  currency: CurrencyCode;
  total: bigint;
  isPosted: boolean;
  isReversal: boolean;
}

export interface AccrualsFacts {
  period: Period;
  /** The setting `accruals`. */
  isUsed: boolean;
  /** `posting: plan`: what is approved is written down, and posted once the connection is live. */
  isPlanOnly: boolean;
  unsettled: readonly UnsettledOfMonth[];
  decided: readonly AccrualDecision[];
  documents: readonly AccrualDocument[];
  until: Instant;
  now: Instant;
  /** Up to when Amazon's transactions and event groups were read; null before the first reading. */
  toldUpTo?: Instant | null;
}

/** What a controller decides. */
export const ACCRUALS_CAUSE = 'accruals';
export const ACCRUE = 'npx tieout close accrue';

/**
 * `unsettled` is posted, or set to none by a controller; a computed 0.00 ties by itself (close.md, `accruals`). The reversal of the
 * month before is posted as well: without it the month's costs are wrong by it. Where the setting was taken away what was planned
 * before is still looked at.
 */
export function accrualsItem(facts: AccrualsFacts): ItemFigure[] {
  const { isUsed, unsettled, decided, documents, until, toldUpTo } = facts;
  if (!isUsed && decided.length === 0 && documents.length === 0) return [NOT_USED];
  const currencies = [...unsettled, ...decided, ...documents].map(({ currency }) => currency);
  const figures = [...new Set(currencies)].sort().map((currency) => figureIn(currency, facts));
  if (!isUsed) return figures;
  return whileUnread(figures, { readUpTo: toldUpTo, until, unread: 'Finances has not told all of the month yet' });
}

const nothingOf = (currency: CurrencyCode): UnsettledOfMonth => ({
  currency,
  transactions: 0,
  roles: [],
  whose: [],
  unknown: [],
  unclear: 0,
});

function figureIn(currency: CurrencyCode, facts: AccrualsFacts): ItemFigure {
  const of = <T extends { currency: CurrencyCode }>(list: readonly T[]) =>
    list.filter((one) => one.currency === currency);
  const unsettled = of(facts.unsettled)[0] ?? nothingOf(currency);
  const decided = of(facts.decided)[0] ?? null;
  const amount = sumMinor(unsettled.roles.map((one) => one.amount));
  const missing = of(facts.documents).filter(({ isPosted }) => !isPosted);
  const isOwed = decided === null && unsettled.roles.length > 0;
  return figureOf({
    currency,
    figure: decided === null ? amount : decided.choice === 'post' ? decided.amount : 0n,
    difference:
      (isOwed ? amount : 0n) + sumMinor(missing.map(({ total, isReversal }) => (isReversal ? -total : total))),
    population: `${counted(unsettled.transactions, 'transaction')} of Finances that no settlement had brought`,
    open: [
      ...unknownOf(unsettled),
      ...(decided === null ? unclearOf(unsettled) : []),
      ...(isOwed ? [owedOf(unsettled, amount, facts.period)] : []),
      ...missing.map((document) => missingOf(document, facts.isPlanOnly)),
    ],
    named: decided === null ? [] : sinceDecided(decided, amount),
    until: facts.now < facts.until ? facts.until : null,
  });
}

/** Parts that no rule names: nothing is accrued over them, nor is a month signed. */
export function unknownOf({ currency, unknown }: UnsettledOfMonth): Finding[] {
  return unknown.map(({ type, path, amount }) => ({
    what: `Finances' ${type}, ${path}: ${renderMoney(amount, currency)} has no role`,
    amount,
    cause: `finances ${type} ${path}`,
    act: 'npx tieout exceptions',
  }));
}

/** It ends by itself: what is in no event group yet is read again each day. */
export function unclearOf({ unclear }: UnsettledOfMonth): Finding[] {
  if (unclear === 0) return [];
  const [count, them] = [counted(unclear, 'transaction'), unclear === 1 ? 'it' : 'them'];
  return [
    {
      what: `Finances has not told of ${count} whether a settlement that ended in the month, or whose journal has a part for it, brought ${them}; it is asked again each day`,
      amount: null,
      cause: 'unclear',
      act: null,
    },
  ];
}

function owedOf({ currency, roles }: UnsettledOfMonth, amount: bigint, period: Period): Finding {
  return {
    what: `unsettled of the month: ${renderMoney(amount, currency)} in ${counted(roles.length, 'role')} (${roles.map((one) => `${one.role} ${formatMinor(one.amount, currency)}`).join(', ')}); approve it, or set it to none`,
    amount,
    cause: ACCRUALS_CAUSE,
    act: `${ACCRUE} ${period} ${currency} --why WHY`,
  };
}

function missingOf({ externalId, currency, total, isReversal }: AccrualDocument, isPlanOnly: boolean): Finding {
  return {
    what: `${externalId}, ${isReversal ? 'the reversal of the month before' : 'the accrual'}, is not posted${isPlanOnly ? ': the connection only plans' : ''}: ${renderMoney(total, currency)}`,
    amount: isReversal ? -total : total,
    cause: ACCRUALS_CAUSE,
    act: isPlanOnly ? null : 'npx tieout exceptions',
  };
}

function sinceDecided({ choice, amount: then, currency }: AccrualDecision, amount: bigint): Finding[] {
  const named = (what: string, of: bigint): Finding => ({ what, amount: of, cause: ACCRUALS_CAUSE, act: null });
  const since = amount - then;
  return [
    ...(choice === 'none' ? [named(`${renderMoney(then, currency)} is set to none`, then)] : []),
    ...(since === 0n
      ? []
      : [
          named(
            `${renderMoney(since, currency)} since ${choice === 'none' ? 'it was set to none' : 'approval'}`,
            since,
          ),
        ]),
  ];
}
