import { kindOf } from '../../documents/document-kinds.ts';
import { parseExternalId } from '../../identifiers/external-id.ts';
import type { AccountWatch } from '../accounts.ts';
import type { Day } from '../../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../../money/money.ts';
import { counted, renderMoney } from '../../money/render-amount.ts';
import { figureOf, type Finding, type ItemFigure } from '../close-item.ts';
import { byCurrency } from './by-currency.ts';

/** What is left on an account as of the month's last day, and what it is of. */
export interface Residue {
  /** `settlement 12345`, or an order's document. */
  subject: string;
  /** Debit positive. */
  amount: bigint;
  /** Day of its first line. */
  since: Day;
}

/** One account in one currency: NetSuite's side, and ours. Debit positive, in the transaction's currency, never converted. */
export interface AccountFacts {
  /** Names of its roles, as reports say them. */
  account: string;
  watch: AccountWatch;
  currency: CurrencyCode;
  /** NetSuite's, at the end of the month before and on the last day; of a shown account our lines alone. */
  opening: bigint;
  closing: bigint;
  /** What our documents had put there by the end of the month before. */
  openingOurs: bigint;
  /** By kind of document, of the month: NetSuite's lines under our keys, and our plans. `null`: documents of others. */
  movements: readonly { kind: string | null; netsuite: bigint; ours: bigint }[];
  residues: readonly Residue[];
  /** Documents whose lines there are not what was planned, where the sums say that there are such. */
  differing: readonly { document: string; planned: bigint; held: bigint }[];
}

/** The first month's opening, as a controller confirmed it; none where the account stood at zero. */
export interface BalancesFacts {
  accounts: readonly AccountFacts[];
  /** Null from the second month on: then the opening is the closing before. */
  confirmed: readonly { account: string; currency: CurrencyCode; amount: bigint }[] | null;
}

/** A roll-forward: opening + movements by kind of document = NetSuite on the last day = the residues as of that day. */
export interface RollForward {
  account: string;
  currency: CurrencyCode;
  watch: AccountWatch;
  opening: bigint;
  movements: { kind: string; amount: bigint }[];
  closing: bigint;
  residues: bigint;
  /** Of this month alone: what the month before did not tie stands there. */
  difference: bigint;
}

export function rollForward(facts: AccountFacts): RollForward {
  const { account, currency, watch, opening, closing, openingOurs, movements } = facts;
  const residues = sumMinor(facts.residues.map(({ amount }) => amount));
  return {
    account,
    currency,
    watch,
    opening,
    movements: movements
      .filter(({ netsuite }) => netsuite !== 0n)
      .map(({ kind, netsuite }) => ({ kind: kind ?? 'others', amount: netsuite })),
    closing,
    residues,
    difference: closing - residues - (opening - openingOurs),
  };
}

/** Each watched account rolls forward, in NetSuite and by our documents alike (close.md, `balances`). */
export function balancesItem({ accounts, confirmed }: BalancesFacts): ItemFigure[] {
  return byCurrency(accounts).map((currency) => {
    const own = accounts.filter((one) => one.currency === currency);
    const strict = own.filter(({ watch }) => watch !== 'shown');
    const open = own.flatMap((one) => [...explainDifference(one), ...openingOf(one, confirmed), ...explainRest(one)]);
    return figureOf({
      currency,
      figure: sumMinor(strict.map(({ closing }) => closing)),
      population: counted(own.length, 'account'),
      open,
    });
  });
}

/**
 * What an account's difference is made of: documents by name, then kinds of document, documents of others, and what our own do
 * not explain. Kinds are told even where they make up for each other, since then the sum says nothing.
 */
export function explainDifference(facts: AccountFacts): Finding[] {
  const { account, currency, differing, movements } = facts;
  const cause = `account ${account}`;
  const named = differing.map(({ document, planned, held }): Finding => ({
    what: `${document} has ${renderMoney(held, currency)} on ${account} in NetSuite, planned ${renderMoney(planned, currency)}`,
    amount: held - planned,
    cause: `document ${document}`,
    act: `npx tieout explain ${document}`,
  }));
  const sumOf = (findings: readonly Finding[]) => sumMinor(findings.map(({ amount }) => amount!));
  const ofKinds = movements.flatMap(({ kind, netsuite, ours }): Finding[] => {
    if (kind === null) return [];
    const byName = named.filter((_, at) => kindOfDocument(differing[at]!.document) === kind);
    const amount = netsuite - ours - sumOf(byName);
    const what = `${account}: NetSuite has ${renderMoney(amount, currency)} more of ${kind} than was planned`;
    return amount === 0n ? [] : [{ what, amount, cause, act: null }];
  });
  // Keys like ours that are none say no kind: they are what a kind has more.
  const strange = named.filter((_, at) => kindOfDocument(differing[at]!.document) === null);
  const byStranger = strange.length > 0 && sumOf(strange) === sumOf(ofKinds);
  const ofOthers = movements.flatMap(({ kind, netsuite: amount }): Finding[] => {
    if (kind !== null || amount === 0n) return [];
    const what = `${account}: documents of others have ${renderMoney(amount, currency)} there`;
    return [{ what, amount, cause, act: null }];
  });
  const told = [...named, ...(byStranger ? [] : ofKinds), ...ofOthers];
  const rest = rollForward(facts).difference - sumOf(told);
  if (rest === 0n) return told;
  const what = `${account}: NetSuite has ${renderMoney(rest, currency)} more than our documents explain`;
  return [...told, { what, amount: rest, cause, act: null }];
}

/** As `movements` name it. */
function kindOfDocument(document: string): string | null {
  const purpose = parseExternalId(document)?.purpose;
  return purpose === undefined ? null : kindOf(purpose).suiteqlTypes[0];
}

/**
 * An account that stood at something before the first month wants a controller's word; a shown one is others' as well. What
 * documents of ours put there, dated before the month, is explained by them.
 */
function openingOf(
  { account, currency, watch, opening, openingOurs }: AccountFacts,
  confirmed: BalancesFacts['confirmed'],
): Finding[] {
  if (confirmed === null || watch === 'shown') return [];
  const stood = opening - openingOurs;
  const said = confirmed.find((one) => one.account === account && one.currency === currency)?.amount ?? 0n;
  if (said === stood) return [];
  return [
    {
      what: `${account} stood at ${renderMoney(stood, currency)} before the first month, and ${said === 0n ? 'nobody has confirmed it' : `${renderMoney(said, currency)} was confirmed`}`,
      amount: stood - said,
      cause: `account ${account}`,
      act: `npx tieout close opening ${quoted(account)} ${currency} AMOUNT --why WHY`,
    },
  ];
}

/** An account of several roles is named by all of them: one word of a command all the same. */
const quoted = (account: string): string => (account.includes(' ') ? `"${account}"` : account);

/** What a `zero` account keeps is suspense: a person moves it, or it is carried. What differs of it is told already. */
export function explainRest(facts: AccountFacts): Finding[] {
  const { account, currency, watch, closing } = facts;
  const rest = closing - rollForward(facts).difference;
  if (watch !== 'zero' || rest === 0n) return [];
  return [
    {
      what: `${account} keeps ${renderMoney(rest, currency)}`,
      amount: rest,
      cause: `account ${account}`,
      act: null,
    },
  ];
}
