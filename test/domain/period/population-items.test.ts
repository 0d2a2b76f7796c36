/** Orders, dispatches, sales and refunds of a month beside what Amazon tells of them: each in each of its states. */
import { describe, expect, test } from '@jest/globals';
import type { FinanceTransaction } from '../../../src/domain/period/finance-transaction.ts';
import { dayIn } from '../../../src/domain/money/instant.ts';
import { dispatchesItem, type DispatchedShipment } from '../../../src/domain/period/items/dispatches.ts';
import { ordersItem, type BoughtOrder } from '../../../src/domain/period/items/orders.ts';
import {
  refundsItem,
  refundsOfMonth,
  type RefundsFacts,
  type ToldRefund,
} from '../../../src/domain/period/items/refunds.ts';
import { salesByDay } from '../../../src/domain/period/items/sales-by-day.ts';
import { salesItem, type BilledShipment } from '../../../src/domain/period/items/sales.ts';

/** Two days after October. */
const UNTIL = '2026-11-03T00:00:00Z';
const LATER = '2026-11-04T00:00:00Z';
const EARLIER = '2026-11-02T23:59:59Z';

describe('orders', () => {
  const order = (standing: BoughtOrder['standing'], status = 'Shipped', cause: string | null = null): BoughtOrder => ({
    orderId: `${standing} ${status}`,
    status,
    standing,
    cause,
  });
  const of = (bought: BoughtOrder[] | null, now = LATER) => ordersItem({ bought, until: UNTIL, now })[0]!;

  test('wait until the report of the month was read, also long after it', () => {
    expect(of(null)).toMatchObject({ state: 'waits', until: UNTIL });
  });
  test('tie where each is ordered, cancelled, of others or pending', () => {
    const figure = of([
      order('ordered'),
      order('unknown', 'Cancelled'),
      order('waits', 'Canceled'),
      order('left-alone'),
      order('unknown', 'Pending'),
    ]);
    expect(figure).toMatchObject({ state: 'ties', figure: 5n, difference: 0n, until: null });
    expect(figure.population).toBe("5 orders of Amazon's report: 1 ordered, 2 cancelled, 1 of others, 1 pending");
  });
  test('an order of others that is pending is counted once', () => {
    expect(of([order('left-alone', 'Pending')]).population).toMatch('1 of others, 0 pending');
  });
  test('the figure is that of the report: a pending order that Amazon releases later changes nothing signed', () => {
    expect(of([order('waits', 'Pending')]).figure).toBe(of([order('ordered', 'Pending')]).figure);
  });
  test.each(['waits', 'unknown'] as const)('one that %s is open', (standing) => {
    expect(of([order(standing), order('ordered')])).toMatchObject({ state: 'open', difference: 1n });
  });
  test('two days long Amazon may still tell one', () => {
    expect(of([order('unknown')], EARLIER)).toMatchObject({ state: 'waits', until: UNTIL });
  });
  test('several that one SKU holds up have one cause', () => {
    const causes = of([order('waits', 'Shipped', 'sku X'), order('waits', 'Unshipped', 'sku X')]).open;
    expect(causes.map(({ cause }) => cause)).toEqual(['sku X', 'sku X']);
  });
  test('a month without orders ties, once its report was read', () => {
    expect(of([])).toMatchObject({ state: 'ties', figure: 0n });
  });
});

