/** What a signature is over, and whether what was signed still stands (close.md, *Sign-off*). */
import type { PersonRole } from '../people/roles.ts';
import { formatMinor, sumMinor, type CurrencyCode } from '../money/money.ts';
import type { Instant } from '../money/instant.ts';
import { monthOf } from '../money/instant.ts';
import { counted, renderMoney } from '../money/render-amount.ts';
import { canonicalJson } from '../proof/canonical-json.ts';
import { renderPeriod } from './calendar.ts';
import type { Close, LateFact } from './close.ts';

/** What is compared later; ages, instants and what happened after the last day are not in it. */
export interface SignedFigures {
  items: { name: string; currency: string | null; state: string; figure: string; carried: string }[];
  rollForwards: {
    account: string;
    currency: string;
    opening: string;
    movements: { kind: string; amount: string }[];
    closing: string;
  }[];
  residues: { account: string; currency: string; subject: string; amount: string; since: string }[];
  accruals: { currency: string; figure: string }[];
}

export interface SignedClose extends SignedFigures {
  connection: string;
  period: string;
  mode: string;
  settingsHash: string;
  mapVersion: number;
  financesMapVersion: number;
  softwareVersion: string;
  sourceHashes: string[];
  signer: string;
  role: PersonRole | null;
  statement: string;
  comment: string;
  at: Instant;
  /** Hash of the signature before it, of whichever month; null of the first. */
  previous: string | null;
}

const text = (amount: bigint, currency: CurrencyCode | null) =>
  currency === null ? String(amount) : formatMinor(amount, currency);
const byKey = <T>(list: T[], keyOf: (one: T) => string): T[] =>
  [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));

/** Amounts as texts, lists sorted by key, so that the same figures have the same hash. */
export function signedFigures(close: Close): SignedFigures {
  const items = close.items.flatMap(({ name, figures }) =>
    figures.map(({ currency, state, figure, difference }) => ({
      name,
      currency,
      state,
      figure: text(figure, currency),
      carried: state === 'carried' ? text(difference, currency) : '',
    })),
  );
  return {
    items: byKey(items, ({ name, currency }) => `${name} ${currency ?? ''}`),
    rollForwards: byKey(
      close.rollForwards.map(({ account, currency, opening, movements, closing }) => ({
        account,
        currency,
        opening: text(opening, currency),
        movements: byKey(
          movements.map(({ kind, amount }) => ({ kind, amount: text(amount, currency) })),
          ({ kind }) => kind,
        ),
        closing: text(closing, currency),
      })),
      ({ account, currency }) => `${account} ${currency}`,
    ),
    residues: byKey(
      close.residues.map(({ account, currency, subject, amount, since }) => ({
        account,
        currency,
        subject,
        amount: text(amount, currency),
        since,
      })),
      ({ account, currency, subject }) => `${account} ${currency} ${subject}`,
    ),
    accruals: byKey(
      items
        .filter(({ name }) => name === 'accruals')
        .map(({ currency, figure }) => ({ currency: currency ?? '', figure })),
      ({ currency }) => currency,
    ),
  };
}

/** The text that is hashed (RFC 8785). */
export function signedText(signed: SignedClose): string {
  return canonicalJson(signed);
}

/** What a signer says, above the figures. */
export function statementOf(close: Close): string {
  return `I have reviewed the close of ${renderPeriod(close.period)} and sign it as shown.`;
}

/** How a signed month stands now. */
export type SignedStanding =
  | { kind: 'as-signed' }
  /** The whole difference is documents moved into a later month. */
  | { kind: 'late-facts'; said: string }
  | { kind: 'changed'; differences: string[] };

/**
 * Compares what was signed with what is worked out now. Nothing of a signed month changes silently: what documents moved into
 * a later month explain wholly is late facts, anything else no longer matches.
 */
export function standingOf(signed: SignedFigures, lateThen: readonly LateFact[], now: Close): SignedStanding {
  const current = signedFigures(now);
  const late = now.late.filter(({ document }) => !lateThen.some((known) => known.document === document));
  const differences = [
    ...differingItems(signed, current, late),
    ...differing(signed.rollForwards, current.rollForwards, ({ account, currency }) => `${account} ${currency}`),
    ...differing(
      signed.residues,
      current.residues,
      ({ account, currency, subject }) => `${account} ${currency}, ${subject}`,
    ),
    ...differing(signed.accruals, current.accruals, ({ currency }) => `accruals ${currency}`),
  ];
  if (differences.length > 0) return { kind: 'changed', differences };
  if (late.length === 0) return { kind: 'as-signed' };
  return { kind: 'late-facts', said: saidOfLate(late) };
}

/** Items of what Amazon tells, whose figures a late fact raises in the month of its own day. */
const RAISED_BY_LATE = ['refunds', 'sales', 'dispatches'];

function differingItems(signed: SignedFigures, current: SignedFigures, late: readonly LateFact[]): string[] {
  const keyOf = ({ name, currency }: { name: string; currency: string | null }) =>
    `${name}${currency === null ? '' : ` ${currency}`}`;
  const lateKeys = new Set(
    late.flatMap(({ currency }) => RAISED_BY_LATE.flatMap((name) => [`${name} ${currency}`, name])),
  );
  const stillTies = new Set(current.items.filter(({ state }) => state === 'ties').map(keyOf));
  return differing(signed.items, current.items, keyOf).filter((said) => {
    const key = said.slice(0, said.indexOf(':'));
    return !(lateKeys.has(key) && stillTies.has(key));
  });
}

function differing<T>(signed: readonly T[], current: readonly T[], keyOf: (one: T) => string): string[] {
  const now = new Map(current.map((one) => [keyOf(one), one]));
  const then = new Map(signed.map((one) => [keyOf(one), one]));
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((key) => canonicalJson(then.get(key) ?? null) !== canonicalJson(now.get(key) ?? null))
    .map((key) => `${key}: signed ${saidOf(then.get(key))}, now ${saidOf(now.get(key))}`);
}

function saidOf(one: unknown): string {
  if (one === undefined) return 'nothing';
  const { figure, closing, amount, state } = one as Record<string, string | undefined>;
  return [figure ?? closing ?? amount ?? '', state ?? ''].filter(Boolean).join(' ');
}

/** `3 late facts, 14.20 USD, booked in 2026-11` */
function saidOfLate(late: readonly LateFact[]): string {
  const currencies = [...new Set(late.map(({ currency }) => currency))].sort();
  const amounts = currencies.map((currency) =>
    renderMoney(sumMinor(late.filter((one) => one.currency === currency).map(({ amount }) => amount)), currency),
  );
  const months = [...new Set(late.map(({ bookedOn }) => renderPeriod(monthOf(bookedOn))))];
  return `${counted(late.length, 'late fact')}, ${amounts.join(' and ')}, booked in ${months.join(' and ')}`;
}
