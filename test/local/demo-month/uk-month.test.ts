/** The world of the UK demo. Totals and figures were worked out by hand: see test/end-to-end/uk-month.test.ts. */
import { describe, expect, test } from '@jest/globals';
import { ukMonth } from '../../../src/local/demo-month/uk/uk-month.ts';
import { ukSettings } from '../../../src/local/demo-month/uk/uk-settings.ts';
import type { AmazonWorld } from '../../../src/simulators/amazon/world.ts';
import { plainReport, sumOf } from './plain-report.ts';

const world = ukMonth();
const without = ukMonth({ vcs: false });

const rowsOf = (of: AmazonWorld, settlementId: string) =>
  plainReport(of.settlements.find((settlement) => settlement.settlementId === settlementId)!.bytes).rows;
const amountsOf = (of: AmazonWorld, settlementId: string, orderId: string, type = 'Order') =>
  rowsOf(of, settlementId)
    .filter(({ cells }) => cells['order-id'] === orderId && cells['transaction-type'] === type)
    .filter(({ cells }) => cells['amount-type'] !== 'ItemFees')
    .map(({ cells }) => `${cells['amount-type']} ${cells['amount-description']} ${cells['amount']}`);
/** The order that left at this instant. */
const orderAt = (of: AmazonWorld, shippedAt: string) =>
  of.orders.find(({ history }) => history.at(-1)!.at === shippedAt)!;

const [FIRST_GBP, SECOND_GBP, SECOND_EUR] = ['20006234561', '20006234563', '20006234564'];

describe.each([
  ['with VCS', world],
  ['without', without],
])('the payouts of the UK seller, %s', (_, month) => {
  test('come to the totals worked out by hand, from the rows to the bank line of their currency', () => {
    expect(month.settlements.map(({ currency, total }) => `${currency} ${total}`)).toEqual([
      'GBP 107.87',
      'EUR 40.49',
      'GBP 153.67',
      'EUR 26.57',
    ]);
    for (const { bytes, currency, total, group } of month.settlements) {
      const report = plainReport(bytes);
      expect(report.summary['currency']).toBe(currency);
      expect(sumOf(report.rows)).toBe(report.totalCents);
      expect(month.bankLines.find(({ transactionId }) => transactionId === group.traceId)).toMatchObject({
        currency,
        amount: total,
      });
    }
  });
});

