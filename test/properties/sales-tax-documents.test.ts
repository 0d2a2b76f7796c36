/**
 * Over generated sales of every case (three rates, prices with and without tax, discounts, shipping, Amazon or the seller owing
 * it): the document of a sale comes to the rows that settle it, net and tax, whoever dispatched it; a refund that is taken back
 * is the refund the other way about. The rows are written here, from the design, and by nothing of the product.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sumMinor } from '../../src/domain/money/money.ts';
import type { OrderFact, RefundFact, ShipmentFact } from '../../src/domain/orders/order-facts.ts';
import { POSTING_MODES } from '../../src/domain/posting-modes/posting-modes.ts';
import { netRefund } from '../../src/domain/tax/net-refund.ts';
import { netOrder, netShipment } from '../../src/domain/tax/net-sale.ts';
import type { SoldItem } from '../../src/domain/tax/sold-item.ts';
import type { ItemTax, TaxPolicy } from '../../src/domain/tax/tax-policy.ts';
import { taxInside, taxOn } from '../../src/domain/tax/tax-rate.ts';
import { tryPrices, type SettledSale } from '../../src/domain/tax/try-prices.ts';
import { runs } from './runs.ts';

const RATES = { standard: 2000n, reduced: 500n, zero: 0n };
const money = (most: number) => fc.integer({ min: 0, max: most }).map(BigInt);
const bill = POSTING_MODES.invoice.sale.bill.plan;

interface Case {
  policy: TaxPolicy;
  rate: bigint;
  quantity: number;
  parts: { principal: bigint; shipping: bigint; 'gift-wrap': bigint; promotion: bigint };
  owedBy: 'seller' | 'amazon';
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    prices: fc.constantFrom('inclusive' as const, 'exclusive' as const),
    collects: fc.constantFrom('order' as const, 'amazon' as const, 'seller' as const),
    says: fc.boolean(),
    taxClass: fc.constantFrom('standard' as const, 'reduced' as const, 'zero' as const),
    quantity: fc.integer({ min: 1, max: 5 }),
    principal: money(300_00),
    shipping: money(20_00),
    wrap: money(5_00),
    discount: money(30_00),
  })
  .map(({ prices, collects, says, taxClass, quantity, principal, shipping, wrap, discount }) => ({
    policy: {
      jurisdiction: 'GB',
      registrations: ['GB'],
      rates: { GB: RATES },
      classes: { SKU: taxClass },
      prices,
      collects,
      calculatedBy: 'amazon' as const,
    },
    rate: RATES[taxClass],
    quantity,
    parts: { principal, shipping, 'gift-wrap': wrap, promotion: -discount },
    owedBy: collects === 'amazon' || (collects === 'order' && says) ? ('amazon' as const) : ('seller' as const),
  }));

type Part = keyof Case['parts'];
const PARTS: Part[] = ['principal', 'shipping', 'gift-wrap', 'promotion'];
const taxOfPart = ({ policy, rate, parts }: Case, part: Part): bigint =>
  policy.prices === 'inclusive' ? taxInside(parts[part], rate) : taxOn(parts[part], rate);
const netOfPart = (one: Case, part: Part): bigint =>
  one.policy.prices === 'inclusive' ? one.parts[part] - taxOfPart(one, part) : one.parts[part];
const taxesOf = (one: Case) => Object.fromEntries(PARTS.map((part) => [part, taxOfPart(one, part)]));

const ROWS = {
  principal: ['Principal', 'product-sales'],
  shipping: ['Shipping', 'shipping-income'],
  'gift-wrap': ['GiftWrap', 'gift-wrap'],
  promotion: ['Promotion', 'promotions'],
} as const;

function orderOf(one: Case): OrderFact {
  return {
    orderId: '202-1000001-0000001',
    purchasedAt: '2026-10-28T12:00:00Z',
    updatedAt: '2026-10-28T12:00:00Z',
    status: 'SHIPPED',
    fulfilledBy: 'AMAZON',
    channel: 'AMAZON',
    marketplaceId: 'A1F83G8C2ARO7P',
    marketplaceName: 'Amazon.co.uk',
    currency: 'GBP',
    replaces: null,
    amazonCollectsTax: one.owedBy === 'amazon',
    items: [
      {
        orderItemId: '1',
        sku: 'SKU',
        asin: null,
        quantity: one.quantity,
        amounts: one.parts,
        tax: { parts: taxesOf(one), holdTax: one.policy.prices === 'inclusive' },
      },
    ],
  };
}

/** As the report of shipments tells it: no tax of a discount. */
function shipmentOf(one: Case): ShipmentFact {
  const { promotion: _, ...taxes } = taxesOf(one);
  return {
    orderId: '202-1000001-0000001',
    shipmentId: 'D1',
    shippedAt: '2026-10-28T12:00:00Z',
    marketplaceName: 'Amazon.co.uk',
    currency: 'GBP',
    items: [{ orderItemId: '1', sku: 'SKU', quantity: one.quantity, amounts: one.parts, taxes }],
  };
}

