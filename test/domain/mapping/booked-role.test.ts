import { describe, expect, test } from '@jest/globals';
import { accountRole, bookedRole, bookingContext, isDocumentRow, isMerchantRow } from '../../../src/domain/mapping/booked-role.ts';
import type { Role } from '../../../src/domain/mapping/roles.ts';
import { settlementRow } from '../settlement-rows.ts';

const order = settlementRow({ transactionType: 'Order', amountType: 'ItemPrice', amountDescription: 'Principal', fulfillmentId: 'AFN' });
const refund = settlementRow({ transactionType: 'Refund', amountType: 'ItemPrice', amountDescription: 'Principal', fulfillmentId: 'AFN' });
const claim = settlementRow({ transactionType: 'A-to-z Guarantee Refund', amountType: 'ItemPrice', amountDescription: 'Principal' });

describe('what a row is booked as', () => {
  test.each<['invoice' | 'cash-sale' | 'summary', Role, Role]>([
    ['invoice', 'clearing', 'clearing'], ['cash-sale', 'clearing', 'clearing'], ['summary', 'product-sales', 'clearing'],
  ])('in mode %s: a sale is %s and a refund %s', (mode, sale, back) => {
    expect([bookedRole('product-sales', order, bookingContext(mode)), bookedRole('refunds', refund, bookingContext(mode))]).toEqual([sale, back]);
  });

  test('in summary a promotion taken back on a refund clears, one on a sale is recognised', () => {
    expect(bookedRole('promotions', refund, bookingContext('summary'))).toBe('clearing');
    expect(bookedRole('promotions', order, bookingContext('summary'))).toBe('promotions');
  });

  test.each<Role>(['selling-fees', 'storage', 'marketplace-tax', 'reserve-held', 'amazon-charges', 'suspense', 'liquidation'])('%s is its meaning in every mode', (role) => {
    for (const mode of ['invoice', 'cash-sale', 'summary'] as const) expect(bookedRole(role, order, bookingContext(mode))).toBe(role);
  });
});

describe('merchant-fulfilled rows', () => {
  const sale = { ...order, fulfillmentId: 'MFN' };
  const back = { ...refund, fulfillmentId: 'MFN' };

  test('go to merchant-orders in every mode when another system owns the sale', () => {
    for (const mode of ['invoice', 'cash-sale', 'summary'] as const) {
      expect([bookedRole('product-sales', sale, bookingContext(mode)), bookedRole('refunds', back, bookingContext(mode))]).toEqual(['merchant-orders', 'merchant-orders']);
    }
  });

  test('keep their fees and tax where they are', () => {
    expect(bookedRole('selling-fees', sale, bookingContext('invoice'))).toBe('selling-fees');
    expect(bookedRole('marketplace-tax', sale, bookingContext('invoice'))).toBe('marketplace-tax');
  });

  test('clear like any other when they are ours', () => {
    const ours = bookingContext('invoice', { merchantFulfilled: 'ours' });
    expect(bookedRole('product-sales', sale, ours)).toBe('clearing');
    expect(isMerchantRow('product-sales', sale, ours)).toBe(false);
  });
});

describe('claims and chargebacks', () => {
  test('clear where a credit memo of the order exists, else they are the journal\'s', () => {
    expect(bookedRole('chargebacks-and-claims', claim, bookingContext('invoice', { hasCreditMemo: () => true }))).toBe('clearing');
    expect(bookedRole('chargebacks-and-claims', claim, bookingContext('invoice'))).toBe('chargebacks-and-claims');
  });

  test('a recovery of the account never clears', () => {
    const recovery = settlementRow({ amountDescription: 'A2ZGuaranteeRecovery' });
    expect(bookedRole('chargebacks-and-claims', recovery, bookingContext('invoice', { hasCreditMemo: () => true }))).toBe('chargebacks-and-claims');
  });
});

describe('orders shipped before the cut-over', () => {
  const before = { shippedBeforeCutOver: 'opening-balance' as const, isShippedBeforeCutOver: () => true };

  test('go to opening-balance where the old books recognised them', () => {
    expect(bookedRole('product-sales', order, bookingContext('invoice', before))).toBe('opening-balance');
    expect(bookedRole('selling-fees', order, bookingContext('invoice', before))).toBe('selling-fees');
    expect(bookedRole('refunds', refund, bookingContext('invoice', before))).toBe('clearing');
  });

  test('clear where documents are made for them', () => {
    expect(bookedRole('product-sales', order, bookingContext('invoice', { ...before, shippedBeforeCutOver: 'documents' }))).toBe('clearing');
  });
});

test('rows that stand against a document are the revenue rows of orders and refunds', () => {
  expect([isDocumentRow('product-sales', order), isDocumentRow('refunds', refund), isDocumentRow('selling-fees', order), isDocumentRow('chargebacks-and-claims', claim)])
    .toEqual([true, true, false, false]);
});

test('the reserve has two meanings and one account', () => {
  expect([accountRole('reserve-released'), accountRole('reserve-held'), accountRole('storage')]).toEqual(['reserve-held', 'reserve-held', 'storage']);
});
