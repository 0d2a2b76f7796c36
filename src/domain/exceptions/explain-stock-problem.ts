/** A problem that planning gives, in the words of an exception: what it is about, how much of it, and what ends it. */
import { renderDay } from '../clocks/render-dates.ts';
import { digitsOf, type CurrencyCode } from '../money/money.ts';
import { counted, renderMoney } from '../money/render-amount.ts';
import { epochMsOf, type Day } from '../money/instant.ts';
import type { LedgerPlace } from '../stock/pools.ts';
import { hasPassed } from '../stock/day-complete.ts';
import { isRedefinition } from '../stock/answer-table.ts';
import { movementInId } from '../stock/row-identity.ts';
import type { StockCode } from '../stock/stock-codes.ts';
import type { StockProblem } from '../stock/stock-plan.ts';
import { scaled } from '../stock/unit-cost.ts';
import type { RaisedException, Remedy, Subject } from './exception.ts';
import { stockCommand } from './render-remedy.ts';

interface Surroundings {
  /** Of the subsidiary; null before NetSuite was first read. */
  currency: CurrencyCode | null;
  today: Day;
  /** `stock.inboundDays`: so long after it closed a shipment may be waited for; without it there is no end. */
  inboundDays?: number;
}

export function explainStockProblem(problem: StockProblem, surroundings: Surroundings): RaisedException {
  const { currency, today } = surroundings;
  const { code, key, value } = problem;
  const atStake = value === null || currency === null ? null : minorOf(value, currency);
  const { subject, remedy } = EXPLAINED[code];
  return {
    code,
    key,
    subject: subject(problem),
    evidence: {
      what: `${problem.what}${inBrackets(measures(problem, atStake, { currency, today }))}`,
      atStake,
      currency,
    },
    remedy: remedy(problem, surroundings),
  };
}

/** `6 units of BLU-MUG`, `36.00 USD`, `since 20 Oct 2026, 3 days`. */
function measures(
  { units, item, sku, day }: StockProblem,
  atStake: bigint | null,
  { currency, today }: Surroundings,
): string[] {
  const of = item ?? sku;
  return [
    ...(units === null
      ? []
      : [`${units < 0 ? '−' : ''}${counted(Math.abs(units), 'unit')}${of === null ? '' : ` of ${of}`}`]),
    ...(atStake === null || currency === null
      ? units === null || item === null
        ? []
        : ['no cost known']
      : [renderMoney(atStake, currency)]),
    ...(day === null ? [] : [`since ${renderDay(day)}${ageOf(day, today)}`]),
  ];
}

const inBrackets = (words: readonly string[]): string => (words.length === 0 ? '' : ` (${words.join(', ')})`);

const DAY_MS = 86_400_000;

function ageOf(day: Day, today: Day): string {
  const days = Math.round((epochMsOf(`${today}T00:00:00Z`) - epochMsOf(`${day}T00:00:00Z`)) / DAY_MS);
  return days <= 0 ? '' : `, ${counted(days, 'day')}`;
}

/** What it is worth, whichever way it moves: costs have more digits than a currency. */
function minorOf(value: string, currency: CurrencyCode): bigint {
  const worth = scaled(value);
  const one = 10n ** BigInt(8 - digitsOf(currency));
  return ((worth < 0n ? -worth : worth) + one / 2n) / one;
}

interface Explained {
  subject: (problem: StockProblem) => Subject;
  remedy: (problem: StockProblem, surroundings: Surroundings) => Remedy;
}

const aboutItem = ({ item, key }: StockProblem): Subject => ({ kind: 'item', id: item ?? key });
const aboutDocument = ({ documents, key }: StockProblem): Subject => ({ kind: 'document', id: documents[0] ?? key });
/** A shipment and its SKU, as the key has them. */
const aboutShipment = ({ key }: StockProblem): Subject => ({ kind: 'shipment', id: key.trim() });
const look = (where: string) => (): Remedy => ({ kind: 'look', where });
const decideInbound =
  (...choices: Extract<Remedy, { kind: 'decide-inbound' }>['choices'][number][]) =>
  ({ key, sku }: StockProblem): Extract<Remedy, { kind: 'decide-inbound' }> => ({
    kind: 'decide-inbound',
    // The key is `{shipment or reference} {SKU}`, and either may be empty or hold blanks.
    shipmentId: key.slice(0, -1 - (sku ?? '').length),
    sku: sku ?? '',
    choices,
  });

const RESTOCK =
  'Switch on Restock Returned Items in NetSuite (Setup > Accounting > Accounting Preferences > Order Management). Once a day the oldest receipt that waits is tried: if it rises, the others follow, and what this one lacks comes in by an adjustment';

/** By whose document it is. */
const EXPLAIN_FOREIGN: Readonly<Record<NonNullable<StockProblem['whose']>, string>> = {
  theirs: 'Ask who booked it in NetSuite, and why; then post its opposite, or say which rows of the ledger it answers',
  ours: 'Ask who changed it (System Notes in NetSuite), and why. Put right there it ends by itself; else restore what was planned by another document',
  redated:
    'Ask who moved it to another day, and why. Put back in NetSuite it ends by itself; else its counter stands for it as it is, and nothing more is posted',
  moved:
    'Ask who moved it to another day, and why. Put back in NetSuite it ends by itself; else say that it stands as it is, and nothing is posted',
  alone: 'Ask who took away what it countered, and why; then take the counter back by another document',
};

