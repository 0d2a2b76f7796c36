import { describe, expect, test } from '@jest/globals';
import { orderFactsOf, singleOrder } from '../../../src/clients/amazon/read-orders.ts';
import { DriftNotes } from '../../../src/clients/amazon/read-payload.ts';

const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
/** Counts arrive as text, as the JSON reader gives them. */
const item = (over: object = {}) => ({
  orderItemId: '11',
  quantityOrdered: '2',
  product: { sellerSku: 'SKU-A', asin: 'B01' },
  ...over,
});
const order = (over: object = {}) => ({
  order: {
    orderId: '113-1111111-2222222',
    createdTime: '2026-10-01T07:00:00Z',
    lastUpdatedTime: '2026-10-02T07:00:00Z',
    salesChannel: { channelName: 'AMAZON', marketplaceId: 'ATVPDKIKX0DER', marketplaceName: 'Amazon.com' },
    fulfillment: { fulfillmentStatus: 'SHIPPED', fulfilledBy: 'AMAZON' },
    orderItems: [item()],
    ...over,
  },
});

function read(payload: object) {
  const drift = new DriftNotes();
  const [fact] = orderFactsOf([singleOrder.parse(payload).order], drift);
  return { fact: fact!, drift: drift.all, unread: drift.unread };
}

