/** What settlements apply and what balances they leave, over generated chains of them: each balance equals what the facts say it must be. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildOpeningEntry } from '../../src/domain/journal/build-opening-entry.ts';
import type { JournalLine } from '../../src/domain/journal/journal-plan.ts';
import { accountRole } from '../../src/domain/mapping/booked-role.ts';
import { explainBalances } from '../../src/domain/payouts/explain-balances.ts';
import type { LedgerFacts } from '../../src/domain/payouts/ledger-facts.ts';
import { INVOICE } from '../../src/domain/posting-modes/invoice.ts';
import type { SalesPurpose } from '../../src/domain/documents/document-kinds.ts';
import { checkChain, type ChainLink } from '../../src/domain/payouts/check-chain.ts';
import { partition } from '../../src/domain/payouts/plan-applications.ts';
import { PLAIN_FORM, renderReport } from './render-report.ts';
import { runs } from './runs.ts';
import { settlementChain, settlementFacts, totalOf, type SettlementFacts } from './settlement-facts.ts';
import { followReport, tieableDocument, type JournalledReport } from './whole-path.ts';

function follow(facts: SettlementFacts, documents = facts.documents): JournalledReport {
  const followed = followReport(renderReport(facts, PLAIN_FORM), { zone: facts.zone, documents });
  if (followed.end !== 'journal') throw new Error(`no journal: ${JSON.stringify(followed)}`);
  return followed;
}

const clearingOf = ({ built: { plan } }: JournalledReport) =>
  plan.parts
    .flatMap(({ lines }) => lines)
    .filter(({ role }) => role === 'clearing')
    .reduce((sum, { credit, debit }) => sum + credit - debit, 0n);

describe('what a payout applies', () => {
  const some = fc.record({ facts: settlementFacts(), keep: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }) });

  test('and what it leaves are together the rows on clearing, whatever documents there are', () => {
    fc.assert(
      fc.property(some, ({ facts, keep }) => {
        const followed = follow(
          facts,
          facts.documents.filter((_, index) => keep[index % keep.length]),
        );
        const applied = followed.applications.reduce(
          (sum, { kind, amount }) => sum + (kind === 'PAY' ? amount : -amount),
          0n,
        );
        const left = followed.missing.reduce((sum, { amount }) => sum + amount, 0n);
        expect(applied + left).toBe(clearingOf(followed));
      }),
      runs(100),
    );
  });

  test('is each document in full where all documents are there, and nothing is left', () => {
    fc.assert(
      fc.property(settlementFacts(), (facts) => {
        const { applications, missing } = follow(facts);
        const owed = facts.documents.map(tieableDocument).filter(({ total }) => total !== 0n);
        expect(missing).toEqual([]);
        expect(applications).toEqual(
          owed
            .map(({ externalId, purpose, total }) => ({
              document: externalId,
              kind: purpose === 'INV' ? 'PAY' : 'RFD',
              amount: total,
            }))
            .sort((a, b) => (a.document < b.document ? -1 : 1)),
        );
      }),
      runs(80),
    );
  });

  test('names each group without its document, and gives no document to two groups', () => {
    fc.assert(
      fc.property(some, ({ facts, keep }) => {
        const { groups, missing } = follow(
          facts,
          facts.documents.filter((_, index) => keep[index % keep.length]),
        );
        const tied = groups.flatMap(({ document }) => document ?? []);
        expect(new Set(tied).size).toBe(tied.length);
        expect(
          groups.filter(({ document, amount, kind }) => document === null && amount !== 0n && kind !== 'claim'),
        ).toEqual(missing);
      }),
      runs(60),
    );
  });

  test('is found by amount where a shipment is not named on both sides', () => {
    fc.assert(
      fc.property(some, ({ facts, keep }) => {
        const documents = facts.documents.filter((_, index) => keep[index % keep.length]);
        const totals = new Map(
          documents
            .map(tieableDocument)
            .map(({ externalId, total, shipmentId }) => [externalId, { total, shipmentId }]),
        );
        for (const { document, kind, amount, shipmentId } of follow(facts, documents).groups) {
          const found = document === null ? null : totals.get(document)!;
          if (found !== null && (kind !== 'sale' || shipmentId === null || found.shipmentId !== shipmentId))
            expect(found.total).toBe(amount < 0n ? -amount : amount);
        }
      }),
      runs(100),
    );
  });

  test('goes into parts within their limit, gross and never netted, each document once, numbered on', () => {
    fc.assert(
      fc.property(settlementFacts({ sales: 9 }), fc.integer({ min: 1, max: 5 }), fc.nat(3), (facts, limit, last) => {
        const { applications } = follow(facts);
        const parts = partition(applications, limit, { PAY: last, RFD: 0 });
        expect(
          parts
            .flatMap((part) => part.applications)
            .map(({ document }) => document)
            .sort(),
        ).toEqual(applications.map(({ document }) => document).sort());
        for (const kind of ['PAY', 'RFD'] as const) {
          const own = parts.filter((part) => part.kind === kind);
          expect(own.map(({ part }) => part)).toEqual(own.map((_, index) => (kind === 'PAY' ? last : 0) + index + 1));
        }
        for (const part of parts) {
          expect(part.applications.length).toBeLessThanOrEqual(limit);
          expect(part.applications.every(({ kind }) => kind === part.kind)).toBe(true);
          expect(part.applications.reduce((sum, { amount }) => sum + amount, 0n)).toBe(part.total);
        }
      }),
      runs(60),
    );
  });
});

/** Accounts by role, debit positive, as the documents of accounting post to them. */
class Books {
  readonly #accounts = new Map<string, bigint>();