/** What the merchant dispatched himself: the order says all of it. */
const ofMerchant = (one: Case): ShipmentFact => ({
  ...shipmentOf(one),
  whole: true,
  holdTax: one.policy.prices === 'inclusive',
  items: [{ orderItemId: '1', sku: 'SKU', quantity: one.quantity, amounts: one.parts, taxes: taxesOf(one) }],
});

function settled(one: Case, shipment: ShipmentFact): SettledSale {
  const tax = sumMinor(PARTS.map((part) => taxOfPart(one, part)));
  const row = (role: SettledSale['rows'][number]['role'], amountDescription: string, amount: bigint) => ({
    role,
    amountType: amountDescription.startsWith('Marketplace') ? 'ItemWithheldTax' : 'ItemPrice',
    amountDescription,
    amount,
  });
  return {
    order: orderOf(one),
    shipments: [shipment],
    rows: [
      ...PARTS.map((part) => row(ROWS[part][1], ROWS[part][0], netOfPart(one, part))),
      row('marketplace-tax', 'Tax', tax),
      ...(one.owedBy === 'amazon' ? [row('marketplace-tax', 'MarketplaceFacilitatorVAT-Principal', -tax)] : []),
    ],
    settledAt: '2026-11-01T00:00:00Z',
    foundAt: '2026-11-04T00:00:00Z',
  };
}

const planned = (one: Case, shipment: ShipmentFact) => {
  const plan = bill(
    'uk',
    netOrder(orderOf(one), one.policy),
    netShipment(shipment, orderOf(one), [], one.policy),
    [],
    'UTC',
  )!;
  const cut = sumMinor(plan.cut.map(({ amount }) => amount));
  const tax = sumMinor(plan.lines.filter(({ component }) => component === 'tax').map(({ amount }) => amount));
  return { whole: plan.total - cut, tax, lines: plan.lines, taxes: plan.taxes };
};

describe('the document of a sale', () => {
  test('is what settles it, to the cent, whoever dispatched it', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), (one, byMerchant) => {
        const shipment = byMerchant ? ofMerchant(one) : shipmentOf(one);
        const { whole } = planned(one, shipment);
        const net = sumMinor(PARTS.map((part) => netOfPart(one, part)));
        const tax = sumMinor(PARTS.map((part) => taxOfPart(one, part)));
        expect(whole).toBe(one.owedBy === 'seller' ? net + tax : net);
        const trial = tryPrices([settled(one, shipment)], one.policy, bill, null);
        expect([trial.agree, trial.better, trial.inARow]).toEqual([trial.taxed, null, []]);
      }),
      runs(600),
    );
  });
  test("of the merchant's own dispatch is that of Amazon's", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [own, amazons] = [planned(one, ofMerchant(one)), planned(one, shipmentOf(one))];
        expect(own.lines).toEqual(amazons.lines);
        expect(own.taxes).toEqual(amazons.taxes);
      }),
      runs(300),
    );
  });
  test('that is settled for a cent more, or by another who owes its tax, does not agree', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(1n, -1n), (one, cent) => {
        const sale = settled(one, shipmentOf(one));
        const [first, ...others] = sale.rows;
        const off = { ...sale, rows: [{ ...first!, amount: first!.amount + cent }, ...others] };
        expect(tryPrices([off], one.policy, bill, null).agree).toBe(0);
        const tax = sumMinor(PARTS.map((part) => taxOfPart(one, part)));
        fc.pre(tax !== 0n);
        const other = { ...one, owedBy: one.owedBy === 'amazon' ? ('seller' as const) : ('amazon' as const) };
        const swapped = { ...settled(other, shipmentOf(one)), order: orderOf(one) };
        expect(tryPrices([swapped], one.policy, bill, null).agree).toBe(0);
      }),
      runs(300),
    );
  });
});

