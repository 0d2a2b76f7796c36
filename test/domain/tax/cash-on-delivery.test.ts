/**
 * The fee for cash on delivery in Japan, at 10 %: no column of the shipments report has it, so it and its tax are Orders'.
 * By hand: 300 with 30 of tax, beside goods of 1000 with 100.
 */
import { describe, expect, test } from '@jest/globals';
import { planInvoice } from '../../../src/domain/orders/dispatch.ts';
import type { OrderFact, OrderItemFact, ShipmentFact } from '../../../src/domain/orders/order-facts.ts';
import { shipmentsFromRows } from '../../../src/domain/payouts/shipments-from-rows.ts';
import type { SettlementRow } from '../../../src/domain/settlement/settlement.ts';
import { netOrder, netShipment } from '../../../src/domain/tax/net-sale.ts';
import type { TaxPolicy } from '../../../src/domain/tax/tax-policy.ts';

const JP: TaxPolicy = {
  jurisdiction: 'JP',
  registrations: ['JP'],
  rates: { JP: { standard: 1000n } },
  classes: {},
  prices: 'inclusive',
  collects: 'order',
  calculatedBy: 'amazon',
};
const NET: Partial<OrderItemFact> = {
  amounts: { principal: 1000n, cod: 300n },
  tax: { parts: { principal: 100n, cod: 30n }, holdTax: false },
};
const ORDER = '250-1000001-0000001';
const order = (item: Partial<OrderItemFact>): OrderFact => ({
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
  items: [{ orderItemId: '1', sku: 'SARA', asin: null, quantity: 1, amounts: null, ...item }],
});
/** A row of the shipments report: 1100 with 100 in it, where nothing else is said. */
const sent = (more: Partial<ShipmentFact> = {}, principal = 1100n, tax = 100n): ShipmentFact => ({
  orderId: ORDER,
  shipmentId: 'J1',
  shippedAt: '2026-10-05T03:00:00Z',
  marketplaceName: 'Amazon.co.jp',
  currency: 'JPY',
  shipTo: 'JP',
  items: [{ orderItemId: '1', sku: 'SARA', quantity: 1, amounts: { principal }, taxes: { principal: tax } }],
  ...more,
});
function invoice(sold: OrderFact, shipment: ShipmentFact, policy = JP, earlier: ShipmentFact[] = []) {
  const net = netShipment(shipment, sold, earlier, policy);
  const plan = planInvoice('jp', netOrder(sold, policy), net, earlier, 'Asia/Tokyo')!;
  return {
    lines: Object.fromEntries(plan.lines.map(({ component, amount }) => [component, amount])),
    total: plan.total,
    shares: plan.shares,
    tax: net.items.map(({ taxed }) => [taxed?.collector, taxed?.rate, taxed?.net, taxed?.tax]),
  };
}
const WHOLE = { lines: { principal: 1000n, cod: 300n, tax: 130n }, total: 1430n, shares: 1 };

describe('the fee and its tax stand on the invoice', () => {
  test.each([
    ['Orders tells them apart', NET],
    [
      'Orders tells prices that hold it',
      { amounts: { principal: 1100n, cod: 330n }, tax: { parts: { principal: 100n, cod: 30n }, holdTax: true } },
    ],
    ['Orders tells no tax, and the report does: at the rate of the line', { amounts: { principal: 1100n, cod: 330n } }],
  ] as const)('%s', (_, item) => {
    expect(invoice(order(item), sent())).toEqual({ ...WHOLE, tax: [['seller', 1000n, 1300n, 130n]] });
  });

  test('by rates, where Amazon calculates none; at none when it leaves the country', () => {
    const rates: TaxPolicy = { ...JP, calculatedBy: 'rates' };
    const item = { amounts: { principal: 1100n, cod: 330n } };
    const gross = (shipTo: string) => sent({ shipTo }, 1100n, 0n);
    expect(invoice(order(item), gross('JP'), rates)).toMatchObject(WHOLE);
    expect(invoice(order(item), gross('KR'), rates)).toMatchObject({
      lines: { principal: 1100n, cod: 330n, tax: 0n },
      total: 1430n,
    });
  });

  test('where Amazon owes it, or nobody that is here, the fee is net and its tax on no document', () => {
    const lines = { principal: 1000n, cod: 300n };
    expect(invoice(order({ ...NET, amazonCollects: true }), sent())).toMatchObject({ lines, total: 1300n });
    expect(invoice(order(NET), sent(), { ...JP, registrations: [] })).toMatchObject({ lines, total: 1300n });
  });

  // 301 over two shipments: 150.5 half up is 151, then 150; 31 of tax: 15.5 half up is 16, then 15.
  test('over two shipments it has its shares, half up, less the earlier ones', () => {
    const sold = order({
      quantity: 2,
      amounts: { principal: 2000n, cod: 301n },
      tax: { parts: { principal: 200n, cod: 31n }, holdTax: false },
    });
    const first = sent();
    expect(invoice(sold, first).lines).toEqual({ principal: 1000n, cod: 151n, tax: 116n });
    expect(invoice(sold, sent({ shipmentId: 'J2' }), JP, [first]).lines).toEqual({
      principal: 1000n,
      cod: 150n,
      tax: 115n,
    });
    const [line] = first.items;
    const both = sent({ items: [line!, line!] });
    expect(invoice(sold, both).lines).toEqual({ principal: 2000n, cod: 301n, tax: 231n });
  });

  test('tax above the fee cannot be: the fee has that of the line', () => {
    const item = {
      amounts: { principal: 1000n, cod: 300n },
      tax: { parts: { principal: 100n, cod: 301n }, holdTax: false },
    };
    // 300 hold 27 of tax at 10 %: 27.27.
    expect(invoice(order(item), sent()).lines).toEqual({ principal: 1000n, cod: 273n, tax: 127n });
  });
});

test('a shipment that is known by its rows alone has the tax of cash on delivery too', () => {
  const row = (amountDescription: string, amount: bigint): SettlementRow =>
    ({
      transactionType: 'Order',
      amountType: 'ItemPrice',
      amountDescription,
      amount,
      orderId: ORDER,
      shipmentId: 'J1',
      marketplaceName: 'Amazon.co.jp',
      postedAt: '2026-10-05T03:00:00Z',
      orderItemCode: '1',
      sku: 'SARA',
      quantity: amountDescription === 'Principal' ? 1 : null,
    }) as SettlementRow;
  const [shipment] = shipmentsFromRows(
    [
      { row: row('Principal', 1000n), meaning: 'product-sales' },
      { row: row('Tax', 100n), meaning: 'marketplace-tax' },
      { row: row('COD', 300n), meaning: 'shipping-income' },
      { row: row('COD Tax', 30n), meaning: 'marketplace-tax' },
    ],
    'JPY',
  );
  expect(invoice(order(NET), shipment!)).toMatchObject({
    lines: { principal: 1000n, shipping: 300n, tax: 130n },
    total: 1430n,
  });
});
