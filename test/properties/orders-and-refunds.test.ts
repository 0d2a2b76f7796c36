/** Documents of orders, shipments and refunds: their lines add up to what Amazon says, over generated orders. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isFullyDispatched, planFulfilment, planInvoice } from '../../src/domain/orders/dispatch.ts';
import type { OrderFact, RefundFact, SaleAmounts, ShipmentFact } from '../../src/domain/orders/order-facts.ts';
import { planRefund } from '../../src/domain/orders/refund.ts';
import { planSalesOrder, skusOf } from '../../src/domain/orders/sales-order.ts';
import { runs } from './runs.ts';

const ZONE = 'America/Los_Angeles';
const upTo = (max: number) => fc.option(fc.bigInt({ min: 1n, max: BigInt(max) }), { nil: 0n });

/** An order item in packages: units and amounts of each. */
const item = fc.record({
  quantity: fc.integer({ min: 1, max: 6 }),
  principal: fc.bigInt({ min: 0n, max: 900_000n }),
  shipping: upTo(900),
  giftWrap: upTo(500),
  discount: upTo(700),
  points: upTo(99),
  cod: upTo(330),
  sku: fc.constantFrom('A-1', 'B-2', 'C-3'),
  cut: fc.nat(6),
});
const drawnOrder = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 4 }),
  channel: fc.constantFrom('AMAZON', 'AMAZON', 'AMAZON', 'NON_AMAZON'),
  merged: fc.boolean(),
});
type DrawnOrder = typeof drawnOrder extends fc.Arbitrary<infer Value> ? Value : never;

function orderOf({ items, channel }: DrawnOrder): OrderFact {
  return {
    orderId: '113-1111111-2222222',
    purchasedAt: '2026-10-28T03:00:00Z',
    updatedAt: '2026-10-28T04:00:00Z',
    status: 'SHIPPED',
    fulfilledBy: 'AMAZON',
    channel: channel,
    marketplaceId: 'ATVPDKIKX0DER',
    marketplaceName: 'Amazon.com',
    currency: 'USD',
    replaces: null,
    amazonCollectsTax: true,
    items: items.map((one, index) => ({
      orderItemId: `item${index}`,
      sku: one.sku,
      asin: null,
      quantity: one.quantity,
      amounts: amountsOf(one),
    })),
  };
}

function amountsOf(one: DrawnOrder['items'][number]): SaleAmounts {
  return {
    principal: one.principal,
    shipping: one.shipping,
    'gift-wrap': one.giftWrap,
    promotion: -one.discount,
    points: -one.points,
    cod: one.cod,
  };
}

/** Two shipments, as the shipments report tells of them: without points and cash on delivery. What the first has not, the second has. `merged` gives an item's units as rows of one each. */
function shipmentsOf({ items, merged }: DrawnOrder): ShipmentFact[] {
  return [0, 1]
    .map((which): ShipmentFact => ({
      orderId: '113-1111111-2222222',
      shipmentId: `Dk${which}`,
      shippedAt: `2026-10-2${8 + which}T16:00:00Z`,
      marketplaceName: 'Amazon.com',
      currency: 'USD',
      items: items.flatMap((one, index) => {
        const first = Math.min(one.cut, one.quantity);
        const quantity = which === 0 ? first : one.quantity - first;
        if (quantity === 0) return [];
        const share = (total: bigint) => {
          const begin = (total * BigInt(first)) / BigInt(one.quantity);
          return which === 0 ? begin : total - begin;
        };
        const { points: _points, cod: _cod, ...all } = amountsOf(one);
        const amounts = Object.fromEntries(Object.entries(all).map(([name, total]) => [name, share(total)]));
        const row = { orderItemId: `item${index}`, sku: one.sku };
        if (!merged || quantity === 1) return [{ ...row, quantity, amounts }];
        return [
          { ...row, quantity: quantity - 1, amounts },
          { ...row, quantity: 1, amounts: {} },
        ];
      }),
    }))
    .filter(({ items: shipped }) => shipped.length > 0);
}

const withoutZeros = (amounts: ReadonlyMap<string, bigint>) =>
  new Map([...amounts].filter(([, minor]) => minor !== 0n).sort());
const worth = (amounts: SaleAmounts) => Object.values(amounts).reduce((sum, minor) => sum + minor, 0n);

