import { describe, expect, test } from '@jest/globals';
import { isFullyDispatched, planBelowZero, planFulfilment, planInvoice } from '../../../src/domain/orders/dispatch.ts';
import type { OrderFact, SaleAmounts, ShipmentFact } from '../../../src/domain/orders/order-facts.ts';
import { itemUnitsOf } from '../../../src/domain/orders/item-units.ts';
import { planRevision, withoutUnits, type PlacedLine } from '../../../src/domain/orders/revise-order.ts';
import { planSalesOrder } from '../../../src/domain/orders/sales-order.ts';

const ORDER = '250-1000001-0000001';
const order = (
  items: { quantity: number; amounts: SaleAmounts; cancelled?: number }[],
  more: Partial<OrderFact> = {},
): OrderFact => ({
  orderId: ORDER,
  purchasedAt: '2026-10-04T03:00:00Z',
  updatedAt: '2026-10-05T03:00:00Z',
  status: 'SHIPPED',
  fulfilledBy: 'AMAZON',
  channel: 'AMAZON',
  marketplaceId: 'A1VC38T7YXB528',
  marketplaceName: 'Amazon.co.jp',
  currency: 'JPY',
  replaces: null,
  amazonCollectsTax: false,
  items: items.map((item, index) => ({ orderItemId: `${index + 1}`, sku: `SKU-${index + 1}`, asin: null, ...item })),
  ...more,
});
const shipment = (
  id: string,
  items: { item?: string; quantity: number; amounts: SaleAmounts }[],
  more: Partial<ShipmentFact> = {},
): ShipmentFact => ({
  orderId: ORDER,
  shipmentId: id,
  shippedAt: '2026-10-05T03:00:00Z',
  marketplaceName: 'Amazon.co.jp',
  currency: 'JPY',
  items: items.map(({ item = '1', ...rest }) => ({ orderItemId: item, sku: `SKU-${item}`, ...rest })),
  ...more,
});
const lines = (plan: { lines: { tag: string; quantity: number; amount: bigint }[] } | null) =>
  plan!.lines.map(({ tag, quantity, amount }) => `${tag} ${quantity} ${amount}`);
const ZONE = 'Asia/Tokyo';

describe('points and cash on delivery, of which the shipments report does not tell', () => {
  test('stand on the Sales Order and, whole, on the invoice of all units', () => {
    const sold = order([{ quantity: 2, amounts: { principal: 1000n, points: -28n, cod: 330n } }]);
    expect(lines(planSalesOrder('jp', sold, ZONE))).toEqual(['1 principal 2 1000', '1 cod 2 330', '1 points 2 -28']);
    const invoice = planInvoice(
      'jp',
      sold,
      shipment('J1', [{ quantity: 2, amounts: { principal: 1000n } }]),
      [],
      ZONE,
    )!;
    expect([invoice.total, invoice.shares]).toEqual([1302n, 2]);
  });

  test("count as a share that Amazon may round otherwise also where the order's share is nothing", () => {
    const invoice = planInvoice(
      'jp',
      order([{ quantity: 3, amounts: { principal: 999n, points: -1n } }]),
      shipment('J1', [{ quantity: 1, amounts: { principal: 333n } }]),
      [],
      ZONE,
    )!;
    expect([lines(invoice), invoice.shares]).toEqual([['1 principal 1 333'], 1]);
  });

  // 10 points over three units: 10/3 = 3.33 → 3, 20/3 = 6.67 → 7, 10: shares of 3, 4, 3. 5 over two: 2.5 → 3, 5: 3, 2.
  test.each([
    [3, [1, 1, 1], 10n, [-3n, -4n, -3n]],
    [3, [2, 1], 10n, [-7n, -3n]],
    [3, [1, 2], 10n, [-3n, -7n]],
    [2, [1, 1], 5n, [-3n, -2n]],
  ] as const)(
    'of %i units sent as %j have their shares, half up, less the earlier ones',
    (quantity, sent, points, shares) => {
      const sold = order([{ quantity, amounts: { principal: 1000n, points: -points } }]);
      const shipments = sent.map((units, index) =>
        shipment(`J${index}`, [{ quantity: units, amounts: { principal: 300n } }]),
      );
      const invoices = shipments.map((one, index) => planInvoice('jp', sold, one, shipments.slice(0, index), ZONE)!);
      expect(invoices.map((invoice) => invoice.lines.find(({ component }) => component === 'points')!.amount)).toEqual(
        shares,
      );
    },
  );

  test('are not taken twice where the dispatch tells of them itself: an order sent by the merchant, rows of a settlement', () => {
    const sold = order([{ quantity: 1, amounts: { principal: 1000n, points: -28n } }]);
    expect(
      planInvoice(
        'jp',
        sold,
        shipment('J1', [{ quantity: 1, amounts: { principal: 1000n, points: -28n } }], { whole: true }),
        [],
        ZONE,
      ),
    ).toMatchObject({ total: 972n, shares: 0 });
  });

  test('an item without units has no line, on no document', () => {
    const sold = order([
      { quantity: 2, amounts: { principal: 1000n } },
      { quantity: 0, amounts: { principal: 0n, points: -28n } },
    ]);
    const sent = shipment('J1', [
      { quantity: 2, amounts: { principal: 1000n } },
      { item: '2', quantity: 0, amounts: {} },
    ]);
    expect(lines(planSalesOrder('jp', sold, ZONE))).toEqual(['1 principal 2 1000']);
    expect([lines(planInvoice('jp', sold, sent, [], ZONE)), lines(planFulfilment('jp', sent, ZONE))]).toEqual([
      ['1 principal 2 1000'],
      ['1 principal 2 0'],
    ]);
  });
});

