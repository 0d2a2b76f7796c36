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

describe('who owes the tax of a refund', () => {
  const DE: TaxPolicy = { ...GB, jurisdiction: 'DE' };
  test('is the seller where the sale went, before its marketplace; of a sale that went elsewhere nobody', () => {
    const sentTo = (to: string | null) => netRefund(refund(-2500n, -500n), [], DE, to).items[0]!;
    expect(sentTo('GB')).toMatchObject({
      amounts: { principal: -2500n, tax: -500n },
      taxed: { collector: 'seller', jurisdiction: 'GB', rate: 2000n },
    });
    for (const to of [null, 'DE'])
      expect(sentTo(to)).toMatchObject({ amounts: { principal: -2500n }, taxed: { collector: 'nobody' } });
  });
  test('is Amazon where it gives back all that it had withheld, whatever was said of the sale', () => {
    const sold = { orderItemId: '1', sku: 'POT', jurisdiction: 'GB', rate: 2000n, net: 5000n, tax: 1000n };
    const given = refund(-2500n, -500n);
    const withheld = { ...given, items: [{ ...given.items[0]!, withheld: 500n }] };
    const [item] = netRefund(withheld, [{ ...sold, collector: 'seller' }], GB).items;
    expect(item!.amounts).toEqual({ principal: -2500n });
    expect(item!.taxed).toMatchObject({ collector: 'amazon', net: -2500n, tax: -500n });
  });
});