describe('dispatches', () => {
  const shipment = (changes: Partial<DispatchedShipment>): DispatchedShipment => ({
    orderId: '114-1',
    shipment: 'D1',
    units: 3,
    fulfilment: 'AMZ_us_IF_114-1-D1_1',
    held: 3,
    cause: null,
    ...changes,
  });
  const of = (
    shipments: DispatchedShipment[],
    { finances = ['114-1'], shipped = ['114-1'] }: { finances?: string[]; shipped?: string[] } = {},
  ) => dispatchesItem({ shipments, finances: new Set(finances), shipped: new Set(shipped) })[0]!;

  test('tie shipment by shipment', () => {
    expect(of([shipment({})])).toMatchObject({ state: 'ties', figure: 1n, difference: 0n });
  });
  test('one without a fulfilment is open', () => {
    expect(of([shipment({ fulfilment: null, held: null, cause: 'sku X' })])).toMatchObject({
      state: 'open',
      figure: 0n,
      difference: 1n,
      open: [{ cause: 'sku X' }],
    });
  });
  test('units that NetSuite holds otherwise are open, also where another shipment makes up for them', () => {
    const figure = of([
      shipment({ held: 2 }),
      shipment({ shipment: 'D2', fulfilment: 'AMZ_us_IF_114-1-D2_1', held: 4 }),
    ]);
    expect(figure).toMatchObject({ state: 'open', difference: 2n });
  });
  test('a fulfilment that NetSuite no longer has holds nothing', () => {
    expect(of([shipment({ held: 0 })]).state).toBe('open');
  });
  test('one fulfilment is of one shipment', () => {
    expect(of([shipment({}), shipment({ shipment: 'D2' })])).toMatchObject({
      state: 'open',
      figure: 1n,
      difference: 1n,
      open: [{ what: 'AMZ_us_IF_114-1-D1_1 stands for shipment D2 of order 114-1 and for another' }],
    });
  });
  test('units of a SKU that is not mapped are no units that agree', () => {
    const figure = of([shipment({ units: null, held: null })]);
    expect(figure.state).toBe('open');
    expect(figure.open[0]!.what).toBe('shipment D1 of order 114-1: how many units its SKUs are is not known');
  });
  test('what Finances tells and the report does not is open', () => {
    expect(of([shipment({})], { finances: ['114-1', '114-2'] })).toMatchObject({
      state: 'open',
      difference: 1n,
      open: [{ cause: 'order 114-2' }],
    });
  });
  test('an order shipped a day before the month, which Finances tells in it, is none', () => {
    expect(of([], { finances: ['114-2'], shipped: ['114-2'] }).state).toBe('ties');
  });
  test('the other way round, a replacement, it is counted', () => {
    const figure = of([shipment({})], { finances: [] });
    expect(figure).toMatchObject({ state: 'ties' });
    expect(figure.population).toBe('0 orders that Finances tells as shipped; 1 that the report alone tells');
  });
  describe('while Finances was not read up to two days after the month', () => {
    const read = (toldUpTo: string | null, shipments = [shipment({})]) =>
      dispatchesItem({ shipments, finances: new Set(), shipped: new Set(), toldUpTo, until: UNTIL })[0]!;
    test.each([null, '2026-10-20T00:00:00Z', EARLIER])('nothing ties: read up to %s', (toldUpTo) => {
      expect(read(toldUpTo)).toMatchObject({ state: 'waits', until: UNTIL });
      expect(read(toldUpTo, [])).toMatchObject({ state: 'waits', until: UNTIL });
    });
    test('what is open is open, so that nobody waits for the month to end', () => {
      expect(read(null, [shipment({ fulfilment: null })])).toMatchObject({ state: 'open', until: null });
    });
    test('from then on it ties', () => expect(read(UNTIL).state).toBe('ties'));
  });
});

