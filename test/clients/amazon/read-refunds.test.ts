import { describe, expect, test } from '@jest/globals';
import { DriftNotes, minorOfNumber } from '../../../src/clients/amazon/read-payload.ts';
import { refundFactsOf } from '../../../src/clients/amazon/read-refunds.ts';
import { transactionHeadsOf, transactionsPage } from '../../../src/clients/amazon/transaction-schema.ts';
import { parseJsonNumbersAsText } from '../../../src/clients/http/json-text.ts';

/** A node of the tree, as JSON text, so that amounts stand as Amazon writes them. */
const node = (type: string, amount: string, children = '') =>
  `{"breakdownType":"${type}","breakdownAmount":{"currencyAmount":${amount},"currencyCode":"USD"}${children ? `,"breakdowns":[${children}]` : ''}}`;
interface Parts {
  id?: string;
  type?: string;
  status?: string;
  related?: string;
  breakdowns?: string;
  own?: string;
}
const refund = ({
  id = 'T1',
  type = 'Refund',
  status = 'RELEASED',
  related = '',
  breakdowns = node('ProductCharges', '-25.00'),
  own = '',
}: Parts = {}) =>
  `{"transactionType":"${type}","transactionId":"${id}","transactionStatus":"${status}","postedDate":"2026-11-04T10:00:00.000Z","totalAmount":{"currencyAmount":-22.0,"currencyCode":"USD"},
    "relatedIdentifiers":[{"relatedIdentifierName":"ORDER_ID","relatedIdentifierValue":"113-1"}${related}],"marketplaceDetails":{"marketplaceId":"M","marketplaceName":"Amazon.com"},
    "items":[{"description":"x","breakdowns":[${breakdowns}],"contexts":[{"contextType":"ProductContext","sku":"SKU-B","quantityShipped":1}]}]${own ? `,"breakdowns":[${own}]` : ''}}`;

function read(...transactions: string[]) {
  const drift = new DriftNotes();
  const page = transactionsPage.parse(
    parseJsonNumbersAsText(`{"payload":{"transactions":[${transactions.join(',')}]}}`),
  );
  return {
    refunds: refundFactsOf(transactionHeadsOf(page.payload.transactions ?? [], drift), drift),
    drift: drift.all,
    unread: drift.unread,
  };
}

