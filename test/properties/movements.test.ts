/** Movements over generated lines and decisions: what their documents take out of in transit is the movement, whatever came and went back. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchLines, type OpenMovement, type StatementLine } from '../../src/domain/matching/match-bank-line.ts';
import { clearedBy, openOf, type Movement, type MovementDocument } from '../../src/domain/matching/movement.ts';
import { parseExternalId } from '../../src/domain/identifiers/external-id.ts';
import { parseSettlementKey } from '../../src/domain/identifiers/settlement-key.ts';
import {
  documentsOfLines,
  documentsOfReturn,
  usedNumbers,
  type AssignedLine,
} from '../../src/domain/matching/plan-movement-documents.ts';
import { addDays } from '../../src/domain/money/instant.ts';
import { runs } from './runs.ts';

const DEP = 'AMZ_x_DEP_20001234561_1';
const DAY = '2026-10-08';
const movementOf = (amount: bigint): Movement => ({
  externalId: DEP,
  settlementId: '20001234561',
  revision: 0,
  kind: 'payout',
  amount,
  currency: 'EUR',
  state: 'expected',
  day: DAY,
  depositDay: DAY,
  settlementEnd: '2026-10-08T07:00:00Z',
  traceId: null,
  transferStatus: null,
  converted: null,
  documents: [],
  broughtBack: 0n,
  broughtBackBy: null,
});
const usedBy = (documents: readonly MovementDocument[]) =>
  usedNumbers(
    documents.flatMap(({ externalId }) => parseSettlementKey(parseExternalId(externalId)!.businessKey) ?? []),
  );
const minor = fc.bigInt({ min: 1n, max: 1_000_000n });
const credits = (currency: string) =>
  fc
    .array(fc.record({ amount: minor, days: fc.integer({ min: 0, max: 90 }) }), { minLength: 1, maxLength: 5 })
    .map((lines) =>
      lines.map(({ amount, days }, index): AssignedLine => ({
        key: `L${index}`,
        account: 'bank',
        date: addDays(DAY, days),
        amount,
        currency,
      })),
    );
/** What an account holds after some documents, in a currency. */
function balance(documents: readonly MovementDocument[], role: string, currency: string): bigint {
  return documents
    .filter((document) => document.currency === currency)
    .reduce(
      (sum, { debit, credit, amount }) => sum + (debit === role ? amount : 0n) - (credit === role ? amount : 0n),
      0n,
    );
}

describe('the documents of a payout', () => {
  test('deposits, conversion and variance are together the payout, and the bank holds what the lines say', () => {
    fc.assert(
      fc.property(
        minor,
        fc.constantFrom('EUR', 'USD').chain((currency) => credits(currency)),
        (amount, lines) => {
          const documents = documentsOfLines(movementOf(amount), lines, 'decision', usedBy([]));
          expect(clearedBy(documents)).toBe(amount);
          expect(-balance(documents, 'payouts-in-transit', 'EUR')).toBe(amount);
          const paid = lines.reduce((sum, line) => sum + line.amount, 0n);
          const { currency } = lines[0]!;
          expect(balance(documents, 'bank', currency)).toBe(paid);
          if (currency === 'EUR') expect(balance(documents, 'variance', 'EUR')).toBe(amount - paid);
          else
            expect([balance(documents, 'conversion', 'EUR'), balance(documents, 'conversion', 'USD')]).toEqual([
              amount,
              -paid,
            ]);
          expect(new Set(documents.map(({ externalId }) => externalId)).size).toBe(documents.length);
          expect(documents.filter(({ externalId }) => externalId === DEP)).toHaveLength(1);
        },
      ),
      runs(200),
    );
  });

  test('given back and credited again any number of times, in transit and the bank are as if it had come once', () => {
    fc.assert(
      fc.property(
        minor,
        fc.constantFrom('EUR', 'USD'),
        minor,
        fc.integer({ min: 1, max: 4 }),
        (amount, currency, converted, times) => {
          const paid = currency === 'EUR' ? amount : converted;
          let movement = movementOf(amount);
          for (let time = 0; time <= times; time += 1) {
            const at = (days: number, sign: bigint): AssignedLine => ({
              key: `${time} ${days}`,
              account: 'bank',
              date: addDays(DAY, 10 * time + days),
              amount: sign * paid,
              currency,
            });
            movement = {
              ...movement,
              documents: [
                ...movement.documents,
                ...documentsOfLines(movement, [at(0, 1n)], 'decision', usedBy(movement.documents)),
              ],
            };
            expect([openOf(movement), balance(movement.documents, 'bank', currency)]).toEqual([0n, paid]);
            if (time === times) break;
            movement = {
              ...movement,
              documents: [
                ...movement.documents,
                ...documentsOfReturn(movement, [at(5, -1n)], 'decision', usedBy(movement.documents)),
              ],
            };
            expect([
              openOf(movement),
              balance(movement.documents, 'bank', currency),
              balance(movement.documents, 'conversion', 'EUR'),
              balance(movement.documents, 'conversion', 'USD'),
            ]).toEqual([amount, 0n, 0n, 0n]);
          }
          expect(new Set(movement.documents.map(({ externalId }) => externalId)).size).toBe(movement.documents.length);
          expect(movement.documents.map(({ externalId }) => externalId)).toContain(`AMZ_x_DEP_20001234561-b${times}_1`);
        },
      ),
      runs(100),
    );
  });
});

