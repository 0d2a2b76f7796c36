/** GET /finances/2024-06-19/balances: what Amazon holds of the seller's, from the same transactions and settlements. */
import type { Answer } from '../answers.ts';
import { invalid } from '../answers.ts';
import { isZero, negated, sumOf } from '../decimal.ts';
import { DAY, instantOf, localDay, MINUTE } from '../instants.ts';
import { JsonDecimal } from '../json.ts';
import { timeZoneOf } from '../marketplaces.ts';
import { limitedList, type ApiCall } from '../request.ts';
import type { AmazonState } from '../state.ts';
import { movementOf, settledRows } from './settled-rows.ts';
import { recordsOf } from './transactions.ts';

const TYPES = ['AVAILABLE', 'RESERVED', 'ACCOUNT_LEVEL_RESERVE', 'DEFERRED', 'TOTAL'] as const;
type BalanceType = (typeof TYPES)[number];

interface Balance {
  balanceType: BalanceType;
  amount: { currencyAmount: JsonDecimal; currencyCode: string };
  balances?: Balance[];
}

/** One account a currency, at its first marketplace; a day ends at midnight there. Without a day it is that of now. */
export function listBalances({ state, now, query }: ApiCall): Answer {
  const day = query.get('asOfDate');
  const wanted = query.get('balanceType');
  const accountType = query.get('accountType');
  const marketplaceIds = limitedList(query, 'marketplaceIds', 50);
  if (day !== null && (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))))
    throw invalid('asOfDate is not a date in ISO 8601 format.');
  if (wanted !== null && !TYPES.includes(wanted as BalanceType))
    throw invalid(`balanceType has an invalid value: ${wanted}.`);
  const { sellerId, marketplaces } = state.world;
  const currencies = [...new Set(marketplaces.map(({ currency }) => currency))];
  const balances = currencies.flatMap((currency) => {
    const marketplaceId = marketplaces.find((marketplace) => marketplace.currency === currency)?.id ?? '';
    if (marketplaceIds.length > 0 && !marketplaceIds.includes(marketplaceId)) return [];
    if (accountType !== null && accountType !== 'Standard Orders') return [];
    const at = day === null ? now : endOfDay(day, timeZoneOf(marketplaceId));
    if (at > now) throw invalid('asOfDate must not lie in the future.');
    const partnerMetadata = { partnerId: sellerId, accountType: 'Standard Orders', marketplaceId };
    return chosen(balanceAt(state, currency, at), wanted as BalanceType | null).map((balance) => ({
      partnerMetadata,
      ...balance,
      ...(day === null ? { lastUpdatedTime: at } : { asOfDate: `${day}T00:00:00Z` }),
    }));
  });
  return { status: 200, body: { balances } };
}

/** The last second of a day. */
function endOfDay(day: string, timeZone: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  for (let at = noon + DAY; at > noon - DAY; at -= 15 * MINUTE)
    if (localDay(instantOf(at - 1000), timeZone) === day) return instantOf(at - 1000);
  throw new Error(`${day} is no day in ${timeZone}`);
}

function balanceAt(state: AmazonState, currency: string, at: string): Balance {
  const settlements = state.world.settlements.filter((settlement) => settlement.currency === currency);
  const ended = new Set(settlements.filter(({ end }) => end <= at).map(({ group }) => group.id));
  const posted = recordsOf(state).filter((record) => record.currency === currency && record.postedAt <= at);
  const sum = (amounts: string[]) => sumOf(amounts, currency);
  const totals = (status: string) =>
    posted
      .filter((record) => record.status(at) === status && !ended.has(record.groupId(at) ?? ''))
      .map((record) => record.view(at).totalAmount.currencyAmount.text);
  const moved = settledRows(state.world).movements.filter(
    ({ settlement, postedAt }) => settlement.currency === currency && settlement.end > at && postedAt <= at,
  );
  const amountsOf = (...kinds: string[]) =>
    moved
      .flatMap(({ amounts }) => amounts)
      .filter(({ group, description }) => kinds.includes(movementOf(group, description) ?? ''))
      .map(({ amount }) => amount);
  const deferred = sum(totals('DEFERRED'));
  const reserve = sum([...amountsOf('reserve-in'), ...heldByTheLast(state, currency, at)]);
  const reserved = sum([deferred, reserve]);
  const available = sum([...totals('RELEASED'), ...amountsOf('carried', 'transfer')]);
  const balance = (balanceType: BalanceType, amount: string, balances?: Balance[]): Balance => ({
    balanceType,
    amount: { currencyAmount: new JsonDecimal(isZero(amount) ? sum([]) : amount), currencyCode: currency },
    ...(balances && { balances }),
  });
  return balance('TOTAL', sum([available, reserved]), [
    balance('AVAILABLE', available),
    balance('RESERVED', reserved, [balance('DEFERRED', deferred), balance('ACCOUNT_LEVEL_RESERVE', reserve)]),
  ]);
}

/** The reserve of a settlement that has ended, while no later one has begun that brings it in. */
function heldByTheLast({ world }: AmazonState, currency: string, at: string): string[] {
  const { movements } = settledRows(world);
  const ofCurrency = movements.filter(({ settlement }) => settlement.currency === currency);
  return ofCurrency
    .filter(
      ({ settlement: { end }, amounts }) =>
        end <= at &&
        amounts.some(({ group, description }) => movementOf(group, description) === 'reserve-out') &&
        !ofCurrency.some((row) => row.settlement.start === end && row.postedAt <= at && isReserveIn(row.amounts)),
    )
    .flatMap(({ amounts }) => amounts.map(({ amount }) => negated(amount, currency)));
}

const isReserveIn = (amounts: readonly { group: string; description: string }[]): boolean =>
  amounts.some(({ group, description }) => movementOf(group, description) === 'reserve-in');

/** One kind alone where it is asked for. */
function chosen(total: Balance, wanted: BalanceType | null): Balance[] {
  if (wanted === null || wanted === total.balanceType) return [total];
  return (total.balances ?? []).flatMap((balance) => chosen(balance, wanted));
}
