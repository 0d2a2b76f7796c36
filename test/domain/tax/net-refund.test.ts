/** Refunds of sales that are not in our books. By hand: 25.00 and 5.00 are 20 %, 25.00 and 1.25 are 5 %. */
import { describe, expect, test } from '@jest/globals';
import type { RefundAmounts, RefundFact } from '../../../src/domain/orders/order-facts.ts';
import { netRefund, unplacedItem } from '../../../src/domain/tax/net-refund.ts';
import type { SoldItem } from '../../../src/domain/tax/sold-item.ts';
import type { ItemTax, TaxPolicy } from '../../../src/domain/tax/tax-policy.ts';

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
/** A sale as its documents have it. */
const booked = (tax: ItemTax, inPrice: boolean): SoldItem => {
  const { orderItemId, sku } = tax;
  return { orderItemId, sku, tax, inPrice };
};
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

describe('by rates, a refund whose sale is not known', () => {
  const RATES: TaxPolicy = { ...GB, calculatedBy: 'rates', classes: { BOOK: 'zero' } };
  const rates = { ...RATES, rates: { GB: { ...GB.rates['GB'], zero: 0n } } };
  const of = (sku: string, more = {}) => ({ ...refund(0n), items: [{ ...refund(-3000n).items[0]!, sku, ...more }] });
  test('gives back none of an export, and that of its class at home', () => {
    const sentTo = (to: string) => netRefund(of('POT'), [], rates, to).items[0]!.amounts;
    expect(sentTo('US')).toEqual({ principal: -3000n, tax: 0n });
    expect(sentTo('JE')).toEqual({ principal: -3000n, tax: 0n });
    for (const home of ['GB', 'IM']) expect(sentTo(home)).toEqual({ principal: -2500n, tax: -500n });
  });
  test('is asked about where that is not known, unless it makes no difference', () => {
    expect(unplacedItem(of('POT'), [], rates, null)).toBe('POT');
    for (const known of ['GB', 'US']) expect(unplacedItem(of('POT'), [], rates, known)).toBeNull();
    // Goods of rate zero, tax that Amazon calculates, and tax that it withheld.
    expect(unplacedItem(of('BOOK'), [], rates, null)).toBeNull();
    expect(unplacedItem(of('POT'), [], GB, null)).toBeNull();
    expect(unplacedItem(of('POT', { tax: -500n, withheld: 500n }), [], rates, null)).toBeNull();
    const tax = { rate: 0n, net: 3000n, tax: 0n };
    const sold = [booked({ orderItemId: '1', sku: 'POT', collector: 'seller', jurisdiction: 'GB', ...tax }, false)];
    expect(unplacedItem(of('POT'), sold, rates, null)).toBeNull();
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
    const of = { orderItemId: '1', sku: 'POT', jurisdiction: 'GB', rate: 2000n, net: 5000n, tax: 1000n };
    const given = refund(-2500n, -500n);
    const withheld = { ...given, items: [{ ...given.items[0]!, withheld: 500n }] };
    const [item] = netRefund(withheld, [booked({ ...of, collector: 'seller' }, false)], GB).items;
    expect(item!.amounts).toEqual({ principal: -2500n });
    expect(item!.taxed).toMatchObject({ collector: 'amazon', net: -2500n, tax: -500n });
  });
});

/**
 * By rates, at 20 % in the price, by hand. 5.00 has 0.83 (0.833); 1.67 has 0.28 (0.278) and 1.66 0.28 (0.277).
 */
