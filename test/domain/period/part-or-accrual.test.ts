/**
 * Part or accrual, never both (close.md, *Accruals*, *Invariants*): over generated months every transaction counts +1 in exactly
 * one month and 0 in every other, over parts, accruals and reversals together. Parts and the order in which things are planned
 * are a model of the page, which shares nothing with the product; what is accrued is asked of it.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FinanceTransaction } from '../../../src/domain/period/finance-transaction.ts';
import { NO_FINANCES_DECISIONS } from '../../../src/domain/period/map-finances.ts';
import { unsettledOf, type GroupEnd } from '../../../src/domain/period/unsettled.ts';
import { runs } from '../../properties/runs.ts';

/** Days of four months of thirty; a month's first day is a multiple. */
const MONTH = 30;
const MONTHS = 4;
const instantOf = (day: number) =>
  new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString().replace('.000Z', 'Z');
const monthOf = (day: number) => Math.floor(day / MONTH);

interface World {
  /** Days on which groups end, in order; the last one ends after all. */
  ends: number[];
  transactions: {
    /** Day of its own. */
    posted: number;
    /** Days until a deferred one is released; null where it never was deferred. */
    deferred: number | null;
  }[];
  /** Of each month whether its accrual is planned before the journals that end after it. */
  accrualFirst: boolean[];
}

const worlds: fc.Arbitrary<World> = fc.record({
  ends: fc
    .uniqueArray(fc.integer({ min: 1, max: MONTH * (MONTHS - 1) - 1 }), { minLength: 1, maxLength: 7 })
    .map((ends) => [...ends.sort((a, b) => a - b), MONTH * (MONTHS + 1)]),
  transactions: fc.array(
    fc.record({
      posted: fc.integer({ min: 0, max: MONTH * 2 - 1 }),
      deferred: fc.option(fc.integer({ min: 1, max: MONTH }), { nil: null }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  accrualFirst: fc.array(fc.boolean(), { minLength: MONTHS, maxLength: MONTHS }),
});

/** Transaction `n` costs 2^n, so that a sum says which are in it. */
const costOf = (n: number) => 1n << BigInt(n);

/** As Amazon tells them: a deferred one and its release, which is of the group that is open when it comes. */
function toldBy({ ends, transactions }: World): FinanceTransaction[] {
  const groupAt = (day: number) => `G${ends.findIndex((end) => day < end)}`;
  return transactions.flatMap(({ posted, deferred }, n) => {
    const base: FinanceTransaction = {
      transactionId: `T${n}`,
      type: 'ServiceFee',
      description: null,
      status: deferred === null ? 'RELEASED' : 'DEFERRED_RELEASED',
      postedAt: instantOf(posted),
      orderId: null,
      shipmentId: null,
      groupId: deferred === null ? groupAt(posted) : null,
      settlementId: null,
      releases: null,
      releasedBy: null,
      maturesAt: null,
      marketplaceName: null,
      fulfilledBy: null,
      currency: 'USD',
      total: -costOf(n),
      parts: [{ path: 'FBAStorageFee', amount: -costOf(n), sku: null, orderItemId: null, quantity: null }],
    };
    if (deferred === null) return [base];
    const released = posted + deferred;
    return [
      base,
      {
        ...base,
        transactionId: `R${n}`,
        status: 'RELEASED',
        releases: `T${n}`,
        postedAt: instantOf(released),
        groupId: groupAt(released),
      },
    ];
  });
}

/** What each month holds of each transaction: the model of the page. */
function countsOf(world: World): number[][] {
  const { ends, transactions, accrualFirst } = world;
  const told = toldBy(world);
  const counts = transactions.map(() => Array.from({ length: MONTHS + 2 }, () => 0));
  /** A journal makes a part in a month only where the month is open to it and no accrual is planned in it or a later one. */
  const mayHavePart = (end: number, month: number) =>
    month < monthOf(end) && accrualFirst.slice(month, monthOf(end)).every((isFirst) => !isFirst);
  const rowDay = (n: number) => transactions[n]!.posted + (transactions[n]!.deferred ?? 0);
  const groupOf = (n: number) => ends.findIndex((end) => rowDay(n) < end);
  const hasPart = (group: number, month: number) =>
    transactions.some(
      (_, n) => groupOf(n) === group && monthOf(rowDay(n)) <= month && mayHavePart(ends[group]!, monthOf(rowDay(n))),
    );
  const partsFrom = (end: number) => accrualFirst.slice(0, monthOf(end)).lastIndexOf(true) + 1;
  // Journals: each row in the part of its month, else in the last part, on the day of the settlement's end.
  transactions.forEach((_, n) => {
    const [end, month] = [ends[groupOf(n)]!, monthOf(rowDay(n))];
    counts[n]![mayHavePart(end, month) ? month : monthOf(end)]! += 1;
  });
  for (let month = 0; month <= MONTHS; month += 1) {
    const groups = ends.map((end, at): GroupEnd => ({
      groupId: `G${at}`,
      endedAt: instantOf(end),
      hasPart: hasPart(at, month),
      partsFrom: instantOf(partsFrom(end) * MONTH),
    }));
    const [accrued] = unsettledOf(told, groups, instantOf((month + 1) * MONTH), NO_FINANCES_DECISIONS);
    const amount = accrued?.roles[0]?.amount ?? 0n;
    transactions.forEach((_, n) => {
      if ((amount & costOf(n)) === 0n) return;
      counts[n]![month]! += 1;
      counts[n]![month + 1]! -= 1;
    });
  }
  return counts;
}

describe('over generated months', () => {
  test('every transaction counts once, in the month of its own day, and nowhere else', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const counts = countsOf(world);
        world.transactions.forEach(({ posted }, n) => {
          const wanted = counts[n]!.map((_, month) => (month === monthOf(posted) ? 1 : 0));
          expect({ n, counts: counts[n] }).toEqual({ n, counts: wanted });
        });
      }),
      runs(300),
    );
  });
  test('any day gives the same figure: groups open, ended, or not known yet', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 0, max: MONTHS - 1 }), (world, month) => {
        const until = instantOf((month + 1) * MONTH);
        const told = toldBy(world);
        const ended = world.ends.map((end, at): GroupEnd => ({
          groupId: `G${at}`,
          endedAt: instantOf(end),
          hasPart: false,
        }));
        const then = ended.flatMap((group) =>
          group.endedAt! < until ? [group] : world.ends.length % 2 === 0 ? [{ ...group, endedAt: null }] : [],
        );
        const atOnce = told.flatMap((one) =>
          one.postedAt < until
            ? [{ ...one, status: one.status === 'DEFERRED_RELEASED' ? ('DEFERRED' as const) : one.status }]
            : [],
        );
        expect(unsettledOf(told, then, until, NO_FINANCES_DECISIONS)).toEqual(
          unsettledOf(told, ended, until, NO_FINANCES_DECISIONS),
        );
        expect(unsettledOf(atOnce, then, until, NO_FINANCES_DECISIONS)).toEqual(
          unsettledOf(told, ended, until, NO_FINANCES_DECISIONS),
        );
      }),
      runs(300),
    );
  });
});
