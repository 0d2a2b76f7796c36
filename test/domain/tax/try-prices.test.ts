/** Prices of a marketplace tried on settled sales. By hand: 120.00 with 20.00 of VAT in it, settled as 100.00 and 20.00. */
import { describe, expect, test } from '@jest/globals';
import type { OrderFact, ShipmentFact } from '../../../src/domain/orders/order-facts.ts';
import { POSTING_MODES } from '../../../src/domain/posting-modes/posting-modes.ts';
import { explainInARow, explainUnproven, renderTrial } from '../../../src/domain/tax/explain-prices.ts';
import { tryPrices, verdictOf, type PriceReading, type SettledSale } from '../../../src/domain/tax/try-prices.ts';
import type { TaxPolicy } from '../../../src/domain/tax/tax-policy.ts';

const GB: TaxPolicy = {
  jurisdiction: 'GB',
  registrations: ['GB'],
  rates: { GB: { standard: 2000n } },
  classes: {},
  prices: 'inclusive',
  collects: 'order',
  calculatedBy: 'amazon',
};

type Row = [amountType: string, amountDescription: string, role: SettledSale['rows'][number]['role'], amount: bigint];
const PRINCIPAL = (amount: bigint): Row => ['ItemPrice', 'Principal', 'product-sales', amount];
const TAX = (amount: bigint): Row => ['ItemPrice', 'Tax', 'marketplace-tax', amount];
const WITHHELD = (amount: bigint): Row => [
  'ItemWithheldTax',
  'MarketplaceFacilitatorVAT-Principal',
  'marketplace-tax',
  -amount,
];

interface Told {
  price: bigint;
  tax: bigint;
  amazonCollects?: boolean;
  shipTo?: string;
}

let sold = 0;
function sale({ price, tax, amazonCollects = false, shipTo }: Told, ...rows: Row[]): SettledSale {
  sold += 1;
  const orderId = `202-${String(sold).padStart(7, '0')}-0000001`;
  const at = `2026-10-${String((sold % 20) + 1).padStart(2, '0')}T12:00:00Z`;
  const item = { orderItemId: '1', sku: 'POT', quantity: 1 };
  const order: OrderFact = {
    orderId,
    purchasedAt: at,
    updatedAt: at,
    status: 'SHIPPED',
    fulfilledBy: 'AMAZON',
    channel: 'AMAZON',
    marketplaceId: 'A1F83G8C2ARO7P',
    marketplaceName: 'Amazon.co.uk',
    currency: 'GBP',
    replaces: null,
    amazonCollectsTax: amazonCollects,
    items: [
      {
        ...item,
        asin: null,
        amounts: { principal: price },
        ...(amazonCollects ? { amazonCollects: true as const } : {}),
      },
    ],
  };
  const shipment: ShipmentFact = {
    orderId,
    shipmentId: 'D1',
    shippedAt: at,
    marketplaceName: 'Amazon.co.uk',
    currency: 'GBP',
    ...(shipTo === undefined ? {} : { shipTo }),
    items: [{ ...item, amounts: { principal: price }, ...(tax === 0n ? {} : { taxes: { principal: tax } }) }],
  };
  return {
    order,
    shipments: [shipment],
    rows: rows.map(([amountType, amountDescription, role, amount]) => ({
      amountType,
      amountDescription,
      role,
      amount,
    })),
    settledAt: at,
    foundAt: '2026-11-04T00:00:00Z',
  };
}

const many = (count: number, made: () => SettledSale) => Array.from({ length: count }, made);
const bill = POSTING_MODES.invoice.sale.bill.plan;
const tried = (sales: SettledSale[], reading: Partial<PriceReading & TaxPolicy> = {}, since: string | null = null) =>
  tryPrices(sales, { ...GB, ...reading }, bill, since);

const taxed = () => sale({ price: 12000n, tax: 2000n }, PRINCIPAL(10000n), TAX(2000n));
const ofAmazon = () =>
  sale({ price: 12000n, tax: 2000n, amazonCollects: true }, PRINCIPAL(10000n), TAX(2000n), WITHHELD(2000n));

describe('prices that hold their tax', () => {
  test('agree with twenty sales, and are proven', () => {
    const trial = tried([...many(15, taxed), ...many(5, ofAmazon)]);
    expect(trial).toMatchObject({ taxed: 20, agree: 20, better: null, inARow: [] });
    expect(verdictOf(trial)).toBe('proven');
    expect(explainUnproven('amazon.co.uk', trial)).toBeNull();
  });
  test('with nineteen are asked for, however many sales carry no tax', () => {
    const untaxed = () => sale({ price: 5000n, tax: 0n, shipTo: 'CH' }, PRINCIPAL(5000n));
    const trial = tried([...many(19, taxed), ...many(30, untaxed)]);
    expect(verdictOf(trial)).toBe('few');
    expect(explainUnproven('amazon.co.uk', trial)).toMatchObject({
      what: 'amazon.co.uk: 19 of 19 settled sales with tax agree to the cent with prices: inclusive, collects: order, calculatedBy: amazon; 20 are needed',
      remedy: { kind: 'confirm-prices', marketplace: 'amazon.co.uk' },
    });
  });
  test('read as prices without tax agree with none, and the setting that would is named', () => {
    const trial = tried(many(25, taxed), { prices: 'exclusive' });
    expect(trial).toMatchObject({
      taxed: 25,
      agree: 0,
      better: { reading: { prices: 'inclusive' }, agree: 25, of: 25 },
    });
    expect(explainUnproven('amazon.co.uk', trial)?.remedy).toEqual({
      kind: 'set-up',
      where: 'Set prices: inclusive for amazon.co.uk and start again',
    });
    expect(renderTrial(trial)).toContain('; with prices: inclusive 25 of 25 would');
  });
  test('a cent of the net is no agreement', () => {
    expect(tried(many(25, () => sale({ price: 12000n, tax: 2000n }, PRINCIPAL(10001n), TAX(1999n))))).toMatchObject({
      taxed: 25,
      agree: 0,
      inARow: [],
    });
  });
});