describe('VAT in the world', () => {
  test('is a row of its own with VCS, and inside the price without; orders and shipments say the same', () => {
    const at = '2026-10-14T14:55:13Z';
    const tray = orderAt(world, at);
    expect(amountsOf(world, FIRST_GBP!, tray.orderId)).toEqual([
      'ItemPrice Principal 20.00',
      'ItemPrice Tax 4.00',
      'ItemPrice Shipping 2.49',
      'ItemPrice ShippingTax 0.50',
      'Promotion Shipping -2.49',
      'Promotion TaxDiscount -0.50',
    ]);
    const told = { principal: '20.00', tax: '4.00', shipping: '2.49', shippingTax: '0.50', discountTax: '-0.50' };
    expect(tray.items).toEqual([expect.objectContaining(told)]);
    expect(world.shipments.find(({ orderId }) => orderId === tray.orderId)!.items).toEqual([
      expect.objectContaining(told),
    ]);
    expect(amountsOf(without, FIRST_GBP!, orderAt(without, at).orderId)).toEqual([
      'ItemPrice Principal 24.00',
      'ItemPrice Shipping 2.99',
      'Promotion Shipping -2.99',
    ]);
  });

  test('is 20, 5 or 0 per cent by the goods: three soaps of 9.99, a seat, a book', () => {
    const split = (shippedAt: string) => {
      const { principal, tax } = orderAt(world, shippedAt).items[0]!;
      return [principal, tax];
    };
    expect(split('2026-10-08T15:05:47Z')).toEqual(['24.97', '5.00']);
    expect(split('2026-10-09T13:22:58Z')).toEqual(['60.00', '3.00']);
    expect(split('2026-10-12T16:30:09Z')).toEqual(['8.50', '0.00']);
  });

  test('is none abroad, to a buyer and to a business', () => {
    const abroad = world.orders.filter(
      ({ buyer, marketplaceId }) => marketplaceId === 'A1F83G8C2ARO7P' && buyer.address.countryCode !== 'GB',
    );
    expect(abroad.map(({ buyer, items }) => [buyer.address.countryCode, items[0]!.principal, items[0]!.tax])).toEqual([
      ['CH', '20.00', '0.00'],
      ['IE', '40.00', '0.00'],
    ]);
  });

  test('is withheld in Germany, from sales and refunds, with VCS and without', () => {
    for (const month of [world, without]) {
      const { orderId, items } = orderAt(month, '2026-10-21T09:59:03Z');
      expect(items[0]).toMatchObject({ principal: '16.80', tax: '3.19', taxWithheld: true });
      expect(amountsOf(month, SECOND_EUR!, orderId)).toEqual([
        'ItemPrice Principal 16.80',
        'ItemPrice Tax 3.19',
        'ItemWithheldTax MarketplaceFacilitatorVAT-Principal -3.19',
      ]);
      expect(amountsOf(month, SECOND_EUR!, orderId, 'Refund')).toEqual([
        'ItemPrice Principal -16.80',
        'ItemPrice Tax -3.19',
        'ItemWithheldTax MarketplaceFacilitatorVAT-Principal 3.19',
      ]);
    }
  });

  test('goes back with a unit of three and with a part of a price', () => {
    const backOf = (shippedAt: string) => amountsOf(world, SECOND_GBP!, orderAt(world, shippedAt).orderId, 'Refund');
    expect(backOf('2026-10-08T15:05:47Z')).toEqual(['ItemPrice Principal -8.32', 'ItemPrice Tax -1.67']);
    expect(backOf('2026-10-22T11:36:18Z')).toEqual(['ItemPrice Principal -10.00', 'ItemPrice Tax -0.50']);
    expect(world.refunds.map(({ items }) => [items[0]!.principal, items[0]!.tax, items[0]!.taxWithheld])).toEqual([
      ['-16.66', '-3.33', '0.00'],
      ['-8.32', '-1.67', '0.00'],
      ['-10.00', '-0.50', '0.00'],
      ['-16.66', '-3.33', '0.00'],
      ['-16.80', '-3.19', '3.19'],
    ]);
  });
});

test('the wrong collector is one sale: Amazon keeps 3.33 that its order calls the seller’s', () => {
  const wrong = ukMonth({ wrongCollector: true });
  expect(wrong.settlements.map(({ total }) => total)).toEqual(['104.54', '40.49', '153.67', '26.57']);
  expect(wrong.orders).toEqual(world.orders);
  const withheld = rowsOf(wrong, FIRST_GBP!).filter(({ cells }) => cells['amount-type'] === 'ItemWithheldTax');
  expect(withheld.map(({ cells }) => cells['amount'])).toEqual(['-3.33']);
});

test('the connection is registered in Britain, has items and rates of both countries, and rates where Amazon tells none', () => {
  expect(ukSettings(world)).toMatchObject({
    region: 'eu',
    marketplaces: [
      { id: 'A1F83G8C2ARO7P', customer: 'Amazon GB', location: 'FBA GB' },
      { id: 'A1PA6795UKMFR9', customer: 'Amazon DE', location: 'FBA DE' },
    ],
    tax: {
      registrations: ['GB'],
      items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
      rates: { GB: { standard: 20, reduced: 5, zero: 0 }, DE: { standard: 19, reduced: 7, zero: 0 } },
      classes: { 'CAR-SEAT': 'reduced', 'PIC-BOOK': 'zero' },
    },
  });
  expect(ukSettings(without, { vcs: false }).marketplaces.map(({ calculatedBy }) => calculatedBy)).toEqual([
    'rates',
    undefined,
  ]);
});
