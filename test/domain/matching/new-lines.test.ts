import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newLines, type ReadLine, type StoredLine } from '../../../src/domain/matching/new-lines.ts';

const line = (changes: Partial<ReadLine> = {}): ReadLine => ({
  date: '2026-08-06',
  amount: 4400n,
  currency: 'USD',
  description: 'AMAZON MKTPLACE PMTS',
  transactionId: '1',
  ...changes,
});

/** What is stored, statement by statement. */
class Stored {
  readonly lines: StoredLine[] = [];

  /** Takes a statement in. @returns how many lines were new */
  take(lines: readonly ReadLine[], tail: string | null = null): number {
    const { fresh, claimed } = newLines({ account: 'bank', tail }, lines, this.lines);
    for (const known of this.lines) if (claimed.includes(known.key)) known.tail = tail;
    for (const { key, date, amount, currency, description, transactionId } of fresh)
      this.lines.push({ key, tail, date, amount, currency, description, transactionId });
    expect(new Set(this.lines.map(({ key }) => key)).size).toBe(this.lines.length);
    return fresh.length;
  }
}

describe('a line is new', () => {
  test.each<[string, Partial<ReadLine>]>([
    ['another day', { date: '2026-08-07' }],
    ['another amount', { amount: 4401n }],
    ['another currency', { currency: 'CAD' }],
    ['other words', { description: 'AMAZON' }],
    ['another id', { transactionId: '2' }],
    ['no id', { transactionId: null }],
  ])('with %s, though the bank uses one id twice', (_, changes) => {
    const stored = new Stored();
    expect(stored.take([line()])).toBe(1);
    expect(stored.take([line(), line(changes)])).toBe(1);
  });

  test('on another account, though all else is the same', () => {
    const stored = new Stored();
    expect([stored.take([line()], '1111'), stored.take([line()], '2222'), stored.take([line()], '1111')]).toEqual([
      1, 1, 0,
    ]);
  });

  test('as often as one statement has it more often than those before: the most of them count, not their sum', () => {
    const stored = new Stored();
    expect([
      stored.take([line(), line()]),
      stored.take([line()]),
      stored.take([line(), line(), line()]),
      stored.take([line(), line(), line()]),
    ]).toEqual([2, 0, 1, 0]);
  });
});

describe('an account whose number was not known', () => {
  test('gets it from the first statement that names it, and another account has its line still', () => {
    const stored = new Stored();
    expect([
      stored.take([line()]),
      stored.take([line()], '1111'),
      stored.take([line()], '2222'),
      stored.take([line()]),
    ]).toEqual([1, 0, 1, 0]);
    expect(stored.lines.map(({ tail }) => tail)).toEqual(['1111', '2222']);
  });

  test('gives no more lines away than the statement has', () => {
    const stored = new Stored();
    expect([
      stored.take([line(), line()]),
      stored.take([line()], '1111'),
      stored.take([line(), line()], '1111'),
    ]).toEqual([2, 0, 0]);
    expect(stored.take([line()], '1111')).toBe(0);
  });
});

test('lines stored under keys of before are known by what they are', () => {
  const before: StoredLine = { ...line(), key: 'bank:1', tail: null };
  expect(newLines({ account: 'bank', tail: '6789' }, [line(), line({ description: 'RENT' })], [before])).toMatchObject({
    fresh: [{ description: 'RENT' }],
    claimed: ['bank:1'],
  });
});

test('however the days of one account are cut into statements, each line is stored once', () => {
  const day = fc.integer({ min: 1, max: 5 });
  const drawn = fc.array(
    fc.record({ day, amount: fc.constantFrom(100n, 200n), transactionId: fc.constantFrom(null, '1', '2') }),
    { maxLength: 20 },
  );
  const spans = fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(drawn, spans, fc.constantFrom(null, '6789'), (all, cuts, tail) => {
      const lines = all.map(({ day: of, amount, transactionId }) =>
        line({ date: `2026-08-0${of}`, amount, transactionId }),
      );
      const stored = new Stored();
      for (const [from, to] of [...cuts, [1, 5] as const])
        stored.take(
          lines.filter(({ date }) => Number(date.slice(-1)) >= from && Number(date.slice(-1)) <= to),
          tail,
        );
      expect(
        stored.lines.map(({ date, amount, transactionId }) => `${date} ${amount} ${transactionId}`).sort(),
      ).toEqual(lines.map(({ date, amount, transactionId }) => `${date} ${amount} ${transactionId}`).sort());
    }),
  );
});
