/**
 * Over generated settlements with A-to-z claims and chargebacks beside their sales, with a memo and without, of orders that the
 * seller, Amazon, another system or the old books own: each row of tax stands in one place, and what documents, memos and claims
 * say of tax is what NetSuite's accounts moved by, in each jurisdiction and month. Where a row belongs is said here, from tax.md
 * (*Booking*), and by nothing of the product.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JournalBuilder } from '../../src/domain/journal/build-journal.ts';
import { bookedRole, bookingContext } from '../../src/domain/mapping/booked-role.ts';
import type { Role } from '../../src/domain/mapping/roles.ts';
import { lastDayOfMonth, monthOf } from '../../src/domain/money/instant.ts';
import { sumMinor } from '../../src/domain/money/money.ts';
import { POSTING_MODES } from '../../src/domain/posting-modes/posting-modes.ts';
import type { SettlementRow } from '../../src/domain/settlement/settlement.ts';
import { taxOn } from '../../src/domain/tax/tax-rate.ts';
import { tieToAccounts, type TaxMovement } from '../../src/domain/tax/vat-accounts.ts';
import { sharesOfLeftTax } from '../../src/domain/tax/left-tax-shares.ts';
import { claimFacts, type ClaimTax } from '../../src/domain/tax/vat-claims.ts';
import type { VatFact } from '../../src/domain/tax/vat-facts.ts';
import { settlementHeader, settlementRow } from '../domain/settlement-rows.ts';
import { runs } from './runs.ts';

const OWNERS = ['GB', 'DE', 'amazon', 'merchant', 'old books'] as const;
type Owner = (typeof OWNERS)[number];
const isSellers = (owner: Owner): boolean => owner === 'GB' || owner === 'DE';

interface Sold {
  owner: Owner;
  net: bigint;
  day: number;
  claims: { type: string; share: bigint; hasMemo: boolean; day: number }[];
}

const orders: fc.Arbitrary<Sold[]> = fc.array(
  fc.record({
    owner: fc.constantFrom(...OWNERS),
    net: fc.integer({ min: 1, max: 300_00 }).map(BigInt),
    day: fc.integer({ min: 0, max: 13 }),
    claims: fc.array(
      fc.record({
        type: fc.constantFrom('Chargeback Refund', 'A-to-z Guarantee Refund'),
        share: fc.constantFrom(1n, 2n, 3n),
        hasMemo: fc.boolean(),
        day: fc.integer({ min: 0, max: 13 }),
      }),
      { maxLength: 2 },
    ),
  }),
  { maxLength: 12 },
);

interface Told {
  row: SettlementRow;
  meaning: Role;
  /** Where it belongs; `wash` comes to zero over its order. */
  belongs: string;
  ofMemo: boolean;
}

/** From 25 October: a settlement with a month's end inside. */
const at = (day: number): string => new Date(Date.UTC(2026, 9, 25 + day, 12)).toISOString().replace('.000', '');

function rowsOf({ owner, net, day, claims }: Sold, index: number): Told[] {
  const orderId = `202-${String(index).padStart(7, '0')}-0000001`;
  const told = (
    transactionType: string,
    [amountType, amountDescription]: [string, string],
    amount: bigint,
    postedAt: string,
    [meaning, belongs]: [Role, string],
    ofMemo = false,
  ): Told => {
    const fulfillmentId = owner === 'merchant' ? 'MFN' : 'AFN';
    const marketplaceName = 'Amazon.co.uk';
    const of = {
      transactionType,
      amountType,
      amountDescription,
      amount,
      orderId,
      postedAt,
      fulfillmentId,
      marketplaceName,
    };
    return { row: settlementRow({ ...of, sku: 'POT' }), meaning, belongs, ofMemo };
  };
  const parts = (
    type: string,
    base: bigint,
    postedAt: string,
    ofPrice: [Role, string],
    ofTax: string,
    ofMemo = false,
  ) => {
    const tax = base < 0n ? -taxOn(-base, 2000n) : taxOn(base, 2000n);
    return [
      told(type, ['ItemPrice', 'Principal'], base, postedAt, ofPrice, ofMemo),
      told(type, ['ItemPrice', 'Tax'], tax, postedAt, ['marketplace-tax', ofTax], ofMemo),
      ...(owner === 'amazon'
        ? [
            told(type, ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal'], -tax, postedAt, [
              'marketplace-tax',
              'wash',
            ]),
          ]
        : []),
    ];
  };
  const home = {
    GB: 'clearing',
    DE: 'clearing',
    amazon: 'clearing',
    merchant: 'merchant-orders',
    'old books': 'opening-balance',
  }[owner];
  const payable = isSellers(owner) ? `sales-tax-payable:${owner}` : 'sales-tax-payable';
  return [
    ...parts('Order', net, at(day), ['product-sales', home], owner === 'amazon' ? 'wash' : home),
    ...claims.flatMap(({ type, share, hasMemo, day: on }) => {
      const answered = hasMemo && (isSellers(owner) || owner === 'amazon');
      const price = answered ? 'clearing' : 'chargebacks-and-claims';
      const tax = owner === 'amazon' ? 'wash' : answered ? 'clearing' : payable;
      return parts(type, -(net / share), at(on), ['chargebacks-and-claims', price], tax, answered);
    }),
  ];
}