describe('a sale below zero', () => {
  const amounts: SaleAmounts = { principal: 1000n, promotion: -1200n, shipping: 100n };
  const sold = order([{ quantity: 1, amounts }]);
  const sent = shipment('Na', [{ quantity: 1, amounts }]);

  test('has its promotion cut until Sales Order and invoice are zero; what was cut is a credit memo of the shipment', () => {
    const invoice = planInvoice('us', sold, sent, [], ZONE)!;
    const kept = ['1 principal 1 1000', '1 shipping 1 100', '1 promotion 1 -1100'];
    expect([lines(planSalesOrder('us', sold, ZONE)), lines(invoice), invoice.total]).toEqual([kept, kept, 0n]);
    expect(planBelowZero('us', sent, invoice.cut, ZONE)).toMatchObject({
      key: { purpose: 'CM', businessKey: `${ORDER}-Na`, part: 1 },
      memo: `CM ${ORDER}-Na 1`,
      date: '2026-10-05',
      total: 100n,
      lines: [{ component: 'promotion', goods: false, quantity: 1, amount: 100n }],
    });
  });

  test('a free item is an invoice of 0.00 with all its lines, and no credit memo', () => {
    const free = shipment('Nb', [{ quantity: 1, amounts: { principal: 1000n, promotion: -1000n } }]);
    const invoice = planInvoice('us', sold, free, [], ZONE)!;
    expect([lines(invoice), invoice.total, planBelowZero('us', free, invoice.cut, ZONE)]).toEqual([
      ['1 principal 1 1000', '1 promotion 1 -1000'],
      0n,
      null,
    ]);
  });

  test('a promotion that is cut to nothing has no line; points are cut after promotions', () => {
    const invoice = planInvoice(
      'us',
      sold,
      shipment('Nc', [{ quantity: 1, amounts: { principal: 0n, promotion: -50n, points: -30n } }], { whole: true }),
      [],
      ZONE,
    )!;
    expect([lines(invoice), invoice.cut.map(({ component, amount }) => [component, amount])]).toEqual([
      ['1 principal 1 0'],
      [
        ['promotion', 50n],
        ['points', 30n],
      ],
    ]);
  });

  test('of an order that is above zero as a whole, the shipment below zero is cut alone', () => {
    const two = order([
      { quantity: 1, amounts },
      { quantity: 1, amounts: { principal: 5000n } },
    ]);
    expect(planSalesOrder('us', two, ZONE)!.total).toBe(4900n);
    expect(planInvoice('us', two, sent, [], ZONE)).toMatchObject({ total: 0n, cut: [{ amount: 100n }] });
  });
});

describe('an order of which a part is no longer to be sent', () => {
  const ONE_EACH = itemUnitsOf([]);
  const placed = (memo: string, quantity: number, fulfilled = 0, closed = false): PlacedLine => ({
    orderLine: memo,
    memo,
    quantity,
    fulfilled,
    closed,
  });
  const sold = order([
    { quantity: 3, amounts: { principal: 1000n, shipping: 100n }, cancelled: 1 },
    { quantity: 1, amounts: { principal: 500n }, cancelled: 1 },
  ]);

  test('keeps what is left of a line with its share, and closes a line of which nothing is', () => {
    expect(
      planRevision(
        'us',
        sold,
        [
          placed('1 principal', 3, 1),
          placed('1 shipping', 3),
          placed('2 principal', 1),
          placed('added by a person', 1),
        ],
        ONE_EACH,
      ),
    ).toEqual([
      { orderLine: '1 principal', quantity: 2, amount: 667n },
      { orderLine: '1 shipping', quantity: 2, amount: 67n },
      { orderLine: '2 principal', quantity: 0 },
    ]);
  });

  test('is left as it is where the lines are so already, and nothing shipped is taken back', () => {
    expect(
      planRevision(
        'us',
        sold,
        [placed('1 principal', 2, 1), placed('1 shipping', 2), placed('2 principal', 1, 0, true)],
        ONE_EACH,
      ),
    ).toEqual([]);
    expect(planRevision('us', sold, [placed('2 principal', 1, 1)], ONE_EACH)).toEqual([]);
  });

  test('is dispatched when all that is left was, whichever came first', () => {
    const sent = [shipment('S1', [{ quantity: 2, amounts: { principal: 667n } }])];
    expect([
      isFullyDispatched(sold, sent),
      isFullyDispatched(order([{ quantity: 3, amounts: { principal: 1000n } }]), sent),
    ]).toEqual([true, false]);
  });

  test('has its first Sales Order over what is left', () => {
    expect(lines(planSalesOrder('us', sold, ZONE))).toEqual(['1 principal 2 667', '1 shipping 2 67']);
  });

  test('units that left before the cut-over and that the old books have are not ours to send', () => {
    const whole = order([{ quantity: 3, amounts: { principal: 900n } }]);
    const earlier = shipment('S0', [{ quantity: 2, amounts: { principal: 600n } }]);
    expect(planRevision('us', withoutUnits(whole, [earlier]), [placed('1 principal', 3)], ONE_EACH)).toEqual([
      { orderLine: '1 principal', quantity: 1, amount: 300n },
    ]);
    expect(planRevision('us', withoutUnits(whole, [earlier, earlier]), [placed('1 principal', 3)], ONE_EACH)).toEqual([
      { orderLine: '1 principal', quantity: 0 },
    ]);
  });
});
