/** What is unsettled at a month's end, and what was decided about it. */
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { dayIn, epochMsOf, instantOf, lastDayBefore, type Instant } from '../../domain/money/instant.ts';
import type { AccrualsFacts } from '../../domain/period/items/accruals.ts';
import { financesDecisions, type FinancesDecisions } from '../../domain/period/map-finances.ts';
import { unsettledOf, type UnsettledOfMonth } from '../../domain/period/unsettled.ts';
import type { Database } from '../../store/database.ts';
import { decisionsOnFinances } from '../../store/decisions/decisions.ts';
import { eventGroups } from '../../store/payouts/event-groups.ts';
import { accrualDocuments, accrualsOf, foundSettlements } from '../../store/period/accruals.ts';
import { transactionsUnsettled } from '../../store/period/transactions.ts';
import type { Connection } from '../connection.ts';
import { zoneOfCurrency } from '../payouts/payout-setup.ts';
import type { MonthFrame } from './month-frame.ts';

const DAY_MS = 24 * 3_600_000;

/** By what people decided about the words of Finances. */
export async function financesDecided(db: Database, connection: string): Promise<FinancesDecisions> {
  return financesDecisions(await decisionsOnFinances(db, connection));
}

/** @param db a transaction that holds `alonePartOrAccrual`, where something is planned by it */
export async function unsettledOfMonth(
  { name, settings }: Connection,
  db: Database,
  { period, until }: Pick<MonthFrame, 'period' | 'until'>,
): Promise<UnsettledOfMonth[]> {
  const currencies = new Set(settings.marketplaces.map(({ id }) => currencyOfMarketplace(marketplaceById(id)!)));
  // A month begins at another instant in each zone.
  const told = await transactionsUnsettled(db, name, {
    postedBefore: instantOf(epochMsOf(until) + DAY_MS),
    endedBefore: instantOf(epochMsOf(until) - DAY_MS),
  });
  return unsettledOf(period, {
    // Another connection of the same seller books the rest.
    transactions: told.filter(({ currency }) => currencies.has(currency)),
    groups: await eventGroups(db, name),
    settlements: await foundSettlements(db, name),
    decided: await financesDecided(db, name),
    merchantFulfilled: settings.merchantFulfilled,
    dayOf: (at, marketplaceName, currency) =>
      dayIn(at, marketplaceName === null ? zoneOfCurrency(settings, currency) : timeZoneOf(settings, marketplaceName)),
    lastDayOf: (end, currency) => lastDayBefore(end, zoneOfCurrency(settings, currency)),
  });
}

export async function accrualsFacts(
  connection: Connection,
  frame: Pick<MonthFrame, 'period' | 'firstDay' | 'lastDay' | 'until' | 'now' | 'toldBy' | 'toldUpTo' | 'groupsReadAt'>,
  db: Database = connection.db,
): Promise<AccrualsFacts> {
  const { name, settings } = connection;
  const { period, firstDay, lastDay, now, toldBy, toldUpTo, groupsReadAt } = frame;
  const isUsed = settings.close?.accruals ?? true;
  const documents = await accrualDocuments(db, name, { from: firstDay, until: lastDay });
  return {
    period,
    isUsed,
    isPlanOnly: settings.posting === 'plan',
    unsettled: isUsed ? await unsettledOfMonth(connection, db, frame) : [],
    decided: await accrualsOf(db, name, period),
    documents: documents.map(({ externalId, currency, total, state, plan }) => ({
      externalId,
      currency,
      total,
      isPosted: state === 'posted',
      isReversal: plan.reverses !== undefined,
    })),
    until: toldBy,
    // A group that had ended by then may be told only now.
    toldUpTo: toldUpTo === null || groupsReadAt === null ? null : earlierOf(toldUpTo, groupsReadAt),
    now,
  };
}

const earlierOf = (one: Instant, other: Instant): Instant => (epochMsOf(one) < epochMsOf(other) ? one : other);
