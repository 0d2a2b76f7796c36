/** What the VAT report ties to: NetSuite's accounts, settlements, Amazon's own report. Figures by hand. */
import { describe, expect, test } from '@jest/globals';
import { tieToAccounts, type TaxMovement } from '../../../src/domain/tax/vat-accounts.ts';
import type { AmazonVatRow } from '../../../src/domain/tax/vat-facts.ts';
import { besideAmazon } from '../../../src/domain/tax/beside-amazon.ts';
import { compareWithAmazon, proposedMoves } from '../../../src/domain/tax/vat-amazon.ts';
import { splitZero } from '../../../src/domain/tax/vat-zero.ts';
import { taxBySettlement } from '../../../src/domain/tax/vat-settled.ts';
import { A, B, CM_B, D, fact, INV_A, INV_B, INV_D, itemTax, NOVEMBER, OCTOBER, told } from './worked-example.ts';

const moved = (externalId: string | null, amount: bigint, over: Partial<TaxMovement> = {}): TaxMovement => ({
  jurisdiction: 'GB',
  externalId,
  name: 'INV1',
  type: 'CustInvc',
  day: '2026-10-28',
  currency: 'GBP',
  amount,
  ...over,
});

describe("NetSuite's account of a jurisdiction", () => {
  test('moved by the tax of our documents; what others moved is named and changes nothing', () => {
    const foreign = moved(null, -3_000n, { name: 'JE77', type: 'Journal' });
    const other = moved('AMZ_shop-eu_INV_X-1_1', 40n);
    expect(tieToAccounts('demo-uk', OCTOBER, [moved(INV_A, 2_000n), moved(INV_B, 1_000n), foreign, other])).toEqual([
      {
        jurisdiction: 'GB',
        currency: 'GBP',
        documents: 3_000n,
        booked: 3_000n,
        difference: 0n,
        differing: [],
        foreign: -2_960n,
        others: [foreign, other],
      },
    ]);
  });

  test('names each document that moved it by something else, though the sum agrees', () => {
    const [tie] = tieToAccounts('demo-uk', OCTOBER, [moved(INV_A, 2_100n), moved(INV_B, 900n)]);
    expect(tie).toMatchObject({ difference: 0n });
    expect(tie!.differing).toEqual([
      { document: INV_A, documents: 2_000n, booked: 2_100n },
      { document: INV_B, documents: 1_000n, booked: 900n },
    ]);
  });

  test('is not asked about what is planned, nor about what Amazon owes', () => {
    expect(
      tieToAccounts(
        'demo-uk',
        [
          fact(INV_A, itemTax(10_000n, 2_000n), { posted: false }),
          fact(INV_B, itemTax(10_000n, 2_000n, { collector: 'amazon' })),
        ],
        [],
      ),
    ).toEqual([]);
  });
});

describe('settlements', () => {
  const settled = new Map([
    [INV_A, '2026-10-31'],
    [INV_B, '2026-11-03'],
    [INV_D, '2026-09-30'],
    [CM_B, '2026-11-03'],
  ]);
  const SEPTEMBER = fact('AMZ_demo-uk_INV_202-0-X_1', itemTax(400n, 80n), { day: '2026-09-29' });

  test('brought the tax in the month, earlier, or not yet', () => {
    expect(taxBySettlement('2026-10', OCTOBER, settled)).toEqual([
      {
        jurisdiction: 'GB',
        currency: 'GBP',
        documents: 3_000n,
        inMonth: 2_000n,
        earlier: 0n,
        notYet: 1_000n,
        ofOtherMonths: 0n,
      },
    ]);
    expect(taxBySettlement('2026-10', OCTOBER, new Map())).toEqual([
      expect.objectContaining({ documents: 3_000n, inMonth: 0n, notYet: 3_000n }),
    ]);
  });

  test('bring that of earlier documents too', () => {
    expect(taxBySettlement('2026-11', [...NOVEMBER, OCTOBER[1]!, SEPTEMBER], settled)).toEqual([
      {
        jurisdiction: 'GB',
        currency: 'GBP',
        documents: -500n,
        inMonth: -500n,
        earlier: 0n,
        notYet: 0n,
        ofOtherMonths: 1_000n,
      },
    ]);
  });
});