describe('an order of Amazon', () => {
  test.each([['-5.00'], ['5.00']])('has a promotion of −5.00 whether its discount is written %s', (discount) => {
    const breakdowns = [
      { type: 'ITEM', subtotal: usd('40.00') },
      { type: 'SHIPPING', subtotal: usd('5.99') },
      { type: 'GIFT_WRAP', subtotal: usd('1.50') },
      { type: 'TAX', subtotal: usd('4.80') },
      { type: 'DISCOUNT', subtotal: usd(discount), detailedBreakdowns: [{ subtype: 'ITEM', value: usd(discount) }] },
    ];
    const { fact, drift } = read(order({ orderItems: [item({ proceeds: { breakdowns } })] }));
    expect(fact.items[0]).toEqual({
      orderItemId: '11',
      sku: 'SKU-A',
      asin: 'B01',
      quantity: 2,
      amounts: { principal: 4000n, shipping: 599n, 'gift-wrap': 150n, promotion: -500n },
      tax: { parts: { principal: 480n }, holdTax: false },
    });
    expect(fact.currency).toBe('USD');
    expect(drift).toEqual([]);
  });

  const gbp = (amount: string) => ({ amount, currencyCode: 'GBP' });
  test.each([
    // Amazon: model ordersV2026-01-01, the example of a UK order: 89.97 + 10.00 + 4.00 = 103.97.
    ['its parts come to the proceeds with TAX', '103.97', false],
    ['its parts come to the proceeds without TAX', '99.97', true],
    ['nothing comes to the proceeds', '1.00', false],
  ])('says whether its prices hold the tax: %s', (_, total, holdTax) => {
    const proceeds = {
      proceedsTotal: gbp(total),
      breakdowns: [
        { type: 'ITEM', subtotal: gbp('89.97') },
        { type: 'SHIPPING', subtotal: gbp('10.00') },
        {
          type: 'TAX',
          subtotal: gbp('4.00'),
          detailedBreakdowns: [
            { subtype: 'ITEM', value: gbp('3.00') },
            { subtype: 'SHIPPING', value: gbp('2.00') },
            { subtype: 'DISCOUNT', value: gbp('1.00') },
          ],
        },
      ],
    };
    const { fact } = read(order({ orderItems: [item({ proceeds })] }));
    expect(fact.items[0]!.tax).toEqual({ parts: { principal: 300n, shipping: 200n, promotion: -100n }, holdTax });
  });

  test('says item by item whether Amazon collects its tax', () => {
    const collected = item({ tax: { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR' }] } });
    const { fact } = read(order({ orderItems: [collected, item()] }));
    expect(fact.items.map(({ amazonCollects }) => amazonCollects)).toEqual([true, undefined]);
    expect(fact.amazonCollectsTax).toBe(true);
  });

  test('takes the points that it grants as a deduction', () => {
    const jpy = (amount: string) => ({ amount, currencyCode: 'JPY' });
    const { fact } = read(
      order({
        orderItems: [
          item({
            proceeds: { breakdowns: [{ type: 'ITEM', subtotal: jpy('1200') }] },
            expense: { pointsCost: { pointsGranted: { pointsNumber: '12', pointsMonetaryValue: jpy('12') } } },
          }),
        ],
      }),
    );
    expect(fact.items[0]!.amounts).toEqual({ principal: 1200n, points: -12n });
  });

  test('has its fee for cash on delivery beside the price', () => {
    const { fact, drift } = read(
      order({
        orderItems: [
          item({
            proceeds: {
              breakdowns: [
                { type: 'ITEM', subtotal: usd('8.00') },
                { type: 'COD_FEE', subtotal: usd('3.30') },
              ],
            },
          }),
        ],
      }),
    );
    expect([fact.items[0]!.amounts, drift]).toEqual([{ principal: 800n, cod: 330n }, []]);
  });

  test.each([
    [
      'the tax of the fee',
      [
        ['ITEM', '0.80'],
        ['COD_FEE', '0.33'],
      ],
      { principal: 80n, cod: 33n },
    ],
    ['none of it, where that of another part is told alone', [['ITEM', '1.13']], { principal: 113n, cod: 0n }],
    ['nothing of it, where no part is told', [], { principal: 113n }],
  ])('tells, of cash on delivery, %s', (_, details, parts) => {
    const { fact } = read(
      order({
        orderItems: [
          item({
            proceeds: {
              breakdowns: [
                { type: 'ITEM', subtotal: usd('8.00') },
                { type: 'COD_FEE', subtotal: usd('3.30') },
                {
                  type: 'TAX',
                  subtotal: usd('1.13'),
                  detailedBreakdowns: details.map(([subtype, amount]) => ({ subtype, value: usd(amount!) })),
                },
              ],
            },
          }),
        ],
      }),
    );
    expect(fact.items[0]!.tax?.parts).toEqual(parts);
  });

  test.each([
    ['all of a line', '0', '0', 2],
    ['what was not sent of it', '1', '0', 1],
    ['a unit of those to be sent', '0', '1', 1],
    ['nothing that is left', '1', '1', undefined],
  ])('that was cancelled in part has lost %s', (_, quantityFulfilled, quantityUnfulfilled, cancelled) => {
    const cancellation = { cancellationExecution: { cancelledBy: 'BUYER', cancelReason: 'BUYER_CANCELED' } };
    const { fact } = read(
      order({
        orderItems: [
          item({ cancellation, fulfillment: { quantityFulfilled, quantityUnfulfilled } }),
          item({ orderItemId: '12', fulfillment: { quantityFulfilled: '0', quantityUnfulfilled: '0' } }),
        ],
      }),
    );
    expect(fact.items.map((one) => one.cancelled)).toEqual([cancelled, undefined]);
  });

  test('with a status that nobody knows waits as pending, and says so', () => {
    const { fact, drift } = read(order({ fulfillment: { fulfillmentStatus: 'TELEPORTED', fulfilledBy: 'AMAZON' } }));
    expect(fact.status).toBe('PENDING');
    expect(drift).toEqual([
      { where: 'order.fulfillment', what: 'unknown fulfillmentStatus TELEPORTED, taken as PENDING' },
    ]);
  });

  test('with fields and amounts that nobody knows names them, without their values', () => {
    const { drift } = read(
      order({
        giftNote: 'for Zoë',
        orderItems: [
          item({
            aura: 'blue',
            proceeds: {
              breakdowns: [
                { type: 'ITEM', subtotal: usd('1.00') },
                { type: 'DELIVERY_TIP', subtotal: usd('2.00') },
              ],
            },
          }),
        ],
      }),
    );
    expect(drift.map(({ what }) => what)).toEqual([
      'unknown field giftNote',
      'unknown field aura',
      'amount of unknown type DELIVERY_TIP',
    ]);
  });

  test('is refused when an amount has more decimals than its currency', () => {
    const { fact, unread } = read(
      order({ orderItems: [item({ proceeds: { breakdowns: [{ type: 'ITEM', subtotal: usd('1.005') }] } })] }),
    );
    expect([fact, unread.length]).toEqual([undefined, 1]);
  });

  test('that cannot be read holds up none of the others on its page, and is named', () => {
    const drift = new DriftNotes();
    const broken = order({
      orderId: '113-9',
      orderItems: [item({ proceeds: { breakdowns: [{ type: 'ITEM', subtotal: usd('1.005') }] } })],
    }).order;
    expect(orderFactsOf([broken, order().order, 'nonsense'], drift).map(({ orderId }) => orderId)).toEqual([
      '113-1111111-2222222',
    ]);
    expect(drift.unread).toEqual([
      {
        record: 'order',
        id: '113-9',
        orderId: '113-9',
        field: 'orderItems.0.proceeds.breakdowns.0.subtotal',
        text: expect.stringContaining('1.005'),
        why: '"1.005" is not an amount in USD (2 decimals)',
        since: '2026-10-02T07:00:00Z',
      },
      expect.objectContaining({ record: 'order', id: expect.stringMatching(/^\([0-9a-f]{12}\)$/), orderId: null }),
    ]);
  });
});
