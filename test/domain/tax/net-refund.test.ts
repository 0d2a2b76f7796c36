/** Refunds of sales that are not in our books. By hand: 25.00 and 5.00 are 20 %, 25.00 and 1.25 are 5 %. */
import { describe, expect, test } from '@jest/globals';
import type { RefundFact } from '../../../src/domain/orders/order-facts.ts';
import { netRefund } from '../../../src/domain/tax/net-refund.ts';
import type { TaxPolicy } from '../../../src/domain/tax/tax-policy.ts';

const GB: TaxPolicy = {
  jurisdiction: 'GB',
  registrations: ['GB'],
  rates: { GB: { standard: 2000n, reduced: 500n } },
  classes: {},
  prices: 'inclusive',
  collects: 'order',
  calculatedBy: 'amazon',
};

const refund = (principal: bigint, tax?: bigint): RefundFact => ({
  orderId: '202-1',
  postedAt: '2026-11-02T12:00:00Z',
  transactionId: 'T1',
  marketplaceName: 'Amazon.co.uk',
  currency: 'GBP',
  items: [{ orderItemId: '1', sku: 'POT', quantity: 1, amounts: { principal }, ...(tax === undefined ? {} : { tax }) }],
});
const taxed = (of: RefundFact, policy = GB) => netRefund(of, [], policy).items[0]!.taxed;

describe('the rate of a refund whose sale is not known', () => {
  test('is the one that gives the tax that Amazon gives back, and unknown where none does', () => {
    expect(taxed(refund(-2500n, -500n))).toMatchObject({ collector: 'seller', rate: 2000n, net: -2500n, tax: -500n });
    expect(taxed(refund(-2500n, -125n))).toMatchObject({ rate: 500n });
    expect(taxed(refund(-2500n, -300n))).toMatchObject({ rate: null, tax: -300n });
    expect(taxed(refund(-2500n))).toMatchObject({ rate: 0n, tax: 0n });
  });
  test('is that of the class where Amazon calculates none', () => {
    expect(taxed(refund(-3000n), { ...GB, calculatedBy: 'rates' })).toMatchObject({
      rate: 2000n,
      net: -2500n,
      tax: -500n,
    });
  });
});
