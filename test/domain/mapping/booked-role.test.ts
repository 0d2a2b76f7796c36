import { describe, expect, test } from '@jest/globals';
import {
  accountRole,
  bookedRole,
  bookingContext,
  isDocumentRow,
  isMerchantRow,
} from '../../../src/domain/mapping/booked-role.ts';
import type { Role } from '../../../src/domain/mapping/roles.ts';
import { settlementRow } from '../settlement-rows.ts';

const order = settlementRow({
  transactionType: 'Order',
  amountType: 'ItemPrice',
  amountDescription: 'Principal',
  fulfillmentId: 'AFN',
});
const refund = settlementRow({
  transactionType: 'Refund',
  amountType: 'ItemPrice',
  amountDescription: 'Principal',
  fulfillmentId: 'AFN',
});
const claim = settlementRow({
  transactionType: 'A-to-z Guarantee Refund',
  amountType: 'ItemPrice',
  amountDescription: 'Principal',
});

describe('what a row is booked as', () => {
  test.each<['invoice' | 'cash-sale' | 'summary', Role, Role]>([
    ['invoice', 'clearing', 'clearing'],
    ['cash-sale', 'clearing', 'clearing'],
    ['summary', 'product-sales', 'clearing'],
  ])('in mode %s: a sale is %s and a refund %s', (mode, sale, back) => {
    expect([
      bookedRole('product-sales', order, bookingContext(mode)),
      bookedRole('refunds', refund, bookingContext(mode)),
    ]).toEqual([sale, back]);
  });

  test('in summary a promotion taken back on a refund clears, one on a sale is recognised', () => {
    expect(bookedRole('promotions', refund, bookingContext('summary'))).toBe('clearing');
    expect(bookedRole('promotions', order, bookingContext('summary'))).toBe('promotions');
  });

  test.each<Role>([
    'selling-fees',
    'storage',
    'marketplace-tax',
    'reserve-held',
    'amazon-charges',
    'suspense',
    'liquidation',
  ])('%s is its meaning in every mode', (role) => {
    for (const mode of ['invoice', 'cash-sale', 'summary'] as const)
      expect(bookedRole(role, order, bookingContext(mode))).toBe(role);
  });
});

describe('merchant-fulfilled rows', () => {
  const sale = { ...order, fulfillmentId: 'MFN' };
  const back = { ...refund, fulfillmentId: 'MFN' };

  test('go to merchant-orders in every mode when another system owns the sale', () => {
    for (const mode of ['invoice', 'cash-sale', 'summary'] as const) {
      expect([
        bookedRole('product-sales', sale, bookingContext(mode)),
        bookedRole('refunds', back, bookingContext(mode)),
      ]).toEqual(['merchant-orders', 'merchant-orders']);
    }
  });

  test("take their tax along, and leave their fees where they are: the other system's receivable is gross", () => {
    const roles: Role[] = ['marketplace-tax', 'selling-fees', 'tax-withheld'];
    for (const row of [sale, back])
      expect(roles.map((role) => bookedRole(role, row, bookingContext('invoice')))).toEqual([
        'merchant-orders',
        'selling-fees',
        'tax-withheld',
      ]);
    expect([
      isMerchantRow('marketplace-tax', sale, bookingContext('invoice')),
      isMerchantRow('selling-fees', sale, bookingContext('invoice')),
    ]).toEqual([true, false]);
  });

  test('keep a claim on the journal: no credit memo of ours can exist for one', () => {
    expect(bookedRole('chargebacks-and-claims', { ...claim, fulfillmentId: 'MFN' }, bookingContext('invoice'))).toBe(
      'chargebacks-and-claims',
    );
  });

  test('that do not say who fulfilled them go by what is known of the order', () => {
    const known = bookingContext('invoice', { isLeftAlone: () => true });
    expect(
      [
        { ...order, fulfillmentId: null },
        { ...refund, fulfillmentId: null },
      ].map((row) => bookedRole('product-sales', row, known)),
    ).toEqual(['merchant-orders', 'merchant-orders']);
    expect(bookedRole('product-sales', { ...order, fulfillmentId: null }, bookingContext('invoice'))).toBe('clearing');
  });

  test('clear like any other when they are ours', () => {
    const ours = bookingContext('invoice', { merchantFulfilled: 'ours' });
    expect(bookedRole('product-sales', sale, ours)).toBe('clearing');
    expect(isMerchantRow('product-sales', sale, ours)).toBe(false);
  });
});

test('sales of a marketplace that the connection does not list go to merchant-orders with their tax, and their fees stay', () => {
  const context = bookingContext('invoice', { merchantFulfilled: 'ours', isForeign: () => true });
  const roles: Role[] = ['product-sales', 'marketplace-tax', 'selling-fees'];
  for (const row of [order, refund])
    expect(roles.map((role) => bookedRole(role, row, context))).toEqual([
      'merchant-orders',
      'merchant-orders',
      'selling-fees',
    ]);
  expect(isMerchantRow('product-sales', order, context)).toBe(true);
});