describe('the tax of refunds in parts', () => {
  const RATES: TaxPolicy = { ...GB, calculatedBy: 'rates' };
  const sold = (net: bigint, tax: bigint) => [
    booked({ orderItemId: '1', sku: 'POT', collector: 'seller', jurisdiction: 'GB', rate: 2000n, net, tax }, true),
  ];
  const inTurn = (sale: readonly SoldItem[], refunds: readonly RefundAmounts[], policy = RATES) => {
    const given: ItemTax[] = [];
    return refunds.map((amounts) => {
      const of = { ...refund(0n), items: [{ orderItemId: '1', sku: 'POT', quantity: 1, amounts }] };
      const [item] = netRefund(of, sale, policy, null, given).items;
      given.push(item!.taxed!);
      return item!.amounts;
    });
  };
  const principal = (amount: bigint) => ({ principal: amount });

  test('is the sale’s when all of it came back: the last part takes the rest', () => {
    expect(inTurn(sold(417n, 83n), [principal(-167n), principal(-167n), principal(-166n)])).toEqual([
      { principal: -139n, tax: -28n },
      { principal: -139n, tax: -28n },
      { principal: -139n, tax: -27n },
    ]);
  });
  test('is never more, also where more comes back than was sold', () => {
    const more = [principal(-167n), principal(-167n), principal(-167n), { other: -300n }];
    expect(inTurn(sold(417n, 83n), more)).toEqual([
      { principal: -139n, tax: -28n },
      { principal: -139n, tax: -28n },
      { principal: -140n, tax: -27n },
      { other: -300n, tax: 0n },
    ]);
  });
  test('of goodwill beside a whole refund is none: the price that was paid is given back first', () => {
    expect(inTurn(sold(417n, 83n), [{ principal: -500n, other: -120n }])).toEqual([
      { principal: -417n, other: -120n, tax: -83n },
    ]);
  });
  test('of a refund that Amazon takes back in parts comes to nothing with it', () => {
    const back = [principal(-500n), principal(167n), principal(167n), principal(166n)];
    expect(inTurn(sold(417n, 83n), back).map(({ tax }) => tax)).toEqual([-83n, 28n, 28n, 27n]);
  });
  test('is so where prices are without it', () => {
    // 5.02 at 20 % has 1.00 (1.004); 1.68 has 0.34 (0.336), 1.67 0.33.
    const without = [principal(-168n), principal(-168n), principal(-166n)];
    expect(inTurn(sold(502n, 100n), without, { ...RATES, prices: 'exclusive' })).toEqual([
      { principal: -168n, tax: -34n },
      { principal: -168n, tax: -34n },
      { principal: -166n, tax: -32n },
    ]);
  });
  test('of units that came back in one second is that of each in turn', () => {
    const both = { ...refund(0n), items: [-250n, -250n].map((amount) => ({ ...refund(amount).items[0]! })) };
    expect(netRefund(both, sold(417n, 83n), RATES).items.map(({ amounts }) => amounts.tax)).toEqual([-42n, -41n]);
  });
});

/** By hand: 120.00 was sold as 100.00 and 20.00, worked out of the price or told by Amazon, whatever is set by now. */
describe('a refund is read as its sale stands in these books', () => {
  const tax: ItemTax = {
    orderItemId: '1',
    sku: 'POT',
    collector: 'seller',
    jurisdiction: 'GB',
    rate: 2000n,
    net: 10000n,
    tax: 2000n,
  };
  const NOW: TaxPolicy[] = [GB, { ...GB, calculatedBy: 'rates' }, { ...GB, registrations: [] }];
  const amounts = (of: RefundFact, sold: SoldItem) =>
    NOW.map((policy) => netRefund(of, [sold], policy).items[0]!.amounts);
  const each = (of: RefundAmounts) => NOW.map(() => of);

  test('with the tax in its price where none was told of the sale', () => {
    expect(amounts(refund(-12000n), booked(tax, true))).toEqual(each({ principal: -10000n, tax: -2000n }));
    expect(amounts(refund(-6000n), booked(tax, true))).toEqual(each({ principal: -5000n, tax: -1000n }));
  });
  test('net where it was, and with the tax that Finances tells however it was', () => {
    for (const inPrice of [true, false])
      expect(amounts(refund(-10000n, -2000n), booked(tax, inPrice))).toEqual(each({ principal: -10000n, tax: -2000n }));
    expect(amounts(refund(-1000n), booked(tax, false))).toEqual(each({ principal: -1000n, tax: 0n }));
  });
  test('without any where it was sold when the seller owed tax nowhere', () => {
    const untaxed: SoldItem = { orderItemId: '1', sku: 'POT', tax: null, inPrice: false };
    expect(amounts(refund(-10000n, -2000n), untaxed)).toEqual(each({ principal: -10000n }));
    expect(netRefund(refund(-10000n, -2000n), [untaxed], GB).items[0]!.taxed).toBeUndefined();
  });
  test('by the settings of now only where it is not in these books, and never without the tax that is told', () => {
    const rates: TaxPolicy = { ...GB, calculatedBy: 'rates' };
    expect(netRefund(refund(-10000n, -2000n), [], rates).items[0]).toMatchObject({
      amounts: { principal: -10000n, tax: -2000n },
      taxed: { rate: 2000n, tax: -2000n },
    });
    expect(netRefund(refund(-12000n), [], rates).items[0]!.amounts).toEqual({ principal: -10000n, tax: -2000n });
  });
});
