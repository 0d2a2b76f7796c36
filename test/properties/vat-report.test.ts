/** Over generated months: no unit of tax is lost or counted twice, and whatever Amazon's report says otherwise is found. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sumMinor } from '../../src/domain/money/money.ts';
import { factsOfMove, type BookedMove } from '../../src/domain/tax/moved-facts.ts';
import { moveJournal } from '../../src/domain/tax/tax-journal.ts';
import { itemsToMove } from '../../src/domain/tax/tax-move.ts';
import { tieToAccounts, type TaxMovement } from '../../src/domain/tax/vat-accounts.ts';
import { compareWithAmazon } from '../../src/domain/tax/vat-amazon.ts';
import { splitZero } from '../../src/domain/tax/vat-zero.ts';
import type { AmazonVatRow, VatFact } from '../../src/domain/tax/vat-facts.ts';
import { sellerSums, vatCaseOf, vatLines } from '../../src/domain/tax/vat-lines.ts';
import { taxBySettlement } from '../../src/domain/tax/vat-settled.ts';
import { taxOn } from '../../src/domain/tax/tax-rate.ts';
import { runs } from './runs.ts';

const MONTH = '2026-10';
const DAYS = ['2026-10-01', '2026-10-15', '2026-10-31'];

/** Items of documents, several of one order among them. */
const facts: fc.Arbitrary<VatFact[]> = fc
  .array(
    fc.record({
      order: fc.integer({ min: 1, max: 30 }),
      sku: fc.constantFrom('POT', 'CUP', null),
      refund: fc.boolean(),
      net: fc.integer({ min: 0, max: 300_00 }).map(BigInt),
      rate: fc.constantFrom(0n, 500n, 2000n),
      collector: fc.constantFrom('seller', 'seller', 'amazon', 'nobody') as fc.Arbitrary<VatFact['collector']>,
      currency: fc.constantFrom('GBP', 'EUR'),
      day: fc.constantFrom(...DAYS),
      posted: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all.map(({ order, refund, net, rate, ...rest }, index): VatFact => {
      const orderId = `202-${String(order).padStart(7, '0')}-0000001`;
      const sign = refund ? -1n : 1n;
      return {
        ...rest,
        document: `AMZ_demo-uk_${refund ? 'CM' : 'INV'}_${orderId}-${index}_1`,
        type: refund ? 'credit memo' : 'invoice',
        event: refund ? 'refund' : 'sale',
        orderId,
        orderItemId: '1',
        jurisdiction: rest.currency === 'GBP' ? 'GB' : 'DE',
        rate,
        net: sign * net,
        tax: sign * taxOn(net, rate),
      };
    }),
  );

/** Amazon's report that says the same. */
const told = (all: readonly VatFact[]): AmazonVatRow[] =>
  all.map(({ orderId, event, sku, day, collector, jurisdiction, rate, net, tax, currency }) => ({
    orderId,
    event,
    jurisdiction,
    rate,
    net,
    tax,
    currency,
    departure: jurisdiction,
    sku: sku ?? '',
    completed: day,
    collector: collector === 'amazon' ? 'amazon' : 'seller',
    exported: false,
    business: false,
  }));
const taxOf = (all: readonly { tax: bigint }[]) => sumMinor(all.map(({ tax }) => tax));

describe('a month', () => {
  test('has the same net and tax in its lines as in its items', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const lines = vatLines(all);
        expect(taxOf(lines)).toBe(taxOf(all));
        expect(sumMinor(lines.map(({ net }) => net))).toBe(sumMinor(all.map(({ net }) => net)));
        expect(lines.every(({ net, tax, gross }) => net + tax === gross)).toBe(true);
        expect(taxOf(sellerSums(all))).toBe(taxOf(all.filter(({ collector }) => collector === 'seller')));
      }),
      runs(200),
    );
  });

  test('ties to accounts that its documents moved, and to settlements, whichever settled it', () => {
    fc.assert(
      fc.property(facts, fc.array(fc.constantFrom('2026-09-30', '2026-10-14', '2026-11-04', null)), (all, ends) => {
        const owed = all.filter(({ collector, posted }) => collector === 'seller' && posted);
        const movements = owed
          .filter(({ tax }) => tax !== 0n)
          .map(({ document, jurisdiction, currency, day, tax }) => ({
            externalId: document,
            name: '',
            type: '',
            jurisdiction,
            currency,
            day,
            amount: tax,
          }));
        const ties = tieToAccounts('demo-uk', all, movements);
        expect(ties.flatMap(({ differing, others }) => [...differing, ...others])).toEqual([]);
        expect(sumMinor(ties.map(({ booked }) => booked))).toBe(taxOf(owed));
        const settledOn = new Map(all.flatMap(({ document }, index) => (ends[index] ? [[document, ends[index]]] : [])));
        for (const { documents, inMonth, earlier, notYet } of taxBySettlement(MONTH, all, settledOn))
          expect(inMonth + earlier + notYet).toBe(documents);
      }),
      runs(200),
    );
  });

  test("agrees with Amazon's report of the same, whose zero is all of ours; one unit more of tax is found", () => {
    fc.assert(
      fc.property(facts, fc.nat(), (mixed, at) => {
        // What is owed by several of one item has no one answer.
        const all = mixed.map((fact) => ({ ...fact, collector: 'seller' as const }));
        const rows = told(all);
        expect(compareWithAmazon(MONTH, all, rows, []).differences).toEqual([]);
        const zero = all.filter((fact) => vatCaseOf(fact) === 'zero');
        expect(sumMinor(splitZero(all, rows).map(({ net }) => net))).toBe(sumMinor(zero.map(({ net }) => net)));
        if (rows.length === 0) return;
        const off = rows.map((row, index) => (index === at % rows.length ? { ...row, tax: row.tax + 1n } : row));
        expect(compareWithAmazon(MONTH, all, off, []).differences).toEqual([
          expect.objectContaining({ kind: 'differs', what: ['tax'], orderId: rows[at % rows.length]!.orderId }),
        ]);
      }),
      runs(200),
    );
  });
});

