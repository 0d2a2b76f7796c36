import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readAllOrders } from '../../../src/clients/amazon/read-all-orders.ts';
import { DriftNotes } from '../../../src/clients/amazon/read-payload.ts';
import { financeTransactionsOf } from '../../../src/clients/amazon/read-transactions.ts';
import { transactionHeadsOf, transactionsPage } from '../../../src/clients/amazon/transaction-schema.ts';
import { parseJsonNumbersAsText } from '../../../src/clients/http/json-text.ts';

function read(...transactions: object[]) {
  const drift = new DriftNotes();
  const page = transactionsPage.parse(parseJsonNumbersAsText(JSON.stringify({ payload: { transactions } })));
  const heads = transactionHeadsOf(page.payload.transactions ?? [], drift);
  return { transactions: financeTransactionsOf(heads, drift), drift: drift.all, unread: drift.unread };
}
const money = (currencyAmount: number, currencyCode = 'GBP') => ({ currencyAmount, currencyCode });
const node = (breakdownType: string, amount: number, ...breakdowns: object[]) => ({
  breakdownType,
  breakdownAmount: money(amount),
  breakdowns,
});
const head = {
  transactionId: 'T1',
  transactionType: 'Shipment',
  transactionStatus: 'Deferred',
  description: 'Order Payment',
  postedDate: '2026-10-31T16:00:00Z',
  totalAmount: money(18),
  marketplaceDetails: { marketplaceId: 'A1F83G8C2ARO7P', marketplaceName: 'Amazon.co.uk' },
  relatedIdentifiers: [
    { relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: '202-1' },
    { relatedIdentifierName: 'SHIPMENT_ID', relatedIdentifierValue: 'D1' },
  ],
};

describe('a transaction of Finances', () => {
  test('has its identifiers, its status in one spelling, and the leaves of its items', () => {
    const { transactions, drift } = read({
      ...head,
      contexts: [{ contextType: 'DeferredContext', deferralReason: 'DD7', maturityDate: '2026-11-09T16:00:00Z' }],
      items: [
        {
          breakdowns: [
            node('ProductCharges', 25, node('OurPricePrincipal', 25)),
            node('AmazonFees', -7, node('Commission', -7, node('Base', -5.83), node('Tax', -1.17))),
          ],
          contexts: [{ contextType: 'ProductContext', sku: 'MUG', quantityShipped: 2, fulfillmentNetwork: 'AFN' }],
        },
      ],
      breakdowns: [node('Sales', 25), node('Expenses', -7)],
    });
    const mug = { sku: 'MUG', orderItemId: null, quantity: 2 };
    expect(drift).toEqual([]);
    expect(transactions).toEqual([
      {
        transactionId: 'T1',
        type: 'Shipment',
        description: 'Order Payment',
        status: 'DEFERRED',
        postedAt: '2026-10-31T16:00:00Z',
        orderId: '202-1',
        shipmentId: 'D1',
        groupId: null,
        settlementId: null,
        releases: null,
        releasedBy: null,
        maturesAt: '2026-11-09T16:00:00Z',
        marketplaceName: 'Amazon.co.uk',
        fulfilledBy: 'AMAZON',
        currency: 'GBP',
        total: 1800n,
        parts: [
          { path: 'ProductCharges/OurPricePrincipal', amount: 2500n, ...mug },
          { path: 'AmazonFees/Commission/Base', amount: -583n, ...mug },
          { path: 'AmazonFees/Commission/Tax', amount: -117n, ...mug },
        ],
      },
    ]);
  });

  test('of a reimbursement has its own breakdowns, since those of its item are null', () => {
    // Issue 4993 of the models' repository: an item with null breakdowns, identifiers and network.
    const { transactions, drift } = read({
      ...head,
      transactionType: 'FBAInventoryReimbursement',
      transactionStatus: null,
      totalAmount: money(6.22),
      relatedIdentifiers: [{ relatedIdentifierName: 'FINANCIAL_EVENT_GROUP_ID', relatedIdentifierValue: 'G1' }],
      items: [
        {
          breakdowns: null,
          relatedIdentifiers: null,
          totalAmount: money(6.22),
          contexts: [
            { contextType: 'ProductContext', sku: 'HMDPS10088', quantityShipped: 1, fulfillmentNetwork: null },
          ],
        },
      ],
      breakdowns: [{ ...node('FBAInventoryReimbursement', 6.22), breakdowns: null }],
    });
    expect(drift).toEqual([]);
    expect(transactions).toMatchObject([
      {
        status: 'RELEASED',
        orderId: null,
        groupId: 'G1',
        fulfilledBy: null,
        parts: [{ path: 'FBAInventoryReimbursement', amount: 622n, sku: null }],
      },
    ]);
  });

  test('whose parts do not come to its total has a rest; one in another currency is none of them', () => {
    const { transactions, drift } = read({
      ...head,
      breakdowns: [{ ...node('Sales', 20), breakdownAmount: money(20, 'EUR') }, node('Expenses', -2)],
    });
    expect(transactions[0]?.parts.map(({ path, amount }) => [path, amount])).toEqual([
      ['Expenses', -200n],
      ['(rest)', 2000n],
    ]);
    expect(drift).toEqual([{ where: 'transaction.breakdowns', what: 'an amount in EUR of a total in GBP' }]);
  });

  test('that cannot be read is noted, and holds up none of the others', () => {
    const { transactions, drift, unread } = read(
      { ...head, transactionId: 'T0', postedDate: 'yesterday' },
      { ...head, transactionId: 'T2', totalAmount: null },
      head,
    );
    expect(transactions.map(({ transactionId }) => transactionId)).toEqual(['T1']);
    expect(drift.map(({ what }) => what)).toEqual(['T2 has no total and is left out']);
    expect(unread).toMatchObject([
      { record: 'transaction', id: 'T0', field: 'postedDate', text: 'yesterday', why: '"yesterday" is not an instant' },
    ]);
  });
});