const EXPLAINED: Readonly<Record<StockCode, Explained>> = {
  'sku-unknown': {
    subject: ({ key }) => ({ kind: 'sku', id: key }),
    remedy: ({ key }) => ({ kind: 'map-sku', sku: key }),
  },
  'shipment-unbooked': {
    subject: aboutItem,
    remedy: ({ rows, whose }) => ({
      kind: 'answer-rows',
      first:
        whose === 'ours'
          ? 'Ask who deleted or altered it (System Notes in NetSuite), and why. Put right there, or the order fulfilled once more, whoever does it, this ends. One that only stands on another day may be said to be the answer (npx tieout explain-foreign NUMBER answers --rows ROW). Where nobody will, adjust the units away at what they cost as sold'
          : 'Look whether the orders that are named wait for something (npx tieout status order ID): their fulfilment ends this. Where none will come, adjust the units away',
      rows,
      role: whose === 'ours' ? 'cogs-returns' : null,
    }),
  },
  'fulfilment-unseen': {
    subject: aboutDocument,
    remedy: ({ key, whose }) => ({
      kind: 'explain-foreign',
      first:
        whose === 'ours'
          ? 'Ask who altered it (System Notes in NetSuite), and why. Put right there it ends by itself. Where what is there now never left'
          : 'Look in Seller Central whether the units left; the row of the ledger ends this. Where they never did',
      document: key.slice(0, key.lastIndexOf(':')),
    }),
  },
  'receipt-unknown': {
    subject: aboutShipment,
    remedy: (problem) => ({ ...decideInbound('take-from-source', 'found', 'wait')(problem), unlisted: true }),
  },
  'inbound-short': {
    subject: aboutShipment,
    // What can be taken back stands first, as long as units may still be found.
    remedy: (problem, { today, inboundDays }) =>
      problem.day !== null && inboundDays !== undefined && hasPassed(problem.day, inboundDays, today)
        ? decideInbound('lost', 'returned', 'wait')(problem)
        : decideInbound('wait', 'lost', 'returned')(problem),
  },
  'inbound-over': { subject: aboutShipment, remedy: decideInbound('take-from-source', 'found', 'wait') },
  'ledger-unknown': {
    subject: ({ key }) => ({ kind: 'movement', id: key.trim() }),
    remedy: ({ rows }) => {
      const movement = movementInId(rows[0]!);
      return { kind: 'map-movement', ...movement, ...(isRedefinition(movement) ? { lone: true } : {}) };
    },
  },
  'ledger-gap': {
    subject: aboutItem,
    remedy: ({ key, pool, item, units }) => ({
      kind: 'close-gap',
      pool: pool!,
      item: item!,
      place: key.slice(key.lastIndexOf(' ') + 1) as LedgerPlace,
      units: units!,
    }),
  },
  'item-not-countable': {
    subject: aboutItem,
    remedy: ({ item, key }) => ({
      kind: 'set-up',
      where: `Map its SKU to an item that can be counted (npx tieout map-sku SKU ITEM --why "…"), or name ${item ?? key} under stock.leave in tieout.config.yaml and start again`,
    }),
  },
  'receipt-not-restocked': {
    subject: aboutDocument,
    remedy: ({ rows }) =>
      rows.length === 0
        ? { kind: 'look', where: RESTOCK }
        : {
            kind: 'answer-rows',
            first: `${RESTOCK}. Where none waits, or its units shall be there now`,
            rows,
            role: 'cogs-returns',
          },
  },
  'stock-missing': {
    subject: aboutItem,
    remedy: ({ item, key }) => ({
      kind: 'look',
      where: `Look at ${stockCommand(item ?? key)} for what else moved it: a receipt that is not booked yet, or somebody who took units. Nothing has to be started: it is tried at each look`,
    }),
  },
  'cost-unknown': {
    subject: aboutItem,
    remedy: look(
      "Give the item a cost in NetSuite: a receipt with a price, or the item's purchase price. Nothing has to be started: it is tried at each look",
    ),
  },
  'adjustment-large': {
    subject: aboutDocument,
    remedy: ({ documents, key, item }) => ({
      kind: 'approve-adjustment',
      document: documents[0] ?? key,
      ...(item === null ? {} : { item }),
    }),
  },
  'movement-foreign': {
    subject: aboutDocument,
    remedy: ({ key, rows, whose = 'theirs' }) => ({
      kind: 'explain-foreign',
      first: EXPLAIN_FOREIGN[whose],
      document: key,
      ...(whose === 'theirs' || whose === 'ours'
        ? {}
        : rows.length > 0
          ? { answering: rows }
          : { answersNothing: true }),
    }),
  },
  'movements-apart': {
    subject: aboutItem,
    remedy: ({ item, key }) => ({
      kind: 'look',
      where: `Compare in NetSuite the item's transactions at that location with its quantity on hand (the movements that were read: ${stockCommand(item ?? key)}): what the role of the connection may not see is missing in them. Give it that permission; both are read again at each look, and once they agree this ends`,
    }),
  },
  'ledger-truncated': {
    subject: () => ({ kind: 'report', id: 'GET_LEDGER_DETAIL_VIEW_DATA' }),
    remedy: () => ({ kind: 'wait', until: 'the report is asked for again; a whole one ends this' }),
  },
  'snapshot-truncated': {
    subject: ({ pool, key }) => ({ kind: 'report', id: `inventory ${pool ?? key}` }),
    remedy: () => ({ kind: 'wait', until: 'it is asked for again; a whole one ends this' }),
  },
  'pool-unknown': {
    subject: ({ key }) => ({ kind: 'country', id: key }),
    remedy: ({ key }) => ({
      kind: 'set-up',
      where: `Name ${key} under the countries of a pool of stock in tieout.config.yaml and start again`,
    }),
  },
};