test('a refund that Amazon takes back is the refund the other way about, its tax at the rate of the sale', () => {
  const withRates = fc.tuple(cases, fc.constantFrom('amazon' as const, 'rates' as const));
  fc.assert(
    fc.property(withRates, ([one, calculatedBy]) => {
      const policy = { ...one.policy, calculatedBy };
      const sold = planned({ ...one, policy }, shipmentOf(one)).taxes ?? [];
      const tax = sumMinor(PARTS.map((part) => taxOfPart(one, part)));
      const told = (sign: bigint): RefundFact => ({
        orderId: '202-1000001-0000001',
        postedAt: '2026-11-02T00:00:00Z',
        transactionId: 'T',
        marketplaceName: null,
        currency: 'GBP',
        items: [
          {
            orderItemId: '1',
            sku: 'SKU',
            quantity: one.quantity,
            amounts: Object.fromEntries(PARTS.map((part) => [part, sign * netOfPart(one, part)])),
            tax: sign * tax,
            ...(one.owedBy === 'amazon' ? { withheld: -sign * tax } : {}),
          },
        ],
      });
      const [back, again] = [-1n, 1n].map((sign) => netRefund(told(sign), sold.map(asSold), policy).items[0]!);
      for (const [part, amount] of Object.entries(back!.amounts)) expect(again!.amounts[part as Part]).toBe(-amount);
      expect(again!.taxed).toEqual({ ...back!.taxed!, net: -back!.taxed!.net, tax: -back!.taxed!.tax });
      expect(back!.taxed).toMatchObject({ collector: one.owedBy, rate: sold[0]!.rate });
      // Nothing of the tax is on a document that Amazon owes it of.
      expect(back!.amounts.tax === undefined).toBe(one.owedBy === 'amazon');
    }),
    runs(600),
  );
});

test('over all refunds of an item, in whatever parts, tax given back is never more than was sold, and just that when all came back', () => {
  const inParts = fc.record({
    one: cases,
    parts: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }),
    goodwill: money(20_00),
  });
  fc.assert(
    fc.property(inParts, ({ one, parts, goodwill }) => {
      const policy: TaxPolicy = { ...one.policy, collects: 'seller', calculatedBy: 'rates' };
      const whole = { ...one, policy, owedBy: 'seller' as const, parts: { ...one.parts, promotion: 0n } };
      const [sale] = planned(whole, { ...shipmentOf(whole), items: shipmentOf(whole).items.map(untold) }).taxes ?? [];
      // Each part of the price in the same shares, what is left over in the last.
      const all = parts.reduce((sum, part) => sum + part, 0);
      const share = (amount: bigint, at: number): bigint =>
        at < parts.length - 1
          ? (amount * BigInt(parts[at]!)) / BigInt(all)
          : amount - sumMinor(parts.slice(0, -1).map((_, before) => share(amount, before)));
      const given: NonNullable<typeof sale>[] = [];
      for (const [at] of [...parts, goodwill].entries()) {
        const isGoodwill = at === parts.length;
        const amounts = isGoodwill
          ? { other: -goodwill }
          : Object.fromEntries(PARTS.map((part) => [part, -share(whole.parts[part], at)]));
        const of: RefundFact = {
          orderId: '202-1000001-0000001',
          postedAt: '2026-11-02T00:00:00Z',
          transactionId: `T${at}`,
          marketplaceName: null,
          currency: 'GBP',
          items: [{ orderItemId: '1', sku: 'SKU', quantity: 1, amounts }],
        };
        const [item] = netRefund(of, [{ ...asSold(sale!), inPrice: true }], policy, null, given).items;
        given.push(item!.taxed!);
        const back = -sumMinor(given.map(({ tax }) => tax));
        expect(back >= 0n && back <= sale!.tax).toBe(true);
        if (at >= parts.length - 1) expect(back).toBe(sale!.tax);
        // What the buyer got is all there, whatever of it is tax.
        const tax = item!.amounts.tax!;
        const price = sumMinor(Object.values(amounts)) + (policy.prices === 'inclusive' ? 0n : tax);
        expect(sumMinor(Object.values(item!.amounts))).toBe(price);
      }
    }),
    runs(600),
  );
});

/** What a document of a sale that Amazon calculated says of an item. */
const asSold = (tax: ItemTax): SoldItem => ({ orderItemId: tax.orderItemId, sku: tax.sku, tax, inPrice: false });

/** As the report tells it where Amazon calculates no tax. */
const untold = ({ taxes: _, ...item }: ShipmentFact['items'][number]) => item;
