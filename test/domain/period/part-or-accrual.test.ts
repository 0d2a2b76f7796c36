/**
 * Part or accrual, never both (close.md, *Accruals*, *Invariants*): over generated months, in any order in which things are told and
 * planned, every transaction counts +1 in exactly one month and 0 in every other, over parts, accruals, reversals and last parts
 * together, each with its own SKU. Journals are planned again, as those of a report that is issued again and those of a connection
 * that only plans are, months are closed, and opened again. Settlements, what Finances has told by when, and the order are
 * generated; parts, accruals, splits and the choice between part and accrual are the product's own.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JournalBuilder } from '../../../src/domain/journal/build-journal.ts';
import type { JournalLine } from '../../../src/domain/journal/journal-plan.ts';
import { addDays, monthOf, type Day } from '../../../src/domain/money/instant.ts';
import { lastDayOf, nextPeriod, periodsBetween, previousPeriod } from '../../../src/domain/period/calendar.ts';
import type { FinanceTransaction } from '../../../src/domain/period/finance-transaction.ts';
import { explainRefusedAccrual } from '../../../src/domain/period/explain-accrual.ts';
import { accrualsItem, type AccrualsFacts } from '../../../src/domain/period/items/accruals.ts';
import { NO_FINANCES_DECISIONS } from '../../../src/domain/period/map-finances.ts';
import { monthsWithParts } from '../../../src/domain/period/part-or-accrual.ts';
import { planAccrual } from '../../../src/domain/period/plan-accrual.ts';
import { unsettledOf, type GroupEnd, type FoundSettlement } from '../../../src/domain/period/unsettled.ts';
import { splitAccrual } from '../../../src/domain/profit/split-accrual.ts';
import { JournalSplitter } from '../../../src/domain/profit/split-journal.ts';
import { negated, NOBODY, type AmountSplit } from '../../../src/domain/profit/split.ts';
import { bookingContext } from '../../../src/domain/mapping/booked-role.ts';
import type { SettlementRow } from '../../../src/domain/settlement/settlement.ts';
import { runs } from '../../properties/runs.ts';

const FIRST = '2026-01-01';
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];
/** Transactions are posted in the first two months, and settled by the end of the fourth. */
const POSTED_UNTIL = 59;
const LAST_END = 115;
const dayAt = (day: number): Day => addDays(FIRST, day);
const instantAt = (day: number) => `${dayAt(day)}T12:00:00Z`;
const dayOf = (at: string): Day => at.slice(0, 10);
/** Groups end at midnight: their last second is of the day before. */
const endAt = (day: number) => `${dayAt(day)}T00:00:00Z`;
const lastDay = (end: string): Day => addDays(dayOf(end), -1);

interface World {
  /** Days at whose beginning groups end, in order; the last one ends after all. */
  ends: number[];
  transactions: {
    /** Day of its own. */
    posted: number;
    /** Days until a deferred one is released; null where it never was deferred. */
    deferred: number | null;
    /** Days until Finances tells it, and until it tells its group. */
    told: number;
    grouped: number;
  }[];
  /** Of each group: days until its journal is planned, and until Finances has told its end. */
  journals: number[];
  /** And then until it is planned anew; null where it never is. */
  again: (number | null)[];
  /** Whether NetSuite holds it by then: what it claimed stays claimed. Else it was only planned. */
  sent: boolean[];
  groupsTold: number[];
  /** Of each month: days until its accrual is approved, then until it is closed, and then until it is opened again; null where it never is. */
  approved: number[];
  closed: (number | null)[];
  reopened: (number | null)[];
}

const lag = fc.integer({ min: 0, max: 40 });
const worlds: fc.Arbitrary<World> = fc.record({
  ends: fc
    .uniqueArray(fc.integer({ min: 2, max: LAST_END - 1 }), { minLength: 1, maxLength: 6 })
    .map((ends) => [...ends.sort((a, b) => a - b), LAST_END]),
  transactions: fc.array(
    fc.record({
      posted: fc.integer({ min: 0, max: POSTED_UNTIL - 1 }),
      deferred: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }),
      told: fc.oneof(fc.constant(0), fc.constant(0), lag),
      grouped: fc.oneof(fc.constant(0), lag),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  journals: fc.array(lag, { minLength: 7, maxLength: 7 }),
  sent: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  again: fc.array(fc.option(lag, { nil: null }), { minLength: 7, maxLength: 7 }),
  // Groups are read anew each day, transactions in a group of their own accord.
  groupsTold: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 7, maxLength: 7 }),
  approved: fc.array(lag, { minLength: MONTHS.length, maxLength: MONTHS.length }),
  closed: fc.array(fc.option(lag, { nil: null }), { minLength: MONTHS.length, maxLength: MONTHS.length }),
  reopened: fc.array(fc.option(lag, { nil: null }), { minLength: MONTHS.length, maxLength: MONTHS.length }),
});