describe('the all-orders report', () => {
  const header =
    'purchase-date\tamazon-order-id\torder-status\tfulfillment-channel\tsales-channel\tship-city\tquantity\tcurrency\titem-price\titem-status\tcpf';
  const text = [
    header,
    '2026-10-05T16:00:00+00:00\t114-1\tShipped\tAmazon\tAmazon.de\tUlm\t2\tEUR\t25,90\tShipped\t',
    '2026-10-06T16:00:00+00:00\t114-2\tPending\tMerchant\tAmazon.de\tUlm\t1\t\t\tUnshipped\t',
    'yesterday\t114-3\tShipped\tAmazon\tAmazon.de\tUlm\t1\tEUR\t1.00\tShipped\t',
    '2026-10-06T16:00:00+00:00\t114-4\tShipped\tAmazon\tAmazon.de\tUlm\t1\tEUR\tmuch\tShipped\t',
    '2026-10-06T16:00:00+00:00\t114-5\tShipped\tPost\tAmazon.de\tUlm\t1\tEUR\t1.00\tShipped\t',
    '',
  ].join('\n');

  test('is read by the names of its columns; a bad row stands aside, and nothing of a person is kept', async () => {
    const read = await readAllOrders(Readable.from([Buffer.from(text)]));
    expect(read.rows).toEqual([
      {
        orderId: '114-1',
        purchasedAt: '2026-10-05T16:00:00Z',
        status: 'Shipped',
        fulfilledBy: 'AMAZON',
        salesChannel: 'Amazon.de',
        itemStatus: 'Shipped',
        units: 2,
        currency: 'EUR',
        itemPrice: 2590n,
      },
      expect.objectContaining({ orderId: '114-2', fulfilledBy: 'MERCHANT', currency: null, itemPrice: null }),
    ]);
    expect(read.refused.map(({ line, column, text: cell }) => [line, column, cell])).toEqual([
      [4, 'purchase-date', 'yesterday'],
      [5, 'item-price', 'much'],
      [6, 'fulfillment-channel', 'Post'],
    ]);
    expect(read.sha256).toBe(createHash('sha256').update(text).digest('hex'));
    expect(JSON.stringify(read.rows, (_, value: unknown) => (typeof value === 'bigint' ? '' : value))).not.toContain(
      'Ulm',
    );
  });
  test('without a column that it needs is none', async () => {
    await expect(readAllOrders(Readable.from([Buffer.from('amazon-order-id\tsku\n')]))).rejects.toThrow(
      'columns are missing',
    );
  });
});