describe("Amazon's report", () => {
  const ROWS = [
    told(A),
    told(B, { sku: 'CUP', net: 5_000n, tax: 1_000n, completed: '2026-10-30' }),
    told(D, { net: 5_000n, tax: 0n, rate: 0n, exported: true, completed: '2026-10-31' }),
  ];
  const compare = (rows = ROWS, facts = OCTOBER, others = NOVEMBER) =>
    compareWithAmazon('2026-10', facts, rows, others);

  test('agrees with the worked example', () => {
    expect(compare()).toEqual({ agree: 3, differences: [] });
  });

  test.each([
    ['rate and tax', { rate: 500n, tax: 500n }, ['rate', 'tax']],
    ['jurisdiction', { jurisdiction: 'DE' }, ['jurisdiction']],
    ['net', { net: 9_999n }, ['net']],
    ['the responsible party alone', { collector: 'amazon', net: 0n, tax: 0n }, ['collector']],
    ['nothing, where it names no rate and no country', { rate: null, jurisdiction: null }, null],
  ] as const)('may differ in %s', (_, over, what) => {
    const { agree, differences } = compare([told(A, over), ...ROWS.slice(1)]);
    expect(agree).toBe(what === null ? 3 : 2);
    expect(differences.map((difference) => [difference.orderId, difference.kind, difference.what])).toEqual(
      what === null ? [] : [[A, 'differs', what]],
    );
  });

  test.each<[string, Partial<AmazonVatRow>, string[] | null]>([
    ['as it is told', { net: 8_403n, tax: 1_597n }, null],
    ['another net', { net: 8_500n, tax: 1_597n }, ['net']],
    ['another VAT', { net: 8_403n, tax: 1_600n }, ['tax']],
    ['none told', { net: 0n, tax: 0n }, null],
  ])('compares what Amazon owes as far as it is told: %s', (_, amounts, what) => {
    const owed = [fact(INV_A, itemTax(8_403n, 1_597n, { collector: 'amazon' }))];
    const { agree, differences } = compare([told(A, { collector: 'amazon', ...amounts })], owed, []);
    expect([agree, differences.map((one) => one.what)]).toEqual(what === null ? [1, []] : [0, [what]]);
  });

  test('lets an order of another system stand apart, and nothing else that has no document', () => {
    const rows = [told('202-7', {}), told('202-8', {})];
    const { differences } = compareWithAmazon('2026-10', [], rows, [], null, new Set(['202-7']));
    expect(differences.map(({ orderId, kind }) => [orderId, kind])).toEqual([
      ['202-7', 'other-system'],
      ['202-8', 'only-amazon'],
    ]);
    const beside = besideAmazon({
      month: '2026-10',
      facts: [],
      rows,
      next: null,
      ofOrders: [],
      moves: [],
      leftAlone: new Set(['202-7', '202-8']),
    });
    expect([beside.counting.length, beside.counts['other-system']]).toEqual([0, 2]);
  });

  test('of what Amazon owes is right where it says so, whatever its amounts', () => {
    const owed = [fact(INV_A, itemTax(8_403n, 1_597n, { collector: 'amazon' }))];
    expect(compare([told(A, { collector: 'amazon', net: 0n, tax: 0n })], owed, [])).toEqual({
      agree: 1,
      differences: [],
    });
  });

  test.each([
    [
      'differs in who owes it: nobody of ours does',
      1_000n,
      { collector: 'seller', tax: 1_000n, rate: 2000n },
      ['collector'],
    ],
    ['agrees where there is none', 0n, { collector: 'seller', tax: 0n, rate: 0n }, null],
    ['differs where Amazon owes it', 0n, { collector: 'amazon', tax: 0n, rate: 0n }, ['collector']],
  ] as const)('beside tax of a country without registration %s', (_, tax, over, what) => {
    const ours = [fact(INV_A, itemTax(5_000n, tax, { collector: 'nobody', jurisdiction: 'FR', rate: null }))];
    const { agree, differences } = compare([told(A, { jurisdiction: 'FR', net: 5_000n, ...over })], ours, []);
    expect([agree, differences.map((difference) => difference.what)]).toEqual(what === null ? [1, []] : [0, [what]]);
  });

  test('of the next month must have what the last days lack, once it is read', () => {
    const kinds = (next: AmazonVatRow[] | null) =>
      compareWithAmazon('2026-10', OCTOBER, [ROWS[0]!], NOVEMBER, next).differences.map(({ orderId, kind }) => [
        orderId,
        kind,
      ]);
    expect(kinds(null)).toEqual([
      [B, 'other-month'],
      [D, 'other-month'],
    ]);
    expect(kinds([{ ...ROWS[1]!, completed: '2026-11-01' }])).toEqual([
      [B, 'other-month'],
      [D, 'only-ours'],
    ]);
  });

  test('completes some in another month than theirs, and those stand apart', () => {
    const kinds = compare([
      ROWS[0]!,
      told(B, { event: 'refund', sku: 'CUP', net: -2_500n, tax: -500n, completed: '2026-10-31' }),
      told('202-9'),
    ]).differences.map(({ orderId, event, kind, day }) => [orderId, event, kind, day]);
    expect(kinds).toEqual([
      [B, 'refund', 'other-month', '2026-11-02'],
      // Dispatched in the month's last days: Amazon's file of November has them.
      [B, 'sale', 'other-month', '2026-10-30'],
      [D, 'sale', 'other-month', '2026-10-31'],
      ['202-9', 'sale', 'only-amazon', null],
    ]);
    expect(compare(ROWS.slice(1)).differences).toEqual([
      expect.objectContaining({ orderId: A, kind: 'only-ours', amazon: null, day: '2026-10-28' }),
    ]);
  });

  test('that names a document of another month with other amounts differs all the same', () => {
    const refund = told(B, { event: 'refund', sku: 'CUP', net: -2_500n, tax: 0n, rate: 0n });
    expect(compare([...ROWS, refund]).differences).toEqual([
      expect.objectContaining({ kind: 'differs', what: ['rate', 'tax'], event: 'refund' }),
    ]);
  });

  test('puts several items of an order and SKU together', () => {
    const twice = [told(A, { net: 4_000n, tax: 800n }), told(A, { net: 6_000n, tax: 1_200n })];
    expect(compare([...twice, ...ROWS.slice(1)])).toEqual({ agree: 3, differences: [] });
  });

  test.each([
    ['a unit that left from another country, at the same rate', { jurisdiction: 'FR' }, ['jurisdiction']],
    ["a unit whose tax is Amazon's", { collector: 'amazon' }, ['collector']],
  ] as const)('of several units of an item differs by %s, whichever stands first', (_, over, what) => {
    const half = { net: 5_000n, tax: 1_000n };
    const units = [told(A, half), told(A, { ...half, ...over })];
    for (const rows of [units, [...units].reverse()]) {
      const { agree, differences } = compare([...rows, ...ROWS.slice(1)]);
      expect([agree, differences.map((one) => [one.kind, one.what])]).toEqual([2, [['differs', what]]]);
      expect(proposedMoves(differences, [])).toEqual([]);
    }
  });

  test('of an item in two countries agrees where each has its own, and not where they are exchanged', () => {
    const part = (net: bigint, tax: bigint, jurisdiction: string) => ({ net, tax, jurisdiction });
    const parts = [part(6_000n, 1_200n, 'GB'), part(4_000n, 800n, 'FR')];
    const facts = parts.map(({ net, tax, jurisdiction }) => fact(INV_A, itemTax(net, tax, { jurisdiction })));
    const rows = parts.map((one) => told(A, one));
    expect(compare(rows, facts, [])).toEqual({ agree: 1, differences: [] });
    const exchanged = [part(6_000n, 1_200n, 'FR'), part(4_000n, 800n, 'GB')].map((one) => told(A, one));
    expect(compare(exchanged, facts, []).differences).toEqual([
      expect.objectContaining({ kind: 'differs', what: ['jurisdiction'] }),
    ]);
  });

  test('says why sales carry no tax', () => {
    const zero = (orderId: string, net: bigint) =>
      fact(`AMZ_demo-uk_INV_${orderId}-S_1`, itemTax(net, 0n, { rate: 0n }));
    const facts = [
      '202-1000001-0000011',
      '202-1000001-0000012',
      '202-1000001-0000013',
      '202-1000001-0000014',
      '202-1000001-0000015',
    ].map((orderId, index) => zero(orderId, BigInt(index + 1) * 100n));
    const [first, second, third, fourth] = facts.map(({ orderId }) => orderId);
    const parts = splitZero(facts, [
      told(first!, { departure: 'DE', exported: true }),
      told(second!, { exported: true, business: true }),
      told(third!, { business: true }),
      told(fourth!),
    ]);
    expect(parts.map(({ reason, net }) => [reason, net])).toEqual([
      ['foreign-stock', 100n],
      ['export', 200n],
      ['business', 300n],
      ['zero-rated', 400n],
      ['not-told', 500n],
    ]);
    expect(splitZero(OCTOBER.slice(0, 2), ROWS)).toEqual([]);
  });

  // 5.00 at zero, of which 3.00 left from Germany and 1.50 were exported: 0.50 is in no row.
  test('of one item is split by its rows, whichever comes first; a part with tax is none of it', () => {
    const sold = fact('AMZ_uk_INV_202-1000001-0000021-GBz_1', itemTax(500n, 0n, { rate: 0n }));
    const rows = [
      told(sold.orderId, { net: 150n, tax: 0n, exported: true }),
      told(sold.orderId, { net: 9_900n, tax: 1_980n }),
      told(sold.orderId, { net: 300n, tax: 0n, departure: 'DE' }),
    ];
    for (const some of [rows, rows.toReversed()])
      expect(splitZero([sold], some).map(({ reason, net }) => [reason, net])).toEqual([
        ['foreign-stock', 300n],
        ['export', 150n],
        ['not-told', 50n],
      ]);
    // Two documents of it share its rows.
    const [one, other] = [
      { ...sold, net: 200n },
      { ...sold, net: 250n },
    ];
    expect(splitZero([one, other], rows).map(({ reason, net }) => [reason, net])).toEqual([
      ['foreign-stock', 300n],
      ['export', 150n],
    ]);
  });
});