describe('sales', () => {
  const sale = (changes: Partial<BilledShipment>): BilledShipment => ({
    orderId: '114-1',
    shipment: 'D1',
    marketplace: 'Amazon.com',
    day: '2026-10-28',
    currency: 'USD',
    report: 6599n,
    netsuite: 6599n,
    movedTo: null,
    cause: null,
    ...changes,
  });
  const of = (...shipments: BilledShipment[]) => salesItem({ shipments });

  test('the worked example: 65.99 = 65.00 + 5.99 − 5.00 on both sides', () => {
    expect(of(sale({ report: 6500n + 599n - 500n }))).toMatchObject([
      {
        currency: 'USD',
        state: 'ties',
        figure: 6599n,
        difference: 0n,
        population: "1 shipment, by Amazon's report 65.99 USD",
      },
    ]);
  });
  test('without an invoice it is open by all of it', () => {
    expect(of(sale({ netsuite: null }))).toMatchObject([{ state: 'open', figure: 0n, difference: -6599n }]);
  });
  test('a sale of nothing wants its invoice too', () => {
    expect(of(sale({ report: 0n, netsuite: null }))).toMatchObject([{ state: 'open', difference: 0n }]);
    expect(of(sale({ report: 0n, netsuite: 0n }))).toMatchObject([{ state: 'ties' }]);
  });
  test('two that make up for each other are both open', () => {
    const [figure] = of(sale({ netsuite: 7099n }), sale({ orderId: '114-2', netsuite: 6099n }));
    expect(figure).toMatchObject({ state: 'open', difference: 1000n });
    expect(figure!.open.map(({ amount }) => amount)).toEqual([500n, -500n]);
  });
  test('one whose price cannot be read is open, whatever was billed', () => {
    expect(of(sale({ report: null }))).toMatchObject([{ state: 'open', difference: 6599n }]);
    expect(of(sale({ report: null, netsuite: 0n }))).toMatchObject([{ state: 'open' }]);
  });
  test('a sale below zero is invoice and memo together', () => {
    expect(of(sale({ report: -500n, netsuite: -500n }))).toMatchObject([{ state: 'ties', figure: -500n }]);
    expect(of(sale({ report: -500n, netsuite: 0n }))).toMatchObject([{ state: 'open', difference: 500n }]);
  });
  test('one that is booked in another month is named and ties in its own', () => {
    const [figure] = of(sale({ movedTo: '2026-11-01' }));
    expect(figure).toMatchObject({ state: 'ties', figure: 6599n });
    expect(figure!.named[0]!.what).toBe('shipment D1 of order 114-1 is booked on 2026-11-01');
  });
  test('nothing is added across currencies', () => {
    expect(of(sale({ netsuite: 6099n }), sale({ currency: 'CAD', netsuite: 7099n }))).toMatchObject([
      { currency: 'CAD', state: 'open', difference: 500n },
      { currency: 'USD', state: 'open', difference: -500n },
    ]);
  });
  test('by currency, marketplace and day they come to the figure of the item', () => {
    const shipments = [
      sale({}),
      // 65.99 + 40.00 on the 28th, of which 40.00 is booked in November; 5.00 less on the 29th, 7.00 nobody can read there.
      sale({ orderId: '114-2', report: 4000n, netsuite: 4000n, movedTo: '2026-11-01' }),
      sale({ orderId: '114-3', day: '2026-10-29', report: 2000n, netsuite: 1500n }),
      sale({ orderId: '114-4', day: '2026-10-29', report: null, netsuite: 700n }),
      sale({ orderId: '114-5', marketplace: 'Amazon.ca', currency: 'CAD', report: 900n, netsuite: null }),
    ];
    const lines = salesByDay(shipments);
    expect(lines).toEqual([
      {
        currency: 'CAD',
        marketplace: 'Amazon.ca',
        day: '2026-10-28',
        shipments: 1,
        unproven: 0,
        report: 900n,
        netsuite: 0n,
        moved: 0n,
        difference: -900n,
      },
      {
        currency: 'USD',
        marketplace: 'Amazon.com',
        day: '2026-10-28',
        shipments: 2,
        unproven: 0,
        report: 10599n,
        netsuite: 10599n,
        moved: 4000n,
        difference: 0n,
      },
      {
        currency: 'USD',
        marketplace: 'Amazon.com',
        day: '2026-10-29',
        shipments: 2,
        unproven: 1,
        report: 2000n,
        netsuite: 2200n,
        moved: 0n,
        difference: 200n,
      },
    ]);
    const [cad, usd] = of(...shipments);
    expect([cad!.figure, cad!.difference]).toEqual([0n, -900n]);
    // 5.00 less and 7.00 more: neither makes up for the other.
    expect([usd!.figure, usd!.difference]).toEqual([12799n, 1200n]);
  });
  test('a month without any ties only once Amazon was read', () => {
    expect(salesItem({ shipments: [], toldUpTo: EARLIER, until: UNTIL })).toMatchObject([{ state: 'waits' }]);
    expect(salesItem({ shipments: [], toldUpTo: UNTIL, until: UNTIL })).toEqual([]);
    expect(salesItem({ shipments: [sale({})], toldUpTo: null, until: UNTIL })).toMatchObject([{ state: 'waits' }]);
  });
});

