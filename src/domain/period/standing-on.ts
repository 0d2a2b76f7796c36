/** What each watched account holds at the end of any day: our documents beside NetSuite (close.md, `balances`, the table of accounts). */
import type { Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { renderMoney } from '../money/render-amount.ts';
import { addDays, monthOf } from '../money/instant.ts';
import type { AccountWatch } from './accounts.ts';
import type { AmazonBalance } from './amazon-balance.ts';
import { firstDayOf, type Period } from './calendar.ts';
import type { Finding } from './close-item.ts';
import { explainDifference, explainRest, type AccountFacts, type Residue } from './items/balances.ts';

/** A month up to a day of it; of its last day all that is posted in its period, as the close has it. */
export interface MonthUpTo {
  period: Period;
  until: Day;
}

export const monthUpTo = (day: Day): MonthUpTo => ({ period: monthOf(day), until: day });

/** One account in one currency at the end of a day. Debit positive, in the transaction's currency, never converted. */
export interface AccountOnDay {
  /** Names of its roles, as reports say them. */
  account: string;
  watch: AccountWatch;
  currency: CurrencyCode;
  /** At the end of the month before. */
  opening: { documents: bigint; netsuite: bigint };
  /** Since then, by kind of document; `others`: documents that are not ours. */
  movements: { kind: string; documents: bigint; netsuite: bigint }[];
  /** What our documents say. */
  documents: bigint;
  /** What stood there before the first month, as a controller confirmed it; no document of ours says it. */
  confirmed: bigint;
  netsuite: bigint;
  /** What is left as of the day, by document or settlement. */
  residues: Residue[];
  left: bigint;
  /** What NetSuite has more than what is left by document and was confirmed. */
  difference: bigint;
  /** What the difference is made of, or what makes up for each other; empty where the account agrees. */
  findings: Finding[];
}

/**
 * The whole difference of an account, of whichever month; a month's close has its own month's alone.
 * @param confirmed what was confirmed as its opening before the first month
 */
export function accountOnDay(facts: AccountFacts, confirmed: bigint, { period }: MonthUpTo): AccountOnDay {
  const { account, watch, currency, opening, openingOurs, closing } = facts;
  // Of a shown account our lines alone are looked at, and none of ours is from before the first month.
  const said = watch === 'shown' ? 0n : confirmed;
  const movements = facts.movements.map(({ kind, ours, netsuite }) => ({
    kind: kind ?? 'others',
    documents: ours,
    netsuite,
  }));
  const documents = openingOurs + sumMinor(movements.map((movement) => movement.documents));
  const left = sumMinor(facts.residues.map(({ amount }) => amount));
  const before = opening - openingOurs - said;
  return {
    account,
    watch,
    currency,
    opening: { documents: openingOurs, netsuite: opening },
    movements,
    documents,
    confirmed: said,
    netsuite: closing,
    residues: [...facts.residues],
    left,
    difference: closing - said - left,
    findings: [
      ...(before === 0n ? [] : [stoodBefore(facts, before, period)]),
      ...explainDifference(facts),
      ...explainRest(facts),
      ...(documents === left ? [] : [unlike(facts, documents, left)]),
    ],
  };
}

function stoodBefore({ account, currency }: AccountFacts, amount: bigint, period: Period): Finding {
  const before = monthOf(addDays(firstDayOf(period), -1));
  return {
    what: `${account}: NetSuite had ${renderMoney(amount, currency)} more at the end of ${before} than our documents and what was confirmed explain`,
    amount,
    cause: `account ${account}`,
    act: `npx tieout close ${before}`,
  };
}

function unlike({ account, currency }: AccountFacts, documents: bigint, left: bigint): Finding {
  return {
    what: `${account}: our documents come to ${renderMoney(documents, currency)}, what is left of them one by one to ${renderMoney(left, currency)}`,
    amount: null,
    cause: `account ${account}`,
    act: null,
  };
}

/** Amazon's own balance of a currency beside what the books have for it. It raises nothing. */
export interface BesideAmazon {
  currency: CurrencyCode;
  /** Its `TOTAL`, over marketplaces and kinds of account: positive is what Amazon owes. */
  amazon: bigint;
  /** NetSuite's receivable and reserve. */
  books: bigint;
  difference: bigint;
}

const OWED_BY_AMAZON: readonly string[] = ['receivable', 'reserve-held'];

export function besideBalances(
  accounts: readonly Pick<AccountOnDay, 'account' | 'currency' | 'netsuite'>[],
  balances: readonly AmazonBalance[],
): BesideAmazon[] {
  const totals = balances.filter(({ balanceType }) => balanceType === 'TOTAL');
  return [...new Set(totals.map(({ currency }) => currency))].sort().map((currency) => {
    const amazon = sumMinor(totals.filter((one) => one.currency === currency).map(({ amount }) => amount));
    const books = sumMinor(
      accounts
        .filter((one) => one.currency === currency)
        .filter(({ account }) => account.split(', ').some((role) => OWED_BY_AMAZON.includes(role)))
        .map(({ netsuite }) => netsuite),
    );
    return { currency, amazon, books, difference: books - amazon };
  });
}

/** Why nothing is known of a day, as a sentence; null where it is known. Days are of the home zone. */
export function explainUnknownDay(day: Day, { cutOver, today }: { cutOver: Day; today: Day }): string | null {
  if (day < cutOver) return `${day} lies before the cut-over of ${cutOver}: nothing of it is known.`;
  if (day > today) return `${day} lies ahead: today is ${today}, and nothing of it is known.`;
  return null;
}

/** What is still to come of a day, as sentences. */
export function explainUnfinishedDay(
  day: Day,
  { today, toldUpTo, toldBy }: { today: Day; toldUpTo: string | null; toldBy: string },
): string[] {
  if (day >= today) return [`${day} is not over.`];
  if (toldUpTo === null) return ["Amazon's transactions have not been read yet: documents of the day may be missing."];
  return toldUpTo < toldBy
    ? [`Amazon is read up to ${toldUpTo}, and may tell of the day until ${toldBy}: documents of it may be missing.`]
    : [];
}
