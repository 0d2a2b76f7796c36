/** Net, tax, whose it is and at which rate, in the price of an item: by the table of tax.md, worked out by hand. */
import { describe, expect, test } from '@jest/globals';
import { netOfTax, type ToldItem } from '../../../src/domain/tax/net-of-tax.ts';
import type { TaxPolicy } from '../../../src/domain/tax/tax-policy.ts';

const UK: TaxPolicy = {
  jurisdiction: 'GB',
  registrations: ['GB'],
  rates: { GB: { standard: 2000n, reduced: 500n, zero: 0n }, DE: { standard: 1900n, reduced: 700n } },
  classes: { BOOK: 'zero', STROLLER: 'reduced' },
  prices: 'inclusive',
  collects: 'order',
  calculatedBy: 'amazon',
};
const told = (over: Partial<ToldItem> = {}): ToldItem => ({
  orderItemId: '11',
  sku: 'POT',
  quantity: 1,
  amounts: { principal: 12000n },
  taxes: { principal: 2000n },
  holdTax: null,
  amazonCollects: false,
  shipTo: 'GB',
  ...over,
});

describe('with the tax told by Amazon', () => {
  test('the worked example A: 120.00 with 20.00, shipping 6.00 with 1.00, given free', () => {
    const { amounts, taxed } = netOfTax(
      told({
        amounts: { principal: 12000n, shipping: 600n, promotion: -600n },
        taxes: { principal: 2000n, shipping: 100n },
      }),
      UK,
    );
    expect(amounts).toEqual({ principal: 10000n, shipping: 500n, promotion: -500n, tax: 2000n });
    expect(taxed).toMatchObject({ collector: 'seller', jurisdiction: 'GB', rate: 2000n, net: 10000n, tax: 2000n });
  });

  test("a discount's tax is what Orders tells, where it tells any", () => {
    const { amounts } = netOfTax(
      told({ amounts: { principal: 12000n, promotion: -600n }, taxes: { principal: 2000n, promotion: -99n } }),
      UK,
    );
    expect(amounts).toEqual({ principal: 10000n, promotion: -501n, tax: 1901n });
  });

  test.each([
    ['what it holds is taken out', { holdTax: true }, { principal: 10000n, tax: 2000n }],
    ['what stands beside it is not', { holdTax: false }, { principal: 12000n, tax: 2000n }],
  ])('where its source says so, %s', (_, over, amounts) => {
    expect(netOfTax(told(over), UK).amounts).toEqual(amounts);
  });

  test('where Amazon collects it, it is on no document, and the price is net all the same', () => {
    const { amounts, taxed } = netOfTax(told({ amazonCollects: true }), UK);
    expect(amounts).toEqual({ principal: 10000n });
    expect(taxed).toMatchObject({ collector: 'amazon', tax: 2000n });
  });

  test.each([
    ['amazon', false, 'amazon'],
    ['seller', true, 'seller'],
    ['order', false, 'seller'],
  ] as const)('collects: %s overrides what the order says (%s): %s', (collects, amazonCollects, collector) => {
    expect(netOfTax(told({ amazonCollects }), { ...UK, collects }).taxed.collector).toBe(collector);
  });

  test("where the seller is not registered it is nobody's document, and the price is net", () => {
    const { amounts, taxed } = netOfTax(told(), { ...UK, registrations: [] });
    expect(amounts).toEqual({ principal: 10000n });
    expect(taxed.collector).toBe('nobody');
  });

  test('without any tax the rate is zero: an export, a business, a book', () => {
    const { amounts, taxed } = netOfTax(told({ amounts: { principal: 5000n }, taxes: {}, shipTo: 'US' }), UK);
    expect(amounts).toEqual({ principal: 5000n, tax: 0n });
    expect(taxed).toMatchObject({ jurisdiction: 'GB', rate: 0n, net: 5000n });
  });

  test.each([
    ['the Isle of Man', 'IM', 'GB', 2000n, 2000n],
    ['Monaco, where France is registered', 'MC', 'FR', 2000n, 2000n],
    ['Jersey', 'JE', 'GB', 0n, 0n],
    ['Germany', 'DE', 'GB', 0n, 0n],
  ] as const)('by rates a parcel to %s', (_, shipTo, jurisdiction, rate, tax) => {
    const policy: TaxPolicy = {
      ...UK,
      registrations: ['GB', 'FR'],
      rates: { ...UK.rates, FR: { standard: 2000n } },
      calculatedBy: 'rates',
    };
    const { taxed } = netOfTax(told({ amounts: { principal: 12000n }, taxes: {}, shipTo }), policy);
    expect(taxed).toMatchObject({ jurisdiction, rate, tax });
  });

  test('goes to the country that it is sent to, where that is registered and has the rate', () => {
    const both = { ...UK, registrations: ['GB', 'DE'] };
    const { taxed } = netOfTax(
      told({ amounts: { principal: 11900n }, taxes: { principal: 1900n }, shipTo: 'DE' }),
      both,
    );
    expect(taxed).toMatchObject({ jurisdiction: 'DE', rate: 1900n });
    // At the rate of home it is home's: the buyer is a business there.
    expect(netOfTax(told({ shipTo: 'DE' }), both).taxed).toMatchObject({ jurisdiction: 'GB', rate: 2000n });
  });

  test.each([
    ['one minor unit a unit off is the rate', 3, 2003n, 2000n],
    ['more is none', 3, 2006n, null],
    ['nothing is guessed', 1, 1500n, null],
  ])('%s', (_, quantity, tax, rate) => {
    const { taxed, amounts } = netOfTax(
      told({ quantity, amounts: { principal: 10000n + tax }, taxes: { principal: tax } }),
      UK,
    );
    expect(taxed).toMatchObject({ jurisdiction: 'GB', rate });
    expect(amounts.tax).toBe(tax);
  });

  test('the rate of its class comes before others that fit as well', () => {
    const small = { amounts: { principal: 4n }, taxes: { principal: 1n } };
    expect(netOfTax(told(small), UK).taxed.rate).toBe(2000n);
    expect(netOfTax(told({ ...small, sku: 'STROLLER' }), UK).taxed.rate).toBe(500n);
  });

  test("of an unknown rate a discount has the price's own share of tax", () => {
    const { amounts } = netOfTax(
      told({ amounts: { principal: 11500n, promotion: -1150n }, taxes: { principal: 1500n } }),
      UK,
    );
    expect(amounts).toEqual({ principal: 10000n, promotion: -1000n, tax: 1350n });
  });
});