/** Transaction `n` costs 2^n, so that a sum says which are in it. */
const costOf = (n: number) => 1n << BigInt(n);
/** Every third is of no SKU. */
const skuOf = (n: number): string | null => (n % 3 === 2 ? null : `SKU-${n % 3}`);
/** After this day all is told that ever will be. */
const THE_END = 400;

/** Group of a row by its day. */
const groupAt = ({ ends }: World, day: number): number => ends.findIndex((end) => day < end);
const rowDay = ({ posted, deferred }: World['transactions'][number]): number => posted + (deferred ?? 0);

/** As Amazon has told it by a day: a deferred one and its release, which is of the group that is open when it comes. */
function toldBy(world: World, now: number): FinanceTransaction[] {
  return world.transactions.flatMap((one, n) => {
    const { posted, deferred, told, grouped } = one;
    if (posted + told > now) return [];
    const row = rowDay(one);
    const groupId = row + grouped <= now ? `G${groupAt(world, row)}` : null;
    const base: FinanceTransaction = {
      transactionId: `T${n}`,
      type: 'ServiceFee',
      description: null,
      status: 'RELEASED',
      postedAt: instantAt(posted),
      orderId: null,
      shipmentId: null,
      groupId,
      settlementId: null,
      releases: null,
      releasedBy: null,
      maturesAt: null,
      marketplaceName: null,
      fulfilledBy: null,
      currency: 'USD',
      total: -costOf(n),
      parts: [{ path: 'FBAStorageFee', amount: -costOf(n), sku: skuOf(n), orderItemId: null, quantity: null }],
    };
    if (deferred === null) return [base];
    // A release is told within the 48 hours for which the close waits; a transaction may be told much later.
    if (row + Math.min(told, 2) > now) return [{ ...base, groupId: null, status: 'DEFERRED' }];
    return [
      { ...base, groupId: null, status: 'DEFERRED_RELEASED' },
      { ...base, transactionId: `R${n}`, releases: `T${n}`, postedAt: instantAt(row) },
    ];
  });
}

const groupsBy = ({ ends, groupsTold }: World, now: number): GroupEnd[] =>
  ends.map((end, at) => ({
    groupId: `G${at}`,
    currency: 'USD',
    startedAt: endAt(ends[at - 1] ?? 0),
    endedAt: end + groupsTold[at]! <= now ? endAt(end) : null,
  }));

/** What is written down: where each transaction counts, which months are accrued, in which ones journals claimed parts. */
interface Books {
  counts: Map<string, number>[];
  accrued: string[];
  none: string[];
  closed: Set<string>;
  settlements: (FoundSettlement & { parts: readonly string[] })[];
  /** Of each group, what its journal has in which month. */
  journals: Map<number, readonly Booked[]>;
}

interface Booked {
  month: string;
  split: AmountSplit;
}

/** Each transaction of a split's amount counts in a month; the amount's sign says how. Those of other SKUs are none of it. */
function book({ counts }: Books, { month, split: { sku, amount } }: Booked): void {
  const size = amount < 0n ? -amount : amount;
  counts.forEach((of, n) => {
    if ((size & costOf(n)) === 0n) return;
    expect([n, sku]).toEqual([n, skuOf(n)]);
    of.set(month, (of.get(month) ?? 0) + (amount < 0n ? -1 : 1));
  });
}

/** Splits come to their lines, role by role, in each document and so in each month. */
function splitsOf(lines: readonly JournalLine[], splits: readonly AmountSplit[]): readonly AmountSplit[] {
  lines.forEach(({ role, debit, credit }, index) => {
    const own = splits.filter(({ line }) => line === index + 1).reduce((sum, { amount }) => sum + amount, 0n);
    if (role === 'storage') expect(own).toBe(debit - credit);
  });
  return splits;
}

const startOf = ({ ends }: World, at: number): number => ends[at - 1] ?? 0;