test('prices without tax that are read as if they held it are named', () => {
  const exclusive = () => sale({ price: 10000n, tax: 2000n }, PRINCIPAL(10000n), TAX(2000n));
  expect(tried(many(25, exclusive)).better).toMatchObject({ reading: { prices: 'exclusive' }, agree: 25 });
  // Four among many that are right: no setting is better, and each is named by itself once it is settled.
  const some = tried([...many(21, taxed), ...many(4, exclusive)]);
  expect([some.agree, some.better, verdictOf(some)]).toEqual([21, null, 'proven']);
});

test('a collector that the orders do not tell is named', () => {
  const withheld = () => sale({ price: 12000n, tax: 2000n }, PRINCIPAL(10000n), TAX(2000n), WITHHELD(2000n));
  const trial = tried([...many(22, withheld), taxed()]);
  expect(trial).toMatchObject({ taxed: 23, agree: 1, better: { reading: { collects: 'amazon' }, agree: 22, of: 23 } });
  expect(verdictOf(trial)).toBe('differs');
  // Said to be the seller's, while the order says Amazon's.
  const handed = () => sale({ price: 12000n, tax: 2000n, amazonCollects: true }, PRINCIPAL(10000n), TAX(2000n));
  expect(tried(many(20, handed)).better).toMatchObject({ reading: { collects: 'seller' }, agree: 20 });
  // Nobody may set what the configuration refuses.
  expect(tried(many(20, handed), { registrations: [] }).better).toBeNull();
});

describe('where Amazon tells no tax', () => {
  const gross = () => sale({ price: 12000n, tax: 0n }, PRINCIPAL(12000n));
  test('of any home sale, the seller who owes it there is asked who calculates it', () => {
    const trial = tried(many(30, gross));
    expect([trial.taxed, trial.untaxedAtHome, verdictOf(trial)]).toEqual([0, 30, 'untaxed']);
    expect(explainUnproven('amazon.co.uk', trial)?.remedy).toMatchObject({
      kind: 'confirm-prices',
      first: expect.stringContaining('calculatedBy: rates'),
    });
  });
  test('it is worked out by the rates, and proven by the totals', () => {
    const trial = tried(many(30, gross), { calculatedBy: 'rates' });
    expect([trial.taxed, trial.agree, verdictOf(trial)]).toEqual([30, 30, 'proven']);
    const exclusive = tried(many(30, gross), { calculatedBy: 'rates', prices: 'exclusive' });
    expect([exclusive.agree, verdictOf(exclusive)]).toEqual([0, 'few']);
  });
  test('rates that Amazon calculates after all are named, where they differ', () => {
    const otherRate = () => sale({ price: 12000n, tax: 2100n }, PRINCIPAL(9900n), TAX(2100n));
    expect(tried(many(20, otherRate), { calculatedBy: 'rates' }).better).toMatchObject({
      reading: { calculatedBy: 'amazon' },
      agree: 20,
    });
  });
});

describe('three in a row that Amazon settled by other rules', () => {
  const withheld = () => sale({ price: 12000n, tax: 2000n }, PRINCIPAL(10000n), TAX(2000n), WITHHELD(2000n));
  const split = () => sale({ price: 12000n, tax: 2000n }, PRINCIPAL(10100n), TAX(1900n));
  const inOrder = (...sales: SettledSale[]) =>
    sales.map((one, index) => ({ ...one, settledAt: `2026-11-01T00:00:${String(index).padStart(2, '0')}Z` }));
  test('are named; two are not, nor three with one between', () => {
    const three = inOrder(taxed(), withheld(), split(), withheld());
    expect(tried(three).inARow).toEqual(three.slice(1).map(({ order }) => order.orderId));
    expect(explainInARow('amazon.co.uk', tried(three))?.what).toContain('3 settled sales in a row differ');
    expect(tried(inOrder(withheld(), split(), taxed(), withheld(), split())).inARow).toEqual([]);
  });
  test('are none where they were known when a person confirmed the prices', () => {
    const three = inOrder(withheld(), split(), withheld());
    expect(tried(three, {}, '2026-11-04T00:00:00Z').inARow).toEqual([]);
    expect(tried(three, {}, '2026-11-03T23:59:59Z').inARow).toHaveLength(3);
  });
  test('are none where the rest of the sale is not settled yet', () => {
    const part = () => sale({ price: 12000n, tax: 2000n }, PRINCIPAL(5000n), TAX(1000n));
    expect(tried(inOrder(part(), part(), part())).inARow).toEqual([]);
  });
});
