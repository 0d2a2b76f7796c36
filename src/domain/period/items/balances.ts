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
    const open = own.flatMap((one) => [...findingsOf(one), ...openingOf(one, confirmed), ...restOf(one)]);
    return figureOf({
      currency,
      figure: sumMinor(strict.map(({ closing }) => closing)),
      difference: sumMinor(open.map(({ amount }) => amount ?? 0n)),
      population: counted(own.length, 'account'),
      open,
    });
  });
}

function findingsOf(facts: AccountFacts): Finding[] {
  const { difference } = rollForward(facts);
  const { account, currency, differing } = facts;
  const named = differing.map(({ document, planned, held }): Finding => ({
    what: `${document} has ${renderMoney(held, currency)} on ${account} in NetSuite, planned ${renderMoney(planned, currency)}`,
    amount: held - planned,
    cause: `document ${document}`,
    act: `npx tieout explain ${document}`,
  }));
  const rest = difference - sumMinor(named.map(({ amount }) => amount!));
  return rest === 0n
    ? named
    : [
        ...named,
        {
          what: `${account}: NetSuite has ${renderMoney(rest, currency)} more than our documents explain`,
          amount: rest,
          cause: `account ${account}`,
          act: null,
        },
      ];
}

/** An account that stood at something before the first month wants a controller's word; a shown one is others' as well. */
function openingOf(
  { account, currency, watch, opening }: AccountFacts,
  confirmed: BalancesFacts['confirmed'],
): Finding[] {
  if (confirmed === null || watch === 'shown') return [];
  const said = confirmed.find((one) => one.account === account && one.currency === currency)?.amount ?? 0n;
  if (said === opening) return [];
  return [
    {
      what: `${account} stood at ${renderMoney(opening, currency)} before the first month, and ${said === 0n ? 'nobody has confirmed it' : `${renderMoney(said, currency)} was confirmed`}`,
      amount: opening - said,
      cause: `account ${account}`,
      act: `npx tieout close opening ${account} ${currency} AMOUNT --why WHY`,
    },
  ];
}

/** What a `zero` account keeps is suspense: a person moves it, or it is carried. */
function restOf({ account, currency, watch, closing }: AccountFacts): Finding[] {
  if (watch !== 'zero' || closing === 0n) return [];
  return [
    {
      what: `${account} keeps ${renderMoney(closing, currency)}`,
      amount: closing,
      cause: `account ${account}`,
      act: null,
    },
  ];
}