describe('Multi-Channel rows', () => {
  test.each([
    ['S01-3000001-0000001', 'Non-Amazon US'],
    ['S02-4000602-2000602', 'SI UK Prod Marketplace'],
    ['114-3000002-0000002', 'SI Prod IT Marketplace'],
    ['114-3000002-0000002', 'sim1.stores.amazon.com'],
  ])("of order %s on %s are another shop's sale, whoever owns merchant-fulfilled ones", (orderId, marketplaceName) => {
    for (const merchantFulfilled of ['ours', 'other'] as const) {
      const context = bookingContext('invoice', { merchantFulfilled });
      for (const row of [order, refund])
        expect(bookedRole('product-sales', { ...row, orderId, marketplaceName }, context)).toBe('merchant-orders');
      expect(bookedRole('fulfilment-fees', { ...order, orderId, marketplaceName }, context)).toBe('fulfilment-fees');
    }
  });

  test('are not known by an id alone, which may be damaged: Amazon says of the order that another shop sold it, or the money waits', () => {
    const damaged = { ...order, orderId: '1,14E+16', marketplaceName: 'Amazon.com' };
    expect([
      bookedRole('product-sales', damaged, bookingContext('invoice')),
      bookedRole('product-sales', damaged, bookingContext('invoice', { isLeftAlone: () => true })),
    ]).toEqual(['clearing', 'merchant-orders']);
  });

  test("are not those of Amazon's own names and ids", () => {
    for (const marketplaceName of ['Amazon.com', 'amazon.co.uk', 'Amazon.sg', null])
      expect(
        bookedRole(
          'product-sales',
          { ...order, orderId: '114-3000002-0000002', marketplaceName },
          bookingContext('invoice'),
        ),
      ).toBe('clearing');
  });
});

describe('claims and chargebacks', () => {
  test("clear where a credit memo of the order exists, else they are the journal's", () => {
    expect(bookedRole('chargebacks-and-claims', claim, bookingContext('invoice', { hasCreditMemo: () => true }))).toBe(
      'clearing',
    );
    expect(bookedRole('chargebacks-and-claims', claim, bookingContext('invoice'))).toBe('chargebacks-and-claims');
  });

  test('a recovery of the account never clears', () => {
    const recovery = settlementRow({ amountDescription: 'A2ZGuaranteeRecovery' });
    expect(
      bookedRole('chargebacks-and-claims', recovery, bookingContext('invoice', { hasCreditMemo: () => true })),
    ).toBe('chargebacks-and-claims');
  });
});

describe('sales shipped before the cut-over that the old books have', () => {
  const before = bookingContext('invoice', { isShippedBeforeCutOver: () => true });

  test('go to opening-balance, tax included; fees and refunds are new', () => {
    expect(
      (['product-sales', 'marketplace-tax', 'selling-fees'] as const).map((role) => bookedRole(role, order, before)),
    ).toEqual(['opening-balance', 'opening-balance', 'selling-fees']);
    expect([bookedRole('refunds', refund, before), bookedRole('marketplace-tax', refund, before)]).toEqual([
      'clearing',
      'marketplace-tax',
    ]);
  });
});

test('rows posted before the cut-over go to opening-balance, whatever they are; those after it do not', () => {
  const context = bookingContext('invoice', {
    isBeforeCutOver: (row) => row.postedAt < '2026-10-05T07:00:00Z',
    hasCreditMemo: () => true,
  });
  const meanings: Role[] = [
    'product-sales',
    'marketplace-tax',
    'selling-fees',
    'reserve-released',
    'amazon-charges',
    'chargebacks-and-claims',
  ];
  for (const meaning of meanings) {
    const row = meaning === 'chargebacks-and-claims' ? claim : order;
    expect([meaning, bookedRole(meaning, { ...row, postedAt: '2026-10-05T06:59:59Z' }, context)]).toEqual([
      meaning,
      'opening-balance',
    ]);
    expect(bookedRole(meaning, { ...row, postedAt: '2026-10-05T07:00:00Z' }, context)).not.toBe('opening-balance');
  }
});

test('rows that stand against a document are the revenue rows of orders and refunds', () => {
  expect([
    isDocumentRow('product-sales', order),
    isDocumentRow('refunds', refund),
    isDocumentRow('selling-fees', order),
    isDocumentRow('chargebacks-and-claims', claim),
  ]).toEqual([true, true, false, false]);
});

test('the reserve has two meanings and one account', () => {
  expect([accountRole('reserve-released'), accountRole('reserve-held'), accountRole('storage')]).toEqual([
    'reserve-held',
    'reserve-held',
    'storage',
  ]);
});