  post(debit: string, credit: string, minor: bigint): void {
    this.#accounts.set(debit, this.of(debit) + minor);
    this.#accounts.set(credit, this.of(credit) - minor);
  }

  postLines(lines: readonly JournalLine[]): void {
    for (const { role, debit, credit } of lines)
      this.#accounts.set(accountRole(role), this.of(accountRole(role)) + debit - credit);
  }

  of(role: string): bigint {
    return this.#accounts.get(role) ?? 0n;
  }

  get sum(): bigint {
    return [...this.#accounts.values()].reduce((sum, minor) => sum + minor, 0n);
  }
}

/** Posts a chain up to here, and gathers what its facts say that the balances must be. */
function post(
  chain: readonly SettlementFacts[],
  { pays, sees }: { pays: readonly boolean[]; sees: readonly boolean[] },
): { books: Books; facts: LedgerFacts } {
  const books = new Books();
  const documents: { purpose: SalesPurpose; total: bigint; applied: bigint }[] = [];
  const settlements: LedgerFacts['settlements'][number][] = [];
  const movements: LedgerFacts['movements'][number][] = [];
  const moved: LedgerFacts['moved'][number][] = [];
  chain.forEach((facts, index) => {
    const followed = follow(facts);
    if (index === 0) books.postLines(buildOpeningEntry(followed.rows) ?? []);
    for (const document of facts.documents) {
      if (document.kind === 'invoice') books.post('receivable', 'income', document.total);
      else books.post('income', 'receivable', document.total);
    }
    for (const part of followed.built.plan.parts) books.postLines(part.lines);
    const known = new Map(
      facts.documents
        .map(tieableDocument)
        .map((document) => [document.externalId, { purpose: document.purpose, total: document.total, applied: 0n }]),
    );
    followed.applications.forEach(({ document, kind, amount }, at) => {
      if (!pays[(index + at) % pays.length]) return;
      known.get(document)!.applied = amount;
      if (kind === 'PAY') books.post('clearing', 'receivable', amount);
      else books.post('receivable', 'clearing', amount);
    });
    documents.push(...known.values());
    const applied = (by: 'PAY' | 'RFD') =>
      followed.applications
        .filter(({ kind }) => kind === by)
        .reduce((sum, { document }) => sum + known.get(document)!.applied, 0n);
    const held = facts.rows.filter(({ role }) => role === 'reserve-held').reduce((sum, { minor }) => sum + minor, 0n);
    settlements.push({
      start: followed.header.start,
      end: followed.header.end,
      total: totalOf(facts),
      currentReserve: held,
      clearing: {
        rows: clearingOf(followed),
        applied: (['PAY', 'RFD'] as const).map((purpose) => ({ purpose, amount: applied(purpose) })),
        variances: [],
      },
    });
    const bringsBack =
      chain[index + 1]?.rows.some(({ description }) => description.startsWith('Transfer of funds')) ?? false;
    followed.movements.movements.forEach(({ kind, amount }, at) => {
      if (kind === 'payout' && bringsBack)
        return movements.push({ kind, amount, cleared: 0n, broughtBack: amount, seen: true });
      const seen = sees[(index + at) % sees.length]!;
      const document =
        kind === 'charge'
          ? { debit: 'amazon-charges' as const, credit: 'card' as const, amount: -amount }
          : { debit: 'bank' as const, credit: 'payouts-in-transit' as const, amount };
      if (seen) books.post(document.debit, document.credit, document.amount);
      if (seen) moved.push(document);
      return movements.push({ kind, amount, cleared: seen ? amount : 0n, broughtBack: 0n, seen });
    });
  });
  return { books, facts: { currency: chain[0]!.currency, documents, settlements, movements, moved, setOffs: [] } };
}

describe('the balances of a chain of settlements', () => {
  const posted = fc.record({
    chain: settlementChain({ sales: 4 }),
    pays: fc.array(fc.boolean(), { minLength: 3, maxLength: 7 }),
    sees: fc.array(fc.boolean(), { minLength: 3, maxLength: 5 }),
  });

  test('are what their facts explain: receivable, clearing, in transit, charges, balance due, reserve, in progress, bank and card', () => {
    let negative = 0;
    fc.assert(
      fc.property(posted, ({ chain, ...seen }) => {
        const { books, facts } = post(chain, seen);
        negative += chain.some((one) => totalOf(one) < 0n) ? 1 : 0;
        expect(Object.fromEntries(explainBalances(facts, INVOICE).map(({ role, amount }) => [role, amount]))).toEqual(
          Object.fromEntries(explainBalances(facts, INVOICE).map(({ role }) => [role, books.of(role)])),
        );
        expect(books.sum).toBe(0n);
      }),
      runs(80),
    );
    // The generator reaches what is hard.
    expect(negative).toBeGreaterThan(10);
  });

  test('follow on each other: the reserve and the balance due that one leaves are what the next takes in', () => {
    fc.assert(
      fc.property(
        settlementChain({ sales: 2 }),
        fc.integer({ min: -500, max: 500 }).filter((by) => by !== 0),
        (chain, by) => {
          const links = chain.map((facts): ChainLink => {
            const of = (role: string) =>
              facts.rows.filter((row) => row.role === role).reduce((sum, { minor }) => sum + minor, 0n);
            return {
              settlementId: facts.id,
              currency: facts.currency,
              total: totalOf(facts),
              released: of('reserve-released'),
              held: of('reserve-held'),
              carriedIn: of('balance-due-to-amazon'),
            };
          });
          links.slice(1).forEach((next, index) => {
            const previous = links[index]!;
            expect(checkChain(previous, next)).toEqual([]);
            expect(checkChain(previous, { ...next, released: next.released + BigInt(by) })).toHaveLength(1);
            expect(checkChain(previous, { ...next, carriedIn: next.carriedIn + BigInt(by) })).toHaveLength(1);
          });
        },
      ),
      runs(40),
    );
  });
});