describe('a sales order', () => {
  test('is the sum of its lines, which are what Amazon gives of each item; Multi-Channel ones have no price', () => {
    fc.assert(
      fc.property(drawnOrder, (drawn) => {
        const order = orderOf(drawn);
        const plan = planSalesOrder('us', order, ZONE)!;
        const free = order.channel === 'NON_AMAZON';
        const sum = free ? 0n : order.items.reduce((total, { amounts }) => total + worth(amounts!), 0n);
        expect(plan.total).toBe(sum < 0n ? 0n : sum);
        expect(plan.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(plan.total);
        expect(new Set(plan.lines.map(({ tag }) => tag)).size).toBe(plan.lines.length);
        expect(plan.lines.filter(({ goods }) => goods).map(({ sku, quantity }) => [sku, quantity])).toEqual(
          order.items.map(({ sku, quantity }) => [sku, quantity]),
        );
        expect(plan.lines.filter(({ goods, amount }) => !goods && amount === 0n)).toEqual([]);
        expect([...skusOf(order)].sort()).toEqual([...new Set(order.items.map(({ sku }) => sku))].sort());
      }),
      runs(120),
    );
  });

  test('is dispatched and billed line by line in just its units and amounts, however it is shipped', () => {
    fc.assert(
      fc.property(drawnOrder, (drawn) => {
        const order = orderOf(drawn);
        const shipments = shipmentsOf(drawn);
        const plan = planSalesOrder('us', order, ZONE)!;
        const invoices = shipments.map((shipment, index) =>
          planInvoice('us', order, shipment, shipments.slice(0, index), ZONE),
        );
        expect(isFullyDispatched(order, shipments)).toBe(true);
        expect(isFullyDispatched(order, shipments.slice(1))).toBe(false);
        const shipped = new Map<string, number>();
        for (const { lines } of shipments.map((shipment) => planFulfilment('us', shipment, ZONE)))
          for (const { tag, quantity } of lines) shipped.set(tag, (shipped.get(tag) ?? 0) + quantity);
        expect(shipped).toEqual(
          new Map(plan.lines.filter(({ goods }) => goods).map(({ tag, quantity }) => [tag, quantity])),
        );
        if (order.channel === 'NON_AMAZON') return expect(invoices.every((invoice) => invoice === null)).toBe(true);
        const billed = new Map<string, bigint>();
        for (const invoice of invoices) {
          expect(invoice!.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(invoice!.total);
          expect(invoice!.total >= 0n && (invoice!.total === 0n || invoice!.cut.length === 0)).toBe(true);
          // What an invoice could not carry is credited: invoice and credit memo together are what was shipped.
          for (const { tag, amount } of invoice!.lines) billed.set(tag, (billed.get(tag) ?? 0n) + amount);
          for (const { tag, amount } of invoice!.cut) billed.set(tag, (billed.get(tag) ?? 0n) - amount);
        }
        const ordered = order.items.flatMap(({ orderItemId, amounts }) =>
          Object.entries(amounts!).map(([component, amount]): [string, bigint] => [
            `${orderItemId} ${component}`,
            amount,
          ]),
        );
        return expect(withoutZeros(billed)).toEqual(withoutZeros(new Map(ordered)));
      }),
      runs(120),
    );
  });

  test('and its documents are planned the same from the same facts', () => {
    fc.assert(
      fc.property(drawnOrder, (drawn) => {
        const plans = () => [
          planSalesOrder('us', orderOf(drawn), ZONE),
          ...shipmentsOf(drawn).map((shipment) => [
            planFulfilment('us', shipment, ZONE),
            planInvoice('us', orderOf(drawn), shipment, [], ZONE),
          ]),
        ];
        expect(plans()).toEqual(plans());
      }),
      runs(50),
    );
  });
});

describe('a refund', () => {
  const refundOf = (
    amounts: RefundFact['items'][number]['amounts'],
    orderItemId: string | null = 'item0',
  ): RefundFact => ({
    orderId: '113-1111111-2222222',
    postedAt: '2026-11-04T10:00:00Z',
    transactionId: 't',
    marketplaceName: 'Amazon.com',
    currency: 'USD',
    items: [{ orderItemId, sku: 'A-1', quantity: null, amounts }],
  });
  const saleOf = (units: number, principal: bigint): ShipmentFact => ({
    orderId: '113-1111111-2222222',
    shipmentId: 'Dk0',
    shippedAt: '2026-10-28T16:00:00Z',
    marketplaceName: 'Amazon.com',
    currency: 'USD',
    items: [{ orderItemId: 'item0', sku: 'A-1', quantity: units, amounts: { principal } }],
  });
  /** Units that came back before, in one return. */
  const returnedOf = (quantity: number) =>
    quantity === 0 ? [] : [{ authorisation: 'RA', orderItemId: 'item0', sku: 'A-1', quantity, amount: 1n }];
  /** A line whose units cost more than a few cents, so that its units cannot be mistaken for others. */
  const sold = fc
    .record({
      units: fc.integer({ min: 1, max: 7 }),
      unitPrice: fc.bigInt({ min: 20n, max: 90_000n }),
      rest: fc.nat(6),
      back: fc.integer({ min: 1, max: 7 }),
      dearer: fc.nat(6),
      before: fc.nat(3),
    })
    .filter(({ units, back, before }) => back + before <= units);

  test('of k whole units is a return of k units, whichever of them carried the remainder of the division', () => {
    fc.assert(
      fc.property(sold, ({ units, unitPrice, rest, back, dearer, before }) => {
        const remainder = rest % units;
        const sale = saleOf(units, unitPrice * BigInt(units) + BigInt(remainder));
        // Of the units that come back, at most as many cost the cent more as there are, and not fewer than must.
        const extra = Math.max(Math.min(dearer, back, remainder), back - (units - remainder), 0);
        const plan = planRefund(
          'us',
          refundOf({ principal: -(unitPrice * BigInt(back) + BigInt(extra)) }),
          { shipments: [sale], returned: returnedOf(before) },
          ZONE,
        );
        expect(plan.returnAuthorisation).not.toBeNull();
        expect(plan.lines).toEqual([
          {
            tag: 'item0 principal',
            goods: true,
            sku: 'A-1',
            component: 'principal',
            quantity: back,
            amount: unitPrice * BigInt(back) + BigInt(extra),
          },
        ]);
        expect(plan.total).toBe(unitPrice * BigInt(back) + BigInt(extra));
      }),
      runs(200),
    );
  });

  test('of more units than are left, or of another amount, brings no goods back', () => {
    fc.assert(
      fc.property(sold, fc.bigInt({ min: 8n, max: 12n }), ({ units, unitPrice, back }, off) => {
        const known = { shipments: [saleOf(units, unitPrice * BigInt(units))], returned: returnedOf(units - back + 1) };
        for (const [principal, sale] of [
          [unitPrice * BigInt(back), known],
          [unitPrice * BigInt(back) - off, { ...known, returned: [] }],
          [unitPrice, null],
        ] as const) {
          const plan = planRefund('us', refundOf({ principal: -principal }), sale, ZONE);
          expect([plan.returnAuthorisation, plan.lines.filter(({ goods }) => goods), plan.total]).toEqual([
            null,
            [],
            principal,
          ]);
        }
      }),
      runs(100),
    );
  });

  test('is the sum of its parts, with the signs turned, and planned the same twice', () => {
    const amounts = fc.record({
      principal: upTo(9_000),
      shipping: upTo(900),
      'gift-wrap': upTo(90),
      promotion: upTo(900),
      points: upTo(90),
      other: fc.bigInt({ min: -900n, max: 900n }),
    });
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 3 }), (items) => {
        const signed = items.map((one) => ({
          principal: -one.principal,
          shipping: -one.shipping,
          'gift-wrap': -one['gift-wrap'],
          promotion: one.promotion,
          points: one.points,
          other: one.other,
        }));
        const refund: RefundFact = {
          ...refundOf({}),
          items: signed.map((one, index) => ({
            orderItemId: `item${index}`,
            sku: 'A-1',
            quantity: null,
            amounts: one,
          })),
        };
        const plan = planRefund('us', refund, null, ZONE);
        expect(plan.total).toBe(-signed.flatMap((one) => Object.values(one)).reduce((sum, minor) => sum + minor, 0n));
        expect(plan.lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(plan.total);
        expect(plan.lines.every(({ amount, quantity }) => amount !== 0n && quantity === 1)).toBe(true);
        expect(planRefund('us', refund, null, ZONE)).toEqual(plan);
      }),
      runs(100),
    );
  });
});