describe('a refund among the transactions', () => {
  test('carries the words of Finances as parts of a sale, with its tax and what was withheld of it; fees belong to the journal', () => {
    const { refunds, drift } = read(
      refund({
        breakdowns: [
          node('ProductCharges', '-25.00'),
          node('Shipping', '-5.99'),
          node('GiftWrap', '-1.00'),
          node('PromoRebates', '5.00'),
          node('Points', '0.50'),
          node('Goodwill', '-3.10'),
          node('RestockingFee', '4.00'),
          node('Tax', '-2.00'),
          node('TaxWithheld', '2.00'),
          node('AmazonFees', '3.00', node('Commission', '3.75')),
        ].join(','),
      }),
    );
    expect(drift).toEqual([]);
    expect(refunds).toEqual([
      {
        orderId: '113-1',
        postedAt: '2026-11-04T10:00:00Z',
        transactionId: 'T1',
        marketplaceName: 'Amazon.com',
        currency: 'USD',
        items: [
          {
            orderItemId: null,
            sku: 'SKU-B',
            quantity: 1,
            amounts: {
              principal: -2500n,
              shipping: -599n,
              'gift-wrap': -100n,
              promotion: 500n,
              points: 50n,
              other: 90n,
            },
            tax: -200n,
            withheld: 200n,
          },
        ],
      },
    ]);
  });

  test('is read through the groups Sales and Expenses, and takes the base where a part is split from its tax', () => {
    const { refunds } = read(
      refund({
        breakdowns: node(
          'Sales',
          '-27.00',
          node('ProductCharges', '-27.00', `${node('Base', '-25.00')},${node('Tax', '-2.00')}`),
        ),
      }),
    );
    expect(refunds[0]!.items[0]).toMatchObject({ amounts: { principal: -2500n }, tax: -200n });
  });

  test('tells its tax once, where a part is split and the tax stands beside it as well', () => {
    const split = node('ProductCharges', '-27.00', `${node('Base', '-25.00')},${node('Tax', '-2.00')}`);
    const { refunds } = read(refund({ breakdowns: `${split},${node('Tax', '-2.00')}` }));
    expect(refunds[0]!.items[0]).toMatchObject({ amounts: { principal: -2500n }, tax: -200n });
    expect(refunds[0]!.items[0]!.withheld).toBeUndefined();
  });

  test.each([
    ['AFN', 'AMAZON', 0],
    ['mfn', 'MERCHANT', 0],
    ['DRONE', undefined, 1],
  ])('of goods that %s sent is one of an order fulfilled by %s', (network, fulfilledBy, notices) => {
    const { refunds, drift } = read(
      refund().replace('"quantityShipped":1', `"quantityShipped":1,"fulfillmentNetwork":"${network}"`),
    );
    expect([refunds[0]!.fulfilledBy, drift.length]).toEqual([fulfilledBy, notices]);
    expect(
      read(
        refund({ own: node('Sales', '-25.00') }).replace(
          /\}$/,
          `,"contexts":[{"contextType":"ProductContext","fulfillmentNetwork":"${network}"}]}`,
        ),
      ).refunds[0]!.fulfilledBy,
    ).toBe(fulfilledBy);
  });

  test('with an amount of a kind that nobody knows is incomplete, and says so', () => {
    const { refunds, drift } = read(
      refund({ breakdowns: `${node('ProductCharges', '-25.00')},${node('MoonDust', '-1.00')}` }),
    );
    expect(refunds[0]!.incomplete).toBe(true);
    expect(drift).toEqual([{ where: 'transaction.breakdowns', what: 'amount of unknown type MoonDust' }]);
  });

  test('whose item has no breakdowns takes those of the transaction; without either it is incomplete', () => {
    expect(
      read(refund({ breakdowns: '', own: node('Sales', '-25.00', node('ProductCharges', '-25.00')) })).refunds[0],
    ).toMatchObject({ items: [{ sku: 'SKU-B', amounts: { principal: -2500n } }] });
    expect(read(refund({ breakdowns: '' })).refunds[0]!.incomplete).toBe(true);
  });

  test('that was deferred and then released counts once, by the id of the first record', () => {
    const link = (name: string, value: string) =>
      `,{"relatedIdentifierName":"${name}","relatedIdentifierValue":"${value}"}`;
    const deferred = refund({ id: 'T1', status: 'Deferred_Released', related: link('RELEASE_TRANSACTION_ID', 'T2') });
    const release = refund({ id: 'T2', status: 'Released', related: link('DEFERRED_TRANSACTION_ID', 'T1') });
    expect(read(deferred, release).refunds.map(({ transactionId }) => transactionId)).toEqual(['T1']);
    expect(read(release).refunds.map(({ transactionId }) => transactionId)).toEqual(['T1']);
    expect(read(deferred, release).drift).toEqual([]);
  });

  test.each([
    ['Refund', 1],
    ['refund', 1],
    ['GuaranteeClaimRefund', 1],
    ['ChargebackRefund', 1],
    ['RetroChargeRefund', 0],
    ['Shipment', 0],
    ['ServiceFee', 0],
  ])('of type %s counts %i times', (type, times) => expect(read(refund({ type })).refunds).toHaveLength(times));

  test('with a status that nobody knows is kept and noted', () => {
    const { refunds, drift } = read(refund({ status: 'PONDERED' }));
    expect(refunds).toHaveLength(1);
    expect(drift).toEqual([{ where: 'transaction', what: 'unknown transactionStatus PONDERED' }]);
  });
});

test('a refund that cannot be read holds up none of the others, and is named', () => {
  const { refunds, unread } = read(
    refund({ id: 'T8', breakdowns: node('ProductCharges', '-25.005') }),
    refund({ id: 'T9' }),
  );
  expect(refunds.map(({ transactionId }) => transactionId)).toEqual(['T9']);
  expect(unread).toMatchObject([
    { record: 'transaction', id: 'T8', orderId: '113-1', why: '"-25.005" is not an amount in USD' },
  ]);
});

describe('an amount that Amazon wrote as a number', () => {
  test.each([
    ['12.3', 'USD', 1230n],
    ['-0.1', 'USD', -10n],
    ['12.299999999999999', 'USD', 1230n],
    ['-12.300000000000001', 'USD', -1230n],
    ['0.30000000000000004', 'USD', 30n],
    ['1200', 'JPY', 1200n],
    ['15000000', 'USD', 1500000000n],
    ['99.99999999999999', 'USD', 10000n],
    ['12.345', 'USD', null],
    ['12.3450000000001', 'USD', null],
    ['abc', 'USD', null],
  ])('%s %s is %s minor units', (text, currency, minor) => expect(minorOfNumber(text, currency)).toBe(minor));
});