describe('where Amazon calculates none', () => {
  const RATES: TaxPolicy = { ...UK, calculatedBy: 'rates' };

  test('the tax is inside the price, part by part, half up', () => {
    const { amounts } = netOfTax(told({ amounts: { principal: 1999n, shipping: 299n }, taxes: {} }), RATES);
    // 19.99 × 20 ÷ 120 = 3.3317; 2.99 × 20 ÷ 120 = 0.4983
    expect(amounts).toEqual({ principal: 1666n, shipping: 249n, tax: 383n });
  });
  test('three for 9.99 each: 29.97 holds 4.995, which is 5.00', () => {
    expect(netOfTax(told({ quantity: 3, amounts: { principal: 2997n }, taxes: {} }), RATES).amounts).toEqual({
      principal: 2497n,
      tax: 500n,
    });
  });
  test.each([
    ['BOOK', 5000n, 0n],
    ['STROLLER', 4762n, 238n],
    ['POT', 4167n, 833n],
  ])('at the rate of the class of %s', (sku, principal, tax) => {
    expect(netOfTax(told({ sku, amounts: { principal: 5000n }, taxes: {} }), RATES).amounts).toEqual({
      principal,
      tax,
    });
  });
  test('none, when it leaves the jurisdiction; that of the other, where it is registered there', () => {
    const sent = told({ amounts: { principal: 11900n }, taxes: {}, shipTo: 'DE' });
    expect(netOfTax(sent, RATES).amounts).toEqual({ principal: 11900n, tax: 0n });
    const both = { ...RATES, registrations: ['GB', 'DE'] };
    expect(netOfTax(sent, both)).toMatchObject({
      amounts: { principal: 10000n, tax: 1900n },
      taxed: { jurisdiction: 'DE', rate: 1900n },
    });
  });
  test('what Amazon collects is told all the same', () => {
    expect(netOfTax(told({ amazonCollects: true }), RATES).amounts).toEqual({ principal: 10000n });
  });
});

test('in US, CA and MX without registrations nothing differs from what was told', () => {
  const US: TaxPolicy = { ...UK, jurisdiction: 'US', registrations: [], rates: {}, prices: 'exclusive' };
  const amounts = { principal: 4000n, shipping: 599n, 'gift-wrap': 100n, promotion: -500n, points: -3n };
  for (const amazonCollects of [true, false])
    expect(netOfTax(told({ amounts, taxes: { principal: 330n, shipping: 49n }, amazonCollects }), US).amounts).toEqual(
      amounts,
    );
});