describe('lines and movements, generated', () => {
  const movements = fc
    .array(
      fc.record({
        days: fc.integer({ min: 0, max: 12 }),
        amount: fc.constantFrom(100n, 200n),
        kind: fc.constantFrom('payout' as const, 'micro-deposit' as const),
        trace: fc.option(fc.constantFrom('T1', 'T2', 'T3')),
      }),
      { maxLength: 6 },
    )
    .map((all) =>
      all.map(({ days, amount, kind, trace }, index): OpenMovement => ({
        externalId: `M${index}`,
        kind,
        amount,
        currency: 'USD',
        converted: null,
        traceId: trace,
        day: addDays(DAY, days),
        notBefore: null,
      })),
    );
  const lines = fc
    .array(
      fc.record({
        days: fc.integer({ min: -4, max: 20 }),
        amount: fc.constantFrom(100n, 200n, 300n),
        words: fc.constantFrom('AMAZON', 'WIRE FROM OWNER', 'AMZN T1', 'ACH T2'),
      }),
      { maxLength: 8 },
    )
    .map((all) =>
      all.map(({ days, amount, words }, index): StatementLine => ({
        key: `L${index}`,
        account: 'bank',
        date: addDays(DAY, days),
        amount,
        currency: 'USD',
        description: words,
        transactionId: null,
      })),
    );

  test("a line is one movement's, of just its amount, never somebody else's, and the order of neither matters", () => {
    let found = 0;
    fc.assert(
      fc.property(movements, lines, (some, all) => {
        const pairs = (one: readonly OpenMovement[], other: readonly StatementLine[]) =>
          matchLines(one, other, ['T1', 'T2'])
            .matches.map(({ movement, line }) => `${movement.externalId} ${line.key}`)
            .sort();
        const { matches, unmatched } = matchLines(some, all, ['T1', 'T2']);
        found += matches.length;
        expect(new Set(matches.map(({ line }) => line)).size).toBe(matches.length);
        expect(matches.length + unmatched.length).toBe(some.length);
        for (const { movement, line, by } of matches) {
          expect(line.amount).toBe(movement.amount);
          if (by === 'trace id') expect(line.description).toContain(movement.traceId!);
          else expect(line.description).toBe('AMAZON');
        }
        const distinct =
          new Set(some.flatMap(({ traceId }) => traceId ?? [])).size ===
          some.filter(({ traceId }) => traceId !== null).length;
        if (distinct) expect(pairs([...some].reverse(), [...all].reverse())).toEqual(pairs(some, all));
      }),
      runs(300),
    );
    expect(found).toBeGreaterThan(50);
  });
});
