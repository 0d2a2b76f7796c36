/** A refund that Finances does not tell, from the rows that pay it: it comes to just what they come to. */
import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../../src/domain/mapping/roles.ts';
import { creditOf } from '../../../src/domain/orders/place-refund.ts';
import { planRefund } from '../../../src/domain/orders/refund.ts';
import { refundFromRows } from '../../../src/domain/payouts/refunds-from-rows.ts';

const AT = '2026-10-07T11:00:00Z';
type Told = [
  amountType: string,
  amountDescription: string,
  meaning: Role,
  amount: bigint,
  item?: { code?: string | null; sku?: string | null; quantity?: number | null; network?: string | null },
];
const refund = (rows: readonly Told[]) =>
  refundFromRows(
    { orderId: '117-1', settlementId: '1', postedAt: AT },
    rows.map(
      ([
        amountType,
        amountDescription,
        meaning,
        amount,
        { code = '81', sku = 'PAN', quantity = null, network = 'AFN' } = {},
      ]) => ({
        meaning,
        row: {
          postedAt: AT,
          transactionType: 'Refund',
          amountType,
          amountDescription,
          amount,
          orderItemCode: code,
          sku,
          quantity,
          marketplaceName: 'Amazon.com',
          fulfillmentId: network,
        },
      }),
    ),
    'USD',
  );

describe('the parts of a refund', () => {
  test('are told apart by role, and under ItemPrice by their words; what is no part of a sale is other', () => {
    expect(
      refund([
        ['ItemPrice', 'Principal', 'refunds', -2000n, { quantity: 1 }],
        ['ItemPrice', 'Shipping', 'refunds', -500n],
        ['ItemPrice', 'Gift_Wrap', 'refunds', -100n],
        ['ItemPrice', 'Goodwill', 'refunds', -300n],
        ['ItemPrice', 'RestockingFee', 'refunds', 400n],
        ['ItemFees', 'ReturnShipping', 'refunds', 50n],
        ['Promotion', 'Principal', 'promotions', 200n],
        ['Promotion', 'Shipping', 'promotions', 500n],
        ['Points', 'PointsReturned', 'points', 30n],
      ]),
    ).toEqual({
      orderId: '117-1',
      postedAt: AT,
      transactionId: 'rows of settlement 1',
      marketplaceName: 'Amazon.com',
      currency: 'USD',
      fulfilledBy: 'AMAZON',
      fromRows: { settlementId: '1' },
      items: [
        {
          orderItemId: '81',
          sku: 'PAN',
          quantity: 1,
          amounts: {
            principal: -2000n,
            shipping: -500n,
            'gift-wrap': -100n,
            other: 150n,
            promotion: 700n,
            points: 30n,
          },
        },
      ],
    });
  });
  test('of two units of one second are two sets, and come to the rows together', () => {
    const two = refund([
      ['ItemPrice', 'Principal', 'refunds', -1000n],
      ['ItemPrice', 'Shipping', 'refunds', -250n],
      ['ItemPrice', 'Principal', 'refunds', -999n],
      ['ItemPrice', 'Shipping', 'refunds', -249n],
    ]);
    expect(two.items.map(({ amounts }) => amounts)).toEqual([
      { principal: -1000n, shipping: -499n },
      { principal: -999n },
    ]);
    expect(creditOf(two)).toBe(2498n);
  });
  test('of a row without an item code are those of its SKU, or of nothing that is known', () => {
    expect(
      refund([
        ['ItemPrice', 'Principal', 'refunds', -1000n],
        ['Points', 'PointsReturned', 'points', 10n, { code: null }],
        ['ItemPrice', 'Goodwill', 'refunds', -5n, { code: null, sku: null, network: null }],
      ]).items,
    ).toEqual([
      { orderItemId: '81', sku: 'PAN', quantity: null, amounts: { principal: -1000n, points: 10n } },
      { orderItemId: null, sku: null, quantity: null, amounts: { other: -5n } },
    ]);
  });
});

test('its documents are those of any refund: whole units come back, by what they were billed', () => {
  const sale = {
    shipments: [
      {
        orderId: '117-1',
        shipmentId: 'D1',
        shippedAt: AT,
        marketplaceName: 'Amazon.com',
        currency: 'USD' as const,
        items: [{ orderItemId: '81', sku: 'PAN', quantity: 2, amounts: { principal: 2000n } }],
      },
    ],
    returned: [],
  };
  const plan = planRefund(
    'demo-us',
    refund([
      ['ItemPrice', 'Principal', 'refunds', -1000n],
      ['ItemPrice', 'Goodwill', 'refunds', -300n],
    ]),
    sale,
    'America/Los_Angeles',
  );
  expect(plan).toMatchObject({
    total: 1300n,
    returnAuthorisation: { memo: 'RA 117-1-20261007T110000 1' },
    creditMemo: { memo: 'CM 117-1-20261007T110000 1' },
  });
  expect(plan.lines.map(({ component, goods, quantity, amount }) => [component, goods, quantity, amount])).toEqual([
    ['principal', true, 1, 1000n],
    ['other', false, 1, 300n],
  ]);
});