describe('refunds', () => {
  // 31 October 23:30 UTC is the 1st of November in Berlin and the 31st in London and Seattle; 1 November 05:00 UTC in Seattle too.
  test.each([
    ['2026-10-31T23:30:00Z', 'Europe/Berlin', ['2026-11']],
    ['2026-10-31T23:30:00Z', 'Europe/London', ['2026-10']],
    ['2026-11-01T05:00:00Z', 'America/Los_Angeles', ['2026-10']],
    ['2026-11-01T05:00:00Z', 'Europe/London', ['2026-11']],
  ])('one of %s in %s is of the month of its memo alone', (postedAt, zone, months) => {
    const told = { type: 'Refund', releases: null, postedAt } as FinanceTransaction;
    const released = { ...told, releases: 'T0' };
    const of = (period: string) => refundsOfMonth([told, released], period, (one) => dayIn(one.postedAt, zone));
    expect(['2026-10', '2026-11'].filter((period) => of(period).length === 1)).toEqual(months);
  });
  const memo = (amount: bigint, day = '2026-10-20', key = '114-1-20261020T100000') => ({
    externalId: `AMZ_us_CM_${key}_1`,
    amount,
    day,
  });
  const refund = (changes: Partial<ToldRefund>): ToldRefund => ({
    transactionId: 'T1',
    orderId: '114-1',
    day: '2026-10-20',
    currency: 'USD',
    amount: 2500n,
    leftAlone: false,
    memo: memo(2500n),
    cause: null,
    ...changes,
  });
  const of = (refunds: ToldRefund[], changes: Partial<RefundsFacts> = {}) =>
    refundsItem({ refunds, unpaid: [], lastDay: '2026-10-31', until: UNTIL, now: LATER, ...changes });

  test('tie with a memo of equal amount', () => {
    expect(of([refund({})])).toMatchObject([{ state: 'ties', figure: 2500n, difference: 0n }]);
  });
  test('without a memo one is open by all of it', () => {
    expect(of([refund({ memo: null })])).toMatchObject([{ state: 'open', figure: 0n, difference: -2500n }]);
  });
  test('two days long Amazon or we may still make it', () => {
    expect(of([refund({ memo: null })], { now: EARLIER })).toMatchObject([{ state: 'waits', until: UNTIL }]);
  });
  test('a memo of another amount is open, and is not made up for by a missing one', () => {
    const [figure] = of([refund({ memo: memo(5000n) }), refund({ transactionId: 'T2', orderId: '114-2', memo: null })]);
    expect(figure).toMatchObject({ state: 'open', difference: 5000n });
    expect(figure!.open).toHaveLength(2);
  });
  test('several transactions of one refund are held against their one memo', () => {
    const two = [
      refund({ amount: 1000n, memo: memo(2500n) }),
      refund({ transactionId: 'T2', amount: 1500n, memo: memo(2500n) }),
    ];
    expect(of(two)).toMatchObject([{ state: 'ties', figure: 2500n }]);
    expect(of(two.slice(0, 1))).toMatchObject([{ state: 'open', difference: 1500n }]);
  });
  test('two refunds of one amount under one memo are one too few', () => {
    expect(of([refund({}), refund({ transactionId: 'T2' })])).toMatchObject([{ state: 'open', difference: -2500n }]);
  });
  test('left to others, or paid as a claim: nothing of ours', () => {
    const [figure] = of([refund({ leftAlone: true, memo: null })]);
    expect(figure).toMatchObject({ state: 'ties', figure: 0n });
    expect(figure!.population).toBe('1 refund that Finances tells, 1 of others or nothing');
  });
  test('zero wants no memo, and a memo that was made for it is open', () => {
    expect(of([refund({ amount: 0n, memo: null })])).toMatchObject([{ state: 'ties' }]);
    expect(of([refund({ amount: 0n, memo: memo(2500n) })])).toMatchObject([{ state: 'open', difference: 2500n }]);
  });
  test('what no rule names is not zero', () => {
    expect(of([refund({ amount: 0n, memo: null, unknown: -2500n })])).toMatchObject([
      { state: 'open', open: [{ what: 'refund of order 114-1 of 2026-10-20: −25.00 USD of it has no role' }] },
    ]);
  });
  test('one that Amazon took back is below zero on both sides', () => {
    expect(of([refund({ amount: -700n, memo: memo(-700n) })])).toMatchObject([{ state: 'ties', figure: -700n }]);
    expect(of([refund({ amount: -700n, memo: memo(700n) })])).toMatchObject([{ state: 'open', difference: 1400n }]);
  });
  test('moved into a later or an earlier month it is named and ties', () => {
    for (const day of ['2026-11-01', '2026-09-30']) {
      const [figure] = of([refund({ memo: memo(2500n, day) })]);
      expect(figure).toMatchObject({ state: 'ties', named: [{ what: `the memo of order 114-1 is booked on ${day}` }] });
    }
  });
  test('a memo that nothing paid is listed and holds nothing up', () => {
    const unpaid = [{ externalId: 'AMZ_us_CM_x_1', currency: 'USD', amount: 2500n, day: '2026-08-01' }];
    const [figure] = of([], { unpaid });
    expect(figure).toMatchObject({ state: 'ties', figure: 0n });
    expect(figure!.named[0]!.what).toBe('AMZ_us_CM_x_1 of 2026-08-01 was paid by no settlement within 60 days');
  });
  test('a figure a currency', () => {
    expect(of([refund({}), refund({ transactionId: 'T2', currency: 'CAD', memo: null })])).toMatchObject([
      { currency: 'CAD', state: 'open' },
      { currency: 'USD', state: 'ties' },
    ]);
  });
  test('none ties only once Finances was read, and after that date still', () => {
    expect(of([], { toldUpTo: null })).toMatchObject([{ state: 'waits', until: UNTIL }]);
    expect(of([refund({})], { toldUpTo: '2026-10-25T00:00:00Z' })).toMatchObject([{ state: 'waits' }]);
    expect(of([], { toldUpTo: UNTIL })).toEqual([]);
  });
});
