/** All that a month's items are worked out from, read once as of one moment. */
import { taxPolicyOf } from '../../config/tax-policy.ts';
import { EXCEPTIONS } from '../../domain/exceptions/catalogue.ts';
import { renderRemedy } from '../../domain/exceptions/render-remedy.ts';
import { lastDayBefore } from '../../domain/money/instant.ts';
import { parseMinor } from '../../domain/money/money.ts';
import type { CloseFacts } from '../../domain/period/close-items.ts';
import type { ChainFacts } from '../../domain/period/items/chain.ts';
import type { DepositsFacts } from '../../domain/period/items/deposits.ts';
import type { OpenException } from '../../domain/period/items/exceptions.ts';
import type { PayoutsFacts } from '../../domain/period/items/payouts.ts';
import type { TaxItemFacts } from '../../domain/period/items/tax.ts';
import { isSeen } from '../../domain/matching/movement-states.ts';
import { linkChains } from '../../domain/payouts/chains.ts';
import { besideAmazon } from '../../domain/tax/beside-amazon.ts';
import { monthAfter } from '../../domain/tax/vat-months.ts';
import { vatFactsOf } from '../../domain/tax/vat-month.ts';
import { openExceptions } from '../../store/exceptions/exceptions.ts';
import { subjectsWithin } from '../../store/period/month-facts.ts';
import { transactionsBetween } from '../../store/period/transactions.ts';
import { chainMembers } from '../../store/payouts/chains.ts';
import { eventGroups } from '../../store/payouts/event-groups.ts';
import { listSettlements, settlementsLeftAlone, type StoredSettlement } from '../../store/payouts/settlements.ts';
import { loadVatReport } from '../../store/tax/vat-reports.ts';
import { vatFactsAround, vatFactsOfMonth } from '../../store/tax/vat-facts.ts';
import type { Connection } from '../connection.ts';
import { zoneOfCurrency } from '../payouts/payout-setup.ts';
import { payoutReasons } from '../payouts/prove-payout.ts';
import { readMovements } from '../payouts/read-movements.ts';
import { readTaxTie } from '../tax/read-tax-tie.ts';
import { balancesOfMonth } from './close-balances.ts';
import type { MonthFrame } from './month-frame.ts';
import { ordersFacts, refundsFacts, shipmentFacts } from './populations.ts';
import { stockFacts } from './stock-facts.ts';
import { accrualsFacts } from './unsettled-facts.ts';

/** @param fresh payouts that were tied are read again from NetSuite: for a signature */
export async function closeFacts(
  connection: Connection,
  frame: MonthFrame,
  { fresh }: { fresh: boolean },
): Promise<CloseFacts> {
  const { db, name } = connection;
  const told = await transactionsBetween(db, name, frame.from, frame.until);
  const { balances, costs, foreign, currencies } = await balancesOfMonth(connection, frame, { fresh });
  return {
    orders: await ordersFacts(connection, frame),
    ...(await shipmentFacts(connection, frame, told)),
    refunds: await refundsFacts(connection, frame),
    payouts: await payoutsFacts(connection, frame, fresh),
    deposits: await depositsFacts(connection, frame),
    balances,
    costs,
    chain: await chainFacts(connection, frame),
    stock: await stockFacts(connection, frame),
    tax: await taxFacts(connection, frame),
    accruals: await accrualsFacts(connection, frame),
    exceptions: await exceptionsFacts(connection, frame),
    foreign: { lines: foreign, currencies },
  };
}

const lastDayOf = ({ settings }: Connection, { end, currency }: { end: string; currency: string }): string =>
  lastDayBefore(end, zoneOfCurrency(settings, currency));

async function payoutsFacts(
  connection: Connection,
  { firstDay, lastDay, groupsReadAt, toldBy }: MonthFrame,
  fresh: boolean,
): Promise<PayoutsFacts> {
  const { db, name } = connection;
  const isWithin = (ended: { end: string; currency: string }) => {
    const day = lastDayOf(connection, ended);
    return day >= firstDay && day <= lastDay;
  };
  const ended = (await listSettlements(db, name)).filter(isWithin);
  const settlements: PayoutsFacts['settlements'][number][] = [];
  for (const settlement of ended)
    settlements.push({
      settlementId: settlement.settlementId,
      currency: settlement.currency,
      total: settlement.total,
      endedAt: settlement.end,
      reasons: settlement.state === 'tied' && !fresh ? [] : await reasonsOf(connection, settlement),
    });
  const others = new Set((await settlementsLeftAlone(db, name)).map(({ currency, end }) => `${currency} ${end}`));
  const groups = (await eventGroups(db, name)).flatMap(({ groupId, currency, total, endedAt }) =>
    endedAt !== null && isWithin({ end: endedAt, currency }) && !others.has(`${currency} ${endedAt}`)
      ? [{ groupId, currency, total, endedAt }]
      : [],
  );
  return { settlements, groups, groupsReadAt, until: toldBy };
}