function planJournal(world: World, books: Books, at: number): void {
  const [start, end] = [startOf(world, at), world.ends[at]!];
  const last = monthOf(lastDay(endAt(end)));
  const before = books.journals.get(at);
  const known = books.settlements.find(({ settlementId }) => settlementId === `S${at}`);
  const months = monthsWithParts({
    months: periodsBetween(monthOf(dayAt(start)), previousPeriod(last)),
    closed: books.closed,
    accrued: books.accrued,
    claimed: known?.months ?? [],
    standing: world.sent[at] === true && before !== undefined ? known!.parts : null,
  });
  books.settlements = books.settlements.filter((one) => one !== known);
  books.settlements.push({
    settlementId: `S${at}`,
    currency: 'USD',
    start: endAt(start),
    end: endAt(end),
    months: world.sent[at] === true ? [...new Set([...(known?.months ?? []), ...months])] : months,
    parts: months,
    isOurs: true,
  });
  const rows = world.transactions.flatMap((one, n) => (groupAt(world, rowDay(one)) === at ? [{ one, n }] : []));
  const total = rows.reduce((sum, { n }) => sum - costOf(n), 0n);
  const builder = new JournalBuilder({
    header: { settlementId: `S${at}`, currency: 'USD', start: endAt(start), end: endAt(end), total } as never,
    mode: bookingContext('invoice').mode,
    mapVersion: 1,
    timeZoneOf: () => 'UTC',
    splitAtMonthEnds: true,
    isClosed: (monthEnd) => !months.includes(monthOf(monthEnd)),
  });
  for (const { one, n } of rows) {
    const row = { line: n + 2, postedAt: instantAt(rowDay(one)), marketplaceName: null, amountType: 'Fee' };
    builder.add({ ...row, orderId: null, amount: -costOf(n) } as unknown as SettlementRow, 'storage', 'storage');
  }
  const parts = builder.finish().plan.parts;
  const dated = (n: number) => parts.findIndex(({ date }) => monthOf(date) === monthOfRow(n));
  const booked = parts.flatMap(({ date, lines }, index) => {
    const splitter = new JournalSplitter(lines);
    for (const { n } of rows)
      if ((dated(n) < 0 ? parts.length - 1 : dated(n)) === index)
        splitter.add({ ...NOBODY, booked: 'storage', amount: -costOf(n), sku: skuOf(n), ordered: [] });
    return splitsOf(lines, splitter.finish()).map((split) => ({ month: monthOf(date), split }));
  });
  // What NetSuite has is taken back where it was, or where that is closed in the first open month, as what is booked anew. What it does
  // not have is planned anew, and waits where its month was closed meanwhile.
  const isHeld = before !== undefined && world.sent[at] === true;
  const bookedIn = (month: string) => (isHeld ? openFrom(month) : month);
  for (const { month, split } of before ?? []) book(books, { month: bookedIn(month), split: negated([split])[0]! });
  for (const { month, split } of booked) book(books, { month: bookedIn(month), split });
  books.journals.set(at, booked);

  function openFrom(month: string): string {
    return books.closed.has(month) ? openFrom(nextPeriod(month)) : month;
  }
  /** A row from before the settlement begins is of its first month. */
  function monthOfRow(n: number): string {
    return monthOf(dayAt(Math.max(rowDay(world.transactions[n]!), start)));
  }
}

/** Whether it is decided: approved, set to none since a later one is accrued, or nothing. */
function approve(world: World, books: Books, period: string, now: number): boolean {
  if (books.accrued.includes(period) || books.none.includes(period)) return true;
  const unsettled = unsettledOf(period, {
    transactions: toldBy(world, now),
    groups: groupsBy(world, now),
    settlements: books.settlements,
    decided: NO_FINANCES_DECISIONS,
    dayOf,
    merchantFulfilled: 'other',
    lastDayOf: lastDay,
  });
  const facts: AccrualsFacts = {
    period,
    isUsed: true,
    isPlanOnly: false,
    unsettled,
    decided: [],
    documents: [],
    until: endAt(0),
    now: instantAt(now),
    toldUpTo: instantAt(now),
  };
  if (accrualsItem(facts).every(({ state }) => state === 'ties')) return true;
  const earlier = MONTHS.find((month) => month < period && !isDecided(world, books, month, now)) ?? null;
  const later = books.accrued.find((month) => month > period) ?? null;
  const asked = { currency: 'USD', isOver: true, earlier, later, shut: null };
  if (explainRefusedAccrual(facts, { ...asked, isNone: false }) !== null) {
    if (later === null || explainRefusedAccrual(facts, { ...asked, isNone: true }) !== null) return false;
    books.none.push(period);
    return true;
  }
  books.accrued.push(period);
  const [accrual, opposite] = planAccrual('us', period, unsettled[0]!, 1);
  const splits = splitsOf(accrual.plan.lines, splitAccrual(accrual.plan));
  for (const split of splits) book(books, { month: monthOf(accrual.date), split });
  for (const split of splitsOf(opposite.plan.lines, negated(splits)))
    book(books, { month: monthOf(opposite.date), split });
  return true;
}