/**
 * Tax of the claims without a memo of a sale of the seller's: the country's as far as the sale has it and no memo gave it back; beyond
 * that it is nobody's. Positive.
 */
function givenBack({ owner, net, claims }: Sold): { owner: Owner; country: bigint; beyond: bigint } {
  if (!isSellers(owner)) return { owner, country: 0n, beyond: 0n };
  const of = (some: Sold['claims']) => sumMinor(some.map(({ share }) => taxOn(net / share, 2000n)));
  const left = taxOn(net, 2000n) - of(claims.filter(({ hasMemo }) => hasMemo));
  const asked = of(claims.filter(({ hasMemo }) => !hasMemo));
  const country = left < 0n ? 0n : left < asked ? left : asked;
  return { owner, country, beyond: asked - country };
}

const orderOf = (index: number): string => `202-${String(index).padStart(7, '0')}-0000001`;

/** The document of a sale, or the memo of a claim. */
const documentOf = (
  document: string,
  orderId: string,
  jurisdiction: string,
  day: string,
  net: bigint,
  tax: bigint,
): VatFact => ({
  document: `AMZ_demo-uk_${document}_1`,
  type: net < 0n ? 'credit memo' : 'invoice',
  event: net < 0n ? 'refund' : 'sale',
  orderId,
  currency: 'GBP',
  day,
  posted: true,
  orderItemId: '1',
  sku: 'POT',
  collector: 'seller',
  jurisdiction,
  rate: 2000n,
  net,
  tax,
});