async function reasonsOf(connection: Connection, { settlementId }: StoredSettlement): Promise<string[]> {
  const reasons = await payoutReasons(connection, settlementId);
  return reasons.filter((reason) => !reason.startsWith('movements seen:'));
}

async function depositsFacts(connection: Connection, { firstDay, lastDay, today }: MonthFrame): Promise<DepositsFacts> {
  const movements = (await readMovements(connection.db, connection)).filter(({ day }) => day <= lastDay);
  return {
    firstDay,
    movements: movements.map((movement) => ({ ...movement, isSeen: isSeen(movement) })),
    today,
  };
}

async function chainFacts(
  connection: Connection,
  { lastDay, until, groupsReadAt, toldBy }: MonthFrame,
): Promise<ChainFacts> {
  const { db, name } = connection;
  const members = await chainMembers(db, name);
  const followed = new Set(linkChains(members).values());
  const groups = await eventGroups(db, name);
  const broken = (await openExceptions(db, name)).filter(({ code }) => code === 'chain-broken');
  return {
    groupsReadAt,
    until: toldBy,
    lasts: members
      .filter(({ settlementId }) => !followed.has(settlementId))
      .map(({ settlementId, currency, end }) => ({ settlementId, currency, endedAt: end })),
    open: groups.flatMap(({ groupId, currency, startedAt, endedAt }) =>
      endedAt === null && startedAt !== null && startedAt < until ? [{ groupId, currency, startedAt }] : [],
    ),
    broken: broken.flatMap((exception) => {
      const member = members.find(({ settlementId }) => settlementId === exception.subject.id);
      if (member === undefined || lastDayOf(connection, { end: member.end, currency: member.currency }) > lastDay)
        return [];
      return [
        {
          number: exception.id,
          settlementId: member.settlementId,
          currency: member.currency,
          what: exception.evidence.what,
        },
      ];
    }),
  };
}

async function taxFacts(
  connection: Connection,
  { period, firstDay, lastDay }: MonthFrame,
): Promise<TaxItemFacts | null> {
  const { db, name, settings } = connection;
  if ((settings.tax?.registrations ?? []).length === 0) return null;
  const ties = await readTaxTie(connection, { connection: name, month: period });
  const report = await loadVatReport(db, name, period);
  const minor = (text: string, currency: string) => parseMinor(text, currency) ?? 0n;
  let amazon: TaxItemFacts['amazon'] = null;
  if (report !== null) {
    const policyOf = (marketplace: string | null) => taxPolicyOf(settings, marketplace);
    const facts = vatFactsOf(await vatFactsOfMonth(db, name, { from: firstDay, to: lastDay }), policyOf);
    const of = { month: period, after: monthAfter(period), facts, rows: report.rows };
    ({ counting: amazon } = besideAmazon({ ...of, ...(await vatFactsAround(db, name, of)) }));
  }
  return {
    period,
    jurisdictions: ties.map(({ jurisdiction, currency, documents, booked, differing }) => ({
      jurisdiction,
      currency,
      documents: minor(documents, currency),
      booked: minor(booked, currency),
      differing: differing.map((one) => ({
        document: one.document,
        documents: minor(one.documents, currency),
        booked: minor(one.booked, currency),
      })),
    })),
    amazon,
  };
}

/** Kinds of subjects whose month is known by what the store holds of them. */
const DATED = ['order', 'payout'] as const;

async function exceptionsFacts({ db, name }: Connection, frame: MonthFrame): Promise<OpenException[]> {
  const open = (await openExceptions(db, name)).filter(
    ({ code }) => EXCEPTIONS[code].owner !== 'engineering' && code !== 'close-changed',
  );
  const dated = open.flatMap(({ subject }) =>
    DATED.some((kind) => kind === subject.kind) ? [subject as { kind: 'order' | 'payout'; id: string }] : [],
  );
  const within = await subjectsWithin(db, name, dated, frame);
  return open
    .filter(({ subject: { kind, id } }) =>
      kind === 'month' ? id === frame.period : !DATED.some((known) => known === kind) || within.has(`${kind} ${id}`),
    )
    .map(({ id, evidence, remedy, subject }) => ({
      number: id,
      what: evidence.what,
      act: renderRemedy(remedy, id),
      cause: `${subject.kind} ${subject.id}`,
    }));
}
