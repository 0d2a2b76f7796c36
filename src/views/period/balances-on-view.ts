/** What each account holds at the end of a day, by our documents and by NetSuite. One document: the terminal prints it, `--json` is it. */
import type { BalancesRead, NotAsked } from '../../contracts/period/balances-on.ts';
import { daysApart } from '../../domain/matching/working-days.ts';
import type { Day } from '../../domain/money/instant.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted } from '../../domain/money/render-amount.ts';
import type { AccountWatch } from '../../domain/period/accounts.ts';
import { besideBalances, type AccountOnDay } from '../../domain/period/standing-on.ts';
import { balancesAsOf } from '../../store/period/amazon-balances.ts';
import { loadBalancesOn } from '../../store/period/balances-on.ts';
import type { ConnectionSource } from '../view-source.ts';

/** Amounts are decimal texts in the account's currency, debit positive. */
export interface AccountOnDayView {
  account: string;
  /** `strict`: nothing of others may stand there · `zero`: nothing at all · `shown`: our lines alone are looked at. */
  watch: AccountWatch;
  currency: string;
  /** At the end of the month before. */
  opening: { documents: string; netsuite: string };
  /** Since then. */
  movements: { kind: string; documents: string; netsuite: string }[];
  documents: string;
  /** Confirmed as what stood there before the first month. */
  confirmed: string;
  netsuite: string;
  /** What is left of our documents, one by one; `age` in days. */
  residues: { subject: string; amount: string; since: string; age: number }[];
  left: string;
  /** What NetSuite has more than what is left and was confirmed. */
  difference: string;
  agrees: boolean;
  findings: { what: string; act: string | null }[];
}

export interface BalancesOnView {
  connection: string;
  day: string;
  /** Whether NetSuite was asked now; else what is shown is what was read before. */
  live: boolean;
  /** When NetSuite was asked for it; null where nothing is known of the day. */
  readAt: string | null;
  /** Null where nothing is known of the day. */
  agrees: boolean | null;
  sentence: string;
  /** What is still to come of the day, in sentences. */
  unfinished: string[];
  accounts: AccountOnDayView[];
  amazon: {
    /** Amazon's own balances as it told them; it is asked for those of a month's last day. */
    told: {
      marketplaceId: string | null;
      accountType: string;
      balanceType: string;
      currency: string;
      amount: string;
    }[];
    /** Its totals beside NetSuite's receivable and reserve. They raise nothing. */
    beside: { currency: string; amazon: string; books: string; difference: string }[];
  };
}

/** @param asked what came of asking NetSuite */
export async function balancesOnView(
  { store: { db }, settings: { name } }: ConnectionSource,
  day: Day,
  asked: BalancesRead | NotAsked,
): Promise<BalancesOnView> {
  const read = 'unknown' in asked ? null : await loadBalancesOn(db, name, day);
  const told = await balancesAsOf(db, name, day);
  const accounts = read?.accounts ?? [];
  const live = 'readAt' in asked;
  const differing = accounts.filter(({ findings }) => findings.length > 0).length;
  return {
    connection: name,
    day,
    live,
    readAt: read?.readAt ?? null,
    agrees: read === null ? null : differing === 0,
    sentence: sentenceOf(asked, day, read === null ? null : { of: accounts.length, differing, readAt: read.readAt }),
    unfinished: read?.unfinished ?? [],
    accounts: accounts.map((account) => accountView(account, day)),
    amazon: {
      told: told.map(({ marketplaceId, accountType, balanceType, currency, amount }) => ({
        marketplaceId,
        accountType,
        balanceType,
        currency,
        amount: formatMinor(amount, currency),
      })),
      beside:
        read === null
          ? []
          : besideBalances(accounts, told).map(({ currency, amazon, books, difference }) => ({
              currency,
              amazon: formatMinor(amazon, currency),
              books: formatMinor(books, currency),
              difference: formatMinor(difference, currency),
            })),
    },
  };
}

function sentenceOf(
  asked: BalancesRead | NotAsked,
  day: Day,
  read: { of: number; differing: number; readAt: string } | null,
): string {
  if ('unknown' in asked) return asked.unknown;
  const head = 'notAsked' in asked ? `${asked.notAsked} ` : '';
  if (read === null) return `${head}${day} was not read from NetSuite before, so nothing of it is known here.`;
  const { of, differing, readAt } = read;
  const stands =
    differing === 0 ? `${counted(of, 'account')}, each agrees` : `${differing} of ${counted(of, 'account')} differ`;
  const when = `${readAt.slice(0, 16).replace('T', ' ')} UTC`;
  return 'notAsked' in asked
    ? `${head}As NetSuite stood when it was asked last, ${when}: ${stands}.`
    : `NetSuite, asked ${when}: ${stands}.`;
}

function accountView(account: AccountOnDay, day: Day): AccountOnDayView {
  const { currency, opening, movements, residues, findings } = account;
  const text = (amount: bigint) => formatMinor(amount, currency);
  return {
    account: account.account,
    watch: account.watch,
    currency,
    opening: { documents: text(opening.documents), netsuite: text(opening.netsuite) },
    movements: movements.map(({ kind, documents, netsuite }) => ({
      kind,
      documents: text(documents),
      netsuite: text(netsuite),
    })),
    documents: text(account.documents),
    confirmed: text(account.confirmed),
    netsuite: text(account.netsuite),
    residues: residues.map(({ subject, amount, since }) => ({
      subject,
      amount: text(amount),
      since,
      age: daysApart(since, day),
    })),
    left: text(account.left),
    difference: text(account.difference),
    agrees: findings.length === 0,
    findings: findings.map(({ what, act }) => ({ what, act })),
  };
}