/** Nothing of it waits for a word. */
function isDecided(world: World, books: Books, period: string, now: number): boolean {
  if (books.accrued.includes(period) || books.none.includes(period) || books.closed.has(period)) return true;
  return unsettledOf(period, {
    transactions: toldBy(world, now),
    groups: groupsBy(world, now),
    settlements: books.settlements,
    decided: NO_FINANCES_DECISIONS,
    dayOf,
    merchantFulfilled: 'other',
    lastDayOf: lastDay,
  }).every(({ roles, unclear }) => roles.length === 0 && unclear === 0);
}

function booksOf(world: World): Books {
  const books: Books = {
    counts: world.transactions.map(() => new Map()),
    accrued: [],
    none: [],
    closed: new Set<string>(),
    settlements: [],
    journals: new Map(),
  };
  const isOverAt = (period: string) => MONTHS.indexOf(period) * 31 + 31;
  const events = [
    ...world.ends.flatMap((end, at) => {
      const on = end + world.journals[at]!;
      const again = world.again[at] ?? null;
      const run = () => planJournal(world, books, at);
      return [{ on, run }, ...(again === null ? [] : [{ on: on + again, run }])];
    }),
    ...MONTHS.flatMap((period, at) => {
      const on = isOverAt(period) + 2 + world.approved[at]!;
      const shut = world.closed[at] ?? null;
      let isDone = false;
      return [
        { on, run: () => (isDone = approve(world, books, period, on)) },
        ...(shut === null ? [] : [{ on: on + shut, run: () => (isDone ? books.closed.add(period) : undefined) }]),
        ...(shut === null || world.reopened[at] == null
          ? []
          : [{ on: on + shut + world.reopened[at], run: () => books.closed.delete(period) }]),
      ];
    }),
  ];
  for (const { run } of events.sort((a, b) => a.on - b.on)) run();
  // What Finances had not told by then is told at last.
  for (const period of MONTHS) if (!books.closed.has(period)) expect(approve(world, books, period, THE_END)).toBe(true);
  return books;
}

describe('over generated months', () => {
  test('every transaction counts once in one month, and nowhere else', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { counts } = booksOf(world);
        counts.forEach((of, n) => {
          const held = [...of].filter(([, count]) => count !== 0);
          expect({ n, held }).toEqual({ n, held: [[held[0]?.[0], 1]] });
        });
      }),
      runs(500),
    );
  });
  test('in the month of its own day, where Finances tells in time and months are open until they are accrued', () => {
    // What NetSuite has moves on where its month was closed before it is issued again.
    const inTime = fc.tuple(worlds, fc.boolean()).map(([world, isAgain]) => ({
      ...world,
      ...(isAgain
        ? { closed: world.closed.map(() => null) }
        : { again: world.again.map((again, at) => (world.sent[at] === true ? null : again)) }),
      transactions: world.transactions.map((one) => ({ ...one, told: 0 })),
    }));
    fc.assert(
      fc.property(inTime, (world) => {
        const { counts, none } = booksOf(world);
        expect(none).toEqual([]);
        world.transactions.forEach(({ posted }, n) => {
          const held = [...counts[n]!].filter(([, count]) => count !== 0);
          expect({ n, held }).toEqual({ n, held: [[monthOf(dayAt(posted)), 1]] });
        });
      }),
      runs(500),
    );
  });
  test('any day gives the same figure: groups open, ended, or not known yet', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...MONTHS), (generated, period) => {
        const world = { ...generated, transactions: generated.transactions.map((one) => ({ ...one, told: 0 })) };
        const on = (now: number) =>
          unsettledOf(period, {
            transactions: toldBy(world, now),
            groups: groupsBy(world, now),
            settlements: [],
            decided: NO_FINANCES_DECISIONS,
            dayOf,
            merchantFulfilled: 'other',
            lastDayOf: lastDay,
          });
        const over = (Date.parse(addDays(lastDayOf(period), 1)) - Date.parse(FIRST)) / 86_400_000;
        // Whose group had ended by then must be told to have.
        const settledIn = world.transactions.every(
          (one) =>
            world.ends[groupAt(world, rowDay(one))]! > over ||
            (rowDay(one) + one.grouped <= over &&
              world.ends[groupAt(world, rowDay(one))]! + world.groupsTold[groupAt(world, rowDay(one))]! <= over),
        );
        fc.pre(settledIn);
        expect(on(over)).toEqual(on(THE_END));
      }),
      runs(300),
    );
  });
});
