/** Over generated sales of every case: what is read of the tax adds up, and what comes back never more than was sold. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sumMinor } from '../../src/domain/money/money.ts';
import type { SaleAmounts } from '../../src/domain/orders/order-facts.ts';
import { netOfTax, type ToldItem } from '../../src/domain/tax/net-of-tax.ts';
import { netRefund } from '../../src/domain/tax/net-refund.ts';
import type { TaxPolicy } from '../../src/domain/tax/tax-policy.ts';
import { taxInside, taxOn } from '../../src/domain/tax/tax-rate.ts';

const money = (most: number) => fc.integer({ min: 0, max: most }).map(BigInt);
const RATES = { standard: 2000n, reduced: 500n, zero: 0n };

const policies = fc.record({
  jurisdiction: fc.constant('GB'),
  registrations: fc.constantFrom([], ['GB'], ['GB', 'DE']),
  rates: fc.constant({ GB: RATES, DE: { standard: 1900n, reduced: 700n, zero: 0n } }),
  classes: fc.constantFrom({}, { SKU: 'reduced' }, { SKU: 'zero' }),
  prices: fc.constantFrom('inclusive', 'exclusive'),
  collects: fc.constantFrom('order', 'amazon', 'seller'),
  calculatedBy: fc.constantFrom('amazon', 'rates'),
}) as fc.Arbitrary<TaxPolicy>;

/** Prices with the tax of some rate beside them. */
const items: fc.Arbitrary<ToldItem> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 9 }),
    principal: money(500_00),
    shipping: money(20_00),
    wrap: money(5_00),
    discount: money(10_00),
    rate: fc.constantFrom(0n, 500n, 700n, 1900n, 2000n, 2150n),
    told: fc.boolean(),
    holdTax: fc.constantFrom(true, false, null),
    amazonCollects: fc.boolean(),
    shipTo: fc.constantFrom('GB', 'DE', 'US', null),
  })
  .map(({ quantity, principal, shipping, wrap, discount, rate, told, ...rest }) => ({
    orderItemId: '1',
    sku: 'SKU',
    quantity,
    amounts: { principal, shipping, 'gift-wrap': wrap, promotion: -discount },
    taxes: told
      ? {
          principal: taxInside(principal, rate),
          shipping: taxInside(shipping, rate),
          'gift-wrap': taxInside(wrap, rate),
        }
      : {},
    ...rest,
  }));

const total = (amounts: SaleAmounts) => sumMinor(Object.values(amounts));

describe('the price of an item', () => {
  test('is net and tax together where it holds the tax, whoever calculates it', () => {
    fc.assert(
      fc.property(items, policies, (told, policy) => {
        const { amounts, taxed } = netOfTax({ ...told, holdTax: null }, { ...policy, prices: 'inclusive' });
        const document = total(amounts);
        if (taxed.collector === 'seller') expect(document).toBe(total(told.amounts));
        else expect(document).toBe(total(told.amounts) - taxed.tax);
        expect(taxed.net + taxed.tax).toBe(total(told.amounts));
      }),
      { numRuns: 2000 },
    );
  });

  test('has tax on the document where the seller owes it, and nowhere else', () => {
    fc.assert(
      fc.property(items, policies, (told, policy) => {
        const { amounts, taxed } = netOfTax(told, policy);
        expect(amounts.tax).toBe(taxed.collector === 'seller' ? taxed.tax : undefined);
        if (taxed.collector === 'seller') expect(policy.registrations).toContain(taxed.jurisdiction);
        if (policy.collects === 'amazon' || policy.registrations.length === 0) expect(amounts.tax).toBeUndefined();
        if (policy.collects === 'order' && told.amazonCollects) expect(amounts.tax).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test('without registrations and with prices without tax is what was told', () => {
    fc.assert(
      fc.property(items, policies, (told, policy) => {
        const { amounts } = netOfTax(
          { ...told, holdTax: null },
          { ...policy, registrations: [], prices: 'exclusive', calculatedBy: 'amazon' },
        );
        expect(amounts).toEqual(told.amounts);
      }),
    );
  });

  test('at a known rate is within a minor unit a unit of it', () => {
    fc.assert(
      fc.property(items, policies, (told, policy) => {
        const { amounts, taxed } = netOfTax({ ...told, amounts: { ...told.amounts, promotion: 0n } }, policy);
        if (taxed.rate === null || taxed.collector !== 'seller' || policy.calculatedBy === 'rates') return;
        const net = total(amounts) - taxed.tax;
        const off = taxed.tax - taxOn(net, taxed.rate);
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(told.quantity);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a refund of all of it', () => {
  test("gives back the sale's net and the sale's tax, part by part", () => {
    fc.assert(
      fc.property(items, policies, (told, policy) => {
        const reads = { ...policy, prices: 'inclusive' as const };
        const { amounts, taxed } = netOfTax({ ...told, holdTax: null }, reads);
        const byRates = taxed.collector === 'seller' && policy.calculatedBy === 'rates';
        // Finances tells net and tax apart where Amazon calculates, else the price.
        const { tax, ...net } = amounts;
        const back = netRefund(
          {
            orderId: '1',
            postedAt: '2026-11-02T00:00:00Z',
            transactionId: 'T',
            marketplaceName: null,
            currency: 'GBP',
            items: [
              {
                orderItemId: '1',
                sku: 'SKU',
                quantity: told.quantity,
                amounts: negated(byRates ? told.amounts : net),
                ...(byRates || tax === undefined ? {} : { tax: -tax }),
              },
            ],
          },
          policy.registrations.length > 0 ? [{ orderItemId: '1', sku: 'SKU', tax: taxed, inPrice: byRates }] : [],
          reads,
        );
        expect(back.items[0]!.amounts).toEqual(negated(amounts));
      }),
      { numRuns: 2000 },
    );
  });
});

function negated(amounts: SaleAmounts): SaleAmounts {
  return Object.fromEntries(Object.entries(amounts).map(([part, amount]) => [part, -amount]));
}