test('each row of tax has one place, and documents, memos and claims tie to the accounts in each jurisdiction and month', () => {
  fc.assert(
    fc.property(orders, (sold) => {
      const all = sold.flatMap((one, index) => rowsOf(one, index));
      const known = new Map(all.map((told) => [told.row, told]));
      const owner = new Map(sold.map((one, index) => [orderOf(index), one.owner]));
      const context = bookingContext('invoice', {
        isShippedBeforeCutOver: ({ orderId }) => owner.get(orderId!) === 'old books',
        hasCreditMemo: (row) => known.get(row)!.ofMemo,
        carriesTax: (row) => known.get(row)!.belongs === 'clearing',
      });
      const header = settlementHeader(sumMinor(all.map(({ row }) => row.amount)), {
        start: '2026-10-25T00:00:00Z',
        end: '2026-11-08T00:00:00Z',
        currency: 'GBP',
      });
      const sales = sold.flatMap(({ owner: place, net, day }, index) =>
        isSellers(place)
          ? [documentOf(`INV_${orderOf(index)}-S`, orderOf(index), place, at(day).slice(0, 10), net, taxOn(net, 2000n))]
          : [],
      );
      const memos = sold.flatMap(({ owner: place, net, claims }, index) =>
        claims.flatMap(({ share, hasMemo, day }, number) =>
          hasMemo && isSellers(place)
            ? [
                documentOf(
                  `CM_${orderOf(index)}-${number}`,
                  orderOf(index),
                  place,
                  at(day).slice(0, 10),
                  -(net / share),
                  -taxOn(net / share, 2000n),
                ),
              ]
            : [],
        ),
      );
      const builder = new JournalBuilder({
        header,
        mode: POSTING_MODES.invoice,
        mapVersion: 1,
        timeZoneOf: () => 'UTC',
        splitAtMonthEnds: true,
        sharedTax: {
          orders: new Set(sold.map((_, index) => orderOf(index))),
          sharesOf: (left) => sharesOfLeftTax(left, { documents: [...sales, ...memos], moves: [], booked: [] }),
        },
      });
      const booked = all.map((told) => ({ ...told, booked: bookedRole(told.meaning, told.row, context) }));
      for (const one of booked) builder.add(one.row, one.meaning, one.booked);
      const journal = builder.finish();

      // One place each, and the one that it belongs to.
      const lines = journal.plan.parts.flatMap((part) =>
        part.lines.map((line) => ({ ...line, date: part.date, part: part.part })),
      );
      const placeOf = ({ row, booked: role }: (typeof booked)[number]): string => {
        const place = journal.placeOf(row, role);
        if (place.kind === 'wash') return place.wash === 'comes-to-zero' ? 'comes-to-zero' : 'wash';
        const line = lines.filter(({ part }) => part === place.part)[place.line - 1]!;
        return line.jurisdiction === undefined ? line.role : `${line.role}:${line.jurisdiction}`;
      };
      for (const one of booked)
        if (one.row.amount !== 0n) {
          // What more is given back than was sold is nobody's.
          const beyond = one.belongs.startsWith('sales-tax-payable:') ? ['sales-tax-payable'] : [];
          expect(['comes-to-zero', one.belongs, ...beyond]).toContain(placeOf(one));
        }
      const given = sold.map(givenBack);
      for (const place of [
        'clearing',
        'merchant-orders',
        'opening-balance',
        'sales-tax-payable',
        'sales-tax-payable:GB',
        'sales-tax-payable:DE',
      ])
        expect(
          sumMinor(
            lines
              .filter(
                ({ role, jurisdiction }) => (jurisdiction === undefined ? role : `${role}:${jurisdiction}`) === place,
              )
              .map(({ credit, debit }) => credit - debit),
          ),
        ).toBe(
          place.startsWith('sales-tax-payable:')
            ? -sumMinor(given.filter((one) => `sales-tax-payable:${one.owner}` === place).map(({ country }) => country))
            : sumMinor(all.filter(({ belongs }) => belongs === place).map(({ row }) => row.amount)) -
                (place === 'sales-tax-payable' ? sumMinor(given.map(({ beyond }) => beyond)) : 0n),
        );

      // Documents − memos − claims = what the account moved by.
      const journalOf = (part: number) => `AMZ_demo-uk_JE_30100000001_${part}`;
      const claims = journal.plan.parts.flatMap((part) =>
        (part.taxShares ?? []).map((share): ClaimTax => {
          const of = { journal: journalOf(part.part), posted: true };
          const { orderId, orderItemCode, sku } = share;
          return {
            ...of,
            orderId,
            orderItemCode,
            sku,
            day: part.date,
            settledAt: header.end,
            marketplaceName: 'Amazon.co.uk',
            currency: 'GBP',
            isClaim: true,
            withheld: false,
            net: 0n,
            taxes: [{ ...of, ...share }],
          };
        }),
      );
      const facts = [
        ...sales,
        ...memos,
        ...claimFacts(claims, [...sales, ...memos], [], () => ({ jurisdiction: 'GB', registrations: ['GB', 'DE'] })),
      ];
      const movement = (externalId: string, jurisdiction: string, day: string, amount: bigint): TaxMovement => ({
        jurisdiction,
        externalId,
        name: '',
        type: '',
        day,
        currency: 'GBP',
        amount,
      });
      const movements = [
        ...[...sales, ...memos].map(({ document, jurisdiction, day, tax }) =>
          movement(document, jurisdiction, day, tax),
        ),
        ...lines.flatMap(({ role, jurisdiction, part, date, debit, credit }) =>
          role === 'sales-tax-payable' && jurisdiction !== undefined
            ? [movement(journalOf(part), jurisdiction, date, credit - debit)]
            : [],
        ),
      ];
      for (const month of ['2026-10', '2026-11']) {
        const inMonth = ({ day }: { day: string }) => monthOf(day) === month && day <= lastDayOfMonth(`${month}-01`);
        const ties = tieToAccounts('demo-uk', facts.filter(inMonth), movements.filter(inMonth));
        expect(ties.flatMap(({ differing, others }) => [...differing, ...others])).toEqual([]);
      }
      // Of an order whose documents carry none a claim is nobody's, and in no jurisdiction's sum.
      for (const fact of facts)
        if (fact.type === 'claim' && !isSellers(owner.get(fact.orderId)!)) expect(fact.collector).toBe('nobody');
      // Tax of a claim is booked in the month of the claim.
      for (const month of ['2026-10', '2026-11'])
        expect(
          sumMinor(
            journal.plan.parts
              .filter(({ date }) => monthOf(date) === month)
              .flatMap(({ taxShares = [] }) => taxShares.map(({ amount }) => amount)),
          ),
        ).toBe(
          sumMinor(
            all
              .filter(
                ({ row, belongs }) => belongs.startsWith('sales-tax-payable') && row.postedAt.slice(0, 7) === month,
              )
              .map(({ row }) => row.amount),
          ),
        );
    }),
    runs(300),
  );
});
