import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startAt } from './started-simulator.ts';
import type { Started } from './started-simulator.ts';
import { order, smallWorld } from './small-world.ts';
import { seededNumber } from '../../../src/simulators/amazon/seeded.ts';

interface Breakdown {
  breakdownType: string;
  breakdownAmount: { currencyAmount: number };
  breakdowns: Breakdown[];
}
interface Transaction {
  transactionId: string;
  transactionType: string;
  transactionStatus: string;
  postedDate: string;
  description: string;
  totalAmount: { currencyAmount: number };
  relatedIdentifiers: { relatedIdentifierName: string; relatedIdentifierValue: string }[];
  items: { breakdowns: Breakdown[]; contexts: object[]; relatedIdentifiers: { itemRelatedIdentifierName: string }[] }[];
}
interface Answer {
  payload: { transactions: Transaction[]; nextToken?: string };
}

const TRANSACTIONS = '/finances/2024-06-19/transactions';
const GROUPS = '/finances/v0/financialEventGroups';
let started: Started;
beforeEach(async () => {
  started = await startAt('2026-03-10T08:00:00Z', { world: smallWorld() });
});
afterEach(() => started.simulator.close());

describe('listTransactions', () => {
  test('shows a refund only when it is published, here 47 hours after it was posted', async () => {
    const refunds = async (): Promise<Transaction[]> =>
      (await started.json<Answer>(`${TRANSACTIONS}?postedAfter=2026-03-08T00:00:00Z`)).payload.transactions.filter(
        ({ transactionType }) => transactionType === 'Refund',
      );
    expect(await refunds()).toEqual([]);
    started.at('2026-03-10T09:00:00Z');
    expect((await refunds()).map(({ postedDate }) => postedDate)).toEqual(['2026-03-08T09:30:00Z']);
  });

  test('tells a refund by kinds, in numbers of exactly these digits', async () => {
    started.at('2026-03-16T00:00:00Z');
    const response = await started.get(
      `${TRANSACTIONS}?relatedIdentifierName=ORDER_ID&relatedIdentifierValue=111-0000001-0000001`,
    );
    const text = await response.text();
    expect(text).toContain('"currencyAmount":-30.00');
    const refund = (JSON.parse(text) as Answer).payload.transactions.find(
      ({ transactionType }) => transactionType === 'Refund',
    );
    expect(refund).toMatchObject({
      description: 'Refund Order',
      transactionStatus: 'RELEASED',
      totalAmount: { currencyAmount: -23.9, currencyCode: 'USD' },
    });
    expect(refund?.relatedIdentifiers).toEqual([
      { relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: '111-0000001-0000001' },
      { relatedIdentifierName: 'REFUND_ID', relatedIdentifierValue: expect.any(String) },
      { relatedIdentifierName: 'FINANCIAL_EVENT_GROUP_ID', relatedIdentifierValue: 'GRP70001' },
      { relatedIdentifierName: 'SETTLEMENT_ID', relatedIdentifierValue: '70001' },
    ]);
    const [first] = refund?.items ?? [];
    expect(
      first?.breakdowns.map(({ breakdownType, breakdownAmount, breakdowns }) => [
        breakdownType,
        breakdownAmount.currencyAmount,
        breakdowns.map((leaf) => leaf.breakdownType),
      ]),
    ).toEqual([
      ['ProductCharges', -30, ['OurPricePrincipal']],
      ['PromoRebates', 2.5, ['PromotionAmount']],
      ['Tax', -2.1, ['OurPriceTax']],
      ['TaxWithheld', 2.1, ['MarketplaceFacilitatorTax-Principal']],
      ['AmazonFees', 3.6, ['Commission', 'RefundCommission']],
    ]);
    expect(first?.contexts).toEqual([
      { contextType: 'ProductContext', asin: 'B000000001', sku: 'MUG', quantityShipped: 1, fulfillmentNetwork: 'AFN' },
    ]);
    expect(first?.relatedIdentifiers).toEqual([
      { itemRelatedIdentifierName: 'ORDER_ADJUSTMENT_ITEM_ID', itemRelatedIdentifierValue: expect.any(String) },
    ]);
  });

  test('a window of more than 180 days is empty, not an error', async () => {
    started.at('2026-03-16T00:00:00Z');
    const long = await started.get(`${TRANSACTIONS}?postedAfter=2025-09-10T00:00:00Z`);
    expect(long.status).toBe(200);
    expect(await long.json()).toEqual({ payload: { transactions: [] } });
    expect(
      (await started.json<Answer>(`${TRANSACTIONS}?postedAfter=2025-09-20T00:00:00Z`)).payload.transactions.length,
    ).toBeGreaterThan(0);
  });

  test.each([
    ['no window', ''],
    ['an end a minute ago', '?postedAfter=2026-03-01T00:00:00Z&postedBefore=2026-03-10T07:59:00Z'],
    ['a window that ends before it begins', '?postedAfter=2026-03-02T00:00:00Z&postedBefore=2026-03-01T00:00:00Z'],
    [
      'a related identifier that cannot be searched',
      '?relatedIdentifierName=SETTLEMENT_ID&relatedIdentifierValue=70001',
    ],
    ['a status that does not exist', '?postedAfter=2026-03-01T00:00:00Z&transactionStatus=Released'],
  ])('refuses %s', async (_, query) => {
    const response = await started.get(`${TRANSACTIONS}${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ code: 'InvalidInput' }] });
  });

  test('between full pages comes an empty one that still has a token', async () => {
    const refund = smallWorld().refunds[0];
    if (!refund) throw new Error('the small world has a refund');
    const refunds = Array.from({ length: 120 }, (_, index) => ({
      ...refund,
      transactionId: `R-${String(index).padStart(3, '0')}`,
    }));
    const own = await startAt('2026-03-16T00:00:00Z', {
      world: smallWorld({ refunds, shipments: [], settlements: [] }),
    });
    const query = `${TRANSACTIONS}?postedAfter=2026-03-01T00:00:00Z`;
    const sizes: number[] = [];
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const { payload } = await own.json<Answer>(token === undefined ? query : `${query}&nextToken=${token}`);
      sizes.push(payload.transactions.length);
      seen.push(...payload.transactions.map(({ transactionId }) => transactionId));
      token = payload.nextToken;
    } while (token !== undefined);
    expect(sizes).toEqual([50, 0, 50, 20]);
    expect(seen).toEqual(refunds.map(({ transactionId }) => transactionId));
    await own.simulator.close();
  });

  test('a deferred payment turns DEFERRED_RELEASED, beside the record that releases it', async () => {
    const orderId =
      Array.from({ length: 500 }, (_, index) => `111-0000001-${String(index).padStart(7, '0')}`).find(
        (id) => seededNumber(`deferred ${id}`, 25) === 0,
      ) ?? '';
    const world = smallWorld({
      orders: [order(orderId)],
      refunds: [],
      settlements: [],
      shipments: smallWorld().shipments.map((shipment) => ({ ...shipment, orderId })),
    });
    const own = await startAt('2026-03-04T00:00:00Z', { world });
    const told = async (): Promise<Transaction[]> =>
      (await own.json<Answer>(`${TRANSACTIONS}?postedAfter=2026-03-01T00:00:00Z`)).payload.transactions;
    const [before] = await told();
    expect(await told()).toHaveLength(1);
    expect(before?.transactionStatus).toBe('DEFERRED');
    own.at('2026-03-12T10:02:01Z');
    const after = await told();
    expect(after.map(({ transactionStatus }) => transactionStatus)).toEqual(['DEFERRED_RELEASED', 'RELEASED']);
    expect(after[0]?.relatedIdentifiers).toContainEqual({
      relatedIdentifierName: 'RELEASE_TRANSACTION_ID',
      relatedIdentifierValue: after[1]?.transactionId,
    });
    expect(after[1]?.relatedIdentifiers).toContainEqual({
      relatedIdentifierName: 'DEFERRED_TRANSACTION_ID',
      relatedIdentifierValue: before?.transactionId,
    });
    await own.simulator.close();
  });
});

describe('financial event groups', () => {
  async function group(): Promise<Record<string, unknown>> {
    const { payload } = await started.json<{ payload: { FinancialEventGroupList: Record<string, unknown>[] } }>(
      `${GROUPS}?FinancialEventGroupStartedAfter=2026-02-01T00:00:00Z`,
    );
    expect(payload.FinancialEventGroupList).toHaveLength(1);
    return payload.FinancialEventGroupList[0] ?? {};
  }

  test("are open without an end or a transfer, then closed with the report's total", async () => {
    const open = await group();
    expect(open).toEqual({
      FinancialEventGroupId: 'GRP70001',
      ProcessingStatus: 'Open',
      FinancialEventGroupStart: '2026-03-01T08:00:00Z',
      BeginningBalance: { CurrencyCode: 'USD', CurrencyAmount: -3.1 },
      OriginalTotal: { CurrencyCode: 'USD', CurrencyAmount: -3.1 },
    });
    started.at('2026-03-15T08:00:00Z');
    expect(await group()).toMatchObject({
      ProcessingStatus: 'Closed',
      FundTransferStatus: 'Processing',
      FinancialEventGroupEnd: '2026-03-15T07:00:00Z',
      OriginalTotal: { CurrencyAmount: 24 },
      TraceId: '021000099887766',
      AccountTail: '6017',
    });
    started.at('2026-03-17T15:00:00Z');
    expect(await group()).toMatchObject({ FundTransferStatus: 'Successful', FundTransferDate: '2026-03-15T07:05:00Z' });
  });

  test('have no settlement id', async () => {
    started.at('2026-03-20T00:00:00Z');
    expect(JSON.stringify(await group())).not.toContain('"70001"');
  });
});
