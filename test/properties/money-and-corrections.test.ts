/** Money keeps every cent; a difference that is settled and a journal that is reversed leave nothing. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { booksTheSame, reversalOf } from '../../src/domain/journal/build-reversal.ts';
import { allocate, digitsOf, formatMinor, parseMinor } from '../../src/domain/money/money.ts';
import { renderAmount } from '../../src/domain/money/render-amount.ts';
import {
  differenceOf,
  isDecided,
  isSettledExactly,
  leftToApply,
  varianceLines,
} from '../../src/domain/payouts/document-standing.ts';
import { PLAIN_FORM, renderReport } from './render-report.ts';
import { runs } from './runs.ts';
import { settlementFacts } from './settlement-facts.ts';
import { followReport } from './whole-path.ts';

const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
const minor = fc.oneof(
  fc.bigInt({ min: -100_000n, max: 100_000n }),
  fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
);

describe('money', () => {
  test('is written and read back without losing a cent, at any size', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom(...CURRENCIES), (amount, currency) => {
        const text = formatMinor(amount, currency);
        expect(parseMinor(text, currency)).toBe(amount);
        expect(text).toMatch([/^-?\d+$/, /^-?\d+\.\d$/, /^-?\d+\.\d\d$/, /^-?\d+\.\d{3}$/][digitsOf(currency)]!);
        expect(renderAmount(amount, currency).replaceAll(',', '').replace('−', '-')).toBe(text);
      }),
      runs(200),
    );
  });

  test('with more decimals than its currency has is refused, zeros aside', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom(...CURRENCIES), fc.integer({ min: 1, max: 9 }), (amount, currency, more) => {
        const text = formatMinor(amount, currency);
        const point = text.includes('.') ? text : `${text}.`;
        expect(parseMinor(`${point}${more}`, currency)).toBeNull();
        expect(parseMinor(`${point}00`, currency)).toBe(amount);
      }),
      runs(100),
    );
  });

  test('is split so that the parts add up, equal weights differ by a cent at most, and no weight gets nothing', () => {
    fc.assert(
      fc.property(
        minor,
        fc.array(fc.bigInt({ min: 0n, max: 9n }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 40 }),
        (amount, weights, units) => {
          const parts = allocate(amount, weights);
          expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
          if (weights.some((weight) => weight > 0n))
            weights.forEach((weight, index) => {
              if (weight === 0n) expect(parts[index]).toBe(0n);
            });
          const equal = allocate(amount, Array<bigint>(units).fill(1n)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
          expect(equal.at(-1)! - equal[0]!).toBeLessThanOrEqual(1n);
          expect(equal.reduce((sum, part) => sum + part, 0n)).toBe(amount);
        },
      ),
      runs(120),
    );
  });
});

describe('a reversal', () => {
  test('and its journal come to nothing on every account and day, and reversed again it is the journal', () => {
    fc.assert(
      fc.property(settlementFacts(), fc.integer({ min: 3, max: 9 }), (facts, maxLinesPerPart) => {
        const followed = followReport(renderReport(facts, PLAIN_FORM), {
          zone: facts.zone,
          documents: facts.documents,
          maxLinesPerPart,
        });
        const parts = followed.end === 'journal' ? followed.built.plan.parts : [];
        const undone = parts.map((part) => reversalOf(part, 'issued again'));
        const left = new Map<string, bigint>();
        for (const { date, lines } of [...parts, ...undone])
          for (const { role, debit, credit } of lines)
            left.set(`${date} ${role}`, (left.get(`${date} ${role}`) ?? 0n) + debit - credit);
        expect([...left.values()].every((amount) => amount === 0n)).toBe(true);
        expect(
          booksTheSame(
            undone.map((part) => reversalOf(part, 'again')),
            parts,
          ),
        ).toBe(true);
        expect(
          booksTheSame(
            parts,
            parts.map((part) => ({ ...part, lines: [...part.lines].reverse() })),
          ),
        ).toBe(true);
        expect(parts.length === 0 || !booksTheSame(undone, parts)).toBe(true);
      }),
      runs(150),
    );
  });
});

describe('a document that Amazon settles for more or for less', () => {
  const amount = fc.bigInt({ min: 1n, max: 90_000n });

  test('and that is settled on variance leaves nothing on clearing and nothing open', () => {
    fc.assert(
      fc.property(fc.constantFrom('INV' as const, 'CM' as const), amount, amount, (purpose, total, settled) => {
        const before = { total, settled, applied: settled < total ? settled : total, variance: 0n, left: null };
        const difference = differenceOf(before);
        const more = leftToApply(before, before.applied, 'variance');
        // Clearing, as a credit: the journal brought what was settled, payments took what they applied, the variance the rest.
        const sign = purpose === 'INV' ? 1n : -1n;
        const lines = difference === 0n ? [] : varianceLines(purpose, difference, 'm');
        const clearing =
          sign * (settled - before.applied - more) +
          lines.filter(({ role }) => role === 'clearing').reduce((sum, line) => sum + line.amount, 0n);
        expect(clearing).toBe(0n);
        expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(0n);
        expect(before.applied + more).toBe(total);
        expect(isSettledExactly({ ...before, applied: before.applied + more, variance: difference })).toBe(true);
      }),
      runs(100),
    );
  });

  test('is undecided until a person has said so, and again when the difference becomes another', () => {
    fc.assert(
      fc.property(amount, amount, amount, (total, settled, more) => {
        const standing = { total, settled, applied: settled, variance: 0n, left: null };
        expect(isDecided(standing)).toBe(settled === total);
        expect(isDecided({ ...standing, left: settled - total })).toBe(true);
        expect(isDecided({ ...standing, settled: settled + more, left: settled - total })).toBe(
          settled + more === total && standing.applied === total,
        );
        expect(leftToApply(standing, settled, 'leave')).toBe(settled > total ? total - settled : 0n);
      }),
      runs(150),
    );
  });
});
