/** Balances, costs and documents of others: NetSuite's ledger beside our plans. */
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import { monthOf, type Day } from '../../domain/money/instant.ts';
import {
  accountFacts,
  costFacts,
  differingOn,
  type LedgerFacts,
  type PlannedLine,
} from '../../domain/period/account-facts.ts';
import type { WatchedAccount } from '../../domain/period/accounts.ts';
import { lastDayOf, previousPeriod, type Period } from '../../domain/period/calendar.ts';
import { rollForward, type AccountFacts, type BalancesFacts } from '../../domain/period/items/balances.ts';
import type { CostFacts } from '../../domain/period/items/costs.ts';
import type { ForeignLine } from '../../domain/period/items/foreign.ts';
import {
  adjustmentLines,
  settledLines,
  soldLines,
  linesOfJournal,
  openSale,
} from '../../domain/period/planned-lines.ts';
import {
  adjustmentsUntil,
  journalsUntil,
  openSales,
  settledBySettlement,
  totalsByMonth,
} from '../../store/period/balance-facts.ts';
import type { MonthUpTo } from '../../domain/period/standing-on.ts';
import { confirmedOpenings } from '../../store/period/closes.ts';
import type { Connection } from '../connection.ts';
import { closeAccounts, foreignLines, ledgerSums, ourAdjustmentsOn, ourCustomers, ourLinesOn } from './close-ledger.ts';
import type { MonthFrame } from './month-frame.ts';

export interface BalancesOfMonth {
  balances: BalancesFacts;
  costs: CostFacts[];
  foreign: ForeignLine[];
  currencies: string[];
}

/** @param fresh each document is asked for by itself, so that two alterations which cancel each other are found: for a signature */
export async function balancesOfMonth(
  connection: Connection,
  frame: MonthFrame,
  { fresh }: { fresh: boolean },
): Promise<BalancesOfMonth> {
  const { db, name } = connection;
  const { period, isFirst } = frame;
  const upTo: MonthUpTo = { period, until: frame.lastDay };
  const ofPlans = await plannedUntil(connection, upTo.until);
  const currencies = [...new Set(ofPlans.map(({ currency }) => currency))].sort();
  const accounts = await closeAccounts(connection, currencies);
  const customers = await ourCustomers(connection);
  const watched = await ledgerFacts(connection, accounts.watched, { upTo, ofPlans, customers });
  const sums = (at: Period) =>
    ledgerSums(connection, accounts.costs, customers, { period: at, until: lastDayOf(at), when: 'month' });
  const costs: LedgerFacts = {
    ...watched,
    accounts: accounts.costs,
    before: isFirst ? [] : await sums(previousPeriod(period)),
    month: await sums(period),
  };
  return {
    balances: {
      accounts: await withDiffering(connection, watched, { upTo, fresh }),
      confirmed: isFirst ? await confirmedOpenings(db, name) : null,
    },
    costs: costFacts(costs, isFirst ? null : previousPeriod(period)),
    foreign: await foreignLines(connection, accounts.watched, customers, period),
    currencies,
  };
}

/**
 * The watched accounts at the end of a day, those of the connection's own currencies too, where no document has any yet: what
 * others have there is no zero.
 */
export async function accountsUpTo(connection: Connection, upTo: MonthUpTo): Promise<AccountFacts[]> {
  const ofPlans = await plannedUntil(connection, upTo.until);
  const own = connection.settings.marketplaces.map(({ id }) => currencyOfMarketplace(marketplaceById(id)!));
  const currencies = [...new Set([...own, ...ofPlans.map(({ currency }) => currency)])].sort();
  const { watched } = await closeAccounts(connection, currencies);
  const customers = await ourCustomers(connection);
  const facts = await ledgerFacts(connection, watched, { upTo, ofPlans, customers });
  return withDiffering(connection, facts, { upTo, fresh: false });
}

async function ledgerFacts(
  connection: Connection,
  accounts: readonly WatchedAccount[],
  { upTo, ofPlans, customers }: { upTo: MonthUpTo; ofPlans: readonly PlannedLine[]; customers: readonly string[] },
): Promise<LedgerFacts> {
  const { db, name } = connection;
  return {
    period: upTo.period,
    accounts,
    before: await ledgerSums(connection, accounts, customers, { ...upTo, when: 'before' }),
    month: await ledgerSums(connection, accounts, customers, { ...upTo, when: 'month' }),
    planned: [...ofPlans, ...(await adjustedUntil(connection, accounts, upTo))],
    openSales: (await openSales(db, name, upTo.until)).map(openSale),
  };
}

/** What our documents put on roles up to a day: of sales by month, of payouts by settlement, of journals line by line. */
async function plannedUntil({ db, name }: Connection, until: Day): Promise<PlannedLine[]> {
  return [
    ...(await totalsByMonth(db, name, until)).flatMap(soldLines),
    ...(await settledBySettlement(db, name, until)).flatMap(settledLines),
    ...(await journalsUntil(db, name, until)).flatMap(linesOfJournal),
  ];
}

/** What adjustments of stock put on shown accounts: the opening of stock, and what is decided to stand there. */
async function adjustedUntil(
  connection: Connection,
  accounts: readonly WatchedAccount[],
  { period, until }: MonthUpTo,
): Promise<PlannedLine[]> {
  const { db, name } = connection;
  const shown = accounts.filter(({ watch }) => watch === 'shown');
  const roles = shown.flatMap((account) => account.roles.map(({ role }) => role));
  const adjustments = await adjustmentsUntil(db, name, { roles, until });
  if (adjustments.length === 0) return [];
  const lines = await Promise.all(
    shown.map(async (account) =>
      adjustmentLines(account, adjustments, await ourAdjustmentsOn(connection, account, period)),
    ),
  );
  return lines.flat();
}

/** Where an account's sums do not agree, or always for a signature, its documents are asked for one by one, and those that differ are named. */
async function withDiffering(
  connection: Connection,
  ledger: LedgerFacts,
  { upTo, fresh }: { upTo: MonthUpTo; fresh: boolean },
): Promise<AccountFacts[]> {
  const { accounts, planned, period } = ledger;
  return Promise.all(
    accountFacts(ledger).map(async (one, at): Promise<AccountFacts> => {
      if (
        !fresh &&
        rollForward(one).difference === 0n &&
        one.movements.every(({ kind, netsuite, ours }) => kind === null || netsuite === ours)
      )
        return one;
      const account = accounts[at]!;
      const held = await ourLinesOn(connection, account, upTo);
      return {
        ...one,
        differing: differingOn(
          account,
          planned.filter(({ day }) => monthOf(day) === period),
          held,
          accounts,
        ),
      };
    }),
  );
}