describe('tax that is moved between jurisdictions', () => {
  const wishes = fc.array(fc.record({ fact: fc.nat(), share: fc.constantFrom(1n, 2n, 3n), back: fc.boolean() }), {
    maxLength: 20,
  });
  test('is in documents less memos and moves just what the accounts moved by, in each jurisdiction; none is lost, and never more than there is', () => {
    fc.assert(
      fc.property(facts, wishes, (documents, asked) => {
        const sold = documents.map((fact) => ({ ...fact, posted: true }));
        const owed = sold.filter(({ collector }) => collector === 'seller');
        const moves: BookedMove[] = [];
        for (const { fact, share, back } of asked) {
          const at = owed[fact % Math.max(owed.length, 1)];
          if (at === undefined) continue;
          const away = at.jurisdiction === 'GB' ? 'DE' : 'GB';
          const [from, to] = back ? [away, at.jurisdiction] : [at.jurisdiction, away];
          const ofOrder = [...sold, ...moves.flatMap(factsOfMove)].filter(
            ({ orderId, currency }) => orderId === at.orderId && currency === at.currency,
          );
          const found = itemsToMove(
            { orderId: at.orderId, from, to, net: at.net / share, tax: at.tax / share },
            ofOrder,
            [2000n, 500n],
          );
          if ('refused' in found) continue;
          const number = moves.length + 1;
          const document = `AMZ_demo-uk_FTX_${at.orderId}-m${number}_1`;
          moves.push({ orderId: at.orderId, number, from, to, ...found, document, day: '2026-10-31', posted: true });
        }
        const all = [...sold, ...moves.flatMap(factsOfMove)];
        const movement = (externalId: string, jurisdiction: string, currency: string, amount: bigint): TaxMovement[] =>
          amount === 0n
            ? []
            : [{ jurisdiction, externalId, name: '', type: 'Journal', day: '2026-10-31', currency, amount }];
        const movements = [
          ...owed.flatMap(({ document, jurisdiction, currency, tax }) =>
            movement(document, jurisdiction, currency, tax),
          ),
          ...moves.flatMap((move) =>
            (moveJournal(move)?.lines ?? []).flatMap(({ jurisdiction, debit, credit }) =>
              movement(move.document, jurisdiction!, move.currency, credit - debit),
            ),
          ),
        ];
        expect(tieToAccounts('demo-uk', all, movements).filter(({ differing }) => differing.length > 0)).toEqual([]);
        expect(taxOf(all.filter(({ collector }) => collector === 'seller'))).toBe(taxOf(owed));
        // Of an order's sales no jurisdiction is left with less than nothing, and of its refunds with more.
        for (const { orderId, currency } of moves)
          for (const jurisdiction of ['GB', 'DE'])
            for (const event of ['sale', 'refund'] as const) {
              const left = taxOf(
                all.filter(
                  (fact) =>
                    fact.collector === 'seller' &&
                    fact.orderId === orderId &&
                    fact.currency === currency &&
                    fact.jurisdiction === jurisdiction &&
                    fact.event === event,
                ),
              );
              expect(event === 'sale' ? left >= 0n : left <= 0n).toBe(true);
            }
      }),
      runs(200),
    );
  });
});
